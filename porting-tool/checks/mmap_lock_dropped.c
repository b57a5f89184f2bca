// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

static bool unlocks(const struct event *event)
{
	const struct expression *call = event->expression;
	const struct expression *argument = expression_argument(call, 0);

	if (event->effect == CALL_UNLOCK_MMAP)
		return true;
	/* up_read(&mm->mmap_sem), and by its new name. */
	return call->name && (!strcmp(call->name, "up_read") || !strcmp(call->name, "up_write")) &&
	       argument && (text_mentions(argument->text, "mmap_sem") ||
			    text_mentions(argument->text, "mmap_lock"));
}

static void look_at_call(const struct event *event)
{
	struct finding *finding;

	if (!holds_pages(event->state) || event->state->unknown || !unlocks(event))
		return;
	finding = event_found(event, "mmap-lock-dropped",
			      "%s() lets go of the lock of the address space between setup and "
			      "finalize",
			      event->expression->name);
	event_note(event, finding, event->state->setup_at, "it is set up here");
}

const struct check check_mmap_lock_dropped = {
	.rule = {
		.name = "mmap-lock-dropped",
		.summary = "the lock of the address space is dropped while a migration is open",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The caller holds mmap_lock (mmap_sem before 5.8), for reading at least, from\n"
"before migrate_vma_setup() until migrate_vma_finalize() has returned. Without it\n"
"the VMA may be unmapped, split or freed between the calls, and the last two of\n"
"them use it.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)\n"
"{\n"
"\tint ret;\n"
"\n"
"\tmmap_read_lock(mm);\n"
"\tret = migrate_vma_setup(args);\n"
"\tif (ret) {\n"
"\t\tmmap_read_unlock(mm);\n"
"\t\treturn ret;\n"
"\t}\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmmap_read_unlock(mm);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)\n"
"{\n"
"\tint ret;\n"
"\n"
"\tmmap_read_lock(mm);\n"
"\tret = migrate_vma_setup(args);\n"
"\tif (ret) {\n"
"\t\tmmap_read_unlock(mm);\n"
"\t\treturn ret;\n"
"\t}\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\tmmap_read_unlock(mm);\n"
"\treturn 0;\n"
"}\n",
	},
	.on[MOMENT_CALL] = look_at_call,
};
