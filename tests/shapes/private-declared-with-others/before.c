// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card curlew;

struct curlew_part {
	unsigned long moved;
	struct curlew_part *rest;
};

static void curlew_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct curlew_part *part = private, *rest = part->rest;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&curlew);
	if (!dpage)
		return;
	card_copy(&curlew, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	rest->moved++;
}

static void curlew_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE) {
		const struct curlew_part *part = private;

		card_note(&curlew, "rest", part->rest->moved);
	}
}

static const struct migrate_vma_ops curlew_ops = {
	.alloc_and_copy		= curlew_alloc_and_copy,
	.finalize_and_map	= curlew_finalize_and_map,
};

static long curlew_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct curlew_part rest = { 0 }, part = { 0, &rest };
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&curlew_ops, vma, start, start + PAGE_SIZE, &src, &dst, &part);
	return ret;
}

static const struct dev_pagemap_ops curlew_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init curlew_init(void)
{
	curlew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	curlew.memory.pagemap.ops = &curlew_pagemap_ops;
	return card_register(&curlew, curlew_move);
}

card_module(curlew, curlew_init);
