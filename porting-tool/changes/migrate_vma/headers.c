// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers of the driver that were not given: they are looked at, but not changed.
 *
 * #include "name" is looked for beside the file, then in the folders that -I names; <name> only in
 * those, and not where they lead to the kernel's own headers.
 */
#include "headers.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"

/* Headers that include headers are followed this far. */
#define DEPTH 8

/* A walk over the headers that a file includes. */
struct walk {
	const struct driver *driver;
	bool (*visit)(const struct source *header, void *data);
	void *data;
	const char **seen;
	size_t seen_count;
	size_t room;
	const char *missing;
};

static const char *named_folder(const struct clang_setup *setup, size_t *index)
{
	static const char *const options[] = { "-iquote", "-I" };
	const char *argument = setup->arguments[*index];

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		size_t length = strlen(options[i]);

		if (strncmp(argument, options[i], length))
			continue;
		if (argument[length])
			return argument + length;
		return *index + 1 < setup->count ? setup->arguments[++*index] : NULL;
	}
	return NULL;
}

/* The path of an included file, or NULL when it cannot be read. */
static const char *find(const struct walk *walk, const struct source *from, const char *name,
			bool quoted)
{
	const struct clang_setup *setup = walk->driver->setup;
	const char *slash = strrchr(from->path, '/');
	const char *path;

	path = arena_printf(walk->driver->arena, "%.*s%s",
			    slash ? (int)(slash - from->path) + 1 : 0, from->path, name);
	if (quoted && !access(path, R_OK))
		return path;
	for (size_t i = 0; setup && (quoted || !setup->real_headers) && i < setup->count; i++) {
		const char *folder = named_folder(setup, &i);

		path = folder ? arena_printf(walk->driver->arena, "%s/%s", folder, name) : "";
		if (folder && !access(path, R_OK))
			return path;
	}
	return NULL;
}

static bool is_given(const struct driver *driver, const char *path)
{
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (!strcmp(driver->program.units[i].source->path, path))
			return true;
	return false;
}

static bool seen_before(struct walk *walk, const char *path)
{
	for (size_t i = 0; i < walk->seen_count; i++)
		if (!strcmp(walk->seen[i], path))
			return true;
	walk->seen = grow(walk->seen, walk->seen_count, &walk->room, sizeof(*walk->seen));
	walk->seen[walk->seen_count++] = path;
	return false;
}

static bool walk_tokens(struct walk *walk, const struct source *source,
			const struct tokens *tokens, int depth);

static bool walk_header(struct walk *walk, const char *path, int depth)
{
	struct tokens tokens = { 0 };
	struct source source;
	bool go_on;

	if (!depth || is_given(walk->driver, path) || seen_before(walk, path))
		return true;
	if (source_read(&source, path) != SOURCE_OK) {
		walk->missing = walk->missing ? walk->missing : path;
		return true;
	}
	go_on = walk->visit(&source, walk->data);
	if (go_on) {
		lex(source.text, 0, source.size, &tokens);
		go_on = walk_tokens(walk, &source, &tokens, depth - 1);
		tokens_release(&tokens);
	}
	source_release(&source);
	return go_on;
}

/* The name in a directive #include, or NULL. */
static const char *included_name(const struct source *source, const struct token *directive,
				 struct arena *arena, bool *quoted)
{
	const char *text = source->text + directive->start + 1;
	const char *end = source->text + directive->end, *close;

	text += strspn(text, " \t");
	if (strncmp(text, "include", 7))
		return NULL;
	text += 7 + strspn(text + 7, " \t");
	if (text >= end || (*text != '"' && *text != '<'))
		return NULL;
	*quoted = *text == '"';
	close = memchr(text + 1, *quoted ? '"' : '>', end - text - 1);
	return close ? arena_copy(arena, text + 1, close - text - 1) : NULL;
}

