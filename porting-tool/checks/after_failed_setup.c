// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_step(const struct event *event)
{
	struct finding *finding;

	if (event->frame->subject.device || event->state->phase != PHASE_FAILED ||
	    !event->state->tested)
		return;
	finding = event_found(event, "after-failed-setup",
			      "%s() is called on a path on which migrate_vma_setup() has failed",
			      event->expression->name);
	event_note(event, finding, event->state->setup_at, "it is set up here");
}

const struct check check_after_failed_setup = {
	.rule = {
		.name = "after-failed-setup",
		.summary = "migrate_vma_pages() or _finalize() is called after a failed setup",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"When migrate_vma_setup() returns an error there is no migration: nothing is\n"
"locked, and src and npages are not what this call found. migrate_vma_pages()\n"
"and migrate_vma_finalize() would work on whatever the arrays hold.\n"
"\n"
"Let the error path of the setup end behind migrate_vma_finalize(). A label that\n"
"error paths share belongs behind that call, or there are two labels.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\tgoto out;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"+\tmigrate_vma_finalize(args);\n"
" out:\n"
"-\tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
	.on[MOMENT_PAGES] = look_at_step,
	.on[MOMENT_FINALIZE] = look_at_step,
};
