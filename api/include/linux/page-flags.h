/* SPDX-License-Identifier: GPL-2.0-only */
/* page-flags.h - the flags of a page, and how to ask for them */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/bitops.h>
#include <linux/mm_types.h>

/**
 * enum pageflags - bits of struct page::flags
 * @PG_locked: the page lock is held
 * @PG_referenced: used recently
 * @PG_uptodate: the contents are valid
 * @PG_dirty: written to since it was last clean
 * @PG_lru: on an LRU list, and so can be isolated
 * @PG_active: on the active list
 * @PG_swapbacked: backed by swap: anonymous
 * @PG_reserved: belongs to the kernel for good
 * @PG_private: page->private holds something of the owner's
 * @PG_anon_exclusive: anonymous, and no other program shares it
 * @PG_swapcache: in the swap cache; @private of the page is its slot
 * @PG_mlocked: a locked mapping has it, so that it is not swapped out
 * @PG_head: the first page of a huge one
 * @PG_tail: a page of a huge one, but not the first
 * @PG_zone_device: not system memory; stands for the zone number that Linux keeps in these bits
 * @PG_coherent: with @PG_zone_device: the CPU can reach it
 * @PG_in_use: kept by the machine only: the allocator or the driver has given it out
 * @PG_isolated: kept by the machine only: taken off the LRU and not put back yet
 * @PG_migrating: kept by the machine only: a migration holds it, as a source or a destination
 * @PG_one_entry: kept by the machine only: of a source, when the entry that setup came by was the
 *	only one that mapped it
 * @PG_kernel: kept by the machine only: memory of the kernel itself, not counted as in use
 */
enum pageflags {
	PG_locked,
	PG_referenced,
	PG_uptodate,
	PG_dirty,
	PG_lru,
	PG_active,
	PG_swapbacked,
	PG_reserved,
	PG_private,
	PG_anon_exclusive,
	PG_swapcache,
	PG_mlocked,
	PG_head,
	PG_tail,
	PG_zone_device,
	PG_coherent,
	PG_in_use,
	PG_isolated,
	PG_one_entry,
	PG_kernel,
	PG_migrating,
};

/* The page that has the reference count, the lock and the place on the LRU. */
static inline struct page *compound_head(const struct page *page)
{
	return test_bit(PG_tail, &page->flags) ? page->__head : (struct page *)page;
}

/* A flag that a huge page has once, and one that each of its pages has for itself. */
#define __PAGE_FLAG_OF_HEAD(name, bit) \
static inline int Page##name(const struct page *page) \
{ \
	return test_bit(bit, &compound_head(page)->flags); \
} \
__PAGE_FLAG_CHANGES(name, bit)

#define __PAGE_FLAG(name, bit) \
static inline int Page##name(const struct page *page) \
{ \
	return test_bit(bit, &page->flags); \
} \
__PAGE_FLAG_CHANGES(name, bit)

#define __PAGE_FLAG_CHANGES(name, bit) \
static inline void SetPage##name(struct page *page) \
{ \
	set_bit(bit, &page->flags); \
} \
static inline void ClearPage##name(struct page *page) \
{ \
	clear_bit(bit, &page->flags); \
} \
static inline void __SetPage##name(struct page *page) \
{ \
	__set_bit(bit, &page->flags); \
} \
static inline void __ClearPage##name(struct page *page) \
{ \
	__clear_bit(bit, &page->flags); \
}

__PAGE_FLAG_OF_HEAD(Locked, PG_locked)
__PAGE_FLAG(Referenced, PG_referenced)
__PAGE_FLAG(Uptodate, PG_uptodate)
__PAGE_FLAG(Dirty, PG_dirty)
__PAGE_FLAG_OF_HEAD(LRU, PG_lru)
__PAGE_FLAG_OF_HEAD(Mlocked, PG_mlocked)
__PAGE_FLAG(Active, PG_active)
__PAGE_FLAG(SwapBacked, PG_swapbacked)
__PAGE_FLAG(Reserved, PG_reserved)
__PAGE_FLAG(Private, PG_private)
__PAGE_FLAG(AnonExclusive, PG_anon_exclusive)

/* An anonymous page keeps its struct anon_vma in page->mapping, marked with the lowest bit. */
#define PAGE_MAPPING_ANON	1UL

static inline int PageAnon(const struct page *page)
{
	return !!((unsigned long)page->mapping & PAGE_MAPPING_ANON);
}

static inline int is_zone_device_page(const struct page *page)
{
	return test_bit(PG_zone_device, &page->flags);
}

static inline int PageCompound(const struct page *page)
{
	return !!(page->flags & (1UL << PG_head | 1UL << PG_tail));
}
#define PageTransHuge(page)	test_bit(PG_head, &(page)->flags)
#define PageTransCompound(page)	PageCompound(page)

/* Stub: there are no pages of hugetlbfs. */
#define PageHuge(page)		((void)(page), 0)

#endif
