// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a function with two calls: to the device and, with the ops object of the fault handler,
 * back.  Which one is decided at run time.
 */
#include <stdio.h>

#include "driver.h"

static const struct group *to_group(const struct driver *driver)
{
	return &driver->group[0];
}

static const struct group *back_group(const struct driver *driver)
{
	return &driver->group[driver->group_count - 1];
}

unsigned long either_pages(const struct driver *driver)
{
	if (driver->either == EITHER_NONE)
		return 0;
	return to_group(driver)->walk == WALK_SINGLE || back_group(driver)->walk == WALK_SINGLE ?
		1 : 5;
}

/* A value to pass, of the kind that the callbacks of the group expect. */
static const char *passed(const struct group *group)
{
	switch (group->private) {
	case PRIVATE_STRUCT:
	case PRIVATE_MIXED:
		return "&move";
	case PRIVATE_INT:
		return "&failures";
	case PRIVATE_NUMBER:
		return "(void *)77UL";
	default:
		return "NULL";
	}
}

static void write_one(const struct driver *driver, const struct group *group, struct text *text,
		      const char *before, const char *after)
{
	char ops[NAME_SIZE + 2];
	const char *arguments[] = { ops, "vma", "start", "end", "src", "dst", passed(group) };

	(void)driver;
	snprintf(ops, sizeof(ops), "&%s", group->object_name);
	text_call(text, before, "migrate_vma", arguments, 7, after);
}

static void write_blocks(const struct driver *driver, struct text *text)
{
	unsigned long n = either_pages(driver);

	text_open(text, "if (back)");
	text_line(text, "unsigned long src[%lu], dst[%lu];", n, n);
	text_blank(text);
	write_one(driver, back_group(driver), text, "ret = ", ";");
	text_line(text, "if (ret)");
	text_line(text, text->spaces ? "    return ret;" : "\treturn ret;");
	text_close_open(text, "else");
	text_line(text, "unsigned long src[%lu], dst[%lu];", n, n);
	text_blank(text);
	write_one(driver, to_group(driver), text, "ret = ", ";");
	text_line(text, "if (ret < 0)");
	text_line(text, text->spaces ? "    return ret;" : "\treturn ret;");
	text_close(text, "");
}

static void write_choice(const struct driver *driver, struct text *text)
{
	const struct group *to = to_group(driver), *back = back_group(driver);
	const char *arguments[] = { "ops", "vma", "start", "end", "src", "dst", "private" };

	switch (driver->either) {
	case EITHER_UNBRACED:
		text_line(text, "if (back)");
		text->depth++;
		write_one(driver, back, text, "ret = ", ";");
		text->depth--;
		text_line(text, "else");
		text->depth++;
		write_one(driver, to, text, "ret = ", ";");
		text->depth--;
		break;
	case EITHER_RETURNS:
		text_line(text, "if (back)");
		text->depth++;
		write_one(driver, back, text, "return ", ";");
		text->depth--;
		write_one(driver, to, text, "ret = ", ";");
		break;
	case EITHER_SWITCH:
		text_open(text, "switch ((int)back)");
		text->depth--;
		text_line(text, "case 1:");
		text->depth++;
		write_one(driver, back, text, "ret = ", ";");
		text_line(text, "if (ret)");
		text_line(text, text->spaces ? "    return -EIO;" : "\treturn -EIO;");
		text_line(text, "break;");
		text->depth--;
		text_line(text, "default:");
		text->depth++;
		write_one(driver, to, text, "if (", ")");
		text_line(text, text->spaces ? "    return -EIO;" : "\treturn -EIO;");
		text_line(text, "break;");
		text_close(text, "");
		break;
	case EITHER_OPS:
		text_line(text, "const struct migrate_vma_ops *ops = back ? &%s : &%s;",
			  back->object_name, to->object_name);
		text_line(text, "void *private = back ? (void *)%s : (void *)%s;", passed(back),
			  passed(to));
		text_blank(text);
		text_call(text, "ret = ", "migrate_vma", arguments, 7, ";");
		break;
	case EITHER_NESTED:
		text_line(text, "for (; !ret; ret++)");
		text->depth++;
		text_line(text, "if (back)");
		text->depth++;
		write_one(driver, back, text, "ret = ", ";");
		text->depth--;
		text_line(text, "else if (rig_ask(&@, \"else\"))");
		text->depth++;
		write_one(driver, to, text, "ret = ", ";");
		text->depth--;
		text_line(text, "else");
		text_line(text, text->spaces ? "    ret = -EIO;" : "\tret = -EIO;");
		text->depth--;
		break;
	default:
		break;
	}
}

void either_write(const struct driver *driver, struct text *text)
{
	const struct group *to = to_group(driver), *back = back_group(driver);
	unsigned long n = either_pages(driver);

	if (!n)
		return;
	text_line(text, "static long @_either(struct vm_area_struct *vma, unsigned long start,");
	text_line(text, "\t\t     unsigned long end, bool back)");
	text_line(text, "{");
	text->depth++;
	if (driver->either != EITHER_BLOCKS)
		text_line(text, "unsigned long src[%lu] = { 0 }, dst[%lu] = { 0 };", n, n);
	if (to->private == PRIVATE_STRUCT || to->private == PRIVATE_MIXED ||
	    back->private == PRIVATE_STRUCT || back->private == PRIVATE_MIXED)
		text_line(text, "struct @_move move = { .asked = 66 };");
	if (to->private == PRIVATE_INT || back->private == PRIVATE_INT)
		text_line(text, "int failures = 0;");
	text_line(text, "int ret = 0;");
	text_blank(text);
	text_line(text, "if (end - start > %luUL << PAGE_SHIFT)", n);
	text_line(text, text->spaces ? "    return -E2BIG;" : "\treturn -E2BIG;");
	if (driver->either == EITHER_BLOCKS)
		write_blocks(driver, text);
	else
		write_choice(driver, text);
	text_line(text, "rig_note(&@, \"either\", back);");
	text_line(text, "return ret;");
	text_close(text, "");
	text_blank(text);
	text_line(text, "static long @_to(struct vm_area_struct *vma, unsigned long start, unsigned long end)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "return @_either(vma, start, end, false);");
	text_close(text, "");
	text_blank(text);
	text_line(text, "static long @_back(struct vm_area_struct *vma, unsigned long start, unsigned long end)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "return @_either(vma, start, end, true);");
	text_close(text, "");
	text_blank(text);
}
