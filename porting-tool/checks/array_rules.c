// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules about the words of src and dst, and about the pages they stand for.
 */
#include "rules.h"

const struct rule array_rules[] = {
	{
		.name = "src-written",
		.summary = "src is written to between setup and finalize",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The words of src are the core's own record of what it has locked and taken off\n"
"the LRU. migrate_vma_pages() and migrate_vma_finalize() read them to find the\n"
"pages again. A driver that changes one loses a page for ever, or has another\n"
"one unlocked that nobody locked.\n"
"\n"
"To leave out a page, leave its word of dst 0. Taking away MIGRATE_PFN_MIGRATE\n"
"alone does no harm either: that is how the core marks a page that stays.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (!drv_wants(drv, args->src[i]))\n"
"\t\t\targs->src[i] = 0;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (drv_wants(drv, args->src[i]))\n"
"\t\t\targs->dst[i] = drv_copy_one(drv, args->src[i]);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
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
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (!(args->src[i] & MIGRATE_PFN_MIGRATE))\n"
"\t\t\targs->dst[i] = 0;\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tunsigned long i;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tfor (i = 0; i < args->npages; i++)\n"
"\t\tif (!(args->src[i] & MIGRATE_PFN_MIGRATE))\n"
"\t\t\tdrv_forget(drv, args->dst[i]);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "dst-prefilled",
		.summary = "dst is filled before migrate_vma_setup(), which clears it",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_setup() writes 0 to the word of dst of every page it looks at. A\n"
"page whose number was put there before is forgotten: it is not migrated to, and\n"
"nobody unlocks or frees it.\n"
"\n"
"Only behind the setup it is known which pages are to be migrated at all:\n"
"allocate then, for each word of src that has MIGRATE_PFN_MIGRATE.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page = drv_get_locked_page(drv);\n"
"\tint ret;\n"
"\n"
"\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\tret = migrate_vma_setup(args);\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy(drv, page, args->src[0]);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret;\n"
"\n"
"\tret = migrate_vma_setup(args);\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tif (args->src[0] & MIGRATE_PFN_MIGRATE) {\n"
"\t\tpage = drv_get_locked_page(drv);\n"
"\t\tdrv_copy(drv, page, args->src[0]);\n"
"\t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\t}\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "dst-unlocked",
		.summary = "a page is put in dst that nobody has locked",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"Every page in dst is locked when migrate_vma_pages() is called, and stays so\n"
"until migrate_vma_finalize() unlocks it: nobody may see its content or its\n"
"mapping before both are complete. For a page that is not locked the core warns\n"
"and unlocks a lock that another thread may hold.\n"
"\n"
"Call lock_page() on a new page of system memory. A page of the device is locked\n"
"by zone_device_page_init() since Linux 6.1, by lock_page() before. That\n"
"MIGRATE_PFN_LOCKED is gone since 5.16 changes nothing about the lock itself.",
		.wrong =
"static int drv_move_out(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, args->vma, args->start);\n"
"\tif (page) {\n"
"\t\tcopy_highpage(page, migrate_pfn_to_page(args->src[0]));\n"
"\t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\t}\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_out(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, args->vma, args->start);\n"
"\tif (page) {\n"
"\t\tlock_page(page);\n"
"\t\tcopy_highpage(page, migrate_pfn_to_page(args->src[0]));\n"
"\t\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\t}\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "dst-freed",
		.summary = "a page is unlocked or freed by the driver while it is in dst",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A page that stands in dst is the core's: migrate_vma_finalize() unlocks it and\n"
"drops the reference the driver took, whether or not it was migrated to. A driver\n"
"that does either itself makes it happen twice.\n"
"\n"
"Before migrate_vma_pages() a driver may give up on a page: it unlocks it, drops\n"
"its reference, and sets the word of dst to 0. Behind that call it may not.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tstruct page *page;\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tpage = drv_get_locked_page(drv);\n"
"\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\tret = drv_copy(drv, page, args->src[0]);\n"
"\tif (ret) {\n"
"\t\tunlock_page(page);\n"
"\t\tput_page(page);\n"
"\t}\n"
"\tmigrate_vma_pages(args);\n"
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
"\targs->dst[0] = migrate_pfn(page_to_pfn(page));\n"
"\tret = drv_copy(drv, page, args->src[0]);\n"
"\tif (ret) {\n"
"\t\tunlock_page(page);\n"
"\t\tput_page(page);\n"
"\t\targs->dst[0] = 0;\n"
"\t}\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn ret;\n"
"}\n",
	},
	{
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
		.wrong =
"static unsigned long drv_page_word(struct page *page)\n"
"{\n"
"\treturn migrate_pfn(page_to_pfn(page));\n"
"}\n",
		.right =
"static unsigned long drv_page_word(struct page *page)\n"
"{\n"
"\treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
"}\n",
	},
	{ .name = NULL },
};
