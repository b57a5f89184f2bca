// SPDX-License-Identifier: GPL-2.0-only
/*
 * huge.c - huge pages: one page of 2 MiB, mapped by one entry of the middle level
 *
 * A huge page is a head and 511 tails. The head has the reference count, the lock and the place on
 * the LRU; its @private counts the middle level entries that map the page. Such an entry can be
 * split, after which each small entry counts as a mapping and has a reference of its own, and the
 * page can be split into small ones when nobody else has a reference on it.
 *
 * Differs: below a huge entry there is still a table with 512 entries, which the entry's own are
 * read from and written to. Linux puts an empty one aside there, to have it when it splits. A store
 * to the huge page of zeroes splits its entry; Linux 7.2 puts a huge page in its place.
 */
#include "core/core.h"
#include "core/lru.h"
#include "kernel/failure.h"

/* Whether the 2 MiB around an address lie in a mapping that may have huge pages, untouched. */
static bool can_be_huge(const struct vm_area_struct *vma, unsigned long start)
{
	const pmd_t *pmd;

	if (!(vma->vm_flags & VM_HUGEPAGE) || start < vma->vm_start ||
	    start + PMD_SIZE > vma->vm_end)
		return false;
	pmd = page_table_pmd(vma->vm_mm, start);
	return !pmd || pmd_none(*pmd);
}

/* A huge page of zeroes for an address, with one reference, that of the entry that is to map it. */
struct page *huge_alloc(struct vm_area_struct *vma, unsigned long start)
{
	struct page *head = alloc_pages_vma(GFP_HIGHUSER_MOVABLE | __GFP_ZERO, HPAGE_PMD_ORDER, vma,
					    start);

	if (!head)
		return NULL;
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		page_add_new_anon_rmap(head + i, vma, start + i * PAGE_SIZE);
		atomic_set(&head[i]._mapcount, -1);
		__SetPageUptodate(head + i);
		if (i == 0)
			continue;
		__clear_bit(PG_mlocked, &head[i].flags);
		__set_bit(PG_tail, &head[i].flags);
		head[i].__head = head;
	}
	__set_bit(PG_head, &head->flags);
	head->private = 1;
	lru_cache_add(head);
	return head;
}

/**
 * huge_fault() - serve a store to a hole with a huge page
 * @vma: the mapping
 * @addr: the address
 *
 * Return: false if a small page has to do.
 */
bool huge_fault(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long start = addr & PMD_MASK;
	struct page *head;
	pte_t *ptep;

	if (!can_be_huge(vma, start) || anon_vma_prepare(vma))
		return false;
	head = huge_alloc(vma, start);
	if (!head)
		return false;
	ptep = page_table_get(vma->vm_mm, start);
	if (!ptep) {
		put_page(head);
		return false;
	}
	for (int i = 0; i < HPAGE_PMD_NR; i++)
		set_pte(ptep + i, make_page_pte(vma, head + i, true));
	pmd_set_huge(page_table_pmd(vma->vm_mm, start), true);
	vma->vm_mm->anon_pages += HPAGE_PMD_NR;
	return true;
}

/* Serves a load from a hole with the huge page of zeroes. false if the small one has to do. */
bool huge_zeroes_fault(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long start = addr & PMD_MASK;
	pte_t *ptep;

	if (!can_be_huge(vma, start))
		return false;
	ptep = page_table_get(vma->vm_mm, start);
	if (!ptep)
		return false;
	for (int i = 0; i < HPAGE_PMD_NR; i++)
		set_pte(ptep + i, make_page_pte(vma, zero_page(), false));
	page_table_pmd(vma->vm_mm, start)->pmd |= PMD_HUGE_ZEROES;
	return true;
}

/* A store to a huge page that may not be written to yet. false if nobody shares it. */
bool huge_make_writable(struct vm_fault *vmf, struct page *head)
{
	unsigned long start = vmf->address & PMD_MASK;
	pte_t *ptep = page_table_find(vmf->vma->vm_mm, start);

	if (!PageAnonExclusive(head) && page_count(head) > 1)
		return false;
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		__SetPageAnonExclusive(head + i);
		set_pte(ptep + i, pte_mkwrite(pte_mkdirty(ptep[i])));
	}
	return true;
}

/* A forked child maps the same page, with a huge entry as well. */
int huge_fork(struct vm_area_struct *to, const struct vm_area_struct *from, unsigned long start)
{
	pte_t *old = page_table_find(from->vm_mm, start), *new = page_table_get(to->vm_mm, start);
	struct page *head = huge_entry_page(*old);

	if (!new)
		return -ENOMEM;
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		if (pte_present(old[i]))
			set_pte(old + i, pte_wrprotect(old[i]));
		else
			set_pte(old + i, leaf_is_migration(old[i]) ?
				make_migration_leaf(head + i, false) :
				make_device_private_leaf(head + i, false));
		set_pte(new + i, old[i]);
		__ClearPageAnonExclusive(head + i);
	}
	if (!leaf_is_migration(*old)) {
		get_page(head);
		head->private++;
	}
	pmd_set_huge(page_table_pmd(to->vm_mm, start), true);
	to->vm_mm->anon_pages += HPAGE_PMD_NR;
	return 0;
}

