// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_huge.c - huge pages that move as one (6.19)
 *
 * A driver that asks for MIGRATE_VMA_SELECT_COMPOUND finds the 2 MiB that one middle level entry
 * covers in one word of src, with MIGRATE_PFN_COMPOUND, and 511 words of 0 behind it. Everything
 * else is split when it is collected. What was collected as one is split later if the driver gives
 * it small pages.
 */
#include "core/migration.h"
#include "core/lru.h"
#include "core/verify.h"
#include "kernel/failure.h"

#if RELEASE_COMPOUND
/* Whether the driver wants the part from @addr to @end as one. */
static bool wants_as_one(const struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	return (migrate->flags & MIGRATE_VMA_SELECT_COMPOUND) && !(addr & ~PMD_MASK) &&
	       !(end & ~PMD_MASK);
}

static void note_one(struct migrate_vma *migrate, unsigned long word, unsigned long addr,
		     unsigned long end)
{
	migrate->src[migrate->npages] = word | MIGRATE_PFN_COMPOUND;
	migrate->dst[migrate->npages++] = 0;
	for (addr += PAGE_SIZE; addr < end; addr += PAGE_SIZE) {
		migrate->src[migrate->npages] = 0;
		migrate->dst[migrate->npages++] = 0;
	}
	migrate->cpages++;
}

/* The driver is offered the whole of a hole. false when it wants it page by page. */
bool collect_huge_hole(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	if (!migration_offers_holes(migrate->vma) || !wants_as_one(migrate, addr, end))
		return false;
	note_one(migrate, MIGRATE_PFN_MIGRATE, addr, end);
	return true;
}

static bool is_selected(const struct migrate_vma *migrate, pte_t pte, struct page *head)
{
	if (pte_present(pte))
		return migration_selects_system(migrate);
	return leaf_is_device_private(pte) &&
	       migration_selects_device(migrate, device_page_region(head));
}

/**
 * collect_huge() - collect what a huge entry maps, as one if the driver wants that
 * @migrate: the migration
 * @addr: the first address of the range below the entry
 * @end: the address after the last
 *
 * Return: what is to be done with the range: nothing more, leave it out, or go through the small
 * entries, which it has been split into.
 */
enum huge_collected collect_huge(struct migrate_vma *migrate, unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = migrate->vma->vm_mm;
	const struct page *fault_page = migration_fault_page(migrate);
	pte_t pte = *page_table_find(mm, addr);
	struct page *head = huge_entry_page(pte);
	bool faulted = fault_page && compound_head(fault_page) == head;
	bool writable = pte_present(pte) ? pte_write(pte) : leaf_is_writable(pte);

	if (!is_selected(migrate, pte, head))
		return HUGE_LEFT_OUT;
	if (!faulted && (failure_holds(head) || !trylock_page(head)))
		return HUGE_LEFT_OUT;
	if (wants_as_one(migrate, addr, end)) {
		/* The reference of the entry becomes that of setup. */
		huge_entry_to_migration(migrate->vma, addr, head);
		note_one(migrate, migrate_pfn(page_to_pfn(head)) | MIGRATE_PFN_MIGRATE |
			 (writable ? MIGRATE_PFN_WRITE : 0), addr, end);
		return HUGE_COLLECTED;
	}
	/* On top of the reference that a fault holds this one is too many, and nothing is split. */
	get_page(head);
	if (split_huge_page(head)) {
		if (!faulted)
			unlock_page(head);
		put_page(head);
		return HUGE_LEFT_OUT;
	}
	unlock_page(head);
	put_page(head);
	return HUGE_SPLIT;
}

/* References of a huge page that setup has unmapped. See page_is_unpinned() and expected_count(). */
static bool huge_is_unpinned(const struct page *head, const struct page *fault_page)
{
	if (failure_strikes(MACHINE_FAIL_PIN))
		return false;
	return page_count(head) <= 1 + (head == fault_page) + is_zone_device_page(head);
}

/**
 * unmap_huge() - what setup does with each page, for a huge one
 * @head: the page, locked
 * @fault_page: see struct migrate_vma, or NULL
 *
 * Return: false when it cannot move. It is to be given back.
 */
