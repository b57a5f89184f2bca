// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a driver from top to bottom.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

static void write_includes(const struct driver *driver, struct text *text, const char *header)
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
	text_flat(text, "#include \"%s\"", header);
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

static bool uses_lost(const struct driver *driver)
{
	unsigned int g, s;

	for (g = 0; g < driver->group_count; g++)
		for (s = 0; s < driver->group[g].site_count; s++)
			if (driver->group[g].site[s].error_test == ERROR_TEST_FUNCTION &&
			    driver->group[g].error == ERROR_TESTED)
				return true;
	return false;
}

/* Not in a header: it would have to be ported as well, and migrate-vma may not see it. */
static void write_lost(struct text *text)
{
	text_line(text, "static bool __maybe_unused @_lost(unsigned long word)");
	text_line(text, "{");
	text->depth++;
	text_line(text, "return word & MIGRATE_PFN_ERROR;");
	text_close(text, "");
	text_blank(text);
}

void types_write(const struct driver *driver, struct text *text)
{
	if (driver->files == FILES_SPLIT) {
		text_line(text, "extern struct rig @;");
		text_line(text, "extern unsigned long @_moved, @_failed;");
	} else {
		text_line(text, "static struct rig @;");
		text_line(text, "static unsigned long @_moved __maybe_unused;");
		text_line(text, "static unsigned long @_failed __maybe_unused;");
	}
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
	pagemap_helper_write(driver, text);
	text_mark(text);
	text_line(text, "static int __init @_init(void)");
	text_line(text, "{");
	text->depth++;
	pagemap_write(driver, text);
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

/* The header of the driver: its types, and what its files know of each other. */
static void begin_header(const struct driver *driver, struct text *text)
{
	text_flat(text, "/* SPDX-License-Identifier: GPL-2.0-only */");
	text_flat(text, "#ifndef GENERATED_DRIVER_H");
	text_flat(text, "#define GENERATED_DRIVER_H");
	text_blank(text);
	text_flat(text, "#include <linux/migrate.h>");
	text_flat(text, "#include <linux/mm.h>");
	text_blank(text);
	text_flat(text, "#include \"rig.h\"");
	text_blank(text);
	types_write(driver, text);
	/* A comment right above a prototype would go with it. */
	text_mark(text);
	text_blank(text);
}

static void set_up_files(const struct driver *driver, struct files *files)
{
	struct text text = { 0 };
	unsigned int i;

	memset(files, 0, sizeof(*files));
	files->count = driver->files == FILES_ONE ? 1 : driver->files == FILES_SPLIT ? 3 : 2;
	files->given = driver->files == FILES_HEADER_UNSEEN || driver->files == FILES_HEADER_AWAY ?
		       "/driver.c" : "";
	driver_layout(driver, &text);
	for (i = 0; i < files->count; i++)
		files->file[i].text = text;
	snprintf(files->file[0].name, NAME_SIZE, "driver.c");
	snprintf(files->file[1].name, NAME_SIZE, driver->files == FILES_NEIGHBOUR ? "neighbour.c" :
		 driver->files == FILES_HEADER_AWAY ? "../away/generated-driver.h" :
		 "generated-driver.h");
	snprintf(files->file[2].name, NAME_SIZE, "ops.c");
}

void driver_write(const struct driver *driver, struct files *files)
{
	struct text *text = &files->file[0].text, *header = NULL, *ops = text;
	unsigned int g, s;

	set_up_files(driver, files);
	if (driver->files == FILES_NEIGHBOUR) {
		neighbour_write(&files->file[1].text);
	} else if (files->count > 1) {
		header = &files->file[1].text;
		begin_header(driver, header);
	}
	write_includes(driver, text, header ? "generated-driver.h" : "rig.h");
	if (!header)
		types_write(driver, text);
	if (driver->files == FILES_SPLIT) {
		text_line(text, "struct rig @;");
		text_line(text, "unsigned long @_moved, @_failed;");
		text_blank(text);
		ops = &files->file[2].text;
		write_includes(driver, ops, "generated-driver.h");
	} else if (driver->files == FILES_INLINE) {
		ops = header;
	}
	if (uses_lost(driver))
		write_lost(text);
	names_write(driver, text);
	text_flat(text, "#define RIG_ADVANCE(by)	(from += (by))");
	text_mark(text);
	text_blank(text);
	for (g = 0; g < driver->group_count; g++) {
		const struct group *group = &driver->group[g];

		group_write(driver, group, ops, header);
		reach_write(group, text);
		elsewhere_write(group, text);
		for (s = 0; s < group->site_count; s++)
			site_write(driver, &group->site[s], text);
	}
	if (driver->guard == GUARD_TWO_APIS)
		two_apis_write(driver, text, header);
	either_write(driver, text);
	refused_write(driver, text);
	write_table(driver, text);
	write_init(driver, text);
	if (header)
		text_flat(header, "#endif");
	if (choose(driver->choices, DIMENSION_LAST_LINE, "", ALL_OPTIONS) == LAST_LINE_OPEN)
		text->length -= text->crlf ? 2 : 1;
}

void files_release(struct files *files)
{
	unsigned int i;

	for (i = 0; i < files->count; i++)
		free(files->file[i].text.bytes);
}
