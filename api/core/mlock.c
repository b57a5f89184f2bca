// SPDX-License-Identifier: GPL-2.0-only
/*
 * mlock.c - pages that a program keeps in memory
 *
 * A mapping is locked, and so is every page of system memory that a locked mapping maps: it is not
 * swapped out. That does not keep it from moving. On the way to a device the page is unmapped and
 * so no longer locked, while its mapping is; when a page comes back it is locked again. The page of
 * the device that took its place is marked as well, which means nothing.
 *
 * Differs: whether a page is still locked is found out by looking at all its mappings. Linux counts,
 * and can count too few. A huge page that small entries map is not locked; from 6.6 on Linux locks
 * it when all of them are in the mapping. There is no limit of how much a program may lock.
 */
#include "core/core.h"

/* A locked mapping maps the page from now on. */
void mlock_page(struct page *page)
{
	if (!PageCompound(page))
		__set_bit(PG_mlocked, &page->flags);
}

static void note_if_locked(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			   struct page *page, void *argument)
{
	bool *locked = argument;

	if ((vma->vm_flags & VM_LOCKED) && entry_maps(*ptep, page))
		*locked = true;
}

/* An entry or a mapping does not lock the page any more. Perhaps another does. */
void munlock_page(struct page *page)
{
	bool locked = false;

	rmap_walk(page, note_if_locked, &locked);
	if (!locked)
		__clear_bit(PG_mlocked, &page->flags);
}

static void mlock_entries(struct vm_area_struct *vma, unsigned long addr, unsigned long end)
{
	pte_t *ptep = page_table_find(vma->vm_mm, addr);

	for (; ptep && addr < end; addr += PAGE_SIZE, ptep++) {
		struct page *page;

		if (!pte_present(*ptep) || is_zero_pfn(pte_pfn(*ptep)))
			continue;
		page = pfn_to_page(pte_pfn(*ptep));
		if (is_zone_device_page(page))
			continue;
		if (!(vma->vm_flags & VM_LOCKED))
			munlock_page(compound_head(page));
		else if (maps_huge_page(vma->vm_mm, addr))
			__set_bit(PG_mlocked, &compound_head(page)->flags);
		else
			mlock_page(page);
	}
}

static void set_locked(struct vm_area_struct *vma, bool locked)
{
	unsigned long next;

	if (locked)
		vma->__vm_flags |= VM_LOCKED;
	else
		vma->__vm_flags &= ~VM_LOCKED;
	for (unsigned long addr = vma->vm_start; addr < vma->vm_end; addr = next) {
		next = page_table_next(addr, vma->vm_end);
		mlock_entries(vma, addr, next);
	}
}

/* Faults the pages of a mapping in, as far as they are not there. That brings them from a device. */
static int populate(struct vm_area_struct *vma, unsigned long addr, unsigned long end)
{
	bool write = (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE;
	struct mm_struct *mm = vma->vm_mm;
	int error = 0;

	if (vma->vm_flags & (VM_IO | VM_PFNMAP))
		return 0;
	for (; addr < end; addr += PAGE_SIZE) {
		struct page *page = get_user_page(mm, addr, write, &error);

		if (!page)
			return -ENOMEM;
		put_page(page);
	}
	return 0;
}

/**
 * mlock_range() - lock the pages of a range, or unlock them
 * @mm: the address space
 * @start: first address
 * @length: bytes
 * @locked: lock them
 *
 * Up to the first address that is not mapped, if there is one.
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped.
 */
int mlock_range(struct mm_struct *mm, unsigned long start, unsigned long length, bool locked)
{
	unsigned long end = start + length;
	struct vm_area_struct *vma;
	int ret;

	if (end < start)
		return -EINVAL;
	ret = length ? vma_split_at_ends(mm, start, end) : 0;
	for (unsigned long at = start; at < end && !ret; at = vma->vm_end) {
		vma = find_vma_intersection(mm, at, at + 1);
		if (!vma) {
			ret = -ENOMEM;
			break;
		}
		if (!(vma->vm_flags & VM_SPECIAL) && !(vma->vm_flags & VM_LOCKED) == locked)
			set_locked(vma, locked);
	}
	if (length)
		vma_merge(mm, start, end);
	return ret;
}

/**
 * mlock_populate() - fault in what a program has locked
 * @mm: the address space
 * @start: first address
 * @length: bytes
 *
 * Context: nobody holds the mmap lock.
 * Return: 0, or -ENOMEM.
 */
int mlock_populate(struct mm_struct *mm, unsigned long start, unsigned long length)
{
	unsigned long end = start + length;
	struct vm_area_struct *vma;
	int ret = 0;

	for (unsigned long at = start; at < end && !ret; at = vma->vm_end) {
		vma = find_vma_intersection(mm, at, end);
		if (!vma)
			break;
		ret = populate(vma, max(at, vma->vm_start), min(end, vma->vm_end));
	}
	return ret;
}
