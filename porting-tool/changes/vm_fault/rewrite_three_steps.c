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

/* Behind the last member on its line, or below it where that gets too long. */
static void add_on_line(const struct unit *unit, uint32_t last, const char *member,
			const char *value)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t end = code_end(syntax, last), top = line_top(unit->source, end);
	const char *line = arena_copy(syntax->arena, unit->source->text + top,
				      (uint32_t)strcspn(unit->source->text + top, "\n"));
	const char *text = arena_printf(syntax->arena, ".%s = %s", member, value);
	const char *gap = " ";

	if (text_columns(line, 0) + strlen(text) + 2 > unit->style->width)
		gap = arena_printf(syntax->arena, "\n%s%s",
				   indent_at(syntax, code_start(syntax, last)), unit->style->unit);
	edit_insert(unit->edits, end, code_is(syntax, last, ",") ?
					      arena_printf(syntax->arena, "%s%s,", gap, text) :
					      arena_printf(syntax->arena, ",%s%s", gap, text));
}

/* ".flags = value," at the end of "struct migrate_vma args = { ... };" */
static bool add_to_initialiser(const struct fault_step *step, const char *member,
			       const char *value)
{
	const struct unit *unit = step->function->unit;
	const struct syntax *syntax = &unit->syntax;
	uint32_t last_member, close = step_initialiser(step, &last_member), start;
	const char *indent;

	if (!close)
		return false;
	start = code_start(syntax, last_member);
	indent = indent_at(syntax, start);
	if (line_top(unit->source, start) + strlen(indent) != start)
		add_on_line(unit, close - 1, member, value);
	else
		edit_insert(unit->edits, code_end(syntax, close - 1),
			    arena_printf(syntax->arena, "%s\n%s.%s%s= %s%s",
					 code_is(syntax, close - 1, ",") ? "" : ",", indent, member,
					 gap_behind(step, last_member, member), value,
					 code_is(syntax, close - 1, ",") ? "," : ""));
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
