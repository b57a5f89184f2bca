// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"
#include "fixes.h"

static void look_at_call(const struct event *event)
{
	struct finding *finding =
		event_found(event, "locked-page-freed",
			    "%s() gives back a page that is still locked", event->expression->name);

	const struct expression *page = expression_inner(expression_argument(event->expression, 0));

	if (page && page->kind == EXPRESSION_NAME)
		fix_statement_before(event->explorer->checker, finding, event->expression->first,
				     arena_printf(&event->explorer->checker->arena,
						  "unlock_page(%s);", page->name));
	event_note(event, finding, event->taken_at, "the page is taken here");
}

const struct check check_locked_page_freed = {
	.rule = {
		.name = "locked-page-freed",
		.summary = "a page is given back that is still locked",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A page for the destination is locked before it goes into dst. A driver that gives\n"
"up on it before migrate_vma_pages() has to unlock it first: the allocator finds\n"
"a locked page to be bad when it gets it, and takes it out of use.\n"
"\n"
"Call unlock_page() before put_page() or __free_page().",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct page *page;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tpage = alloc_page(GFP_HIGHUSER);\n"
" \tif (page) {\n"
" \t\tlock_page(page);\n"
"-\t\tif (drv_copy(drv, page, args->src[0]))\n"
"+\t\tif (drv_copy(drv, page, args->src[0])) {\n"
"+\t\t\tunlock_page(page);\n"
" \t\t\t__free_page(page);\n"
"-\t\telse\n"
"+\t\t} else {\n"
" \t\t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"+\t\t}\n"
" \t}\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_FREE_LOCKED] = look_at_call,
};
