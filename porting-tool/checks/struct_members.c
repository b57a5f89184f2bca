// SPDX-License-Identifier: GPL-2.0-only
/*
 * What migrate_vma_setup() is given.
 */
#include "struct_members.h"

#include <string.h>

#include "migration.h"

static const struct {
	const char *name;
	uint8_t bit;
} members[] = {
	{ "vma", MEMBER_VMA },		     { "start", MEMBER_START },
	{ "end", MEMBER_END },		     { "src", MEMBER_SRC },
	{ "dst", MEMBER_DST },		     { "src_owner", MEMBER_OWNER },
	{ "pgmap_owner", MEMBER_OWNER },     { "flags", MEMBER_FLAGS },
	{ "fault_page", MEMBER_FAULT_PAGE },
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

void members_set(struct state *state, const char *member, const struct expression *value,
		      uint8_t values)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		if (strcmp(members[i].name, member))
			continue;
		/* Zero is what a member holds that was not set; who says NULL means the page. */
		if (values == VALUE_ZERO && members[i].bit != MEMBER_FAULT_PAGE &&
		    members[i].bit != MEMBER_START)
			state->members &= (uint8_t)~members[i].bit;
		else
			state->members |= members[i].bit;
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

/* Whether the driver's notifier tells its own migrations from those of others. */
static bool watches_migration(const struct program *program, const struct unit *unit)
{
	for (size_t i = 0; i < program->unit_count; i++)
		if (program->units[i].watches_migration &&
		    program_same_folder(&program->units[i], unit))
			return true;
	return false;
}

/* The members that a driver for the target has to set, in the state it is in. */
static uint8_t needed_members(const struct explorer *explorer, const struct frame *frame,
			      const struct state *state)
{
	const struct release *target = explorer->program->target;
	/* A helper that sets up for others may be asked by the fault path and by others. */
	bool fault_path = explorer->root->function->fault_path;
	bool to_device = state->flags == SELECT_SYSTEM;
	uint8_t needed = MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST;

	if (target->flags_member)
		needed |= MEMBER_FLAGS;
	if (target->owner_member && target->owner_only_to_ram && fault_path)
		needed |= MEMBER_OWNER;
	if (target->owner_member && !target->owner_only_to_ram &&
	    ((state->flags & SELECT_DEVICE) ||
	     watches_migration(explorer->program, frame->function->unit)))
		needed |= MEMBER_OWNER;
	if (target->fault_page_member && fault_path && !to_device)
		needed |= MEMBER_FAULT_PAGE;
	return needed;
}

static const char *member_list(const struct explorer *explorer, uint8_t bits)
{
	const struct release *target = explorer->program->target;
	const char *list = "";

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		if (!(bits & members[i].bit) ||
		    (members[i].bit == MEMBER_OWNER &&
		     (!target->owner_member || strcmp(target->owner_member, members[i].name))))
			continue;
		list = arena_printf(&explorer->program->arena, "%s%s%s", list,
				    *list ? ", " : "", members[i].name);
	}
	return list;
}

static const char *member_consequence(uint8_t missing)
{
	if (missing & (MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST))
		return "the call fails with -EINVAL";
	if (missing & MEMBER_FLAGS)
		return "without flags nothing is selected, and nothing migrates";
	if (missing & MEMBER_FAULT_PAGE)
		return "without it the page that faulted never migrates, and the CPU faults for "
		       "ever";
	return "without the owner no device page is selected, and the driver's notifier cannot "
	       "tell its own migrations";
}

/* Every member the target has; what is not set and not zeroed is whatever was on the stack. */
static uint8_t existing_members(const struct release *target)
{
	uint8_t bits = MEMBER_VMA | MEMBER_START | MEMBER_END | MEMBER_SRC | MEMBER_DST;

	if (target->owner_member)
		bits |= MEMBER_OWNER;
	if (target->flags_member)
		bits |= MEMBER_FLAGS;
	if (target->fault_page_member)
		bits |= MEMBER_FAULT_PAGE;
	return bits;
}

void members_check(struct explorer *explorer, const struct frame *frame,
		   const struct expression *call, const struct state *state)
{
	struct program *program = explorer->program;
	uint8_t missing = needed_members(explorer, frame, state) & (uint8_t)~state->members;
	uint8_t garbage = existing_members(program->target) & (uint8_t)~state->members;

	if (!state->zeroed && garbage) {
		add_finding(program, "not-zeroed", frame_place(frame, call),
		       "the struct migrate_vma is not zeroed and these members are not set: %s",
		       member_list(explorer, garbage));
		return;
	}
	if (missing)
		add_finding(program, "member-missing", frame_place(frame, call),
		       "not set before migrate_vma_setup(), for Linux %s: %s; %s",
		       program->target->name, member_list(explorer, missing),
		       member_consequence(missing));
}
