// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers of the driver that were not given: they are looked at, but not changed.
 */
#include <string.h>

#include "driver.h"

/* The file that #include "name" means, beside the file that includes it; NULL for <name>. */
static const char *included_path(const struct unit *unit, const struct token *directive)
{
	const struct source *source = unit->source;
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
	return arena_printf(unit->syntax.arena, "%.*s%.*s",
			    slash ? (int)(slash - source->path) + 1 : 0, source->path,
			    (int)(quote - name), name);
}

static bool is_given(const struct driver *driver, const char *path)
{
	for (size_t i = 0; i < driver->unit_count; i++)
		if (!strcmp(driver->units[i].source->path, path))
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
