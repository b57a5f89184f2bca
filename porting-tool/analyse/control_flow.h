/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The control flow of one function: what can run after what.
 */
#ifndef MIGRATE_VMA_FLOW_H
#define MIGRATE_VMA_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syntax/syntax.h"
#include "syntax/expression.h"

/* Stands for "no step". */
#define FLOW_NONE UINT32_MAX

/**
 * enum flow_kind - what a step does
 * @FLOW_EXIT: the end of the function
 * @FLOW_PASS: nothing: a label, or a case, whose value is its expression
 * @FLOW_EXPRESSION: evaluates an expression
 * @FLOW_DECLARE: declares one name, with or without a value
 * @FLOW_BRANCH: evaluates a condition; next[0] is taken when it is true, next[1] when it is false
 * @FLOW_CHOICE: a switch: evaluates a value and goes on at one of the cases
 * @FLOW_EACH: the head of a loop that a macro opens; next[0] is the body, next[1] the end
 * @FLOW_REPEAT: the end of a loop's body, on the way to its next turn
 * @FLOW_LEAVE: the regular end of a loop, not by break, goto or return
 * @FLOW_JUMP: goto, break or continue
 * @FLOW_RETURN: return, with or without a value
 * @FLOW_UNKNOWN: a statement that was not understood
 */
enum flow_kind {
	FLOW_EXIT, FLOW_PASS, FLOW_EXPRESSION, FLOW_DECLARE, FLOW_BRANCH, FLOW_CHOICE, FLOW_EACH,
	FLOW_REPEAT, FLOW_LEAVE, FLOW_JUMP, FLOW_RETURN, FLOW_UNKNOWN,
};

/**
 * struct flow_step - one step of a function
 * @kind: what it does
 * @node: the statement it belongs to; NULL for FLOW_EXIT
 * @expression: what it evaluates, or NULL
 * @declarator: for FLOW_DECLARE the name that is declared
 * @next: the steps after it; FLOW_NONE where there is none
 * @cases: for FLOW_CHOICE the steps it may go on with
 * @case_count: how many
 */
struct flow_step {
	enum flow_kind kind;
	const struct node *node;
	const struct expression *expression;
	const struct declarator *declarator;
	uint32_t next[2];
	uint32_t *cases;
	size_t case_count;
};

/**
 * struct flow - the steps of a function
 * @steps: all of them; the one with index 0 is FLOW_EXIT
 * @count: how many
 * @capacity: room in @steps
 * @entry: where it begins
 * @before: the steps in front of each, once flow_link() has run: those of step i are
 *	@before[@begin[i]] to @before[@begin[i + 1] - 1]
 * @begin: see @before
 */
struct flow {
	struct flow_step *steps;
	size_t count;
	size_t capacity;
	uint32_t entry;
	uint32_t *before;
	uint32_t *begin;
};

/**
 * flow_build() - the control flow of a function
 * @syntax: the file it is in
 * @function: a NODE_FUNCTION
 * @flow: filled in; to be given to flow_release(); what the steps point to is in the arena
 */
void flow_build(const struct syntax *syntax, const struct node *function, struct flow *flow);

/** flow_successors() - the steps a step can go on with; returns how many. */
size_t flow_successors(const struct flow_step *step, const uint32_t **list);

/** flow_link() - fill in what comes before each step. */
void flow_link(struct flow *flow, struct arena *arena);

/** flow_release() - give back what is not in the arena. */
void flow_release(struct flow *flow);

#endif
