/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which lines differ between two texts.
 */
#ifndef MIGRATE_VMA_PRINT_DIFF_H
#define MIGRATE_VMA_PRINT_DIFF_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct diff_text - one of the two texts, as lines
 * @text: its bytes; owned by the caller
 * @size: how many
 * @starts: where each line begins, and behind the last one @size
 * @ids: a number for each line; equal lines have equal numbers
 * @count: how many lines; a last line without a line ending counts
 */
struct diff_text {
	const char *text;
	size_t size;
	size_t *starts;
	uint32_t *ids;
	size_t count;
};

/**
 * struct diff_change - lines that give way to other lines
 * @old_line: first line that goes, counted from 0
 * @old_count: how many go
 * @new_line: first line that comes, counted from 0
 * @new_count: how many come
 */
struct diff_change {
	size_t old_line;
	size_t old_count;
	size_t new_line;
	size_t new_count;
};

/**
 * struct diff - the difference between two texts
 * @old: the text before
 * @new: the text after
 * @changes: in the order of the lines; at least one unchanged line is between two of them
 * @count: how many
 */
struct diff {
	struct diff_text old;
	struct diff_text new;
	struct diff_change *changes;
	size_t count;
};

/**
 * diff_texts() - compare two texts by lines
 * @diff: filled in; to be given to diff_release()
 * @old: the text before; must live as long as @diff
 * @old_size: bytes in @old
 * @new: the text after; must live as long as @diff
 * @new_size: bytes in @new
 *
 * The result is a shortest one, unless the texts have thousands of differences.  Lines are
 * compared with their endings.
 */
void diff_texts(struct diff *diff, const char *old, size_t old_size, const char *new,
		size_t new_size);

/**
 * diff_slide() - move changes to where a reader expects them
 * @diff: the difference; its size stays the same
 *
 * Where a block of lines is added between equal lines, several blocks describe the same edit.  Of
 * these the one is taken that begins and ends where the text does, at a function or a block.
 */
void diff_slide(struct diff *diff);

/** diff_release() - give the difference back; the texts stay. */
void diff_release(struct diff *diff);

#endif
