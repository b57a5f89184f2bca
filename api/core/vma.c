// SPDX-License-Identifier: GPL-2.0-only
/*
 * vma.c - the mappings of an address space
 *
 * Mappings are kept in a list by address. A mapping is split where only part of it is unmapped or
 * protected, and neighbours that do not differ any more are merged again.
 */
#include <linux/fs.h>

#include "core/core.h"
#include "host/host.h"

pgprot_t vma_page_prot(vm_flags_t flags)
{
	return flags & (VM_READ | VM_WRITE) ? PAGE_READONLY : PAGE_NONE;
}

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = mm->mmap;

	while (vma && vma->vm_end <= addr)
		vma = vma->vm_next;
	return vma;
}

struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	return vma && vma->vm_start < end ? vma : NULL;
}

#if RELEASE_VMA_LOOKUP
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr)
{
	return find_vma_intersection(mm, addr, addr + 1);
}
#endif

void vma_insert(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct **link = &mm->mmap;

	while (*link && (*link)->vm_start < vma->vm_start)
		link = &(*link)->vm_next;
	vma->vm_next = *link;
	*link = vma;
	vma->vm_mm = mm;
	if (vma->__mapping)
		list_add_tail(&vma->mapping_link, &vma->__mapping->vmas);
	mm->map_count++;
}

static void vma_remove(struct vm_area_struct *vma)
{
	struct vm_area_struct **link = &vma->vm_mm->mmap;

	rmap_wait_for_walks();
	while (*link != vma)
		link = &(*link)->vm_next;
	*link = vma->vm_next;
	vma->vm_mm->map_count--;
	anon_vma_unlink(vma);
	if (vma->__mapping)
		list_del(&vma->mapping_link);
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
	if (vma->vm_file)
		fput(vma->vm_file);
	host_free(vma);
}

/* A mapping with the same attributes, in no address space and with no pages yet. */
struct vm_area_struct *vma_duplicate(const struct vm_area_struct *vma)
{
	struct vm_area_struct *copy = host_zalloc(sizeof(*copy));

	if (!copy)
		return NULL;
	copy->vm_start = vma->vm_start;
	copy->vm_end = vma->vm_end;
	copy->vm_page_prot = vma->vm_page_prot;
	copy->__vm_flags = vma->vm_flags;
	copy->vm_ops = vma->vm_ops;
	copy->vm_pgoff = vma->vm_pgoff;
	copy->vm_file = vma->vm_file ? get_file(vma->vm_file) : NULL;
	copy->vm_private_data = vma->vm_private_data;
	copy->__mapping = vma->__mapping;
	copy->__dax = vma->__dax;
	return copy;
}

/* Makes a mapping end at @addr, and another with the same attributes begin there. */
static int vma_split(struct vm_area_struct *vma, unsigned long addr)
{
	struct vm_area_struct *upper;

	if (addr <= vma->vm_start || addr >= vma->vm_end)
		return 0;
	upper = vma_duplicate(vma);
	if (!upper)
		return -ENOMEM;
	split_huge_entry(vma, addr);
	upper->vm_start = addr;
	upper->vm_pgoff = linear_page_index(vma, addr);
	anon_vma_clone(upper, vma);
	vma->vm_end = addr;
	vma_insert(vma->vm_mm, upper);
	if (upper->vm_ops && upper->vm_ops->open)
		upper->vm_ops->open(upper);
	return 0;
}

static bool can_merge(const struct vm_area_struct *lower, const struct vm_area_struct *upper)
{
	return lower->vm_end == upper->vm_start && lower->vm_flags == upper->vm_flags &&
	       lower->vm_ops == upper->vm_ops && lower->vm_file == upper->vm_file &&
	       lower->__mapping == upper->__mapping &&
	       lower->vm_pgoff + vma_pages(lower) == upper->vm_pgoff &&
	       (lower->anon_vma == upper->anon_vma || !lower->anon_vma || !upper->anon_vma);
}

/* Merges the mappings between two addresses, and those that touch them, as far as they allow. */
void vma_merge(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start ? start - 1 : 0);

	while (vma && vma->vm_next && vma->vm_start < end) {
		struct vm_area_struct *upper = vma->vm_next;

		if (!can_merge(vma, upper)) {
			vma = upper;
			continue;
		}
		if (!vma->anon_vma)
			anon_vma_clone(vma, upper);
		vma->vm_end = upper->vm_end;
		vma_remove(upper);
	}
}

/* Makes mappings begin and end at the ends of a range. */
int vma_split_at_ends(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end);
	int ret = vma ? vma_split(vma, start) : 0;

	if (ret)
		return ret;
	vma = find_vma_intersection(mm, end - 1, end);
	return vma ? vma_split(vma, end) : 0;
}

static bool range_is_valid(unsigned long addr, unsigned long length)
{
	return PAGE_ALIGNED(addr) && length && length <= TASK_SIZE && addr <= TASK_SIZE - length;
}

/**
 * vma_map() - map anonymous private memory
 * @mm: the address space
 * @length: bytes, more than 0; rounded up to whole pages
 * @flags: VM_READ, VM_WRITE
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: the mapping, or NULL when there is no memory or no room.
 */
