/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hmm.h - what a program's page tables say, for the page tables of a device
 *
 * A driver that mirrors a program's memory asks hmm_range_fault() for the pages of a range, and
 * uses the answer only under the lock that its mmu_interval_notifier takes, and only if
 * mmu_interval_read_retry() says that nothing was invalidated meanwhile.
 *
 * Until 5.2 it also makes device memory: see hmm_devmem_add().
 *
 * Differs: of hmm_range_fault() only the form that came with 5.8 is here; struct hmm_mirror and the
 * form of 5.5 to 5.7, whose array is called pfns, are missing.
 */
#ifndef _LINUX_HMM_H
#define _LINUX_HMM_H

#include <linux/mm.h>
#if !RELEASE_MM_H_WITHOUT_MEMREMAP
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mmu_notifier.h>
#endif

#if RELEASE_HMM_DEVMEM
#include <linux/device.h>
#include <linux/ioport.h>

struct hmm_devmem;

/**
 * struct hmm_devmem_ops - what a driver does for its device pages, until 5.2
 * @free: the last reference on a page is gone and the driver may give it out again; its count is 1
 * @fault: the CPU touched a page that is on the device. The driver moves @page to system memory.
 *	Called with mmap_sem held for reading. Returns what migrate_to_ram() returns: see struct
 *	dev_pagemap_ops; an int until 5.0.
 */
struct hmm_devmem_ops {
	void (*free)(struct hmm_devmem *devmem, struct page *page);
#if RELEASE_HMM_DEVMEM_INT_FAULT
	int (*fault)(struct hmm_devmem *devmem, struct vm_area_struct *vma, unsigned long addr,
		     const struct page *page, unsigned int flags, pmd_t *pmdp);
#else
	vm_fault_t (*fault)(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			    unsigned long addr, const struct page *page, unsigned int flags,
			    pmd_t *pmdp);
#endif
};

/**
 * struct hmm_devmem - a region of device memory that hmm_devmem_add() made, until 5.2
 * @pfn_first: the number of its first page
 * @pfn_last: one more than the number of its last page
 * @resource: its physical addresses
 * @device: what hmm_devmem_add() was given
 * @pagemap: the core's business
 * @ops: what hmm_devmem_add() was given
 *
 * Differs: completion, ref and page_fault are missing.
 */
struct hmm_devmem {
	unsigned long pfn_first;
	unsigned long pfn_last;
	struct resource *resource;
	struct device *device;
	struct dev_pagemap pagemap;
	const struct hmm_devmem_ops *ops;
};

/**
 * hmm_devmem_add() - make a region of device private memory (until 5.2)
 * @ops: what the driver does for its pages; must outlive the region
 * @device: the region goes with it
 * @size: in bytes
 *
 * Context: may sleep.
 * Return: the region, which goes with @device; ERR_PTR(-ENOMEM) without memory, ERR_PTR(-ERANGE)
 * without addresses for it, or an error of memremap_pages().
 */
struct hmm_devmem *hmm_devmem_add(const struct hmm_devmem_ops *ops, struct device *device,
				  unsigned long size);

/**
 * hmm_devmem_remove() - end a region before its device goes (until 4.20)
 * @devmem: the region, of which no page may be in use; its memory goes with its device
 */
void hmm_devmem_remove(struct hmm_devmem *devmem);

/**
 * hmm_devmem_page_set_drvdata() - keep a word of the driver's with a device page (until 5.2)
 * @page: a device page
 * @data: the word
 */
static inline void hmm_devmem_page_set_drvdata(struct page *page, unsigned long data)
{
	page->zone_device_data = (void *)data;
}

/**
 * hmm_devmem_page_get_drvdata() - read that word (until 5.2)
 * @page: a device page
 *
 * Return: the word.
 */
static inline unsigned long hmm_devmem_page_get_drvdata(const struct page *page)
{
	return (unsigned long)page->zone_device_data;
}

/**
 * hmm_vma_alloc_locked_page() - a page of system memory, locked (until 5.2)
 * @vma: the VMA that it is for
 * @addr: the address in it
 *
 * Return: the page, locked, with one reference, or NULL.
 */
struct page *hmm_vma_alloc_locked_page(struct vm_area_struct *vma, unsigned long addr);
#endif /* RELEASE_HMM_DEVMEM */

