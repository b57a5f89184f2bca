/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * memremap.h - struct pages for memory that belongs to a device
 *
 * Differs: only device private and device coherent memory are modelled, and a region is one range.
 */
#ifndef _LINUX_MEMREMAP_H
#define _LINUX_MEMREMAP_H

#include <linux/completion.h>
#include <linux/ioport.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/percpu-refcount.h>
#include <linux/range.h>

struct device;

/**
 * enum memory_type - what kind of memory a struct dev_pagemap describes
 * @MEMORY_DEVICE_PRIVATE: the CPU cannot reach it; a page of it in a page table is an entry that
 *	faults, and migrate_to_ram() answers the fault
 * @MEMORY_DEVICE_COHERENT: the CPU can reach it; from 6.0 on
 * @MEMORY_DEVICE_FS_DAX: not modelled, memremap_pages() refuses it
 * @MEMORY_DEVICE_GENERIC: not modelled, memremap_pages() refuses it
 * @MEMORY_DEVICE_PCI_P2PDMA: not modelled, memremap_pages() refuses it
 */
enum memory_type {
	MEMORY_DEVICE_PRIVATE = 1,
#if RELEASE_DEVICE_COHERENT
	MEMORY_DEVICE_COHERENT,
#endif
	MEMORY_DEVICE_FS_DAX,
	MEMORY_DEVICE_GENERIC,
	MEMORY_DEVICE_PCI_P2PDMA,
};

/**
 * struct dev_pagemap_ops - what a driver does for its device pages
 * @page_free: the last reference on a page is gone and the driver may give it out again. Called
 *	until 6.18. The count is then 1 until 5.17, 0 from 5.18 on.
 * @folio_free: the same from 6.19 on, for a folio
 * @folio_split: a large folio of the region is being split, from 6.19 on: called with each new small
 *	one as tail, for which the driver sets pgmap and mapping as they are in head, and then with
 *	NULL. May be missing; then the core sets the two.
 * @migrate_to_ram: the CPU touched a page that is on the device. The driver moves vmf->page to
 *	system memory. Called with the mmap lock held for reading.
 *	From 6.1 on the core holds a reference on vmf->page, and the driver must name it as
 *	struct migrate_vma::fault_page. From 6.15 on the core also holds its page lock, and the
 *	driver must neither unlock it nor take it.
 *	Returns 0 when the access is to be tried again, whether or not the page moved;
 *	VM_FAULT_SIGBUS when the contents are lost; VM_FAULT_OOM.
 * @kill: until 5.16 with a reference count of the driver's own; not called here
 * @cleanup: as @kill
 */
struct dev_pagemap_ops {
#if RELEASE_FOLIO_FREE
	void (*folio_free)(struct folio *folio);
	void (*folio_split)(struct folio *head, struct folio *tail);
#else
	void (*page_free)(struct page *page);
#endif
#if !RELEASE_PAGEMAP_EMBEDS_REF
	void (*kill)(struct dev_pagemap *pgmap);
	void (*cleanup)(struct dev_pagemap *pgmap);
#endif
	vm_fault_t (*migrate_to_ram)(struct vm_fault *vmf);
};

/**
 * struct dev_pagemap - a region of device memory
 * @res: its physical addresses, until 5.9
 * @range: its physical addresses, from 5.10 on; the last address belongs to it
 * @ranges: the same when there are several
 * @nr_range: how many there are, from 5.10 on: 1
 * @ref: references; the core's business
 * @internal_ref: until 5.16: the core's business
 * @done: the core's business
 * @type: enum memory_type
 * @flags: 0
 * @ops: what the driver does for the pages; must outlive the region
 * @owner: names the driver, or the group of devices, that the pages belong to: any address that is
 *	unique to it. From 5.7 on it must not be NULL.
 */
struct dev_pagemap {
#if RELEASE_PAGEMAP_EMBEDS_REF
	struct percpu_ref ref;
#else
	struct percpu_ref *ref;
	struct percpu_ref internal_ref;
#endif
	struct completion done;
	enum memory_type type;
	unsigned int flags;
	const struct dev_pagemap_ops *ops;
#if RELEASE_PAGEMAP_OWNER
	void *owner;
#endif
#if RELEASE_PAGEMAP_RANGE
	int nr_range;
	union {
		struct range range;
		struct range ranges[1];
	};
#else
	struct resource res;
#endif
};

/**
 * memremap_pages() - make struct pages for device memory (5.4)
 * @pgmap: the region, with everything that the driver fills in; the driver keeps it until
 *	memunmap_pages()
 * @nid: a node number, or NUMA_NO_NODE
 *
 * Return: an address that is not an error; the memory cannot be accessed through it.
 * ERR_PTR(-EINVAL) when the type is not modelled, page_free() or, for device private memory,
 * migrate_to_ram() is missing, the owner is missing (5.7) or the range is empty; ERR_PTR(-ENOMEM)
 * when the range is taken.
 */
void *memremap_pages(struct dev_pagemap *pgmap, int nid);

/**
 * memunmap_pages() - give the struct pages of a region back (5.4)
 * @pgmap: what memremap_pages() was given
 *
 * Differs: Linux waits until the last page of the region is free. Nobody would free one here, so
 * pages that are still in use are reported as device-page-leak and taken away.
 */
