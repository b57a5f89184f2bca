/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Colours, and text from files that is safe to show on a terminal.
 */
#ifndef MIGRATE_VMA_PRINT_STYLE_H
#define MIGRATE_VMA_PRINT_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * enum color_mode - when to use colours
 * @COLOR_AUTO: on a terminal, unless NO_COLOR is set or TERM is "dumb"
 * @COLOR_ALWAYS: always
 * @COLOR_NEVER: never
 */
enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/** enum style - what a piece of text is, so that it can be told apart at a glance */
enum style {
	STYLE_PLAIN, STYLE_ERROR, STYLE_WARNING, STYLE_NOTE, STYLE_PLACE, STYLE_CARET,
	STYLE_DIFF_FILE, STYLE_DIFF_HUNK, STYLE_DIFF_REMOVED, STYLE_DIFF_ADDED,
};

/**
 * style_wanted() - whether output to a stream gets colours
 * @mode: what the user asked for
 * @stream: where the output goes
 */
bool style_wanted(enum color_mode mode, FILE *stream);

/**
 * style_begin() - switch a stream to a style
 * @stream: where the output goes
 * @colored: from style_wanted(); without it nothing is printed
 * @style: what comes next
 */
void style_begin(FILE *stream, bool colored, enum style style);

/** style_end() - switch a stream back to plain text. */
void style_end(FILE *stream, bool colored);

/**
 * print_harmless() - print text from a file without its control characters
 * @stream: where to
 * @text: the text; tabs stay as they are, any other control character becomes a question mark
 * @size: bytes in @text
 */
void print_harmless(FILE *stream, const char *text, size_t size);

#endif
