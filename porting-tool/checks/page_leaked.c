// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_page(const struct event *event)
{
	struct checker *checker = event->explorer->checker;
	const struct function *function = event->frame->function;
	struct place end = { function->unit, function->node->last };
	struct finding *finding;

	finding = add_finding(checker, "page-leaked",
			      place_unpack(checker, event->taken_at),
			      "the page taken here is neither put into dst nor given back on some "
			      "path");
	add_note(checker, finding,
		 event->expression ? frame_place(event->frame, event->expression) : end,
		 "nothing has it any more here");
}

const struct check check_page_leaked = {
	.rule = {
		.name = "page-leaked",
		.summary = "a page is taken, and lost on an error path",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A page that the driver takes for the destination belongs to the driver until it\n"
"is in dst: then migrate_vma_finalize() unlocks and puts it, migrated or not. On\n"
"a path that leaves before dst has the page the driver must give it back itself.\n"
"Device memory that leaks this way is gone until the driver is loaded anew, and\n"
"memunmap_pages() waits for the page for ever.\n"
"\n"
"Unlock and put the page before the path leaves. A page that is in dst already is\n"
"taken out of it as well: its word becomes 0.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = drv_get_page(drv);\n"
" \tret = drv_copy(drv, page, args->src[0]);\n"
"-\tif (ret)\n"
"+\tif (ret) {\n"
"+\t\tunlock_page(page);\n"
"+\t\tput_page(page);\n"
" \t\tgoto out;\n"
"+\t}\n"
" \targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
" \tmigrate_vma_pages(args);\n"
" out:\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
	.on[MOMENT_LOSE_PAGE] = look_at_page,
};
