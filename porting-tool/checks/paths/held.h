/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages that a function has taken and still has to put into dst or to give back.
 *
 * Only variables are followed that the function puts into dst somewhere: what is in them is the
 * function's to give away.
 */
#ifndef MIGRATE_VMA_HELD_H
#define MIGRATE_VMA_HELD_H

#include "call_effects.h"
#include "explore.h"

/** held_assign() - a variable gets another value; what it held before is lost. */
void held_assign(struct explorer *explorer, struct frame *frame, const char *name,
		 const struct expression *value, struct outcome *at);

/** held_escape() - a value is kept somewhere, or returned: pages that it names are given away. */
void held_escape(const struct frame *frame, const struct expression *value, struct state *state);

/** held_call() - a call that may give away or lock the pages that it is given. */
void held_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
	       enum call_effect effect, struct outcome *at);

/** held_none() - a condition has shown that a variable is NULL or an error. */
void held_none(const struct frame *frame, const struct expression *expression,
	       struct state *state);

/** held_exit() - the function is left; @value is what it returns, or NULL. */
void held_exit(struct explorer *explorer, struct frame *frame, const struct expression *value,
	       struct outcome *at);

#endif
