// SPDX-License-Identifier: GPL-2.0-only
/*
 * Migrations that some path, or every path, leaves open.
 */
#include <string.h>

#include "check.h"
#include "fixes.h"

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

/* What migrate_vma_setup() is given, as it is written. */
static const char *setup_argument(struct place setup)
{
	const struct syntax *syntax = &setup.unit->syntax;
	struct call call;

	if (!call_parse(syntax, setup.token, &call) || call.count != 1)
		return NULL;
	return code_text(syntax, call.arguments[0].first, call.arguments[0].last);
}

/* A value that is the same before and after the call that is put in front of it. */
static bool is_plain(const struct expression *value)
{
	value = expression_inner(value);
	if (value && value->kind == EXPRESSION_PREFIX)
		value = expression_inner(value->left);
	return !value || value->kind == EXPRESSION_NAME || value->kind == EXPRESSION_NUMBER;
}

/* A return gets the call in front of it, where it is known that no page is in dst, or all moved. */
static void fix_return(const struct explorer *explorer, struct finding *finding,
		       const struct mark *mark, struct place setup)
{
	const struct function *function = mark->frame->function;
	const struct state *state = &mark->state;
	const struct flow_step *step = mark_step(mark);
	const char *argument = setup_argument(setup);

	if (step->kind != FLOW_RETURN || !is_plain(step->expression) || !argument ||
	    explorer->root->subject.device || setup.unit != function->unit ||
	    setup.token < function->node->first || setup.token > function->node->last ||
	    (!state->pages_called &&
	     (state->dst != FILL_NONE || state->dst_earlier != FILL_NONE || state->handed_over)))
		return;
	fix_statement_before(explorer->checker, finding, step->node->first,
			     arena_printf(&explorer->checker->arena, "migrate_vma_finalize(%s);",
					  argument));
}

static void judge_leak(struct explorer *explorer, const struct leak *leak)
{
	struct checker *checker = explorer->checker;
	struct place setup = place_unpack(checker, leak->setup_at);
	bool device = explorer->root->subject.device;
	const char *finalize = device ? "migrate_device_finalize" : "migrate_vma_finalize";
	const struct mark *mark = departure(explorer, leak);
	struct finding *finding;
	struct place place;

	if (!should_finalize(explorer, leak))
		return;
	if (!was_closed(explorer, leak->setup_at, false)) {
		finding = add_finding(checker, "finalize-missing", setup,
				 "no path from this %s() calls %s(): the pages it collected stay "
				 "locked, and whoever touches them sleeps for ever",
				      place_text(setup), finalize);
		place = mark ? (struct place){ mark->frame->function->unit,
					       mark_step(mark)->node->first } :
			       path_end(explorer, leak);
		add_note(checker, finding, place, "the migration is still open here");
		return;
	}
	if (mark) {
		place = (struct place){ mark->frame->function->unit, mark_step(mark)->node->first };
		finding = add_finding(checker, "return-inside", place,
				 "this %s leads past %s(): the pages that were collected stay "
				 "locked, and whoever touches them sleeps for ever",
				      place_text(place), finalize);
		fix_return(explorer, finding, mark, setup);
	} else {
		finding = add_finding(checker, "return-inside", path_end(explorer, leak),
				 "%s without %s() on some path: the pages that were collected "
				 "stay locked, and whoever touches them sleeps for ever",
				 leak->again ? "the next turn begins" : "the function ends",
				      finalize);
	}
	add_note(checker, finding, setup, "it is set up here");
}

static void judge_leaks(struct explorer *explorer)
{
	for (size_t i = 0; i < explorer->leak_count; i++)
		judge_leak(explorer, &explorer->leaks[i]);
}

const struct check check_finalize_missing = {
	.rule = {
		.name = "finalize-missing",
		.summary = "a migration that was set up is never finalized",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"After a setup that collected pages, these pages are locked, taken off the LRU\n"
"and replaced by migration entries in every page table that mapped them. Only\n"
"migrate_vma_finalize() takes that back, whether or not anything migrated. A\n"
"thread that touches one of the pages in between sleeps, and so does whoever\n"
"wants to lock it: without the call for ever.\n"
"\n"
"Call migrate_vma_finalize() on every path behind a setup that returned 0, also\n"
"when the driver has failed. Only where cpages is 0 there is nothing to give\n"
"back. The same holds for migrate_device_range() and migrate_device_finalize().",
		.code =
" static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
" {\n"
" \tunsigned long src = 0, dst = 0;\n"
" \tstruct migrate_vma args = {\n"
" \t\t.vma = vma,\n"
" \t\t.start = addr,\n"
" \t\t.end = addr + PAGE_SIZE,\n"
" \t\t.src = &src,\n"
" \t\t.dst = &dst,\n"
" \t\t.pgmap_owner = drv,\n"
" \t\t.flags = MIGRATE_VMA_SELECT_SYSTEM,\n"
" \t};\n"
" \tint ret = migrate_vma_setup(&args);\n"
" \n"
" \tif (ret || !args.cpages)\n"
" \t\treturn ret;\n"
" \tdst = drv_copy_one(drv, src);\n"
" \tmigrate_vma_pages(&args);\n"
"+\tmigrate_vma_finalize(&args);\n"
" \treturn 0;\n"
" }\n",
	},
	.paths = judge_leaks,
};

const struct check check_return_inside = {
	.rule = {
		.name = "return-inside",
		.summary = "a path leaves between migrate_vma_setup() and migrate_vma_finalize()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"This function does call migrate_vma_finalize(), but a return, goto, break or\n"
"continue leads past it while the migration is open. What it collected stays\n"
"locked for ever: see finalize-missing.\n"
"\n"
"Often that is a callback of the old API, moved into the function: its early\n"
"return meant \"go on without this page\", not \"leave\". Turn it into a jump to\n"
"migrate_vma_pages(), or to migrate_vma_finalize() while dst is still empty.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tret = drv_start_copy(drv);\n"
" \tif (ret)\n"
"-\t\treturn ret;\n"
"+\t\tgoto finalize;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"+finalize:\n"
" \tmigrate_vma_finalize(args);\n"
"-\treturn 0;\n"
"+\treturn ret;\n"
" }\n",
	},
};
