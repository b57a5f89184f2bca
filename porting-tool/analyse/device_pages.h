/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of the device that a driver takes into use.
 */
#ifndef MIGRATE_VMA_DEVICE_PAGES_H
#define MIGRATE_VMA_DEVICE_PAGES_H

#include "callers.h"

/**
 * to_device_reach() - mark what migrations of system memory alone get to
 * @program: the driver
 * @reached: for each node of its call graph: set for functions that set up such a migration and for
 *	what these call, directly or not; others stay as they are
 */
void to_device_reach(struct program *program, bool *reached);

/**
 * only_to_device() - take out what other migrations get to as well
 * @program: the driver
 * @reached: as above; cleared for what a fault handler, or a migration of device memory, gets to
 */
void only_to_device(struct program *program, bool *reached);

/**
 * is_fresh_page() - whether a variable holds a free page of the device, to be used now
 * @program: the driver
 * @to_device: functions that only migrations to the device get to
 * @unit: the file
 * @page: a use of the variable
 *
 * A page that the function was given, or that it only looks up, may be in use already.  What tells
 * is a list of free pages that goes through zone_device_data, or that the page becomes the
 * destination of a migration to the device.
 */
bool is_fresh_page(struct program *program, const bool *to_device, const struct unit *unit,
		   uint32_t page);

/**
 * becomes_destination() - whether a page ends as the destination of a migration to the device
 * @program: the driver
 * @to_device: functions that only migrations to the device get to
 * @unit: the file
 * @page: a use of the variable that holds it
 *
 * It may be returned to others that do it.
 */
bool becomes_destination(struct program *program, const bool *to_device, const struct unit *unit,
			 uint32_t page);

#endif
