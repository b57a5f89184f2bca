// SPDX-License-Identifier: GPL-2.0-only
#include "includes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "preprocess.h"
#include "symbols.h"

/**
 * struct header - a header that was not given
 * @source: its text
 * @unit: its tokens, and which of them the target compiles
 * @next: another one
 */
struct header {
	struct source source;
	struct unit unit;
	struct header *next;
};

/**
 * struct headers - the headers that were read
 * @list: the headers
 * @walks: walks so far: each comes to a file once
 */
struct headers {
	struct header *list;
	size_t walks;
};

/* A walk over the headers that a file includes. */
struct walk {
	const struct program *program;
	bool (*visit)(const struct unit *header, void *data);
	void *data;
	const char *missing;
};

const struct token *unit_include(const struct unit *unit, size_t *at, struct include *include)
{
	const struct syntax *syntax = &unit->syntax;

	while (*at < syntax->directive_count) {
		const struct token *token = &syntax->all.list[syntax->directives[(*at)++]];

		if (include_read(unit->view.text, token, include))
			return token;
	}
	return NULL;
}

bool unit_includes(const struct unit *unit, const struct unit *other)
{
	struct include include;

	for (size_t at = 0; unit_include(unit, &at, &include);)
		if (include_names(&include, other->source->path))
			return true;
	return false;
}

bool unit_includes_kernel(const struct unit *unit, const char *name)
{
	struct include include;

	for (size_t at = 0; unit_include(unit, &at, &include);)
		if (!include.quoted && include.length == strlen(name) &&
		    !memcmp(include.name, name, include.length))
			return true;
	return false;
}

uint32_t behind_includes(const struct source *source, const struct tokens *all)
{
	/* All that a header holds is in the #ifndef that guards it. */
	long depth = source_is_header(source) ? -1 : 0;
	uint32_t behind = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct token *token = &all->list[i];
		const char *rest;

		if (token->kind != TOKEN_DIRECTIVE)
			continue;
		switch (directive_kind(source->text, token, &rest)) {
		case DIRECTIVE_IF:
		case DIRECTIVE_IFDEF:
		case DIRECTIVE_IFNDEF:
			depth++;
			break;
		case DIRECTIVE_ENDIF:
			depth--;
			break;
		case DIRECTIVE_INCLUDE:
			if (depth <= 0)
				behind = source_line_next(source,
							  source_line(source, token->end - 1));
			break;
		default:
			break;
		}
	}
	return behind;
}

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
static const char *find(const struct program *program, const char *from,
			const struct include *include)
{
	const struct clang_setup *setup = program->preprocess->setup;
	int folder_length = (int)(basename(from) - from), length = (int)include->length;
	const char *path = arena_printf(program->arena, "%.*s%.*s", folder_length, from, length,
					include->name);

	if (include->quoted && !access(path, R_OK))
		return path;
	for (size_t i = 0; setup && (include->quoted || !setup->real_headers) && i < setup->count;
	     i++) {
		const char *folder = named_folder(setup, &i);

		path = folder ? arena_printf(program->arena, "%s/%.*s", folder, length,
					     include->name) : "";
		if (folder && !access(path, R_OK))
			return path;
	}
	return NULL;
}

/* One of the files themselves, or NULL. */
static struct unit *given_unit(const struct program *program, const char *path)
{
	for (size_t i = 0; i < program->unit_count; i++)
		if (!strcmp(program->units[i].source->path, path))
			return &program->units[i];
	return NULL;
}

/* A header from the disk, which is read once; or NULL. */
static struct unit *read_header(const struct program *program, const char *path)
{
	struct header *header = program->headers->list;

	for (; header; header = header->next)
		if (!strcmp(header->source.path, path))
			return &header->unit;
	header = arena_alloc(program->arena, sizeof(*header));
	if (source_read(&header->source, path) != SOURCE_OK)
		return NULL;
	header->unit.source = &header->source;
	header->unit.view = header->source;
	syntax_lex(&header->unit.syntax, &header->source, program->arena);
	preprocess_arms(program->preprocess, &header->unit.syntax);
	header->next = program->headers->list;
	program->headers->list = header;
	return &header->unit;
}

