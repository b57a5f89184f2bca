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

static void jukung_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void jukung_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jukung, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops jukung_ops = {
	.alloc_and_copy		= jukung_alloc_and_copy,
	.finalize_and_map	= jukung_finalize_and_map,
};


static void jukung_do(struct jukung_request *request)
{
	request->result = migrate_vma(&jukung_ops, request->vma, request->addr,
				      request->addr + 4 * PAGE_SIZE, request->pfns.src,
				      request->pfns.dst, NULL);
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
	jukung.memory.pagemap.ops = &jukung_pagemap_ops;
	return card_register(&jukung, jukung_move);
}

card_module(jukung, jukung_init);
