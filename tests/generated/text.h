/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * text.h - writing C in a chosen layout.
 *
 * The writers of drivers give one line at a time, without indentation and in kernel style; this
 * puts it in the layout of the driver.  A "@" becomes the name of the driver.
 */
#ifndef GENERATED_TEXT_H
#define GENERATED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "choices.h"

/**
 * struct text - a file being written
 * @bytes: what there is, from malloc()
 * @length: how much
 * @room: size of @bytes
 * @depth: of the blocks that are open
 * @name: what "@" stands for
 * @spaces: indent by four spaces instead of a tab
 * @allman: opening braces on lines of their own
 * @crlf: lines end in CR LF
 * @comments: option of the dimension COMMENTS
 * @call_layout: option of the dimension CALL_LAYOUT
 * @choices: of the driver
 * @marks: how many marks there are
 * @remarks: how many remarks there are
 * @head: stands before the next call on its line; then it is forgotten
 * @tail: stands behind the next call on its line
 */
struct text {
	char *bytes;
	size_t length;
	size_t room;
	int depth;
	const char *name;
	bool spaces;
	bool allman;
	bool crlf;
	int comments;
	int call_layout;
	const struct choices *choices;
	unsigned int marks;
	unsigned int remarks;
	const char *head;
	const char *tail;
};

/* Every line with this word has to be in the port, byte for byte and in the same order. */
#define TEXT_MARK	"KEEP"

/* This word and a number behind it have to be somewhere in the port. */
#define TEXT_REMARK	"REMARK"

/* Writes one line, indented. */
void text_line(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes one line without indentation, for the preprocessor and labels. */
void text_flat(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes an empty line. */
void text_blank(struct text *text);

/* Writes a line that opens a block, the brace not included; the next lines are inside. */
void text_open(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Closes a block.  @after comes behind the brace: "", ";" or " while (...);" */
void text_close(struct text *text, const char *after);

/* Closes a block and opens the next: "else" or "else if (...)" */
void text_close_open(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes a line that has to survive, or none: it depends on the driver. */
void text_mark(struct text *text);

/**
 * text_call() - a call in the layout of the driver
 * @text: where to
 * @before: what stands on the line before the function's name
 * @function: the name
 * @arguments: the arguments
 * @count: how many
 * @after: what stands behind the closing parenthesis
 */
void text_call(struct text *text, const char *before, const char *function,
	       const char *const *arguments, size_t count, const char *after);

/**
 * text_function() - the head of a function: on one line, or one parameter a line
 * @text: where to
 * @head: specifiers and name
 * @parameters: the parameters
 * @count: how many
 * @after: ";" for a prototype, "" to open the body
 */
void text_function(struct text *text, const char *head, const char *const *parameters,
		   size_t count, const char *after);

#endif /* GENERATED_TEXT_H */
