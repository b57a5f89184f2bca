// SPDX-License-Identifier: GPL-2.0-only
/* migrate_pages.c - the second step: destinations take the place of their sources */
#include "core/lru.h"
#include "core/verify.h"
#include "kernel/failure.h"

/* Puts a page where there was nothing. false when somebody else has put one there meanwhile. */
static bool insert_page(struct migrate_vma *migrate, unsigned long addr, struct page *page)
{
	struct vm_area_struct *vma = migrate->vma;
	struct mm_struct *mm = vma->vm_mm;
	bool writable = vma->vm_flags & VM_WRITE;
	pte_t *ptep, pte;

	if (failure_strikes(MACHINE_FAIL_MOVE) || !vma_is_anonymous(vma))
		return false;
	ptep = page_table_get(mm, addr);
	if (!ptep || anon_vma_prepare(vma))
		return false;
	__SetPageUptodate(page);

	if (is_device_private_page(page)) {
		pte = make_device_private_leaf(page, writable);
	} else {
		pte = pfn_pte(page_to_pfn(page), vma->vm_page_prot);
		if (writable)
			pte = pte_mkwrite(pte_mkdirty(pte));
	}

	/* From 6.19 on setup leaves the huge page of zeroes as it is. */
	if (pte_present(*ptep))
		split_huge_entry(vma, addr);
	page_table_lock(mm);
	if (!pte_none(*ptep) && !(pte_present(*ptep) && is_zero_pfn(pte_pfn(*ptep)))) {
		page_table_unlock(mm);
		return false;
	}
	mm->anon_pages++;
	page_add_new_anon_rmap(page, vma, addr);
	if (!is_zone_device_page(page))
		lru_cache_add(page);
	get_page(page);
	set_pte(ptep, pte);
	page_table_unlock(mm);
	return true;
}

/* The first entry that fills a hole announces the rest of the range. */
static void announce_holes(struct migrate_vma *migrate, struct mmu_notifier_range *range,
			   unsigned long addr)
{
#if RELEASE_NOTIFY_MIGRATE_HOLES
	notifier_range_init(range, MMU_NOTIFY_MIGRATE, migrate->vma, migrate->vma->vm_mm, addr,
			    migrate->end);
	notifier_range_set_owner(range, migration_owner(migrate));
#else
	notifier_range_init(range, MMU_NOTIFY_CLEAR, NULL, migrate->vma->vm_mm, addr, migrate->end);
#endif
	mmu_notifier_invalidate_range_start(range);
}

/*
 * How many references a page has that is unmapped and held by nobody but setup and a cache. Until 5.17 the
 * count of a device page starts at 1 instead of 0.
 */
static int expected_count(const struct page *page, const struct page *fault_page, bool cached)
{
	int count = 1 + (page == fault_page) + cached;

	if (!RELEASE_FREES_AT_ZERO && is_device_private_page(page))
		count++;
	return count;
}

#define FLAGS_THAT_MOVE \
	(1UL << PG_referenced | 1UL << PG_uptodate | 1UL << PG_dirty | 1UL << PG_active | \
	 1UL << PG_swapbacked | 1UL << PG_anon_exclusive)

/* A page that goes to a device has to be in no cache, and from 6.6 on leaves that of the swap. */
static bool leave_cache(struct page *from)
{
	return RELEASE_FREES_SWAP_CACHE && PageSwapCache(from) && swap_cache_try_free(from);
}

/* false when it has to stay, for one because somebody has taken a reference since setup. */
static inline bool move_page(struct page *to, struct page *from, const struct page *fault_page)
{
	bool cached = page_is_cached(from);

	if (unlikely(cached) && is_zone_device_page(to)) {
		if (!leave_cache(from))
			return false;
		cached = false;
	}
	if (failure_strikes(MACHINE_FAIL_MOVE) ||
	    step_count(from) != expected_count(from, fault_page, cached))
		return false;
	to->index = from->index;
	to->mapping = from->mapping;
	to->flags |= from->flags & FLAGS_THAT_MOVE;
	if (likely(!cached))
		return true;
	if (PageAnon(from))
		swap_cache_move(to, from);
	else
		page_cache_move(to, from);
	return true;
}

#if RELEASE_COMPOUND
static void fill_small(unsigned long *src, struct page *page, unsigned long i,
		       struct migrate_vma *migrate)
{
	if (page && insert_page(migrate, migrate->start + (i << PAGE_SHIFT), page))
		src[i] = MIGRATE_PFN_MIGRATE;
	else
		src[i] &= ~MIGRATE_PFN_MIGRATE;
}

/* A hole that was collected as one, and small pages for it: one for each page. */
static void fill_page_by_page(unsigned long *src, unsigned long *dst, unsigned long i,
			      struct migrate_vma *migrate)
{
	bool told = false;

	for (unsigned long end = i + HPAGE_PMD_NR; i < end && i < migrate->npages; i++) {
		struct page *page = migrate_pfn_to_page(dst[i]);

		if (!page && !told)
			rule_broken(RULE_DST_INCOMPLETE,
				    "dst has no page for address %#lx, which is part of a hole that is filled page by page",
				    migrate->start + (i << PAGE_SHIFT));
		told |= !page;
		fill_small(src, page, i, migrate);
	}
}

