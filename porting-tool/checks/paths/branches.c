// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions: which way a path goes, and what is known then.
 */
#include <string.h>

#include "call_effects.h"
#include "evaluate.h"
#include "held.h"
#include "value.h"

/* The two ways a condition may end. */
struct ways {
	struct outcomes *when_true;
	struct outcomes *when_false;
};

/*
 * Sorts one outcome of @expression: @if_true are the values for which the condition holds,
 * @if_false those for which it does not.
 */
static void sort(const struct frame *frame, const struct expression *expression,
		 const struct outcome *outcome, uint8_t if_true, uint8_t if_false,
		 const struct ways *ways)
{
	struct outcome after = *outcome;

	if (after.result) {
		/* The setup has failed, and whether this test notices cannot be told: it does. */
		if (after.state.phase == PHASE_FAILED && if_true && if_false)
			return;
		after.state.tested = 1;
	}
	if (if_true) {
		struct outcome one = after;

		learn_value(frame, &one.state, expression, if_true);
		if (if_true == VALUE_ZERO || expression->kind == EXPRESSION_CALL)
			held_none(frame, expression, &one.state);
		outcomes_add(ways->when_true, &one);
	}
	if (if_false) {
		learn_value(frame, &after.state, expression, if_false);
		if (if_false == VALUE_ZERO && expression->kind != EXPRESSION_CALL)
			held_none(frame, expression, &after.state);
		outcomes_add(ways->when_false, &after);
	}
}

enum comparison { EQUAL, UNEQUAL, LESS, GREATER, LESS_EQUAL, GREATER_EQUAL, NO_COMPARISON };

static const struct {
	const char *operator;
	enum comparison comparison;
	enum comparison mirrored;
} comparisons[] = {
	{ "==", EQUAL, EQUAL },		   { "!=", UNEQUAL, UNEQUAL },
	{ "<", LESS, GREATER },		   { ">", GREATER, LESS },
	{ "<=", LESS_EQUAL, GREATER_EQUAL }, { ">=", GREATER_EQUAL, LESS_EQUAL },
};

static enum comparison comparison_of(const struct expression *expression, bool mirrored)
{
	if (expression->kind != EXPRESSION_BINARY)
		return NO_COMPARISON;
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(*comparisons); i++)
		if (!strcmp(comparisons[i].operator, expression->name))
			return mirrored ? comparisons[i].mirrored : comparisons[i].comparison;
	return NO_COMPARISON;
}

/* Values for which "value comparison constant" may hold. */
static uint8_t holds_for(enum comparison comparison, uint8_t constant)
{
	if (constant == VALUE_ZERO) {
		static const uint8_t with_zero[] = {
			[EQUAL] = VALUE_ZERO,
			[UNEQUAL] = VALUE_TRUE,
			[LESS] = VALUE_NEGATIVE,
			[GREATER] = VALUE_POSITIVE,
			[LESS_EQUAL] = VALUE_ZERO | VALUE_NEGATIVE,
			[GREATER_EQUAL] = VALUE_ZERO | VALUE_POSITIVE,
		};

		return with_zero[comparison];
	}
	switch (comparison) {
	case EQUAL:
		return constant;
	case LESS:
	case LESS_EQUAL:
		return constant == VALUE_NEGATIVE ? VALUE_NEGATIVE : VALUE_ANY;
	case GREATER:
	case GREATER_EQUAL:
		return constant == VALUE_POSITIVE ? VALUE_POSITIVE : VALUE_ANY;
	default:
		return VALUE_ANY;
	}
}

static enum comparison opposite(enum comparison comparison)
{
	static const enum comparison opposites[] = {
		[EQUAL] = UNEQUAL,	 [UNEQUAL] = EQUAL,	     [LESS] = GREATER_EQUAL,
		[GREATER] = LESS_EQUAL,	 [LESS_EQUAL] = GREATER,     [GREATER_EQUAL] = LESS,
	};

	return opposites[comparison];
}

static bool is_single(uint8_t value)
{
	return value == VALUE_ZERO || value == VALUE_POSITIVE || value == VALUE_NEGATIVE;
}

