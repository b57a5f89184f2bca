// SPDX-License-Identifier: GPL-2.0-only
/*
 * The addresses of a struct dev_pagemap: a struct resource res until 5.9, then range and nr_range.
 *
 * All uses of a file have the new form or none: a copy of the whole resource, its start and its end,
 * and its size.  Its name, and its address given to other functions, have no new form.
 */
#include <string.h>

#include "analyse/dated_use.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "kernel/dated_names.h"

static bool is_of_pagemap(const struct driver *driver, const struct reference *use)
{
	struct dated_name name;

	return use->kind == REFERENCE_MEMBER &&
	       dated_use_at(&driver->program, use->unit, use->token, SINCE_PAGEMAP_RANGE, &name);
}

static bool is_statement(const struct syntax *syntax, const struct node *node)
{
	return node->kind == NODE_EXPRESSION && node->parent->kind == NODE_COMPOUND &&
	       code_is(syntax, node->last, ";");
}

/* The last token of a name or a member of one, "r" or "memory->region", at @at; or 0. */
static uint32_t end_of_member(const struct syntax *syntax, uint32_t at)
{
	if (!code_identifier(syntax, at))
		return 0;
	while (code_is(syntax, at + 1, "->") || code_is(syntax, at + 1, ".")) {
		at += 2;
		if (!code_identifier(syntax, at))
			return 0;
	}
	return at;
}

/* "pagemap.res = *r;", with an r that may be written twice: its last token, or 0. */
static uint32_t end_of_copy(const struct syntax *syntax, uint32_t at)
{
	uint32_t last = 0;

	if (code_is(syntax, at + 1, "=") && code_is(syntax, at + 2, "*"))
		last = end_of_member(syntax, at + 3);
	return last && code_is(syntax, last + 1, ";") && is_statement(syntax, node_at(syntax, at)) ?
		       last : 0;
}

/* ".res = *r" or ".res = r" in a list of members, with an r that may be written twice: its last token. */
static uint32_t end_of_listed(const struct syntax *syntax, uint32_t at)
{
	uint32_t last;

	if (!code_is(syntax, at + 1, "=") ||
	    (!code_is(syntax, at - 2, "{") && !code_is(syntax, at - 2, ",")))
		return 0;
	last = end_of_member(syntax, at + 2 + code_is(syntax, at + 2, "*"));
	return last && (code_is(syntax, last + 1, ",") || code_is(syntax, last + 1, "}")) ? last : 0;
}

/* ".res = { .start = a, .end = b }" with nothing else: its "}", or 0. */
static uint32_t end_of_bounds(const struct syntax *syntax, uint32_t at)
{
	uint32_t close, bounds = 0;

	if (!code_is(syntax, at - 1, ".") || !code_is(syntax, at + 1, "=") ||
	    !code_is(syntax, at + 2, "{"))
		return 0;
	close = syntax->match[at + 2];
	for (uint32_t i = at + 2; i < close; i++) {
		if (!code_is(syntax, i, ".") || !code_is(syntax, i + 2, "="))
			continue;
		if (!code_is(syntax, i + 1, "start") && !code_is(syntax, i + 1, "end"))
			return 0;
		bounds++;
	}
	return bounds == 2 ? close : 0;
}

/* "resource_size(&pagemap.res)": the token of the function, or 0. */
static uint32_t size_call(const struct syntax *syntax, uint32_t at)
{
	uint32_t open = at;

	if (!code_is(syntax, at + 1, ")"))
		return 0;
	open = syntax->match[at + 1];
	return open && code_is(syntax, open + 1, "&") && code_is(syntax, open - 1, "resource_size") ?
		       open - 1 : 0;
}

static bool is_bound(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at + 1, ".") &&
	       (code_is(syntax, at + 2, "start") || code_is(syntax, at + 2, "end"));
}

/* "pagemap.res.end = value;": nr_range is set behind it. */
static bool sets_end(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at + 2, "end") && code_is(syntax, at + 3, "=");
}

static bool can_follow(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t at = use->token;

	if (preprocess_undecided(syntax, use->offset) || edits_cover(use->unit->edits, use->offset))
		return false;
	if (is_bound(syntax, at))
		return !sets_end(syntax, at) || is_statement(syntax, node_at(syntax, at));
	return end_of_copy(syntax, at) || size_call(syntax, at) || end_of_listed(syntax, at) ||
	       end_of_bounds(syntax, at);
}

