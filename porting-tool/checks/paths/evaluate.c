// SPDX-License-Identifier: GPL-2.0-only
#include "evaluate.h"

#include <string.h>

#include "assign.h"
#include "checks/check.h"
#include "held.h"
#include "pages.h"
#include "struct_members.h"
#include "value.h"

void evaluate_all(struct explorer *explorer, struct frame *frame,
		  const struct expression *expression, struct outcomes *list)
{
	struct outcomes out = { 0 };

	for (size_t i = 0; i < list->count; i++)
		evaluate(explorer, frame, expression, &list->list[i], &out);
	outcomes_release(list);
	*list = out;
}

/* Where a value is kept, its parts are evaluated too: dst[next()] = x. */
static void evaluate_target(struct explorer *explorer, struct frame *frame,
			    const struct expression *target, struct outcomes *list)
{
	target = expression_inner(target);
	switch (target->kind) {
	case EXPRESSION_INDEX:
		evaluate_target(explorer, frame, target->left, list);
		evaluate_all(explorer, frame, target->right, list);
		break;
	case EXPRESSION_PREFIX:
		evaluate_all(explorer, frame, target->left, list);
		break;
	case EXPRESSION_MEMBER:
		if (!subject_member(&frame->subject, target))
			evaluate_target(explorer, frame, target->left, list);
		break;
	default:
		break;
	}
}

static void evaluate_assignment(struct explorer *explorer, struct frame *frame,
				const struct expression *expression, const struct outcome *before,
				struct outcomes *out)
{
	struct outcomes targets = { 0 };

	outcomes_add(&targets, before);
	evaluate_target(explorer, frame, expression->left, &targets);
	for (size_t t = 0; t < targets.count; t++) {
		struct outcomes values = { 0 };

		evaluate(explorer, frame, expression->right, &targets.list[t], &values);
		for (size_t i = 0; i < values.count; i++)
			if (assign(explorer, frame, expression->left, expression->name,
				   expression->right, &values.list[i]))
				outcomes_add(out, &values.list[i]);
		outcomes_release(&values);
	}
	outcomes_release(&targets);
}

/* x++ and --x. */
static void evaluate_step(struct explorer *explorer, struct frame *frame,
			  const struct expression *expression, const struct outcome *before,
			  struct outcomes *out)
{
	struct outcome after = *before;
	const struct expression *target = expression_inner(expression->left);
	enum role role = subject_role(&frame->subject, target);
	uint8_t old = known_value(frame, &after.state, target), new = VALUE_ANY;
	int fact = frame_fact(frame, target->text);

	/* What is counted up from a value that nobody knows is no error code. */
	if (!strcmp(expression->name, "++") && old != VALUE_NEGATIVE)
		new = VALUE_POSITIVE;
	if (role == ROLE_SRC_WORD || role == ROLE_DST_WORD)
		migration_write(explorer, frame, role, target, "+=", VALUE_ANY, "", &after);
	frame_forget(frame, &after.state, target->text);
	if (fact >= 0)
		after.state.facts[fact] = new;
	after.value = expression->kind == EXPRESSION_POSTFIX ? old : new;
	outcomes_add(out, &after);
}

/* The value of a condition, as 0 or 1. */
static void evaluate_truth(struct explorer *explorer, struct frame *frame,
			   const struct expression *expression, const struct outcome *before,
			   struct outcomes *out)
{
	struct outcomes when_true = { 0 }, when_false = { 0 };

	evaluate_condition(explorer, frame, expression, before, &when_true, &when_false);
	for (size_t i = 0; i < when_true.count; i++) {
		when_true.list[i].value = VALUE_POSITIVE;
		outcomes_add(out, &when_true.list[i]);
	}
	for (size_t i = 0; i < when_false.count; i++) {
		when_false.list[i].value = VALUE_ZERO;
		outcomes_add(out, &when_false.list[i]);
	}
	outcomes_release(&when_true);
	outcomes_release(&when_false);
}

static void evaluate_choice(struct explorer *explorer, struct frame *frame,
			    const struct expression *expression, const struct outcome *before,
			    struct outcomes *out)
{
	struct outcomes when_true = { 0 }, when_false = { 0 };

	evaluate_condition(explorer, frame, expression->left, before, &when_true, &when_false);
	for (size_t i = 0; i < when_true.count; i++) {
		if (expression->right)
			evaluate(explorer, frame, expression->right, &when_true.list[i], out);
		else
			outcomes_add(out, &when_true.list[i]);
	}
	for (size_t i = 0; i < when_false.count; i++)
		evaluate(explorer, frame, expression->third, &when_false.list[i], out);
	outcomes_release(&when_true);
	outcomes_release(&when_false);
}

static bool is_condition(const struct expression *expression)
{
	static const char *const operators[] = { "&&", "||", "==", "!=", "<", ">", "<=", ">=" };

	if (expression_is(expression, EXPRESSION_PREFIX, "!"))
		return true;
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (expression_is(expression, EXPRESSION_BINARY, operators[i]))
			return true;
	return expression->kind == EXPRESSION_CALL &&
	       call_effect(expression->name) == CALL_CONDITION;
}

