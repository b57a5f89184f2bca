// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "analyse/device_pages.h"
#include "analyse/includes.h"
#include "check.h"

static bool has_call(const struct function *function, const char *name, const char *argument)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 3 < function->node->last; i++)
		if (code_is(syntax, i, name) && code_is(syntax, i + 1, "(") &&
		    code_is(syntax, i + 2, argument) && code_is(syntax, i + 3, ")"))
			return true;
	return false;
}

/*
 * A page that the driver takes from its own pool: its link or its owner is in zone_device_data, or
 * the function makes it of a number and hands it out.
 */
static bool is_pool_page(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;
	bool made = false, returned = false;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (!code_is(syntax, i, page))
			continue;
		if (code_is(syntax, i + 1, "->") && code_is(syntax, i + 2, "zone_device_data"))
			return true;
		made |= code_is(syntax, i + 1, "=") && code_is(syntax, i + 2, "pfn_to_page");
		returned |= code_is(syntax, i - 1, "return") && code_is(syntax, i + 1, ";");
	}
	return made && returned;
}

static void look_at_page_setup(struct checker *checker, const bool *to_device,
			       const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	int target = checker->target->number;

	if (target < SINCE_PAGE_HAS_REFERENCE || function_mentions(function, "zone_device_page_init") ||
	    function_mentions(function, "zone_device_folio_init"))
		return;
	for (uint32_t i = function->node->head_close; i + 3 < function->node->last; i++) {
		struct place place = { function->unit, i };
		const char *page;
		bool gets;

		if ((!code_is(syntax, i, "get_page") && !code_is(syntax, i, "lock_page")) ||
		    !code_is(syntax, i + 1, "(") || !code_is(syntax, i + 3, ")"))
			continue;
		page = code_text(syntax, i + 2, i + 2);
		gets = code_is(syntax, i, "get_page");
		if ((!is_pool_page(function, page) &&
		     (!gets ||
		      !is_fresh_page(&checker->program, to_device, function->unit, i + 2))) ||
		    !has_call(function, "lock_page", page) ||
		    (!gets && (target < SINCE_PAGE_INIT || has_call(function, "get_page", page))))
			continue;
		if (target >= SINCE_PAGE_INIT)
			add_finding(checker, "device-page-init", place,
				    "a free device page has no reference since Linux 6.1: "
				    "zone_device_page_init() gives it one, and locks it");
		else
			add_finding(checker, "device-page-init", place,
				    "a free device page has its reference already since Linux "
				    "5.18: it is locked with lock_page() only");
	}
}

