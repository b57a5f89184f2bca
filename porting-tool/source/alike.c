// SPDX-License-Identifier: GPL-2.0-only
#include "alike.h"

#include <ctype.h>
#include <string.h>

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t line_begin(const char *text, size_t offset)
{
	while (offset > 0 && text[offset - 1] != '\n')
		offset--;
	return offset;
}

static size_t lines_before(const char *text, size_t offset)
{
	size_t count = 0;

	for (size_t i = 0; i < offset; i++)
		count += text[i] == '\n';
	return count;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The line of @source that reads as one of the other text; its line_count when there is none. */
static size_t same_line(const struct source *source, const char *line, size_t length, size_t near)
{
	size_t best = source->line_count;

	for (size_t i = 0; i < source->line_count; i++) {
		const char *text = source->text + source->lines[i];

		if (strncmp(text, line, length) ||
		    (text[length] && text[length] != '\n' && text[length] != '\r'))
			continue;
		if (best == source->line_count || distance(i, near) < distance(best, near))
			best = i;
	}
	return best;
}

static const char *same_name(const char *text, const char *name, size_t length)
{
	for (const char *at = text; (at = memmem(at, strlen(at), name, length)); at++)
		if (!is_name(at[length]) && (at == text || !is_name(at[-1])))
			return at;
	return NULL;
}

size_t place_alike(const struct source *source, const char *changed, size_t offset)
{
	size_t begin = line_begin(changed, offset), length = strcspn(changed + begin, "\r\n");
	size_t line = same_line(source, changed + begin, length, lines_before(changed, begin));
	size_t name = 0;
	const char *at = NULL;

	if (line < source->line_count)
		return source->lines[line] + (offset - begin);
	while (is_name(changed[offset + name]))
		name++;
	if (name)
		at = same_name(source->text, changed + offset, name);
	if (at)
		return (size_t)(at - source->text);
	return offset < source->size ? offset : source->size;
}
