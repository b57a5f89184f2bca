/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a helper does that is not given the migration, so that no path is followed into it.
 */
#ifndef MIGRATE_VMA_HELPER_DOES_H
#define MIGRATE_VMA_HELPER_DOES_H

#include "check.h"

/**
 * helper_does() - whether a function of the driver that a call names does something
 * @event: a call that is not followed
 * @does: whether a call does it by itself
 * @undoes: a function with such a call of its own, such as one that takes the lock it drops, does
 *	not count; or NULL
 *
 * Looks into the functions that it calls as well.
 */
bool helper_does(const struct event *event, bool (*does)(const struct expression *call),
		 bool (*undoes)(const struct expression *call));

#endif
