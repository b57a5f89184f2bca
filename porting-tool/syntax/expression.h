/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Expressions as trees.
 *
 * The structure parser stops at statements.  To follow what a statement does, its expression is
 * taken apart here, again by shape and without knowing any type.
 */
#ifndef MIGRATE_VMA_EXPRESSION_H
#define MIGRATE_VMA_EXPRESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "syntax.h"

/**
 * enum expression_kind - what an expression is
 * @EXPRESSION_NAME: a name
 * @EXPRESSION_NUMBER: a number or character constant
 * @EXPRESSION_STRING: string literals
 * @EXPRESSION_CALL: left(children)
 * @EXPRESSION_MEMBER: left.name or left->name
 * @EXPRESSION_INDEX: left[right]
 * @EXPRESSION_PREFIX: an operator before left
 * @EXPRESSION_POSTFIX: left++ or left--
 * @EXPRESSION_BINARY: left operator right
 * @EXPRESSION_ASSIGN: left operator right, where the operator is = or one like +=
 * @EXPRESSION_CHOICE: left ? right : third; right is NULL for left ?: third
 * @EXPRESSION_CAST: (type)left
 * @EXPRESSION_COMMA: left, right
 * @EXPRESSION_BRACES: { children }
 * @EXPRESSION_ELEMENT: one of those children: .name = left, [right] = left, or left alone
 * @EXPRESSION_UNKNOWN: anything else, from first to last
 */
enum expression_kind {
	EXPRESSION_NAME, EXPRESSION_NUMBER, EXPRESSION_STRING, EXPRESSION_CALL, EXPRESSION_MEMBER,
	EXPRESSION_INDEX, EXPRESSION_PREFIX, EXPRESSION_POSTFIX, EXPRESSION_BINARY,
	EXPRESSION_ASSIGN, EXPRESSION_CHOICE, EXPRESSION_CAST, EXPRESSION_COMMA, EXPRESSION_BRACES,
	EXPRESSION_ELEMENT, EXPRESSION_UNKNOWN,
};

/**
 * struct expression - a node of the tree
 * @kind: what it is
 * @first: its first token, an index into &syntax.code
 * @last: its last token, inclusive
 * @name: the name, the member, the operator, the designator or the callee's name; NULL without one
 * @arrow: for EXPRESSION_MEMBER: through a pointer, "->"
 * @text: spelling without white space in which equal things are equal: see expression_parse()
 * @left: first operand
 * @right: second operand
 * @third: third operand
 * @child: first argument or element
 * @next: the argument or element after this one
 */
struct expression {
	enum expression_kind kind;
	uint32_t first;
	uint32_t last;
	bool arrow;
	const char *name;
	const char *text;
	struct expression *left;
	struct expression *right;
	struct expression *third;
	struct expression *child;
	struct expression *next;
};

/**
 * same_text() - whether two texts are equal
 * @a: one, often the very same pointer as @b
 * @b: the other
 *
 * Most texts differ in the first character, which needs no call.
 */
static inline bool same_text(const char *a, const char *b)
{
	return a == b || (*a == *b && !strcmp(a, b));
}

/**
 * expression_parse() - take an expression apart
 * @syntax: the file
 * @span: the tokens, without a semicolon
 *
 * The text of a node leaves out parentheses and casts, and spells (*p).m as p->m, (&s)->m as s.m,
 * *&x as x and p[0] as *p.
 *
 * Return: the tree, in the arena of @syntax; NULL for an empty span.
 */
struct expression *expression_parse(const struct syntax *syntax, struct span span);

/** expression_is() - whether @expression is of @kind and has the name or operator @name. */
bool expression_is(const struct expression *expression, enum expression_kind kind,
		   const char *name);

/** expression_inner() - @expression without the casts around it. */
const struct expression *expression_inner(const struct expression *expression);

/** expression_argument() - the argument with index @index of a call, or NULL. */
const struct expression *expression_argument(const struct expression *call, unsigned int index);

/**
 * expression_walk() - visit a tree, each node before what is below it
 * @expression: the tree; may be NULL
 * @visit: called for each node; false ends the walk
 * @data: handed to @visit
 *
 * Return: false when @visit ended the walk.
 */
bool expression_walk(const struct expression *expression,
		     bool (*visit)(const struct expression *node, void *data), void *data);

/** expression_has_more_parts() - whether a tree has more nodes than @parts. */
bool expression_has_more_parts(const struct expression *expression, size_t parts);

/** expression_mentions() - whether a name, a member or a callee called @name is in the tree. */
bool expression_mentions(const struct expression *expression, const char *name);

/** text_mentions() - whether @text has @part in it, not as a piece of a longer name. */
bool text_mentions(const char *text, const char *part);

#endif
