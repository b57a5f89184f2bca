/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_RENAMED_HEADERS_H
#define MIGRATE_VMA_RENAMED_HEADERS_H

#include "changes/migrate_vma/driver.h"

/** rewrite_renamed_headers() - include by their later names what has another name. */
void rewrite_renamed_headers(struct driver *driver);

#endif
