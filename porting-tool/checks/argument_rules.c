// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules about what migrate_vma_setup() is given.
 */
#include "rules.h"

const struct rule argument_rules[] = {
	{
		.name = "member-missing",
		.summary = "a member of struct migrate_vma that the target needs is not set",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"vma, start, end, src and dst are always needed. What else is needed grew:\n"
"\n"
"  5.7, 5.8   src_owner, on the way back to system memory only\n"
"  5.9        flags: 0 selects nothing, so a driver that compiles unchanged\n"
"             silently stops migrating\n"
"  5.9        pgmap_owner, equal to the owner of the struct dev_pagemap, where\n"
"             device pages are selected, and in both directions where the\n"
"             driver's notifier looks at MMU_NOTIFY_MIGRATE\n"
"  6.1        fault_page = vmf->page on every path from migrate_to_ram(): the\n"
"             fault holds a reference to that page, and without the member it\n"
"             counts as pinned, never migrates, and the CPU faults for ever",
		.wrong =
"static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)\n"
"{\n"
"\tstruct drv *drv = drv_of_page(vmf->page);\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args = {\n"
"\t\t.vma = vmf->vma,\n"
"\t\t.start = vmf->address,\n"
"\t\t.end = vmf->address + PAGE_SIZE,\n"
"\t\t.src = &src,\n"
"\t\t.dst = &dst,\n"
"\t\t.pgmap_owner = drv,\n"
"\t\t.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,\n"
"\t};\n"
"\n"
"\tif (migrate_vma_setup(&args))\n"
"\t\treturn VM_FAULT_SIGBUS;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\tmigrate_vma_finalize(&args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)\n"
"{\n"
"\tstruct drv *drv = drv_of_page(vmf->page);\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args = {\n"
"\t\t.vma = vmf->vma,\n"
"\t\t.start = vmf->address,\n"
"\t\t.end = vmf->address + PAGE_SIZE,\n"
"\t\t.src = &src,\n"
"\t\t.dst = &dst,\n"
"\t\t.pgmap_owner = drv,\n"
"\t\t.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,\n"
"\t\t.fault_page = vmf->page,\n"
"\t};\n"
"\n"
"\tif (migrate_vma_setup(&args))\n"
"\t\treturn VM_FAULT_SIGBUS;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\tmigrate_vma_finalize(&args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "not-zeroed",
		.summary = "the struct migrate_vma holds garbage in members that are not set",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A struct migrate_vma on the stack that is neither initialised nor set in full\n"
"holds whatever was there before. Members came with 5.7, 5.9 and 6.1, so a\n"
"driver that set all there were is wrong with the next kernel: garbage in\n"
"fault_page is taken for a page.\n"
"\n"
"Use an initialiser with designated members, or = { 0 }: it zeroes the others,\n"
"those of later kernels too.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
"{\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args;\n"
"\tint ret;\n"
"\n"
"\targs.vma = vma;\n"
"\targs.start = addr;\n"
"\targs.end = addr + PAGE_SIZE;\n"
"\targs.src = &src;\n"
"\targs.dst = &dst;\n"
"\targs.pgmap_owner = drv;\n"
"\targs.flags = MIGRATE_VMA_SELECT_SYSTEM;\n"
"\tret = migrate_vma_setup(&args);\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\tmigrate_vma_finalize(&args);\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)\n"
"{\n"
"\tunsigned long src = 0, dst = 0;\n"
"\tstruct migrate_vma args = { 0 };\n"
"\tint ret;\n"
"\n"
"\targs.vma = vma;\n"
"\targs.start = addr;\n"
"\targs.end = addr + PAGE_SIZE;\n"
"\targs.src = &src;\n"
"\targs.dst = &dst;\n"
"\targs.pgmap_owner = drv;\n"
"\targs.flags = MIGRATE_VMA_SELECT_SYSTEM;\n"
"\tret = migrate_vma_setup(&args);\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdst = drv_copy_one(drv, src);\n"
"\tmigrate_vma_pages(&args);\n"
"\tmigrate_vma_finalize(&args);\n"
"\treturn 0;\n"
"}\n",
	},
	{
		.name = "chunk-loop",
		.summary = "a loop over a range in chunks does not move both start and end",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma() of the old API was given start and end anew in each turn. With\n"
"the struct it is easy to move only one of them: start = end at the bottom of\n"
"the loop, and end computed from a variable that no longer moves. The second\n"
"turn then has an empty range, the setup fails, and all but the first chunk stay\n"
"where they are. A driver of the kernel shipped with that from 5.4 to 5.19.\n"
"\n"
"Compute end from the new start in each turn, and keep it within the range: the\n"
"last chunk is often shorter. The setup may change both, as it aligns them.",
		.wrong =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args,\n"
"\t\t       unsigned long start, unsigned long end)\n"
"{\n"
"\tint ret;\n"
"\n"
"\targs->start = start;\n"
"\twhile (args->start < end) {\n"
"\t\targs->end = min(end, start + DRV_CHUNK);\n"
"\t\tret = migrate_vma_setup(args);\n"
"\t\tif (ret)\n"
"\t\t\treturn ret;\n"
"\t\tdrv_copy_in(drv, args);\n"
"\t\tmigrate_vma_pages(args);\n"
"\t\tmigrate_vma_finalize(args);\n"
"\t\targs->start = args->end;\n"
"\t}\n"
"\treturn 0;\n"
"}\n",
		.right =
"static int drv_move_in(struct drv *drv, struct migrate_vma *args,\n"
"\t\t       unsigned long start, unsigned long end)\n"
"{\n"
"\tint ret;\n"
"\n"
"\targs->start = start;\n"
"\twhile (args->start < end) {\n"
"\t\targs->end = min(end, args->start + DRV_CHUNK);\n"
"\t\tret = migrate_vma_setup(args);\n"
"\t\tif (ret)\n"
"\t\t\treturn ret;\n"
"\t\tdrv_copy_in(drv, args);\n"
"\t\tmigrate_vma_pages(args);\n"
"\t\tmigrate_vma_finalize(args);\n"
"\t\targs->start = args->end;\n"
"\t}\n"
"\treturn 0;\n"
"}\n",
	},
	{ .name = NULL },
};
