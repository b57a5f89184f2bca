/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_DIRECTIONS_H
#define MIGRATE_VMA_DIRECTIONS_H

#include "changes/migrate_vma/driver.h"

/**
 * site_may_use() - whether a call may use an ops object
 * @site: the call
 * @ops: the object
 *
 * Return: whether the call names it; for a pointer that is only known at run time whether it is
 * one that a pointer in the call's file may name.
 */
bool site_may_use(const struct site *site, const struct ops_object *ops);

/** object_direction() - where the callbacks of an ops object move pages. */
enum direction object_direction(const struct driver *driver, const struct ops_object *ops);

/**
 * step_direction() - where a migration in three steps moves pages
 * @driver: the driver
 * @site: the call that sets it up, and its function
 */
enum direction step_direction(struct driver *driver, const struct site *site);

#endif
