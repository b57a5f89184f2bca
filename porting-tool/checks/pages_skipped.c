// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

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

static void look_at_finalize(const struct event *event)
{
	struct explorer *explorer = event->explorer;
	const struct state *state = event->state;
	const char *pages =
		event->frame->subject.device ? "migrate_device_pages" : "migrate_vma_pages";
	/* What dst holds is not known, but nothing ever moves the pages. */
	bool never = !explorer->calls_pages && !state->handed_over && state->fill_at &&
		     (state->dst == FILL_PERHAPS || state->dst_earlier == FILL_PERHAPS);
	struct finding *finding;
	uint32_t jump;

	if (!holds_pages(state) || state->pages_called || state->unknown ||
	    (state->dst != FILL_PAGE && state->dst_earlier != FILL_PAGE && !never))
		return;
	finding = event_found(event, "pages-skipped",
			      "%s() is called with pages in dst and without %s() before it: the "
			      "source pages are freed while page tables still point at them",
			      event->expression->name, pages);
	event_note(event, finding, state->fill_at, "dst is filled here");
	jump = last_jump(explorer, event->frame, event->trail, state->setup_at);
	if (jump != TRAIL_NONE)
		add_note(explorer->checker, finding, mark_place(&explorer->marks[jump]),
			 "and this leads past %s()", pages);
}

const struct check check_pages_skipped = {
	.rule = {
		.name = "pages-skipped",
		.summary = "migrate_vma_finalize() is reached with dst filled and without migrate_vma_pages()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_finalize() takes a source word that still has MIGRATE_PFN_MIGRATE,\n"
"with a page in dst beside it, for a page that migrated. It then looks for page\n"
"tables to point at the new page. Without migrate_vma_pages() the new page\n"
"belongs to no mapping, so it finds none: it unlocks and frees the source page,\n"
"and leaves migration entries behind that lead to a freed page. The next access\n"
"ends in a BUG().\n"
"\n"
"A driver that gives up after it has written to dst unlocks and frees those\n"
"pages, sets their words of dst to 0, and then calls migrate_vma_finalize(), with\n"
"or without migrate_vma_pages() before it. Or it writes to dst last.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = drv_get_locked_page(drv);\n"
" \tif (!page)\n"
" \t\tgoto finalize;\n"
"+\tret = drv_copy(drv, page, args->src[0]);\n"
"+\tif (ret) {\n"
"+\t\tunlock_page(page);\n"
"+\t\tput_page(page);\n"
"+\t\tgoto finalize;\n"
"+\t}\n"
" \targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"-\tret = drv_copy(drv, page, args->src[0]);\n"
"-\tif (ret)\n"
"-\t\tgoto finalize;\n"
" \tmigrate_vma_pages(args);\n"
" finalize:\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
	.on[MOMENT_FINALIZE] = look_at_finalize,
};