/* Returns how many words behind this one are done as well. */
static unsigned long fill_hole(unsigned long *src, unsigned long *dst, unsigned long i,
			       struct migrate_vma *migrate)
{
	if (dst[i] & MIGRATE_PFN_COMPOUND) {
		insert_huge(migrate, i, migrate_pfn_to_page(dst[i]));
		return 0;
	}
	if (src[i] & MIGRATE_PFN_COMPOUND) {
		fill_page_by_page(src, dst, i, migrate);
		return HPAGE_PMD_NR - 1;
	}
	fill_small(src, migrate_pfn_to_page(dst[i]), i, migrate);
	return 0;
}

/* The source, the destination or both are huge. */
static void migrate_huge(struct page *to, struct page *from, unsigned long *src, unsigned long *dst,
			 unsigned long i, struct migrate_vma *migrate)
{
	struct page *fault_page = migrate ? migration_fault_page(migrate) : NULL;
	bool huge_source = src[i] & MIGRATE_PFN_COMPOUND, huge_target = dst[i] & MIGRATE_PFN_COMPOUND;

	if (!(src[i] & MIGRATE_PFN_MIGRATE))
		return;
	if (huge_source && huge_target) {
		if (!test_bit(PG_head, &to->flags))
			rule_broken(RULE_DST_NOT_A_PAGE,
				    "dst[%lu] has MIGRATE_PFN_COMPOUND, and page %#lx is no huge one",
				    i, page_to_pfn(to));
		if (!test_bit(PG_head, &to->flags) || !move_huge(to, from, fault_page))
			src[i] &= ~MIGRATE_PFN_MIGRATE;
	} else if (huge_target || !migrate || !split_collected(migrate, i, from)) {
		/* Without a mapping nothing is split, and a small page has no use for a huge one. */
		src[i] &= ~(MIGRATE_PFN_MIGRATE | (huge_source ? MIGRATE_PFN_COMPOUND : 0));
	} else if (!move_page(to, from, fault_page)) {
		src[i] &= ~MIGRATE_PFN_MIGRATE;
	}
}

/* As migrate_entries(), for words of which some may stand for huge pages. */
static void migrate_with_compound(unsigned long *src, unsigned long *dst, unsigned long npages,
				  struct migrate_vma *migrate)
{
	struct page *fault_page = migrate ? migration_fault_page(migrate) : NULL;
	struct mmu_notifier_range range;
	bool announced = false;

	for (unsigned long i = 0; i < npages; i++) {
		struct page *to = migrate_pfn_to_page(dst[i]), *from = migrate_pfn_to_page(src[i]);

		if (!to) {
			src[i] &= ~MIGRATE_PFN_MIGRATE;
		} else if (from && ((src[i] | dst[i]) & MIGRATE_PFN_COMPOUND)) {
			migrate_huge(to, from, src, dst, i, migrate);
		} else if (from) {
			if (!move_page(to, from, fault_page))
				src[i] &= ~MIGRATE_PFN_MIGRATE;
		} else if (migrate && (src[i] & MIGRATE_PFN_MIGRATE)) {
			if (!announced)
				announce_holes(migrate, &range, migrate->start + (i << PAGE_SHIFT));
			announced = true;
			i += fill_hole(src, dst, i, migrate);
		}
	}
	if (announced)
		mmu_notifier_invalidate_range_end(&range);
}
#else
static void migrate_with_compound(unsigned long *src, unsigned long *dst, unsigned long npages,
				  struct migrate_vma *migrate)
{
}
#endif

/**
 * migrate_entries() - move what makes a page the program's page
 * @src: words of the sources
 * @dst: words of the destinations
 * @npages: their number
 * @migrate: the migration, or NULL when it is not one of a mapping
 */
void migrate_entries(unsigned long *src, unsigned long *dst, unsigned long npages,
		     struct migrate_vma *migrate)
{
	const struct page *fault_page = migrate ? migration_fault_page(migrate) : NULL;
	struct mmu_notifier_range range;
	bool announced = false;

	if (migration_has_compound(migrate)) {
		migrate_with_compound(src, dst, npages, migrate);
		return;
	}
	for (unsigned long i = 0; i < npages; i++) {
		struct page *to = migrate_pfn_to_page(dst[i]);
		struct page *from = migrate_pfn_to_page(src[i]);

		if (!to || (dst[i] & DST_COMPOUND)) {
			src[i] &= ~MIGRATE_PFN_MIGRATE;
			continue;
		}
		if (from) {
			if (!move_page(to, from, fault_page))
				src[i] &= ~MIGRATE_PFN_MIGRATE;
			continue;
		}
		if (!migrate || !(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		if (!announced)
			announce_holes(migrate, &range, migrate->start + (i << PAGE_SHIFT));
		announced = true;
		if (insert_page(migrate, migrate->start + (i << PAGE_SHIFT), to))
			src[i] = MIGRATE_PFN_MIGRATE;
		else
			src[i] &= ~MIGRATE_PFN_MIGRATE;
	}

	if (announced)
		mmu_notifier_invalidate_range_end(&range);
}

void migrate_vma_pages(struct migrate_vma *migrate)
{
	if (!verify_pages(migrate->src, migrate->dst, __builtin_return_address(0)))
		return;
	migrate_entries(migrate->src, migrate->dst, migrate->npages, migrate);
	verify_pages_done(migrate->src);
}
EXPORT_SYMBOL(migrate_vma_pages);
