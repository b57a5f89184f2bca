// SPDX-License-Identifier: GPL-2.0-only
/* migrate_finalize.c - the third step: page tables point to where the pages are now */
#include "core/lru.h"
#include "core/verify.h"

/* Lets go of a page that setup or the driver holds: unlock, back on the LRU, one reference less. */
static inline void release_page(struct page *page, const struct page *fault_page)
{
	page->flags &= ~(1UL << PG_migrating | 1UL << PG_one_entry);
	if (!RELEASE_FAULT_PAGE_LOCKED || page != fault_page)
		step_unlock(page);
	if (!is_zone_device_page(page))
		lru_cache_add(page);
	step_put(page);
}

/* A source that nobody maps any more. With the last reference it is free. */
static inline void release_moved_source(struct page *page, const struct page *fault_page)
{
	if (test_bit(PG_isolated, &page->flags))
		in_use.isolated_pages--;
	page->flags &= ~(1UL << PG_migrating | 1UL << PG_isolated | 1UL << PG_one_entry);
	if (!RELEASE_FAULT_PAGE_LOCKED || page != fault_page)
		step_unlock(page);
	step_put(page);
}

/* A destination that did not become anybody's page, or that a hole already maps. */
static void release_destination(struct page *page)
{
	__clear_bit(PG_migrating, &page->flags);
	if (RELEASE_COMPOUND && unlikely(PageCompound(page))) {
		unlock_page(page);
		put_page(page);
		return;
	}
	step_unlock(page);
	step_put(page);
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

		/* The entries of the source lead to the page that it is now. */
		if (likely(migrate && test_bit(PG_one_entry, &from->flags))) {
			remove_migration_pte(migrate->vma, migrate->start + (i << PAGE_SHIFT), from,
					     to);
		} else if (RELEASE_COMPOUND && test_bit(PG_head, &from->flags)) {
			finalize_huge(from, to, fault_page);
			continue;
		} else {
			remove_migration_ptes(from, to);
		}
		if (RELEASE_FINALIZE_UNCOUNTS && migrate)
			migrate->cpages--;
		if (to == from) {
			release_page(from, fault_page);
			continue;
		}
		release_moved_source(from, fault_page);
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
