// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_cache.c - files, of which the machine only knows the pages that are in memory
 *
 * A file is its page cache: an array with one reference on each page. Mappings of the file are on
 * a list, through which the entries that map one of its pages are found.
 *
 * Differs: a file is as on tmpfs. It has no other place than memory, its pages need no telling
 * before they are written to, it cannot be truncated, and it lives as long as the machine.
 */
#include "core/core.h"
#include "core/lru.h"
#include "host/host.h"

static LIST_HEAD(files);

struct address_space *page_cache_create(unsigned long npages)
{
	struct address_space *mapping;

	mapping = host_zalloc(sizeof(*mapping) + npages * sizeof(mapping->pages[0]));
	if (!mapping)
		return NULL;
	mapping->pages = (struct page **)(mapping + 1);
	mapping->npages = npages;
	INIT_LIST_HEAD(&mapping->vmas);
	list_add(&mapping->link, &files);
	return mapping;
}

void page_cache_shutdown(void)
{
	struct address_space *mapping, *next;

	list_for_each_entry_safe(mapping, next, &files, link) {
		for (unsigned long i = 0; i < mapping->npages; i++)
			if (mapping->pages[i])
				put_page(mapping->pages[i]);
		list_del(&mapping->link);
		host_free(mapping);
	}
}

/* The page at a place of a file, which is all zero when it was not there; NULL without memory. */
struct page *page_cache_get(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	if (mapping->pages[index])
		return mapping->pages[index];
	page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
	if (!page)
		return NULL;
	page->mapping = mapping;
	page->index = index;
	__SetPageUptodate(page);
	__SetPageSwapBacked(page);
	lru_cache_add(page);
	mapping->pages[index] = page;
	return page;
}

/* Another page takes the place of one in its file, and the reference that goes with it. */
void page_cache_move(struct page *to, struct page *from)
{
	from->mapping->pages[from->index] = to;
	get_page(to);
	put_page(from);
}

/**
 * page_cache_access() - read from a file or write to it, as pread(2) and pwrite(2)
 * @mapping: the file
 * @offset: where
 * @buf: bytes to write, or room for those read
 * @length: their number
 * @write: write
 *
 * Return: 0, -EINVAL beyond the end of the file, or -ENOMEM.
 */
int page_cache_access(struct address_space *mapping, unsigned long offset, char *buf,
		      unsigned long length, bool write)
{
	unsigned long size = mapping->npages << PAGE_SHIFT;

	if (offset > size || length > size - offset)
		return -EINVAL;
	while (length) {
		unsigned long part = min(length, PAGE_SIZE - offset_in_page(offset));
		struct page *page = page_cache_get(mapping, offset >> PAGE_SHIFT);
		char *bytes;

		if (!page)
			return -ENOMEM;
		bytes = (char *)frame_address(page) + offset_in_page(offset);
		memcpy(write ? bytes : buf, write ? buf : bytes, part);
		if (write)
			SetPageDirty(page);
		offset += part;
		buf += part;
		length -= part;
	}
	return 0;
}

static vm_fault_t page_cache_fault(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->__mapping;

	if (vmf->pgoff >= mapping->npages)
		return VM_FAULT_SIGBUS;
	vmf->page = page_cache_get(mapping, vmf->pgoff);
	if (!vmf->page)
		return VM_FAULT_OOM;
	get_page(vmf->page);
	return 0;
}

const struct vm_operations_struct page_cache_vm_ops = {
	.fault = page_cache_fault,
};
