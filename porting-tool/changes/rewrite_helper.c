// SPDX-License-Identifier: GPL-2.0-only
#include "helper.h"

#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"

static const char *free_name(const struct driver *driver, const struct unit *unit,
			     const struct helper *helper)
{
	const char *stem = driver_stem(driver, unit);
	const char *name = arena_printf(driver->arena, "%s_%s", stem, helper->ending);

	for (int number = 2; driver_name_taken(driver, name); number++)
		name = arena_printf(driver->arena, "%s_%s%d", stem, helper->ending, number);
	return name;
}

/* A line of the body, with the steps of the file in place of tabs. */
static const char *body_line(struct arena *arena, const char *unit, const char *line)
{
	const char *indent = "";

	for (; *line == '\t'; line++)
		indent = arena_printf(arena, "%s%s", indent, unit);
	return arena_printf(arena, "%s%s\n", indent, line);
}

static void insert_helper(const struct driver *driver, const struct unit *unit,
			  const struct helper *helper, const char *name, const struct node *before)
{
	const struct syntax *syntax = &unit->syntax;
	const char *text = arena_printf(driver->arena, "%s\n{\n",
					call_layout(driver->arena, unit->style, "",
						    arena_printf(driver->arena, "static %s%s",
								 helper->type, name),
						    helper->parameters, helper->count, "", false));

	for (size_t i = 0; helper->body[i]; i++)
		text = arena_printf(driver->arena, "%s%s", text,
				    body_line(driver->arena, unit->style->unit, helper->body[i]));
	edit_insert(unit->edits, top_with_comment(syntax, code_start(syntax, before->first)),
		    arena_printf(driver->arena, "%s}\n\n", text));
}

static unsigned int column_of(const struct unit *unit, uint32_t offset)
{
	uint32_t top = line_top(unit->source, offset);

	return text_columns(arena_copy(unit->syntax.arena, unit->source->text + top, offset - top),
			    0);
}

void rename_call(const struct unit *unit, const struct call *call, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t start = code_start(syntax, call->name), end = code_end(syntax, call->name);
	unsigned int lined_up = column_of(unit, code_end(syntax, call->open));

	edit_replace(unit->edits, start, end, name);
	for (uint32_t i = call->open + 1; i < call->close; i++) {
		uint32_t at = code_start(syntax, i), top = line_top(unit->source, at);
		const char *indent = indent_at(syntax, at);

		if (top > end && top + strlen(indent) == at && text_columns(indent, 0) == lined_up)
			edit_replace(unit->edits, top, at,
				     indent_to(syntax->arena, unit->style,
					       lined_up + strlen(name) - (end - start)));
	}
}

void rewrite_to_helper(struct driver *driver, const struct helper *helper)
{
	const struct symbol *symbol = symbol_find(&driver->program, helper->old);
	const struct unit *last = NULL;
	const char *name = NULL;

	if (!symbol || symbol_is_own_call(symbol))
		return;
	for (const struct reference *use = symbol->references; use; use = use->next) {
		struct call call;

		if (use->kind != REFERENCE_CALL || !reference_function(use) ||
		    preprocess_undecided(&use->unit->syntax, use->offset) ||
		    edits_cover(use->unit->edits, use->offset) ||
		    !call_parse(&use->unit->syntax, use->token, &call) ||
		    call.count != helper->count)
			continue;
		if (use->unit != last) {
			name = free_name(driver, use->unit, helper);
			insert_helper(driver, use->unit, helper, name,
				      reference_function(use)->node);
		}
		last = use->unit;
		rename_call(use->unit, &call, name);
	}
}
