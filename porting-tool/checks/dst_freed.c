// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_page(const struct event *event)
{
	struct state *state = event->state;
	struct finding *finding;

	if (state->phase == PHASE_OPEN && !state->pages_called) {
		if (!state->places[PLACE_FREED])
			state->places[PLACE_FREED] = event_place(event);
		return;
	}
	if (!state->pages_called || (state->phase != PHASE_OPEN && state->phase != PHASE_CLOSED) ||
	    !(state->cpages & VALUE_TRUE))
		return;
	finding = event_found(event, "dst-freed",
			      "%s() gives up a page of dst after migrate_vma_pages(): finalize "
			      "unlocks and frees every page in dst, migrated or not",
			      event->expression->name);
	event_note(event, finding, state->fill_at, "the page is written to dst here");
}

static void look_at_dst(const struct event *event)
{
	struct checker *checker = event->explorer->checker;
	place_id at = event->state->places[PLACE_FREED];
	struct finding *finding;

	if (!at)
		return;
	finding = add_finding(checker, "dst-freed", place_unpack(checker, at),
			      "the page given up here is still in dst when %s() is called: finalize "
			      "unlocks and frees it a second time",
			      event->expression->name);
	add_note(checker, finding, frame_place(event->frame, event->expression),
		 "%s() is called here", event->expression->name);
}

const struct check check_dst_freed = {
	.rule = {
		.name = "dst-freed",
		.summary = "a page is unlocked or freed by the driver while it is in dst",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A page that stands in dst is the core's: migrate_vma_finalize() unlocks it and\n"
"drops the reference the driver took, whether or not it was migrated to. A driver\n"
"that does either itself makes it happen twice.\n"
"\n"
"Before migrate_vma_pages() a driver may give up on a page: it unlocks it, drops\n"
"its reference, and sets the word of dst to 0. Behind that call it may not.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = drv_get_locked_page(drv);\n"
" \targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
" \tret = drv_copy(drv, page, args->src[0]);\n"
" \tif (ret) {\n"
" \t\tunlock_page(page);\n"
" \t\tput_page(page);\n"
"+\t\targs->dst[0] = 0;\n"
" \t}\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
	.on[MOMENT_DROP_PAGE] = look_at_page,
	.on[MOMENT_READY] = look_at_dst,
};
