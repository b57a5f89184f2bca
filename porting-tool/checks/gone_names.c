// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names that the target does not have any more, or not yet, and what takes their place.
 */
#include "source/conditional.h"
#include "kernel/dated_names.h"
#include "driver_headers.h"
#include "lint.h"

/* A driver may bring a name of its own: #define MIGRATE_PFN_LOCKED 0, or a function. */
static bool is_own_name(struct program *program, const struct unit *unit, const char *name)
{
	for (size_t i = 0; i < program->unit_count; i++)
		if (unit_defines(&program->units[i], name))
			return true;
	return headers_define(program, unit, name);
}

/* The arms of an #if that the release does not decide: what they hold may not be compiled. */
static bool is_conditional(const struct unit *unit, const struct conditional *groups, size_t count,
			   uint32_t token)
{
	uint32_t at = code_start(&unit->syntax, token);
	const struct tokens *all = &unit->syntax.all;

	for (size_t i = 0; i < count; i++)
		if (!groups[i].guard && at > all->list[groups[i].arms[0].directive].start &&
		    (groups[i].endif >= all->count || at < all->list[groups[i].endif].start))
			return true;
	return false;
}

static void report_name(struct program *program, struct place place, const struct dated_name *name)
{
	if (program->target->number >= name->until)
		add_finding(program, "removed-name", place, "%s%s is gone since Linux %d.%d; %s",
			    name->name, name->form, name->until / 1000, name->until % 1000,
			    name->instead);
	else
		add_finding(program, "later-name", place,
			    "%s%s is there only since Linux %d.%d; for Linux %s: %s", name->name,
			    name->form, name->since / 1000, name->since % 1000,
			    program->target->name, name->instead);
}

static void look_at_name(struct program *program, const struct unit *unit, uint32_t token,
			 const struct conditional *groups, size_t group_count)
{
	struct dated_name name;

	if (dated_name_at(&unit->syntax, token, program->target->number, &name) &&
	    !is_conditional(unit, groups, group_count, token) &&
	    !is_own_name(program, unit, name.name))
		report_name(program, (struct place){ unit, token }, &name);
}

static bool function_mentions(const struct function *function, const char *name)
{
	for (uint32_t i = function->node->first; i <= function->node->last; i++)
		if (code_is(&function->unit->syntax, i, name))
			return true;
	return false;
}

/* Up to 5.15 a word of dst says that its page is locked. */
static void look_for_locked_flag(struct program *program, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	if (function_mentions(function, "MIGRATE_PFN_LOCKED"))
		return;
	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (code_is(syntax, i, "migrate_pfn") && code_is(syntax, i + 1, "("))
			add_finding(program, "locked-flag-missing",
				    (struct place){ function->unit, i },
				    "up to Linux 5.15 a word of dst says that its page is locked: "
				    "migrate_pfn(pfn) | MIGRATE_PFN_LOCKED");
}

static bool has_call(const struct function *function, const char *name, const char *argument)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 3 < function->node->last; i++)
		if (code_is(syntax, i, name) && code_is(syntax, i + 1, "(") &&
		    code_is(syntax, i + 2, argument) && code_is(syntax, i + 3, ")"))
			return true;
	return false;
}

/* A page that the driver takes from its own pool: its link or its owner is in zone_device_data. */
static bool is_pool_page(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 2 < function->node->last; i++)
		if (code_is(syntax, i, page) && code_is(syntax, i + 1, "->") &&
		    code_is(syntax, i + 2, "zone_device_data"))
			return true;
	return false;
}

static void look_at_page_setup(struct program *program, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	int target = program->target->number;

	if (target < RELEASE(5, 18) || function_mentions(function, "zone_device_page_init") ||
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
		    (!gets && (target < RELEASE(6, 1) || has_call(function, "get_page", page))))
			continue;
		if (target >= RELEASE(6, 1))
			add_finding(program, "device-page-init", place,
				    "a free device page has no reference since Linux 6.1: "
				    "zone_device_page_init() gives it one, and locks it");
		else
			add_finding(program, "device-page-init", place,
				    "a free device page has its reference already since Linux "
				    "5.18: it is locked with lock_page() only");
	}
}

void lint_names(struct program *program)
{
	for (size_t u = 0; u < program->unit_count; u++) {
		const struct unit *unit = &program->units[u];
		struct conditional *groups;
		size_t count = conditionals_find(&unit->view, &unit->syntax.all, &program->arena,
						 &groups);

		for (uint32_t i = 0; i < unit->syntax.code.count; i++)
			if (unit->syntax.code.list[i].kind == TOKEN_IDENTIFIER)
				look_at_name(program, unit, i, groups, count);
	}
	for (size_t i = 0; i < program->function_count; i++) {
		if (program->target->pfn_locked)
			look_for_locked_flag(program, &program->functions[i]);
		look_at_page_setup(program, &program->functions[i]);
	}
}