#if RELEASE_HMM_PFNS
struct mmu_interval_notifier;

/**
 * enum hmm_pfn_flags - bits of a word of struct hmm_range::hmm_pfns
 * @HMM_PFN_VALID: coming out: the word has the number of a page that may at least be read
 * @HMM_PFN_WRITE: coming out: the page may be written to as well
 * @HMM_PFN_ERROR: coming out: there is nothing that could be accessed: no mapping, or one that
 *	may not be read
 * @HMM_PFN_ORDER_SHIFT: where the order of the mapping is kept
 * @HMM_PFN_REQ_FAULT: going in: the page is to be there afterwards
 * @HMM_PFN_REQ_WRITE: going in, with @HMM_PFN_REQ_FAULT: it is to be writable
 * @HMM_PFN_FLAGS: every bit that is not part of the page's number
 */
enum hmm_pfn_flags {
	HMM_PFN_VALID = 1UL << (BITS_PER_LONG - 1),
	HMM_PFN_WRITE = 1UL << (BITS_PER_LONG - 2),
	HMM_PFN_ERROR = 1UL << (BITS_PER_LONG - 3),
	HMM_PFN_ORDER_SHIFT = (BITS_PER_LONG - 8),

	HMM_PFN_REQ_FAULT = HMM_PFN_VALID,
	HMM_PFN_REQ_WRITE = HMM_PFN_WRITE,

	HMM_PFN_FLAGS = 0xFFUL << HMM_PFN_ORDER_SHIFT,
};

/**
 * hmm_pfn_to_page() - the page of a word that has HMM_PFN_VALID
 * @hmm_pfn: the word
 *
 * Context: the lock of the driver's notifier, after mmu_interval_read_retry() returned false.
 * Return: the page, on which the caller has no reference.
 */
static inline struct page *hmm_pfn_to_page(unsigned long hmm_pfn)
{
	return pfn_to_page(hmm_pfn & ~HMM_PFN_FLAGS);
}

/**
 * hmm_pfn_to_map_order() - how large the mapping is that a word is part of
 * @hmm_pfn: a word that has HMM_PFN_VALID
 *
 * Return: the order: 0 for a single page, 9 for a huge page that one entry maps.
 */
static inline unsigned int hmm_pfn_to_map_order(unsigned long hmm_pfn)
{
	return (hmm_pfn >> HMM_PFN_ORDER_SHIFT) & 0x1F;
}

/**
 * struct hmm_range - a question about a range of a program's memory
 * @notifier: a notifier inserted for the program's address space, and covering the range
 * @notifier_seq: what mmu_interval_read_begin() returned just before
 * @start: page aligned first address
 * @end: page aligned address after the last
 * @hmm_pfns: the driver's array, one word a page: requests going in, answers coming out
 * @default_flags: requests for every page of the range
 * @pfn_flags_mask: which bits of the words going in count; 0 when they are not initialised
 * @dev_private_owner: struct dev_pagemap::owner of the device private pages that the driver can
 *	use where they are; those of others are brought back if @default_flags or the word asks for
 *	the page
 */
struct hmm_range {
	struct mmu_interval_notifier *notifier;
	unsigned long notifier_seq;
	unsigned long start;
	unsigned long end;
	unsigned long *hmm_pfns;
	unsigned long default_flags;
	unsigned long pfn_flags_mask;
	void *dev_private_owner;
};

/**
 * hmm_range_fault() - ask what is in a range, and fault in what is wanted there (5.8)
 * @range: the question; @range->hmm_pfns has the answers when 0 is returned
 *
 * Context: the caller holds the mmap lock of the notifier's address space for reading. May sleep,
 * and calls migrate_to_ram() for device private pages of other owners.
 * Return: 0; -EBUSY when the range was invalidated since mmu_interval_read_begin(), so that the
 * caller begins again; -EFAULT when a wanted page cannot be had; -EPERM when it is wanted for
 * writing in a mapping that may not be written to.
 */
int hmm_range_fault(struct hmm_range *range);

/**
 * define HMM_RANGE_DEFAULT_TIMEOUT - how long a driver tries before it gives up, in milliseconds
 *
 * For the loop around hmm_range_fault(), which ends with -EBUSY as long as the range keeps changing.
 */
#define HMM_RANGE_DEFAULT_TIMEOUT	1000
#endif /* RELEASE_HMM_PFNS */

#endif
