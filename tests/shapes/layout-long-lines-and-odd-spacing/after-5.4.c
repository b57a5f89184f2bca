// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card badger;

static
void
badger_alloc_and_copy(const unsigned long * src, unsigned long * dst)
{
	struct page *dpage = NULL ;

	if ( * src & MIGRATE_PFN_MIGRATE )
		dpage = card_alloc ( & badger ) ;
	if ( ! dpage )
		return ;
	card_copy ( & badger , dpage , migrate_pfn_to_page ( * src ) ) ;
	* dst = migrate_pfn ( page_to_pfn ( dpage ) ) | MIGRATE_PFN_LOCKED ;
}

static void badger_finalize_and_map(const unsigned long *src)
{
	card_note(&badger, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long badger_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src , dst ;
	int ret ;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= & src,
		.dst	= & dst,
	};

	ret=migrate_vma_setup(&args) ;
	if ( ret ) return ret ;
	if (args.cpages) {
		badger_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		badger_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0 ;
}

static const struct dev_pagemap_ops badger_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init badger_init(void)
{
	badger.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	badger.memory.pagemap.ops = &badger_pagemap_ops;
	return card_register(&badger, badger_move);
}

card_module(badger, badger_init);
