/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes to a text, kept apart from it until all of them are known.
 */
#ifndef MIGRATE_VMA_EDIT_H
#define MIGRATE_VMA_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"
#include "source/source.h"

/**
 * struct edit - one change
 * @start: offset of the first byte that goes
 * @end: offset behind the last byte that goes; equal to @start for an insertion
 * @text: what comes instead, with "\n" line endings; in the arena
 * @swallows: edits that lie within this one are dropped, since their text goes as a whole
 * @order: when it was added; insertions at one place keep this order
 */
struct edit {
	uint32_t start;
	uint32_t end;
	const char *text;
	bool swallows;
	uint32_t order;
};

/**
 * struct edits - the changes to one file
 * @list: in the order they were added, until edits_apply() sorts them
 * @count: how many
 * @capacity: room in @list
 */
struct edits {
	struct edit *list;
	size_t count;
	size_t capacity;
};

/** edit_replace() - put @text in the place of the bytes from @start to before @end. */
void edit_replace(struct edits *edits, uint32_t start, uint32_t end, const char *text);

/** edit_insert() - put @text before the byte at @at. */
void edit_insert(struct edits *edits, uint32_t at, const char *text);

/** edit_remove() - take away the bytes from @start to before @end, with all edits in them. */
void edit_remove(struct edits *edits, uint32_t start, uint32_t end);

/** edit_supersede() - as edit_replace(), dropping all edits within. */
void edit_supersede(struct edits *edits, uint32_t start, uint32_t end, const char *text);

/**
 * edits_apply() - make the new text
 * @edits: the changes; sorted here
 * @source: the old text
 * @size: set to the number of bytes of the result
 * @conflict: set to the offset at which two changes overlap, when NULL is returned
 *
 * Line endings of inserted text become those of the file.  Where whole lines go, the blank lines
 * around them become one.
 *
 * Return: the new text from malloc(), with a NUL behind it, or NULL when two changes overlap.
 */
char *edits_apply(struct edits *edits, const struct source *source, size_t *size, size_t *conflict);

/**
 * edits_origin() - the place in the old text that a place in the new one comes from
 * @edits: as edits_apply() left them
 * @offset: in the new text
 *
 * Return: the same byte of the old text, or where the change begins that brought it.
 */
size_t edits_origin(const struct edits *edits, size_t offset);

/** edits_cover() - whether a byte of the old text goes, or is replaced. */
bool edits_cover(const struct edits *edits, size_t offset);

/** line_is_blank() - whether the line of an index holds white space only. */
bool line_is_blank(const struct source *source, size_t line);

/** edits_release() - give the list back. */
void edits_release(struct edits *edits);

#endif
