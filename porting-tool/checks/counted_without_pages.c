// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

static void judge_count(struct explorer *explorer, const struct count *count)
{
	struct checker *checker = explorer->checker;
	struct finding *finding;

	if (!count->after_finalize && !(count->after_pages && count->without_pages))
		return;
	finding = add_finding(checker, "counted-without-pages", place_unpack(checker, count->at),
			 "pages are counted as migrated on a path without migrate_vma_pages(): "
			 "until it was called MIGRATE_PFN_MIGRATE says that a page could "
			 "migrate, not that it has");
	if (count->counted_at != count->at)
		add_note(checker, finding, place_unpack(checker, count->counted_at),
		     "they are counted here");
}

static void judge_counts(struct explorer *explorer)
{
	for (size_t i = 0; i < explorer->count_count; i++)
		judge_count(explorer, &explorer->counts[i]);
}

const struct check check_counted_without_pages = {
	.rule = {
		.name = "counted-without-pages",
		.summary = "migrated pages are counted on a path without migrate_vma_pages()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"Behind migrate_vma_setup() MIGRATE_PFN_MIGRATE in a word of src says that the\n"
"page may migrate. migrate_vma_pages() takes the bit away from every page that\n"
"did not; only then it says that the page has migrated. Where that call was left\n"
"out, which is allowed while dst is empty, every page still looks migrated.\n"
"\n"
"Count between migrate_vma_pages() and migrate_vma_finalize(), or behind both,\n"
"and never on a path that skips the first.",
		.code =
" static unsigned long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tunsigned long i, moved = 0;\n"
" \n"
" \tif (migrate_vma_setup(args))\n"
" \t\treturn 0;\n"
" \tif (drv_start_copy(drv))\n"
" \t\tgoto finalize;\n"
" \tdrv_copy_in(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
"-finalize:\n"
" \tfor (i = 0; i < args->npages; i++)\n"
" \t\tif (args->src[i] & MIGRATE_PFN_MIGRATE)\n"
" \t\t\tmoved++;\n"
"+finalize:\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn moved;\n"
" }\n",
	},
	.paths = judge_counts,
};
