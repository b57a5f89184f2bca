// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that others no longer bring in, since 5.18, and those that have another name.
 */
#include <string.h>

#include "analyse/includes.h"
#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/change.h"
#include "changes/hmm_devmem/devmem.h"
#include "changes/migrate_vma/plan.h"
#include "edit/edit.h"
#include "edit/lines.h"

/**
 * struct needed_header - a header that has to be included by name
 * @name: what stands between "<" and ">"
 * @only_hmm: of the two, <linux/hmm.h> alone stopped bringing it
 * @names: what it declares; a name ended by "*" stands for all that begin so
 */
struct needed_header {
	const char *name;
	bool only_hmm;
	const char *names[12];
};

/* <linux/mm.h> and <linux/hmm.h> brought them along. */
static const struct needed_header headers[] = {
	{ "linux/memremap.h", false,
	  { "dev_pagemap", "dev_pagemap_ops", "is_device_private_page", "MEMORY_DEVICE_PRIVATE",
	    "memremap_pages", "devm_memremap_pages", "memunmap_pages", "page_pgmap",
	    "hmm_devmem_add", "hmm_devmem_ops" } },
	{ "linux/migrate.h", false, { "migrate_vma", "migrate_pfn*", "MIGRATE_PFN_*" } },
	{ "linux/mmu_notifier.h", true,
	  { "mmu_notifier*", "mmu_interval_notifier*", "MMU_NOTIFY_*" } },
};

static bool same_name(const char *text, const struct token *token, const char *name)
{
	size_t length = strlen(name);

	if (name[length - 1] != '*')
		return token_is(text, token, name);
	return token->end - token->start >= length - 1 &&
	       !strncmp(text + token->start, name, length - 1);
}

static bool needs(const struct unit *unit, const struct needed_header *header)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = 0; i < syntax->code.count; i++)
		for (size_t n = 0; header->names[n]; n++)
			if (syntax->code.list[i].kind == TOKEN_IDENTIFIER &&
			    same_name(unit->source->text, &syntax->code.list[i], header->names[n]))
				return true;
	return false;
}

/* The file itself, a header that was given with it, or one it includes by a name in quotes. */
static bool is_included(const struct driver *driver, const struct unit *unit, const char *name)
{
	/* It came by way of this one then, and not by one that is out of sight. */
	bool brought = unit_includes_kernel(unit, "linux/hmm.h");

	for (size_t i = 0; i < driver->program.unit_count; i++) {
		const struct unit *other = &driver->program.units[i];

		if ((other == unit || source_is_header(other->source)) &&
		    (unit_includes_kernel(other, name) ||
		     (!brought && header_including(&driver->program, other, name))))
			return true;
	}
	return false;
}

bool include_kernel(const struct driver *driver, const struct unit *unit, const char *name)
{
	const struct source *source = unit->source;
	const struct token *directive;
	struct include include;
	uint32_t before = 0, after = 0;

	for (size_t at = 0; (directive = unit_include(unit, &at, &include));) {
		if (include.quoted || strncmp(include.name, "linux/", 6))
			continue;
		if (strncmp(include.name, name, include.length) < 0)
			after = source_line_next(source, source_line(source, directive->end));
		else if (!before && !after)
			before = line_top(source, directive->start) + 1;
		else if (after)
			break;
	}
	if (!after && !before)
		return false;
	edit_insert(unit->edits, after ? after : before - 1,
		    arena_printf(driver->arena, "#include <%s>\n", name));
	return true;
}

/* Names that came later than the change: a driver that has one of them has its headers as well. */
static bool is_later(const struct driver *driver)
{
	static const char *const later[] = { "fault_page", "zone_device_page_init", "folio_free",
					     "page_pgmap" };

	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (symbol_find(&driver->program, later[i]))
			return true;
	return false;
}

/* Whether a file has to do with device memory, and not just with a pointer to some of it. */
static bool is_about_device_memory(const struct driver *driver, const struct unit *unit)
{
	static const char *const names[] = { "migrate_vma_setup", "migrate_to_ram",
					     "MEMORY_DEVICE_PRIVATE", "hmm_range_fault" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct reference *use = name_references(&driver->program, names[i]);

		for (; use; use = use->next)
			if (use->unit == unit)
				return true;
	}
	return false;
}

/* Whether a file has to do with the old API, or with the one in three steps. */
static bool is_concerned(const struct driver *driver, const struct unit *unit,
			 const struct needed_header *header)
{
	if (driver->site_count || driver->devmem->whole)
		return unit->edits->count;
	return !is_later(driver) && is_about_device_memory(driver, unit) &&
	       (!header->only_hmm || unit_includes_kernel(unit, "linux/hmm.h"));
}

/* Headers that have another name. */
static const struct {
	const char *old, *new;
	int since;
} renamed[] = {
	{ "asm/unaligned.h", "linux/unaligned.h", SINCE_UNALIGNED_FOR_ALL },
};

static void rename_in(const struct unit *unit, const char *old, const char *new)
{
	const struct token *directive;
	struct include include;

	for (size_t at = 0; (directive = unit_include(unit, &at, &include));) {
		uint32_t start = (uint32_t)(include.name - unit->source->text);

		if (include.length == strlen(old) && !memcmp(include.name, old, strlen(old)) &&
		    !preprocess_undecided(&unit->syntax, directive->start) &&
		    !preprocess_left_out(&unit->syntax, directive->start))
			edit_replace(unit->edits, start, start + (uint32_t)strlen(old), new);
	}
}

static void rename_headers(struct driver *driver)
{
	for (size_t r = 0; r < sizeof(renamed) / sizeof(*renamed); r++)
		for (size_t u = 0; driver->target->number >= renamed[r].since &&
				   u < driver->program.unit_count; u++)
			rename_in(&driver->program.units[u], renamed[r].old, renamed[r].new);
}

static void add_needed(struct driver *driver)
{
	if (driver->target->number < SINCE_HEADERS_BY_NAME)
		return;
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (size_t h = 0; h < sizeof(headers) / sizeof(*headers); h++) {
			struct unit *unit = &driver->program.units[u];

			if (source_is_header(unit->source) || !is_concerned(driver, unit, &headers[h]) ||
			    !needs(unit, &headers[h]) || is_included(driver, unit, headers[h].name))
				continue;
			include_kernel(driver, unit, headers[h].name);
		}
}

static void rewrite(struct driver *driver)
{
	rename_headers(driver);
	add_needed(driver);
}

const struct change change_includes = { .rewrite = rewrite };
