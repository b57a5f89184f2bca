// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that a later release no longer brings in by way of others.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "edit/lines.h"
#include "changes/hmm_devmem/devmem.h"
#include "changes/migrate_vma/plan.h"

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

/* The name in #include <name>, or NULL. */
static const char *included(const struct unit *unit, const struct token *token, size_t *length)
{
	const char *text = unit->source->text + token->start + 1;
	const char *end = unit->source->text + token->end;
	const char *close;

	text += strspn(text, " \t");
	if (token->kind != TOKEN_DIRECTIVE || strncmp(text, "include", 7))
		return NULL;
	text += 7;
	text += strspn(text, " \t");
	if (text >= end || *text != '<')
		return NULL;
	text++;
	close = memchr(text, '>', end - text);
	*length = close ? (size_t)(close - text) : 0;
	return close ? text : NULL;
}

static bool includes(const struct unit *unit, const char *name)
{
	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		size_t length;
		const char *text = included(unit, &unit->syntax.all.list[i], &length);

		if (text && length == strlen(name) && !strncmp(text, name, length))
			return true;
	}
	return false;
}

/* The file itself, a header that was given with it, or one it includes by a name in quotes. */
static bool is_included(const struct driver *driver, const struct unit *unit, const char *name)
{
	/* It came by way of this one then, and not by one that is out of sight. */
	bool brought = includes(unit, "linux/hmm.h");

	for (size_t i = 0; i < driver->program.unit_count; i++) {
		bool header = source_is_header(driver->program.units[i].source);

		if ((&driver->program.units[i] == unit || header) &&
		    (includes(&driver->program.units[i], name) ||
		     (!brought && header_including(driver, &driver->program.units[i], name))))
			return true;
	}
	return false;
}

/* Keeps the order of the names, as far as the file does. */
static void insert(struct driver *driver, struct unit *unit, const char *name)
{
	const struct source *source = unit->source;
	uint32_t before = 0, after = 0;

	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		const struct token *token = &unit->syntax.all.list[i];
		size_t length;
		const char *text = included(unit, token, &length);

		if (!text || length < 6 || strncmp(text, "linux/", 6))
			continue;
		if (strncmp(text, name, length) < 0)
			after = source_line_next(source, source_line(source, token->end));
		else if (!before && !after)
			before = line_top(source, token->start) + 1;
		else if (after)
			break;
	}
	if (after || before)
		edit_insert(unit->edits, after ? after : before - 1,
			    arena_printf(driver->arena, "#include <%s>\n", name));
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
		const struct symbol *symbol = symbol_find(&driver->program, names[i]);
		const struct reference *use = symbol ? symbol->references : NULL;

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
	       (!header->only_hmm || includes(unit, "linux/hmm.h"));
}

void plan_includes(struct driver *driver)
{
	if (driver->target->number < SINCE_HEADERS_BY_NAME)
		return;
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (size_t h = 0; h < sizeof(headers) / sizeof(*headers); h++) {
			struct unit *unit = &driver->program.units[u];

			if (source_is_header(unit->source) || !is_concerned(driver, unit, &headers[h]) ||
			    !needs(unit, &headers[h]) || is_included(driver, unit, headers[h].name))
				continue;
			insert(driver, unit, headers[h].name);
		}
}
