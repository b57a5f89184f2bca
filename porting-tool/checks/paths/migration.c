// SPDX-License-Identifier: GPL-2.0-only
/*
 * What each call and each write does to the migration that is followed.  What is wrong about it the
 * checks say, which are told of every moment.
 */
#include "migration.h"

#include <string.h>

#include "checks/check.h"
#include "pages.h"
#include "struct_members.h"

struct place frame_place(const struct frame *frame, const struct expression *expression)
{
	return (struct place){ frame->function->unit, expression->first };
}

void migration_setup(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     const struct outcome *before, struct outcomes *out)
{
	bool device = frame->subject.device;
	struct outcome after = *before;
	struct state *state = &after.state;
	struct event event = event_at(explorer, frame, call, &after);

	if (holds_pages(state) && state->setup_at)
		migration_leak(explorer, state, before->trail, true);
	checks_on(MOMENT_SETUP, &event);
	frame_forget_subject(frame, state);
	state->setup_at = event_place(&event);
	state->unknown = 0;
	state->tested = 0;
	state->handed_over = 0;
	state->pages_called = 0;
	state->fill_at = 0;
	memset(state->places, 0, sizeof(state->places));
	if (!device)
		state->dst = FILL_NONE;
	state->dst_earlier = FILL_NONE;
	after.result = true;

	state->phase = PHASE_FAILED;
	state->cpages = VALUE_ANY;
	after.value = VALUE_NEGATIVE;
	outcomes_add(out, &after);
	state->phase = PHASE_OPEN;
	after.value = VALUE_ZERO;
	state->cpages = VALUE_POSITIVE;
	outcomes_add(out, &after);
	if (device)
		return;
	state->cpages = VALUE_ZERO;
	outcomes_add(out, &after);
}

void migration_pages(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     struct outcome *at)
{
	struct state *state = &at->state;
	struct event event = event_at(explorer, frame, call, at);

	frame_forget_subject(frame, state);
	if (state->unknown) {
		state->phase = PHASE_OPEN;
		state->cpages = VALUE_ANY;
		state->setup_at = 0;
	}
	checks_on(MOMENT_PAGES, &event);
	if (state->phase != PHASE_OPEN)
		return;
	pages_ready(explorer, frame, call, at);
	state->pages_called = 1;
}

static void remember_closed(struct explorer *explorer, const struct state *state)
{
	place_id id = state->setup_at | (state->pages_called ? (place_id)1 << 63 : 0);

	for (size_t i = 0; i < explorer->closed_count; i++)
		if (explorer->closed[i] == id)
			return;
	explorer->closed = grow(explorer->closed, explorer->closed_count,
				&explorer->closed_capacity, sizeof(*explorer->closed));
	explorer->closed[explorer->closed_count++] = id;
}

void migration_finalize(struct explorer *explorer, struct frame *frame,
			const struct expression *call, struct outcome *at)
{
	struct state *state = &at->state;
	struct event event = event_at(explorer, frame, call, at);

	frame_forget_subject(frame, state);
	if (state->unknown) {
		state->phase = PHASE_CLOSED;
		return;
	}
	checks_on(MOMENT_FINALIZE, &event);
	pages_ready(explorer, frame, call, at);
	if (holds_pages(state))
		remember_closed(explorer, state);
	if (state->phase == PHASE_OPEN || state->phase == PHASE_FAILED)
		state->phase = PHASE_CLOSED;
}

static void write_dst(const struct event *event)
{
	struct state *state = event->state;
	bool names_page = write_names_page(event);
	bool sets = names_page || !strcmp(event->operator, "=");

	if ((state->phase == PHASE_IDLE || state->phase == PHASE_CLOSED) &&
	    !event->frame->subject.device)
		return;
	if (!strcmp(event->operator, "memset") && event->value == VALUE_ZERO) {
		pages_all_cleared(state);
	} else if (sets && event->value == VALUE_ZERO) {
		state->dst = FILL_NONE;
		/* The only word there is. */
		if (event->expression->kind == EXPRESSION_NAME)
			state->dst_earlier = FILL_NONE;
		pages_cleared(state);
	} else if (sets) {
		state->dst = !(event->value & VALUE_ZERO) && names_page ? FILL_PAGE : FILL_PERHAPS;
		state->fill_at = event_place(event);
	}
}

