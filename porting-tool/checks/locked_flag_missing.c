// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

/* Up to 5.15 a word of dst says that its page is locked. */
static void look_for_locked_flag(struct checker *checker, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	if (function_mentions(function, "MIGRATE_PFN_LOCKED"))
		return;
	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (code_is(syntax, i, "migrate_pfn") && code_is(syntax, i + 1, "("))
			add_finding(checker, "locked-flag-missing",
				    (struct place){ function->unit, i },
				    "up to Linux 5.15 a word of dst says that its page is locked: "
				    "migrate_pfn(pfn) | MIGRATE_PFN_LOCKED");
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; checker->target->pfn_locked && i < checker->program.function_count; i++)
		look_for_locked_flag(checker, &checker->program.functions[i]);
}

const struct check check_locked_flag_missing = {
	.rule = {
		.name = "locked-flag-missing",
		.summary = "a word of dst lacks MIGRATE_PFN_LOCKED",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.until = "5.15",
		.example = "5.15",
		.explanation =
"Up to Linux 5.15 the documentation asks for MIGRATE_PFN_LOCKED in every word of\n"
"dst, to say that the page is locked. The core of those releases does not read\n"
"it there, so nothing breaks without it; but a debugging kernel or a vendor's may\n"
"hold the driver to its word. Since 5.16 the flag is gone.\n"
"\n"
"A driver for both defines it as 0 where the kernel does not define it.",
		.code =
" static unsigned long drv_page_word(struct page *page)\n"
" {\n"
"-\treturn migrate_pfn(page_to_pfn(page));\n"
"+\treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
" }\n",
	},
	.program = look_at_functions,
	.by_release = true,
};
