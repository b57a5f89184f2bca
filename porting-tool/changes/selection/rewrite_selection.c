// SPDX-License-Identifier: GPL-2.0-only
/*
 * What migrate_vma_setup() selects, in a driver in three steps of 5.4 to 5.8.
 *
 * Until 5.6 nothing said it. In 5.7 and 5.8 src_owner said it: NULL, also where it was never set, for pages of system memory, and an
 * owner for its pages of the device.  Since 5.9 flags say it, and pgmap_owner only whose pages.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "changes/dev_pagemap/selections.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"

static const char select_system[] = "MIGRATE_VMA_SELECT_SYSTEM";
static const char select_device[] = "MIGRATE_VMA_SELECT_DEVICE_PRIVATE";

/* "args.src_owner = value;" or ".src_owner = value," */
struct setting {
	struct unit *unit;
	uint32_t name;
	struct span value;
	bool listed;
};

static bool read_setting(const struct reference *use, struct setting *setting)
{
	const struct syntax *syntax = &use->unit->syntax;
	const struct node *node = node_at(syntax, use->token);
	uint32_t at = use->token + 2;

	if (use->kind != REFERENCE_MEMBER || !code_is(syntax, at - 1, "="))
		return false;
	*setting = (struct setting){ .unit = use->unit, .name = use->token };
	setting->listed = code_is(syntax, use->token - 2, ",") ||
			  code_is(syntax, use->token - 2, "{");
	if (!setting->listed && (node->kind != NODE_EXPRESSION ||
				 node->parent->kind != NODE_COMPOUND))
		return false;
	while (at <= node->last && !code_is(syntax, at, ",") && !code_is(syntax, at, ";") &&
	       !code_is(syntax, at, "}") && !code_is(syntax, at, "="))
		at = syntax->match[at] + 1;
	setting->value = (struct span){ use->token + 2, at - 1 };
	return at > use->token + 2 && (setting->listed ? !code_is(syntax, at, ";") :
							 at == node->last);
}

static bool is_null(const struct syntax *syntax, struct span value)
{
	return value.first == value.last &&
	       (code_is(syntax, value.first, "NULL") || code_is(syntax, value.first, "0"));
}

/* An address, a member that the pagemap has as well, or what the function follows as a pointer. */
static bool is_owner(struct driver *driver, const struct setting *setting)
{
	const struct unit *unit = setting->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *function = node_function(node_at(syntax, setting->name));
	const struct declaration *declaration = declaration_at(unit, setting->value.first);

	if (!function || code_is(syntax, setting->value.first, "&"))
		return function != NULL;
	if (driver->faults->by_device[call_node(&driver->program, unit_function(setting->unit,
							       function))->index])
		return true;
	for (uint32_t i = setting->value.first; i <= setting->value.last; i++)
		if (is_member_name(syntax, i))
			return true;
	for (uint32_t i = function->first; declaration && i < function->last; i++)
		if (declaration_at(unit, i) == declaration && code_is(syntax, i + 1, "->"))
			return setting->value.first == setting->value.last;
	return false;
}

/* As many tabs behind a shorter name as keep what stands behind them in its column. */
static const char *padded(const struct setting *setting, const char *name)
{
	const struct syntax *syntax = &setting->unit->syntax;
	uint32_t start = code_start(syntax, setting->name), end = code_end(syntax, setting->name);
	const char *text = setting->unit->source->text;
	uint32_t line = line_top(setting->unit->source, start);
	unsigned int column = text_columns(arena_copy(syntax->arena, text + line, start - line), 0);
	unsigned int was = column + (end - start), is = column + (unsigned int)strlen(name);
	const char *tabs = "";

	if (text[end] == '\t')
		for (unsigned int tab = is / 8; tab < was / 8; tab++)
			tabs = arena_printf(syntax->arena, "%s\t", tabs);
	return arena_printf(syntax->arena, "%s%s", name, tabs);
}

static void replace(const struct setting *setting, uint32_t first, uint32_t last, const char *text)
{
	const struct syntax *syntax = &setting->unit->syntax;

	edit_replace(setting->unit->edits, code_start(syntax, first), code_end(syntax, last), text);
}

static void select_pages_of_system(const struct setting *setting)
{
	replace(setting, setting->name, setting->name, padded(setting, "flags"));
	replace(setting, setting->value.first, setting->value.last, select_system);
}