static bool is_one_of(const char *const list[], const char *name)
{
	for (; *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

static const char *const sources[] = { "list_first_entry", "list_first_entry_or_null", "list_entry",
				       "pfn_to_page", "zone_device_data", NULL };

/* "page = list_first_entry(...);": the driver takes it from where it keeps its free pages. */
static bool is_taken_at(const struct syntax *syntax, uint32_t assign)
{
	if (!code_is(syntax, assign, "=") || !code_identifier(syntax, assign - 1))
		return false;
	for (uint32_t i = assign + 1; i < syntax->code.count && !code_is(syntax, i, ";") &&
				      !code_is(syntax, i, "{"); i++)
		if (code_identifier(syntax, i) && is_one_of(sources, code_text(syntax, i, i)))
			return true;
	return false;
}

/* Whether a function out of sight is given the page, and may make it ready. */
static bool goes_out_of_sight(const struct checker *checker, const struct function *function,
			      uint32_t page)
{
	static const char *const known[] = { "get_page", "lock_page", "trylock_page", "unlock_page",
					     "put_page", "page_to_pfn", "set_page_count",
					     "init_page_count", "page_ref_inc", "list_del",
					     "list_del_init", "copy_highpage", "clear_highpage",
					     "if", "while", "return", "WARN_ON", "likely", "unlikely",
					     NULL };
	const struct unit *unit = function->unit;

	for (uint32_t i = function->node->first; i < function->node->last; i++) {
		const struct node *node;

		if (declaration_at(unit, i) != declaration_at(unit, page))
			continue;
		node = node_at(&unit->syntax, i);
		for (uint32_t j = node->first; j + 1 < i; j++)
			if (code_identifier(&unit->syntax, j) && code_is(&unit->syntax, j + 1, "(") &&
			    unit->syntax.match[j + 1] > i &&
			    !is_one_of(known, code_text(&unit->syntax, j, j)) &&
			    !is_one_of(sources, code_text(&unit->syntax, j, j)) &&
			    !program_function(&checker->program, unit, code_text(&unit->syntax, j, j)))
				return true;
	}
	return false;
}

/* The next use of a variable that stands at a token, which may be its declaration; or 0. */
static uint32_t next_use(const struct function *function, uint32_t at)
{
	const struct syntax *syntax = &function->unit->syntax;
	const char *name = code_text(syntax, at, at);

	for (uint32_t i = at + 1; i < function->node->last; i++)
		if (code_is(syntax, i, name) && declaration_at(function->unit, i))
			return i;
	return 0;
}

/* However the driver takes its pages into use, the function that does it since 6.1 is named nowhere. */
static void look_for_init(struct checker *checker, const bool *to_device,
			  const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		uint32_t use = is_taken_at(syntax, i) ? next_use(function, i - 1) : 0;

		if (use && becomes_destination(&checker->program, to_device, function->unit, use) &&
		    !goes_out_of_sight(checker, function, use)) {
			add_finding(checker, "device-page-init", (struct place){ function->unit, i - 1 },
				    "this free page of the device becomes a destination, and the driver "
				    "calls zone_device_page_init() nowhere: since Linux 6.1 it has no "
				    "reference before");
			return;
		}
	}
}

static bool names_init(const struct checker *checker)
{
	static const char *const names[] = { "zone_device_page_init", "zone_device_folio_init" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (name_references(&checker->program, names[i]))
			return true;
		for (size_t u = 0; u < checker->program.unit_count; u++)
			if (header_mentioning(&checker->program, &checker->program.units[u], names[i]))
				return true;
	}
	return false;
}

static void look_at_functions(struct checker *checker)
{
	bool *to_device = arena_alloc(&checker->arena, call_graph(&checker->program)->count + 1);
	size_t before = checker->finding_count;

	if (checker->target->number < SINCE_PAGE_HAS_REFERENCE)
		return;
	to_device_reach(&checker->program, to_device);
	only_to_device(&checker->program, to_device);
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_at_page_setup(checker, to_device, &checker->program.functions[i]);
	if (checker->target->number < SINCE_PAGE_INIT || checker->finding_count > before ||
	    !name_references(&checker->program, "migrate_vma_setup") || names_init(checker))
		return;
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_for_init(checker, to_device, &checker->program.functions[i]);
}

const struct check check_device_page_init = {
	.rule = {
		.name = "device-page-init",
		.summary = "a free device page is taken into use the way an older kernel wanted it",
		.severity = SEVERITY_ERROR,
		.since = "5.18",
		.example = "6.1",
		.explanation =
"How a driver takes a free page of its own memory into use has changed often:\n"
"\n"
"  up to 5.17   the page has no reference of its own: get_page(), lock_page()\n"
"  5.18 to 6.0  its reference is there already: lock_page() only. With get_page()\n"
"               the page is never free again\n"
"  since 6.1    a free page has none again, and each page in use holds a\n"
"               reference to its struct dev_pagemap: zone_device_page_init()\n"
"               takes both and locks the page. get_page() on it warns\n"
"  since 6.19   zone_device_page_init(page, pgmap, order)",
		.code =
" static struct page *drv_take_page(struct drv *drv)\n"
" {\n"
" \tstruct page *page = drv->free_pages;\n"
" \n"
" \tif (page) {\n"
" \t\tdrv->free_pages = page->zone_device_data;\n"
"-\t\tget_page(page);\n"
"-\t\tlock_page(page);\n"
"+\t\tzone_device_page_init(page);\n"
" \t}\n"
" \treturn page;\n"
" }\n",
	},
	.program = look_at_functions,
	.by_release = true,
};
