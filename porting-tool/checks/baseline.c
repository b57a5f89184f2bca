// SPDX-License-Identifier: GPL-2.0-only
#include "baseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* "rule<TAB>path<TAB>text of the line", from the arena */
static char *line_of(struct arena *arena, const struct found_files *found,
		     const struct diagnostic *diagnostic)
{
	const struct source *source = found_source(found, diagnostic->path);
	const char *text = "";
	size_t length = 0;

	if (source && diagnostic->line && diagnostic->line <= source->line_count) {
		size_t start = source->lines[diagnostic->line - 1];

		text = source->text + start;
		length = source_line_end(source, diagnostic->line - 1) - start;
		while (length && (*text == ' ' || *text == '\t')) {
			text++;
			length--;
		}
	}
	return arena_printf(arena, "%s\t%s\t%.*s", diagnostic->rule, diagnostic->path,
			    (int)length, text);
}

/* A finding, and no note that explains the one before it. */
static bool is_finding(const struct diagnostics *diagnostics, size_t index)
{
	return diagnostics->list[index].severity != SEVERITY_NOTE;
}

bool baseline_write(const char *path, const struct found_files *found,
		    const struct diagnostics *diagnostics)
{
	struct arena arena = { 0 };
	FILE *file = fopen(path, "w");
	bool good;

	if (!file)
		return false;
	fputs("# findings of migrate-vma check that are known: rule, file, line of the source\n",
	      file);
	for (size_t i = 0; i < diagnostics->count; i++)
		if (is_finding(diagnostics, i))
			fprintf(file, "%s\n", line_of(&arena, found, &diagnostics->list[i]));
	arena_release(&arena);
	good = !ferror(file);
	return fclose(file) == 0 && good;
}

/* The lines of the file; a line that was used is NULL. */
struct known {
	char **lines;
	size_t count;
	size_t capacity;
};

static bool read_known(const char *path, struct known *known)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool good;

	if (!file)
		return false;
	while ((length = getline(&line, &size, file)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (*line == '#')
			continue;
		known->lines = grow(known->lines, known->count, &known->capacity,
				    sizeof(*known->lines));
		known->lines[known->count++] = strcpy(xmalloc(strlen(line) + 1), line);
	}
	free(line);
	good = !ferror(file);
	fclose(file);
	return good;
}

static bool use_line(struct known *known, const char *line)
{
	for (size_t i = 0; i < known->count; i++)
		if (known->lines[i] && !strcmp(known->lines[i], line)) {
			free(known->lines[i]);
			known->lines[i] = NULL;
			return true;
		}
	return false;
}

bool baseline_apply(const char *path, const struct found_files *found,
		    struct diagnostics *diagnostics, size_t *known_count)
{
	struct arena arena = { 0 };
	struct known known = { 0 };
	struct diagnostics kept = { 0 }, gone = { 0 };
	bool good = read_known(path, &known), drop = false;

	*known_count = 0;
	for (size_t i = 0; good && i < diagnostics->count; i++) {
		const struct diagnostic *one = &diagnostics->list[i];
		struct diagnostics *to;

		if (is_finding(diagnostics, i)) {
			drop = use_line(&known, line_of(&arena, found, one));
			*known_count += drop;
		}
		to = drop ? &gone : &kept;
		to->list = grow(to->list, to->count, &to->capacity, sizeof(*to->list));
		to->list[to->count++] = *one;
	}
	if (good) {
		diagnostics->count = 0;
		diagnostics_release(diagnostics);
		*diagnostics = kept;
	}
	diagnostics_release(&gone);
	for (size_t i = 0; i < known.count; i++)
		free(known.lines[i]);
	free(known.lines);
	arena_release(&arena);
	return good;
}
