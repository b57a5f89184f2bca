// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes what no tool should touch: the port has to be refused, with its reason, and the driver has
 * to stay as it is.  The function is never called.
 */
#include "driver.h"

static void write_function(struct text *text, const char *function, const char *ops)
{
	const char *arguments[] = { ops, "vma", "start", "end", "src", "dst", "NULL" };

	text_call(text, "return ", function, arguments, 7, ";");
}

void refused_write(const struct driver *driver, struct text *text)
{
	const struct group *group = &driver->group[0];
	const char *alloc = group->alloc_name, *finalize = group->finalize_name;

	switch (driver->refused) {
	case REFUSED_NOTHING:
		return;
	case REFUSED_ASSIGNED:
		text_line(text, "static struct migrate_vma_ops @_late_ops;");
		break;
	case REFUSED_MACRO:
		text_flat(text, "#define MOVE_RANGE(ops, vma, start, end, src, dst, private) \\");
		text_flat(text, "\tmigrate_vma(ops, vma, start, end, src, dst, private)");
		break;
	default:
		break;
	}
	text_blank(text);
	text_line(text, "static int __maybe_unused @_refused(struct vm_area_struct *vma, unsigned long start,");
	text_line(text, "\t\t\t\t    unsigned long end, unsigned long *src,");
	text_line(text, "\t\t\t\t    unsigned long *dst)");
	text_line(text, "{");
	text->depth++;
	if (driver->refused != REFUSED_ASSIGNED)
		text_line(text, "static const struct migrate_vma_ops only = { %s, %s };", alloc,
			  finalize);
	switch (driver->refused) {
	case REFUSED_ASSIGNED:
		text_line(text, "if (start & PAGE_SIZE)");
		text_line(text, "\t@_late_ops.alloc_and_copy = %s;", alloc);
		text_line(text, "@_late_ops.finalize_and_map = %s;", finalize);
		write_function(text, "migrate_vma", "&@_late_ops");
		break;
	case REFUSED_COPIED:
		text_line(text, "struct migrate_vma_ops copy = only;");
		text_blank(text);
		write_function(text, "migrate_vma", "&copy");
		break;
	case REFUSED_MACRO:
		text_blank(text);
		write_function(text, "MOVE_RANGE", "&only");
		break;
	default:
		text_line(text, "int (*call)(const struct migrate_vma_ops *, struct vm_area_struct *,");
		text_line(text, "\t    unsigned long, unsigned long, unsigned long *, unsigned long *,");
		text_line(text, "\t    void *) = migrate_vma;");
		text_blank(text);
		write_function(text, "call", "&only");
		break;
	}
	text_close(text, "");
	text_blank(text);
}