static void evaluate_binary(struct explorer *explorer, struct frame *frame,
			    const struct expression *expression, const struct outcome *before,
			    struct outcomes *out)
{
	struct outcomes left = { 0 };

	evaluate(explorer, frame, expression->left, before, &left);
	for (size_t l = 0; l < left.count; l++) {
		struct outcomes right = { 0 };

		evaluate(explorer, frame, expression->right, &left.list[l], &right);
		for (size_t r = 0; r < right.count; r++) {
			struct outcome *after = &right.list[r];

			after->value = compound_value(expression->name, left.list[l].value,
						      after->value);
			after->result |= left.list[l].result;
			if (after->value == VALUE_ANY)
				after->value = known_value(frame, &after->state, expression);
			outcomes_add(out, after);
		}
		outcomes_release(&right);
	}
	outcomes_release(&left);
}

static void evaluate_index(struct explorer *explorer, struct frame *frame,
			   const struct expression *expression, const struct outcome *before,
			   struct outcomes *out)
{
	struct outcomes list = { 0 };

	outcomes_add(&list, before);
	evaluate_all(explorer, frame, expression->left, &list);
	evaluate_all(explorer, frame, expression->right, &list);
	for (size_t i = 0; i < list.count; i++) {
		list.list[i].value = known_value(frame, &list.list[i].state, expression);
		list.list[i].result = false;
		outcomes_add(out, &list.list[i]);
	}
	outcomes_release(&list);
}

static void evaluate_prefix(struct explorer *explorer, struct frame *frame,
			    const struct expression *expression, const struct outcome *before,
			    struct outcomes *out)
{
	size_t first = out->count;

	if (!strcmp(expression->name, "++") || !strcmp(expression->name, "--")) {
		evaluate_step(explorer, frame, expression, before, out);
		return;
	}
	evaluate(explorer, frame, expression->left, before, out);
	for (; first < out->count; first++) {
		struct outcome *after = &out->list[first];

		if (!strcmp(expression->name, "-"))
			after->value = negated_value(after->value);
		else if (!strcmp(expression->name, "&"))
			after->value = VALUE_POSITIVE;
		else if (strcmp(expression->name, "+"))
			after->value = known_value(frame, &after->state, expression);
		if (!strcmp(expression->name, "&") || !strcmp(expression->name, "*"))
			after->result = false;
	}
}

static void evaluate_variable(struct explorer *explorer, struct frame *frame,
			      const struct expression *expression, const struct outcome *before,
			      struct outcomes *out)
{
	struct outcome after = *before;
	int fact = frame_fact(frame, expression->text);

	if (expression->kind == EXPRESSION_MEMBER)
		migration_read(explorer, frame, expression, &after);
	after.value = constant_value(expression);
	if (after.value == VALUE_ANY)
		after.value = known_value(frame, &after.state, expression);
	after.result = fact >= 0 && after.state.result == fact + 1;
	outcomes_add(out, &after);
}

/* Text that was not understood: when it names the migration, all may have happened. */
static void evaluate_unknown(struct frame *frame, const struct expression *expression,
			     const struct outcome *before, struct outcomes *out)
{
	struct outcome after = *before;

	if (subject_mentioned(&frame->subject, expression)) {
		members_fresh(&after.state, true, true);
		after.state.unknown = UNKNOWN_CODE;
	}
	after.value = VALUE_ANY;
	after.result = false;
	outcomes_add(out, &after);
}