/* A huge entry goes, and with it its reference. */
void huge_zap(struct mm_struct *mm, unsigned long start)
{
	pte_t *ptep = page_table_find(mm, start);
	struct page *head = huge_entry_page(*ptep);
	bool migrates = leaf_is_migration(*ptep);

	for (int i = 0; i < HPAGE_PMD_NR; i++)
		set_pte(ptep + i, __pte(0));
	pmd_set_huge(page_table_pmd(mm, start), false);
	mm->anon_pages -= HPAGE_PMD_NR;
	if (migrates)
		return;
	head->private--;
	if (PageMlocked(head))
		munlock_page(head);
	put_page(head);
}

/**
 * split_huge_entry() - replace a huge entry by small ones that map the same
 * @vma: the mapping
 * @addr: an address below the entry, which need not be huge
 */
void split_huge_entry(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long start = addr & PMD_MASK;
	pmd_t *pmd = page_table_pmd(vma->vm_mm, start);
	struct mmu_notifier_range range;

	if (!pmd || !(pmd->pmd & (PMD_HUGE | PMD_HUGE_ZEROES)))
		return;
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, start, start + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (pmd->pmd & PMD_HUGE_ZEROES)
		pmd->pmd &= ~PMD_HUGE_ZEROES;
	else
		huge_entry_open(vma, start);
	mmu_notifier_invalidate_range_end(&range);
}

/* Nothing is unmapped here, which the driver cannot know. */
static void announce_clear(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

/**
 * split_entry_at() - make sure that no huge entry goes over an address
 * @vma: the mapping, which is about to be split there
 * @addr: the address
 *
 * Where the mapping could have a huge entry drivers are told that there was one, whether there was or not.
 */
void split_entry_at(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long start = addr & PMD_MASK;
	pmd_t *pmd = page_table_pmd(vma->vm_mm, start);

	if (start == addr || start < vma->vm_start || start + PMD_SIZE > vma->vm_end || !pmd)
		return;
	if (pmd->pmd & (PMD_HUGE | PMD_HUGE_ZEROES))
		split_huge_entry(vma, addr);
	else
		announce_clear(vma, start, start + PMD_SIZE);
}

static bool maps_huge(const struct vm_area_struct *vma, unsigned long addr, const struct page *head)
{
	const pmd_t *pmd = page_table_pmd(vma->vm_mm, addr);
	const pte_t *ptep = page_table_find(vma->vm_mm, addr & PMD_MASK);

	return pmd && pmd_trans_huge(*pmd) && !leaf_is_migration(*ptep) &&
	       huge_entry_page(*ptep) == head;
}

/* Until 6.18 the huge entry is announced, whether there is one or not, and then what is mapped. */
static void split_entry_of(struct vm_area_struct *vma, struct page *head, unsigned long start,
			   unsigned long end)
{
	unsigned long entry = start & PMD_MASK;

	if (maps_huge(vma, start, head)) {
		split_huge_entry(vma, start);
		if (!RELEASE_SPLIT_CLEARS_TWICE)
			return;
	} else if (RELEASE_SPLIT_CLEARS_TWICE) {
		announce_clear(vma, entry, entry + PMD_SIZE);
	}
	announce_clear(vma, start, end);
}

static void map_zeroes_at(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			  struct page *small, void *argument)
{
	if (!pte_present(*ptep) || pte_pfn(*ptep) != page_to_pfn(small) ||
	    (vma->vm_flags & VM_LOCKED))
		return;
	set_pte(ptep, make_page_pte(vma, zero_page(), false));
	vma->vm_mm->anon_pages--;
	page_remove_rmap(small);
}

/* A small page that nobody has written to does not stay. */
static void map_zeroes(struct page *small)
{
	if (RELEASE_SPLIT_MAPS_ZEROES && page_mapcount(small) &&
	    !memchr_inv(page_address(small), 0, PAGE_SIZE))
		rmap_walk(small, map_zeroes_at, NULL);
}

/* The mappings are still as they were, and small pages are locked each by itself. */
static void mlock_small(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			struct page *page, void *argument)
{
	if ((vma->vm_flags & VM_LOCKED) && pte_present(*ptep) &&
	    pte_pfn(*ptep) == page_to_pfn(page))
		mlock_page(page);
}

#if RELEASE_COMPOUND
/* The driver of a huge page on its device hears of each small one, and when it was the last. */
static void tell_driver(struct page *head, struct page *small)
{
	struct dev_pagemap *pgmap = device_page_region(head);

	if (pgmap->ops->folio_split) {
		pgmap->ops->folio_split(page_folio(head), small ? page_folio(small) : NULL);
	} else if (small) {
		small->mapping = head->mapping;
		set_device_page_region(small, pgmap);
	}
}

static void tails_become_pages(struct page *head)
{
	for (int i = 1; i < HPAGE_PMD_NR && is_device_private_page(head); i++) {
		__clear_bit(PG_tail, &head[i].flags);
		set_device_page_region(head + i, NULL);
		tell_driver(head, head + i);
		if (!device_page_region(head + i)) {
			rule_broken(RULE_DEVICE_PAGE_INIT,
				    "folio_split() of the driver has not set the pgmap of page %#lx",
				    page_to_pfn(head + i));
			set_device_page_region(head + i, device_page_region(head));
		}
	}
	if (is_device_private_page(head))
		tell_driver(head, NULL);
}
#else
static void tails_become_pages(struct page *head)
{
}
#endif

/**
 * huge_page_open() - make small pages of a huge one that no huge entry maps any more
 * @page: the page or one of its tails, locked; keeps the lock and the caller's reference
 */
void huge_page_open(struct page *page)
{
	struct page *head = compound_head(page);
	bool on_lru = PageLRU(head), device = is_zone_device_page(head);

	__clear_bit(PG_mlocked, &head->flags);
	__clear_bit(PG_head, &head->flags);
	__clear_bit(PG_locked, &head->flags);
	__set_bit(PG_locked, &page->flags);
	page_history(page)->locked_at = page_history(head)->locked_at;
	tails_become_pages(head);
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		struct page *small = head + i;

		__clear_bit(PG_tail, &small->flags);
		if (!device)
			INIT_LIST_HEAD(&small->lru);
		if (on_lru)
			SetPageLRU(small);
		if (!device)
			rmap_walk(small, mlock_small, NULL);
		if (!device && !PageMlocked(small))
			map_zeroes(small);
		set_page_count(small, page_mapcount(small) + (small == page));
		if (page_count(small))
			continue;
		if (device) {
			set_page_count(small, 1);
			device_page_put(small);
		} else {
			frame_free(small, 0);
		}
	}
}

