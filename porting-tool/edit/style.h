/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a file is written, so that what is added looks like the rest of it.
 */
#ifndef MIGRATE_VMA_STYLE_H
#define MIGRATE_VMA_STYLE_H

#include <stdbool.h>

#include "memory.h"
#include "syntax/syntax.h"

#define TAB_WIDTH 8

/**
 * struct style - what the file's author does
 * @unit: one step of indentation: "\t" or some spaces
 * @allman: an opening brace of a statement has a line of its own
 * @align_members: members of initialisers are aligned with tabs before "="
 * @width: where lines are broken: 80 columns, or 100 where the file itself goes beyond 80
 */
struct style {
	const char *unit;
	bool allman;
	bool align_members;
	unsigned int width;
};

/** style_detect() - look at how a file is written. */
struct style style_detect(const struct syntax *syntax);

/** text_columns() - how wide a text is on the screen when it begins at column @from. */
unsigned int text_columns(const char *text, unsigned int from);

/** indent_at() - the white space that the line of an offset begins with, in the arena. */
char *indent_at(const struct syntax *syntax, uint32_t offset);

/** label_beside() - the label or case in front of a statement on the same line, or NULL. */
const struct node *label_beside(const struct syntax *syntax, const struct node *node);

/**
 * statement_indent() - the white space in front of a statement
 * @syntax: the file
 * @style: how it is written
 * @node: the statement
 *
 * Behind a label on the same line it is what the statement would have on a line of its own.
 */
char *statement_indent(const struct syntax *syntax, const struct style *style,
		       const struct node *node);

/** indent_to() - white space that reaches a column, with tabs where the file has them. */
char *indent_to(struct arena *arena, const struct style *style, unsigned int column);

/** indent_deeper() - @indent with one more step. */
char *indent_deeper(struct arena *arena, const struct style *style, const char *indent);

/**
 * call_layout() - a call or parameter list broken into lines
 * @arena: where the text lives
 * @style: how the file is written
 * @indent: white space before @head
 * @head: everything up to the "(", without it
 * @parts: the arguments
 * @count: how many
 * @tail: what follows the ")"
 * @one_a_line: when it does not fit on one line, give each part a line of its own
 *
 * Lines after the first line up behind the bracket, as far as the width allows.
 *
 * Return: the text, beginning with @indent, without a line ending.
 */
char *call_layout(struct arena *arena, const struct style *style, const char *indent,
		  const char *head, const char *const *parts, size_t count, const char *tail,
		  bool one_a_line);

/**
 * list_layout() - a parameter list anew, laid out as it was
 * @syntax: the file
 * @list: the list as it was
 * @head: everything up to the name, with it
 * @parts: the parameters
 * @count: how many
 *
 * Return: the text for a list whose first parameter has a line of its own, NULL for another list.
 */
char *list_layout(const struct syntax *syntax, const struct call *list, const char *head,
		  const char *const *parts, size_t count);

/**
 * argument_gap() - what to put between "," and an argument that is added to a list
 * @syntax: the file
 * @style: how it is written
 * @open: token of the "("
 * @close: token of the ")"
 * @text: the argument
 *
 * Return: a space, or a line break with the white space that the list's lines begin with.
 */
const char *argument_gap(const struct syntax *syntax, const struct style *style, uint32_t open,
			 uint32_t close, const char *text);

/** code_line() - the text of tokens on one line: runs of white space become one space. */
char *code_line(const struct syntax *syntax, uint32_t first, uint32_t last);

#endif
