// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tug;

struct tug_job {
	unsigned long wanted;
	unsigned long moved;
};

static void tug_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	struct tug_job *job = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT && job->wanted; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&tug);
		if (!dpage)
			break;
		card_copy(&tug, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
		job->wanted--;
	}
}

static void tug_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start,
				 unsigned long end, void *private)
{
	struct tug_job *job = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			job->moved++;
}

static const struct migrate_vma_ops tug_migrate_ops = {
	.alloc_and_copy		= tug_alloc_and_copy,
	.finalize_and_map	= tug_finalize_and_map,
};

static int tug_move_page(struct vm_area_struct *vma, unsigned long addr, struct tug_job *job)
{
	unsigned long src, dst;

	return migrate_vma(&tug_migrate_ops, vma, addr & PAGE_MASK,
			   (addr & PAGE_MASK) + PAGE_SIZE, &src, &dst, job);
}

static long tug_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct tug_job job = { .wanted = 3 };
	unsigned long src[8], dst[8];
	int ret;

	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end - start > 8 * PAGE_SIZE)
		return -EINVAL;
	if (end - start == PAGE_SIZE)
		return tug_move_page(vma, start, &job);
	ret = migrate_vma(&tug_migrate_ops, vma, start, end, src, dst, &job);
	card_note(&tug, "moved", job.moved);
	return ret;
}

static const struct dev_pagemap_ops tug_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tug_init(void)
{
	tug.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tug.memory.pagemap.ops = &tug_pagemap_ops;
	return card_register(&tug, tug_move);
}

card_module(tug, tug_init);
