// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_dst(const struct event *event)
{
	struct checker *checker = event->explorer->checker;
	place_id at = event->state->places[PLACE_UNLOCKED];
	struct finding *finding;

	if (!at || event->state->pages_called)
		return;
	finding = add_finding(checker, "dst-unlocked", place_unpack(checker, at),
			      "the page written to dst here is not locked when %s() is called",
			      event->expression->name);
	add_note(checker, finding, frame_place(event->frame, event->expression),
		 "%s() is called here", event->expression->name);
}

const struct check check_dst_unlocked = {
	.rule = {
		.name = "dst-unlocked",
		.summary = "a page is put in dst that nobody has locked",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"Every page in dst is locked when migrate_vma_pages() is called, and stays so\n"
"until migrate_vma_finalize() unlocks it: nobody may see its content or its\n"
"mapping before both are complete. For a page that is not locked the core warns\n"
"and unlocks a lock that another thread may hold.\n"
"\n"
"Call lock_page() on a new page of system memory. A page of the device is locked\n"
"by zone_device_page_init() since Linux 6.1, by lock_page() before. That\n"
"MIGRATE_PFN_LOCKED is gone since 5.16 changes nothing about the lock itself.",
		.code =
" static int drv_move_out(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, args->vma, args->start);\n"
" \tif (page) {\n"
"+\t\tlock_page(page);\n"
" \t\tcopy_highpage(page, migrate_pfn_to_page(args->src[0]));\n"
" \t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
" \t}\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_READY] = look_at_dst,
};
