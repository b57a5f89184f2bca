// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault_page in a driver that makes the three steps itself.
 */
#include <string.h>

#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "three_steps.h"

/* White space behind ".member" that puts its "=" below the one of the line above. */
static const char *gap_behind(const struct fault_step *step, uint32_t last_member, const char *member)
{
	const struct source *source = step->function->unit->source;
	struct arena *arena = step->function->unit->syntax.arena;
	uint32_t start = code_start(&step->function->unit->syntax, last_member);
	uint32_t top = line_top(source, start);
	const char *equals = strchr(source->text + start, '=');
	const char *gap = arena_copy(arena, source->text + top, start - top);
	unsigned int column = text_columns(arena_copy(arena, source->text + top,
						      equals - source->text - top), 0);
	unsigned int at = text_columns(gap, 0) + (unsigned int)strlen(member) + 1;

	if (equals[-1] != '\t')
		return " ";
	for (gap = "\t"; (at / 8 + strlen(gap)) * 8 < column;)
		gap = arena_printf(arena, "%s\t", gap);
	return gap;
}

/* ".flags = value," at the end of "struct migrate_vma args = { ... };" */
static bool add_to_initialiser(const struct fault_step *step, const char *member,
			       const char *value)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	uint32_t last_member, comma = step_initialiser(step, &last_member);

	if (!comma)
		return false;
	edit_insert(unit->edits, code_end(syntax, comma),
		    arena_printf(syntax->arena, "\n%s.%s%s= %s,",
				 indent_at(syntax, code_start(syntax, last_member)),
				 member, gap_behind(step, last_member, member), value));
	return true;
}

void step_add_member(const struct fault_step *step, const char *member, const char *value)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *last;

	if (add_to_initialiser(step, member, value))
		return;
	last = step_assignment(step);
	if (last)
		edit_insert(unit->edits, end_of_statement(syntax, last->last),
			    arena_printf(syntax->arena, "\n%s%s%s%s = %s;",
					 indent_at(syntax, code_start(syntax, last->first)),
					 code_text(syntax, step->args.first, step->args.last),
					 step->dot, member, value));
}

void rewrite_three_step_faults(struct driver *driver)
{
	for (const struct fault_step *step = driver->faults ? driver->faults->steps : NULL; step;
	     step = step->next)
		step_add_member(step, "fault_page", step->page);
}
