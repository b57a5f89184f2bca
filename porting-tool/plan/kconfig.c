// SPDX-License-Identifier: GPL-2.0-only
#include "kconfig.h"

#include <stdlib.h>
#include <string.h>

#include "../edit/edit.h"

#define OLD_OPTION "MIGRATE_VMA_HELPER"
#define NEW_OPTION "DEVICE_PRIVATE"

bool is_kconfig(const char *path)
{
	const char *name = strrchr(path, '/');

	return !strncmp(name ? name + 1 : path, "Kconfig", 7);
}

static bool word_at(const char *text, size_t offset, const char *word)
{
	char before = offset ? text[offset - 1] : ' ';
	char after = text[offset + strlen(word)];

	return !strncmp(text + offset, word, strlen(word)) &&
	       !strchr("_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", before) &&
	       (!after || !strchr("_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", after));
}

static void rename_words(struct edits *edits, const struct source *source, size_t start, size_t end)
{
	for (size_t at = start; at + strlen(OLD_OPTION) <= end; at++)
		if (word_at(source->text, at, OLD_OPTION))
			edit_replace(edits, at, at + strlen(OLD_OPTION), NEW_OPTION);
}

/* Whether the entry around a line depends on the new option already. */
static bool entry_depends(const struct source *source, size_t line)
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

		if (strncmp(words, "depends on", 10))
			continue;
		found = memmem(start, source_line_end(source, at) - source->lines[at], NEW_OPTION,
			       strlen(NEW_OPTION));
		if (found && word_at(text, found - text, NEW_OPTION))
			return true;
	}
	return false;
}

void port_kconfig(struct port_file *file)
{
	const struct source *source = file->source;
	struct edits edits = { 0 };
	size_t conflict;

	for (size_t line = 0; line < source->line_count; line++) {
		size_t start = source->lines[line], end = source_line_end(source, line);
		size_t word = start + strspn(source->text + start, " \t");
		bool select = !strncmp(source->text + word, "select ", 7) ||
			      !strncmp(source->text + word, "select\t", 7);

		if (source->text[word] == '#' ||
		    !memmem(source->text + start, end - start, OLD_OPTION, strlen(OLD_OPTION)))
			continue;
		if (select && entry_depends(source, line)) {
			edit_remove(&edits, start, source_line_next(source, line));
			continue;
		}
		if (select)
			edit_replace(&edits, word, word + strlen("select"), "depends on");
		rename_words(&edits, source, word, end);
	}
	if (edits.count)
		file->result = edits_apply(&edits, source, &file->result_size, &conflict);
	edits_release(&edits);
}
