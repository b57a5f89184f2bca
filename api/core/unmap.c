// SPDX-License-Identifier: GPL-2.0-only
/* unmap.c - what becomes of pages and tables when nothing maps them any more */
#include <linux/fs.h>

#include "core/core.h"

static void zap_pte(struct mm_struct *mm, pte_t *ptep)
{
	pte_t pte = *ptep;
	struct page *page;

	if (pte_none(pte))
		return;
	set_pte(ptep, __pte(0));
	if (pte_present(pte) && is_zero_pfn(pte_pfn(pte)))
		return;
	if (leaf_is_swap(pte)) {
		swap_entry_free(pte);
		return;
	}
	page = pte_present(pte) ? pfn_to_page(pte_pfn(pte)) : leaf_page(pte);
	if (PageAnon(page))
		mm->anon_pages--;
	else
		mm->file_pages--;
	if (leaf_is_migration(pte))
		return;
	if (leaf_is_exclusive(pte))
		put_page(page);
	else
		page_unmap_and_put(page);
}

static void zap_range(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long next;

	for (unsigned long addr = start; addr < end; addr = next) {
		pte_t *ptep = page_table_find(mm, addr);

		next = page_table_next(addr, end);
		if (!ptep)
			continue;
		if (next - addr != PMD_SIZE)
			split_huge_entry(vma, addr);
		if (maps_huge_page(mm, addr)) {
			huge_zap(mm, addr);
			continue;
		}
		page_table_pmd(mm, addr)->pmd &= ~PMD_HUGE_ZEROES;
		for (unsigned long at = addr; at < next; at += PAGE_SIZE)
			zap_pte(mm, ptep++);
	}
}

/* Whether an address space of a program can have a range of whole pages. */
bool vma_range_is_valid(unsigned long addr, unsigned long length)
{
	return PAGE_ALIGNED(addr) && length && length <= TASK_SIZE && addr <= TASK_SIZE - length;
}

/* The same for new mappings, which the process that plays the program must have room for. */
bool vma_range_is_programs(unsigned long addr, unsigned long length)
{
	return vma_range_is_valid(addr, length) && addr >= PROGRAM_FIRST_ADDRESS &&
	       addr + length <= PROGRAM_END_ADDRESS;
}

/**
 * vma_unmap() - unmap a range
 * @mm: the address space
 * @addr: first address
 * @length: bytes
 *
 * However many mappings the range touches, drivers hear of it once. Tables that no mapping needs any
 * more go.
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM.
 */
int vma_unmap(struct mm_struct *mm, unsigned long addr, unsigned long length)
{
	struct mmu_notifier_range range;
	struct vm_area_struct *vma;
	unsigned long end;
	int ret;

	length = PAGE_ALIGN(length);
	if (!vma_range_is_valid(addr, length))
		return -EINVAL;
	end = addr + length;
	ret = vma_split_at_ends(mm, addr, end);
	if (ret)
		return ret;
	vma = find_vma_intersection(mm, addr, end);
	if (!vma)
		return 0;

	notifier_range_init(&range, MMU_NOTIFY_UNMAP, vma, mm, addr, end);
	mmu_notifier_invalidate_range_start(&range);
	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		zap_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	while ((vma = find_vma_intersection(mm, addr, end)))
		vma_remove(vma);
	page_table_free(mm, addr, end);
	return 0;
}

/* What exit does, after the notifiers were released: those that are still there hear of it again. */
void vma_unmap_all(struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	if (!mm->mmap)
		return;
	notifier_range_init(&range, MMU_NOTIFY_UNMAP, mm->mmap, mm, 0, ULONG_MAX);
	mmu_notifier_invalidate_range_start(&range);
	for (struct vm_area_struct *vma = mm->mmap; vma; vma = vma->vm_next)
		zap_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	while (mm->mmap)
		vma_remove(mm->mmap);
}

/* Empties a part of a mapping, which stays. */
void vma_zap(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	zap_range(vma, start, end);
	mmu_notifier_invalidate_range_end(&range);
}
