// SPDX-License-Identifier: GPL-2.0-only
#include "makefile.h"

#include <string.h>

#include "edit/edit.h"
#include "config_option.h"

bool is_makefile(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return !strncmp(name, "Makefile", 8) || !strncmp(name, "Kbuild", 6);
}

/* The end of "-DCONFIG_MIGRATE_VMA_HELPER", or "=1" behind it. */
static size_t definition_end(const struct source *source, size_t at, size_t end)
{
	while (at < end && !strchr(" \t\r\\", source->text[at]))
		at++;
	return at;
}

/* Takes away -D and the blanks before it; the line as well when it says nothing else. */
static void remove_definition(struct edits *edits, const struct source *source, size_t line,
			      size_t start, size_t end)
{
	const char *text = source->text;
	size_t first = source->lines[line], last = source_line_end(source, line), rest;

	while (start > first && strchr(" \t", text[start - 1]))
		start--;
	rest = end + strspn(text + end, " \t\r");
	if (start == first ? text[rest] == '\\' : text[start - 1] == '=' && rest >= last)
		edit_remove(edits, first, source_line_next(source, line));
	else
		edit_remove(edits, start, end);
}

static void port_line(struct edits *edits, const struct source *source, size_t line)
{
	static const char option[] = "CONFIG_" OLD_OPTION;
	const size_t length = sizeof(option) - 1;
	const char *text = source->text;
	size_t start = source->lines[line], end = source_line_end(source, line);

	for (size_t at = start; at + length <= end; at++) {
		bool defined = at >= start + 2 && text[at - 2] == '-' &&
			       (text[at - 1] == 'D' || text[at - 1] == 'U');

		if (defined && !strncmp(text + at, option, length) &&
		    !is_option_character(text[at + length]))
			remove_definition(edits, source, line, at - 2,
					  definition_end(source, at, end));
		else if (option_at(text, at, option))
			edit_replace(edits, at, at + length, "CONFIG_" NEW_OPTION);
	}
}

void port_makefile(struct port_file *file)
{
	const struct source *source = file->source;
	struct edits edits = { 0 };
	size_t conflict;

	for (size_t line = 0; line < source->line_count; line++)
		port_line(&edits, source, line);
	if (edits.count)
		file->result = edits_apply(&edits, source, &file->result_size, &conflict);
	edits_release(&edits);
}
