// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card godwit;

struct godwit_slot {
	unsigned long filled;
	unsigned long moved;
};

static struct godwit_slot godwit_slots[4];
static unsigned int godwit_next;

static struct godwit_slot *godwit_take(void)
{
	return &godwit_slots[godwit_next++ % ARRAY_SIZE(godwit_slots)];
}

static void godwit_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct godwit_slot *slot = private;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&godwit);
	if (!dpage)
		return;
	card_copy(&godwit, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	slot->filled++;
}

static void godwit_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	struct godwit_slot *slot = private;

	slot->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops godwit_ops = {
	.alloc_and_copy		= godwit_alloc_and_copy,
	.finalize_and_map	= godwit_finalize_and_map,
};

/* One slot for both callbacks. */
static long godwit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&godwit_ops, vma, start, start + PAGE_SIZE, &src, &dst, godwit_take());
	if (ret)
		return ret;
	return godwit_slots[0].filled * 2 + godwit_slots[0].moved;
}

static const struct dev_pagemap_ops godwit_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init godwit_init(void)
{
	godwit.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	godwit.memory.pagemap.ops = &godwit_pagemap_ops;
	return card_register(&godwit, godwit_move);
}

card_module(godwit, godwit_init);
