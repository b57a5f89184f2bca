// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pointers to ops objects in arms of #if that are not read, as in the stand-in that a header has
 * for a kernel without device memory: it takes what the real function takes.
 */
#include <string.h>

#include "edit/edit.h"
#include "plan.h"

/* White space for a parameter that gets a line of its own. */
static const char *parameter_indent(const struct unit *unit, size_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	const struct token *all = syntax->all.list;
	size_t line = source_line(source, all[at].start), depth = 0, open = at;

	while (open-- > 0) {
		depth += token_is(source->text, &all[open], ")");
		if (token_is(source->text, &all[open], "(") && !depth--)
			break;
	}
	if (open < at && source_line(source, all[open].start) == line) {
		const char *head = arena_copy(syntax->arena, source->text + source->lines[line],
					      all[open].end - source->lines[line]);

		return indent_to(syntax->arena, unit->style, text_columns(head, 0));
	}
	return indent_at(syntax, all[at].start);
}

/* "const struct migrate_vma_ops *name" around token @at; false when it has another shape. */
static bool rewrite_pointer(struct unit *unit, size_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct source *source = unit->source;
	const struct token *all = syntax->all.list;
	size_t first = at - 1, last = at + 1, line = source_line(source, all[at].start);
	const char *name = "", *text, *rest;
	uint32_t start;

	if (!token_is(source->text, &all[first], "struct"))
		return false;
	if (first > 0 && token_is(source->text, &all[first - 1], "const"))
		first--;
	while (token_is(source->text, &all[last], "const"))
		last++;
	if (!token_is(source->text, &all[last], "*"))
		return false;
	while (token_is(source->text, &all[last + 1], "const"))
		last++;
	if (all[last + 1].kind == TOKEN_IDENTIFIER) {
		last++;
		name = arena_copy(syntax->arena, source->text + all[last].start,
				  all[last].end - all[last].start);
	}
	if (!token_is(source->text, &all[last + 1], ",") &&
	    !token_is(source->text, &all[last + 1], ")"))
		return false;
	text = arena_printf(syntax->arena, "int (*%s)" POINTER_PARAMETERS, name);
	start = all[first].start;
	rest = arena_copy(syntax->arena, source->text + source->lines[line],
			  start - source->lines[line]);
	if (rest[strspn(rest, " \t")] &&
	    text_columns(rest, 0) + strlen(text) + 1 > unit->style->width) {
		while (source->text[start - 1] == ' ')
			start--;
		text = arena_printf(syntax->arena, "\n%s%s", parameter_indent(unit, first), text);
	}
	edit_replace(unit->edits, start, all[last].end, text);
	return true;
}

void plan_unread_arms(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct tokens *all = &unit->syntax.all;

		for (size_t i = 1; i + 1 < all->count; i++) {
			if (!token_is(unit->source->text, &all->list[i], "migrate_vma_ops") ||
			    !token_unread(unit, i) || rewrite_pointer(unit, i))
				continue;
			unit->file->left++;
			driver->blocked = true;
			diagnose(driver->diagnostics, unit->source, all->list[i].start,
				 SEVERITY_ERROR, "two-arms",
				 "two arms of this #if use struct migrate_vma_ops, and only one of "
				 "them can be read; port one arm at a time, or move this use after "
				 "the #endif");
		}
	}
}
