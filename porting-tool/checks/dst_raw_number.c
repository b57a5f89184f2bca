// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* What makes a whole word, or marks one that was put together by hand. */
static bool makes_word(const char *text)
{
	static const char *const names[] = {
		"migrate_pfn", "migrate_pfn_from_page", "MIGRATE_PFN_SHIFT", "MIGRATE_PFN_VALID",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (text_mentions(text, names[i]))
			return true;
	return false;
}

static void look_at_write(const struct event *event)
{
	const struct syntax *syntax = &event->frame->function->unit->syntax;
	uint32_t value = event->expression->last + 2;
	struct finding *finding;

	if (strcmp(event->operator, "=") || makes_word(event->text) ||
	    (strncmp(event->text, "page_to_pfn(", 12) && strncmp(event->text, "folio_pfn(", 10)))
		return;
	finding = event_found(event, "dst-raw-number",
			      "a frame number is written to dst as it is; a word of dst is "
			      "migrate_pfn(number), and without MIGRATE_PFN_VALID the page is not "
			      "seen");
	if (!code_is(syntax, value - 1, "=") || !code_is(syntax, value + 1, "("))
		return;
	add_edit(event->explorer->checker, finding, code_start(syntax, value),
		 code_start(syntax, value), "migrate_pfn(");
	value = syntax->match[value + 1];
	add_edit(event->explorer->checker, finding, code_end(syntax, value),
		 code_end(syntax, value), ")");
}

const struct check check_dst_raw_number = {
	.rule = {
		.name = "dst-raw-number",
		.summary = "a bare frame number is written to dst",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The words of src and dst hold a frame number and flags beside it. A number that\n"
"is written as it is puts its lowest bits where the flags are: the core sees no\n"
"page, or another one, and the page that was meant is lost.\n"
"\n"
"Write migrate_pfn(page_to_pfn(page)).",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args, struct page *page)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_copy(drv, page, args->src[0]);\n"
"-\targs->dst[0] = page_to_pfn(page);\n"
"+\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_DST] = look_at_write,
};
