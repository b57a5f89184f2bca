// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_step(const struct event *event)
{
	struct finding *finding;

	/* migrate_device_range() has nothing to fail with; most drivers do not ask. */
	if (event->frame->subject.device || event->state->phase != PHASE_FAILED ||
	    event->state->tested)
		return;
	finding = add_finding(event->explorer->checker, "setup-result",
			      place_unpack(event->explorer->checker, event->state->setup_at),
			      "the result of migrate_vma_setup() is not tested before %s() is "
			      "called",
			      event->expression->name);
	add_note(event->explorer->checker, finding, frame_place(event->frame, event->expression),
		 "%s() is called here", event->expression->name);
}

static void look_at_dropped(const struct event *event)
{
	event_found(event, "setup-result",
		    "the result of %s() is thrown away: whether there is anything to migrate and "
		    "to finalize is not known",
		    event->expression->name);
}

const struct check check_setup_result = {
	.rule = {
		.name = "setup-result",
		.summary = "the result of migrate_vma_setup() is not tested",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_setup() returns 0 or -EINVAL. After an error it has collected\n"
"nothing: src, cpages and npages hold what they held before, in a loop that is\n"
"what the last turn left there. A driver that goes on reads those words as\n"
"pages, and migrate_vma_pages() and migrate_vma_finalize() unlock and free them\n"
"a second time.\n"
"\n"
"Test the result, and leave without the other two calls when it is not 0.\n"
"cpages does not replace the test: a failed call does not set it.",
		.code =
"-static void drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"+static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
"-\tmigrate_vma_setup(args);\n"
"+\tint ret = migrate_vma_setup(args);\n"
"+\n"
"+\tif (ret)\n"
"+\t\treturn ret;\n"
" \tif (args->cpages) {\n"
" \t\tdrv_copy_in(drv, args);\n"
" \t\tmigrate_vma_pages(args);\n"
" \t\tmigrate_vma_finalize(args);\n"
" \t}\n"
"+\treturn 0;\n"
" }\n",
	},
	.on[MOMENT_DROPPED] = look_at_dropped,
	.on[MOMENT_PAGES] = look_at_step,
	.on[MOMENT_FINALIZE] = look_at_step,
};