static void select_pages_of_device(const struct setting *setting)
{
	const struct syntax *syntax = &setting->unit->syntax;
	struct edits *edits = setting->unit->edits;
	uint32_t start = code_start(syntax, setting->name - 1);
	const char *indent = indent_at(syntax, start);
	bool own_line = line_top(setting->unit->source, start) + strlen(indent) == start;
	uint32_t end = setting->value.last;

	replace(setting, setting->name, setting->name, "pgmap_owner");
	if (!setting->listed)
		edit_insert(edits, end_of_statement(syntax, end + 1),
			    arena_printf(syntax->arena, "\n%s%sflags = %s;", indent,
					 code_text(syntax, node_at(syntax, setting->name)->first,
						   setting->name - 1),
					 select_device));
	else if (own_line && code_is(syntax, end + 1, ","))
		edit_insert(edits, code_end(syntax, end + 1),
			    arena_printf(syntax->arena, "\n%s.%s= %s,", indent,
					 syntax->source->text[code_end(syntax, setting->name)] ==
							 '\t' ?
						 padded(setting, "flags\t") : "flags ",
					 select_device));
	else
		edit_insert(edits, code_end(syntax, end),
			    arena_printf(syntax->arena, ", .flags = %s", select_device));
}

static void rewrite_setting(struct driver *driver, const struct setting *setting)
{
	if (is_null(&setting->unit->syntax, setting->value))
		select_pages_of_system(setting);
	else if (is_owner(driver, setting))
		select_pages_of_device(setting);
	else
		driver_warn(driver, setting->unit, setting->name, "kernel-name",
			    "this may be NULL, which selected pages of system memory, or an owner, "
			    "which selected its pages of the device: since 5.9 say which in flags");
}

static bool names_selection(const struct fault_step *step)
{
	const struct syntax *syntax = &step->function->unit->syntax;

	for (uint32_t i = step->function->node->first; i < step->function->node->last; i++)
		if (is_member_name(syntax, i) &&
		    (code_is(syntax, i, "src_owner") || code_is(syntax, i, "pgmap_owner") ||
		     code_is(syntax, i, "flags")))
			return true;
	return false;
}

/* Whether src_owner is NULL in a struct that does not name it. */
static bool is_zeroed(const struct fault_step *step)
{
	const struct syntax *syntax = &step->function->unit->syntax;
	const struct declaration *args = declaration_at(step->function->unit, step->args.first);

	if (!step->local)
		return false;
	if (args && code_is(syntax, args->declarator.value.first, "{"))
		return true;
	for (uint32_t i = step->function->node->first; i < step->setup; i++)
		if (code_is(syntax, i, "memset") && code_is(syntax, i + 2, "&") &&
		    code_is(syntax, i + 3, code_text(syntax, step->args.first, step->args.last)) &&
		    code_is(syntax, i + 5, "0"))
			return true;
	return false;
}

/* A first step whose struct says nothing of an owner takes pages of system memory. */
static void select_by_default(struct driver *driver, struct function *function)
{
	struct fault_step step = { .function = function };

	if (!step_find(&driver->program, &step) || names_selection(&step) || !is_zeroed(&step) ||
	    preprocess_undecided(&function->unit->syntax,
				 code_start(&function->unit->syntax, step.setup)) ||
	    driver->faults->by_device[call_node(&driver->program, function)->index])
		return;
	step_add_member(&step, "flags", select_system);
}

/* What nothing said before: until 5.6 both kinds of pages were collected, whoever had asked. */
static void select_as_found(const struct driver *driver, const struct selection *selection)
{
	const char *flags = select_system;

	if (selection->direction == DIRECTION_TO_RAM)
		flags = select_device;
	else if (selection->direction & DIRECTION_TO_RAM)
		flags = arena_printf(driver->arena, "%s | %s", select_system, select_device);
	if (selection->owner)
		step_add_member(&selection->step, driver->target->owner_member, selection->owner);
	if (driver->target->flags_member)
		step_add_member(&selection->step, "flags", flags);
}

static void rewrite(struct driver *driver)
{
	const struct symbol *symbol = symbol_find(&driver->program, "src_owner");
	struct setting setting;

	for (const struct selection *one = driver->selections; one; one = one->next)
		select_as_found(driver, one);
	if (!symbol || !symbol->references || !driver->target->flags_member || driver->site_count ||
	    symbol_declared(symbol, DECLARATION_MEMBER))
		return;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (read_setting(use, &setting) &&
		    !preprocess_undecided(&use->unit->syntax, use->offset))
			rewrite_setting(driver, &setting);
	for (size_t i = 0; i < driver->program.function_count; i++)
		select_by_default(driver, &driver->program.functions[i]);
}

const struct change change_selection = { .rewrite = rewrite };
