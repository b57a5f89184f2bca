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
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_finalize(args);\n"
"\tmigrate_vma_pages(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
	},
	.on[MOMENT_PAGES] = look_at_pages,
	.on[MOMENT_FINALIZE] = look_at_step,
};
