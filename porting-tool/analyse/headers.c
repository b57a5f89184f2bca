// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers of the driver that were not given: they are looked at, but not changed.
 */
#include <string.h>
#include <unistd.h>

#include "changes/migrate_vma/driver.h"

/* Headers that include headers are followed this far. */
#define DEPTH 4

/* The file that #include "name" means, beside the file that includes it; NULL for <name>. */
static const char *quoted_path(struct arena *arena, const struct source *source,
			       const struct token *directive)
{
	const char *text = source->text + directive->start + 1;
	const char *end = source->text + directive->end;
	const char *slash = strrchr(source->path, '/');
	const char *name, *quote;

	text += strspn(text, " \t");
	if (strncmp(text, "include", 7))
		return NULL;
	name = text + 7 + strspn(text + 7, " \t");
	if (name >= end || *name != '"')
		return NULL;
	name++;
	quote = memchr(name, '"', end - name);
	if (!quote)
		return NULL;
	return arena_printf(arena, "%.*s%.*s", slash ? (int)(slash - source->path) + 1 : 0,
			    source->path, (int)(quote - name), name);
}

static const char *included_path(const struct unit *unit, const struct token *directive)
{
	return quoted_path(unit->syntax.arena, unit->source, directive);
}

static bool is_given(const struct driver *driver, const char *path)
{
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (!strcmp(driver->program.units[i].source->path, path))
			return true;
	return false;
}

/* Whether a name that begins a parameter list stands in a file. */
static bool declares(const char *path, const char *name)
{
	struct tokens tokens = { 0 };
	struct source source;
	bool found = false;

	if (source_read(&source, path) != SOURCE_OK)
		return false;
	lex(source.text, 0, source.size, &tokens);
	for (size_t i = 0; i + 1 < tokens.count && !found; i++)
		found = token_is(source.text, &tokens.list[i], name) &&
			token_is(source.text, &tokens.list[i + 1], "(");
	tokens_release(&tokens);
	source_release(&source);
	return found;
}

/* Whether a header, or one that it includes, has #include <@name>; one out of reach may have. */
static bool names_header(struct arena *arena, const char *path, const char *name, int depth)
{
	struct tokens tokens = { 0 };
	struct source source;
	bool found = false;

	if (source_read(&source, path) != SOURCE_OK)
		return true;
	for (const char *at = source.text; !found && (at = strstr(at, name)); at++)
		found = at > source.text && at[-1] == '<' && at[strlen(name)] == '>';
	if (!found && depth > 0)
		lex(source.text, 0, source.size, &tokens);
	for (size_t i = 0; i < tokens.count && !found; i++) {
		const char *inner;

		if (tokens.list[i].kind != TOKEN_DIRECTIVE)
			continue;
		inner = quoted_path(arena, &source, &tokens.list[i]);
		found = inner && names_header(arena, inner, name, depth - 1);
	}
	tokens_release(&tokens);
	source_release(&source);
	return found;
}

bool header_including(const struct driver *driver, const struct unit *unit, const char *name)
{
	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		const char *path;

		if (unit->syntax.all.list[i].kind != TOKEN_DIRECTIVE)
			continue;
		path = included_path(unit, &unit->syntax.all.list[i]);
		if (path && strcmp(path, "-") && !is_given(driver, path) &&
		    names_header(driver->arena, path, name, DEPTH))
			return true;
	}
	return false;
}

const char *header_missing(const struct driver *driver, const struct unit *unit)
{
	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		const char *path;

		if (unit->syntax.all.list[i].kind != TOKEN_DIRECTIVE)
			continue;
		path = included_path(unit, &unit->syntax.all.list[i]);
		if (path && !is_given(driver, path) && access(path, R_OK))
			return path;
	}
	return NULL;
}

const char *header_declaring(const struct driver *driver, const struct unit *unit, const char *name)
{
	for (size_t i = 0; i < unit->syntax.all.count; i++) {
		const char *path;

		if (unit->syntax.all.list[i].kind != TOKEN_DIRECTIVE)
			continue;
		path = included_path(unit, &unit->syntax.all.list[i]);
		if (path && strcmp(path, "-") && !is_given(driver, path) && declares(path, name))
			return path;
	}
	return NULL;
}
