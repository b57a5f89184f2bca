// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dipper;

static void dipper_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dipper);
		if (!dpage)
			continue;
		card_copy(&dipper, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	card_note(&dipper, "start", start & 0xffff);
	card_note(&dipper, "npages", npages);
}

static void dipper_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dipper, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int dipper_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dipper_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	dipper_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Each of these lengths is negative for some of what is passed, and the range turned round then. */
static int dipper_smaller(struct vm_area_struct *vma, unsigned long start, int pages)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + min(pages, 4) * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return dipper_migrate(&args);
}

static int dipper_rest(struct vm_area_struct *vma, unsigned long start, int pages)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + pages % 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return dipper_migrate(&args);
}

static int dipper_part(struct vm_area_struct *vma, unsigned long start, int parts)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + (4 / parts << PAGE_SHIFT),
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return dipper_migrate(&args);
}

static int dipper_signed(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if ((long)(end - start) > (long)(4 * PAGE_SIZE))
		return -E2BIG;
	return dipper_migrate(&args);
}

static int dipper_least(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + min_t(s64, end - start, 4 * PAGE_SIZE),
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return dipper_migrate(&args);
}

static int dipper_divided(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			  unsigned long unit)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if ((end - start) / unit > 16)
		return -E2BIG;
	return dipper_migrate(&args);
}

/* No length is negative here, but the end of a process's memory is no bound for this sum. */
static int dipper_longer(struct vm_area_struct *vma, unsigned long start, unsigned long end, u32 more)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end + more,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end < start)
		return -EINVAL;
	return dipper_migrate(&args);
}

static long dipper_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long second;

	start &= PAGE_MASK;
	second = start + PAGE_SIZE;
	switch ((end - start) >> PAGE_SHIFT) {
	case 1:
		return dipper_smaller(vma, start, 1);
	case 2:
		return dipper_smaller(vma, second, -1) != -EINVAL ||
		       dipper_rest(vma, second, -1) != -EINVAL ||
		       dipper_part(vma, second, -4) != -EINVAL;
	case 3:
		return dipper_signed(vma, second, start) != -EINVAL ||
		       dipper_least(vma, second, start) != -EINVAL ||
		       dipper_divided(vma, second, start, 1UL << 60) != -EINVAL;
	case 4:
		return dipper_rest(vma, start, 5);
	case 6:
		return dipper_part(vma, start, 2);
	case 8:
		return dipper_longer(vma, start, second, 0);
	default:
		return dipper_signed(vma, start, end);
	}
}

static const struct dev_pagemap_ops dipper_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dipper_init(void)
{
	dipper.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dipper.memory.pagemap.owner = &dipper;
	dipper.memory.pagemap.ops = &dipper_pagemap_ops;
	return card_register(&dipper, dipper_move);
}

card_module(dipper, dipper_init);
