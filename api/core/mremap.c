// SPDX-License-Identifier: GPL-2.0-only
/*
 * mremap.c - mappings that grow, shrink and move
 *
 * A mapping that moves takes its pages with it: their entries, whatever they say, are found at the
 * new addresses afterwards, and the place in the mapping stays what it was.
 *
 * Differs: only whole lowest level tables are moved as one. From 6.6 on Linux may begin a move at the
 * table that the first address is in, and then announces that address. From 6.17 on it moves several
 * mappings at once.
 */
#include "core/core.h"

#define REMAP_MAY_MOVE		1
#define REMAP_FIXED		2
#define REMAP_DONT_UNMAP	4

static pte_t entry_without_copy(pte_t pte)
{
	return pte_present(pte) ? __pte(pte.pte & ~_PAGE_COPIED) : pte;
}

/* The entries of one table, or a part of them. */
static int move_entries(struct vm_area_struct *from, struct vm_area_struct *to, unsigned long addr,
			unsigned long new_addr, unsigned long size)
{
	bool whole = size == PMD_SIZE && IS_ALIGNED(new_addr, PMD_SIZE);
	struct mm_struct *mm = from->vm_mm;
	pte_t *old, *new;

	if (!whole)
		split_huge_entry(from, addr);
	new = page_table_get(mm, new_addr);
	if (!new)
		return -ENOMEM;
	old = page_table_find(mm, addr);
	for (unsigned long i = 0; i < size >> PAGE_SHIFT; i++) {
		pte_t pte = old[i];

		set_pte(old + i, __pte(0));
		set_pte(new + i, entry_without_copy(pte));
	}
	if (!whole)
		return 0;
	page_table_pmd(mm, new_addr)->pmd |= page_table_pmd(mm, addr)->pmd &
					     (PMD_HUGE | PMD_HUGE_ZEROES);
	page_table_moved(mm, addr);
	return 0;
}

/* Up to where the old and the new address stay within one table each. */
static unsigned long part_of(unsigned long addr, unsigned long end, unsigned long new_addr)
{
	unsigned long size = page_table_next(addr, end) - addr;

	return min(size, page_table_next(new_addr, new_addr + size) - new_addr);
}

static int move_range(struct vm_area_struct *from, struct vm_area_struct *to, unsigned long addr,
		      unsigned long length)
{
	unsigned long new_addr = to->vm_start, end = addr + length, size;
	struct mmu_notifier_range range;
	int ret = 0;

	notifier_range_init(&range, MMU_NOTIFY_UNMAP, from, from->vm_mm, addr, end);
	mmu_notifier_invalidate_range_start(&range);
	for (; addr < end && !ret; addr += size, new_addr += size) {
		size = part_of(addr, end, new_addr);
		if (page_table_find(from->vm_mm, addr))
			ret = move_entries(from, to, addr, new_addr, size);
	}
	mmu_notifier_invalidate_range_end(&range);
	return ret;
}

/* Moves a part of a mapping, or all of it, to where nothing is. Returns the new address or 0. */
static unsigned long move_vma(struct vm_area_struct *vma, unsigned long addr,
			      unsigned long old_length, unsigned long length, unsigned int how,
			      unsigned long to)
{
	struct mm_struct *mm = vma->vm_mm;
	bool whole = addr == vma->vm_start && addr + old_length == vma->vm_end;
	struct vm_area_struct *copy = vma_duplicate(vma);

	if (!copy)
		return 0;
	copy->vm_start = to;
	copy->vm_end = to + length;
	copy->vm_pgoff = vma_is_anonymous(vma) && !vma->anon_vma ? to >> PAGE_SHIFT :
								   linear_page_index(vma, addr);
	vma_insert(mm, copy);
	anon_vma_clone(copy, vma);
	if (copy->vm_ops && copy->vm_ops->open)
		copy->vm_ops->open(copy);
	if (move_range(vma, copy, addr, min(old_length, length))) {
		vma_unmap(mm, to, length);
		return 0;
	}
	if (!(how & REMAP_DONT_UNMAP)) {
		vma_unmap(mm, addr, old_length);
	} else {
		vma->__vm_flags &= ~VM_LOCKED;
		if (whole)
			anon_vma_unlink(vma);
	}
	vma_merge(mm, to, to + length);
	return to;
}

static bool can_grow_in_place(const struct vm_area_struct *vma, unsigned long end, unsigned long by)
{
	return vma->vm_end == end && vma_range_is_programs(end, by) &&
	       !find_vma_intersection(vma->vm_mm, end, end + by);
}

static bool how_is_valid(unsigned int how, unsigned long old_length, unsigned long length)
{
	if (how & ~(REMAP_MAY_MOVE | REMAP_FIXED | (RELEASE_DONTUNMAP ? REMAP_DONT_UNMAP : 0)))
		return false;
	if ((how & (REMAP_FIXED | REMAP_DONT_UNMAP)) && !(how & REMAP_MAY_MOVE))
		return false;
	return !(how & REMAP_DONT_UNMAP) || old_length == length;
}

static bool overlap(unsigned long a, unsigned long a_length, unsigned long b, unsigned long b_length)
{
	return a < b + b_length && b < a + a_length;
}

/**
 * vma_remap() - change the size or the place of a mapping, as mremap(2)
 * @mm: the address space
 * @addr: first address
 * @old_length: bytes, all within one mapping
 * @length: bytes afterwards
 * @how: MREMAP_MAYMOVE and the rest, with their numbers
 * @to: the new address, for MREMAP_FIXED
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: the address, or 0 on failure.
 */
unsigned long vma_remap(struct mm_struct *mm, unsigned long addr, unsigned long old_length,
			unsigned long length, unsigned int how, unsigned long to)
{
	struct vm_area_struct *vma;

	old_length = PAGE_ALIGN(old_length);
	length = PAGE_ALIGN(length);
	if (!vma_range_is_valid(addr, old_length) || !length ||
	    !how_is_valid(how, old_length, length))
		return 0;
	if (how & REMAP_FIXED) {
		if (!vma_range_is_programs(to, length) || overlap(addr, old_length, to, length) ||
		    vma_unmap(mm, to, length))
			return 0;
	}
	if (length < old_length) {
		if (vma_unmap(mm, addr + length, old_length - length))
			return 0;
		old_length = length;
	}
	vma = find_vma_intersection(mm, addr, addr + 1);
	if (vma && length == old_length && !(how & (REMAP_FIXED | REMAP_DONT_UNMAP)))
		return addr;
	if (!vma || addr + old_length > vma->vm_end ||
	    (length > old_length && (vma->vm_flags & (VM_DONTEXPAND | VM_PFNMAP))) ||
	    ((how & REMAP_DONT_UNMAP) && (vma->vm_flags & (VM_DONTEXPAND | VM_MIXEDMAP))))
		return 0;
	if (!(how & (REMAP_FIXED | REMAP_DONT_UNMAP))) {
		if (can_grow_in_place(vma, addr + old_length, length - old_length)) {
			vma->vm_end = addr + length;
			mm->next_address = max(mm->next_address,
					       ALIGN(vma->vm_end + PAGE_SIZE, PMD_SIZE));
			vma_merge(mm, addr, addr + length);
			return addr;
		}
		if (!(how & REMAP_MAY_MOVE))
			return 0;
	}
	if (!(how & REMAP_FIXED))
		to = vma_free_address(mm, length);
	return to ? move_vma(vma, addr, old_length, length, how, to) : 0;
}
