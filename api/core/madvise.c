// SPDX-License-Identifier: GPL-2.0-only
/*
 * madvise.c - what a program says about its memory
 *
 * Differs: advice about when pages are read and swapped is not known, but for
 * program_swap_out(); nothing makes huge pages by itself.
 */
#include "core/core.h"

#include "include/program.h"

static bool can_be_huge(const struct vm_area_struct *vma, unsigned long start)
{
	return start >= vma->vm_start && start + PMD_SIZE <= vma->vm_end;
}

static int set_flags(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		     vm_flags_t set, vm_flags_t clear)
{
	vm_flags_t flags = (vma->vm_flags & ~clear) | set;
	struct mm_struct *mm = vma->vm_mm;
	int ret;

	if (flags == vma->vm_flags)
		return 0;
	ret = vma_split_at_ends(mm, start, end);
	if (!ret)
		find_vma(mm, start)->__vm_flags = flags;
	return ret;
}

static int advise_hugepage(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & VM_SPECIAL)
		return -EINVAL;
	return set_flags(vma, start, end, VM_HUGEPAGE, VM_NOHUGEPAGE);
}

static int advise_nohugepage(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & VM_SPECIAL)
		return -EINVAL;
	return set_flags(vma, start, end, VM_NOHUGEPAGE, VM_HUGEPAGE);
}

static int advise_dontneed(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (vma->vm_flags & (VM_LOCKED | VM_PFNMAP))
		return -EINVAL;
	vma_zap(vma, start, end);
	return 0;
}

/* The bytes may go, but are there until they do; what is on a device is left alone. */
static void free_entry(struct mm_struct *mm, pte_t *ptep)
{
	struct page *page;

	if (leaf_is_swap(*ptep)) {
		swap_entry_free(*ptep);
		set_pte(ptep, __pte(0));
		return;
	}
	if (!pte_present(*ptep) || is_zero_pfn(pte_pfn(*ptep)))
		return;
	page = pfn_to_page(pte_pfn(*ptep));
	if (is_zone_device_page(page) || !PageAnon(page) || page_mapcount(page) != 1)
		return;
	if (PageSwapCache(page) && !swap_cache_try_free(page))
		return;
	__clear_bit(PG_dirty, &page->flags);
	__clear_bit(PG_swapbacked, &page->flags);
	set_pte(ptep, __pte(ptep->pte & ~(_PAGE_DIRTY | _PAGE_ACCESSED)));
}

static void free_part(struct vm_area_struct *vma, unsigned long addr, unsigned long end)
{
	pte_t *ptep = page_table_find(vma->vm_mm, addr);

	if (!ptep || is_huge_device_entry(vma->vm_mm, addr))
		return;
	for (; addr < end; addr += PAGE_SIZE, ptep++)
		free_entry(vma->vm_mm, ptep);
}

static int advise_free(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	if (!vma_is_anonymous(vma) || (vma->vm_flags & (VM_LOCKED | VM_PFNMAP)))
		return -EINVAL;
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	for (unsigned long addr = start; addr < end; addr = page_table_next(addr, end))
		free_part(vma, addr, page_table_next(addr, end));
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

static int advise_collapse(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	int ret = 0;

	if (!RELEASE_COLLAPSE || !vma_is_anonymous(vma) ||
	    (vma->vm_flags & (VM_SPECIAL | VM_NOHUGEPAGE)))
		return -EINVAL;
	for (unsigned long at = ALIGN(start, PMD_SIZE); at + PMD_SIZE <= end; at += PMD_SIZE) {
		int one = can_be_huge(vma, at) ? huge_collapse(vma, at) : -EINVAL;

		ret = ret ?: one;
	}
	return ret;
}

static int (*const advise[])(struct vm_area_struct *vma, unsigned long start, unsigned long end) = {
	[PROGRAM_ADVICE_DONTNEED] = advise_dontneed,
	[PROGRAM_ADVICE_FREE] = advise_free,
	[PROGRAM_ADVICE_HUGEPAGE] = advise_hugepage,
	[PROGRAM_ADVICE_NOHUGEPAGE] = advise_nohugepage,
	[PROGRAM_ADVICE_COLLAPSE] = advise_collapse,
};

/**
 * vma_advise() - do what a program says about its memory
 * @mm: the address space
 * @addr: first address
 * @length: bytes
 * @advice: enum program_advice
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped; the rest has been done then.
 */
int vma_advise(struct mm_struct *mm, unsigned long addr, unsigned long length, int advice)
{
	unsigned long end = addr + PAGE_ALIGN(length);
	struct vm_area_struct *vma;
	int ret = 0, gap = 0;

	if (advice < 0 || advice >= (int)ARRAY_SIZE(advise) || !advise[advice] ||
	    !PAGE_ALIGNED(addr) || end < addr)
		return -EINVAL;
	for (unsigned long at = addr; at < end && !ret; at = min(end, vma->vm_end)) {
		vma = find_vma_intersection(mm, at, end);
		if (!vma)
			return -ENOMEM;
		if (vma->vm_start > at) {
			gap = -ENOMEM;
			at = vma->vm_start;
		}
		ret = advise[advice](vma, at, min(end, vma->vm_end));
		vma = find_vma(mm, at);
	}
	vma_merge(mm, addr, end);
	return ret ?: gap;
}
