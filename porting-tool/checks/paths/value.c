// SPDX-License-Identifier: GPL-2.0-only
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A longer comparison is not followed. */
#define FACT_SIZE 256

static bool begins_with(const char *text, const char *beginning)
{
	return !strncmp(text, beginning, strlen(beginning));
}

/* EINVAL, VM_FAULT_SIGBUS and the like are not zero. */
static bool is_nonzero_constant(const char *name)
{
	static const char *const beginnings[] = { "VM_FAULT_", "MIGRATE_PFN_",
						    "MIGRATE_VMA_SELECT_" };

	if (!strcmp(name, "true"))
		return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (begins_with(name, beginnings[i]))
			return true;
	return name[0] == 'E' && strlen(name) >= 3 &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(name);
}

uint8_t constant_value(const struct expression *expression)
{
	expression = expression_inner(expression);
	if (!expression)
		return VALUE_ANY;
	switch (expression->kind) {
	case EXPRESSION_NUMBER:
		if (expression->text[0] == '\'')
			return strcmp(expression->text, "'\\0'") ? VALUE_POSITIVE : VALUE_ZERO;
		return strtoull(expression->text, NULL, 0) ? VALUE_POSITIVE : VALUE_ZERO;
	case EXPRESSION_STRING:
		return VALUE_POSITIVE;
	case EXPRESSION_NAME:
		if (!strcmp(expression->name, "NULL") || !strcmp(expression->name, "false"))
			return VALUE_ZERO;
		return is_nonzero_constant(expression->name) ? VALUE_POSITIVE : VALUE_ANY;
	case EXPRESSION_PREFIX:
		if (!strcmp(expression->name, "-") &&
		    constant_value(expression->left) == VALUE_POSITIVE)
			return VALUE_NEGATIVE;
		return VALUE_ANY;
	default:
		return VALUE_ANY;
	}
}

bool is_named_constant(const struct expression *expression)
{
	const char *capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	return expression && expression->kind == EXPRESSION_NAME &&
	       strspn(expression->name, capitals) == strlen(expression->name);
}

bool equality_text(const struct expression *expression, char *text, size_t size)
{
	const struct expression *left, *right;
	int length;

	if (!expression_is(expression, EXPRESSION_BINARY, "==") &&
	    !expression_is(expression, EXPRESSION_BINARY, "!="))
		return false;
	left = expression_inner(expression->left);
	right = expression_inner(expression->right);
	if (!left || !right)
		return false;
	if (is_named_constant(left) && !is_named_constant(right))
		length = snprintf(text, size, "%s==%s", right->text, left->text);
	else
		length = snprintf(text, size, "%s==%s", left->text, right->text);
	return length < (int)size;
}

/* The possible values of "a != b" from those of "a == b", and the other way round. */
static uint8_t opposite_of(uint8_t value)
{
	return (value & VALUE_ZERO ? VALUE_POSITIVE : 0) | (value & VALUE_TRUE ? VALUE_ZERO : 0);
}

