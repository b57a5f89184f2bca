// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jukung;

struct jukung_request {
	struct vm_area_struct *vma;
	unsigned long addr;
	struct {
		unsigned long src[4];
		unsigned long dst[4];
	} pfns;
	int result;
};

static void jukung_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&jukung);
		if (!dpage)
			continue;
		card_copy(&jukung, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void jukung_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jukung, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int jukung_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	jukung_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	jukung_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static void jukung_do(struct jukung_request *request)
{
	struct migrate_vma args = {
		.vma		= request->vma,
		.start		= request->addr,
		.end		= request->addr + 4 * PAGE_SIZE,
		.src		= request->pfns.src,
		.dst		= request->pfns.dst,
		.pgmap_owner	= &jukung,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	request->result = jukung_migrate(&args);
}

static long jukung_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct jukung_request *request;
	long ret;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	request->vma = vma;
	request->addr = start & PAGE_MASK;
	jukung_do(request);
	ret = request->result ? request->result : !!request->pfns.dst[0];
	kfree(request);
	return ret;
}

static const struct dev_pagemap_ops jukung_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init jukung_init(void)
{
	jukung.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	jukung.memory.pagemap.owner = &jukung;
	jukung.memory.pagemap.ops = &jukung_pagemap_ops;
	return card_register(&jukung, jukung_move);
}

card_module(jukung, jukung_init);
