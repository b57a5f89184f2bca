// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

static void look_at_write(const struct event *event)
{
	struct finding *finding;

	/* Taking MIGRATE away leaves a page out, as the core does itself. */
	if (!holds_pages(event->state) ||
	    (!strcmp(event->operator, "&=") && !strcmp(event->text, "~MIGRATE_PFN_MIGRATE")))
		return;
	finding = event_found(event, "src-written",
			      "src is written to between setup and finalize: until then it belongs "
			      "to the core, which finds its pages through it");
	event_note(event, finding, event->state->setup_at, "it is set up here");
}

const struct check check_src_written = {
	.rule = {
		.name = "src-written",
		.summary = "src is written to between setup and finalize",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The words of src are the core's own record of what it has locked and taken off\n"
"the LRU. migrate_vma_pages() and migrate_vma_finalize() read them to find the\n"
"pages again. A driver that changes one loses a page for ever, or has another\n"
"one unlocked that nobody locked.\n"
"\n"
"To leave out a page, leave its word of dst 0. Taking away MIGRATE_PFN_MIGRATE\n"
"alone does no harm either: that is how the core marks a page that stays.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tunsigned long i;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tfor (i = 0; i < args->npages; i++)\n"
"-\t\tif (!drv_wants(drv, args->src[i]))\n"
"-\t\t\targs->src[i] = 0;\n"
"-\tdrv_copy_in(drv, args);\n"
"+\t\tif (drv_wants(drv, args->src[i]))\n"
"+\t\t\targs->dst[i] = drv_copy_one(drv, args->src[i]);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_SRC] = look_at_write,
};
