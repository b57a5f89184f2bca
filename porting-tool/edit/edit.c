// SPDX-License-Identifier: GPL-2.0-only
#include "edit.h"

#include <stdlib.h>
#include <string.h>

static void add(struct edits *edits, uint32_t start, uint32_t end, const char *text, bool swallows)
{
	edits->list = grow(edits->list, edits->count, &edits->capacity, sizeof(*edits->list));
	edits->list[edits->count] = (struct edit){ start, end, text, swallows, edits->count };
	edits->count++;
}

void edit_replace(struct edits *edits, uint32_t start, uint32_t end, const char *text)
{
	add(edits, start, end, text, false);
}

void edit_insert(struct edits *edits, uint32_t at, const char *text)
{
	add(edits, at, at, text, false);
}

void edit_remove(struct edits *edits, uint32_t start, uint32_t end)
{
	add(edits, start, end, "", true);
}

void edit_supersede(struct edits *edits, uint32_t start, uint32_t end, const char *text)
{
	add(edits, start, end, text, true);
}

static int by_place(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	/* What is inserted before a place comes before what replaces it; the wider comes first. */
	if ((a->start == a->end) != (b->start == b->end))
		return a->start == a->end ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* Drops what lies within an edit that swallows, and the same change made twice. */
static void drop_swallowed(struct edits *edits)
{
	size_t kept = 0;
	const struct edit *wide = NULL;

	for (size_t i = 0; i < edits->count; i++) {
		struct edit edit = edits->list[i];

		if (wide && edit.start >= wide->start && edit.end <= wide->end &&
		    edit.start < wide->end)
			continue;
		if (kept && edit.start != edit.end && edits->list[kept - 1].start == edit.start &&
		    edits->list[kept - 1].end == edit.end &&
		    !strcmp(edits->list[kept - 1].text, edit.text))
			continue;
		edits->list[kept] = edit;
		if (edit.swallows)
			wide = &edits->list[kept];
		kept++;
	}
	edits->count = kept;
}

bool line_is_blank(const struct source *source, size_t line)
{
	size_t end = source_line_end(source, line);

	for (size_t at = source->lines[line]; at < end; at++)
		if (!strchr(" \t\f\v", source->text[at]))
			return false;
	return true;
}

static bool is_line_top(const struct source *source, uint32_t offset)
{
	return source->lines[source_line(source, offset)] == offset;
}

/* A brace that opens a block needs no blank line below it. */
static bool opens_block(const struct source *source, size_t line)
{
	size_t end = source_line_end(source, line);

	while (end > source->lines[line] && strchr(" \t", source->text[end - 1]))
		end--;
	return end > source->lines[line] && source->text[end - 1] == '{';
}

/* Makes one of the blank lines that are left above and below lines that go. */
static void join_blank_lines(struct edits *edits, const struct source *source)
{
	size_t kept = 0;

	for (size_t i = 0; i < edits->count; i++) {
		struct edit edit = edits->list[i];
		struct edit *last = kept ? &edits->list[kept - 1] : NULL;

		if (last && !*edit.text && !*last->text && last->end == edit.start &&
		    is_line_top(source, edit.start))
			last->end = edit.end;
		else
			edits->list[kept++] = edit;
	}
	edits->count = kept;
	for (size_t i = 0; i < edits->count; i++) {
		struct edit *edit = &edits->list[i];
		size_t first = source_line(source, edit->start);
		uint32_t next = i + 1 < kept ? edits->list[i + 1].start : source->size;

		if (*edit->text || edit->start == edit->end || !is_line_top(source, edit->start) ||
		    !is_line_top(source, edit->end) || edit->end >= source->size)
			continue;
		if (first > 0 && !line_is_blank(source, first - 1) &&
		    !opens_block(source, first - 1))
			continue;
		while (edit->end < next && line_is_blank(source, source_line(source, edit->end)))
			edit->end = source_line_next(source, source_line(source, edit->end));
	}
}

/* Where the text of edits grows: a plain buffer that doubles. */
struct output {
	char *text;
	size_t size;
	size_t room;
};

static void put(struct output *output, const char *text, size_t size)
{
	if (output->room - output->size <= size) {
		size_t room = (output->size + size) * 2 + 64;
		char *larger = xmalloc(room);

		if (output->size)
			memcpy(larger, output->text, output->size);
		free(output->text);
		output->text = larger;
		output->room = room;
	}
	if (size)
		memcpy(output->text + output->size, text, size);
	output->size += size;
	output->text[output->size] = '\0';
}

static void put_lines(struct output *output, const char *text, const char *newline)
{
	const char *end;

	while ((end = strchr(text, '\n'))) {
		put(output, text, end - text);
		put(output, newline, strlen(newline));
		text = end + 1;
	}
	put(output, text, strlen(text));
}

char *edits_apply(struct edits *edits, const struct source *source, size_t *size, size_t *conflict)
{
	struct output output = { 0 };
	size_t at = 0;

	if (edits->count)
		qsort(edits->list, edits->count, sizeof(*edits->list), by_place);
	drop_swallowed(edits);
	join_blank_lines(edits, source);
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->list[i];

		if (edit->start < at || edit->end > source->size) {
			free(output.text);
			*conflict = edit->start;
			return NULL;
		}
		put(&output, source->text + at, edit->start - at);
		put_lines(&output, edit->text, source->newline);
		at = edit->end;
	}
	put(&output, source->text + at, source->size - at);
	*size = output.size;
	return output.text;
}

size_t edits_origin(const struct edits *edits, size_t offset)
{
	size_t old = 0, new = 0;

	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->list[i];
		size_t length = strlen(edit->text);

		if (offset < new + (edit->start - old))
			break;
		new += edit->start - old;
		old = edit->start;
		if (offset < new + length)
			return old;
		new += length;
		old = edit->end;
	}
	return old + (offset - new);
}

bool edits_cover(const struct edits *edits, size_t offset)
{
	for (size_t i = 0; i < edits->count; i++)
		if (offset >= edits->list[i].start && offset < edits->list[i].end)
			return true;
	return false;
}

void edits_release(struct edits *edits)
{
	free(edits->list);
	*edits = (struct edits){ 0 };
}
