// SPDX-License-Identifier: GPL-2.0-only
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

static void look_at_page_setup(struct checker *checker, const struct function *function)
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
		if (!is_pool_page(function, page) || !has_call(function, "lock_page", page) ||
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

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_at_page_setup(checker, &checker->program.functions[i]);
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
