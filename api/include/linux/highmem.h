/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * highmem.h - the kernel's own access to the bytes of a page
 *
 * Differs: mapping a device private page, which the CPU cannot reach, is reported and ends the
 * machine. On Linux it gives an address with nothing behind it.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/**
 * kmap() - map a page for the kernel
 * @page: system memory, or device coherent memory
 *
 * Return: the address of its first byte.
 */
void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_atomic(struct page *page);
void __kunmap_atomic(const void *addr);
#define kunmap_atomic(addr)		__kunmap_atomic(addr)
#define kmap_local_page(page)		kmap(page)
#define kmap_local_folio(folio, offset)	(kmap(&(folio)->page) + (offset))
#define kunmap_local(addr)		((void)(addr))

static inline void copy_highpage(struct page *to, struct page *from)
{
	void *source = kmap_local_page(from);

	memcpy(kmap_local_page(to), source, PAGE_SIZE);
}

#if RELEASE_FOLIO
/* As many pages as the source has. */
static inline void folio_copy(struct folio *to, struct folio *from)
{
	for (long i = 0; i < folio_nr_pages(from); i++)
		copy_highpage(folio_page(to, i), folio_page(from, i));
}
#endif

#if RELEASE_FOLIO_FREE
/* For folio_split() of a driver: makes single pages of its own huge one. */
#define folio_reset_order(folio)	__clear_bit(PG_head, &(folio)->page.flags)

static inline void clear_compound_head(struct page *page)
{
	__clear_bit(PG_tail, &page->flags);
	page->__head = NULL;
}
#endif

static inline void copy_user_highpage(struct page *to, struct page *from, unsigned long addr,
				      struct vm_area_struct *vma)
{
	(void)addr;
	(void)vma;
	copy_highpage(to, from);
}

static inline void clear_highpage(struct page *page)
{
	memset(kmap_local_page(page), 0, PAGE_SIZE);
}

static inline void clear_user_highpage(struct page *page, unsigned long addr)
{
	(void)addr;
	clear_highpage(page);
}

static inline void zero_user(struct page *page, unsigned int start, unsigned int size)
{
	memset((char *)kmap_local_page(page) + start, 0, size);
}

static inline void memcpy_from_page(char *to, struct page *page, size_t offset, size_t size)
{
	memcpy(to, (char *)kmap_local_page(page) + offset, size);
}

static inline void memcpy_to_page(struct page *page, size_t offset, const char *from, size_t size)
{
	memcpy((char *)kmap_local_page(page) + offset, from, size);
}
#define copy_page(to, from)	memcpy(to, from, PAGE_SIZE)
#define clear_page(addr)	memset(addr, 0, PAGE_SIZE)

#endif
