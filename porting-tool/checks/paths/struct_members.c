// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of the members of struct migrate_vma.
 */
#include "struct_members.h"

#include <string.h>


const struct member_bit member_bits[] = {
	{ "vma", MEMBER_VMA },		     { "start", MEMBER_START },
	{ "end", MEMBER_END },		     { "src", MEMBER_SRC },
	{ "dst", MEMBER_DST },		     { "src_owner", MEMBER_OWNER },
	{ "pgmap_owner", MEMBER_OWNER },     { "flags", MEMBER_FLAGS },
	{ "fault_page", MEMBER_FAULT_PAGE }, { NULL, 0 },
};

static uint8_t selected_by(const struct expression *value)
{
	uint8_t flags = 0;

	if (expression_mentions(value, "MIGRATE_VMA_SELECT_SYSTEM"))
		flags |= SELECT_SYSTEM;
	if (expression_mentions(value, "MIGRATE_VMA_SELECT_DEVICE_PRIVATE") ||
	    expression_mentions(value, "MIGRATE_VMA_SELECT_DEVICE_COHERENT"))
		flags |= SELECT_DEVICE;
	return flags ? flags : SELECT_OTHER;
}

static bool is_call(const struct expression *value)
{
	value = value ? expression_inner(value) : NULL;
	return value && value->kind == EXPRESSION_CALL;
}

void members_set(struct state *state, const char *member, const struct expression *value,
		      uint8_t values)
{
	for (size_t i = 0; member_bits[i].name; i++) {
		if (strcmp(member_bits[i].name, member))
			continue;
		/*
		 * Zero is what a member holds that was not set; who says NULL means the page.  What a call
		 * gives is looked at both ways, and says nothing.
		 */
		if (values == VALUE_ZERO && !is_call(value) && member_bits[i].bit != MEMBER_FAULT_PAGE &&
		    member_bits[i].bit != MEMBER_START)
			state->members &= (uint8_t)~member_bits[i].bit;
		else
			state->members |= member_bits[i].bit;
	}
	if (!strcmp(member, "flags") && value)
		state->flags |= selected_by(value);
	if (!strcmp(member, "cpages"))
		state->cpages = values;
}

void members_fresh(struct state *state, bool zeroed, bool unknown_values)
{
	state->phase = PHASE_IDLE;
	state->unknown = 0;
	state->zeroed = zeroed || unknown_values;
	state->members = unknown_values ? MEMBER_ALL : 0;
	state->flags = unknown_values ? SELECT_OTHER : 0;
	state->cpages = zeroed && !unknown_values ? VALUE_ZERO : VALUE_ANY;
	state->setup_at = 0;
	state->pages_called = 0;
	state->result = 0;
}
