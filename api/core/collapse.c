// SPDX-License-Identifier: GPL-2.0-only
/*
 * collapse.c - one huge page in the place of small ones
 *
 * Differs: a page that another program maps as well is not taken; Linux copies that, too.
 */
#include "core/core.h"

/* A small page that can be replaced: nobody but its entry has a reference on it. */
static bool is_free_to_go(const struct page *page)
{
	return PageAnon(page) && !is_zone_device_page(page) && !PageCompound(page) &&
	       !PageLocked(page) && PageLRU(page) && page_mapcount(page) == 1 &&
	       page_count(page) == 1 + PageSwapCache(page);
}

/* Whether 512 entries can become one. What is swapped out is read. */
static int check_entries(struct vm_area_struct *vma, unsigned long start)
{
	pte_t *ptep = page_table_find(vma->vm_mm, start);
	bool writable = false;

	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		if (leaf_is_swap(ptep[i]) &&
		    (handle_mm_fault(vma, start + i * PAGE_SIZE, 0) & VM_FAULT_ERROR))
			return -ENOMEM;
		if (pte_none(ptep[i]) ||
		    (pte_present(ptep[i]) && is_zero_pfn(pte_pfn(ptep[i]))))
			continue;
		if (!pte_present(ptep[i]))
			return -EINVAL;
		if (!is_free_to_go(pfn_to_page(pte_pfn(ptep[i]))))
			return -EAGAIN;
		writable |= pte_write(ptep[i]);
	}
	return writable ? 0 : -EINVAL;
}

static void replace_entry(struct vm_area_struct *vma, pte_t *ptep, struct page *small)
{
	pte_t pte = *ptep;

	set_pte(ptep, make_page_pte(vma, small, vma->vm_flags & VM_WRITE));
	vma->vm_mm->anon_pages++;
	if (!pte_present(pte) || is_zero_pfn(pte_pfn(pte)))
		return;
	memcpy(frame_address(small), frame_address(pfn_to_page(pte_pfn(pte))), PAGE_SIZE);
	vma->vm_mm->anon_pages--;
	page_unmap_and_put(pfn_to_page(pte_pfn(pte)));
}

/**
 * huge_collapse() - put a huge page in the place of small ones
 * @vma: the mapping, which is anonymous
 * @start: the address, a multiple of 2 MiB; the mapping has all of them
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, also when there is a huge page already; -EINVAL, -EAGAIN or -ENOMEM.
 */
int huge_collapse(struct vm_area_struct *vma, unsigned long start)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	struct page *head;
	int ret;

	if (maps_huge_page(mm, start))
		return 0;
	if (!page_table_find(mm, start))
		return -EINVAL;
	ret = check_entries(vma, start);
	if (ret)
		return ret;
	head = anon_vma_prepare(vma) ? NULL : huge_alloc(vma, start);
	if (!head)
		return -ENOMEM;
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, NULL, mm, start, start + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	/* A driver was told, and may have slept. */
	ret = check_entries(vma, start);
	for (int i = 0; i < HPAGE_PMD_NR && !ret; i++)
		replace_entry(vma, page_table_find(mm, start) + i, head + i);
	mmu_notifier_invalidate_range_end(&range);
	if (ret) {
		put_page(head);
		return ret;
	}
	page_table_pmd(mm, start)->pmd &= ~PMD_HUGE_ZEROES;
	pmd_set_huge(page_table_pmd(mm, start), true);
	return 0;
}
