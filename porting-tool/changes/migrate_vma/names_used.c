// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every mention of the API in a file, for a person to look at.
 */
#include <stdlib.h>
#include <string.h>

#include "changes/config_option/build_files.h"
#include "changes/config_option/config_option.h"
#include "driver.h"
#include "two_apis.h"

static const struct {
	const char *name;
	enum use_kind kind;
} names[] = {
	{ "migrate_vma_ops", USE_OTHER },
	{ "MIGRATE_PFN_ERROR", USE_FLAG },
	{ "MIGRATE_PFN_DEVICE", USE_FLAG },
	{ "CONFIG_MIGRATE_VMA_HELPER", USE_GUARD },
	{ "migrate_vma_setup", USE_THREE_STEP },
	{ "migrate_vma_pages", USE_THREE_STEP },
	{ "migrate_vma_finalize", USE_THREE_STEP },
	{ "migrate_device_range", USE_THREE_STEP },
	{ "migrate_device_pfns", USE_THREE_STEP },
	{ "migrate_device_pages", USE_THREE_STEP },
	{ "migrate_device_finalize", USE_THREE_STEP },
};

struct found {
	struct use *list;
	size_t count;
	size_t capacity;
};

static void add(struct found *found, enum use_kind kind, size_t offset, const char *name,
		size_t length)
{
	char *copy = xmalloc(length + 1);

	memcpy(copy, name, length);
	copy[length] = '\0';
	found->list = grow(found->list, found->count, &found->capacity, sizeof(*found->list));
	found->list[found->count++] = (struct use){ kind, offset, copy };
}

static void add_token(struct found *found, const struct source *source, const struct token *token,
		      enum use_kind kind)
{
	add(found, kind, token->start, source->text + token->start, token->end - token->start);
}

/* Names in directives and in arms that are not read are in the text as well. */
static void find_names(struct found *found, const struct source *source,
		       const struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		if (token->kind == TOKEN_DIRECTIVE) {
			struct tokens inner = { 0 };

			lex(source->text, token->start + 1, token->end, &inner);
			find_names(found, source, &inner);
			tokens_release(&inner);
			continue;
		}
		if (token->kind != TOKEN_IDENTIFIER)
			continue;
		if (token_is(source->text, token, "migrate_vma") &&
		    token_is(source->text, &tokens->list[i + 1], "("))
			add_token(found, source, token, USE_CALL);
		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
			if (token_is(source->text, token, names[n].name))
				add_token(found, source, token, names[n].kind);
	}
}

/* In Kconfig the option stands without CONFIG_, and neither that nor a makefile is C. */
static void find_options(struct found *found, const struct source *source,
			 const struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		if (token_is(source->text, &tokens->list[i], OLD_OPTION) ||
		    token_is(source->text, &tokens->list[i], "CONFIG_" OLD_OPTION) ||
		    token_is(source->text, &tokens->list[i], "DCONFIG_" OLD_OPTION))
			add_token(found, source, &tokens->list[i], USE_GUARD);
}

static void find_objects(struct found *found, const struct source *source, struct arena *arena)
{
	struct diagnostics ignored = { 0 };
	struct port_file file = { .source = source };
	struct driver driver = { .arena = arena,
				 .target = release_newest(),
				 .diagnostics = &ignored };
	struct unit *unit;

	program_open(&driver.program, arena, 1);
	unit = driver.program.units;
	unit->source = source;
	unit->view = *source;
	unit->file = &file;
	two_apis_read(&driver.program, NULL, NULL, false);
	understand_ops(&driver);
	for (size_t i = 0; i < driver.ops_count; i++) {
		struct node *node = driver.ops[i]->declaration;
		struct declarator *list;

		if (driver.ops[i]->place == OPS_LITERAL)
			continue;
		if (declaration_parse(&unit->syntax, (struct span){ node->first, node->last },
				      &list))
			add(found, USE_OPS, code_start(&unit->syntax, list[0].name),
			    driver.ops[i]->name, strlen(driver.ops[i]->name));
	}
	for (size_t i = 0; i < driver.callback_count; i++)
		if (driver.callbacks[i]->function)
			add(found, USE_CALLBACK,
			    code_start(&unit->syntax, driver.callbacks[i]->function->name),
			    driver.callbacks[i]->name, strlen(driver.callbacks[i]->name));
	for (uint32_t i = 1; i < unit->syntax.code.count; i++)
		if (is_neighbour(&driver.program, unit, i))
			add_token(found, source, &unit->syntax.code.list[i], USE_NEIGHBOUR);
	program_close(&driver.program);
	diagnostics_release(&ignored);
}

static int by_offset(const void *left, const void *right)
{
	const struct use *a = left, *b = right;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

size_t list_uses(const struct source *source, struct use **uses)
{
	struct tokens tokens = { 0 };
	struct arena arena = { 0 };
	struct found found = { 0 };

	lex(source->text, 0, source->size, &tokens);
	if (is_build_file(source->path)) {
		find_options(&found, source, &tokens);
	} else {
		find_names(&found, source, &tokens);
		find_objects(&found, source, &arena);
	}
	tokens_release(&tokens);
	arena_release(&arena);
	if (found.count)
		qsort(found.list, found.count, sizeof(*found.list), by_offset);
	*uses = found.list;
	return found.count;
}
