// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "dormouse.h"

static int dormouse_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dormouse_alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	dormouse_finalize_and_map(args->vma, args->src, args->dst, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

int dormouse_move(struct vm_area_struct *vma, unsigned long start, unsigned long npages)
{
	unsigned long src[DORMOUSE_MAX], dst[DORMOUSE_MAX];
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + npages * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
		.flags	= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return dormouse_migrate(&args, NULL);
}

void dormouse_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			     unsigned long *dst, unsigned long start, unsigned long end,
			     void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = migrate_pfn(page_to_pfn(dormouse_page()));
}

void dormouse_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			       const unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	dormouse_done(src, (end - start) >> PAGE_SHIFT);
}
