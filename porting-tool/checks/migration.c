// SPDX-License-Identifier: GPL-2.0-only
#include "migration.h"

#include <string.h>

#include "struct_members.h"
#include "pages.h"

struct place frame_place(const struct frame *frame, const struct expression *expression)
{
	return (struct place){ frame->function->unit, expression->first };
}

static place_id pack(const struct explorer *explorer, const struct frame *frame,
		     const struct expression *expression)
{
	return place_pack(explorer->program, frame_place(frame, expression));
}

static struct place unpack(const struct explorer *explorer, place_id id)
{
	return place_unpack(explorer->program, id);
}

static void note_setup(struct explorer *explorer, struct finding *finding,
		       const struct state *state)
{
	if (state->setup_at)
		add_note(explorer->program, finding, unpack(explorer, state->setup_at),
		     "it is set up here");
}

/* An open migration in which the core holds pages. */
static bool holds_pages(const struct state *state)
{
	return state->phase == PHASE_OPEN && (state->cpages & VALUE_TRUE);
}

void migration_setup(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     const struct outcome *before, struct outcomes *out)
{
	struct program *program = explorer->program;
	bool device = frame->subject.device;
	struct outcome after = *before;
	struct state *state = &after.state;

	if (holds_pages(state) && state->setup_at)
		migration_leak(explorer, state, before->trail, true);
	if (!device && !state->unknown)
		members_check(explorer, frame, call, state);
	if (state->stale_at && !device) {
		struct finding *finding =
			add_finding(program, "dst-prefilled", unpack(explorer, state->stale_at),
			       "dst is filled before migrate_vma_setup(), which clears it");

		add_note(program, finding, frame_place(frame, call), "it is set up here");
	}
	frame_forget_subject(frame, state);
	state->setup_at = pack(explorer, frame, call);
	state->unknown = 0;
	state->tested = 0;
	state->handed_over = 0;
	state->pages_called = 0;
	state->stale_at = 0;
	state->fill_at = 0;
	state->unlocked_at = 0;
	state->freed_at = 0;
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

static void report_failed(struct explorer *explorer, struct frame *frame,
			  const struct expression *call, const struct state *state)
{
	struct program *program = explorer->program;
	struct finding *finding;

	/* migrate_device_range() has nothing to fail with; most drivers do not ask. */
	if (frame->subject.device)
		return;
	if (!state->tested) {
		finding = add_finding(program, "setup-result", unpack(explorer, state->setup_at),
				 "the result of migrate_vma_setup() is not tested before %s() is "
				 "called",
				 call->name);
		add_note(program, finding, frame_place(frame, call), "%s() is called here",
			 call->name);
		return;
	}
	finding = add_finding(program, "after-failed-setup", frame_place(frame, call),
			 "%s() is called on a path on which migrate_vma_setup() has failed",
			 call->name);
	note_setup(explorer, finding, state);
}

static void report_order(struct explorer *explorer, struct frame *frame,
			 const struct expression *call, const struct state *state)
{
	const char *why = state->phase == PHASE_CLOSED ?
				  "after the migration was finalized" :
				  "without a migration that was set up";
	struct finding *finding;

	if (state->unknown)
		return;
	finding = add_finding(explorer->program, "step-order", frame_place(frame, call),
			 "%s() is called %s", call->name, why);
	note_setup(explorer, finding, state);
}

void migration_pages(struct explorer *explorer, struct frame *frame, const struct expression *call,
		     struct outcome *at)
{
	struct state *state = &at->state;

	frame_forget_subject(frame, state);
	if (state->unknown) {
		state->phase = PHASE_OPEN;
		state->cpages = VALUE_ANY;
		state->setup_at = 0;
	}
	switch (state->phase) {
	case PHASE_FAILED:
		report_failed(explorer, frame, call, state);
		return;
	case PHASE_OPEN:
		if (state->pages_called && !state->unknown)
			add_finding(explorer->program, "step-order", frame_place(frame, call),
			       "%s() is called a second time for one migration", call->name);
		pages_ready(explorer, frame, call, at);
		state->pages_called = 1;
		return;
	default:
		report_order(explorer, frame, call, state);
	}
}

/* The last goto, break or continue on the way here, or return of a helper. */
static uint32_t last_jump(const struct explorer *explorer, const struct frame *frame,
			  uint32_t trail, place_id setup_at)
{
	for (uint32_t i = trail; i != TRAIL_NONE; i = explorer->marks[i].parent) {
		const struct mark *mark = &explorer->marks[i];
		enum flow_kind kind = mark->frame->function->flow.steps[mark->step].kind;

		if (mark->state.setup_at != setup_at || mark->state.phase != PHASE_OPEN)
			break;
		if (kind == FLOW_JUMP || (kind == FLOW_RETURN && mark->frame != frame))
			return i;
	}
	return TRAIL_NONE;
}

static struct place mark_place(const struct mark *mark)
{
	const struct function *function = mark->frame->function;
	const struct node *node = function->flow.steps[mark->step].node;

	return (struct place){ function->unit, node ? node->first : function->node->last };
}

static void check_skipped_pages(struct explorer *explorer, struct frame *frame,
				const struct expression *call, const struct outcome *at)
{
	struct program *program = explorer->program;
	const struct state *state = &at->state;
	const char *pages = frame->subject.device ? "migrate_device_pages" : "migrate_vma_pages";
	/* What dst holds is not known, but nobody ever moves the pages. */
	bool never = !explorer->calls_pages && !state->handed_over && state->fill_at &&
		     (state->dst == FILL_PERHAPS || state->dst_earlier == FILL_PERHAPS);
	struct finding *finding;
	uint32_t jump;

	if (!holds_pages(state) || state->pages_called || state->unknown ||
	    (state->dst != FILL_PAGE && state->dst_earlier != FILL_PAGE && !never))
		return;
	finding = add_finding(program, "pages-skipped", frame_place(frame, call),
			 "%s() is called with pages in dst and without %s() before it: the "
			 "source pages are freed while page tables still point at them",
			      call->name, pages);
	if (state->fill_at)
		add_note(program, finding, unpack(explorer, state->fill_at), "dst is filled here");
	jump = last_jump(explorer, frame, at->trail, state->setup_at);
	if (jump != TRAIL_NONE)
		add_note(program, finding, mark_place(&explorer->marks[jump]),
		     "and this leads past %s()", pages);
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

	frame_forget_subject(frame, state);
	if (state->unknown) {
		state->phase = PHASE_CLOSED;
		return;
	}
	switch (state->phase) {
	case PHASE_FAILED:
		report_failed(explorer, frame, call, state);
		state->phase = PHASE_CLOSED;
		return;
	case PHASE_OPEN:
		check_skipped_pages(explorer, frame, call, at);
		pages_ready(explorer, frame, call, at);
		if (state->cpages & VALUE_TRUE)
			remember_closed(explorer, state);
		state->phase = PHASE_CLOSED;
		return;
	default:
		report_order(explorer, frame, call, state);
	}
}

static void write_dst(struct explorer *explorer, struct frame *frame,
		      const struct expression *target, const char *operator, uint8_t value,
		      const char *text, struct outcome *at)
{
	struct state *state = &at->state;
	bool names_page = text_mentions(text, "migrate_pfn") ||
			  text_mentions(text, "migrate_pfn_from_page");
	bool sets = !strcmp(operator, "=") || (names_page && !strcmp(operator, "|="));

	if (state->phase == PHASE_IDLE || state->phase == PHASE_CLOSED) {
		if (sets && names_page && state->unknown != UNKNOWN_CODE)
			state->stale_at = pack(explorer, frame, target);
		else if (value == VALUE_ZERO)
			state->stale_at = 0;
		if (!frame->subject.device)
			return;
	}
	if (!strcmp(operator, "memset") && value == VALUE_ZERO) {
		pages_all_cleared(state);
	} else if (sets && value == VALUE_ZERO) {
		state->dst = FILL_NONE;
		/* The only word there is. */
		if (target->kind == EXPRESSION_NAME)
			state->dst_earlier = FILL_NONE;
		pages_cleared(state);
	} else if (sets && !(value & VALUE_ZERO) && names_page) {
		state->dst = FILL_PAGE;
		state->fill_at = pack(explorer, frame, target);
	} else if (sets) {
		state->dst = FILL_PERHAPS;
		state->fill_at = pack(explorer, frame, target);
	}
}

void migration_write(struct explorer *explorer, struct frame *frame, enum role role,
		     const struct expression *target, const char *operator, uint8_t value,
		     const char *text, struct outcome *at)
{
	struct program *program = explorer->program;
	const struct state *state = &at->state;
	struct finding *finding;

	if (role == ROLE_SRC_WORD) {
		/* Taking MIGRATE away leaves a page out, as the core does itself. */
		if (!holds_pages(state) ||
		    (!strcmp(operator, "&=") && !strcmp(text, "~MIGRATE_PFN_MIGRATE")))
			return;
		finding = add_finding(program, "src-written", frame_place(frame, target),
				 "src is written to between setup and finalize: until then it "
				 "belongs to the core, which finds its pages through it");
		note_setup(explorer, finding, state);
		return;
	}
	if (holds_pages(state) && state->pages_called) {
		add_finding(program, "dst-written-late", frame_place(frame, target),
		       "dst is written to after migrate_vma_pages(): finalize unlocks and frees "
		       "what it finds there now, not what was migrated");
		return;
	}
	write_dst(explorer, frame, target, operator, value, text, at);
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
	state->unlocked_at = 0;
	state->freed_at = 0;
	for (int i = 0; i < PAGES_MAX; i++)
		state->pages[i] = 0;
}

void migration_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
		    enum call_effect effect, struct outcome *at)
{
	struct program *program = explorer->program;
	struct finding *finding = NULL;
	const struct expression *argument = expression_argument(call, 0);
	bool unlocks = effect == CALL_UNLOCK_MMAP;

