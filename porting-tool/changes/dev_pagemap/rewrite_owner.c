// SPDX-License-Identifier: GPL-2.0-only
/*
 * The owner beside the type of each dev_pagemap, and the object whose address it is.
 */
#include "owner.h"
#include "setup.h"
#include "changes/migrate_vma/plan.h"
#include "edit/edit.h"
#include "edit/lines.h"

static bool begins_line(const struct syntax *syntax, uint32_t token)
{
	return token == 0 ||
	       source_line(syntax->source, code_start(syntax, token)) !=
		       source_line(syntax->source, code_end(syntax, token - 1));
}

/* A statement behind the one that sets the type; in braces, where that one is all of a body. */
static void add_statement(struct driver *driver, const struct setup *setup)
{
	const struct syntax *syntax = &setup->unit->syntax;
	const struct node *statement = setup->statement;
	bool alone = statement->parent->kind != NODE_COMPOUND;
	const char *indent = alone ? braces_open(driver, setup->unit, statement, "") :
				     indent_at(syntax, code_start(syntax, statement->first));

	edit_insert(setup->unit->edits, end_of_statement(syntax, statement->last),
		    arena_printf(syntax->arena, "\n%s%sowner = %s;", indent,
				 code_line(syntax, setup->base, setup->type - 1), setup->owner));
	if (alone)
		braces_close(driver, setup->unit, statement, statement);
}

static void add_initialiser(const struct setup *setup)
{
	const struct syntax *syntax = &setup->unit->syntax;
	const char *indent = indent_at(syntax, code_start(syntax, setup->type)), *gap = " ";
	uint32_t last = setup->last, name_end = code_end(syntax, setup->type);

	if (!begins_line(syntax, setup->type - 1)) {
		/* { .type = x } on one line. */
		edit_insert(setup->unit->edits, code_end(syntax, last),
			    arena_printf(syntax->arena, ", .owner = %s", setup->owner));
		return;
	}
	if (code_is(syntax, last + 1, ",")) {
		gap = arena_copy(syntax->arena, syntax->source->text + name_end,
				 code_start(syntax, setup->type + 1) - name_end);
		edit_insert(setup->unit->edits, code_end(syntax, last + 1),
			    arena_printf(syntax->arena, "\n%s.owner%s= %s,", indent, gap,
					 setup->owner));
	} else {
		edit_insert(setup->unit->edits, code_end(syntax, last),
			    arena_printf(syntax->arena, ",\n%s.owner = %s", indent, setup->owner));
	}
}

/* The #endif of the include guard around a header, or NULL. */
static const struct token *guard_end(const struct unit *unit)
{
	for (size_t i = 0; i < unit->syntax.conditional_count; i++)
		if (unit->syntax.conditionals[i].guard)
			return &unit->syntax.all.list[unit->syntax.conditionals[i].endif];
	return NULL;
}

/* Declares a new object for the other files of the driver, at the end of a header. */
static void declare_tag(const struct owner_tag *tag)
{
	struct unit *unit = tag->header;
	const struct token *end = guard_end(unit);
	struct node *last = unit->syntax.file->child;
	struct arena *arena = unit->syntax.arena;

	while (last->next)
		last = last->next;
	if (end) {
		uint32_t top = line_top(unit->source, end->start);
		size_t line = source_line(unit->source, top);
		bool blank = line > 0 && line_is_blank(unit->source, line - 1);

		edit_insert(unit->edits, top, arena_printf(arena, "%sextern char %s;\n\n",
							   blank ? "" : "\n", tag->name));
	} else {
		edit_insert(unit->edits, end_of_statement(&unit->syntax, last->last),
			    arena_printf(arena, "\n\nextern char %s;", tag->name));
	}
}

static void define_tag(const struct owner_tag *tag)
{
	const struct syntax *syntax = &tag->unit->syntax;

	edit_insert(tag->unit->edits,
		    top_with_comment(syntax, code_start(syntax, tag->before->first)),
		    arena_printf(syntax->arena,
				 "/* Only its address counts: it marks the device memory as this "
				 "driver's. */\n%schar %s;\n\n",
				 tag->exported ? "" : "static ", tag->name));
}

void plan_owners(struct driver *driver)
{
	const struct owners *owners = driver->owners;

	for (size_t i = 0; owners && i < owners->tag_count; i++) {
		define_tag(&owners->tags[i]);
		if (owners->tags[i].header)
			declare_tag(&owners->tags[i]);
	}
	for (size_t i = 0; owners && i < owners->setups->count; i++) {
		const struct setup *setup = &owners->setups->list[i];

		if (setup->owner && setup->form == SETUP_STATEMENT)
			add_statement(driver, setup);
		else if (setup->owner && setup->form == SETUP_DESIGNATED)
			add_initialiser(setup);
	}
}
