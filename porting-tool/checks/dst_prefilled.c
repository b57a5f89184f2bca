// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

static void look_at_write(const struct event *event)
{
	struct state *state = event->state;

	if (state->phase != PHASE_IDLE && state->phase != PHASE_CLOSED)
		return;
	if (write_names_page(event) && state->unknown != UNKNOWN_CODE)
		state->places[PLACE_PREFILLED] = event_place(event);
	else if (event->value == VALUE_ZERO)
		state->places[PLACE_PREFILLED] = 0;
}

static void look_at_setup(const struct event *event)
{
	struct checker *checker = event->explorer->checker;
	place_id at = event->state->places[PLACE_PREFILLED];

	if (!at || event->frame->subject.device)
		return;
	add_note(checker,
		 add_finding(checker, "dst-prefilled", place_unpack(checker, at),
			     "dst is filled before migrate_vma_setup(), which clears it"),
		 frame_place(event->frame, event->expression), "it is set up here");
}

const struct check check_dst_prefilled = {
	.rule = {
		.name = "dst-prefilled",
		.summary = "dst is filled before migrate_vma_setup(), which clears it",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_setup() writes 0 to the word of dst of every page it looks at. A\n"
"page whose number was put there before is forgotten: it is not migrated to, and\n"
"nobody unlocks or frees it.\n"
"\n"
"Only behind the setup it is known which pages are to be migrated at all:\n"
"allocate then, for each word of src that has MIGRATE_PFN_MIGRATE.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
"-\tstruct page *page = drv_get_locked_page(drv);\n"
"+\tstruct page *page;\n"
" \tint ret;\n"
" \n"
"-\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
" \tret = migrate_vma_setup(args);\n"
" \tif (ret)\n"
" \t\treturn ret;\n"
"-\tdrv_copy(drv, page, args->src[0]);\n"
"+\tif (args->src[0] & MIGRATE_PFN_MIGRATE) {\n"
"+\t\tpage = drv_get_locked_page(drv);\n"
"+\t\tdrv_copy(drv, page, args->src[0]);\n"
"+\t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"+\t}\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_DST] = look_at_write,
	.on[MOMENT_SETUP] = look_at_setup,
};