/* ".name = ", with the "=" below that of ".res" where it stands behind a tab. */
static const char *member_as(const struct unit *unit, uint32_t at, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t start = code_start(syntax, at - 1), equals = code_start(syntax, at + 1);
	uint32_t top = line_top(unit->source, start);
	const char *before = arena_copy(syntax->arena, unit->source->text + top, start - top);
	const char *whole = arena_copy(syntax->arena, unit->source->text + top, equals - top);
	unsigned int column = text_columns(whole, 0);
	const char *text = arena_printf(syntax->arena, ".%s", name);

	if (unit->source->text[equals - 1] != '\t')
		return arena_printf(syntax->arena, "%s = ", text);
	do
		text = arena_printf(syntax->arena, "%s\t", text);
	while (text_columns(arena_printf(syntax->arena, "%s%s", before, text), 0) < column);
	return arena_printf(syntax->arena, "%s= ", text);
}

/* Behind the members that are there: on a line of its own where they have such. */
static const char *gap_of_list(const struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t start = code_start(syntax, at - 1);
	const char *indent = indent_at(syntax, start);

	return line_top(unit->source, start) + strlen(indent) == start ?
		       arena_printf(syntax->arena, "\n%s", indent) : " ";
}

static void follow_listed(const struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t last = end_of_listed(syntax, at), first = at + 2 + code_is(syntax, at + 2, "*");
	const char *from = code_text(syntax, first, last);
	const char *arrow = first > at + 2 ? "->" : ".";

	edit_replace(unit->edits, code_start(syntax, at - 1), code_end(syntax, last),
		     arena_printf(syntax->arena, "%s{ .start = %s%sstart, .end = %s%send },%s%s1",
				  member_as(unit, at, "range"), from, arrow, from, arrow,
				  gap_of_list(unit, at), member_as(unit, at, "nr_range")));
}

static void follow_bounds(const struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;

	edit_replace(unit->edits, code_start(syntax, at - 1), code_start(syntax, at + 2),
		     member_as(unit, at, "range"));
	edit_insert(unit->edits, code_end(syntax, end_of_bounds(syntax, at)),
		    arena_printf(syntax->arena, ",%s%s1", gap_of_list(unit, at),
				 member_as(unit, at, "nr_range")));
}

static void copy_range(const struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct node *node = node_at(syntax, at);
	const char *pagemap = code_text(syntax, node->first, at - 1);
	const char *from = code_text(syntax, at + 3, end_of_copy(syntax, at));
	const char *indent = indent_at(syntax, code_start(syntax, node->first));

	edit_replace(unit->edits, code_start(syntax, node->first), code_end(syntax, node->last),
		     arena_printf(syntax->arena,
				  "%srange.start = %s->start;\n%s%srange.end = %s->end;\n"
				  "%s%snr_range = 1;",
				  pagemap, from, indent, pagemap, from, indent, pagemap));
}

static void follow(const struct reference *use)
{
	const struct unit *unit = use->unit;
	const struct syntax *syntax = &unit->syntax;
	uint32_t at = use->token, call = size_call(syntax, at);
	const struct node *node = node_at(syntax, at);

	if (end_of_copy(syntax, at)) {
		copy_range(unit, at);
		return;
	}
	if (end_of_bounds(syntax, at)) {
		follow_bounds(unit, at);
		return;
	}
	if (end_of_listed(syntax, at)) {
		follow_listed(unit, at);
		return;
	}
	if (call)
		edit_replace(unit->edits, code_start(syntax, call), code_end(syntax, call),
			     "range_len");
	edit_replace(unit->edits, code_start(syntax, at), code_end(syntax, at), "range");
	if (!call && sets_end(syntax, at))
		edit_insert(unit->edits, end_of_statement(syntax, node->last),
			    arena_printf(syntax->arena, "\n%s%snr_range = 1;",
					 indent_at(syntax, code_start(syntax, node->first)),
					 code_text(syntax, node->first, at - 1)));
}

static void rewrite(struct driver *driver)
{
	const struct symbol *symbol = symbol_find(&driver->program, "res");

	if (!symbol || driver->target->number < SINCE_PAGEMAP_RANGE)
		return;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (is_of_pagemap(driver, use) && !can_follow(use))
			return;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (is_of_pagemap(driver, use))
			follow(use);
}

const struct change change_pagemap_range = { .rewrite = rewrite };
