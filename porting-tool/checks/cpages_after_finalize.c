// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

static void look_at_member(const struct event *event)
{
	const char *name = subject_member(&event->frame->subject, event->expression);

	if (event->explorer->checker->target->number < SINCE_CPAGES_STAY && name &&
	    !strcmp(name, "cpages") && event->state->phase == PHASE_CLOSED &&
	    !event->state->unknown)
		event_found(event, "cpages-after-finalize",
			    "cpages is read after migrate_vma_finalize(), which counts it down up "
			    "to Linux 5.9");
}

const struct check check_cpages_after_finalize = {
	.rule = {
		.name = "cpages-after-finalize",
		.summary = "cpages is read after migrate_vma_finalize() has counted it down",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.until = "5.9",
		.example = "5.4",
		.explanation =
"Up to Linux 5.9 migrate_vma_finalize() subtracts one from cpages for every page\n"
"it is done with, so behind it the member is of no use. Since 5.10 it keeps its\n"
"value. At no time it says how many pages migrated: it is the number of pages\n"
"that were collected.\n"
"\n"
"Read cpages before migrate_vma_finalize(), and count words of src for what\n"
"migrated.",
		.code =
" static long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
"+\tunsigned long collected;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
"+\tcollected = args->cpages;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
"-\treturn args->cpages;\n"
"+\treturn collected;\n"
" }\n",
	},
	.on[MOMENT_READ] = look_at_member,
};