static void compare(struct explorer *explorer, struct frame *frame,
		    const struct expression *expression, const struct outcome *before,
		    const struct ways *ways)
{
	bool mirrored = constant_value(expression->left) != VALUE_ANY;
	const struct expression *value = mirrored ? expression->right : expression->left;
	const struct expression *other = mirrored ? expression->left : expression->right;
	enum comparison comparison = comparison_of(expression, mirrored);
	struct outcomes values = { 0 };

	evaluate(explorer, frame, value, before, &values);
	for (size_t i = 0; i < values.count; i++) {
		struct outcomes others = { 0 };

		evaluate(explorer, frame, other, &values.list[i], &others);
		for (size_t n = 0; n < others.count; n++) {
			struct outcome *after = &others.list[n];
			uint8_t constant = after->value;
			uint8_t known;

			after->result |= values.list[i].result;
			if (is_single(constant)) {
				sort(frame, value, after,
				     values.list[i].value & holds_for(comparison, constant),
				     values.list[i].value &
					     holds_for(opposite(comparison), constant),
				     ways);
				continue;
			}
			/* Two unknown things: the comparison itself may have been seen before. */
			known = known_value(frame, &after->state, expression);
			sort(frame, expression, after, known & VALUE_POSITIVE, known & VALUE_ZERO,
			     ways);
		}
		outcomes_release(&others);
	}
	outcomes_release(&values);
}

static void both(struct explorer *explorer, struct frame *frame,
		 const struct expression *expression, const struct outcome *before,
		 const struct ways *ways)
{
	bool is_and = !strcmp(expression->name, "&&");
	struct outcomes on = { 0 };

	if (is_and)
		evaluate_condition(explorer, frame, expression->left, before, &on,
				   ways->when_false);
	else
		evaluate_condition(explorer, frame, expression->left, before, ways->when_true,
				   &on);
	for (size_t i = 0; i < on.count; i++)
		evaluate_condition(explorer, frame, expression->right, &on.list[i],
				   ways->when_true, ways->when_false);
	outcomes_release(&on);
}

static void choose(struct explorer *explorer, struct frame *frame,
		   const struct expression *expression, const struct outcome *before,
		   const struct ways *ways)
{
	struct outcomes when_true = { 0 }, when_false = { 0 };

	evaluate_condition(explorer, frame, expression->left, before, &when_true, &when_false);
	for (size_t i = 0; i < when_true.count; i++) {
		if (expression->right)
			evaluate_condition(explorer, frame, expression->right, &when_true.list[i],
					   ways->when_true, ways->when_false);
		else
			outcomes_add(ways->when_true, &when_true.list[i]);
	}
	for (size_t i = 0; i < when_false.count; i++)
		evaluate_condition(explorer, frame, expression->third, &when_false.list[i],
				   ways->when_true, ways->when_false);
	outcomes_release(&when_true);
	outcomes_release(&when_false);
}

static void in_turn(struct explorer *explorer, struct frame *frame,
		    const struct expression *expression, const struct outcome *before,
		    const struct ways *ways)
{
	struct outcomes left = { 0 };

	evaluate_statement(explorer, frame, expression->left, before, &left);
	for (size_t i = 0; i < left.count; i++)
		evaluate_condition(explorer, frame, expression->right, &left.list[i],
				   ways->when_true, ways->when_false);
	outcomes_release(&left);
}

void evaluate_condition(struct explorer *explorer, struct frame *frame,
			const struct expression *expression, const struct outcome *before,
			struct outcomes *when_true, struct outcomes *when_false)
{
	struct ways ways = { when_true, when_false };
	struct outcomes values = { 0 };

	if (when_true->count + when_false->count > OUTCOMES_MAX)
		explorer->overflow = true;
	if (explorer->overflow)
		return;
	expression = expression_inner(expression);
	if (!expression) {
		outcomes_add(when_true, before);
		outcomes_add(when_false, before);
	} else if (expression_is(expression, EXPRESSION_PREFIX, "!")) {
		evaluate_condition(explorer, frame, expression->left, before, when_false,
				   when_true);
	} else if (expression_is(expression, EXPRESSION_BINARY, "&&") ||
		   expression_is(expression, EXPRESSION_BINARY, "||")) {
		both(explorer, frame, expression, before, &ways);
	} else if (comparison_of(expression, false) != NO_COMPARISON) {
		compare(explorer, frame, expression, before, &ways);
	} else if (expression->kind == EXPRESSION_CHOICE) {
		choose(explorer, frame, expression, before, &ways);
	} else if (expression->kind == EXPRESSION_COMMA) {
		in_turn(explorer, frame, expression, before, &ways);
	} else if (expression->kind == EXPRESSION_CALL && expression->child &&
		   call_effect(expression->name) == CALL_CONDITION) {
		evaluate_condition(explorer, frame, expression->child, before, when_true,
				   when_false);
	} else {
		evaluate(explorer, frame, expression, before, &values);
		for (size_t i = 0; i < values.count; i++)
			sort(frame, expression, &values.list[i], values.list[i].value & VALUE_TRUE,
			     values.list[i].value & VALUE_ZERO, &ways);
		outcomes_release(&values);
	}
}
