// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card felucca;

static unsigned long felucca_lost;

static void felucca_alloc_and_copy(const unsigned long *src, unsigned long *dst, bool *failed)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&felucca);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	if (card_copy(&felucca, dpage, migrate_pfn_to_page(*src))) {
		card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void felucca_finalize_and_map(const unsigned long *src)
{
	card_note(&felucca, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int felucca_migrate(struct migrate_vma *args, bool *failed)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret)
		return ret;

	*failed = false;
	if (!args->cpages)
		return 0;

	felucca_alloc_and_copy(args->src, args->dst, failed);
	migrate_vma_pages(args);
	felucca_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

/* dst starts afresh with every attempt, and so must what stands for the flag. */
static long felucca_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;
	bool failed = false;
	int ret, tries = 3;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= (start & PAGE_MASK) + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &felucca,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

again:
	ret = felucca_migrate(&args, &failed);
	if (!ret && failed) {
		felucca_lost++;
		if (--tries)
			goto again;
	}
	return ret ? ret : felucca_lost;
}

static const struct dev_pagemap_ops felucca_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init felucca_init(void)
{
	felucca.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	felucca.memory.pagemap.owner = &felucca;
	felucca.memory.pagemap.ops = &felucca_pagemap_ops;
	return card_register(&felucca, felucca_move);
}

card_module(felucca, felucca_init);
