// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other APIs in the files of a driver that the target no longer has.
 *
 * A driver that calls migrate_vma() is old enough to use more that is gone.  None of that is
 * ported, but none of it is passed over in silence.
 */
#include <string.h>

#include "driver.h"

/**
 * struct neighbour - a name that a release took away or gave another meaning
 * @name: the name
 * @gone: the first release without it
 * @what: what a person does instead
 * @member: it counts only behind "." or "->"
 * @call: it counts only before "("
 */
struct neighbour {
	const char *name;
	int gone;
	const char *what;
	bool member;
	bool call;
};

static const struct neighbour neighbours[] = {
	{ "hmm_devmem_add", RELEASE(5, 3),
	  "fill a struct dev_pagemap with type "
	  "MEMORY_DEVICE_PRIVATE, ops, owner and the range of request_free_mem_region(), and call "
	  "devm_memremap_pages()",
	  false, true },
	{ "hmm_devmem_add_resource", RELEASE(5, 3),
	  "fill a struct dev_pagemap with the resource and "
	  "call devm_memremap_pages()",
	  false, true },
	{ "hmm_devmem_remove", RELEASE(5, 3), "call memunmap_pages(), or leave it to devres", false,
	  true },
	{ "hmm_devmem_ops", RELEASE(5, 3),
	  "use struct dev_pagemap_ops: free becomes page_free(), "
	  "fault becomes migrate_to_ram(struct vm_fault *)",
	  false, false },
	{ "hmm_devmem", RELEASE(5, 3), "use struct dev_pagemap", false, false },
	{ "hmm_devmem_page_set_drvdata", RELEASE(5, 3), "store in page->zone_device_data", false,
	  true },
	{ "hmm_devmem_page_get_drvdata", RELEASE(5, 3), "read page->zone_device_data", false,
	  true },
	{ "hmm_vma_alloc_locked_page", RELEASE(5, 3),
	  "call alloc_page_vma(GFP_HIGHUSER, vma, addr) "
	  "and lock_page()",
	  false, true },
	{ "is_device_public_page", RELEASE(5, 3), "remove it: there are no device public pages",
	  false, true },
	{ "MEMORY_DEVICE_PUBLIC", RELEASE(5, 3),
	  "remove it, or use MEMORY_DEVICE_COHERENT from 6.0", false, false },
	{ "hmm_mirror_register", RELEASE(5, 7), "use mmu_interval_notifier_insert()", false, true },
	{ "hmm_mirror_unregister", RELEASE(5, 7), "use mmu_interval_notifier_remove()", false,
	  true },
	{ "hmm_mirror", RELEASE(5, 7), "use struct mmu_interval_notifier", false, false },
	{ "hmm_mirror_ops", RELEASE(5, 7), "use struct mmu_interval_notifier_ops", false, false },
	{ "hmm_vma_fault", RELEASE(5, 4), "use hmm_range_fault()", false, true },
	{ "hmm_vma_get_pfns", RELEASE(5, 4), "use hmm_range_fault()", false, true },
	{ "mmap_sem", RELEASE(5, 8),
	  "use mmap_read_lock(mm), mmap_read_unlock(mm) and their kin of "
	  "<linux/mmap_lock.h>",
	  true, false },
	{ "src_owner", RELEASE(5, 9), "use pgmap_owner and set flags", true, false },
	{ "migrate_pgmap_owner", RELEASE(5, 14), "use owner of struct mmu_notifier_range", true,
	  false },
	{ "page_free", RELEASE(6, 19), "use folio_free(struct folio *) of struct dev_pagemap_ops",
	  true, false },
	{ "res", RELEASE(5, 10), "use range and nr_range = 1 of struct dev_pagemap", true, false },
	{ "pgmap", RELEASE(6, 15), "call page_pgmap(page)", true, false },
};

static bool is_pagemap_member(const struct syntax *syntax, uint32_t at)
{
	for (uint32_t i = at; i-- > 0 && at - i < 8 && !code_is(syntax, i, ";");) {
		const char *word = code_text(syntax, i, i);

		if (strstr(word, "pagemap") || strstr(word, "pgmap"))
			return true;
	}
	return false;
}

