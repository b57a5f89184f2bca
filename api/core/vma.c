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

void vma_remove(struct vm_area_struct *vma)
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
	split_entry_at(vma, addr);
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

/* At least one page lies between two mappings, and each begins with a table of its own. */
unsigned long vma_free_address(struct mm_struct *mm, unsigned long length)
{
	unsigned long start = mm->next_address ?: PROGRAM_FIRST_ADDRESS;

	if (!length || length > PROGRAM_END_ADDRESS - PMD_SIZE - start)
		return 0;
	mm->next_address = ALIGN(start + length + PAGE_SIZE, PMD_SIZE);
	return start;
}

/**
 * vma_map() - map anonymous private memory
 * @mm: the address space
 * @addr: where, page aligned; what is mapped there goes; or 0 for anywhere
 * @length: bytes, more than 0; rounded up to whole pages
 * @flags: VM_READ, VM_WRITE
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: the mapping, which may be larger at a given address, where it is merged with others; or NULL
 * when there is no memory or no room, or @addr is out of range.
 */
struct vm_area_struct *vma_map(struct mm_struct *mm, unsigned long addr, unsigned long length,
			       vm_flags_t flags)
{
	struct vm_area_struct *vma;
	bool given = addr;

	length = PAGE_ALIGN(length);
	if (!addr)
		addr = vma_free_address(mm, length);
	else if (!vma_range_is_programs(addr, length) || vma_unmap(mm, addr, length))
		return NULL;
	vma = addr ? host_zalloc(sizeof(*vma)) : NULL;
	if (!vma)
		return NULL;
	vma->vm_start = addr;
	vma->vm_end = vma->vm_start + length;
	vma->__vm_flags = flags | VM_MAYREAD | VM_MAYWRITE;
	vma->vm_page_prot = vma_page_prot(flags);
	vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	vma_insert(mm, vma);
	if (given)
		vma_merge(mm, addr, addr + length);
	return find_vma(mm, addr);
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
	struct vm_area_struct *vma = vma_map(mm, 0, mapping->npages << PAGE_SHIFT, flags);

	if (!vma)
		return NULL;
	vma->vm_ops = &page_cache_vm_ops;
	vma->vm_pgoff = 0;
	vma->__mapping = mapping;
	list_add_tail(&vma->mapping_link, &mapping->vmas);
	return vma;
}
