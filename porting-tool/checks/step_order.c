// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_step(const struct event *event)
{
	const struct state *state = event->state;
	struct finding *finding;

	if (state->unknown || (state->phase != PHASE_IDLE && state->phase != PHASE_CLOSED))
		return;
	finding = event_found(event, "step-order", "%s() is called %s", event->expression->name,
			      state->phase == PHASE_CLOSED ?
				      "after the migration was finalized" :
				      "without a migration that was set up");
	event_note(event, finding, state->setup_at, "it is set up here");
}

static void look_at_pages(const struct event *event)
{
	const struct state *state = event->state;

	look_at_step(event);
	if (state->phase == PHASE_OPEN && state->pages_called && !state->unknown)
		event_found(event, "step-order", "%s() is called a second time for one migration",
			    event->expression->name);
}

/* Looks for the call that moves this migration's pages. */
struct search {
	const struct frame *frame;
	const struct expression *pages;
};

static bool is_pages(const struct expression *node, void *data)
{
	struct search *search = data;

	if (step_of_call(node) == STEP_PAGES && expression_argument(node, 0) &&
	    subject_role(&search->frame->subject, expression_argument(node, 0)) == ROLE_POINTER)
		search->pages = node;
	return !search->pages;
}

static const struct expression *find_pages(const struct explorer *explorer, struct search *search)
{
	for (const struct frame *frame = explorer->frames; frame && !search->pages;
	     frame = frame->next) {
		search->frame = frame;
		for (size_t i = 0; i < frame->function->flow.count && !search->pages; i++)
			expression_walk(frame->function->flow.steps[i].expression, is_pages,
					search);
	}
	return search->pages;
}

/* No path comes by a setup, whatever the functions on the way look like: nothing ever migrates. */
static void look_at_paths(struct explorer *explorer)
{
	struct search search = { 0 };

	if (!explorer->root->subject.local || explorer->root->subject.device)
		return;
	for (size_t i = 0; i < explorer->mark_count; i++)
		if (explorer->marks[i].state.setup_at || explorer->marks[i].state.unknown ||
		    explorer->marks[i].state.handed_over)
			return;
	if (find_pages(explorer, &search))
		add_finding(explorer->checker, "step-order",
			    frame_place(search.frame, search.pages),
			    "%s() is for a migration that no path sets up before",
			    search.pages->name);
}

const struct check check_step_order = {
	.rule = {
		.name = "step-order",
		.summary = "the three calls are made in the wrong order, or twice",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"For one range there is one migrate_vma_setup(), then at most one\n"
"migrate_vma_pages(), then one migrate_vma_finalize(). A second pages() copies\n"
"the state of pages that have moved already; a second finalize() unlocks and\n"
"frees them a second time; either of them without a setup works on words that\n"
"the core did not write.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy_in(drv, args);\n"
"+\tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
"-\tmigrate_vma_pages(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.paths = look_at_paths,
	.on[MOMENT_PAGES] = look_at_pages,
	.on[MOMENT_FINALIZE] = look_at_step,
};