/* page->pgmap, where page is a struct page; drivers have members of that name as well. */
static bool is_page_member(const struct syntax *syntax, uint32_t at)
{
	static const char *const functions[] = { "migrate_pfn_to_page", "pfn_to_page",
						 "virt_to_page", NULL };
	struct declarator declarator;
	struct node *declaration;
	uint32_t base = at - 2;

	if (at < 3 || !code_is(syntax, at - 1, "->") || code_is(syntax, at + 1, "."))
		return false;
	if (code_is(syntax, base, ")")) {
		for (size_t i = 0; functions[i]; i++)
			if (syntax->match[base] > 0 &&
			    code_is(syntax, syntax->match[base] - 1, functions[i]))
				return true;
		return false;
	}
	if (is_member_name(syntax, base))
		return code_is(syntax, base, "page");
	return local_find(syntax, base, code_text(syntax, base, base), &declarator,
			  &declaration) &&
	       code_is(syntax, declarator.specifiers.last, "page");
}

/* ".page_free" in an initialiser and "ops->page_free" both stand behind a dot or an arrow. */
static bool matches(const struct syntax *syntax, uint32_t at, const struct neighbour *neighbour)
{
	if (!code_is(syntax, at, neighbour->name))
		return false;
	if (neighbour->member != is_member_name(syntax, at))
		return false;
	if (neighbour->call && !code_is(syntax, at + 1, "("))
		return false;
	if (!strcmp(neighbour->name, "res"))
		return is_pagemap_member(syntax, at);
	return strcmp(neighbour->name, "pgmap") || is_page_member(syntax, at);
}

/* The comparison of LINUX_VERSION_CODE in a directive: its operator and the release. */
struct comparison {
	char operator;
	int release;
};

static bool find_comparison(const char *text, size_t length, struct comparison *comparison)
{
	const char *version = memmem(text, length, "KERNEL_VERSION(", 15);
	const char *at, *rest;
	int major = 0, minor = 0;

	if (!version)
		return false;
	for (at = version; at > text && at[-1] != '<' && at[-1] != '>'; at--)
		;
	if (at == text)
		return false;
	comparison->operator = at[-1];
	rest = version + 15;
	while (*rest >= '0' && *rest <= '9' && major < 1000)
		major = major * 10 + (*rest++ - '0');
	rest += strspn(rest, ", ");
	while (*rest >= '0' && *rest <= '9' && minor < 1000)
		minor = minor * 10 + (*rest++ - '0');
	comparison->release = RELEASE(major, minor);
	return true;
}

/* Whether a directive lets the target through for sure, or keeps it out for sure. */
static bool settles(const struct unit *unit, const struct release *target, size_t directive,
		    bool through)
{
	const struct token *token = &unit->syntax.all.list[directive];
	const char *text = unit->source->text + token->start;
	size_t length = token->end - token->start;
	struct comparison comparison;

	if (!find_comparison(text, length, &comparison) ||
	    target->number < comparison.release)
		return false;
	if (through)
		return comparison.operator == '>' && !memmem(text, length, "&&", 2);
	return comparison.operator == '<' && !memmem(text, length, "||", 2);
}

/*
 * The directive that keeps a place out of the target, since it stands for older kernels only; NULL
 * when there is none.
 */
static const struct token *guard_of(const struct unit *unit, const struct release *target,
				    uint32_t offset)
{
	const struct tokens *all = &unit->syntax.all;

	for (size_t g = 0; g < unit->conditional_count; g++) {
		const struct conditional *group = &unit->conditionals[g];
		bool taken = false;

		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];
			bool out = taken || settles(unit, target, arm->directive, false);

			taken = taken || settles(unit, target, arm->directive, true);
			if (out && offset > all->list[arm->directive].start &&
			    (arm->last >= all->count || offset < all->list[arm->last].start))
				return &all->list[arm->directive];
		}
	}
	return NULL;
}

