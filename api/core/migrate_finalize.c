// SPDX-License-Identifier: GPL-2.0-only
/* migrate_finalize.c - the third step: page tables point to where the pages are now */
#include "core/verify.h"

/* Lets go of a page that setup or the driver holds: unlock, back on the LRU, one reference less. */
static void release_page(struct page *page, const struct page *fault_page)
{
	if (!RELEASE_FAULT_PAGE_LOCKED || page != fault_page)
		unlock_page(page);
	if (is_zone_device_page(page))
		put_page(page);
	else
		lru_putback(page);
}

/* A destination that did not become anybody's page, or that a hole already maps. */
static void release_destination(struct page *page)
{
	unlock_page(page);
	put_page(page);
}

/**
 * finalize_entries() - put the page tables right and let go of the pages
 * @src: words of the sources
 * @dst: words of the destinations
 * @npages: their number
 * @fault_page: see struct migrate_vma, or NULL
 * @migrate: the migration, or NULL when it is not one of a mapping
 */
void finalize_entries(unsigned long *src, unsigned long *dst, unsigned long npages,
		      struct page *fault_page, struct migrate_vma *migrate)
{
	for (unsigned long i = 0; i < npages; i++) {
		struct page *to = migrate_pfn_to_page(dst[i]);
		struct page *from = migrate_pfn_to_page(src[i]);

		if (!from) {
			if (to)
				release_destination(to);
			continue;
		}
		if (!(src[i] & MIGRATE_PFN_MIGRATE) || !to) {
			if (to)
				release_destination(to);
			to = from;
		}

		remove_migration_ptes(from, to);
		if (RELEASE_FINALIZE_UNCOUNTS && migrate)
			migrate->cpages--;
		release_page(from, fault_page);
		if (to != from)
			release_page(to, NULL);
	}
}

void migrate_vma_finalize(struct migrate_vma *migrate)
{
	if (!verify_finalize(migrate->src, migrate->dst, __builtin_return_address(0)))
		return;
	finalize_entries(migrate->src, migrate->dst, migrate->npages, migration_fault_page(migrate),
			 migrate);
}
EXPORT_SYMBOL(migrate_vma_finalize);