#if RELEASE_COMPOUND
/* A huge page of a migration, which nothing maps, becomes 512, each locked and with a reference. */
void huge_page_split_unmapped(struct page *head)
{
	bool isolated = test_bit(PG_isolated, &head->flags);

	__clear_bit(PG_head, &head->flags);
	tails_become_pages(head);
	for (int i = 1; i < HPAGE_PMD_NR; i++) {
		struct page *small = head + i;

		__clear_bit(PG_tail, &small->flags);
		if (!is_zone_device_page(small))
			INIT_LIST_HEAD(&small->lru);
		set_page_count(small, 1);
		__set_bit(PG_locked, &small->flags);
		in_use.locked_pages++;
		page_history(small)->locked_at = page_history(head)->locked_at;
		__set_bit(PG_migrating, &small->flags);
		if (isolated) {
			__set_bit(PG_isolated, &small->flags);
			in_use.isolated_pages++;
		}
	}
}
#endif

/**
 * split_huge_page() - make small pages of a huge one
 * @page: the page or one of its tails, locked, with a reference of the caller
 *
 * Its huge entries are split first. Afterwards @page is the one that is locked and that the caller
 * has a reference on, and those that nobody maps are free; from 6.12 on so are those of zeroes.
 *
 * Return: 0, or -EAGAIN when somebody else has a reference on the page.
 */
int split_huge_page(struct page *page)
{
	struct page *head = compound_head(page);

	if (failure_strikes(MACHINE_FAIL_SPLIT) || page_count(head) != huge_mappings(head) + 1)
		return -EAGAIN;
	rmap_walk_huge(head, split_entry_of);
	huge_page_open(page);
	return 0;
}

/* As split_huge_page() for a page that the caller neither has locked nor has a reference on. */
int lock_and_split_huge_page(struct page *page)
{
	int ret;

	get_page(page);
	if (!trylock_page(page)) {
		put_page(page);
		return -EBUSY;
	}
	ret = split_huge_page(page);
	unlock_page(page);
	put_page(page);
	return ret;
}

/* The same, and waits for the lock. That of the page of a fault is held already, as is a reference. */
int split_huge_page_of(struct page *page, struct page *fault_page)
{
	int ret;

	if (fault_page && compound_head(fault_page) == compound_head(page))
		return split_huge_page(fault_page);
	get_page(page);
	lock_page(page);
	ret = split_huge_page(page);
	unlock_page(page);
	put_page(page);
	return ret;
}