static bool guarded(const struct unit *unit, const struct release *target, uint32_t offset)
{
	return guard_of(unit, target, offset) != NULL;
}

/* A page of the device that the driver takes a reference on: one too many since 5.18. */
static void report_page_setup(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct release *target = driver->target;
	struct call got, locked;
	struct node *node = node_at(syntax, at);
	struct node *other;

	if (!call_parse(syntax, at, &got) || got.count != 1 || node->kind != NODE_EXPRESSION)
		return;
	for (int side = 0; side < 2; side++) {
		other = side ? node->previous : node->next;
		if (!other || !code_is(syntax, other->first, "lock_page") ||
		    !call_parse(syntax, other->first, &locked) || locked.count != 1 ||
		    strcmp(code_line(syntax, got.arguments[0].first, got.arguments[0].last),
			   code_line(syntax, locked.arguments[0].first, locked.arguments[0].last)))
			continue;
		if (guarded(unit, target, code_start(syntax, at)))
			return;
		driver_warn(
			driver, unit, at, "neighbour", "if this is a page of the device: %s",
			target->number >= RELEASE(6, 19)
				? "since 6.1 zone_device_page_init() takes the place of "
				  "get_page() and "
				  "lock_page(), and since 6.19 it is zone_device_page_init(page, "
				  "pgmap, 0)"
			: target->number >= RELEASE(6, 1)
				? "since 6.1 zone_device_page_init(page) takes the place of "
				  "get_page() and "
				  "lock_page()"
				: "since 5.18 a free page has a reference already, so get_page() "
				  "goes and "
				  "lock_page() stays");
		return;
	}
}

bool is_neighbour(const struct unit *unit, uint32_t token)
{
	for (size_t n = 0; n < sizeof(neighbours) / sizeof(*neighbours); n++)
		if (matches(&unit->syntax, token, &neighbours[n]))
			return true;
	return false;
}

/* A driver in three steps is not this report's business: `migrate-vma check` looks at it. */
static bool is_callback_driver(const struct driver *driver)
{
	for (size_t u = 0; u < driver->unit_count; u++)
		if (driver->units[u].file->uses)
			return true;
	return driver->ops_count > 0;
}

/* What was ported is of no use where nobody compiles it. */
static void report_version_guards(struct driver *driver)
{
	const struct token *last = NULL;

	for (size_t i = 0; i < driver->site_count; i++) {
		struct unit *unit = driver->sites[i]->unit;
		const struct token *guard =
			guard_of(unit, driver->target,
				 code_start(&unit->syntax, driver->sites[i]->call.name));

		if (!guard || guard == last)
			continue;
		last = guard;
		unit->file->left++;
		diagnose(driver->diagnostics, unit->source, guard->start, SEVERITY_WARNING,
			 "version-guard",
			 "this keeps the call of migrate_vma() below it out of %s, so nobody "
			 "compiles what was ported; change or remove the guard",
			 driver->target->name);
	}
}

void report_neighbours(struct driver *driver)
{
	if (!is_callback_driver(driver))
		return;
	if (!driver->blocked)
		report_version_guards(driver);
	for (size_t u = 0; u < driver->unit_count; u++) {
		struct unit *unit = &driver->units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++) {
			if (syntax->code.list[i].kind != TOKEN_IDENTIFIER)
				continue;
			if (driver->target->number >= RELEASE(5, 18) &&
			    code_is(syntax, i, "get_page"))
				report_page_setup(driver, unit, i);
			for (size_t n = 0; n < sizeof(neighbours) / sizeof(*neighbours); n++) {
				const struct neighbour *neighbour = &neighbours[n];

				if (driver->target->number < neighbour->gone ||
				    !matches(syntax, i, neighbour) ||
				    guarded(unit, driver->target, code_start(syntax, i)))
					continue;
				driver_warn(driver, unit, i, "neighbour",
					    "%s is gone since %d.%d and is not ported: %s",
					    neighbour->name, neighbour->gone / 1000,
					    neighbour->gone % 1000, neighbour->what);
				break;
			}
		}
	}
}