struct vm_area_struct *vma_map(struct mm_struct *mm, unsigned long length, vm_flags_t flags)
{
	struct vm_area_struct *vma;

	if (!mm->next_address)
		mm->next_address = PROGRAM_FIRST_ADDRESS;
	length = PAGE_ALIGN(length);
	if (!length || length > PROGRAM_END_ADDRESS - PMD_SIZE - mm->next_address)
		return NULL;
	vma = host_zalloc(sizeof(*vma));
	if (!vma)
		return NULL;
	vma->vm_start = mm->next_address;
	vma->vm_end = vma->vm_start + length;
	vma->__vm_flags = flags | VM_MAYREAD | VM_MAYWRITE;
	vma->vm_page_prot = vma_page_prot(flags);
	vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	vma_insert(mm, vma);

	/* At least one page lies between two mappings, and each begins with a table of its own. */
	mm->next_address = ALIGN(vma->vm_end + PAGE_SIZE, PMD_SIZE);
	return vma;
}

/**
 * vma_map_file() - map a file from its beginning to its end
 * @mm: the address space
 * @mapping: the file
 * @flags: VM_READ, VM_WRITE, VM_SHARED
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: the mapping, or NULL when there is no memory or no room.
 */
struct vm_area_struct *vma_map_file(struct mm_struct *mm, struct address_space *mapping,
				    vm_flags_t flags)
{
	struct vm_area_struct *vma = vma_map(mm, mapping->npages << PAGE_SHIFT, flags);

	if (!vma)
		return NULL;
	vma->vm_ops = &page_cache_vm_ops;
	vma->vm_pgoff = 0;
	vma->__mapping = mapping;
	list_add_tail(&vma->mapping_link, &mapping->vmas);
	return vma;
}

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

static void zap_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long next;

	for (unsigned long addr = start; addr < end; addr = next) {
		pte_t *ptep = page_table_find(mm, addr);

		next = page_table_next(addr, end);
		if (!ptep)
			continue;
		if (maps_huge_page(mm, addr)) {
			huge_zap(mm, addr);
			continue;
		}
		page_table_pmd(mm, addr)->pmd &= ~PMD_HUGE_ZEROES;
		for (unsigned long at = addr; at < next; at += PAGE_SIZE)
			zap_pte(mm, ptep++);
	}
}

/**
 * vma_unmap() - unmap a range
 * @mm: the address space
 * @addr: first address
 * @length: bytes
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM.
 */
int vma_unmap(struct mm_struct *mm, unsigned long addr, unsigned long length)
{
	struct vm_area_struct *vma;
	unsigned long end;
	int ret;

	length = PAGE_ALIGN(length);
	if (!range_is_valid(addr, length))
		return -EINVAL;
	end = addr + length;
	ret = vma_split_at_ends(mm, addr, end);
	if (ret)
		return ret;

	while ((vma = find_vma_intersection(mm, addr, end))) {
		struct mmu_notifier_range range;

		notifier_range_init(&range, MMU_NOTIFY_UNMAP, vma, mm, vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
		zap_range(mm, vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_end(&range);
		vma_remove(vma);
	}
	return 0;
}

/* What exit does: the notifiers have been released, and nobody is told any more. */
void vma_unmap_all(struct mm_struct *mm)
{
	while (mm->mmap) {
		zap_range(mm, mm->mmap->vm_start, mm->mmap->vm_end);
		vma_remove(mm->mmap);
	}
}

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

static void protect_range(struct vm_area_struct *vma)
{
	unsigned long next;

	for (unsigned long addr = vma->vm_start; addr < vma->vm_end; addr = next) {
		pte_t *ptep = page_table_find(vma->vm_mm, addr);

		next = page_table_next(addr, vma->vm_end);
		if (!ptep)
			continue;
		for (unsigned long at = addr; at < next; at += PAGE_SIZE, ptep++)
			set_pte(ptep, protected_pte(vma, *ptep));
	}
}

/**
 * vma_protect() - change the protection of a range
 * @mm: the address space
 * @addr: first address
 * @length: bytes
 * @flags: VM_READ, VM_WRITE
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped.
 */
int vma_protect(struct mm_struct *mm, unsigned long addr, unsigned long length, vm_flags_t flags)
{
	struct vm_area_struct *vma;
	unsigned long end, at;
	int ret;

	length = PAGE_ALIGN(length);
	if (!range_is_valid(addr, length))
		return -EINVAL;
	end = addr + length;
	for (at = addr; at < end; at = vma->vm_end) {
		vma = find_vma_intersection(mm, at, at + 1);
		if (!vma)
			return -ENOMEM;
	}
	ret = vma_split_at_ends(mm, addr, end);
	if (ret)
		return ret;

	for (at = addr; at < end; at = vma->vm_end) {
		struct mmu_notifier_range range;

		vma = find_vma(mm, at);
		vma->__vm_flags = (vma->vm_flags & ~(VM_READ | VM_WRITE)) | flags;
		vma->vm_page_prot = vma_page_prot(vma->vm_flags);
		notifier_range_init(&range, MMU_NOTIFY_PROTECTION_VMA, vma, mm, vma->vm_start,
				    vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
		protect_range(vma);
		mmu_notifier_invalidate_range_end(&range);
	}
	vma_merge(mm, addr, end);
	return 0;
}
