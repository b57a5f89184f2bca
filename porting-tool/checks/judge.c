// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings about whole paths: migrations that were left open, and counts that come too early.
 */
#include <string.h>

#include "migration.h"

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

static bool was_closed(const struct explorer *explorer, place_id setup_at, bool with_pages)
{
	place_id pages = (place_id)1 << 63;

	for (size_t i = 0; i < explorer->closed_count; i++)
		if (explorer->closed[i] == (setup_at | pages) ||
		    (!with_pages && explorer->closed[i] == setup_at))
			return true;
	return false;
}

static bool still_open(const struct mark *mark, place_id setup_at)
{
	return mark->state.setup_at == setup_at && mark->state.phase == PHASE_OPEN &&
	       (mark->state.cpages & VALUE_TRUE);
}

/*
 * Whether a step is also reached by paths that did not leave this migration open.  Those on which
 * nothing was collected do not count: they go everywhere.
 */
static bool is_shared(const struct explorer *explorer, const struct mark *mark, place_id setup_at)
{
	for (size_t i = 0; i < explorer->mark_count; i++) {
		const struct mark *other = &explorer->marks[i];

		if (other->frame == mark->frame && other->step == mark->step &&
		    (other->state.setup_at != setup_at || other->state.phase != PHASE_OPEN))
			return true;
	}
	return false;
}

static const struct flow_step *mark_step(const struct mark *mark)
{
	return &mark->frame->function->flow.steps[mark->step];
}

/*
 * Where a path that leaves a migration open parts from those that do not: the latest return, goto,
 * break or continue that only such paths take.
 */
static const struct mark *departure(const struct explorer *explorer, const struct leak *leak)
{
	for (uint32_t i = leak->trail; i != TRAIL_NONE; i = explorer->marks[i].parent) {
		const struct mark *mark = &explorer->marks[i];
		enum flow_kind kind = mark_step(mark)->kind;

		if (!still_open(mark, leak->setup_at))
			return NULL;
		if ((kind == FLOW_RETURN || kind == FLOW_JUMP) &&
		    !is_shared(explorer, mark, leak->setup_at))
			return mark;
	}
	return NULL;
}

/* The last return of the path, or the end of the function. */
static struct place path_end(const struct explorer *explorer, const struct leak *leak)
{
	const struct mark *last = &explorer->marks[leak->trail];
	const struct function *function = last->frame->function;

	for (uint32_t i = leak->trail; i != TRAIL_NONE; i = explorer->marks[i].parent) {
		const struct mark *mark = &explorer->marks[i];

		if (mark_step(mark)->kind == FLOW_RETURN && mark->frame == last->frame)
			return (struct place){ function->unit, mark_step(mark)->node->first };
		if (!still_open(mark, leak->setup_at))
			break;
	}
	return (struct place){ function->unit, function->node->last };
}

/*
 * Whether a migration that came in through a parameter should have been finalized here: where some
 * path does all three steps, or where the function makes the first two and nobody outside of this
 * file can call it.
 */
static bool should_finalize(const struct explorer *explorer, const struct leak *leak)
{
	const struct subject *subject = &explorer->root->subject;

	if (subject->local || was_closed(explorer, leak->setup_at, true))
		return true;
	return subject->function->private && explorer->calls_pages && !explorer->calls_finalize;
}

static void judge_leak(struct explorer *explorer, const struct leak *leak)
{
	struct program *program = explorer->program;
	struct place setup = place_unpack(program, leak->setup_at);
	bool device = explorer->root->subject.device;
	const char *finalize = device ? "migrate_device_finalize" : "migrate_vma_finalize";
	const struct mark *mark = departure(explorer, leak);
	struct finding *finding;
	struct place place;

	if (!should_finalize(explorer, leak))
		return;
	if (!was_closed(explorer, leak->setup_at, false)) {
		finding = add_finding(program, "finalize-missing", setup,
				 "no path from this %s() calls %s(): the pages it collected stay "
				 "locked, and whoever touches them sleeps for ever",
				      place_text(setup), finalize);
		place = mark ? (struct place){ mark->frame->function->unit,
					       mark_step(mark)->node->first } :
			       path_end(explorer, leak);
		add_note(program, finding, place, "the migration is still open here");
		return;
	}
	if (mark) {
		place = (struct place){ mark->frame->function->unit, mark_step(mark)->node->first };
		finding = add_finding(program, "return-inside", place,
				 "this %s leads past %s(): the pages that were collected stay "
				 "locked, and whoever touches them sleeps for ever",
				      place_text(place), finalize);
	} else {
		finding = add_finding(program, "return-inside", path_end(explorer, leak),
				 "%s without %s() on some path: the pages that were collected "
				 "stay locked, and whoever touches them sleeps for ever",
				 leak->again ? "the next turn begins" : "the function ends",
				      finalize);
	}
	add_note(program, finding, setup, "it is set up here");
}

static void judge_count(struct explorer *explorer, const struct count *count)
{
	struct program *program = explorer->program;
	struct finding *finding;

	if (!count->after_finalize && !(count->after_pages && count->without_pages))
		return;
	finding = add_finding(program, "counted-without-pages", place_unpack(program, count->at),
			 "pages are counted as migrated on a path without migrate_vma_pages(): "
			 "until it was called MIGRATE_PFN_MIGRATE says that a page could "
			 "migrate, not that it has");
	if (count->counted_at != count->at)
		add_note(program, finding, place_unpack(program, count->counted_at),
		     "they are counted here");
}

void migration_judge(struct explorer *explorer)
{
	for (size_t i = 0; i < explorer->leak_count; i++)
		judge_leak(explorer, &explorer->leaks[i]);
	for (size_t i = 0; i < explorer->count_count; i++)
		judge_count(explorer, &explorer->counts[i]);
}
