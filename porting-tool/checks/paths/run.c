// SPDX-License-Identifier: GPL-2.0-only
/*
 * One run through one function: each of its steps, in each state that a path can reach it in.
 */
#include "explore.h"

#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "evaluate.h"
#include "held.h"
#include "struct_members.h"
#include "migration.h"
#include "pages.h"
#include "value.h"

/* The marks of one run through one function: each step in each state once. */
struct run {
	struct explorer *explorer;
	struct frame *frame;
	uint32_t *queue;
	size_t queued;
	size_t queue_capacity;
	uint32_t *slots;
	size_t slot_count;
	struct outcomes exits;
};

/* A word at a time; folded, so that the low bits depend on all of it. */
static uint64_t hash_state(uint32_t step, const struct state *state)
{
	uint64_t words[sizeof(*state) / sizeof(uint64_t)];
	uint64_t hash = 14695981039346656037u ^ step;

	_Static_assert(sizeof(words) == sizeof(*state), "struct state is no array of words");
	memcpy(words, state, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		hash = (hash ^ words[i]) * 1099511628211u;
		hash ^= hash >> 32;
	}
	return hash;
}

static void insert_slot(struct run *run, uint32_t mark)
{
	const struct mark *marks = run->explorer->marks;
	size_t at = hash_state(marks[mark].step, &marks[mark].state) & (run->slot_count - 1);

	while (run->slots[at])
		at = (at + 1) & (run->slot_count - 1);
	run->slots[at] = mark + 1;
}

static bool seen_before(const struct run *run, uint32_t step, const struct state *state)
{
	const struct mark *marks = run->explorer->marks;
	size_t at;

	if (!run->slot_count)
		return false;
	for (at = hash_state(step, state) & (run->slot_count - 1); run->slots[at];
	     at = (at + 1) & (run->slot_count - 1)) {
		const struct mark *mark = &marks[run->slots[at] - 1];

		if (mark->step == step && !memcmp(&mark->state, state, sizeof(*state)))
			return true;
	}
	return false;
}

static void widen_slots(struct run *run)
{
	free(run->slots);
	run->slot_count = run->slot_count ? run->slot_count * 2 : 256;
	run->slots = xmalloc(run->slot_count * sizeof(*run->slots));
	memset(run->slots, 0, run->slot_count * sizeof(*run->slots));
	for (size_t i = 0; i < run->queued; i++)
		insert_slot(run, run->queue[i]);
}

/* A path arrives at a step. */
static void arrive(struct run *run, uint32_t step, const struct outcome *with)
{
	struct explorer *explorer = run->explorer;

	if (step == FLOW_NONE || explorer->overflow || seen_before(run, step, &with->state))
		return;
	if (explorer->mark_count >= explorer->mark_limit) {
		explorer->overflow = true;
		return;
	}
	explorer->marks = grow(explorer->marks, explorer->mark_count, &explorer->mark_capacity,
			       sizeof(*explorer->marks));
	explorer->marks[explorer->mark_count] = (struct mark){
		.frame = run->frame, .step = step, .parent = with->trail, .state = with->state,
	};
	run->queue = grow(run->queue, run->queued, &run->queue_capacity, sizeof(*run->queue));
	run->queue[run->queued++] = explorer->mark_count++;
	if (run->queued * 2 > run->slot_count)
		widen_slots(run);
	else
		insert_slot(run, run->queue[run->queued - 1]);
}

static void arrive_all(struct run *run, uint32_t step, struct outcomes *with)
{
	for (size_t i = 0; i < with->count; i++)
		arrive(run, step, &with->list[i]);
	outcomes_release(with);
}

static void go_through_branch(struct run *run, const struct flow_step *step,
			      const struct outcome *before)
{
	struct outcomes when_true = { 0 }, when_false = { 0 };

	evaluate_condition(run->explorer, run->frame, step->expression, before, &when_true,
			   &when_false);
	arrive_all(run, step->next[0], &when_true);
	arrive_all(run, step->next[1], &when_false);
}

/* Values with which a switch goes on at a case; a case without a value is the default. */
static uint8_t case_values(const struct flow *flow, const struct flow_step *choice, uint32_t step)
{
	const struct expression *label = flow->steps[step].expression;
	uint8_t constant, values = VALUE_ANY;

	if (label && flow->steps[step].kind == FLOW_PASS) {
		constant = constant_value(label);
		return constant == VALUE_ANY ? VALUE_ANY : constant;
	}
	for (size_t i = 0; i < choice->case_count; i++) {
		const struct flow_step *other = &flow->steps[choice->cases[i]];

		if (other->kind == FLOW_PASS && other->expression &&
		    constant_value(other->expression) == VALUE_ZERO)
			values = VALUE_TRUE;
	}
	return values;
}

static void go_through_choice(struct run *run, const struct flow_step *step,
			      const struct outcome *before)
{
	const struct flow *flow = &run->frame->function->flow;
	struct outcomes out = { 0 };

	evaluate(run->explorer, run->frame, step->expression, before, &out);
	for (size_t i = 0; i < out.count; i++) {
		for (size_t c = 0; c < step->case_count; c++) {
			struct outcome after = out.list[i];
			uint8_t values = case_values(flow, step, step->cases[c]);

			if (!(after.value & values))
				continue;
			/* Whether this test notices that the setup has failed cannot be told. */
			if (after.result && values == VALUE_ANY &&
			    after.state.phase == PHASE_FAILED)
				continue;
			after.state.tested |= after.result;
			if (step->expression)
				learn_value(run->frame, &after.state, step->expression,
					    after.value & values);
			arrive(run, step->cases[c], &after);
		}
	}
	outcomes_release(&out);
}

