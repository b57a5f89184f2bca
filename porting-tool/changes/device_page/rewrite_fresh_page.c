// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page of the device that is about to be used.
 *
 * Until 5.17 a driver took a reference on it, with get_page(), and locked it.  Since 5.18 a free page
 * has the reference already, and since 6.1 zone_device_page_init() does both.  The same two calls
 * on a page of system memory, or on one that is in use, stay: only a page that the function is seen to
 * take from the free ones of the device counts.
 */
#include "analyse/device_pages.h"
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

static void rewrite_use(struct driver *driver, const bool *to_device, const struct reference *use)
{
	const struct unit *unit = use->unit;
	const struct node *get = node_at(&unit->syntax, use->token), *lock;
	uint32_t page = only_argument(&unit->syntax, get, "get_page");

	lock = page ? lock_beside(unit, get, symbol_at(unit, page)) : NULL;
	if (!lock || !is_fresh_page(&driver->program, to_device, unit, page))
		return;
	if (driver->target->number < SINCE_PAGE_INIT)
		remove_statement(unit, get);
	else
		initialise(driver, unit, lock->first < get->first ? lock : get,
			   lock->first < get->first ? get : lock, page);
}

static void mark_callbacks(struct driver *driver, enum direction direction, bool *reached)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *site = driver->sites[i];
		const struct callback *copy = site->ops ? site->ops->callbacks[ALLOC_AND_COPY] : NULL;

		if (copy && site->direction & direction)
			call_reach(&driver->program,
				   call_node(&driver->program,
					     unit_function(copy->unit, copy->function)), reached);
	}
}

/* What only callbacks of migrations to the device get to, and first steps that select system memory. */
static const bool *to_device(struct driver *driver)
{
	size_t count = call_graph(&driver->program)->count;
	bool *reached = arena_alloc(driver->arena, count + 1);
	bool *back = arena_alloc(driver->arena, count + 1);

	to_device_reach(&driver->program, reached);
	mark_callbacks(driver, DIRECTION_TO_DEVICE, reached);
	only_to_device(&driver->program, reached);
	mark_callbacks(driver, DIRECTION_TO_RAM, back);
	for (size_t i = 0; i < count; i++)
		reached[i] &= !back[i];
	return reached;
}

static void rewrite(struct driver *driver)
{
	const struct reference *use = name_references(&driver->program, "get_page");
	const bool *reached;

	if (!use || driver->target->number < SINCE_PAGE_HAS_REFERENCE)
		return;
	reached = to_device(driver);
	for (; use; use = use->next)
		if (use->kind == REFERENCE_CALL && reference_function(use) &&
		    !preprocess_undecided(&use->unit->syntax, use->offset) &&
		    !edits_cover(use->unit->edits, use->offset))
			rewrite_use(driver, reached, use);
}

const struct change change_device_page = { .rewrite = rewrite };
