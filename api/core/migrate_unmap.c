// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_unmap.c - setup, second half: make sure that nobody else uses the pages
 *
 * Each page is locked (where the first half could not), taken off the LRU, taken out of every other
 * page table, and its references are counted: one that nobody accounts for is a pin, and the page
 * cannot move. What cannot move is given back as it was, and its entry becomes 0.
 *
 * Differs: Linux went through the pages twice until 5.17, once to lock, isolate and count, and once to
 * unmap and count again. It comes to the same, since no page depends on another.
 */
#include "core/migration.h"
#include "core/lru.h"
#include "kernel/failure.h"

/*
 * Whether all references of a page are accounted for: those of its entries, the one that setup holds,
 * that of the cache it is in, and what the release adds. A device page counts one more in every
 * release, which lets one pin through from 5.18 on; migrate_vma_pages() notices it then. Before 5.17
 * device private pages were not looked at, because nothing could pin them.
 */
static inline bool references_are_accounted(const struct page *page,
					    const struct page *fault_page, int mapped)
{
	int accounted = mapped + 1 + (page == fault_page) + page_is_cached(page);

	return step_count(page) <= accounted + is_zone_device_page(page);
}

/* Of a page that nothing maps any more. */
static bool page_is_unpinned(const struct page *page, const struct page *fault_page)
{
	if (!RELEASE_CHECKS_DEVICE_PIN && is_zone_device_page(page))
		return true;
	return !failure_strikes(MACHINE_FAIL_PIN) && references_are_accounted(page, fault_page, 0);
}

static void unmap(struct page *page, const struct page *fault_page)
{
	if (test_bit(PG_one_entry, &page->flags) || !step_mapped(page))
		return;
	if (RELEASE_COUNTS_BEFORE_UNMAP && !is_zone_device_page(page) &&
	    !references_are_accounted(page, fault_page, page_mapcount(page)))
		return;
	try_to_migrate(page);
}

static bool lock_if_needed(unsigned long *word, struct page *page)
{
	if (!RELEASE_RETRIES_PAGE_LOCK || (*word & SRC_LOCKED))
		return true;
	if (failure_holds(page) || !trylock_page(page))
		return false;
	*word |= SRC_LOCKED;
	return true;
}

static bool isolate_and_unmap(struct page *page, const struct page *fault_page)
{
	bool on_lru = !is_zone_device_page(page);

	if (on_lru && !lru_isolate(page))
		return false;
	unmap(page, fault_page);
	if (!step_mapped(page) && page_is_unpinned(page, fault_page))
		return true;

	if (on_lru)
		lru_cache_add(page);
	return false;
}

static void give_back(unsigned long *word, struct page *page, const struct page *fault_page)
{
	if (RELEASE_COMPOUND && unlikely(PageCompound(page)))
		remove_huge_migration_entries(page, page);
	else
		remove_migration_ptes(page, page);
	__clear_bit(PG_one_entry, &page->flags);
	*word = 0;
	if (!RELEASE_FAULT_PAGE_LOCKED || page != fault_page)
		unlock_page(page);
	put_page(page);
}

/**
 * migrate_unmap() - lock, isolate and unmap pages
 * @src: words of the pages, with a reference on each; may be 0
 * @npages: their number
 * @fault_page: see struct migrate_vma, or NULL
 *
 * Return: how many entries have MIGRATE_PFN_MIGRATE afterwards.
 */
unsigned long migrate_unmap(unsigned long *src, unsigned long npages, struct page *fault_page)
{
	unsigned long movable = 0, to_give_back = 0;

	for (unsigned long i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(src[i]);

		if (!page) {
			if (src[i] & MIGRATE_PFN_MIGRATE)
				movable++;
			continue;
		}
		if (!lock_if_needed(&src[i], page)) {
			src[i] = 0;
			put_page(page);
			continue;
		}
		if (RELEASE_COMPOUND && unlikely(src[i] & DST_COMPOUND) ?
		    unmap_huge(page, fault_page) : isolate_and_unmap(page, fault_page)) {
			__set_bit(PG_migrating, &page->flags);
			movable++;
			continue;
		}
		src[i] &= ~MIGRATE_PFN_MIGRATE;
		to_give_back++;
	}

	for (unsigned long i = 0; i < npages && to_give_back; i++) {
		struct page *page = migrate_pfn_to_page(src[i]);

		if (!page || (src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		give_back(&src[i], page, fault_page);
		to_give_back--;
	}
	return movable;
}
