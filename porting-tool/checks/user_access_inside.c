// SPDX-License-Identifier: GPL-2.0-only
#include "helper_does.h"

static bool accesses(const struct expression *call)
{
	return call_effect(call->name) == CALL_USER_ACCESS;
}

static void look_at_call(const struct event *event)
{
	struct finding *finding;

	if (!holds_pages(event->state) || event->state->unknown ||
	    (event->effect != CALL_USER_ACCESS && !helper_does(event, accesses, NULL)))
		return;
	finding = event_found(event, "user-access-inside",
			      "%s() may fault on a page that is being migrated, and then waits "
			      "for this very thread",
			      event->expression->name);
	event_note(event, finding, event->state->setup_at, "it is set up here");
}

const struct check check_user_access_inside = {
	.rule = {
		.name = "user-access-inside",
		.summary = "user memory is accessed while a migration is open",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation =
"Between migrate_vma_setup() and migrate_vma_finalize() the range is mapped by\n"
"migration entries. An access that faults there waits until they are gone, and\n"
"the thread that would remove them is the one that waits. The fault also takes\n"
"mmap_lock a second time.\n"
"\n"
"Copy from and to user memory before the setup or behind finalize, through a\n"
"buffer of the driver.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args, void __user *report)\n"
" {\n"
"+\tunsigned long collected;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
"+\tcollected = args->cpages;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"-\tif (copy_to_user(report, &args->cpages, sizeof(args->cpages)))\n"
"+\tmigrate_vma_finalize(args);\n"
"+\tif (copy_to_user(report, &collected, sizeof(collected)))\n"
" \t\tret = -EFAULT;\n"
"-\tmigrate_vma_finalize(args);\n"
" \treturn ret;\n"
" }\n",
	},
	.on[MOMENT_CALL] = look_at_call,
};
