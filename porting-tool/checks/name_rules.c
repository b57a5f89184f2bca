// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules about names that come and go with releases.
 */
#include "rules.h"

const struct rule name_rules[] = {
	{
		.name = "dead-guard",
		.summary = "an option that is gone keeps code in three steps from being built",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"CONFIG_MIGRATE_VMA_HELPER was the option for migrate_vma(). It went with it in\n"
"5.4, so what it guards in a driver, in its Kconfig file or in its makefile is\n"
"never built any more, and nothing says so. The three calls are there when\n"
"CONFIG_DEVICE_PRIVATE is set. `migrate-vma port` renames the option in all three\n"
"places, for a driver that still has callbacks. An arm with callbacks beside one\n"
"with the three steps is for old kernels, and is fine.",
		.wrong =
"#if IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER)\n"
"int drv_move(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n"
"#endif\n",
		.right =
"#if IS_ENABLED(CONFIG_DEVICE_PRIVATE)\n"
"int drv_move(struct drv *drv, struct migrate_vma *args)\n"
"{\n"
"\tint ret = migrate_vma_setup(args);\n"
"\n"
"\tif (ret)\n"
"\t\treturn ret;\n"
"\tdrv_copy_in(drv, args);\n"
"\tmigrate_vma_pages(args);\n"
"\tmigrate_vma_finalize(args);\n"
"\treturn 0;\n"
"}\n"
"#endif\n",
	},
	{
		.name = "removed-name",
		.summary = "a name is used that the target no longer has",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The driver does not compile for the target, or compiles only because a header\n"
"of its own defines the name with a meaning that is gone. The message says since\n"
"when the name is gone and what takes its place.\n"
"\n"
"Code that #if leaves out for the target is not looked at. Where an #if cannot be\n"
"decided, for instance one that asks for a name of the driver's configure script,\n"
"nothing inside it is reported; -DNAME behind -- decides it.",
		.wrong =
"static unsigned long drv_page_word(struct page *page)\n"
"{\n"
"\treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
"}\n",
		.right =
"#ifndef MIGRATE_PFN_LOCKED\n"
"#define MIGRATE_PFN_LOCKED 0\n"
"#endif\n"
"\n"
"static unsigned long drv_page_word(struct page *page)\n"
"{\n"
"\treturn migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;\n"
"}\n",
	},
	{
		.name = "later-name",
		.summary = "a name is used that the target does not have yet",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.example = "6.0",
		.explanation =
"The driver does not compile for the target. The message says since when there is\n"
"such a name, and what a driver for the target does. For more than one release\n"
"ask for what a kernel has, best with a compile test: kernels of distributions\n"
"carry names of later releases.",
		.wrong =
"static void drv_page_init(struct page *page)\n"
"{\n"
"\tzone_device_page_init(page);\n"
"}\n",
		.right =
"static void drv_page_init(struct page *page)\n"
"{\n"
"\tlock_page(page);\n"
"}\n",
	},
	{
		.name = "device-page-init",
		.summary = "a free device page is taken into use the way an older kernel wanted it",
		.severity = SEVERITY_ERROR,
		.since = "5.18",
		.example = "6.1",
		.explanation =
"How a driver takes a free page of its own memory into use has changed often:\n"
"\n"
"  up to 5.17   the page has no reference of its own: get_page(), lock_page()\n"
"  5.18 to 6.0  its reference is there already: lock_page() only. With get_page()\n"
"               the page is never free again\n"
"  since 6.1    a free page has none again, and each page in use holds a\n"
"               reference to its struct dev_pagemap: zone_device_page_init()\n"
"               takes both and locks the page. get_page() on it warns\n"
"  since 6.19   zone_device_page_init(page, pgmap, order)",
		.wrong =
"static struct page *drv_take_page(struct drv *drv)\n"
"{\n"
"\tstruct page *page = drv->free_pages;\n"
"\n"
"\tif (page) {\n"
"\t\tdrv->free_pages = page->zone_device_data;\n"
"\t\tget_page(page);\n"
"\t\tlock_page(page);\n"
"\t}\n"
"\treturn page;\n"
"}\n",
		.right =
"static struct page *drv_take_page(struct drv *drv)\n"
"{\n"
"\tstruct page *page = drv->free_pages;\n"
"\n"
"\tif (page) {\n"
"\t\tdrv->free_pages = page->zone_device_data;\n"
"\t\tzone_device_page_init(page);\n"
"\t}\n"
"\treturn page;\n"
"}\n",
	},
	{ .name = NULL },
};
