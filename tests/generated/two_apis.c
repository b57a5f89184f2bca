// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a part of a driver that is there for both APIs.
 */
#include <stdio.h>

#include "driver.h"

/* What released drivers have: a struct of the name that the kernel did not have yet. */
static void write_header(struct text *text)
{
	text_flat(text, "#if defined(CONFIG_MIGRATE_VMA_HELPER)");
	text_open(text, "struct migrate_vma");
	text_line(text, "struct vm_area_struct *vma;");
	text_line(text, "unsigned long *dst, *src, start, end;");
	text_close(text, ";");
	text_line(text, "void both_alloc(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,");
	text_line(text, "\t\tunsigned long start, unsigned long end, void *private);");
	text_flat(text, "#else");
	text_line(text, "void both_copy(struct migrate_vma *args);");
	text_flat(text, "#endif");
	text_blank(text);
}

/* The callback API and the three steps side by side: the former has to go. */
void two_apis_write(const struct driver *driver, struct text *text, struct text *header)
{
	bool dual = driver->dual == DUAL_HEADER;

	if (dual)
		write_header(header);
	text_flat(text, "#if defined(CONFIG_MIGRATE_VMA_HELPER)");
	text_line(text, "%svoid both_alloc(struct vm_area_struct *vma, const unsigned long *src,",
		  dual ? "" : "static ");
	text_line(text, "\t\t       unsigned long *dst, unsigned long start, unsigned long end,");
	text_line(text, "\t\t       void *private)");
	text_line(text, "{");
	text_line(text, "\trig_note(&@, \"both\", end - start);");
	text_line(text, "}");
	text_blank(text);
	text_line(text, "static void both_finalize(struct vm_area_struct *vma, const unsigned long *src,");
	text_line(text, "\t\t\t  const unsigned long *dst, unsigned long start,");
	text_line(text, "\t\t\t  unsigned long end, void *private)");
	text_line(text, "{");
	text_line(text, "}");
	text_blank(text);
	text_line(text, "static const struct migrate_vma_ops both_ops = {");
	text_line(text, "\t.alloc_and_copy = both_alloc,");
	text_line(text, "\t.finalize_and_map = both_finalize,");
	text_line(text, "};");
	text_blank(text);
	if (dual) {
		text_line(text, "static int both_helper(struct migrate_vma *own)");
		text_line(text, "{");
		text_line(text, "\treturn migrate_vma(&both_ops, own->vma, own->start, own->end, own->src,");
		text_line(text, "\t\t\t   own->dst, NULL);");
		text_line(text, "}");
		text_blank(text);
	}
	text_line(text, "static long both(struct vm_area_struct *vma, unsigned long start, unsigned long end)");
	text_line(text, "{");
	text_line(text, "\tunsigned long src[8] = { 0 }, dst[8] = { 0 };");
	text_blank(text);
	text_line(text, "\tif (end - start > 8UL << PAGE_SHIFT)");
	text_line(text, "\t\treturn -E2BIG;");
	text_line(text, dual ? "\treturn both_helper(&(struct migrate_vma){ vma, dst, src, start, end });" :
		  "\treturn migrate_vma(&both_ops, vma, start, end, src, dst, NULL);");
	text_line(text, "}");
	text_flat(text, "#else");
	if (dual) {
		text_line(text, "void both_copy(struct migrate_vma *args)");
		text_line(text, "{");
		text_line(text, "\trig_note(&@, \"both\", args->end - args->start);");
		text_line(text, "}");
		text_blank(text);
	}
	text_line(text, "static long both(struct vm_area_struct *vma, unsigned long start, unsigned long end)");
	text_line(text, "{");
	text_line(text, "\tunsigned long src[8] = { 0 }, dst[8] = { 0 }; // " TEXT_MARK);
	text_line(text, "\tstruct migrate_vma step = {");
	text_line(text, "\t\t.vma = vma, .start = start & PAGE_MASK, .end = end,");
	text_line(text, "\t\t.src = src, .dst = dst,");
	text_flat(text, "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)");
	text_line(text, "\t\t.pgmap_owner = &@, /* " TEXT_MARK " */");
	text_line(text, "\t\t.flags = MIGRATE_VMA_SELECT_SYSTEM, /* " TEXT_MARK " */");
	text_flat(text, "#endif");
	text_line(text, "\t};");
	text_blank(text);
	text_line(text, "\tif (end - start > 8UL << PAGE_SHIFT)");
	text_line(text, "\t\treturn -E2BIG;");
	text_line(text, "\t/* It moves nothing. migrate-vma: allow dst-never-filled */");
	text_line(text, "\tif (migrate_vma_setup(&step)) /* " TEXT_MARK " */");
	text_line(text, "\t\treturn -EINVAL;");
	text_line(text, "\tif (!step.cpages)");
	text_line(text, "\t\treturn 0;");
	text_line(text, dual ? "\tboth_copy(&step);" :
		  "\trig_note(&@, \"both\", step.end - step.start);");
	text_line(text, "\tmigrate_vma_pages(&step);");
	text_line(text, "\tmigrate_vma_finalize(&step); /* " TEXT_MARK " */");
	text_line(text, "\treturn 0;");
	text_line(text, "}");
	text_flat(text, "#endif");
	text_blank(text);
}
