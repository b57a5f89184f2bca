/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is left for a person once all changes are made.
 */
#ifndef MIGRATE_VMA_LEFT_H
#define MIGRATE_VMA_LEFT_H

#include "changes/migrate_vma/driver.h"

/**
 * report_missing_names() - names in the result that the target's headers do not have
 * @driver: the driver; its files hold their new texts, or none where they stay as they are
 *
 * The result is read anew, so what a change left out and what it brought in are seen alike.  A name
 * counts as the kernel's when no file of the driver declares it.  Names that the table of changes
 * knows are not reported here: it says what takes their place.  Each name is reported once a file,
 * at its first place, and counts as left.
 */
void report_missing_names(struct driver *driver);

/**
 * report_release() - what a driver in three steps does otherwise than the target wants it
 * @driver: the driver
 * @setup: how it is compiled
 *
 * Does nothing for a driver with callbacks: for that one the port knows what it writes.
 */
void report_release(struct driver *driver, const struct clang_setup *setup);

/**
 * report_real_headers() - compile the result with the headers of the target, and report each error
 * @driver: the driver
 * @setup: how it is compiled; without a kernel tree or a build this does nothing
 *
 * To be called last: a line about which something was said already is left out.
 */
void report_real_headers(struct driver *driver, const struct clang_setup *setup);

#endif
