/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_OWNER_H
#define MIGRATE_VMA_OWNER_H

#include "driver.h"

/**
 * understand_owners() - find out who owns the device memory each call deals with
 * @driver: the driver
 *
 * Since 5.7 struct dev_pagemap names an owner, and a call collects device memory of one owner
 * only.  A driver of the callback API has none: one is chosen, and set where the pagemap is.
 */
void understand_owners(struct driver *driver);

/** site_comment() - the comments in a call's statement and directly above it, or NULL. */
const char *site_comment(const struct site *site);

#endif