void learn_constant(const struct frame *frame, struct state *state, const char *target,
		    const struct expression *constant)
{
	size_t length = strlen(target);

	for (size_t i = 0; i < frame->fact_count; i++) {
		const char *fact = frame->facts[i];

		if (strncmp(fact, target, length) || strncmp(fact + length, "==", 2))
			continue;
		fact += length + 2;
		/* Two names of one enumeration or list of macros are two values. */
		if (!strcmp(fact, constant->name))
			state->facts[i] = VALUE_POSITIVE;
		else if (strspn(fact, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(fact))
			state->facts[i] = VALUE_ZERO;
	}
}

static bool is_cpages(const struct frame *frame, const struct expression *expression)
{
	const char *member = subject_member(&frame->subject, expression);

	return member && !strcmp(member, "cpages");
}

/* The words of dst as a whole are followed; a variable that is the only word is one of them. */
static uint8_t dst_value(const struct state *state, const struct expression *word)
{
	uint8_t fill = state->dst > state->dst_earlier ? state->dst : state->dst_earlier;

	if (state->phase != PHASE_OPEN || state->unknown || fill == FILL_PERHAPS)
		return VALUE_ANY;
	if (fill == FILL_NONE)
		return VALUE_ZERO;
	return word->kind == EXPRESSION_NAME ? VALUE_POSITIVE : VALUE_ANY;
}

uint8_t known_value(const struct frame *frame, const struct state *state,
			   const struct expression *expression)
{
	char equality[FACT_SIZE];
	int fact;

	if (is_cpages(frame, expression))
		return state->cpages;
	if (equality_text(expression, equality, sizeof(equality))) {
		fact = frame_fact(frame, equality);
		if (fact < 0)
			return VALUE_ANY;
		return expression_is(expression, EXPRESSION_BINARY, "==") ?
			       state->facts[fact] : opposite_of(state->facts[fact]);
	}
	if (subject_role(&frame->subject, expression) == ROLE_DST_WORD)
		return dst_value(state, expression_inner(expression));
	fact = frame_fact(frame, expression->text);
	return fact >= 0 ? state->facts[fact] : VALUE_ANY;
}

void learn_value(const struct frame *frame, struct state *state,
			const struct expression *expression, uint8_t value)
{
	char equality[FACT_SIZE];
	int fact;

	expression = expression_inner(expression);
	if (equality_text(expression, equality, sizeof(equality))) {
		fact = frame_fact(frame, equality);
		if (fact >= 0)
			state->facts[fact] = expression_is(expression, EXPRESSION_BINARY, "==") ?
						     value : opposite_of(value);
		return;
	}
	if (expression->kind == EXPRESSION_ASSIGN)
		expression = expression_inner(expression->left);
	if (is_cpages(frame, expression)) {
		state->cpages = value;
		return;
	}
	if (subject_role(&frame->subject, expression) == ROLE_DST_WORD &&
	    state->phase == PHASE_OPEN && expression->kind == EXPRESSION_NAME)
		state->dst = value == VALUE_ZERO ? FILL_NONE : FILL_PAGE;
	fact = frame_fact(frame, expression->text);
	if (fact >= 0)
		state->facts[fact] = value;
}

/* The value that an initialiser in braces gives a member: what it leaves out is zero. */
static uint8_t member_value(const struct expression *braces, const char *member)
{
	size_t length = strcspn(member, ".");

	for (const struct expression *child = braces ? braces->child : NULL; child;
	     child = child->next) {
		if (!child->name) {
			if (constant_value(child->left ? child->left : child) != VALUE_ZERO)
				return VALUE_ANY;
		} else if (!strncmp(child->name, member, length) && !child->name[length]) {
			return member[length] ? VALUE_ANY : constant_value(child->left);
		}
	}
	return VALUE_ZERO;
}

void learn_members(const struct frame *frame, struct state *state, const char *name,
		   const struct expression *braces)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < frame->fact_count; i++)
		if (!strncmp(frame->facts[i], name, length) && frame->facts[i][length] == '.')
			state->facts[i] = member_value(braces, frame->facts[i] + length + 1);
}

uint8_t compound_value(const char *operator, uint8_t left, uint8_t right)
{
	if (!strcmp(operator, "|") || !strcmp(operator, "|=")) {
		if (left == VALUE_POSITIVE || right == VALUE_POSITIVE)
			return VALUE_POSITIVE;
		return left == VALUE_ZERO ? right : right == VALUE_ZERO ? left : VALUE_ANY;
	}
	if (!strcmp(operator, "+") || !strcmp(operator, "+=")) {
		if (left == VALUE_ZERO)
			return right;
		if (right == VALUE_ZERO)
			return left;
		/* What is not negative stays positive when something positive is added. */
		if (!((left | right) & VALUE_NEGATIVE) &&
		    (left == VALUE_POSITIVE || right == VALUE_POSITIVE))
			return VALUE_POSITIVE;
		return VALUE_ANY;
	}
	if ((!strcmp(operator, "&") || !strcmp(operator, "*")) &&
	    (left == VALUE_ZERO || right == VALUE_ZERO))
		return VALUE_ZERO;
	if (!strcmp(operator, "<<") || !strcmp(operator, ">>"))
		return left == VALUE_ZERO || !strcmp(operator, "<<") ? left : VALUE_ANY;
	return VALUE_ANY;
}

uint8_t negated_value(uint8_t value)
{
	uint8_t zero = value & VALUE_ZERO;

	return zero | (value & VALUE_POSITIVE ? VALUE_NEGATIVE : 0) |
	       (value & VALUE_NEGATIVE ? VALUE_POSITIVE : 0);
}
