// SPDX-License-Identifier: GPL-2.0-only
/*
 * What calls do: those of the API, those into helpers of the driver, and all others.
 */
#include <string.h>

#include "call_effects.h"
#include "evaluate.h"
#include "held.h"
#include "struct_members.h"
#include "migration.h"
#include "pages.h"
#include "shared.h"
#include "value.h"

/* More arguments than any function of a driver has. */
#define ARGUMENTS_MAX 32

void forget_reached(const struct frame *frame, const struct expression *call,
			   enum call_effect effect, struct state *state)
{
	struct arena *arena = frame->function->unit->syntax.arena;

	if (effect == CALL_HARMLESS || effect == CALL_CONDITION)
		return;
	for (const struct expression *argument = call->child; argument;
	     argument = argument->next) {
		const struct expression *inner = expression_inner(argument);
		bool address = expression_is(inner, EXPRESSION_PREFIX, "&");

		if (!address && inner->kind != EXPRESSION_NAME && inner->kind != EXPRESSION_MEMBER)
			continue;
		if (address) {
			frame_forget(frame, state, inner->left->text);
			continue;
		}
		frame_forget(frame, state, arena_printf(arena, "%s->", inner->text));
		frame_forget(frame, state, arena_printf(arena, "*%s", inner->text));
	}
}

/* Given ctx or &ctx, a function finds ctx->words or ctx.words. */
static bool reaches_dst(const struct subject *subject, const struct expression *argument)
{
	for (size_t i = 0; i < subject->count; i++)
		if (subject->names[i].role == ROLE_DST_ARRAY &&
		    fact_reached(subject->names[i].text, argument))
			return true;
	return false;
}

/* What a function that is not followed may do to the migration. */
static void hand_over(struct explorer *explorer, struct frame *frame,
		      const struct expression *call, struct outcome *at)
{
	for (const struct expression *argument = call->child; argument;
	     argument = argument->next) {
		enum role role = subject_argument_role(&frame->subject, argument);

		if (role == ROLE_POINTER || role == ROLE_DST_ARRAY)
			migration_unknown_call(explorer, frame, role, &at->state);
		explorer->fills_dst |= reaches_dst(&frame->subject, argument);
	}
}

static void fill_memory(struct explorer *explorer, struct frame *frame,
			const struct expression *call, enum call_effect effect,
			struct outcome *at)
{
	const struct expression *target = expression_inner(expression_argument(call, 0));
	enum role role = subject_argument_role(&frame->subject, target);
	bool zero = effect == CALL_ZERO &&
		    constant_value(expression_argument(call, 1)) == VALUE_ZERO;

	if (role == ROLE_POINTER) {
		members_fresh(&at->state, zero, !zero);
	} else if (role == ROLE_SRC_ARRAY || role == ROLE_DST_ARRAY) {
		migration_write(explorer, frame,
				role == ROLE_SRC_ARRAY ? ROLE_SRC_WORD : ROLE_DST_WORD, target,
				effect == CALL_ZERO ? "memset" : "=",
				zero ? VALUE_ZERO : VALUE_ANY, "", at);
	} else if (zero && expression_is(target, EXPRESSION_PREFIX, "&")) {
		learn_members(frame, &at->state, target->left->text, NULL);
	}
}

static bool is_this_migration(const struct frame *frame, const struct expression *call,
			      enum step step)
{
	enum role role = subject_role(&frame->subject, expression_argument(call, 0));

	return role == (step_is_device(step) ? ROLE_SRC_ARRAY : ROLE_POINTER);
}

/* (condition ? this : that)(args): either of the two is called. */
static bool explore_choice(struct explorer *explorer, struct frame *frame,
			   const struct expression *call, const struct outcome *before,
			   const uint8_t *values, size_t value_count, struct outcomes *out)
{
	const struct expression *choice = expression_inner(call->left);
	const struct expression *names[2];
	struct function *callees[2];

	if (choice->kind != EXPRESSION_CHOICE || !choice->right)
		return false;
	names[0] = expression_inner(choice->right);
	names[1] = expression_inner(choice->third);
	for (int i = 0; i < 2; i++) {
		if (names[i]->kind != EXPRESSION_NAME)
			return false;
		callees[i] = program_function(&explorer->checker->program, frame->function->unit,
					      names[i]->name);
		if (!callees[i])
			return false;
	}
	for (int i = 0; i < 2; i++)
		if (!explore_call(explorer, frame, call, callees[i], before, values, value_count,
				  out))
			return false;
	return true;
}

