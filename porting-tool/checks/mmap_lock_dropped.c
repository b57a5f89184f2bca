// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "helper_does.h"

/* down_read(&mm->mmap_sem) and its kin, and by its new name. */
static bool is_rwsem_call(const struct expression *call, const char *read, const char *write)
{
	const struct expression *argument = expression_argument(call, 0);

	return call->name && (!strcmp(call->name, read) || !strcmp(call->name, write)) &&
	       argument && (text_mentions(argument->text, "mmap_sem") ||
			    text_mentions(argument->text, "mmap_lock"));
}

static bool unlocks(const struct expression *call)
{
	return call_effect(call->name) == CALL_UNLOCK_MMAP ||
	       is_rwsem_call(call, "up_read", "up_write");
}

static bool locks(const struct expression *call)
{
	return (call->name && (!strncmp(call->name, "mmap_read_lock", 14) ||
			       !strncmp(call->name, "mmap_write_lock", 15) ||
			       !strcmp(call->name, "mmap_read_trylock"))) ||
	       is_rwsem_call(call, "down_read", "down_write");
}

static void look_at_call(const struct event *event)
{
	struct finding *finding;

	if (!holds_pages(event->state) || event->state->unknown ||
	    (!unlocks(event->expression) && !helper_does(event, unlocks, locks)))
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
		.code =
" static int drv_move_in(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)\n"
" {\n"
" \tint ret;\n"
" \n"
" \tmmap_read_lock(mm);\n"
" \tret = migrate_vma_setup(args);\n"
" \tif (ret) {\n"
" \t\tmmap_read_unlock(mm);\n"
" \t\treturn ret;\n"
" \t}\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"+\tmigrate_vma_finalize(args);\n"
" \tmmap_read_unlock(mm);\n"
"-\tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_CALL] = look_at_call,
};
