// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "dormouse.h"

static const struct migrate_vma_ops dormouse_ops = {
	.alloc_and_copy		= dormouse_alloc_and_copy,
	.finalize_and_map	= dormouse_finalize_and_map,
};

int dormouse_move(struct vm_area_struct *vma, unsigned long start, unsigned long npages)
{
	unsigned long src[DORMOUSE_MAX], dst[DORMOUSE_MAX];

	return migrate_vma(&dormouse_ops, vma, start, start + npages * PAGE_SIZE, src, dst, NULL);
}

void dormouse_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			     unsigned long *dst, unsigned long start, unsigned long end,
			     void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = migrate_pfn(page_to_pfn(dormouse_page())) | MIGRATE_PFN_LOCKED;
}

void dormouse_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			       const unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	dormouse_done(src, (end - start) >> PAGE_SHIFT);
}
