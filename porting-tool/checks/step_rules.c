// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules about the order of the three calls, and about the paths between them.
 */
#include "rules.h"

const struct rule step_rules[] = {
	{
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
		.wrong =
"static void drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tmigrate_vma_setup(args);\n"
"\tif (args->cpages) {\n"
"\t\tdrv_copy_in(drv, args);\n"
"\t\tmigrate_vma_pages(args);\n"
"\t\tmigrate_vma_finalize(args);\n"
"\t}\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tif (args->cpages) {\n"
"\t\tdrv_copy_in(drv, args);\n"
"\t\tmigrate_vma_pages(args);\n"
"\t\tmigrate_vma_finalize(args);\n"
"\t}\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "after-failed-setup",
		.summary = "migrate_vma_pages() or _finalize() is called after a failed setup",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"When migrate_vma_setup() returns an error there is no migration: nothing is\n"
"locked, and src and npages are not what this call found. migrate_vma_pages()\n"
"and migrate_vma_finalize() would work on whatever the arrays hold.\n"
"\n"
"Let the error path of the setup end behind migrate_vma_finalize(). A label that\n"
"error paths share belongs behind that call, or there are two labels.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\tgoto out;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"out:\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\tgoto out;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"out:\n"
"\treturn ret;\n"
"}\n",
	},
	{
		.name = "finalize-missing",
		.summary = "a migration that was set up is never finalized",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"After a setup that collected pages, these pages are locked, taken off the LRU\n"
"and replaced by migration entries in every page table that mapped them. Only\n"
"migrate_vma_finalize() takes that back, whether or not anything migrated. A\n"
"thread that touches one of the pages in between sleeps, and so does whoever\n"
"wants to lock it: without the call for ever.\n"
"\n"
"Call migrate_vma_finalize() on every path behind a setup that returned 0, also\n"
"when the driver has failed. Only where cpages is 0 there is nothing to give\n"
"back. The same holds for migrate_device_range() and migrate_device_finalize().",
		.wrong =
"static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
"{\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args = {\n"
"\t\t.vma = vma,\n"
"\t\t.start = addr,\n"
"\t\t.end = addr + PAGE_SIZE,\n"
"\t\t.src = &src,\n"
"\t\t.dst = &dst,\n"
"\t\t.pgmap_owner = drv,\n"
"\t\t.flags = MIGRATE_VMA_SELECT_SYSTEM,\n"
"\t};\n"
"\tint ret = migrate_vma_setup(&args);\n"
"\n"
"\tif (ret || !args.cpages)\n"
"\t\treturn ret;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
"{\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args = {\n"
"\t\t.vma = vma,\n"
"\t\t.start = addr,\n"
"\t\t.end = addr + PAGE_SIZE,\n"
"\t\t.src = &src,\n"
"\t\t.dst = &dst,\n"
"\t\t.pgmap_owner = drv,\n"
"\t\t.flags = MIGRATE_VMA_SELECT_SYSTEM,\n"
"\t};\n"
"\tint ret = migrate_vma_setup(&args);\n"
"\n"
"\tif (ret || !args.cpages)\n"
"\t\treturn ret;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\tmigrate_vma_finalize(&args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "return-inside",
		.summary = "a path leaves between migrate_vma_setup() and migrate_vma_finalize()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"This function does call migrate_vma_finalize(), but a return, goto, break or\n"
"continue leads past it while the migration is open. What it collected stays\n"
"locked for ever: see finalize-missing.\n"
"\n"
"Often that is a callback of the old API, moved into the function: its early\n"
"return meant \"go on without this page\", not \"leave\". Turn it into a jump to\n"
"migrate_vma_pages(), or to migrate_vma_finalize() while dst is still empty.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tret = drv_start_copy(drv);\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tret = drv_start_copy(drv);\n"
"\tif (ret)\n"
"\t\tgoto finalize;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"finalize:\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
	},
	{
		.name = "pages-skipped",
		.summary = "migrate_vma_finalize() is reached with dst filled and without migrate_vma_pages()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_finalize() takes a source word that still has MIGRATE_PFN_MIGRATE,\n"
"with a page in dst beside it, for a page that migrated. It then looks for page\n"
"tables to point at the new page. Without migrate_vma_pages() the new page\n"
"belongs to no mapping, so it finds none: it unlocks and frees the source page,\n"
"and leaves migration entries behind that lead to a freed page. The next access\n"
"ends in a BUG().\n"
"\n"
"A driver that gives up after it has written to dst unlocks and frees those\n"
"pages, sets their words of dst to 0, and then calls migrate_vma_finalize(), with\n"
"or without migrate_vma_pages() before it. Or it writes to dst last.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tpage = drv_get_locked_page(drv);\n"
"\tif (!page)\n"
"\t\tgoto finalize;\n"
"\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\tret = drv_copy(drv, page, args->src[0]);\n"
"\tif (ret)\n"
"\t\tgoto finalize;\n"
"\tmigrate_vma_pages(args);\n"
"finalize:\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tpage = drv_get_locked_page(drv);\n"
"\tif (!page)\n"
"\t\tgoto finalize;\n"
"\tret = drv_copy(drv, page, args->src[0]);\n"
"\tif (ret) {\n"
"\t\tunlock_page(page);\n"
"\t\tput_page(page);\n"
"\t\tgoto finalize;\n"
"\t}\n"
"\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\tmigrate_vma_pages(args);\n"
"finalize:\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
	},
	{
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
	{
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
		.wrong =
"static unsigned long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i, moved = 0;\n"
"\n"
"\tif (migrate_vma_setup(args))\n"
"\t\treturn 0;\n"
"\tif (drv_start_copy(drv))\n"
"\t\tgoto finalize;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"finalize:\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (args->src[i] & MIGRATE_PFN_MIGRATE)\n"
"\t\t\tmoved++;\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn moved;\n"
"}\n",
		.right =
"static unsigned long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i, moved = 0;\n"
"\n"
"\tif (migrate_vma_setup(args))\n"
"\t\treturn 0;\n"
"\tif (drv_start_copy(drv))\n"
"\t\tgoto finalize;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (args->src[i] & MIGRATE_PFN_MIGRATE)\n"
"\t\t\tmoved++;\n"
"finalize:\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn moved;\n"
"}\n",
	},
	{
		.name = "cpages-after-finalize",
		.summary = "cpages is read after migrate_vma_finalize() has counted it down",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.until = "5.9",
		.example = "5.4",
		.explanation =
"Up to Linux 5.9 migrate_vma_finalize() subtracts one from cpages for every page\n"
"it is done with, so behind it the member is of no use. Since 5.10 it keeps its\n"
"value. At no time it says how many pages migrated: it is the number of pages\n"
"that were collected.\n"
"\n"
"Read cpages before migrate_vma_finalize(), and count words of src for what\n"
"migrated.",
		.wrong =
"static long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn args->cpages;\n"
"}\n",
		.right =
"static long drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long collected;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tcollected = args->cpages;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn collected;\n"
"}\n",
	},
	{
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
	{
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
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args, void __user *report)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tif (copy_to_user(report, &args->cpages, sizeof(args->cpages)))\n"
"\t\tret = -EFAULT;\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args, void __user *report)\n"
"{\n"
"\tunsigned long collected;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tcollected = args->cpages;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\tif (copy_to_user(report, &collected, sizeof(collected)))\n"
"\t\tret = -EFAULT;\n"
"\treturn ret;\n"
"}\n",
	},
	{
		.name = "too-many-paths",
		.summary = "a function has too many paths to be checked in full",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation =
"Every path through a function that migrates is followed, with what its\n"
"conditions tell. Here there were more than the limit, even with most conditions\n"
"left aside. What was found on the paths that were followed holds; rules about\n"
"all paths, such as finalize-missing, were not applied to this function.\n"
"\n"
"Smaller functions help both this program and the next reader.",
	},
	{ .name = NULL },
};
