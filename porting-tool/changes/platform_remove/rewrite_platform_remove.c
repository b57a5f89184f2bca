// SPDX-License-Identifier: GPL-2.0-only
/*
 * remove() of struct platform_driver, which returns nothing since 6.11.
 *
 * Nobody looked at its result but to complain.  A function that only ever returns 0 is rewritten; one
 * that returns an error has to decide what becomes of that.
 */
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "kernel/release.h"
#include "syntax/expression.h"

/* ".remove = function" of a struct platform_driver: the function's name, or 0. */
static uint32_t function_set(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	const struct node *node = node_at(syntax, use->token);
	uint32_t value = use->token + 2 + code_is(syntax, use->token + 2, "&");
	bool is_driver = false;

	if (!code_is(syntax, use->token - 1, ".") || !code_is(syntax, use->token + 1, "=") ||
	    (!code_is(syntax, use->token - 2, "{") && !code_is(syntax, use->token - 2, ",")))
		return 0;
	for (uint32_t i = node->first; i < use->token && !code_is(syntax, i, "="); i++)
		is_driver |= code_is(syntax, i, "platform_driver");
	return is_driver && code_identifier(syntax, value) ? value : 0;
}

static bool is_used_elsewhere(const struct symbol *symbol)
{
	for (const struct reference *use = symbol->references; use; use = use->next) {
		uint32_t name = use->token - 2 - (use->kind == REFERENCE_ADDRESS);

		if ((use->kind != REFERENCE_VALUE && use->kind != REFERENCE_ADDRESS) ||
		    !code_is(&use->unit->syntax, name, "remove") ||
		    preprocess_undecided(&use->unit->syntax, use->offset))
			return true;
	}
	return false;
}

static bool returns_int(const struct unit *unit, uint32_t name)
{
	return code_is(&unit->syntax, name - 1, "int");
}

/* "return 0;" */
static bool returns_zero(const struct syntax *syntax, const struct node *node)
{
	return node->last == node->first + 2 && code_is(syntax, node->first + 1, "0");
}

static bool only_returns_zero(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (const struct node *node = function->node; node; node = node_after(node, function->node))
		if (code_is(syntax, node->first, "return") && node->kind != NODE_COMPOUND &&
		    !returns_zero(syntax, node))
			return false;
	return true;
}

static bool can_rewrite(const struct symbol *symbol, const struct function *function)
{
	if (!function || is_used_elsewhere(symbol) || !only_returns_zero(function) ||
	    preprocess_undecided(&function->unit->syntax,
				 code_start(&function->unit->syntax, function->node->first)))
		return false;
	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		if ((one->kind != DECLARATION_FUNCTION && one->kind != DECLARATION_PROTOTYPE) ||
		    !returns_int(one->unit, one->token))
			return false;
	return true;
}

/* With its line, or with the space in front of it where it shares one. */
static void remove_last(struct unit *unit, const struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t start = code_start(syntax, node->first), before = code_end(syntax, node->first - 1);

	if (source_line(unit->source, start) != source_line(unit->source, before))
		remove_lines(unit->edits, syntax, start, code_end(syntax, node->last));
	else
		edit_remove(unit->edits, before, code_end(syntax, node->last));
}

static void rewrite_function(const struct symbol *symbol, const struct function *function)
{
	struct unit *unit = function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *body = node_body(function->node);

	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		edit_replace(one->unit->edits, code_start(&one->unit->syntax, one->token - 1),
			     code_end(&one->unit->syntax, one->token - 1), "void");
	for (const struct node *node = function->node; node;
	     node = node_after(node, function->node)) {
		if (!code_is(syntax, node->first, "return") || node->kind == NODE_COMPOUND)
			continue;
		if (node->parent == body && !node->next)
			remove_last(unit, node);
		else
			edit_replace(unit->edits, code_start(syntax, node->first),
				     code_end(syntax, node->last), "return;");
	}
}

static bool returns_nothing(const struct symbol *symbol)
{
	return symbol->declarations &&
	       code_is(&symbol->declarations->unit->syntax, symbol->declarations->token - 1, "void");
}

static void rewrite(struct driver *driver)
{
	const struct reference *use = name_references(&driver->program, "remove");

	for (; driver->target->number >= SINCE_REMOVE_RETURNS_NOTHING && use; use = use->next) {
		uint32_t name = use->kind == REFERENCE_MEMBER ? function_set(use) : 0;
		const struct symbol *symbol = name ? symbol_at(use->unit, name) : NULL;
		const struct function *function;

		if (!symbol || returns_nothing(symbol) ||
		    preprocess_undecided(&use->unit->syntax, use->offset))
			continue;
		function = program_function(&driver->program, use->unit, symbol->name);
		if (can_rewrite(symbol, function) &&
		    !edits_cover(function->unit->edits,
				 code_start(&function->unit->syntax, function->node->name - 1)))
			rewrite_function(symbol, function);
		else if (!can_rewrite(symbol, function))
			driver_warn(driver, use->unit, use->token, "neighbour",
				    "remove() of a platform driver returns nothing since 6.11: let %s() "
				    "return nothing, and see what becomes of its errors", symbol->name);
	}
}

const struct change change_platform_remove = { .rewrite = rewrite };
