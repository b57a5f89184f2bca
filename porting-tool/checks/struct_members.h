/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of the struct migrate_vma that is followed.
 */
#ifndef MIGRATE_VMA_MEMBERS_H
#define MIGRATE_VMA_MEMBERS_H

#include "explore.h"

/** members_set() - a member of the struct is set to a value. */
void members_set(struct state *state, const char *member, const struct expression *value,
		      uint8_t values);

/** members_fresh() - the struct begins anew: zeroed or not, or with values nobody knows. */
void members_fresh(struct state *state, bool zeroed, bool unknown_values);

/** members_check() - it is set up: report members that the target needs and that are not set. */
void members_check(struct explorer *explorer, const struct frame *frame,
		   const struct expression *call, const struct state *state);

#endif
