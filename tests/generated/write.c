// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a driver from top to bottom.
 */
#include <stdio.h>
#include <string.h>

#include "driver.h"

static void write_includes(const struct driver *driver, struct text *text)
{
	text_flat(text, "// SPDX-License-Identifier: GPL-2.0-only");
	text_flat(text, "/*");
	text_flat(text, " * @ - generated with seed %llu.",
		  (unsigned long long)driver->choices->seed);
	text_flat(text, " */");
	if (driver->guard == GUARD_WHOLE_FILE)
		text_flat(text, "#if defined(CONFIG_MIGRATE_VMA_HELPER)");
	if (driver->guard == GUARD_INCLUDES) {
		text_flat(text, "#include <linux/version.h>");
		text_flat(text, "#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 11, 0)");
		text_flat(text, "#include <linux/sched/mm.h>");
		text_flat(text, "#endif");
	}
	text_flat(text, "#include <linux/migrate.h>");
	text_flat(text, "#include <linux/mm.h>");
	text_flat(text, "#include <linux/module.h>");
	text_blank(text);
	text_flat(text, "#include \"rig.h\"");
	text_blank(text);
}

static bool uses_move(const struct driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->group_count; i++)
		if (driver->group[i].private == PRIVATE_STRUCT ||
		    driver->group[i].private == PRIVATE_MAYBE)
			return true;
	return false;
}

