// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void look_at_write(const struct event *event)
{
	if (holds_pages(event->state) && event->state->pages_called)
		event_found(event, "dst-written-late",
			    "dst is written to after migrate_vma_pages(): finalize unlocks and "
			    "frees what it finds there now, not what was migrated");
}

const struct check check_dst_written_late = {
	.rule = {
		.name = "dst-written-late",
		.summary = "dst is written to after migrate_vma_pages()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_pages() moves mappings to the pages that dst names.\n"
"migrate_vma_finalize() reads dst again, to map those pages, to unlock them and\n"
"to drop the driver's reference. A word that changed in between makes it map or\n"
"free another page; one that became 0 leaks the page that was moved to.\n"
"\n"
"dst is the driver's from the setup until migrate_vma_pages(), and only then.\n"
"Behind that call a page needs no cleaning up: finalize gives up every page in\n"
"dst, migrated or not.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tunsigned long i;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
" \tfor (i = 0; i < args->npages; i++)\n"
" \t\tif (!(args->src[i] & MIGRATE_PFN_MIGRATE))\n"
"-\t\t\targs->dst[i] = 0;\n"
"+\t\t\tdrv_forget(drv, args->dst[i]);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_DST] = look_at_write,
};
