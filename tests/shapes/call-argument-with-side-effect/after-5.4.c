// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gondola;

struct gondola_ring {
	unsigned long words[16];
	unsigned int used;
};

/* Hands out words, dst of a chunk behind its src. */
static unsigned long *gondola_take(struct gondola_ring *ring)
{
	unsigned long *words = ring->words + ring->used;

	card_note(&gondola, "take", ring->used);
	ring->used += 4;
	return words;
}

static void gondola_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&gondola);
		if (!dpage)
			continue;
		card_copy(&gondola, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gondola_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&gondola, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long gondola_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct gondola_ring ring = { .used = 0 };
	int ret = 0;

	start &= PAGE_MASK;
	while (start + 2 * PAGE_SIZE <= end && ring.used < 16) {
		unsigned long used = ring.used;
		struct migrate_vma args = {
			.vma	= vma,
			.start	= start,
			.end	= start + 2 * PAGE_SIZE,
		};

		card_note(&gondola, "used", used);
		args.src = gondola_take(&ring);
		args.dst = ring.words + used + 2;
		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		if (args.cpages) {
			gondola_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			gondola_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
		start += 2 * PAGE_SIZE;
	}
	return ret;
}

static const struct dev_pagemap_ops gondola_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gondola_init(void)
{
	gondola.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gondola.memory.pagemap.ops = &gondola_pagemap_ops;
	return card_register(&gondola, gondola_move);
}

card_module(gondola, gondola_init);
