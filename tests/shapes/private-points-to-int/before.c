// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ibis;

static void ibis_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE) || !*(int *)private)
		return;
	dpage = card_alloc(&ibis);
	if (!dpage) {
		*(int *)private = -ENOMEM;
		return;
	}
	*(int *)private += card_copy(&ibis, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void ibis_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	if (!(*src & MIGRATE_PFN_MIGRATE))
		(*(int *)private)--;
}

static const struct migrate_vma_ops ibis_ops = {
	.alloc_and_copy		= ibis_alloc_and_copy,
	.finalize_and_map	= ibis_finalize_and_map,
};

static long ibis_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int left = 1;
	int ret;

	ret = migrate_vma(&ibis_ops, vma, start, start + PAGE_SIZE, &src, &dst, &left);
	if (ret)
		return ret;
	return left;
}

static const struct dev_pagemap_ops ibis_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ibis_init(void)
{
	ibis.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ibis.memory.pagemap.ops = &ibis_pagemap_ops;
	return card_register(&ibis, ibis_move);
}

card_module(ibis, ibis_init);
