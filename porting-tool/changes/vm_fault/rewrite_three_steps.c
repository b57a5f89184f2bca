// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault_page in a driver that makes the three steps itself.
 */
#include <string.h>

#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "three_steps.h"

/* ".flags = value," at the end of "struct migrate_vma args = { ... };" */
static bool add_to_initialiser(const struct fault_step *step)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	uint32_t last_member, comma = step_initialiser(step, &last_member);
	const char *equals;

	if (!comma)
		return false;
	equals = strchr(unit->source->text + code_start(syntax, last_member), '=');
	edit_insert(unit->edits, code_end(syntax, comma),
		    arena_printf(syntax->arena, "\n%s.fault_page%s= %s,",
				 indent_at(syntax, code_start(syntax, last_member)),
				 equals[-1] == '\t' ? "\t" : " ", step->page));
	return true;
}

static void add_fault_page(const struct fault_step *step)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *last;

	if (add_to_initialiser(step))
		return;
	last = step_assignment(step);
	edit_insert(unit->edits, end_of_statement(syntax, last->last),
		    arena_printf(syntax->arena, "\n%s%s.fault_page = %s;",
				 indent_at(syntax, code_start(syntax, last->first)), step->args,
				 step->page));
}

void rewrite_three_step_faults(struct driver *driver)
{
	for (const struct fault_step *step = driver->faults ? driver->faults->steps : NULL; step;
	     step = step->next)
		add_fault_page(step);
}
