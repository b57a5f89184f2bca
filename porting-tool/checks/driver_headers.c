// SPDX-License-Identifier: GPL-2.0-only
#include "driver_headers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "changes/migrate_vma/two_apis.h"

/* A driver's headers include each other; more than this is not about one driver. */
#define HEADERS_MAX 100
#define DEPTH_MAX 4

/**
 * struct header - a header that was read from the disk
 * @source: its text
 * @unit: as the target's kernel reads it
 * @next: another one
 */
struct header {
	struct source source;
	struct unit unit;
	struct header *next;
};

static bool defines_macro(const struct unit *unit, const struct token *directive, const char *name)
{
	const char *text = unit->view.text;
	struct tokens words = { 0 };
	bool found;

	lex(text, directive->start + 1, directive->end, &words);
	found = words.count > 1 && token_is(text, &words.list[0], "define") &&
		token_is(text, &words.list[1], name);
	tokens_release(&words);
	return found;
}

bool unit_defines(const struct unit *unit, const char *name)
{
	const struct tokens *all = &unit->syntax.all;

	if (function_find(&unit->syntax, name))
		return true;
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].kind == TOKEN_DIRECTIVE &&
		    defines_macro(unit, &all->list[i], name) &&
		    !preprocess_left_out(&unit->syntax, all->list[i].start))
			return true;
	return false;
}

/* The name between quotes in an #include, or NULL. */
static char *included_name(struct checker *checker, const struct unit *unit,
			   const struct token *directive)
{
	const char *text = unit->view.text;
	struct tokens words = { 0 };
	char *name = NULL;

	lex(text, directive->start + 1, directive->end, &words);
	if (words.count > 1 && token_is(text, &words.list[0], "include") &&
	    words.list[1].kind == TOKEN_STRING &&
	    words.list[1].end - words.list[1].start > 2)
		name = arena_copy(&checker->arena, text + words.list[1].start + 1,
				  words.list[1].end - words.list[1].start - 2);
	tokens_release(&words);
	return name;
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* Beside the file, then where -I says; NULL when it is nowhere. */
static const char *find_header(struct checker *checker, const struct unit *unit, const char *name)
{
	const struct clang_setup *setup = checker->setup;
	const char *own = unit->source->path, *slash = strrchr(own, '/');
	const char *path = arena_printf(&checker->arena, "%.*s%s",
					slash ? (int)(slash - own + 1) : 0, own, name);

	if (is_file(path))
		return path;
	for (size_t i = 0; setup && i < setup->count; i++) {
		const char *argument = setup->arguments[i];

		if (strncmp(argument, "-I", 2))
			continue;
		argument += 2;
		if (!*argument && i + 1 < setup->count)
			argument = setup->arguments[++i];
		path = arena_printf(&checker->arena, "%s/%s", argument, name);
		if (is_file(path))
			return path;
	}
	return NULL;
}

static const struct unit *given_unit(const struct checker *checker, const char *path)
{
	for (size_t i = 0; i < checker->program.unit_count; i++)
		if (!strcmp(checker->program.units[i].source->path, path))
			return &checker->program.units[i];
	return NULL;
}

static const struct unit *read_header(struct checker *checker, const char *path)
{
	const struct unit *given = given_unit(checker, path);
	struct header *header;

	if (given)
		return given;
	for (header = checker->headers; header; header = header->next)
		if (!strcmp(header->source.path, path))
			return &header->unit;
	if (checker->header_count >= HEADERS_MAX)
		return NULL;
	header = arena_alloc(&checker->arena, sizeof(*header));
	if (source_read(&header->source, path) != SOURCE_OK)
		return NULL;
	header->unit.source = &header->source;
	header->unit.view = header->source;
	two_apis_read_header(&header->unit, &checker->arena, checker->target, checker->setup);
	header->next = checker->headers;
	checker->headers = header;
	checker->header_count++;
	return &header->unit;
}

static bool search(struct checker *checker, const struct unit *unit, const char *name,
		   unsigned int depth)
{
	const struct tokens *all = &unit->syntax.all;

	if (depth > DEPTH_MAX)
		return false;
	for (size_t i = 0; i < all->count; i++) {
		const struct unit *header;
		const char *included, *path;

		if (all->list[i].kind != TOKEN_DIRECTIVE)
			continue;
		included = included_name(checker, unit, &all->list[i]);
		path = included && !preprocess_left_out(&unit->syntax, all->list[i].start) ?
			       find_header(checker, unit, included) : NULL;
		header = path ? read_header(checker, path) : NULL;
		if (header && (unit_defines(header, name) ||
			       search(checker, header, name, depth + 1)))
			return true;
	}
	return false;
}

bool headers_define(struct checker *checker, const struct unit *unit, const char *name)
{
	return search(checker, unit, name, 1);
}

void headers_release(struct checker *checker)
{
	for (struct header *header = checker->headers; header; header = header->next) {
		syntax_release(&header->unit.syntax);
		source_release(&header->source);
	}
}