void memunmap_pages(struct dev_pagemap *pgmap);

/**
 * devm_memremap_pages() - memremap_pages() that ends with a device
 * @dev: when its driver is unbound or it is removed, the region goes
 * @pgmap: as for memremap_pages()
 *
 * Return: as memremap_pages().
 */
void *devm_memremap_pages(struct device *dev, struct dev_pagemap *pgmap);

/**
 * devm_memunmap_pages() - give the struct pages of a region back before its device goes
 * @dev: the device that devm_memremap_pages() was given
 * @pgmap: the region
 *
 * As memunmap_pages(). Without it the region goes with the device.
 */
void devm_memunmap_pages(struct device *dev, struct dev_pagemap *pgmap);

#if RELEASE_FOLIO_FREE
/**
 * zone_device_page_init() - take a free device page into use
 * @page: a page that the driver has chosen among its free ones
 * @pgmap: the region the page belongs to
 * @order: 0, or HPAGE_PMD_ORDER for it and the 511 pages behind it to be one huge page; others are
 *	not modelled
 *
 * The page then has one reference and is locked. zone_device_data is the driver's to set.
 */
void zone_device_page_init(struct page *page, struct dev_pagemap *pgmap, unsigned int order);

/**
 * zone_device_folio_init() - take a free folio of a device into use (6.19)
 * @folio: a folio that the driver has chosen among its free ones
 * @pgmap: the region it belongs to
 * @order: 0; larger ones are not modelled
 *
 * zone_device_page_init() for a folio: it then has one reference and is locked.
 */
static inline void zone_device_folio_init(struct folio *folio, struct dev_pagemap *pgmap,
					  unsigned int order)
{
	zone_device_page_init(&folio->page, pgmap, order);
}
#elif RELEASE_ZONE_PAGE_INIT
/**
 * zone_device_page_init() - take a free device page into use (6.1 to 6.18)
 * @page: a page that the driver has chosen among its free ones
 *
 * The page then has one reference and is locked. zone_device_data is the driver's to set.
 */
void zone_device_page_init(struct page *page);
#endif

/**
 * is_device_private_page() - whether a page is memory that only a device can reach
 * @page: a page; not NULL
 *
 * It replaces the flag MIGRATE_PFN_DEVICE of a word, which is gone since 5.4.
 *
 * Return: true for a page of a region of type MEMORY_DEVICE_PRIVATE, whoever it belongs to.
 */
static inline bool is_device_private_page(const struct page *page)
{
	return (page->flags & (1UL << PG_zone_device | 1UL << PG_coherent)) ==
	       1UL << PG_zone_device;
}

/**
 * is_device_coherent_page() - whether a page is memory of a device that the CPU reaches (6.0)
 * @page: a page; not NULL
 *
 * Return: true for a page of a region of type MEMORY_DEVICE_COHERENT, whoever it belongs to.
 */
static inline bool is_device_coherent_page(const struct page *page)
{
	return is_zone_device_page(page) && test_bit(PG_coherent, &page->flags);
}

#if RELEASE_PAGE_PGMAP
/**
 * page_pgmap() - the region of a device page (6.15)
 * @page: a device page, which may be a tail of a huge one
 *
 * Return: the region.
 */
static inline struct dev_pagemap *page_pgmap(const struct page *page)
{
	return compound_head((struct page *)page)->__pgmap;
}
#endif

#if RELEASE_FOLIO
/**
 * define folio_is_zone_device - whether a folio is memory of a device
 * @folio: the folio
 *
 * A function on Linux.
 */
#define folio_is_zone_device(folio)	is_zone_device_page(&(folio)->page)
/**
 * define folio_is_device_private - is_device_private_page() for a folio
 * @folio: the folio
 *
 * A function on Linux.
 */
#define folio_is_device_private(folio)	is_device_private_page(&(folio)->page)
/**
 * define folio_is_device_coherent - is_device_coherent_page() for a folio
 * @folio: the folio
 *
 * A function on Linux.
 */
#define folio_is_device_coherent(folio)	is_device_coherent_page(&(folio)->page)
/**
 * define folio_zone_device_data - what the driver keeps with a folio of its memory
 * @folio: the folio
 *
 * struct page::zone_device_data of its first page.
 */
#define folio_zone_device_data(folio)	((folio)->page.zone_device_data)
/**
 * define folio_set_zone_device_data - keep something with a folio of the driver's memory
 * @folio: the folio
 * @data: for the driver, which alone reads it
 */
#define folio_set_zone_device_data(folio, data)	((void)((folio)->page.zone_device_data = (data)))
#endif

#if RELEASE_SINCE(5, 6) && !RELEASE_FREES_AT_ZERO
/**
 * page_is_devmap_managed() - whether a driver is told of the last reference to a page (5.6 to 5.17)
 * @page: any page
 *
 * Linux has it in <linux/mm.h>.
 *
 * Return: true for a page of a device.
 */
static inline bool page_is_devmap_managed(struct page *page)
{
	return is_device_private_page(page);
}
#endif

#endif
