// SPDX-License-Identifier: GPL-2.0-only
/*
 * make_device_exclusive_range(), which is gone since 6.15: make_device_exclusive() takes one page.
 *
 * The old function went on behind a page that was busy or no anonymous memory, and had NULL for it;
 * it stopped at one that was not there.
 */
#include "changes/change.h"
#include "changes/helper.h"

static const struct helper helper = {
	.old = "make_device_exclusive_range",
	.ending = "make_exclusive_range",
	.type = "int ",
	.parameters = { "struct mm_struct *mm", "unsigned long start", "unsigned long end",
			"struct page **pages", "void *owner" },
	.count = 5,
	.body = {
		"\tunsigned long addr;",
		"\tint npages = 0;",
		"",
		"\tfor (addr = start; addr < end; addr += PAGE_SIZE) {",
		"\t\tstruct folio *folio;",
		"\t\tstruct page *page = make_device_exclusive(mm, addr, owner, &folio);",
		"",
		"\t\tif (page == ERR_PTR(-EBUSY) || page == ERR_PTR(-EOPNOTSUPP))",
		"\t\t\tpage = NULL;",
		"\t\telse if (IS_ERR(page))",
		"\t\t\treturn npages ? npages : PTR_ERR(page);",
		"\t\tpages[npages++] = page;",
		"\t}",
		"\treturn npages;",
		NULL,
	},
};

static void rewrite(struct driver *driver)
{
	if (driver->target->number >= SINCE_ONE_EXCLUSIVE_PAGE)
		rewrite_to_helper(driver, &helper);
}

const struct change change_device_exclusive = { .rewrite = rewrite };
