// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that a later release no longer brings in by way of others.
 */
#include <string.h>

#include "edit/lines.h"
#include "changes/hmm_devmem/devmem.h"
#include "changes/migrate_vma/plan.h"

/**
 * struct needed_header - a header that has to be included by name
 * @name: what stands between "<" and ">"
 * @names: what it declares; a name ended by "*" stands for all that begin so
 */
struct needed_header {
	const char *name;
	const char *names[12];
};

/* <linux/mm.h> and <linux/hmm.h> brought them along. */
static const struct needed_header headers[] = {
	{ "linux/memremap.h",
	  { "dev_pagemap", "dev_pagemap_ops", "is_device_private_page", "MEMORY_DEVICE_PRIVATE",
	    "memremap_pages", "devm_memremap_pages", "memunmap_pages", "page_pgmap",
	    "hmm_devmem_add", "hmm_devmem_ops" } },
	{ "linux/migrate.h", { "migrate_vma", "migrate_pfn*", "MIGRATE_PFN_*" } },
	{ "linux/mmu_notifier.h",
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
		const char *path = driver->program.units[i].source->path;
		size_t length = strlen(path);

		bool header = length > 2 && !strcmp(path + length - 2, ".h");

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

void plan_includes(struct driver *driver)
{
	if ((!driver->site_count && !driver->devmem->whole) || driver->target->number < SINCE_HEADERS_BY_NAME)
		return;
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (size_t h = 0; h < sizeof(headers) / sizeof(*headers); h++) {
			struct unit *unit = &driver->program.units[u];
			const char *path = unit->source->path;
			size_t length = strlen(path);

			if ((length > 2 && !strcmp(path + length - 2, ".h")) ||
			    !unit->edits->count || !needs(unit, &headers[h]) ||
			    is_included(driver, unit, headers[h].name))
				continue;
			insert(driver, unit, headers[h].name);
		}
}
