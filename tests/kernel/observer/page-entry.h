/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page-entry.h - reading a page table entry, where releases differ.
 */
#ifndef OBSERVER_PAGE_ENTRY_H
#define OBSERVER_PAGE_ENTRY_H

#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
/* Entries that are not present are read as a softleaf_t. */
#include <linux/leafops.h>

static inline struct page *page_of_leaf(pte_t pte)
{
	softleaf_t leaf = softleaf_from_pte(pte);

	return softleaf_has_pfn(leaf) ? softleaf_to_page(leaf) : NULL;
}

static inline bool leaf_is_device(pte_t pte)
{
	return softleaf_is_device_private(softleaf_from_pte(pte));
}

static inline bool leaf_is_migration(pte_t pte)
{
	return softleaf_is_migration(softleaf_from_pte(pte));
}

static inline bool leaf_is_exclusive(pte_t pte)
{
	return softleaf_is_device_exclusive(softleaf_from_pte(pte));
}

static inline bool leaf_is_writable(pte_t pte)
{
	softleaf_t leaf = softleaf_from_pte(pte);

	return softleaf_is_device_private_write(leaf) || softleaf_is_migration_write(leaf);
}
#else
static inline bool leaf_is_device(pte_t pte)
{
	return is_device_private_entry(pte_to_swp_entry(pte));
}

static inline bool leaf_is_migration(pte_t pte)
{
	return is_migration_entry(pte_to_swp_entry(pte));
}

/* There is no such entry before 5.14. */
static inline bool leaf_is_exclusive(pte_t pte)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	return is_device_exclusive_entry(pte_to_swp_entry(pte));
#else
	return false;
#endif
}

static inline struct page *page_of_leaf(pte_t pte)
{
	swp_entry_t entry = pte_to_swp_entry(pte);

	if (!leaf_is_device(pte) && !leaf_is_migration(pte) && !leaf_is_exclusive(pte))
		return NULL;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	return pfn_swap_entry_to_page(entry);
#else
	return pfn_to_page(swp_offset(entry));
#endif
}

static inline bool leaf_is_writable(pte_t pte)
{
	swp_entry_t entry = pte_to_swp_entry(pte);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	return is_writable_device_private_entry(entry) || is_writable_migration_entry(entry);
#else
	return is_write_device_private_entry(entry) || is_write_migration_entry(entry);
#endif
}
#endif

static inline bool is_mlocked(struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 16, 0)
	return folio_test_mlocked(page_folio(page));
#else
	return PageMlocked(compound_head(page));
#endif
}

/* The number of entries that map a page, or the huge page it is part of. */
static inline int entries_that_map(struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
	int entries = atomic_read(&page->_mapcount) + 1;

	return PageCompound(page) ? entries + folio_entire_mapcount(page_folio(page)) : entries;
#else
	return page_mapcount(page);
#endif
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_sem);
}

static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_sem);
}
#endif

#endif /* OBSERVER_PAGE_ENTRY_H */
