// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "gig.h"

#define GIG_CHUNK 4

struct gig gig;

/* Only its address counts: it marks the device memory as this driver's. */
static char gig_pgmap_owner;

static int gig_go(int (*ops)(struct migrate_vma *args, void *private), struct vm_area_struct *vma,
		  unsigned long addr, unsigned long npages, unsigned long *moved)
{
	unsigned long src[GIG_CHUNK], dst[GIG_CHUNK];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + npages * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &gig_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	return ops(&args, moved);
}

static long gig_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr, moved = 0;
	int ret = 0;

	if (!PAGE_ALIGNED(start) || end <= start)
		return -EINVAL;
	for (addr = start; addr < end && !ret; addr += PAGE_SIZE)
		ret = gig_go(gig_up_migrate, vma, addr, 1, &moved);
	card_note(&gig.card, "moved", moved);
	return ret;
}

static unsigned long *gig_counter(unsigned long *moved)
{
	*moved = 0;
	card_note(&gig.card, "try", *moved);
	return moved;
}

/* Tried twice: the first time the copy may have failed. */
static vm_fault_t gig_fault(struct vm_fault *vmf)
{
	int (*ops)(struct migrate_vma *args, void *private) = gig_down_migrate;
	unsigned long src, dst, moved;
	unsigned int tries;

	for (tries = 0; tries < 2; tries++) {
		struct migrate_vma args = {
			.vma		= vmf->vma,
			.start		= vmf->address,
			.end		= vmf->address + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &gig_pgmap_owner,
			.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
			.fault_page	= vmf->page,
		};

		gig.down_failed = false;
		ops(&args, gig_counter(&moved));
		if (!gig.down_failed)
			return 0;
	}
	return VM_FAULT_SIGBUS;
}

static const struct dev_pagemap_ops gig_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= gig_fault,
};

static int __init gig_init(void)
{
	struct dev_pagemap *pagemap = &gig.card.memory.pagemap;

	pagemap->type = MEMORY_DEVICE_PRIVATE;
	pagemap->owner = &gig_pgmap_owner;
	pagemap->ops = &gig_pagemap_ops;
	return card_register(&gig.card, gig_move);
}

card_module(gig.card, gig_init);
