// SPDX-License-Identifier: GPL-2.0-only
/* protect.c - changing what a program may do with its mappings */
#include "core/core.h"

/*
 * Whether an entry may be written to as soon as its mapping may be. Until 5.19 it stays read only
 * until the first store faults.
 */
static bool can_make_writable(pte_t pte)
{
	return RELEASE_PROTECT_MAKES_WRITABLE && !is_zero_pfn(pte_pfn(pte)) &&
	       PageAnonExclusive(pfn_to_page(pte_pfn(pte)));
}

static pte_t protected_pte(const struct vm_area_struct *vma, pte_t pte)
{
	bool writable = vma->vm_flags & VM_WRITE;

	if (pte_present(pte)) {
		if (!writable)
			return pte_wrprotect(pte);
		if (vma->vm_flags & VM_SHARED)
			return pte_mkwrite(pte);
		return can_make_writable(pte) ? pte_mkwrite(pte) : pte;
	}
	if (!writable && leaf_type(pte) == LEAF_DEVICE_WRITE)
		return make_device_private_leaf(leaf_page(pte), false);
	if (!writable && leaf_type(pte) == LEAF_MIGRATION_WRITE)
		return make_migration_leaf(leaf_page(pte), false);
	if (!writable && leaf_type(pte) == LEAF_EXCLUSIVE_WRITE)
		return make_exclusive_leaf(leaf_page(pte), false);
	return pte;
}

static void protect_entries(struct vm_area_struct *vma, unsigned long addr, unsigned long end)
{
	pte_t *ptep = page_table_find(vma->vm_mm, addr);

	for (; ptep && addr < end; addr += PAGE_SIZE, ptep++)
		set_pte(ptep, protected_pte(vma, *ptep));
}

/*
 * Whether drivers have to hear of what is up to @end, and from where on, in @first. From 6.12 on it is
 * enough that there is a table for the gigabyte around.
 */
static bool has_table(struct mm_struct *mm, unsigned long addr, unsigned long end,
		      unsigned long *first)
{
	*first = addr;
	if (RELEASE_PROTECT_TELLS_ONCE)
		return page_table_pmd(mm, addr);
	for (; addr < end; addr = page_table_next(addr, end)) {
		*first = addr;
		if (page_table_find(mm, addr))
			return true;
	}
	return false;
}

static inline unsigned long next_gigabyte(unsigned long addr, unsigned long end)
{
	return min((addr | (PUD_SIZE - 1)) + 1, end);
}

/*
 * Drivers hear nothing of what has no tables. From 6.12 on they hear once, from the first gigabyte
 * that has any to the end; before, once a gigabyte, from the first table in it on.
 */
static void protect_range(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range = { .start = 0 };
	unsigned long next, first;

	for (unsigned long addr = vma->vm_start; addr < vma->vm_end; addr = next) {
		next = next_gigabyte(addr, vma->vm_end);
		if (!has_table(vma->vm_mm, addr, next, &first))
			continue;
		if (!RELEASE_PROTECT_TELLS_ONCE || !range.start) {
			notifier_range_init(&range, MMU_NOTIFY_PROTECTION_VMA, vma, vma->vm_mm,
					    first,
					    RELEASE_PROTECT_TELLS_ONCE ? vma->vm_end : next);
			mmu_notifier_invalidate_range_start(&range);
		}
		for (unsigned long at = addr; at < next; at = page_table_next(at, next))
			protect_entries(vma, at, page_table_next(at, next));
		if (!RELEASE_PROTECT_TELLS_ONCE)
			mmu_notifier_invalidate_range_end(&range);
	}
	if (RELEASE_PROTECT_TELLS_ONCE && range.start)
		mmu_notifier_invalidate_range_end(&range);
}

static bool is_all_mapped(struct mm_struct *mm, unsigned long addr, unsigned long end)
{
	while (addr < end) {
		struct vm_area_struct *vma = find_vma_intersection(mm, addr, addr + 1);

		if (!vma)
			return false;
		addr = vma->vm_end;
	}
	return true;
}

/**
 * vma_protect() - change the protection of a range
 * @mm: the address space
 * @addr: first address
 * @length: bytes
 * @flags: VM_READ, VM_WRITE
 *
 * Differs: nothing is changed when part of the range is not mapped. Linux changes what is before it.
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped.
 */
int vma_protect(struct mm_struct *mm, unsigned long addr, unsigned long length, vm_flags_t flags)
{
	struct vm_area_struct *vma;
	unsigned long end;
	int ret = 0;

	length = PAGE_ALIGN(length);
	if (!vma_range_is_valid(addr, length))
		return -EINVAL;
	end = addr + length;
	if (!is_all_mapped(mm, addr, end))
		return -ENOMEM;

	for (unsigned long at = addr; at < end && !ret; at = vma->vm_end) {
		vm_flags_t new;

		vma = find_vma(mm, at);
		new = (vma->vm_flags & ~(VM_READ | VM_WRITE)) | flags;
		if (new == vma->vm_flags)
			continue;
		ret = vma_split_at_ends(mm, max(at, vma->vm_start), min(end, vma->vm_end));
		if (ret)
			break;
		vma = find_vma(mm, at);
		vma->__vm_flags = new;
		vma->vm_page_prot = vma_page_prot(new);
		protect_range(vma);
	}
	vma_merge(mm, addr, end);
	return ret;
}
