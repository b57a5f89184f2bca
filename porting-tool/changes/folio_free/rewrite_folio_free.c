// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_free() of struct dev_pagemap_ops, which is folio_free() since 6.19 and gets a folio.
 *
 * The function keeps its body: its page is the folio's, which has no other for a driver that does
 * not ask for large ones.
 */
#include <limits.h>
#include <string.h>

#include "analyse/dated_use.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/forward.h"
#include "edit/style.h"
#include "kernel/dated_names.h"

/* "struct page *name" and nothing more between the brackets at @open. */
static bool takes_page(const struct syntax *syntax, uint32_t open)
{
	uint32_t close = syntax->match[open];

	return code_is(syntax, open + 1, "struct") && code_is(syntax, open + 2, "page") &&
	       code_is(syntax, open + 3, "*") &&
	       (close == open + 4 || (close == open + 5 && code_identifier(syntax, open + 4)));
}

static bool names_folio(const struct function *function)
{
	for (uint32_t i = function->node->first; i <= function->node->last; i++)
		if (code_is(&function->unit->syntax, i, "folio"))
			return true;
	return false;
}

/* The member in ".page_free = function" and ".page_free = &function", or 0. */
static uint32_t member_set(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t equals = use->token - 1 - (use->kind == REFERENCE_ADDRESS);

	return code_is(syntax, equals, "=") && code_is(syntax, equals - 1, "page_free") ? equals - 1 : 0;
}

/* Whether a use of the function can follow it: as the value of page_free, or as a call. */
static bool can_follow(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	struct call call;

	if (preprocess_undecided(syntax, use->offset))
		return false;
	switch (use->kind) {
	case REFERENCE_CALL:
		return call_parse(syntax, use->token, &call) && call.count == 1;
	case REFERENCE_VALUE:
	case REFERENCE_ADDRESS:
		return member_set(use) != 0;
	default:
		return false;
	}
}

static bool can_rewrite(const struct program *program, const struct symbol *symbol,
			const struct function *function)
{
	const struct node *node = function->node;

	if (preprocess_undecided(&function->unit->syntax,
				 code_start(&function->unit->syntax, node->first)))
		return false;
	if (!takes_page(&function->unit->syntax, node->head_open) ||
	    node->head_close != node->head_open + 5 || names_folio(function) || !node->child)
		return false;
	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		if (one->kind != DECLARATION_FUNCTION &&
		    (one->kind != DECLARATION_PROTOTYPE ||
		     program_function(program, one->unit, function->name) != function ||
		     !takes_page(&one->unit->syntax, one->token + 1)))
			return false;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (!can_follow(use))
			return false;
	return true;
}

static void replace_parameter(struct unit *unit, uint32_t open)
{
	const struct syntax *syntax = &unit->syntax;

	edit_replace(unit->edits, code_start(syntax, open + 1),
		     code_end(syntax, syntax->match[open] - 1), "struct folio *folio");
}

static void rewrite_function(const struct function *function)
{
	struct unit *unit = function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *node = function->node, *body = node->child;
	bool declares = body->child && body->child->kind == NODE_DECLARATION;

	replace_parameter(unit, node->head_open);
	edit_insert(unit->edits, code_end(syntax, body->first),
		    arena_printf(syntax->arena, "\n%sstruct page *%s = &folio->page;%s",
				 unit->style->unit,
				 code_text(syntax, node->head_close - 1, node->head_close - 1),
				 declares || !body->child ? "" : "\n"));
}

static void rewrite_uses(const struct symbol *symbol)
{
	for (const struct declaration *one = symbol->declarations; one; one = one->next)
		if (one->kind == DECLARATION_PROTOTYPE) {
			declare_in_header(one->unit, "folio", one->token);
			replace_parameter(one->unit, one->token + 1);
		}
	for (const struct reference *use = symbol->references; use; use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;
		struct edits *edits = use->unit->edits;

		if (use->kind == REFERENCE_CALL) {
			edit_insert(edits, code_end(syntax, use->token + 1), "page_folio(");
			edit_insert(edits, code_start(syntax, syntax->match[use->token + 1]), ")");
		} else {
			edit_replace(edits, code_start(syntax, member_set(use)),
				     code_end(syntax, member_set(use)), "folio_free");
		}
	}
}

/* Whether the release has a member page_free no more, by the table of changes. */
static bool is_gone(const struct driver *driver, const struct reference *use)
{
	struct dated_name name;

	return use->kind == REFERENCE_MEMBER &&
	       dated_use_at(&driver->program, use->unit, use->token, driver->target->number, &name) &&
	       driver->target->number >= name.until;
}

static void rewrite(struct driver *driver)
{
	const struct symbol *member = symbol_find(&driver->program, "page_free");

	for (const struct reference *use = member ? member->references : NULL; use;
	     use = use->next) {
		bool address = code_is(&use->unit->syntax, use->token + 2, "&");
		const struct symbol *symbol = symbol_at(use->unit, use->token + 2 + address);
		const struct function *function;

		/* Its function has another use, with which this one has been rewritten. */
		if (!is_gone(driver, use) || !symbol || edits_cover(use->unit->edits, use->offset))
			continue;
		function = program_function(&driver->program, use->unit, symbol->name);
		if (!function || !can_rewrite(&driver->program, symbol, function))
			continue;
		rewrite_function(function);
		rewrite_uses(symbol);
	}
}

const struct change change_folio_free = { .rewrite = rewrite };