static void write_types(const struct driver *driver, struct text *text)
{
	text_line(text, "static struct rig @;");
	text_line(text, "static unsigned long @_moved __maybe_unused;");
	text_line(text, "static unsigned long @_failed __maybe_unused;");
	text_blank(text);
	text_open(text, "struct @_move");
	text_line(text, "unsigned long asked;");
	text_line(text, "unsigned long moved;");
	text_line(text, "unsigned long failed;");
	text_line(text, "int status;");
	text_close(text, ";");
	text_blank(text);
	text_open(text, "struct @_request");
	text_line(text, "int kind;");
	text_line(text, "struct @_move move;");
	text_close(text, ";");
	text_blank(text);
	text_open(text, "struct @_small");
	text_line(text, "unsigned long asked;");
	text_close(text, ";");
	text_blank(text);
	text_open(text, "struct @_span");
	text_line(text, "struct vm_area_struct *vma;");
	text_line(text, "unsigned long start, end;");
	text_close(text, ";");
	text_blank(text);
	text_open(text, "struct @_words");
	text_line(text, "unsigned long src[16];");
	text_line(text, "unsigned long dst[16];");
	text_close(text, ";");
	text_blank(text);
	text_line(text, "static bool __maybe_unused @_lost(unsigned long word)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "return word & MIGRATE_PFN_ERROR;");
	text_close(text, "");
	text_blank(text);
	if (!uses_move(driver))
		return;
	text_line(text, "static struct @_move __maybe_unused *@_move_of(struct @_request *request)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "rig_note(&@, \"move of\", ++request->kind);");
	text_line(text, "return &request->move;");
	text_close(text, "");
	text_blank(text);
	text_line(text, "static void __maybe_unused @_count_moved(struct @_move *move)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "move->moved++;");
	text_close(text, "");
	text_blank(text);
	text_line(text, "static void __maybe_unused @_count_failed(struct @_move *move)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "move->failed++;");
	text_close(text, "");
	text_blank(text);
}

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

static void write_reach(const struct driver *driver, const struct group *group, struct text *text)
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

	(void)driver;
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
static void write_elsewhere(const struct group *group, struct text *text)
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

/* The callback API and the three steps side by side: the former has to go. */
static void write_two_apis(struct text *text)
{
	text_flat(text, "#if defined(CONFIG_MIGRATE_VMA_HELPER)");
	text_line(text, "static void both_alloc(struct vm_area_struct *vma, const unsigned long *src,");
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
	text_line(text, "static long both(struct vm_area_struct *vma, unsigned long start, unsigned long end)");
	text_line(text, "{");
	text_line(text, "\tunsigned long src[8] = { 0 }, dst[8] = { 0 };");
	text_blank(text);
	text_line(text, "\tif (end - start > 8UL << PAGE_SHIFT)");
	text_line(text, "\t\treturn -E2BIG;");
	text_line(text, "\treturn migrate_vma(&both_ops, vma, start, end, src, dst, NULL);");
	text_line(text, "}");
	text_flat(text, "#else");
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
	text_line(text, "\tif (migrate_vma_setup(&step)) /* " TEXT_MARK " */");
	text_line(text, "\t\treturn -EINVAL;");
	text_line(text, "\tif (!step.cpages)");
	text_line(text, "\t\treturn 0;");
	text_line(text, "\trig_note(&@, \"both\", step.end - step.start);");
	text_line(text, "\tmigrate_vma_pages(&step);");
	text_line(text, "\tmigrate_vma_finalize(&step); /* " TEXT_MARK " */");
	text_line(text, "\treturn 0;");
	text_line(text, "}");
	text_flat(text, "#endif");
	text_blank(text);
}

static void write_table(const struct driver *driver, struct text *text)
{
	unsigned int g, s;

	text_open(text, "static const struct rig_site @_sites[] =");
	for (g = 0; g < driver->group_count; g++) {
		const struct group *group = &driver->group[g];

		for (s = 0; !group->fault && s < group->site_count; s++)
			text_line(text, "{ \"site %u\", %s, %s, %lu },", group->site[s].number,
				  group->site[s].name,
				  group->direction == DIRECTION_TO_DEVICE ? "RIG_TO_DEVICE" :
				  "RIG_TO_RAM",
				  group->site[s].frame == FRAME_ONE &&
				  !statement_loops(&group->site[s]) ?
				  group->site[s].max_pages : 12UL);
	}
	if (driver->guard == GUARD_TWO_APIS)
		text_line(text, "{ \"both\", both, RIG_TO_DEVICE, 8 },");
	if (either_pages(driver)) {
		text_line(text, "{ \"to\", @_to, RIG_TO_DEVICE, %lu },", either_pages(driver));
		text_line(text, "{ \"back\", @_back, RIG_TO_RAM, %lu },", either_pages(driver));
	}
	text_close(text, ";");
	text_blank(text);
}

static void write_init(const struct driver *driver, struct text *text)
{
	unsigned long pages = 6 + choose_number(driver->choices, "device pages", 30);

	if (driver->fault == FAULT_HELPER) {
		text_line(text, "static vm_fault_t @_fault(struct vm_fault *vmf)");
		text_line(text, "{");
		text->depth++;
		text_line(text, "rig_note(&@, \"fault\", vmf->address >> PAGE_SHIFT);");
		text_line(text, "return @_migrate_to_ram(vmf);");
		text_close(text, "");
		text_blank(text);
	}
	text_open(text, "static const struct dev_pagemap_ops @_pagemap_ops =");
	text_line(text, "DEVICE_MEMORY_FREE,");
	text_line(text, ".migrate_to_ram = %s,",
		  driver->fault == FAULT_HELPER ? "@_fault" : "@_migrate_to_ram");
	text_close(text, ";");
	text_blank(text);
	text_mark(text);
	text_line(text, "static int __init @_init(void)");
	text_line(text, "{");
	text->depth++;
	if (driver->owner == OWNER_BY_POINTER) {
		text_line(text, "struct dev_pagemap *pagemap = &@.memory.pagemap;");
		text_blank(text);
		text_line(text, "pagemap->type = MEMORY_DEVICE_PRIVATE;");
		text_line(text, "pagemap->ops = &@_pagemap_ops;");
	} else {
		text_line(text, "@.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;");
		text_line(text, "@.memory.pagemap.ops = &@_pagemap_ops;");
	}
	if (driver->owner == OWNER_SET) {
		text_flat(text, "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)");
		text_line(text, "@.memory.pagemap.owner = &@;");
		text_flat(text, "#endif");
	}
	text_line(text, "return rig_register(&@, @_sites, ARRAY_SIZE(@_sites), %lu);", pages);
	text_close(text, "");
	text_blank(text);
	text_line(text, "static void __exit @_exit(void)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "rig_unregister(&@);");
	text_close(text, "");
	text_blank(text);
	text_line(text, "module_init(@_init);");
	text_line(text, "module_exit(@_exit);");
	text_line(text, "MODULE_LICENSE(\"GPL\");");
	if (driver->guard == GUARD_WHOLE_FILE)
		text_flat(text, "#endif");
}

void driver_write(const struct driver *driver, struct text *text)
{
	unsigned int g, s;

	write_includes(driver, text);
	write_types(driver, text);
	write_taken(driver, text);
	write_decoy(driver, text);
	text_mark(text);
	for (g = 0; g < driver->group_count; g++) {
		const struct group *group = &driver->group[g];

		group_write(driver, group, text);
		write_reach(driver, group, text);
		write_elsewhere(group, text);
		for (s = 0; s < group->site_count; s++)
			site_write(driver, &group->site[s], text);
	}
	if (driver->guard == GUARD_TWO_APIS)
		write_two_apis(text);
	either_write(driver, text);
	write_table(driver, text);
	write_init(driver, text);
	if (choose(driver->choices, DIMENSION_LAST_LINE, "", ALL_OPTIONS) == LAST_LINE_OPEN)
		text->length -= text->crlf ? 2 : 1;
}