/* The variables that a loop macro sets may have any value in its body. */
static void forget_arguments(const struct frame *frame, const struct expression *call,
			     struct state *state)
{
	if (!call || call->kind != EXPRESSION_CALL)
		return;
	for (const struct expression *argument = call->child; argument; argument = argument->next)
		if (argument->kind == EXPRESSION_NAME)
			frame_forget(frame, state, argument->text);
}

/* Whether dst was filled last in this function, and not in this loop. */
static bool filled_before(const struct run *run, const struct flow_step *step,
			  const struct state *state)
{
	const struct function *function = run->frame->function;
	struct place place;

	if (!state->fill_at || !step->node)
		return false;
	place = place_unpack(run->explorer->checker, state->fill_at);
	return place.unit == function->unit && place.token > function->node->first &&
	       place.token < function->node->last &&
	       (place.token < step->node->first || place.token > step->node->last);
}

static void go_through_repeat(struct run *run, const struct flow_step *step,
			      const struct outcome *before)
{
	struct outcome after = *before;

	/* What was written before the loop is not what its earlier turns wrote. */
	if (!filled_before(run, step, &after.state)) {
		if (after.state.dst > after.state.dst_earlier)
			after.state.dst_earlier = after.state.dst;
		after.state.dst = FILL_NONE;
	}
	arrive(run, step->next[0], &after);
}

static void go_through_leave(struct run *run, uint32_t index, const struct flow_step *step,
			     const struct outcome *before)
{
	struct outcome after = *before;

	if (run->frame->clearing[index] && after.state.phase == PHASE_OPEN &&
	    !after.state.pages_called)
		pages_all_cleared(&after.state);
	/* Nothing was counted, so there is nothing in dst. */
	for (size_t i = 0; i < run->frame->fact_count; i++)
		if (run->frame->counters[index] & 1u << i &&
		    after.state.facts[i] == VALUE_ZERO)
			pages_all_cleared(&after.state);
	if (run->frame->locking[index])
		pages_locked(&after.state);
	arrive(run, step->next[0], &after);
}

static void go_through_return(struct run *run, const struct flow_step *step,
			      const struct outcome *before)
{
	struct outcomes out = { 0 };

	if (!step->expression) {
		arrive(run, step->next[0], before);
		return;
	}
	evaluate(run->explorer, run->frame, step->expression, before, &out);
	for (size_t i = 0; i < out.count; i++) {
		struct event event = event_at(run->explorer, run->frame, step->expression,
					      &out.list[i]);

		event.value = out.list[i].value;
		event.result = out.list[i].result;
		checks_on(MOMENT_RETURN, &event);
		held_exit(run->explorer, run->frame, step->expression, &out.list[i]);
		outcomes_add(&run->exits, &out.list[i]);
	}
	outcomes_release(&out);
}

/* A statement nobody understands: when it names the migration, all may have happened. */
static void go_through_unknown(struct run *run, const struct flow_step *step,
			       const struct outcome *before)
{
	const struct syntax *syntax = &run->frame->function->unit->syntax;
	const struct subject *subject = &run->frame->subject;
	const char *text = code_text(syntax, step->node->first, step->node->last);
	struct outcome after = *before;

	memset(after.state.facts, VALUE_ANY, sizeof(after.state.facts));
	for (size_t i = 0; i < subject->count; i++)
		if (text_mentions(text, subject->names[i].text)) {
			members_fresh(&after.state, true, true);
			after.state.unknown = UNKNOWN_CODE;
		}
	arrive(run, step->next[0], &after);
}

static void go_through(struct run *run, uint32_t mark)
{
	struct explorer *explorer = run->explorer;
	struct frame *frame = run->frame;
	uint32_t index = explorer->marks[mark].step;
	const struct flow_step *step = &frame->function->flow.steps[index];
	struct outcome before = {
		.state = explorer->marks[mark].state, .value = VALUE_ANY, .trail = mark,
	};
	struct outcomes out = { 0 };

	if (frame->counting[index])
		migration_count(explorer, frame, step->expression, &before);
	switch (step->kind) {
	case FLOW_EXIT:
		held_exit(explorer, frame, NULL, &before);
		outcomes_add(&run->exits, &before);
		break;
	case FLOW_EXPRESSION:
		evaluate_statement(explorer, frame, step->expression, &before, &out);
		arrive_all(run, step->next[0], &out);
		break;
	case FLOW_DECLARE:
		evaluate_declaration(explorer, frame, step, &before, &out);
		arrive_all(run, step->next[0], &out);
		break;
	case FLOW_BRANCH:
		go_through_branch(run, step, &before);
		break;
	case FLOW_CHOICE:
		go_through_choice(run, step, &before);
		break;
	case FLOW_EACH:
		forget_arguments(frame, step->expression, &before.state);
		arrive(run, step->next[0], &before);
		arrive(run, step->next[1], &before);
		break;
	case FLOW_REPEAT:
		go_through_repeat(run, step, &before);
		break;
	case FLOW_LEAVE:
		go_through_leave(run, index, step, &before);
		break;
	case FLOW_RETURN:
		go_through_return(run, step, &before);
		break;
	case FLOW_UNKNOWN:
		go_through_unknown(run, step, &before);
		break;
	default:
		arrive(run, step->next[0], &before);
		break;
	}
}

struct outcomes run_function(struct explorer *explorer, struct frame *frame,
			     const struct outcome *entry)
{
	struct run run = { .explorer = explorer, .frame = frame };

	frame->active = true;
	arrive(&run, frame->function->flow.entry, entry);
	for (size_t i = 0; i < run.queued && !explorer->overflow; i++)
		go_through(&run, run.queue[i]);
	frame->active = false;
	free(run.queue);
	free(run.slots);
	return run.exits;
}
