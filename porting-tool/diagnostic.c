// SPDX-License-Identifier: GPL-2.0-only
#include "diagnostic.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "source/source.h"

static void add(struct diagnostics *to, struct diagnostic diagnostic, const char *path,
		const char *format, va_list values)
{
	va_list again;
	int length;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	diagnostic.text = xmalloc(length < 0 ? 1 : (size_t)length + 1);
	diagnostic.text[0] = '\0';
	if (length > 0)
		vsnprintf(diagnostic.text, (size_t)length + 1, format, values);
	diagnostic.path = strcpy(xmalloc(strlen(path) + 1), path);

	to->list = grow(to->list, to->count, &to->capacity, sizeof(*to->list));
	to->list[to->count++] = diagnostic;
}

void diagnose(struct diagnostics *to, const struct source *source, size_t offset,
	      enum severity severity, const char *rule, const char *format, ...)
{
	struct diagnostic diagnostic = {
		.severity = severity,
		.line = (unsigned int)source_line(source, offset) + 1,
		.column = (unsigned int)source_column(source, offset) + 1,
		.rule = rule,
	};
	va_list values;

	va_start(values, format);
	add(to, diagnostic, source->path, format, values);
	va_end(values);
}

void diagnose_file(struct diagnostics *to, const char *path, enum severity severity,
		   const char *rule, const char *format, ...)
{
	struct diagnostic diagnostic = { .severity = severity, .rule = rule };
	va_list values;

	va_start(values, format);
	add(to, diagnostic, path, format, values);
	va_end(values);
}

void diagnostic_fix(struct diagnostics *list, uint32_t start, uint32_t end, const char *text)
{
	struct fix *fix = xmalloc(sizeof(*fix)), **at = &list->list[list->count - 1].fix;

	while (*at)
		at = &(*at)->next;
	*fix = (struct fix){ start, end, strcpy(xmalloc(strlen(text) + 1), text), NULL };
	*at = fix;
}

/* A message and the place its group is sorted by: its own, or that of what a note belongs to. */
struct entry {
	struct diagnostic diagnostic;
	size_t leader;
};

static int compare_places(const struct diagnostic *a, const struct diagnostic *b)
{
	int paths = strcmp(a->path, b->path);

	if (paths)
		return paths;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return 0;
}

static int compare_entries(const void *left, const void *right, void *entries)
{
	const struct entry *all = entries;
	size_t a = *(const size_t *)left, b = *(const size_t *)right;
	int places = compare_places(&all[all[a].leader].diagnostic, &all[all[b].leader].diagnostic);

	if (places)
		return places;
	return (a > b) - (a < b);
}

void diagnostics_sort(struct diagnostics *diagnostics)
{
	size_t count = diagnostics->count;
	struct entry *entries;
	size_t *order;

	if (count < 2)
		return;
	entries = xmalloc(count * sizeof(*entries));
	order = xmalloc(count * sizeof(*order));
	for (size_t i = 0; i < count; i++) {
		bool follows = i && diagnostics->list[i].severity == SEVERITY_NOTE;

		entries[i].diagnostic = diagnostics->list[i];
		entries[i].leader = follows ? entries[i - 1].leader : i;
		order[i] = i;
	}
	qsort_r(order, count, sizeof(*order), compare_entries, entries);
	for (size_t i = 0; i < count; i++)
		diagnostics->list[i] = entries[order[i]].diagnostic;
	free(entries);
	free(order);
}

void diagnostics_append(struct diagnostics *to, struct diagnostics *from)
{
	for (size_t i = 0; i < from->count; i++) {
		to->list = grow(to->list, to->count, &to->capacity, sizeof(*to->list));
		to->list[to->count++] = from->list[i];
	}
	from->count = 0;
	diagnostics_release(from);
}

void diagnostics_release(struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		free(diagnostics->list[i].path);
		free(diagnostics->list[i].text);
		for (struct fix *fix = diagnostics->list[i].fix, *next; fix; fix = next) {
			next = fix->next;
			free(fix->text);
			free(fix);
		}
	}
	free(diagnostics->list);
	memset(diagnostics, 0, sizeof(*diagnostics));
}
