// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "wagtail.h"

static struct card wagtail;

#ifdef CONFIG_DEVICE_PRIVATE
int wagtail_move(struct card *card, struct vm_area_struct *vma, unsigned long start,
		 unsigned long end, int (*ops)(struct migrate_vma *args, void *private),
		 struct page *fault_page)
{
	unsigned long src[4], dst[4], addr, next;
	int ret = 0;

	if (start & ~PAGE_MASK)
		return -EINVAL;

	for (addr = start; addr < end && !ret; addr = next) {
		struct migrate_vma args = {
			.vma		= vma,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= card,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
			.fault_page	= fault_page,
		};

		next = min(end, addr + 4 * PAGE_SIZE);
		args.start = addr & PAGE_MASK;
		args.end = next;
		ret = ops ? ops(&args, card) : -EINVAL;
	}
	return ret;
}
#endif

static vm_fault_t wagtail_migrate_to_ram(struct vm_fault *vmf)
{
	if (wagtail_move(card_of_page(vmf->page), vmf->vma, vmf->address,
			 vmf->address + PAGE_SIZE, wagtail_store_migrate, vmf->page))
		return VM_FAULT_SIGBUS;
	return 0;
}

static long wagtail_load(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return wagtail_move(&wagtail, vma, start, end, wagtail_load_migrate, NULL);
}

static const struct dev_pagemap_ops wagtail_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= wagtail_migrate_to_ram,
};

static int wagtail_set_up(struct card *card)
{
	card->memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	card->memory.pagemap.ops = &wagtail_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	card->memory.pagemap.owner = card;
#endif
	return card_register(card, wagtail_load);
}

static int __init wagtail_init(void)
{
	return wagtail_set_up(&wagtail);
}

card_module(wagtail, wagtail_init);