/*
 * What another of the files includes belongs to the walk as well, but what is missing there is no
 * matter of the file that was asked about.
 *
 * Return: false when the visitor ended the walk.
 */
static bool walk_includes(struct walk *walk, struct unit *unit, bool counts)
{
	const struct program *program = walk->program;
	const struct token *directive;
	struct include include;

	unit->walk = program->headers->walks;
	for (size_t at = 0; (directive = unit_include(unit, &at, &include));) {
		const char *path;
		struct unit *given, *header;

		if (preprocess_left_out(&unit->syntax, directive->start))
			continue;
		path = find(program, unit->source->path, &include);
		given = path ? given_unit(program, path) : NULL;
		header = given || !path ? given : read_header(program, path);
		if (!header && (path || include.quoted) && counts && !walk->missing)
			walk->missing = path ? path : arena_copy(program->arena, include.name,
								 include.length);
		if (!header || header->walk == program->headers->walks)
			continue;
		if ((!given && !walk->visit(header, walk->data)) ||
		    !walk_includes(walk, header, counts && !given))
			return false;
	}
	return true;
}

const char *headers_visit(const struct program *program, const struct unit *unit,
			  bool (*visit)(const struct unit *header, void *data), void *data)
{
	struct walk walk = { .program = program, .visit = visit, .data = data };

	program->headers->walks++;
	walk_includes(&walk, &program->units[unit - program->units], true);
	return walk.missing;
}

static bool go_on(const struct unit *, void *)
{
	return true;
}

const char *header_missing(const struct program *program, const struct unit *unit)
{
	return headers_visit(program, unit, go_on, NULL);
}

/* What is looked for in headers, and the one that has it. */
struct search {
	const char *name;
	const char *found;
};

/* #define name, or name( at file scope */
static bool does_not_bring(const struct unit *header, void *data)
{
	const char *text = header->source->text;
	const struct tokens *all = &header->syntax.all;
	struct search *search = data;
	long depth = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct token *token = &all->list[i];
		struct token name = *token;

		depth += token_is(text, token, "{") - token_is(text, token, "}");
		if (token->kind == TOKEN_DIRECTIVE ? !define_read(text, token, &name)
						   : depth > 0 || !token_is(text, token + 1, "("))
			continue;
		if (token_is(text, &name, search->name) &&
		    !preprocess_left_out(&header->syntax, token->start)) {
			search->found = header->source->path;
			return false;
		}
	}
	return true;
}

const char *header_bringing(const struct program *program, const struct unit *unit,
			    const char *name)
{
	struct search search = { name, NULL };

	headers_visit(program, unit, does_not_bring, &search);
	return search.found;
}

bool brings_itself(const struct program *program, const struct unit *unit, const char *name)
{
	return symbol_is_own_call(symbol_find(program, name)) || header_bringing(program, unit, name);
}

static bool does_not_include(const struct unit *header, void *data)
{
	struct search *search = data;

	if (unit_includes_kernel(header, search->name))
		search->found = search->name;
	return !search->found;
}

bool header_including(const struct program *program, const struct unit *unit, const char *name)
{
	struct search search = { name, NULL };
	const char *missing = headers_visit(program, unit, does_not_include, &search);

	return search.found || missing;
}

static bool does_not_mention(const struct unit *header, void *data)
{
	struct search *search = data;

	if (text_mentions(header->source->text, search->name))
		search->found = search->name;
	return !search->found;
}

bool header_mentioning(const struct program *program, const struct unit *unit, const char *name)
{
	struct search search = { name, NULL };
	const char *missing = headers_visit(program, unit, does_not_mention, &search);

	return search.found || missing;
}

struct headers *headers_none(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct headers));
}

void headers_release(struct headers *headers)
{
	for (struct header *header = headers->list; header; header = header->next) {
		syntax_release(&header->unit.syntax);
		source_release(&header->source);
	}
}
