// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_collect.c - setup, first half: go through the page tables and note every entry
 *
 * A page whose lock is free is locked and its entry replaced by a migration entry on the spot.
 * That is all there is to do for a page that a single program maps, and saves finding the entry
 * again through the page.
 *
 * Differs: huge pages are split and moved as small ones in every release. From 6.19 on Linux moves
 * a huge page as one for a driver that asks for MIGRATE_VMA_SELECT_COMPOUND, which does nothing here.
 */
#include "core/migration.h"
#include "kernel/failure.h"

static void note_entry(struct migrate_vma *migrate, unsigned long word)
{
	migrate->dst[migrate->npages] = 0;
	migrate->src[migrate->npages++] = word;
}

static void note_hole(struct migrate_vma *migrate)
{
	if (!migration_offers_holes(migrate->vma)) {
		note_entry(migrate, 0);
		return;
	}
	note_entry(migrate, MIGRATE_PFN_MIGRATE);
	migrate->cpages++;
}

/* The page of an entry that is not present, if the driver wants it. */
static struct page *wanted_device_page(const struct migrate_vma *migrate, pte_t pte,
				       unsigned long *word)
{
	struct page *page;

	if (!leaf_is_device_private(pte))
		return NULL;
	page = leaf_page(pte);
	if (!migration_selects_device(migrate, device_page_region(page)))
		return NULL;
	*word = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_MIGRATE | SRC_DEVICE;
	if (leaf_is_writable(pte))
		*word |= MIGRATE_PFN_WRITE;
	return page;
}

/* The page of an entry that is present, if the driver wants it. */
static struct page *wanted_present_page(const struct migrate_vma *migrate, pte_t pte,
					unsigned long *word)
{
	struct page *page = pfn_to_page(pte_pfn(pte));

	if (is_zone_device_page(page) ?
	    !migration_selects_coherent(migrate, device_page_region(page)) :
	    !migration_selects_system(migrate))
		return NULL;
	*word = migrate_pfn(pte_pfn(pte)) | MIGRATE_PFN_MIGRATE;
	if (pte_write(pte))
		*word |= MIGRATE_PFN_WRITE;
	return page;
}

/*
 * The page is locked: take it out of the page table, for this mapping at least. The reference of the
 * entry becomes that of setup.
 */
static void replace_entry(struct migrate_vma *migrate, pte_t *ptep, struct page *page,
			  unsigned long word)
{
	if (pte_present(*ptep) && pte_dirty(*ptep))
		SetPageDirty(page);
	set_pte(ptep, make_migration_leaf(page, word & MIGRATE_PFN_WRITE));
	page_remove_rmap(page);
	if (!step_mapped(page))
		__set_bit(PG_one_entry, &page->flags);
}

static void collect_entry(struct migrate_vma *migrate, pte_t *ptep)
{
	pte_t pte = *ptep;
	struct page *page;
	unsigned long word = 0;

	if (pte_none(pte)) {
		note_hole(migrate);
		return;
	}
	if (pte_present(pte) && pte_pfn(pte) == zero_page_pfn) {
		if (migration_selects_system(migrate)) {
			word = MIGRATE_PFN_MIGRATE;
			migrate->cpages++;
		}
		note_entry(migrate, word);
		return;
	}

	page = pte_present(pte) ? wanted_present_page(migrate, pte, &word) :
				  wanted_device_page(migrate, pte, &word);
	if (!page || !page->mapping || PageCompound(page)) {
		note_entry(migrate, 0);
		return;
	}

	if ((RELEASE_FAULT_PAGE_LOCKED && page == migration_fault_page(migrate)) ||
	    (!failure_strikes(MACHINE_FAIL_TRYLOCK_PAGE) && step_trylock(page))) {
		replace_entry(migrate, ptep, page, word);
		word |= SRC_LOCKED;
	} else if (RELEASE_RETRIES_PAGE_LOCK) {
		get_page(page);
	} else {
		note_entry(migrate, 0);
		return;
	}
	note_entry(migrate, word);
	migrate->cpages++;
}

/* A small entry that maps a part of a huge page, which is split from 6.19 on and else left out. */
static bool is_part_of_large(const struct migrate_vma *migrate, pte_t pte)
{
	return RELEASE_SPLITS_LARGE && pte_present(pte) &&
	       PageCompound(pfn_to_page(pte_pfn(pte))) && migration_selects_system(migrate);
}

static void note_skipped(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	for (; addr < end; addr += PAGE_SIZE)
		note_entry(migrate, 0);
}

/* Makes small pages of a huge one that one entry maps. false if all of it is left out. */
static bool split_for_migration(const struct migrate_vma *migrate, pte_t pte)
{
	if (RELEASE_SPLITS_LARGE && !migration_selects_system(migrate))
		return false;
	return !lock_and_split_huge_page(pfn_to_page(pte_pfn(pte)));
}

/* The part of the range that one lowest level table covers. */
static void collect_table(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = migrate->vma->vm_mm;
	pte_t *ptep = page_table_find(mm, addr);

	if (ptep && maps_huge_page(mm, addr) && !split_for_migration(migrate, *ptep)) {
		note_skipped(migrate, addr, end);
		return;
	}

	if (!RELEASE_SPLITS_LARGE && maps_huge_zeroes(mm, addr))
		split_huge_entry(migrate->vma, addr);

	if (!ptep) {
		for (; addr < end; addr += PAGE_SIZE)
			note_hole(migrate);
		return;
	}
	spin_lock(&mm->page_table_lock);
	for (; addr < end; addr += PAGE_SIZE, ptep++) {
		if (unlikely(is_part_of_large(migrate, *ptep))) {
			bool split;

			spin_unlock(&mm->page_table_lock);
			split = !lock_and_split_huge_page(pfn_to_page(pte_pfn(*ptep)));
			spin_lock(&mm->page_table_lock);
			if (!split)
				break;
		}
		collect_entry(migrate, ptep);
	}
	spin_unlock(&mm->page_table_lock);
	note_skipped(migrate, addr, end);
}

/**
 * migrate_collect() - note what is at each address of the range
 * @migrate: the migration, with cpages and npages 0
 *
 * Fills src and dst, sets cpages, npages and end.
 */
void migrate_collect(struct migrate_vma *migrate)
{
	struct mmu_notifier_range range;
	unsigned long next;

#if RELEASE_NOTIFY_MIGRATE
	notifier_range_init(&range, MMU_NOTIFY_MIGRATE, migrate->vma, migrate->vma->vm_mm,
			    migrate->start, migrate->end);
	notifier_range_set_owner(&range, migration_owner(migrate));
#else
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, NULL, migrate->vma->vm_mm, migrate->start,
			    migrate->end);
#endif
	mmu_notifier_invalidate_range_start(&range);
	for (unsigned long addr = migrate->start; addr < migrate->end; addr = next) {
		next = page_table_next(addr, migrate->end);
		collect_table(migrate, addr, next);
	}
	mmu_notifier_invalidate_range_end(&range);
	migrate->end = migrate->start + (migrate->npages << PAGE_SHIFT);
}