	if (!holds_pages(&at->state) || at->state.unknown)
		return;
	/* up_read(&mm->mmap_sem), and by its new name. */
	if (call->name && (!strcmp(call->name, "up_read") || !strcmp(call->name, "up_write")))
		unlocks = argument && (text_mentions(argument->text, "mmap_sem") ||
				       text_mentions(argument->text, "mmap_lock"));
	if (unlocks)
		finding = add_finding(program, "mmap-lock-dropped", frame_place(frame, call),
				 "%s() lets go of the lock of the address space between setup and "
				 "finalize", call->name);
	else if (effect == CALL_USER_ACCESS)
		finding = add_finding(program, "user-access-inside", frame_place(frame, call),
				 "%s() may fault on a page that is being migrated, and then "
				 "waits for this very thread", call->name);
	note_setup(explorer, finding, &at->state);
}

void migration_read(struct explorer *explorer, struct frame *frame,
		    const struct expression *member, const struct outcome *at)
{
	int target = explorer->program->target->number;
	const char *name = subject_member(&frame->subject, member);

	if (!name || strcmp(name, "cpages") || at->state.phase != PHASE_CLOSED ||
	    at->state.unknown || target >= RELEASE(5, 10))
		return;
	add_finding(explorer->program, "cpages-after-finalize", frame_place(frame, member),
	       "cpages is read after migrate_vma_finalize(), which counts it down up to Linux 5.9");
}

void migration_count(struct explorer *explorer, struct frame *frame,
		     const struct expression *statement, const struct outcome *at)
{
	const struct state *state = &at->state;
	place_id counted_at = pack(explorer, frame, statement);
	place_id id = explorer->outer_call ? explorer->outer_call : counted_at;
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
