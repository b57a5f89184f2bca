/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_CHANGES_SUBSTITUTIONS_H
#define MIGRATE_VMA_CHANGES_SUBSTITUTIONS_H

#include "changes/migrate_vma/driver.h"

/**
 * rewrite_substitutions() - write the new form of what the table of substitutions knows
 * @driver: the driver
 *
 * A use that does not have the form of its row stays, and is reported as left later.  Text of
 * macros, arms of #if that the release leaves out or does not decide, and names that the driver
 * declares itself are never touched; nor is text that another change of the port takes the place of.
 */
void rewrite_substitutions(struct driver *driver);

#endif
