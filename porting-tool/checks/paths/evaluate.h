/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an expression does on a path, and which values it may have.
 */
#ifndef MIGRATE_VMA_EVALUATE_H
#define MIGRATE_VMA_EVALUATE_H

#include "call_effects.h"
#include "explore.h"

/**
 * evaluate() - follow an expression
 * @explorer: the paths
 * @frame: the function
 * @expression: the expression; NULL has one outcome, of any value
 * @before: state and trail before it
 * @out: the ways it may end are added here
 */
void evaluate(struct explorer *explorer, struct frame *frame, const struct expression *expression,
	      const struct outcome *before, struct outcomes *out);

/** evaluate_all() - follow an expression from each outcome of a list, and replace the list. */
void evaluate_all(struct explorer *explorer, struct frame *frame,
		  const struct expression *expression, struct outcomes *list);

/** evaluate_call() - as evaluate(), for a call. */
void evaluate_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		   const struct outcome *before, struct outcomes *out);

/**
 * forget_reached() - drop what a call may have changed through its arguments
 * @frame: the caller
 * @call: the call; &x reaches x, and p reaches *p and p->x
 * @effect: what the function is known to do
 * @state: the state that is updated
 */
void forget_reached(const struct frame *frame, const struct expression *call,
		    enum call_effect effect, struct state *state);

/** evaluate_statement() - as evaluate(), for an expression whose value nobody uses. */
void evaluate_statement(struct explorer *explorer, struct frame *frame,
			const struct expression *expression, const struct outcome *before,
			struct outcomes *out);

/** evaluate_condition() - as evaluate(), sorted by whether it is true. */
void evaluate_condition(struct explorer *explorer, struct frame *frame,
			const struct expression *expression, const struct outcome *before,
			struct outcomes *when_true, struct outcomes *when_false);

/** evaluate_declaration() - follow the declaration of one name. */
void evaluate_declaration(struct explorer *explorer, struct frame *frame,
			  const struct flow_step *step, const struct outcome *before,
			  struct outcomes *out);

#endif
