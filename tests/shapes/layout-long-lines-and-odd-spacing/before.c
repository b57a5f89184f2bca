// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card badger;

static
void
badger_alloc_and_copy ( struct vm_area_struct * vma , const unsigned long * src , unsigned long * dst ,
	unsigned long start , unsigned long end , void * private )
{
	struct page *dpage = NULL ;

	if ( * src & MIGRATE_PFN_MIGRATE )
		dpage = card_alloc ( & badger ) ;
	if ( ! dpage )
		return ;
	card_copy ( & badger , dpage , migrate_pfn_to_page ( * src ) ) ;
	* dst = migrate_pfn ( page_to_pfn ( dpage ) ) | MIGRATE_PFN_LOCKED ;
}

static void badger_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	card_note(&badger, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops badger_ops = { .alloc_and_copy = badger_alloc_and_copy, .finalize_and_map = badger_finalize_and_map };

static long badger_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src , dst ;
	int ret ;

	ret=migrate_vma ( & badger_ops , vma , start , start + PAGE_SIZE , & src , & dst , NULL ) ;
	if ( ret ) return ret ;
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
