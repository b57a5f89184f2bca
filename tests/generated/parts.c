// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the parts of a driver that are neither callbacks nor calls.
 */
#include <stdio.h>

#include "driver.h"

/* Names that a port could want for itself. */
static void write_taken(const struct driver *driver, struct text *text)
{
	switch (driver->taken) {
	case TAKEN_FUNCTION_ARGS:
		text_line(text, "static int __maybe_unused args(int failed) { return failed; } /* " TEXT_MARK " */");
		break;
	case TAKEN_MACRO_ARGS:
		text_flat(text, "#define args(args)	(args)	/* " TEXT_MARK " */");
		break;
	case TAKEN_OWN_STRUCT:
		text_open(text, "struct migrate_vma");
		text_line(text, "unsigned long pages;");
		text_close(text, ";");
		text_line(text, "static struct migrate_vma @_own __maybe_unused = { .pages = 3 };");
		break;
	case TAKEN_MIGRATE_NAMES:
		text_line(text, "static int __maybe_unused @_up_migrate(int turn) { return turn; } /* " TEXT_MARK " */");
		text_line(text, "static int @_fault_migrate __maybe_unused; /* " TEXT_MARK " */");
		break;
	default:
		return;
	}
	text_blank(text);
}

/* Text that only looks like a use. */
static void write_decoy(const struct driver *driver, struct text *text)
{
	switch (driver->decoy) {
	case DECOY_TEXT:
		text_line(text, "/* " TEXT_MARK ": migrate_vma(&ops, vma, start, end, src, dst, NULL); */");
		text_line(text, "static const char @_text[] __maybe_unused = \"migrate_vma(\"; // " TEXT_MARK);
		text_line(text, "static const char * const @_words_of_wisdom[] __maybe_unused = { /* " TEXT_MARK " */");
		text_line(text, "   \"struct migrate_vma_ops\",\"MIGRATE_PFN_ERROR\" , /* " TEXT_MARK "  */");
		text_line(text, "};");
		break;
	case DECOY_FUNCTION:
		text_line(text, "static int __maybe_unused @_migrate_vma(int  x)  {  return(x) ;  } /* " TEXT_MARK " */");
		text_line(text, "static int __maybe_unused migrate_vma_finalize_@(int x) { return @_migrate_vma( x );} /* " TEXT_MARK " */");
		break;
	default:
		return;
	}
	text_blank(text);
}

void names_write(const struct driver *driver, struct text *text)
{
	write_taken(driver, text);
	write_decoy(driver, text);
}

void reach_write(const struct group *group, struct text *text)
{
	static const char *const parameters[] = {
		"const struct migrate_vma_ops *ops", "struct vm_area_struct *vma",
		"unsigned long start", "unsigned long end", "unsigned long *src",
		"unsigned long *dst", "void *private",
	};
	static const char *const arguments[] = {
		"ops", "vma", "start", "end", "src", "dst", "private",
	};
	char head[128];
	bool exported = group->reach == REACH_EXPORTED_WRAPPER;

	switch (group->reach) {
	case REACH_MACRO:
		text_flat(text, "#define RIG_OPS_%u	(&%s)", group->number, group->object_name);
		text_blank(text);
		return;
	case REACH_TABLE:
		text_open(text, "struct @_kind%u", group->number);
		text_line(text, "const char *name;");
		text_line(text, "const struct migrate_vma_ops *ops;");
		text_close(text, ";");
		text_blank(text);
		text_open(text, "static const struct @_kind%u @_kinds%u[] =", group->number,
			  group->number);
		text_line(text, "{ \"plain\", &%s },", group->object_name);
		text_line(text, "{ .name = \"quiet\", .ops = &%s },", group->other_name);
		text_close(text, ";");
		text_blank(text);
		return;
	case REACH_WRAPPER:
	case REACH_EXPORTED_WRAPPER:
		break;
	default:
		return;
	}
	snprintf(head, sizeof(head), "%sint %s", exported ? "" : "static ", group->wrapper_name);
	if (exported)
		text_function(text, head, parameters, 7, ";");
	text_function(text, head, parameters, 7, "");
	switch (group->number % 3) {
	case 0:
		text_line(text, "int ret;");
		text_blank(text);
		text_line(text, "rig_note(&@, \"range\", end - start);");
		text_call(text, "ret = ", "migrate_vma", arguments, 7, ";");
		text_line(text, "if (ret)");
		text_line(text, text->spaces ? "    return ret;" : "\treturn ret;");
		text_line(text, "rig_note(&@, \"range done\", 1);");
		text_line(text, "return 0;");
		break;
	case 1:
		text_line(text, "rig_note(&@, \"range\", end - start);");
		text_call(text, "return ", "migrate_vma", arguments, 7, ";");
		break;
	default:
		text_line(text, "int ret = -EINVAL;");
		text_blank(text);
		text_line(text, "if (start < end)");
		text->depth++;
		text_call(text, "ret = ", "migrate_vma", arguments, 7, ";");
		text->depth--;
		text_line(text, "return ret;");
		break;
	}
	text_close(text, "");
	if (exported)
		text_line(text, "EXPORT_SYMBOL(%s);", group->wrapper_name);
	text_blank(text);
}

/* A call of a callback that has nothing to do with a migration. */
void elsewhere_write(const struct group *group, struct text *text)
{
	const char *private = "NULL";

	if (group->elsewhere != ELSEWHERE_FINALIZE)
		return;
	text_line(text, "static void @_probe%u(void)", group->number);
	text_line(text, "{");
	text->depth++;
	text_line(text, "unsigned long src = MIGRATE_PFN_MIGRATE, dst = 0;");
	if (group->private == PRIVATE_STRUCT) {
		text_line(text, "struct @_move move = { .asked = 99 };");
		private = "&move";
	} else if (group->private == PRIVATE_MIXED) {
		text_line(text, "struct @_small small = { 7 };");
		private = "&small";
	} else if (group->private == PRIVATE_INT) {
		text_line(text, "int count = 0;");
		private = "&count";
	}
	text_blank(text);
	text_line(text, "%s(NULL, &src, &dst, 0, PAGE_SIZE, %s);", group->finalize_name, private);
	text_close(text, "");
	text_blank(text);
}