void migration_write(struct explorer *explorer, struct frame *frame, enum role role,
		     const struct expression *target, const char *operator, uint8_t value,
		     const char *text, struct outcome *at)
{
	struct event event = event_at(explorer, frame, target, at);

	event.operator = operator;
	event.value = value;
	event.text = text;
	if (role == ROLE_SRC_WORD) {
		checks_on(MOMENT_SRC, &event);
		return;
	}
	explorer->fills_dst |= value != VALUE_ZERO;
	checks_on(MOMENT_DST, &event);
	if (!holds_pages(&at->state) || !at->state.pages_called)
		write_dst(&event);
}

/*
 * Whether a helper that nobody sees may finalize: not if the functions that are seen do so, or are
 * still to call migrate_vma_pages().
 */
static bool may_finalize(const struct explorer *explorer, const struct state *state)
{
	return !explorer->calls_finalize && (state->pages_called || !explorer->calls_pages);
}

void migration_unknown_call(struct explorer *explorer, struct frame *frame, enum role role,
			    struct state *state)
{
	frame_forget_subject(frame, state);
	if (role == ROLE_SRC_ARRAY || role == ROLE_SRC_WORD)
		return;
	explorer->fills_dst |= role != ROLE_POINTER || state->phase == PHASE_OPEN;
	if (role == ROLE_POINTER && state->phase != PHASE_OPEN) {
		bool idle = state->phase == PHASE_IDLE;

		if (!idle)
			return;
		state->members = MEMBER_ALL;
		state->flags |= SELECT_OTHER;
		state->zeroed = 1;
		if (may_finalize(explorer, state))
			state->unknown = UNKNOWN_CODE;
		return;
	}
	if (state->phase == PHASE_OPEN && may_finalize(explorer, state)) {
		members_fresh(state, true, true);
		state->unknown = UNKNOWN_CODE;
		return;
	}
	state->handed_over |= role == ROLE_POINTER;
	state->dst = FILL_PERHAPS;
	state->dst_earlier = FILL_NONE;
	state->places[PLACE_UNLOCKED] = 0;
	state->places[PLACE_FREED] = 0;
	for (int i = 0; i < PAGES_MAX; i++)
		state->pages[i] = 0;
}

void migration_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		    enum call_effect effect, struct outcome *at)
{
	struct event event = event_at(explorer, frame, call, at);

	event.effect = effect;
	checks_on(MOMENT_CALL, &event);
}

void migration_read(struct explorer *explorer, struct frame *frame,
		    const struct expression *member, struct outcome *at)
{
	struct event event = event_at(explorer, frame, member, at);

	checks_on(MOMENT_READ, &event);
}

void migration_count(struct explorer *explorer, struct frame *frame,
		     const struct expression *statement, const struct outcome *at)
{
	const struct state *state = &at->state;
	place_id counted_at = place_pack(explorer->checker, frame_place(frame, statement));
	place_id id = explorer->depth ? explorer->calls[0].at : counted_at;
	struct count *count = NULL;

	if (!(state->cpages & VALUE_TRUE) || state->unknown || !state->setup_at ||
	    (state->phase != PHASE_OPEN && state->phase != PHASE_CLOSED))
		return;
	for (size_t i = 0; i < explorer->count_count && !count; i++)
		if (explorer->counts[i].at == id)
			count = &explorer->counts[i];
	if (!count) {
		explorer->counts = grow(explorer->counts, explorer->count_count,
					&explorer->count_capacity, sizeof(*explorer->counts));
		count = &explorer->counts[explorer->count_count++];
		*count = (struct count){ .at = id, .counted_at = counted_at };
	}
	if (state->pages_called)
		count->after_pages = true;
	else if (state->phase == PHASE_CLOSED)
		count->after_finalize = true;
	else
		count->without_pages = true;
}

void migration_leak(struct explorer *explorer, const struct state *state, uint32_t trail,
		    bool again)
{
	for (size_t i = 0; i < explorer->leak_count; i++)
		if (explorer->leaks[i].setup_at == state->setup_at &&
		    explorer->leaks[i].trail == trail)
			return;
	explorer->leaks = grow(explorer->leaks, explorer->leak_count, &explorer->leak_capacity,
			       sizeof(*explorer->leaks));
	explorer->leaks[explorer->leak_count++] = (struct leak){ state->setup_at, trail, again };
}
