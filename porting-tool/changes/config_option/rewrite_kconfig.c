// SPDX-License-Identifier: GPL-2.0-only
#include "kconfig.h"

#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"
#include "config_option.h"

bool is_kconfig(const char *path)
{
	const char *name = strrchr(path, '/');

	return !strncmp(name ? name + 1 : path, "Kconfig", 7);
}

static void rename_words(struct edits *edits, const struct source *source, size_t start, size_t end)
{
	for (size_t at = start; at + strlen(OLD_OPTION) <= end; at++)
		if (option_at(source->text, at, OLD_OPTION))
			edit_replace(edits, at, at + strlen(OLD_OPTION), NEW_OPTION);
}

/* Whether the entry around a line has the new option in a line that begins with some words. */
static bool entry_has(const struct source *source, size_t line, const char *begin)
{
	size_t first = line, last = line;
	const char *text = source->text;

	while (first > 0 && strncmp(text + source->lines[first], "config ", 7) &&
	       strncmp(text + source->lines[first], "menuconfig ", 11))
		first--;
	while (last + 1 < source->line_count &&
	       strncmp(text + source->lines[last + 1], "config ", 7))
		last++;
	for (size_t at = first; at <= last; at++) {
		const char *start = text + source->lines[at];
		const char *words = start + strspn(start, " \t");
		const char *found;

		if (strncmp(words, begin, strlen(begin)))
			continue;
		found = memmem(start, source_line_end(source, at) - source->lines[at], NEW_OPTION,
			       strlen(NEW_OPTION));
		if (found && option_at(text, found - text, NEW_OPTION))
			return true;
	}
	return false;
}

/* "select OLD if X" selects nothing that is left: what was promised has to be there with X. */
static void write_select(struct edits *edits, const struct source *source, size_t word, size_t end,
			 struct arena *arena)
{
	const char *text = source->text;
	const char *condition = memmem(text + word, end - word, " if ", 4);
	const char *stop = text + end;
	bool one_word;

	if (!condition) {
		edit_replace(edits, word, word + strlen("select"), "depends on");
		rename_words(edits, source, word, end);
		return;
	}
	condition += 4;
	condition += strspn(condition, " \t");
	one_word = strcspn(condition, " \t&|=!<>()\r\n") >= (size_t)(stop - condition);
	edit_replace(edits, word, end,
		     arena_printf(arena, "depends on " NEW_OPTION " || !%s%.*s%s",
				  one_word ? "" : "(", (int)(stop - condition), condition,
				  one_word ? "" : ")"));
}

/* "depends on OLD" says nothing new where the entry selects the new option. */
static void drop_dependency(struct edits *edits, const struct source *source, size_t line,
			    size_t word, size_t end)
{
	const char *text = source->text;
	const char *found = memmem(text + word, end - word, OLD_OPTION, strlen(OLD_OPTION));
	size_t at = found - text, behind = at + strlen(OLD_OPTION);

	if (at > word + 4 && !strncmp(text + at - 4, " && ", 4))
		edit_remove(edits, at - 4, behind);
	else if (!strncmp(text + behind, " && ", 4))
		edit_remove(edits, at, behind + 4);
	else if (behind >= end || strspn(text + behind, " \t\r") >= end - behind)
		edit_remove(edits, source->lines[line], source_line_next(source, line));
	else
		rename_words(edits, source, word, end);
}

static void port_line(struct edits *edits, const struct source *source, size_t line,
		      struct arena *arena)
{
	size_t start = source->lines[line], end = source_line_end(source, line);
	size_t word = start + strspn(source->text + start, " \t");
	const char *words = source->text + word;
	bool select = !strncmp(words, "select ", 7) || !strncmp(words, "select\t", 7);

	if (*words == '#' ||
	    !memmem(source->text + start, end - start, OLD_OPTION, strlen(OLD_OPTION)))
		return;
	/* An entry that depends on what it selects is an error. */
	if (select && (entry_has(source, line, "depends on") || entry_has(source, line, "select")))
		edit_remove(edits, start, source_line_next(source, line));
	else if (select)
		write_select(edits, source, word, end, arena);
	else if (!strncmp(words, "depends on", 10) && entry_has(source, line, "select"))
		drop_dependency(edits, source, line, word, end);
	else
		rename_words(edits, source, word, end);
}

void port_kconfig(struct port_file *file)
{
	const struct source *source = file->source;
	struct edits edits = { 0 };
	struct arena arena = { 0 };
	size_t conflict;

	for (size_t line = 0; line < source->line_count; line++)
		port_line(&edits, source, line, &arena);
	if (edits.count)
		file->result = edits_apply(&edits, source, &file->result_size, &conflict);
	edits_release(&edits);
	arena_release(&arena);
}
