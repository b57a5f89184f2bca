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

static void godwit_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  struct godwit_slot *slot)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&godwit);
	if (!dpage)
		return;
	card_copy(&godwit, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	slot->filled++;
}

static void godwit_finalize_and_map(const unsigned long *src, struct godwit_slot *slot)
{
	slot->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static int godwit_migrate(struct migrate_vma *args, struct godwit_slot *slot)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	godwit_alloc_and_copy(args->src, args->dst, slot);
	migrate_vma_pages(args);
	godwit_finalize_and_map(args->src, slot);
	migrate_vma_finalize(args);
	return 0;
}

/* One slot for both callbacks. */
static long godwit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = godwit_migrate(&args, godwit_take());
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