static bool walk_tokens(struct walk *walk, const struct source *source,
			const struct tokens *tokens, int depth)
{
	for (size_t i = 0; i < tokens->count; i++) {
		const char *name, *path;
		bool quoted;

		if (tokens->list[i].kind != TOKEN_DIRECTIVE)
			continue;
		name = included_name(source, &tokens->list[i], walk->driver->arena, &quoted);
		path = name ? find(walk, source, name, quoted) : NULL;
		if (path && !walk_header(walk, path, depth))
			return false;
		if (name && !path && quoted && !walk->missing)
			walk->missing = name;
	}
	return true;
}

const char *headers_visit(const struct driver *driver, const struct unit *unit,
			  bool (*visit)(const struct source *header, void *data), void *data)
{
	struct walk walk = { .driver = driver, .visit = visit, .data = data };

	walk_tokens(&walk, unit->source, &unit->syntax.all, DEPTH);
	free(walk.seen);
	return walk.missing;
}

static bool go_on(const struct source *, void *)
{
	return true;
}

const char *header_missing(const struct driver *driver, const struct unit *unit)
{
	return headers_visit(driver, unit, go_on, NULL);
}

/* What is looked for in headers, and the one that has it. */
struct search {
	struct arena *arena;
	const char *name;
	const char *found;
};

/* Whether a name that begins a parameter list stands in a file. */
static bool does_not_declare(const struct source *header, void *data)
{
	struct search *search = data;
	struct tokens tokens = { 0 };

	lex(header->text, 0, header->size, &tokens);
	for (size_t i = 0; i + 1 < tokens.count && !search->found; i++)
		if (token_is(header->text, &tokens.list[i], search->name) &&
		    token_is(header->text, &tokens.list[i + 1], "("))
			search->found = arena_copy(search->arena, header->path,
						   strlen(header->path));
	tokens_release(&tokens);
	return !search->found;
}

const char *header_declaring(const struct driver *driver, const struct unit *unit, const char *name)
{
	struct search search = { driver->arena, name, NULL };

	headers_visit(driver, unit, does_not_declare, &search);
	return search.found;
}

/* "#define name" */
static bool defines_macro(const struct source *header, const struct token *directive,
			  const char *name)
{
	struct tokens words = { 0 };
	bool found;

	lex(header->text, directive->start + 1, directive->end, &words);
	found = words.count > 1 && token_is(header->text, &words.list[0], "define") &&
		token_is(header->text, &words.list[1], name);
	tokens_release(&words);
	return found;
}

static bool does_not_define(const struct source *header, void *data)
{
	struct search *search = data;
	struct tokens tokens = { 0 };
	bool found = false;
	int depth = 0;

	lex(header->text, 0, header->size, &tokens);
	for (size_t i = 0; i + 1 < tokens.count && !found; i++) {
		const struct token *token = &tokens.list[i];

		depth += token_is(header->text, token, "{");
		depth -= token_is(header->text, token, "}");
		if (token->kind == TOKEN_DIRECTIVE)
			found = defines_macro(header, token, search->name);
		else
			found = depth <= 0 && token_is(header->text, token, search->name) &&
				token_is(header->text, token + 1, "(");
	}
	tokens_release(&tokens);
	if (found)
		search->found = arena_copy(search->arena, header->path, strlen(header->path));
	return !found;
}

const char *header_defining(const struct driver *driver, const struct unit *unit, const char *name)
{
	struct search search = { driver->arena, name, NULL };

	headers_visit(driver, unit, does_not_define, &search);
	return search.found;
}

static bool does_not_include(const struct source *header, void *data)
{
	struct search *search = data;

	for (const char *at = header->text; (at = strstr(at, search->name)); at++)
		if (at > header->text && at[-1] == '<' && at[strlen(search->name)] == '>')
			search->found = search->name;
	return !search->found;
}

bool header_including(const struct driver *driver, const struct unit *unit, const char *name)
{
	struct search search = { driver->arena, name, NULL };
	const char *missing = headers_visit(driver, unit, does_not_include, &search);

	return search.found || missing;
}