bool unmap_huge(struct page *head, const struct page *fault_page)
{
	bool on_lru = !is_zone_device_page(head);

	if (on_lru && !lru_isolate(head))
		return false;
	if (huge_mappings(head))
		try_to_migrate_huge(head);
	if (!huge_mappings(head) && huge_is_unpinned(head, fault_page))
		return true;
	if (on_lru)
		lru_cache_add(head);
	return false;
}

#define FLAGS_THAT_MOVE \
	(1UL << PG_referenced | 1UL << PG_uptodate | 1UL << PG_dirty | 1UL << PG_active | \
	 1UL << PG_swapbacked | 1UL << PG_anon_exclusive)

/* Both are huge. false when it has to stay. */
bool move_huge(struct page *to, struct page *from, const struct page *fault_page)
{
	if (failure_strikes(MACHINE_FAIL_MOVE) ||
	    page_count(from) != 1 + (from == fault_page))
		return false;
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		to[i].index = from[i].index;
		to[i].mapping = from[i].mapping;
		to[i].flags |= from[i].flags & FLAGS_THAT_MOVE;
	}
	return true;
}

/* The driver gives small pages for a huge one: it is split where it is, unmapped. */
bool split_collected(struct migrate_vma *migrate, unsigned long i, struct page *head)
{
	unsigned long flags = migrate->src[i] & ((1UL << MIGRATE_PFN_SHIFT) - 1) &
			      ~MIGRATE_PFN_COMPOUND;
	unsigned long addr = migrate->start + (i << PAGE_SHIFT);

	if (failure_strikes(MACHINE_FAIL_SPLIT) ||
	    page_count(head) != 1 + (head == migration_fault_page(migrate)))
		return false;
	split_huge_entry(migrate->vma, addr);
	huge_page_split_unmapped(head);
	for (unsigned long j = 0; j < HPAGE_PMD_NR; j++)
		migrate->src[i + j] = migrate_pfn(page_to_pfn(head) + j) | flags;
	return true;
}

/**
 * insert_huge() - fill a hole that was collected as one
 * @migrate: the migration
 * @i: the hole's place in src
 * @head: the page for it
 *
 * src keeps MIGRATE_PFN_MIGRATE if it works, or loses it in every word of the range.
 */
void insert_huge(struct migrate_vma *migrate, unsigned long i, struct page *head)
{
	unsigned long addr = migrate->start + (i << PAGE_SHIFT);

	if ((addr & ~PMD_MASK) || addr + PMD_SIZE > migrate->vma->vm_end ||
	    !test_bit(PG_head, &head->flags)) {
		migrate->src[i] &= ~MIGRATE_PFN_MIGRATE;
		return;
	}
	if (!failure_strikes(MACHINE_FAIL_MOVE) && huge_insert(migrate->vma, addr, head))
		return;
	for (unsigned long j = i; j < migrate->npages && j < i + HPAGE_PMD_NR; j++)
		migrate->src[j] &= ~MIGRATE_PFN_MIGRATE;
}

static void let_go(struct page *head, const struct page *fault_page, bool moved)
{
	__clear_bit(PG_migrating, &head->flags);
	if (moved && test_bit(PG_isolated, &head->flags)) {
		__clear_bit(PG_isolated, &head->flags);
		in_use.isolated_pages--;
	}
	if (head != fault_page)
		unlock_page(head);
	if (!moved && !is_zone_device_page(head))
		lru_cache_add(head);
	put_page(head);
}

/**
 * finalize_huge() - put the page tables right for a huge page
 * @from: the source
 * @to: the page that it is now; @from when it did not move
 * @fault_page: see struct migrate_vma, or NULL
 */
void finalize_huge(struct page *from, struct page *to, const struct page *fault_page)
{
	remove_huge_migration_entries(from, to);
	if (to == from) {
		let_go(from, fault_page, false);
		return;
	}
	let_go(from, fault_page, true);
	let_go(to, NULL, false);
}
#endif
