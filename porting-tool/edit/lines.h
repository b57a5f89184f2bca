/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whole lines of a file: where they begin, what comment belongs to them, and taking them out.
 */
#ifndef MIGRATE_VMA_LINES_H
#define MIGRATE_VMA_LINES_H

#include "syntax/syntax.h"
#include "edit.h"

/** line_top() - offset of the first byte of the line that @offset is in. */
uint32_t line_top(const struct source *source, uint32_t offset);

/**
 * top_with_comment() - where the lines of something begin, with the comment directly above
 * @syntax: the file
 * @offset: where the thing itself begins
 *
 * Return: offset of the start of a line.
 */
uint32_t top_with_comment(const struct syntax *syntax, uint32_t offset);

/**
 * end_of_statement() - where to insert what follows a statement
 * @syntax: the file
 * @last: its last token
 *
 * Return: the end of the line when only a comment follows on it, else the end of the token.
 */
uint32_t end_of_statement(const struct syntax *syntax, uint32_t last);

/**
 * remove_lines() - take out all the lines from one offset to another
 * @edits: where the change goes
 * @syntax: the file
 * @start: an offset in the first line; other code before it on that line stays
 * @end: offset behind the last byte that has to go; other code behind it stays, a comment does not
 *
 * Where blank lines are left above and below, edits_apply() takes away those below.
 */
void remove_lines(struct edits *edits, const struct syntax *syntax, uint32_t start, uint32_t end);

#endif
