// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes what fills in the dev_pagemap of the device memory, and a driver beside this one.
 */
#include <stdio.h>

#include "driver.h"

void pagemap_helper_write(const struct driver *driver, struct text *text)
{
	switch (driver->owner) {
	case OWNER_IN_HELPER:
		text_line(text, "static void @_fill(struct dev_pagemap *map, const struct dev_pagemap_ops *ops)");
		text_line(text, "{");
		text->depth++;
		text_line(text, "map->type = MEMORY_DEVICE_PRIVATE;");
		text_line(text, "map->ops = ops;");
		text_close(text, "");
		break;
	case OWNER_IN_MACRO:
		text_flat(text, "#define RIG_FILL(_map, _ops) do { \\");
		text_flat(text, "\t(_map)->type = MEMORY_DEVICE_PRIVATE; \\");
		text_flat(text, "\t(_map)->ops = (_ops); \\");
		text_flat(text, "} while (0)");
		break;
	default:
		return;
	}
	text_blank(text);
}

void pagemap_write(const struct driver *driver, struct text *text)
{
	switch (driver->owner) {
	case OWNER_IN_HELPER:
		text_line(text, "@_fill(&@.memory.pagemap, &@_pagemap_ops);");
		break;
	case OWNER_IN_MACRO:
		text_line(text, "RIG_FILL(&@.memory.pagemap, &@_pagemap_ops);");
		break;
	case OWNER_IN_LITERAL:
		text_line(text, "@.memory.pagemap = (struct dev_pagemap){");
		text->depth++;
		text_line(text, ".type = MEMORY_DEVICE_PRIVATE,");
		text_line(text, ".ops = &@_pagemap_ops,");
		text->depth--;
		text_line(text, "};");
		break;
	case OWNER_UNBRACED:
		text_line(text, "if (!@.nr_sites)");
		text->depth++;
		text_line(text, "@.memory.pagemap.ops = &@_pagemap_ops;");
		text->depth--;
		text_line(text, "if (@.memory.pagemap.ops)");
		text->depth++;
		text_line(text, "@.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;");
		text->depth--;
		text_line(text, "else");
		text->depth++;
		text_line(text, "return -ENODEV;");
		text->depth--;
		break;
	case OWNER_BY_POINTER:
		text_line(text, "struct dev_pagemap *pagemap = &@.memory.pagemap;");
		text_blank(text);
		text_line(text, "pagemap->type = MEMORY_DEVICE_PRIVATE;");
		text_line(text, "pagemap->ops = &@_pagemap_ops;");
		break;
	default:
		text_line(text, "@.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;");
		text_line(text, "@.memory.pagemap.ops = &@_pagemap_ops;");
		break;
	}
	if (driver->owner == OWNER_SET) {
		text_flat(text, "#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)");
		text_line(text, "@.memory.pagemap.owner = &@;");
		text_flat(text, "#endif");
	}
}

/* It moves its pages with a call of its own, so that it has to have an owner as well. */
void neighbour_write(struct text *text)
{
	static const char *const lines[] = {
		"// SPDX-License-Identifier: GPL-2.0-only",
		"#include <linux/highmem.h>",
		"#include <linux/migrate.h>",
		"#include <linux/mm.h>",
		"#include <linux/module.h>",
		"",
		"#include \"device-memory.h\"",
		"",
		"static struct device_memory beside;",
		"",
		"static void beside_alloc(struct vm_area_struct *vma, const unsigned long *src,",
		"\t\t\t unsigned long *dst, unsigned long start, unsigned long end,",
		"\t\t\t void *private)",
		"{",
		"\tstruct page *spage = migrate_pfn_to_page(*src);",
		"\tstruct page *dpage;",
		"",
		"\tif (!spage || !(*src & MIGRATE_PFN_MIGRATE))",
		"\t\treturn;",
		"\tdpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);",
		"\tif (!dpage)",
		"\t\treturn;",
		"\tlock_page(dpage);",
		"\tcopy_highpage(dpage, device_memory_backing(spage));",
		"\t*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;",
		"}",
		"",
		"static void beside_finalize(struct vm_area_struct *vma, const unsigned long *src,",
		"\t\t\t    const unsigned long *dst, unsigned long start,",
		"\t\t\t    unsigned long end, void *private)",
		"{",
		"}",
		"",
		"static const struct migrate_vma_ops beside_ops = {",
		"\t.alloc_and_copy = beside_alloc,",
		"\t.finalize_and_map = beside_finalize,",
		"};",
		"",
		"static vm_fault_t beside_migrate_to_ram(struct vm_fault *vmf)",
		"{",
		"\tunsigned long src = 0, dst = 0;",
		"",
		"\tif (migrate_vma(&beside_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src,",
		"\t\t\t&dst, NULL))",
		"\t\treturn VM_FAULT_SIGBUS;",
		"\treturn 0;",
		"}",
		"",
		"static const struct dev_pagemap_ops beside_pagemap_ops = {",
		"\tDEVICE_MEMORY_FREE,",
		"\t.migrate_to_ram = beside_migrate_to_ram,",
		"};",
		"",
		"static int __init beside_init(void)",
		"{",
		"\tbeside.pagemap.type = MEMORY_DEVICE_PRIVATE;",
		"\tbeside.pagemap.ops = &beside_pagemap_ops;",
		"\treturn device_memory_create(&beside, 4);",
		"}",
		"",
		"static void __exit beside_exit(void)",
		"{",
		"\tdevice_memory_destroy(&beside);",
		"}",
		"",
		"module_init(beside_init);",
		"module_exit(beside_exit);",
	};
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		text_flat(text, "%s", lines[i]);
}
