// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of one function that pass the same: they share one struct migrate_vma.  What differs, or is
 * not known at its declaration, is set before each call.
 *
 * migrate_vma_setup() changes nothing in the struct that a second call with the same range would not
 * do as well: it masks the range and counts anew.
 */
#include <string.h>

#include "plan.h"

static bool has_directive(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (size_t i = 0; i < syntax->directive_count; i++) {
		const struct token *token = &syntax->all.list[syntax->directives[i]];

		if (token->start > code_start(syntax, first) && token->end < code_end(syntax, last))
			return true;
	}
	return false;
}

/* Whether a call can use the struct that another declares, as far as places tell. */
static bool is_in_scope(const struct driver *driver, const struct layout *layouts, size_t from,
			size_t index)
{
	const struct site *site = driver->sites[index];
	const struct node *block = layouts[from].block;

	return driver->sites[from]->unit == site->unit && block && !layouts[from].braces &&
	       !layouts[from].sharing && layouts[from].form != FORM_LITERAL &&
	       driver->sites[from]->statement != site->statement &&
	       block->first < site->statement->first && site->statement->last < block->last &&
	       !has_directive(&site->unit->syntax, block->first, site->statement->last);
}

static bool differs(const struct layout *one, const struct layout *other, size_t member)
{
	return one->members[member].assigned || other->members[member].assigned ||
	       strcmp(one->members[member].value, other->members[member].value);
}

/* Whether a member is set before each of the calls that share it; both ends of a range are if one is. */
static bool is_set_apart(const struct layout *one, const struct layout *other, size_t member)
{
	enum { START = 1, END = 2 };

	return differs(one, other, member) ||
	       (member == START && differs(one, other, END)) ||
	       (member == END && differs(one, other, START));
}

/*
 * The range and the mapping may differ from call to call, but not the arrays nor what follows them.
 * A call whose statement does something else first has no place for assignments.
 */
static bool can_share(const struct layout *one, const struct layout *other)
{
	bool apart = false;

	if (one->member_count != other->member_count)
		return false;
	for (size_t i = 0; i < one->member_count; i++) {
		const struct member *member = &one->members[i];

		if (strcmp(member->name, other->members[i].name) || member->comment ||
		    other->members[i].comment)
			return false;
		if (!is_set_apart(one, other, i))
			continue;
		/* vma, start and end come first. */
		if (i > 2)
			return false;
		apart = true;
	}
	return !apart || (one->surely && other->surely);
}

static void share(const struct driver *driver, struct layout *layouts, size_t from, size_t index,
		  const struct layout *shared)
{
	struct layout *layout = &layouts[index];
	bool assigns = false;

	for (size_t i = 0; i < shared->member_count; i++) {
		layout->members[i] = shared->members[i];
		layout->members[i].assigned = is_set_apart(&layouts[from], shared, i);
		assigns = assigns || layout->members[i].assigned;
	}
	for (size_t other = from; other < index; other++)
		for (size_t i = 0; i < shared->member_count; i++)
			if (other == from || layouts[other].sharing == driver->sites[from])
				layouts[other].members[i].assigned = layout->members[i].assigned;
	layout->sharing = driver->sites[from];
	layout->block = shared->block;
	layout->before = shared->before;
	layout->braces = layout->braces && (assigns || layout->form == FORM_STEPS);
}

/* A function that sets the owner leaves it in the struct, where another call does not want it. */
static bool functions_set_owner(const struct driver *driver)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->owner)
			return true;
	return false;
}

void share_structs(const struct driver *driver, struct layout *layouts)
{
	if (functions_set_owner(driver))
		return;
	for (size_t index = 1; index < driver->site_count; index++)
		for (size_t from = 0; from < index; from++) {
			struct layout shared = layouts[index];

			if (shared.form == FORM_LITERAL ||
			    !is_in_scope(driver, layouts, from, index))
				continue;
			shared.block = layouts[from].block;
			shared.before = layouts[from].before;
			shared.member_count = 0;
			site_members(driver, driver->sites[index], &shared);
			if (!can_share(&layouts[from], &shared))
				continue;
			share(driver, layouts, from, index, &shared);
			break;
		}
}
