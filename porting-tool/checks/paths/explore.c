// SPDX-License-Identifier: GPL-2.0-only
#include "explore.h"

#include <stdlib.h>
#include <string.h>

#include "checks/check.h"
#include "evaluate.h"
#include "pages.h"
#include "shared.h"
#include "struct_members.h"

/* More marks than any driver needs; beyond that the paths are followed with fewer facts. */
#define MARKS_MAX 30000

/* What came of entering a function in a state. */
struct memo {
	struct state entry;
	size_t fact_count;
	struct outcomes exits;
	struct memo *next;
};

place_id place_pack(const struct checker *checker, struct place place)
{
	return ((place_id)(place.unit - checker->program.units + 1) << 32) | place.token;
}

struct place place_unpack(const struct checker *checker, place_id id)
{
	return (struct place){ &checker->program.units[(id >> 32) - 1], (uint32_t)id };
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
	return a->value == b->value && a->result == b->result &&
	       !memcmp(&a->state, &b->state, sizeof(a->state));
}

void outcomes_add(struct outcomes *outcomes, const struct outcome *outcome)
{
	for (size_t i = 0; i < outcomes->count; i++)
		if (same_outcome(&outcomes->list[i], outcome))
			return;
	outcomes->list = grow(outcomes->list, outcomes->count, &outcomes->capacity,
			      sizeof(*outcomes->list));
	outcomes->list[outcomes->count++] = *outcome;
}

void outcomes_release(struct outcomes *outcomes)
{
	free(outcomes->list);
	*outcomes = (struct outcomes){ 0 };
}

static bool same_names(const struct subject *a, const struct subject *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->names[i].role != b->names[i].role ||
		    strcmp(a->names[i].text, b->names[i].text))
			return false;
	return true;
}

static struct frame *enter_frame(struct explorer *explorer, const struct subject *subject)
{
	struct frame *frame;

	for (frame = explorer->frames; frame; frame = frame->next)
		if (frame->function == subject->function && same_names(&frame->subject, subject))
			return frame;
	frame = arena_alloc(&explorer->checker->arena, sizeof(*frame));
	frame->function = subject->function;
	frame->subject = *subject;
	frame_prepare(explorer, frame);
	frame->next = explorer->frames;
	explorer->frames = frame;
	return frame;
}

/* The state a function is entered in: of the caller's variables only what it can reach counts. */
static struct state entry_state(const struct frame *inside, const struct state *before,
				const struct shared *shared, const uint8_t *values,
				size_t value_count)
{
	const struct function *function = inside->function;
	const struct syntax *syntax = &function->unit->syntax;
	struct state entry = *before;

	memset(entry.facts, VALUE_ANY, sizeof(entry.facts));
	memset(entry.pages, 0, sizeof(entry.pages));
	memset(entry.held, 0, sizeof(entry.held));
	memset(entry.taken_at, 0, sizeof(entry.taken_at));
	entry.result = 0;
	for (size_t i = 0; i < function->parameter_count && i < value_count; i++) {
		int fact = -1;

		if (function->parameters[i].name)
			fact = frame_fact(inside, code_text(syntax, function->parameters[i].name,
							    function->parameters[i].name));
		if (fact >= 0)
			entry.facts[fact] = values[i];
	}
	shared_enter(shared, before, &entry);
	return entry;
}

static const struct outcomes *enter(struct explorer *explorer, struct frame *inside,
				    const struct outcome *entry)
{
	struct memo *memo;

	for (memo = inside->memos; memo; memo = memo->next)
		if (memo->fact_count == inside->fact_count &&
		    !memcmp(&memo->entry, &entry->state, sizeof(entry->state)))
			return &memo->exits;
	memo = arena_alloc(&explorer->checker->arena, sizeof(*memo));
	memo->entry = entry->state;
	memo->fact_count = inside->fact_count;
	memo->exits = run_function(explorer, inside, entry);
	memo->next = inside->memos;
	inside->memos = memo;
	return &memo->exits;
}

static uint8_t filled(const struct state *state)
{
	return state->dst > state->dst_earlier ? state->dst : state->dst_earlier;
}

