// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_collect.c - setup, first half: go through the page tables and note every entry
 *
 * A page whose lock is free is locked and its entry replaced by a migration entry on the spot.
 * That is all there is to do for a page that a single program maps, and saves finding the entry
 * again through the page.
 * Huge pages are split and moved as small ones, unless migrate_huge.c collects them as one.
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
	const struct page *head;
	struct page *page;

	if (!leaf_is_device_private(pte))
		return NULL;
	page = leaf_page(pte);
	head = RELEASE_COMPOUND && unlikely(PageCompound(page)) ? compound_head(page) : page;
	if (!migration_selects_device(migrate, device_page_region(head)))
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
		__SetPageDirty(page);
	set_pte(ptep, make_migration_leaf(page, word & MIGRATE_PFN_WRITE));
	page_remove_rmap(page);
	if (!step_mapped(page))
		__set_bit(PG_one_entry, &page->flags);
}

/* Returns false for a part of a huge page, which is to be split first. */
static bool collect_entry(struct migrate_vma *migrate, pte_t *ptep)
{
	pte_t pte = *ptep;
	struct page *page;
	unsigned long word = 0;

	if (pte_none(pte)) {
		note_hole(migrate);
		return true;
	}
	if (pte_present(pte) && pte_pfn(pte) == zero_page_pfn) {
		if (migration_selects_system(migrate)) {
			word = MIGRATE_PFN_MIGRATE;
			migrate->cpages++;
		}
		note_entry(migrate, word);
		return true;
	}

	page = pte_present(pte) ? wanted_present_page(migrate, pte, &word) :
				  wanted_device_page(migrate, pte, &word);
	if (!page || !page->mapping || PageCompound(page)) {
		if (RELEASE_SPLITS_LARGE && page && PageCompound(page))
			return false;
		note_entry(migrate, 0);
		return true;
	}

	if ((RELEASE_FAULT_PAGE_LOCKED && page == migration_fault_page(migrate)) ||
	    (!failure_holds(page) && step_trylock(page))) {
		replace_entry(migrate, ptep, page, word);
		word |= SRC_LOCKED;
	} else if (RELEASE_RETRIES_PAGE_LOCK) {
		get_page(page);
	} else {
		note_entry(migrate, 0);
		return true;
	}
	note_entry(migrate, word);
	migrate->cpages++;
	return true;
}

/* Waits for the lock of the page, unlike everything else in setup. */
static bool split_large(const struct migrate_vma *migrate, pte_t pte)
{
	return !split_huge_page_of(pte_present(pte) ? pfn_to_page(pte_pfn(pte)) : leaf_page(pte),
				   migration_fault_page(migrate));
}

static void note_skipped(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	for (; addr < end; addr += PAGE_SIZE)
		note_entry(migrate, 0);
}

#if !RELEASE_COMPOUND
/* Makes small pages of a huge one that one entry maps. false if all of it is left out. */
static bool split_for_migration(pte_t pte)
{
	return !lock_and_split_huge_page(pfn_to_page(pte_pfn(pte)));
}
#endif

/* The part of the range that one lowest level table covers. */
static void collect_table(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = migrate->vma->vm_mm;
	pte_t *ptep = page_table_find(mm, addr);

#if RELEASE_COMPOUND
	if (ptep && maps_huge_page(mm, addr)) {
		switch (collect_huge(migrate, addr, end)) {
		case HUGE_COLLECTED:
			return;
		case HUGE_LEFT_OUT:
			note_skipped(migrate, addr, end);
			return;
		default:
			break;
		}
	}
	if ((!ptep || (maps_huge_zeroes(mm, addr) && migration_selects_system(migrate))) &&
	    collect_huge_hole(migrate, addr, end))
		return;
#else
	if (ptep && maps_huge_page(mm, addr) && !split_for_migration(*ptep)) {
		note_skipped(migrate, addr, end);
		return;
	}
	if (maps_huge_zeroes(mm, addr))
		split_huge_entry(migrate->vma, addr);
#endif
	if (!ptep) {
		for (; addr < end; addr += PAGE_SIZE)
			note_hole(migrate);
		return;
	}
	spin_lock(&mm->page_table_lock);
	for (; addr < end; addr += PAGE_SIZE, ptep++) {
		while (unlikely(!collect_entry(migrate, ptep))) {
			bool split;

			spin_unlock(&mm->page_table_lock);
			split = split_large(migrate, *ptep);
			spin_lock(&mm->page_table_lock);
			if (!split)
				goto out;
		}
	}
out:
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
