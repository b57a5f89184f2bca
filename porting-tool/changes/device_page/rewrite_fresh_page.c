// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page of the device that is about to be used.
 *
 * Until 5.17 a driver took a reference on it, with get_page(), and locked it.  Since 5.18 a free page
 * has the reference already, and since 6.1 zone_device_page_init() does both.  The same two calls
 * on a page of system memory stay: only a page that the function is seen to know as the device's
 * counts.
 */
#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "edit/edit.h"
#include "edit/lines.h"

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

/* pfn_to_page() of a number that comes from the device's range. */
static bool is_device_pfn(const struct syntax *syntax, uint32_t call)
{
	static const char *const members[] = { "pfn_first", "range", "res", "resource" };

	for (uint32_t i = call + 1; i < syntax->match[call + 1]; i++)
		for (size_t m = 0; is_member_name(syntax, i) && m < 4; m++)
			if (code_is(syntax, i, members[m]))
				return true;
	return false;
}

/* Whether a use of a page says that it is one of the device. */
static bool is_device_use(const struct syntax *syntax, uint32_t at)
{
	if (code_is(syntax, at + 1, "->"))
		return code_is(syntax, at + 2, "zone_device_data");
	if (code_is(syntax, at + 1, "="))
		return code_is(syntax, at + 2, "pfn_to_page") && is_device_pfn(syntax, at + 2);
	return code_is(syntax, at - 1, "(") &&
	       (code_is(syntax, at - 2, "hmm_devmem_page_set_drvdata") ||
		code_is(syntax, at - 2, "hmm_devmem_page_get_drvdata"));
}

static bool is_device_page(const struct unit *unit, uint32_t page)
{
	const struct declaration *declaration = declaration_at(unit, page);
	const struct node *function = node_function(node_at(&unit->syntax, page));

	for (uint32_t i = function->first; declaration && i <= function->last; i++)
		if (declaration_at(unit, i) == declaration && is_device_use(&unit->syntax, i))
			return true;
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
	if (!lock || !is_device_page(unit, page))
		return;
	if (driver->target->number < SINCE_PAGE_INIT)
		remove_statement(unit, get);
	else
		initialise(driver, unit, lock->first < get->first ? lock : get,
			   lock->first < get->first ? get : lock, page);
}

static void rewrite(struct driver *driver)
{
	const struct symbol *symbol = symbol_find(&driver->program, "get_page");
	const struct reference *use = symbol ? symbol->references : NULL;

	if (driver->target->number < SINCE_PAGE_HAS_REFERENCE)
		return;
	for (; use; use = use->next)
		if (use->kind == REFERENCE_CALL && reference_function(use) &&
		    !preprocess_undecided(&use->unit->syntax, use->offset) &&
		    !edits_cover(use->unit->edits, use->offset))
			rewrite_use(driver, use);
}

const struct change change_device_page = { .rewrite = rewrite };
