/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The members of the struct migrate_vma that is followed.
 */
#ifndef MIGRATE_VMA_MEMBERS_H
#define MIGRATE_VMA_MEMBERS_H

#include "explore.h"

/**
 * struct member_bit - a member of struct migrate_vma
 * @name: its name; NULL ends the table
 * @bit: MEMBER_VMA and so on
 */
struct member_bit {
	const char *name;
	uint8_t bit;
};

/* All that any release has. */
extern const struct member_bit member_bits[];

/** members_set() - a member of the struct is set to a value. */
void members_set(struct state *state, const char *member, const struct expression *value,
		      uint8_t values);

/** members_fresh() - the struct begins anew: zeroed or not, or with unknown values. */
void members_fresh(struct state *state, bool zeroed, bool unknown_values);

#endif
