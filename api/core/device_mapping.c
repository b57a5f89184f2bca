// SPDX-License-Identifier: GPL-2.0-only
/* device_mapping.c - mappings of a device's file, which the driver's mmap() fills */
#include <linux/fs.h>

#include "core/core.h"

/* For a driver that sets none, so that the mapping is not taken for anonymous memory. */
static const struct vm_operations_struct no_operations;

/**
 * vma_map_device() - map a device's file
 * @mm: the address space
 * @file: the file, whose driver has an mmap()
 * @length: bytes, more than 0; rounded up to whole pages
 * @flags: VM_READ, VM_WRITE, VM_SHARED
 * @error: for -ENOMEM, or what the driver's mmap() returned
 *
 * Context: the caller holds the mmap lock for writing.
 * Return: the mapping, or NULL.
 */
struct vm_area_struct *vma_map_device(struct mm_struct *mm, struct file *file,
				      unsigned long length, vm_flags_t flags, int *error)
{
	struct vm_area_struct *vma = vma_map(mm, 0, length, flags);

	*error = -ENOMEM;
	if (!vma)
		return NULL;
	vma->vm_ops = &no_operations;
	vma->vm_pgoff = 0;
	vma->vm_file = get_file(file);
	*error = file->f_op->mmap(file, vma);
	if (!*error) {
		vma->vm_ops = vma->vm_ops ?: &no_operations;
		return vma;
	}
	/* The driver has not seen the mapping come, and does not see it go. */
	vma->vm_ops = &no_operations;
	vma_unmap(mm, vma->vm_start, length);
	return NULL;
}

int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t *ptep, pte;

	if (addr < vma->vm_start || addr >= vma->vm_end)
		return -EFAULT;
	if (!page_is_memory(page) || PageAnon(page) || !page_count(page))
		return -EINVAL;
	ptep = page_table_get(mm, addr);
	if (!ptep)
		return -ENOMEM;
	vma->__vm_flags |= VM_MIXEDMAP;
	spin_lock(&mm->page_table_lock);
	if (!pte_none(*ptep)) {
		spin_unlock(&mm->page_table_lock);
		return -EBUSY;
	}
	pte = pfn_pte(page_to_pfn(page), vma->vm_page_prot);
	if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) == (VM_WRITE | VM_SHARED))
		pte = pte_mkwrite(pte);
	get_page(page);
	page_add_file_rmap(page, vma);
	set_pte(ptep, pte);
	spin_unlock(&mm->page_table_lock);
	return 0;
}
EXPORT_SYMBOL(vm_insert_page);
