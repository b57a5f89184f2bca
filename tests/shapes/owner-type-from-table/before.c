// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card serin;

/* What is set up, by number; the member has the name of another in struct dev_pagemap. */
struct serin_kind {
	const char *name;
	enum memory_type type;
};

static const struct serin_kind serin_kinds[] = {
	{ .name = "private", .type = MEMORY_DEVICE_PRIVATE },
};

static void serin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&serin);
	if (!dpage)
		return;
	card_copy(&serin, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void serin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&serin, "moved", 1);
}

static const struct migrate_vma_ops serin_ops = {
	.alloc_and_copy		= serin_alloc_and_copy,
	.finalize_and_map	= serin_finalize_and_map,
};

static long serin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	start &= PAGE_MASK;
	return migrate_vma(&serin_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops serin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init serin_init(void)
{
	const struct serin_kind *kind = &serin_kinds[0];

	serin.memory.pagemap.type = kind->type;
	serin.memory.pagemap.ops = &serin_pagemap_ops;
	return card_register(&serin, serin_move);
}

card_module(serin, serin_init);
