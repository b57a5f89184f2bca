// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page of the device that is about to be used.
 *
 * Until 5.17 a driver took a reference on it, with get_page(), and locked it.  Since 5.18 a free page
 * has the reference already, and since 6.1 zone_device_page_init() does both.  The same two calls
 * on a page of system memory, or on one that is in use, stay: only a page that the function is seen to
 * take from the free ones of the device counts.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "syntax/expression.h"

/* "name(page);" with a plain name as the only argument: the token of that, or 0. */
static uint32_t only_argument(const struct syntax *syntax, const struct node *node, const char *name)
{
	uint32_t first = node ? node->first : 0;

	if (!node || node->kind != NODE_EXPRESSION || !code_is(syntax, first, name) ||
	    !code_is(syntax, first + 1, "(") || !code_identifier(syntax, first + 2) ||
	    !code_is(syntax, first + 3, ")") || !code_is(syntax, first + 4, ";"))
		return 0;
	return first + 2;
}

static const struct node *lock_beside(const struct unit *unit, const struct node *get,
				      const struct symbol *page)
{
	const struct node *beside[] = { get->next, get->previous };

	for (size_t i = 0; i < 2; i++) {
		uint32_t argument = only_argument(&unit->syntax, beside[i], "lock_page");

		if (argument && symbol_at(unit, argument) == page)
			return beside[i];
	}
	return NULL;
}

/* "page->zone_device_data = owner": what a driver does with a page that it hands out. */
static bool is_written(const struct syntax *syntax, uint32_t at)
{
	if (code_is(syntax, at + 1, "->"))
		return code_is(syntax, at + 2, "zone_device_data") && code_is(syntax, at + 3, "=");
	return code_is(syntax, at - 1, "(") &&
	       code_is(syntax, at - 2, "hmm_devmem_page_set_drvdata");
}

/* "list = page->zone_device_data", where "page = list" came before: the first of a list is taken. */
static bool is_popped(const struct syntax *syntax, uint32_t at, const char *list)
{
	const struct node *node = node_at(syntax, at);
	const struct expression *tree;

	if (node->kind != NODE_EXPRESSION || node->first == at ||
	    (!code_is(syntax, at + 2, "zone_device_data") &&
	     !code_is(syntax, at - 2, "hmm_devmem_page_get_drvdata")))
		return false;
	tree = expression_parse(syntax, (struct span){ node->first, node->last - 1 });
	return list && expression_is(tree, EXPRESSION_ASSIGN, "=") && !strcmp(tree->left->text, list);
}

/* What a page is set to at a token, when that is all of a statement, or NULL. */
static const char *assigned(const struct syntax *syntax, uint32_t at)
{
	const struct node *node = node_at(syntax, at);
	const struct expression *value;

	if (!code_is(syntax, at + 1, "=") || node->last < at + 3)
		return NULL;
	value = expression_parse(syntax, (struct span){ at + 2, node->last - 1 });
	return value ? value->text : NULL;
}

/*
 * Whether the function hands a page of the device out.  One that it was given, or that it only
 * looks up, may be in use: such a page keeps what it has.
 */
static bool is_fresh_page(const struct unit *unit, uint32_t page)
{
	const struct declaration *declaration = declaration_at(unit, page);
	const struct node *function = node_function(node_at(&unit->syntax, page));
	const char *list = NULL;

	if (!declaration || declaration->kind != DECLARATION_VARIABLE)
		return false;
	for (uint32_t i = function->first; i <= function->last; i++) {
		if (declaration_at(unit, i) != declaration)
			continue;
		if (assigned(&unit->syntax, i))
			list = assigned(&unit->syntax, i);
		if (is_written(&unit->syntax, i) || is_popped(&unit->syntax, i, list))
			return true;
	}
	return false;
}

static void remove_statement(const struct unit *unit, const struct node *node)
{
	remove_lines(unit->edits, &unit->syntax, code_start(&unit->syntax, node->first),
		     code_end(&unit->syntax, node->last));
}

static void initialise(const struct driver *driver, const struct unit *unit,
		       const struct node *first, const struct node *second, uint32_t page)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name = code_text(syntax, page, page);

	edit_replace(unit->edits, code_start(syntax, first->first), code_end(syntax, first->last),
		     driver->target->number >= SINCE_PAGE_INIT_PAGEMAP ?
			     arena_printf(syntax->arena,
					  "zone_device_page_init(%s, page_pgmap(%s), 0);", name, name) :
			     arena_printf(syntax->arena, "zone_device_page_init(%s);", name));
	remove_statement(unit, second);
}

static void rewrite_use(const struct driver *driver, const struct reference *use)
{
	const struct unit *unit = use->unit;
	const struct node *get = node_at(&unit->syntax, use->token), *lock;
	uint32_t page = only_argument(&unit->syntax, get, "get_page");

	lock = page ? lock_beside(unit, get, symbol_at(unit, page)) : NULL;
	if (!lock || !is_fresh_page(unit, page))
		return;
	if (driver->target->number < SINCE_PAGE_INIT)
		remove_statement(unit, get);
	else
		initialise(driver, unit, lock->first < get->first ? lock : get,
			   lock->first < get->first ? get : lock, page);
}

static void rewrite(struct driver *driver)
{
	const struct reference *use = name_references(&driver->program, "get_page");

	if (driver->target->number < SINCE_PAGE_HAS_REFERENCE)
		return;
	for (; use; use = use->next)
		if (use->kind == REFERENCE_CALL && reference_function(use) &&
		    !preprocess_undecided(&use->unit->syntax, use->offset) &&
		    !edits_cover(use->unit->edits, use->offset))
			rewrite_use(driver, use);
}

const struct change change_device_page = { .rewrite = rewrite };