void evaluate(struct explorer *explorer, struct frame *frame, const struct expression *expression,
	      const struct outcome *before, struct outcomes *out)
{
	struct outcome start = *before;

	if (out->count > OUTCOMES_MAX)
		explorer->overflow = true;
	if (explorer->overflow)
		return;
	start.value = VALUE_ANY;
	start.result = false;
	if (!expression) {
		outcomes_add(out, &start);
		return;
	}
	if (is_condition(expression)) {
		evaluate_truth(explorer, frame, expression, &start, out);
		return;
	}
	switch (expression->kind) {
	case EXPRESSION_NAME:
	case EXPRESSION_MEMBER:
		evaluate_variable(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_CALL:
		evaluate_call(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_ASSIGN:
		evaluate_assignment(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_POSTFIX:
		evaluate_step(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_PREFIX:
		evaluate_prefix(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_BINARY:
		evaluate_binary(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_INDEX:
		evaluate_index(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_CHOICE:
		evaluate_choice(explorer, frame, expression, &start, out);
		break;
	case EXPRESSION_CAST:
		evaluate(explorer, frame, expression->left, &start, out);
		break;
	case EXPRESSION_COMMA: {
		struct outcomes left = { 0 };

		evaluate_statement(explorer, frame, expression->left, &start, &left);
		evaluate_all(explorer, frame, expression->right, &left);
		for (size_t i = 0; i < left.count; i++)
			outcomes_add(out, &left.list[i]);
		outcomes_release(&left);
		break;
	}
	case EXPRESSION_BRACES:
		if (subject_role(&frame->subject, expression) == ROLE_STRUCT)
			set_subject(frame, ROLE_STRUCT, expression, &start);
		outcomes_add(out, &start);
		break;
	case EXPRESSION_UNKNOWN:
		evaluate_unknown(frame, expression, &start, out);
		break;
	default:
		start.value = constant_value(expression);
		outcomes_add(out, &start);
		break;
	}
}

static bool set_up_in(const struct explorer *explorer, const struct expression *expression,
		      const struct state *state)
{
	struct place place = place_unpack(explorer->checker, state->setup_at);

	return place.token >= expression->first && place.token <= expression->last;
}

/* The result of the setup that nobody keeps.  Return: whether that was judged, so that is all. */
static bool drop_result(struct explorer *explorer, struct frame *frame,
			const struct expression *expression, struct outcome *at)
{
	const struct expression *inner = expression_inner(expression);
	struct event event;

	if (!inner || inner->kind != EXPRESSION_CALL || at->state.tested)
		return false;
	/* TRY(ret = migrate_vma_setup(&args)): the macro knows what to do with an error. */
	if (step_of_call(inner) == STEP_NONE && set_up_in(explorer, inner, &at->state) &&
	    !program_function(&explorer->checker->program, frame->function->unit, inner->name))
		return true;
	if (at->state.result)
		return false;
	/* migrate_device_range() has nothing to fail with. */
	if (frame->subject.device)
		return true;
	if (step_of_call(inner) == STEP_NONE &&
	    !program_function(&explorer->checker->program, frame->function->unit, inner->name))
		return false;
	event = event_at(explorer, frame, inner, at);
	checks_on(MOMENT_DROPPED, &event);
	return true;
}

void evaluate_statement(struct explorer *explorer, struct frame *frame,
			const struct expression *expression, const struct outcome *before,
			struct outcomes *out)
{
	struct outcomes list = { 0 };
	const struct expression *inner = expression_inner(expression);
	bool assigns = inner && inner->kind == EXPRESSION_ASSIGN;

	/* BUG_ON(condition) goes on only where the condition is false. */
	if (inner && inner->kind == EXPRESSION_CALL && call_effect(inner->name) == CALL_ASSERT &&
	    inner->child) {
		struct outcomes never = { 0 };

		evaluate_condition(explorer, frame, inner->child, before, &never, out);
		outcomes_release(&never);
		return;
	}
	evaluate(explorer, frame, expression, before, &list);
	for (size_t i = 0; i < list.count; i++) {
		struct outcome *after = &list.list[i];

		if (after->result && !assigns && after->state.phase == PHASE_FAILED &&
		    drop_result(explorer, frame, expression, after))
			continue;
		after->result = false;
		outcomes_add(out, after);
	}
	outcomes_release(&list);
}

void evaluate_declaration(struct explorer *explorer, struct frame *frame,
			  const struct flow_step *step, const struct outcome *before,
			  struct outcomes *out)
{
	const struct syntax *syntax = &frame->function->unit->syntax;
	const struct declarator *declarator = step->declarator;
	const struct expression *value = step->expression;
	struct expression name = {
		.kind = EXPRESSION_NAME, .first = declarator->name, .last = declarator->name,
		.name = code_text(syntax, declarator->name, declarator->name),
	};
	struct outcomes list = { 0 };
	enum role role;

	name.text = name.name;
	role = subject_role(&frame->subject, &name);
	if (value && value->kind == EXPRESSION_BRACES)
		outcomes_add(&list, before);
	else
		evaluate(explorer, frame, value, before, &list);
	for (size_t i = 0; i < list.count; i++) {
		struct outcome *after = &list.list[i];

		if (role == ROLE_STRUCT) {
			bool is_static = code_is(syntax, declarator->specifiers.first, "static");

			if (after->state.phase == PHASE_OPEN && after->state.setup_at &&
			    (after->state.cpages & VALUE_TRUE) && !after->state.unknown)
				migration_leak(explorer, &after->state, after->trail, true);
			members_fresh(&after->state, is_static, false);
			if (value)
				set_subject(frame, role, value, after);
		} else if (value && value->kind != EXPRESSION_BRACES) {
			if (!assign(explorer, frame, &name, "=", value, after))
				continue;
		} else {
			int fact = frame_fact(frame, name.text);

			frame_forget(frame, &after->state, name.text);
			if (fact >= 0)
				after->state.facts[fact] = VALUE_ANY;
			if (value)
				learn_members(frame, &after->state, name.text, value);
			held_assign(explorer, frame, name.name, NULL, after);
			pages_assign(explorer, frame, name.name, NULL, &after->state);
		}
		after->result = false;
		outcomes_add(out, after);
	}
	outcomes_release(&list);
}
