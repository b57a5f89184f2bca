// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's own struct in place of struct hmm_devmem, and the functions that make and remove it.
 */
#include "devmem.h"

#include <string.h>

#include "changes/dev_pagemap/owner.h"
#include "changes/dev_pagemap/setup.h"
#include "changes/migrate_vma/plan.h"
#include "analyse/includes.h"
#include "changes/helper.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "kernel/release.h"

/* A text that grows line by line. */
struct text {
	struct arena *arena;
	const char *unit;
	const char *text;
};

static void add(struct text *text, unsigned int depth, const char *line)
{
	const char *indent = depth == 0 ? "" : depth == 1 ? text->unit :
			     arena_printf(text->arena, "%s%s", text->unit, text->unit);

	text->text = arena_printf(text->arena, "%s%s%s\n", text->text, *line ? indent : "", line);
}

static void add_struct(const struct driver *driver, struct text *text)
{
	const struct devmem *devmem = driver->devmem;

	add(text, 0, "/* Device memory. */");
	add(text, 0, arena_printf(text->arena, "struct %s {", devmem->type));
	if (devmem->members[DEVMEM_DEVICE] || devmem->removes)
		add(text, 1, "struct device *device;");
	if (devmem->members[DEVMEM_RESOURCE] || devmem->removes)
		add(text, 1, "struct resource *resource;");
	if (devmem->members[DEVMEM_PFN_FIRST])
		add(text, 1, "unsigned long pfn_first;");
	if (devmem->members[DEVMEM_PFN_LAST])
		add(text, 1, "unsigned long pfn_last;");
	add(text, 1, "struct dev_pagemap pagemap;");
	add(text, 0, "};");
	add(text, 0, "");
}

/* The owner that was chosen for the pages, or NULL where the release has none. */
static const char *owner(const struct driver *driver)
{
	const struct setups *setups = driver->owners ? driver->owners->setups : NULL;

	for (size_t i = 0; setups && i < setups->count; i++)
		if (setups->list[i].form == SETUP_DEVMEM)
			return setups->list[i].owner;
	return NULL;
}

static void add_range(const struct driver *driver, struct text *text)
{
	if (driver->target->number < SINCE_PAGEMAP_RANGE) {
		add(text, 1, "devmem->pagemap.res = *resource;");
		return;
	}
	add(text, 1, "devmem->pagemap.range.start = resource->start;");
	add(text, 1, "devmem->pagemap.range.end = resource->end;");
	add(text, 1, "devmem->pagemap.nr_range = 1;");
}

static void add_head(const struct driver *driver, const struct style *style, struct text *text)
{
	const char *const parameters[] = { "const struct dev_pagemap_ops *ops",
					   "struct device *device", "unsigned long size" };

	add(text, 0,
	    call_layout(text->arena, style, "",
			arena_printf(text->arena, "static struct %s *%s_add", driver->devmem->type,
				     driver->devmem->type),
			parameters, 3, "", false));
	add(text, 0, "{");
	add(text, 1, arena_printf(text->arena, "struct %s *devmem;", driver->devmem->type));
	add(text, 1, "struct resource *resource;");
	add(text, 1, "void *addr;");
	add(text, 0, "");
}

static void add_maker(const struct driver *driver, const struct style *style, struct text *text)
{
	const struct devmem *devmem = driver->devmem;
	const char *name = owner(driver);

	add_head(driver, style, text);
	add(text, 1, "devmem = devm_kzalloc(device, sizeof(*devmem), GFP_KERNEL);");
	add(text, 1, "if (!devmem)");
	add(text, 2, "return ERR_PTR(-ENOMEM);");
	add(text, 1, "resource = devm_request_free_mem_region(device, &iomem_resource, size);");
	add(text, 1, "if (IS_ERR(resource))");
	add(text, 2, "return ERR_CAST(resource);");
	add(text, 0, "");
	if (devmem->members[DEVMEM_DEVICE] || devmem->removes)
		add(text, 1, "devmem->device = device;");
	if (devmem->members[DEVMEM_RESOURCE] || devmem->removes)
		add(text, 1, "devmem->resource = resource;");
	if (devmem->members[DEVMEM_PFN_FIRST])
		add(text, 1, "devmem->pfn_first = PHYS_PFN(resource->start);");
	if (devmem->members[DEVMEM_PFN_LAST])
		add(text, 1, "devmem->pfn_last = PHYS_PFN(resource->start + resource_size(resource));");
	add(text, 1, "devmem->pagemap.type = MEMORY_DEVICE_PRIVATE;");
	add_range(driver, text);
	add(text, 1, "devmem->pagemap.ops = ops;");
	if (name && driver->target->number >= SINCE_PAGEMAP_OWNER)
		add(text, 1, arena_printf(text->arena, "devmem->pagemap.owner = %s;", name));
	add(text, 1, "addr = devm_memremap_pages(device, &devmem->pagemap);");
	add(text, 1, "if (IS_ERR(addr)) {");
	add(text, 2, "devm_release_mem_region(device, resource->start, resource_size(resource));");
	add(text, 2, "return ERR_CAST(addr);");
	add(text, 1, "}");
	add(text, 1, "return devmem;");
	add(text, 0, "}");
	add(text, 0, "");
}

static void add_remover(const struct driver *driver, struct text *text)
{
	const char *type = driver->devmem->type;

	add(text, 0, arena_printf(text->arena, "static void %s_remove(struct %s *devmem)", type,
				  type));
	add(text, 0, "{");
	add(text, 1, "devm_memunmap_pages(devmem->device, &devmem->pagemap);");
	add(text, 1, "devm_release_mem_region(devmem->device, devmem->resource->start,");
	add(text, 1, "\t\t\tresource_size(devmem->resource));");
	add(text, 0, "}");
	add(text, 0, "");
}

static void rename_calls(const struct driver *driver, const char *old, const char *ending)
{
	const struct reference *use = name_references(&driver->program, old);
	struct call call;

	for (; use; use = use->next)
		if (call_parse(&use->unit->syntax, use->token, &call))
			rename_call(use->unit, &call,
				    arena_printf(driver->arena, "%s_%s", driver->devmem->type,
						 ending));
}

static void define_in_header(const struct driver *driver)
{
	const struct unit *header = driver->devmem->header;
	const struct syntax *syntax = &header->syntax;
	struct text text = { driver->arena, header->style->unit, "" };
	uint32_t top = top_with_comment(syntax, code_start(syntax, driver->devmem->above->first));
	size_t line;

	if (!unit_includes_kernel(header, "linux/memremap.h") &&
	    !include_kernel(driver, header, "linux/memremap.h"))
		edit_insert(header->edits, top, "#include <linux/memremap.h>\n\n");
	line = source_line(header->source, top);
	if (line > 0 && !line_is_blank(header->source, line - 1))
		add(&text, 0, "");
	add_struct(driver, &text);
	edit_insert(header->edits, top, text.text);
}

void devmem_rewrite_calls(struct driver *driver)
{
	const struct devmem *devmem = driver->devmem;
	const struct syntax *syntax = &devmem->unit->syntax;
	struct text text = { driver->arena, devmem->unit->style->unit, "" };

	if (devmem->header)
		define_in_header(driver);
	else
		add_struct(driver, &text);
	add_maker(driver, devmem->unit->style, &text);
	if (devmem->removes)
		add_remover(driver, &text);
	edit_insert(devmem->unit->edits,
		    top_with_comment(syntax, code_start(syntax, devmem->place->first)), text.text);
	rename_calls(driver, "hmm_devmem_add", "add");
	rename_calls(driver, "hmm_devmem_remove", "remove");
}