/* A call whose arguments have been evaluated. */
static void evaluate_called(struct explorer *explorer, struct frame *frame,
			    const struct expression *call, const struct outcome *before,
			    const uint8_t *values, size_t value_count, struct outcomes *out)
{
	enum step step = step_of_call(call);
	enum call_effect effect = call_effect(call->name);
	struct function *callee = program_function(&explorer->checker->program, frame->function->unit,
						   call->name);
	struct outcome after = *before;

	/* A function of the driver's own may be called like one of the kernel. */
	if (callee)
		effect = CALL_UNKNOWN;
	after.value = VALUE_ANY;
	after.result = false;
	if (step != STEP_NONE) {
		if (!is_this_migration(frame, call, step)) {
			/* Another one with the same arrays fills dst for itself. */
			after.state.places[PLACE_PREFILLED] = 0;
			outcomes_add(out, &after);
		} else if (step == STEP_SETUP || step == STEP_DEVICE_SETUP) {
			migration_setup(explorer, frame, call, &after, out);
		} else {
			if (step == STEP_PAGES || step == STEP_DEVICE_PAGES)
				migration_pages(explorer, frame, call, &after);
			else
				migration_finalize(explorer, frame, call, &after);
			outcomes_add(out, &after);
		}
		return;
	}
	if (effect == CALL_NO_RETURN)
		return;
	if (effect == CALL_UNKNOWN && callee &&
	    explore_call(explorer, frame, call, callee, &after, values, value_count, out))
		return;
	if (!call->name && explore_choice(explorer, frame, call, &after, values, value_count, out))
		return;
	forget_reached(frame, call, effect, &after.state);
	migration_call(explorer, frame, call, effect, &after);
	held_call(explorer, frame, call, effect, &after);
	pages_call(explorer, frame, call, effect, &after);
	if (effect == CALL_ZERO || effect == CALL_COPY)
		fill_memory(explorer, frame, call, effect, &after);
	if (effect == CALL_UNKNOWN)
		hand_over(explorer, frame, call, &after);
	if (call->name && !strncmp(call->name, "migrate_pfn", 11) &&
	    !strstr(call->name, "_to_"))
		after.value = VALUE_POSITIVE;
	outcomes_add(out, &after);
}

void evaluate_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		   const struct outcome *before, struct outcomes *out)
{
	struct outcomes list = { 0 };
	uint8_t values[ARGUMENTS_MAX];
	size_t count = 0;
	bool result = false;

	if (expression_is(call, EXPRESSION_CALL, "sizeof") ||
	    expression_is(call, EXPRESSION_CALL, "offsetof")) {
		struct outcome after = *before;

		after.value = VALUE_POSITIVE;
		outcomes_add(out, &after);
		return;
	}
	outcomes_add(&list, before);
	if (call->left->kind != EXPRESSION_NAME)
		evaluate_all(explorer, frame, call->left, &list);
	for (const struct expression *argument = call->child; argument;
	     argument = argument->next) {
		evaluate_all(explorer, frame, argument, &list);
		for (size_t i = 0; i < list.count; i++)
			result |= list.list[i].result;
		/* One value for all paths is enough for what helpers are asked. */
		if (count < ARGUMENTS_MAX) {
			values[count] = 0;
			for (size_t i = 0; i < list.count; i++)
				values[count] |= list.list[i].value;
			if (!values[count])
				values[count] = VALUE_ANY;
			count++;
		}
	}
	for (size_t i = 0; i < list.count; i++) {
		size_t first = out->count;

		evaluate_called(explorer, frame, call, &list.list[i], values, count, out);
		/* is_error(ret) tells what the setup returned. */
		for (; result && first < out->count; first++)
			out->list[first].result = true;
	}
	outcomes_release(&list);
}
