/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which arm of an #if is read.
 *
 * The configuration of the kernel a driver is built for is not known, so an #if is not evaluated as
 * a compiler would.  Of each #if ... #else ... #endif one arm is read: never one whose condition is
 * 0; the one in three steps where both APIs stand side by side, because the other is going to be
 * deleted; else the one that uses the callback API where one does, since that is what the tool is
 * for; otherwise the first.  Arms of which each is one statement with a call are read all of them, one
 * after the other.  An arm that is alone is read.  So more of a driver is seen than any
 * single configuration shows.
 */
#ifndef MIGRATE_VMA_CONDITIONAL_H
#define MIGRATE_VMA_CONDITIONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"
#include "source.h"
#include "lex.h"

/**
 * struct conditional_arm - one arm of an #if
 * @directive: index of its #if, #ifdef, #ifndef, #elif or #else in &syntax.all
 * @first: index of the first token behind the directive
 * @last: index behind its last token: the next directive of the group
 * @chosen: whether it is read
 * @old: whether it uses the callback API
 * @three_step: whether it calls migrate_vma_setup()
 * @zero: its condition is 0
 */
struct conditional_arm {
	size_t directive;
	size_t first;
	size_t last;
	bool chosen;
	bool old;
	bool three_step;
	bool zero;
};

/**
 * struct conditional - an #if ... #endif
 * @arms: its arms, in the arena
 * @arm_count: how many
 * @endif: index of the #endif in &syntax.all; the number of tokens when it is missing
 * @parent: index of the #if around it, or -1
 * @guard: it is the include guard around a whole header
 * @both: one arm has the callback API and another the three steps
 * @statements: several arms are read, each a statement that calls migrate_vma()
 */
struct conditional {
	struct conditional_arm *arms;
	size_t arm_count;
	size_t endif;
	long parent;
	bool guard;
	bool both;
	bool statements;
};

/**
 * conditionals_find() - the #if groups of a file, in the order they begin
 * @source: the file
 * @all: all its tokens
 * @arena: where the result lives
 * @groups: set to an array
 *
 * Return: how many.
 */
size_t conditionals_find(const struct source *source, const struct tokens *all, struct arena *arena,
			 struct conditional **groups);

#endif