/* The caller's state after the call: what the callee knew of its own variables is gone. */
static struct outcome after_call(const struct frame *frame, const struct outcome *before,
				 const struct shared *shared, const struct outcome *exit)
{
	struct outcome after = *exit;

	pages_leave(&after.state);
	memcpy(after.state.facts, before->state.facts, sizeof(after.state.facts));
	memcpy(after.state.pages, before->state.pages, sizeof(after.state.pages));
	memcpy(after.state.held, before->state.held, sizeof(after.state.held));
	memcpy(after.state.taken_at, before->state.taken_at, sizeof(after.state.taken_at));
	/* A loop of the callee that did not fill dst makes nothing older. */
	if (after.state.fill_at == before->state.fill_at &&
	    filled(&after.state) == filled(&before->state)) {
		after.state.dst = before->state.dst;
		after.state.dst_earlier = before->state.dst_earlier;
	}
	frame_forget_subject(frame, &after.state);
	shared_leave(shared, &exit->state, &after.state);
	if (after.state.setup_at == before->state.setup_at)
		after.state.result = before->state.result;
	else
		after.state.result = 0;
	return after;
}

bool explore_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		  struct function *callee, const struct outcome *before, const uint8_t *values,
		  size_t value_count, struct outcomes *out)
{
	struct subject subject;
	struct outcome entry = *before, kept = *before;
	const struct outcomes *exits;
	struct shared shared;
	struct frame *inside;

	if (explorer->depth >= HELPERS_DEEP_MAX ||
	    !subject_in_callee(explorer->checker, &frame->subject, call, callee, &subject))
		return false;
	inside = enter_frame(explorer, &subject);
	/* A function that calls itself does what it does when it does not. */
	if (inside->active)
		return true;
	explorer->checker->followed[function_index(explorer->checker, callee)] = true;
	shared = shared_facts(explorer, frame, inside, call);
	entry.state = entry_state(inside, &before->state, &shared, values, value_count);
	explorer->calls[explorer->depth++] = (struct call_level){
		frame, place_pack(explorer->checker, frame_place(frame, call)),
	};
	exits = enter(explorer, inside, &entry);
	explorer->depth--;
	forget_reached(frame, call, CALL_UNKNOWN, &kept.state);
	for (size_t i = 0; i < exits->count; i++) {
		struct outcome after = after_call(frame, &kept, &shared, &exits->list[i]);

		outcomes_add(out, &after);
	}
	return true;
}

static void release_memos(struct explorer *explorer)
{
	for (struct frame *frame = explorer->frames; frame; frame = frame->next)
		for (struct memo *memo = frame->memos; memo; memo = memo->next)
			outcomes_release(&memo->exits);
}

static struct state first_state(const struct subject *subject)
{
	struct state state = { 0 };

	memset(state.facts, VALUE_ANY, sizeof(state.facts));
	state.cpages = VALUE_ANY;
	if (!subject->local || subject->part) {
		members_fresh(&state, true, true);
		state.unknown = subject->local ? 0 : UNKNOWN_CALLER;
	}
	return state;
}

static const char *const pages_names[] = { "migrate_vma_pages", "migrate_device_pages", NULL };
static const char *const finalize_names[] = {
	"migrate_vma_finalize", "migrate_device_finalize", NULL,
};

/* Return: false when there were too many paths. */
static bool follow(struct checker *checker, const struct subject *subject, size_t fact_limit)
{
	struct explorer explorer = {
		.checker = checker,
		.calls_pages = checker_reaches(checker, subject->function, pages_names),
		.calls_finalize = checker_reaches(checker, subject->function, finalize_names),
		.mark_limit = MARKS_MAX,
		.fact_limit = fact_limit,
	};
	struct outcome entry = {
		.state = first_state(subject), .value = VALUE_ANY, .trail = TRAIL_NONE,
	};
	struct outcomes exits;

	explorer.root = enter_frame(&explorer, subject);
	exits = run_function(&explorer, explorer.root, &entry);
	for (size_t i = 0; i < exits.count; i++) {
		const struct state *state = &exits.list[i].state;

		if (state->phase == PHASE_OPEN && (state->cpages & VALUE_TRUE) &&
		    state->setup_at && !state->unknown)
			migration_leak(&explorer, state, exits.list[i].trail, false);
	}
	for (size_t i = 0; !explorer.overflow && check_at(i); i++)
		if (check_at(i)->paths)
			check_at(i)->paths(&explorer);
	outcomes_release(&exits);
	release_memos(&explorer);
	free(explorer.marks);
	free(explorer.leaks);
	free(explorer.closed);
	free(explorer.counts);
	return !explorer.overflow;
}

void explore(struct checker *checker, const struct subject *subject)
{
	static const size_t fact_limits[] = { FACTS_MAX, 6, 2 };

	for (size_t i = 0; i < sizeof(fact_limits) / sizeof(*fact_limits); i++)
		if (follow(checker, subject, fact_limits[i]))
			return;
	add_finding(checker, "too-many-paths",
	       (struct place){ subject->function->unit, subject->function->node->name },
	       "%s() has more paths than can be followed: its calls were not all checked",
	       subject->function->name);
}
