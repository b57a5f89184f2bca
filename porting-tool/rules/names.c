// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names that the target does not have any more, or not yet, and what takes their place.
 */
#include <limits.h>
#include <string.h>

#include "../parse/conditional.h"
#include "headers.h"
#include "lint.h"

/**
 * enum where - where a name counts
 * @WHERE_ANYWHERE: wherever it stands
 * @WHERE_CALL: before "("
 * @WHERE_ACCESS: behind "." or "->"
 * @WHERE_OPERATION: where it is set in a struct dev_pagemap_ops
 * @WHERE_OF_ONE: before "(", with one argument
 * @WHERE_OF_TWO: before "(", with two
 * @WHERE_OF_THREE: before "(", with three
 */
enum where {
	WHERE_ANYWHERE, WHERE_CALL, WHERE_ACCESS, WHERE_OPERATION, WHERE_OF_ONE, WHERE_OF_TWO,
	WHERE_OF_THREE,
};

/* @since: first release that has it; @until: first that has not; @instead: what takes its place. */
static const struct {
	const char *name;
	enum where where;
	int since;
	int until;
	const char *instead;
} dated_names[] = {
	{ "hmm_devmem_add", WHERE_CALL, 0, RELEASE(5, 3),
	  "memremap_pages() of a struct dev_pagemap" },
	{ "hmm_devmem_add_resource", WHERE_CALL, 0, RELEASE(5, 3),
	  "memremap_pages() of a struct dev_pagemap" },
	{ "hmm_devmem_ops", WHERE_ANYWHERE, 0, RELEASE(5, 3), "struct dev_pagemap_ops" },
	{ "hmm_devmem_page_set_drvdata", WHERE_CALL, 0, RELEASE(5, 3), "page->zone_device_data" },
	{ "hmm_devmem_page_get_drvdata", WHERE_CALL, 0, RELEASE(5, 3), "page->zone_device_data" },
	{ "hmm_vma_alloc_locked_page", WHERE_CALL, 0, RELEASE(5, 3),
	  "alloc_page_vma() and lock_page()" },
	{ "migrate_vma", WHERE_CALL, 0, RELEASE(5, 4),
	  "migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize(); `migrate-vma port` "
	  "rewrites it" },
	{ "migrate_vma_ops", WHERE_ANYWHERE, 0, RELEASE(5, 4),
	  "code between migrate_vma_setup() and migrate_vma_finalize(); `migrate-vma port` "
	  "rewrites it" },
	{ "MIGRATE_PFN_ERROR", WHERE_ANYWHERE, 0, RELEASE(5, 4),
	  "0 in dst, and a variable of the driver for the error" },
	{ "MIGRATE_PFN_DEVICE", WHERE_ANYWHERE, 0, RELEASE(5, 4),
	  "is_device_private_page(migrate_pfn_to_page(src[i]))" },
	{ "hmm_mirror_register", WHERE_CALL, 0, RELEASE(5, 7), "mmu_interval_notifier_insert()" },
	{ "mmap_sem", WHERE_ACCESS, 0, RELEASE(5, 8), "mmap_read_lock(mm) and its kin" },
	{ "src_owner", WHERE_ACCESS, 0, RELEASE(5, 9), "pgmap_owner, and flags" },
	{ "migrate_pgmap_owner", WHERE_ACCESS, 0, RELEASE(5, 14), "owner" },
	{ "mmu_notifier_range_init_migrate", WHERE_CALL, 0, RELEASE(5, 14),
	  "mmu_notifier_range_init_owner()" },
	{ "MIGRATE_PFN_LOCKED", WHERE_ANYWHERE, 0, RELEASE(5, 16),
	  "nothing: the page is still locked with lock_page(), but dst does not say so" },
	{ "make_device_exclusive_range", WHERE_CALL, 0, RELEASE(6, 15),
	  "make_device_exclusive()" },
	{ "get_dev_pagemap", WHERE_OF_TWO, 0, RELEASE(6, 18), "get_dev_pagemap(pfn)" },
	{ "page_free", WHERE_OPERATION, 0, RELEASE(6, 19),
	  "folio_free, which takes a struct folio" },
	{ "zone_device_page_init", WHERE_OF_ONE, 0, RELEASE(6, 19),
	  "zone_device_page_init(page, pgmap, order)" },

	{ "mmap_read_lock", WHERE_CALL, RELEASE(5, 8), INT_MAX, "down_read(&mm->mmap_sem)" },
	{ "pgmap_owner", WHERE_ACCESS, RELEASE(5, 9), INT_MAX,
	  "src_owner from 5.7, nothing before" },
	{ "MIGRATE_VMA_SELECT_SYSTEM", WHERE_ANYWHERE, RELEASE(5, 9), INT_MAX,
	  "src_owner = NULL from 5.7, nothing before" },
	{ "MIGRATE_VMA_SELECT_DEVICE_PRIVATE", WHERE_ANYWHERE, RELEASE(5, 9), INT_MAX,
	  "src_owner from 5.7, nothing before" },
	{ "MMU_NOTIFY_MIGRATE", WHERE_ANYWHERE, RELEASE(5, 9), INT_MAX, "MMU_NOTIFY_CLEAR" },
	{ "MIGRATE_VMA_SELECT_DEVICE_COHERENT", WHERE_ANYWHERE, RELEASE(6, 0), INT_MAX,
	  "nothing: there is no coherent device memory" },
	{ "MEMORY_DEVICE_COHERENT", WHERE_ANYWHERE, RELEASE(6, 0), INT_MAX,
	  "nothing: there is no coherent device memory" },
	{ "zone_device_page_init", WHERE_OF_ONE, RELEASE(6, 1), INT_MAX,
	  "lock_page(), after get_page() up to 5.17" },
	{ "migrate_device_range", WHERE_CALL, RELEASE(6, 1), INT_MAX,
	  "migrate_vma_setup() for every address space that maps the pages" },
	{ "migrate_device_pages", WHERE_CALL, RELEASE(6, 1), INT_MAX, "migrate_vma_pages()" },
	{ "migrate_device_finalize", WHERE_CALL, RELEASE(6, 1), INT_MAX, "migrate_vma_finalize()" },
	{ "migrate_device_pfns", WHERE_CALL, RELEASE(6, 15), INT_MAX, "migrate_device_range()" },
	{ "page_pgmap", WHERE_CALL, RELEASE(6, 15), INT_MAX, "page->pgmap" },
	{ "MIGRATE_VMA_SELECT_COMPOUND", WHERE_ANYWHERE, RELEASE(6, 19), INT_MAX,
	  "nothing: large folios come as single pages" },
	{ "MIGRATE_PFN_COMPOUND", WHERE_ANYWHERE, RELEASE(6, 19), INT_MAX,
	  "nothing: large folios come as single pages" },
	{ "zone_device_page_init", WHERE_OF_THREE, RELEASE(6, 19), INT_MAX,
	  "zone_device_page_init(page)" },
	{ "zone_device_folio_init", WHERE_CALL, RELEASE(6, 19), INT_MAX,
	  "zone_device_page_init(page)" },
	{ "folio_free", WHERE_OPERATION, RELEASE(6, 19), INT_MAX,
	  "page_free, which takes a struct page" },
	{ "folio_split", WHERE_OPERATION, RELEASE(6, 19), INT_MAX,
	  "nothing: there is no large folio" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static size_t argument_count(const struct syntax *syntax, uint32_t at)
{
	struct call call;

	return call_parse(syntax, at, &call) ? call.count : 0;
}

static bool is_access(const struct syntax *syntax, uint32_t at)
{
	return at && (code_is(syntax, at - 1, ".") || code_is(syntax, at - 1, "->"));
}

/* .name = in an initialiser of a struct dev_pagemap_ops, or pgmap_ops.name = f. */
static bool is_operation(const struct syntax *syntax, uint32_t at)
{
	const struct node *node = node_at(syntax, at);

	if (!is_access(syntax, at) || !code_is(syntax, at + 1, "="))
		return false;
	for (uint32_t i = node->first; i < at; i++)
		if (code_is(syntax, i, "dev_pagemap_ops"))
			return true;
	return false;
}

static bool is_use(const struct syntax *syntax, uint32_t at, enum where where)
{
	switch (where) {
	case WHERE_ANYWHERE:
		return !is_access(syntax, at);
	case WHERE_CALL:
		return code_is(syntax, at + 1, "(") && !is_access(syntax, at);
	case WHERE_ACCESS:
		return is_access(syntax, at);
	case WHERE_OPERATION:
		return is_operation(syntax, at);
	case WHERE_OF_ONE:
		return argument_count(syntax, at) == 1;
	case WHERE_OF_TWO:
		return argument_count(syntax, at) == 2;
	case WHERE_OF_THREE:
		return argument_count(syntax, at) == 3;
	}
	return false;
}

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

/* How a use is told apart from the same name with other arguments. */
static const char *const forms[] = {
	[WHERE_ANYWHERE] = "",		       [WHERE_CALL] = "()",
	[WHERE_ACCESS] = "",		       [WHERE_OPERATION] = "",
	[WHERE_OF_ONE] = "() with one argument", [WHERE_OF_TWO] = "() with two arguments",
	[WHERE_OF_THREE] = "() with three arguments",
};

static void report_name(struct program *program, struct place place, size_t index)
{
	int target = program->target->number;
	int since = dated_names[index].since, until = dated_names[index].until;
	const char *name = dated_names[index].name;
	const char *form = forms[dated_names[index].where];

	if (target >= until)
		add_finding(program, "removed-name", place,
			    "%s%s is gone since Linux %d.%d; use %s", name, form, until / 1000,
			    until % 1000, dated_names[index].instead);
	else
		add_finding(program, "later-name", place,
			    "%s%s is there only since Linux %d.%d; for Linux %s: %s", name, form,
			    since / 1000, since % 1000, program->target->name,
			    dated_names[index].instead);
}

static void look_at_name(struct program *program, const struct unit *unit, uint32_t token,
			 const struct conditional *groups, size_t group_count)
{
	int target = program->target->number;

	for (size_t i = 0; i < COUNT(dated_names); i++) {
		if (target >= dated_names[i].since && target < dated_names[i].until)
			continue;
		if (!code_is(&unit->syntax, token, dated_names[i].name) ||
		    !is_use(&unit->syntax, token, dated_names[i].where))
			continue;
		if (!is_conditional(unit, groups, group_count, token) &&
		    !is_own_name(program, unit, dated_names[i].name))
			report_name(program, (struct place){ unit, token }, i);
		return;
	}
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
