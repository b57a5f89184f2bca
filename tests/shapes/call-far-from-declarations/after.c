// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card trireme;

static unsigned long trireme_limit = 2 * PAGE_SIZE;

static unsigned long trireme_choose(unsigned long *start)
{
	*start &= PAGE_MASK;
	return *start + PAGE_SIZE;
}

static void trireme_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&trireme);
		if (!dpage)
			continue;
		card_copy(&trireme, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void trireme_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&trireme, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long trireme_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long stack[4];
	unsigned long *src = NULL, *dst = NULL;
	unsigned long stop = end;
	int ret;
	struct migrate_vma args = {
		.pgmap_owner	= &trireme,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* Each of these changes something that the call passes. */
	if (stop > start + trireme_limit)
		stop = start + trireme_limit;
	if (stop - start == PAGE_SIZE)
		stop = trireme_choose(&start);
	for (src = stack; !dst; dst = src + 2)
		card_note(&trireme, "words", src - stack);
	if (vma->vm_end <= start)
		vma = find_vma(vma->vm_mm, start);

	args.vma = vma;
	args.start = start & PAGE_MASK;
	args.end = stop;
	args.src = src;
	args.dst = dst;
	if (args.start >= args.end)
		return -EINVAL;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		trireme_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		trireme_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops trireme_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init trireme_init(void)
{
	trireme.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	trireme.memory.pagemap.owner = &trireme;
	trireme.memory.pagemap.ops = &trireme_pagemap_ops;
	return card_register(&trireme, trireme_move);
}

card_module(trireme, trireme_init);
