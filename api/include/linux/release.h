/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * release.h - everything that differs between the releases, in one table
 *
 * No other header and no file of the reference implementation compares LINUX_VERSION_CODE. Each
 * line is 1 for the releases that behave as its name says and 0 for the others; what depends on it
 * is found by searching for the name.
 *
 * This header is not part of Linux. A driver tests LINUX_VERSION_CODE, or better, what it finds.
 */
#ifndef _LINUX_RELEASE_H
#define _LINUX_RELEASE_H

#include <linux/version.h>

#define RELEASE_SINCE(major, minor)	(LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))
#define RELEASE_BEFORE(major, minor)	(LINUX_VERSION_CODE < KERNEL_VERSION(major, minor, 0))

/* --- What a driver calls ------------------------------------------------------------------- */

/* migrate_vma() with struct migrate_vma_ops; the three steps came in its place (a7d1f22bb74f). */
#define RELEASE_CALLBACKS		RELEASE_BEFORE(5, 4)

/* hmm_devmem_add() and its like; drivers fill a struct dev_pagemap later (8a164fef9c4c). */
#define RELEASE_HMM_DEVMEM		RELEASE_BEFORE(5, 3)
#define RELEASE_HMM_DEVMEM_INT_FAULT	RELEASE_BEFORE(5, 1)

/* MIGRATE_PFN_DEVICE and MIGRATE_PFN_ERROR, which the core itself sets and never reads. */
#define RELEASE_PFN_DEVICE_ERROR	RELEASE_BEFORE(5, 4)

/* MIGRATE_PFN_LOCKED in src and dst (removed by ab09243aa95a). */
#define RELEASE_PFN_LOCKED		RELEASE_BEFORE(5, 16)

/* struct migrate_vma::src_owner, struct dev_pagemap::owner (800bb1c8dc80, f894ddd5ff01). */
#define RELEASE_PAGEMAP_OWNER		RELEASE_SINCE(5, 7)
#define RELEASE_SRC_OWNER		(RELEASE_SINCE(5, 7) && RELEASE_BEFORE(5, 9))

/* struct migrate_vma::flags and ::pgmap_owner in place of src_owner (5143192cd410). */
#define RELEASE_SELECT_FLAGS		RELEASE_SINCE(5, 9)

/* MIGRATE_VMA_SELECT_DEVICE_COHERENT and MEMORY_DEVICE_COHERENT (dd19e6d8ffaa, f25cbb7a95a2). */
#define RELEASE_DEVICE_COHERENT		RELEASE_SINCE(6, 0)

/* struct migrate_vma::fault_page, and a reference on vmf->page (16ce101db85d). */
#define RELEASE_FAULT_PAGE		RELEASE_SINCE(6, 1)

/* migrate_device_range(), _pages() and _finalize() (e778406b40db). */
#define RELEASE_DEVICE_RANGE		RELEASE_SINCE(6, 1)

/* migrate_device_pfns() (a14fa8ec9d81). */
#define RELEASE_DEVICE_PFNS		RELEASE_SINCE(6, 15)

/* MIGRATE_PFN_COMPOUND and MIGRATE_VMA_SELECT_COMPOUND (a30b48bf1b24). */
#define RELEASE_COMPOUND		RELEASE_SINCE(6, 19)

/* --- How the core goes about it ------------------------------------------------------------ */

/* A page whose lock is taken is tried again after the walk; later it is dropped at once. */
#define RELEASE_RETRIES_PAGE_LOCK	RELEASE_BEFORE(5, 16)

/* A page that is pinned is not even unmapped; later it is, and mapped again (5.10 and 6.1 run). */
#define RELEASE_COUNTS_BEFORE_UNMAP	RELEASE_BEFORE(5, 18)

/* Holes are offered in every VMA; later only in anonymous ones (5143192cd410). */
#define RELEASE_OFFERS_FILE_HOLES	RELEASE_BEFORE(5, 9)

/* migrate_vma_finalize() counts cpages down as it goes. */
#define RELEASE_FINALIZE_UNCOUNTS	(RELEASE_SINCE(5, 4) && RELEASE_BEFORE(5, 10))

/*
 * A huge page is only split when pages of the system are selected, and also when small entries map
 * it; before, the first was always split and the second never moved (a30b48bf1b24).
 */
#define RELEASE_SPLITS_LARGE		RELEASE_SINCE(6, 19)

/*
 * Splitting a huge page announces a CLEAR for its whole range twice in each mapping: for the huge
 * entry, and for the page (6.1, 6.12 and 7.2 run; the release in between is from the code).
 */
#define RELEASE_SPLIT_CLEARS_TWICE	RELEASE_BEFORE(6, 19)

/*
 * Splitting a huge page leaves the page of zeroes where a small page has nothing but zeroes
 * (b1f202060afe; 6.12 and 7.2 run).
 */
#define RELEASE_SPLIT_MAPS_ZEROES	RELEASE_SINCE(6, 12)

/* A page in the swap cache leaves it on its way to a device; before, it stayed where it was. */
#define RELEASE_FREES_SWAP_CACHE	RELEASE_SINCE(6, 6)

/*
 * A load of a page that is swapped out and that nobody shares makes it writable at once; before,
 * only a store did (6.1, 6.12 and 7.2 run; which release between the first two, is not verified).
 */
#define RELEASE_SWAP_IN_WRITABLE	RELEASE_SINCE(6, 11)

/*
 * A page that is swapped out when its program calls mlock() is read, but not locked (6.12 and 7.2 run,
 * and 6.1, where it is locked; which release in between, is not verified).
 */
#define RELEASE_SWAP_IN_FORGETS_LOCK	RELEASE_SINCE(6, 11)

/* setup takes the length from start and end before it aligns them; the old call aligned first. */
#define RELEASE_ALIGNS_FIRST		RELEASE_BEFORE(5, 4)

/* An extra reference on a device private source is noticed before the driver copies. */
#define RELEASE_CHECKS_DEVICE_PIN	RELEASE_SINCE(5, 17)

/* The core keeps vmf->page locked across migrate_to_ram() (1afaeb8293c9). */
#define RELEASE_FAULT_PAGE_LOCKED	RELEASE_SINCE(6, 15)

/* A fault on a device page that someone else has locked waits for it; before, it came again. */
#define RELEASE_FAULT_WAITS_FOR_LOCK	RELEASE_SINCE(7, 0)

/* --- Device pages -------------------------------------------------------------------------- */

/* page_free() runs when the count reaches 0; before, when it reached 1 (27674ef6c73f). */
#define RELEASE_FREES_AT_ZERO		RELEASE_SINCE(5, 18)

/* A free device page has count 0, and zone_device_page_init() makes it 1 (ef233450898f). */
#define RELEASE_ZONE_PAGE_INIT		RELEASE_SINCE(6, 1)

/* zone_device_page_init(page, pgmap, order), dev_pagemap_ops::folio_free (3a5a06554566). */
#define RELEASE_FOLIO_FREE		RELEASE_SINCE(6, 19)

/* struct dev_pagemap::range and nr_range in place of res. */
#define RELEASE_PAGEMAP_RANGE		RELEASE_SINCE(5, 10)

/* percpu_ref inside struct dev_pagemap; the operations kill and cleanup are gone. */
#define RELEASE_PAGEMAP_EMBEDS_REF	RELEASE_SINCE(5, 17)

/* page_pgmap(page) in place of page->pgmap (82ba975e4c43). */
#define RELEASE_PAGE_PGMAP		RELEASE_SINCE(6, 15)

/* linux/mm.h no longer includes linux/memremap.h. */
#define RELEASE_MM_H_WITHOUT_MEMREMAP	RELEASE_SINCE(5, 18)

/* --- Neighbours ---------------------------------------------------------------------------- */

/* mm->mmap_lock and linux/mmap_lock.h in place of mm->mmap_sem. */
#define RELEASE_MMAP_LOCK		RELEASE_SINCE(5, 8)

/* mmu_interval_notifier_insert() and its relatives. */
#define RELEASE_INTERVAL_NOTIFIER	RELEASE_SINCE(5, 5)

/* hmm_range_fault() with struct hmm_range::hmm_pfns and HMM_PFN_REQ_FAULT. */
#define RELEASE_HMM_PFNS		RELEASE_SINCE(5, 8)

/* The words of hmm_range_fault() say how large the mapping is: hmm_pfn_to_map_order(). */
#define RELEASE_HMM_MAP_ORDER		RELEASE_SINCE(5, 9)

/* make_device_exclusive_range(), MMU_NOTIFY_EXCLUSIVE (b756a3b5e7ea). */
#define RELEASE_EXCLUSIVE		RELEASE_SINCE(5, 14)

/* make_device_exclusive(), one page at a time, in its place. */
#define RELEASE_EXCLUSIVE_ONE		RELEASE_SINCE(6, 15)

/* MMU_NOTIFY_MIGRATE with the owner of the migration (998427b3ad2c). */
#define RELEASE_NOTIFY_MIGRATE		RELEASE_SINCE(5, 9)

/* Filling a hole announces MMU_NOTIFY_MIGRATE too; before, MMU_NOTIFY_CLEAR. */
#define RELEASE_NOTIFY_MIGRATE_HOLES	RELEASE_SINCE(5, 11)

/* mmu_notifier_range::owner in place of ::migrate_pgmap_owner. */
#define RELEASE_NOTIFIER_OWNER		RELEASE_SINCE(5, 14)

/* mmu_notifier_range has a vma member. */
#define RELEASE_NOTIFIER_VMA		RELEASE_BEFORE(6, 3)

/* mprotect() makes pages that nobody shares writable at once, without a fault. */
#define RELEASE_PROTECT_MAKES_WRITABLE	RELEASE_SINCE(6, 0)

/*
 * mprotect() announces itself once for a mapping, from the first gigabyte on that has a table; before,
 * once a gigabyte, from its first table on (5.10, 6.1, 6.12 and 7.2 read).
 */
#define RELEASE_PROTECT_TELLS_ONCE	RELEASE_SINCE(6, 12)

/*
 * The CPU takes a page back that a device had for itself: MMU_NOTIFY_CLEAR; before,
 * MMU_NOTIFY_EXCLUSIVE without an owner (6.12 and 7.2 read, the release is that of
 * make_device_exclusive()).
 */
#define RELEASE_EXCLUSIVE_ENDS_WITH_CLEAR	RELEASE_SINCE(6, 15)

/* madvise() knows MADV_COLLAPSE. */
#define RELEASE_COLLAPSE		RELEASE_SINCE(6, 1)

/* mremap() knows MREMAP_DONTUNMAP. */
#define RELEASE_DONTUNMAP		RELEASE_SINCE(5, 7)

/* get_user_pages() and its relatives without vmas; get_user_pages_remote() without a task. */
#define RELEASE_GUP_WITHOUT_VMAS	RELEASE_SINCE(6, 5)
#define RELEASE_GUP_WITHOUT_TASK	RELEASE_SINCE(5, 9)

/* fork() gives the child a copy of a page that may be pinned (70e806e4e645). */
#define RELEASE_FORK_COPIES_PINNED	RELEASE_SINCE(5, 9)

/* kmalloc_obj(), kzalloc_objs() and their relatives. */
#define RELEASE_KMALLOC_OBJ		RELEASE_SINCE(7, 0)

/* struct folio. */
#define RELEASE_FOLIO			RELEASE_SINCE(5, 16)

/* vma->vm_next, and mm->mmap as the list of VMAs. */
#define RELEASE_VMA_LIST		RELEASE_BEFORE(6, 1)

/* vma_lookup(). */
#define RELEASE_VMA_LOOKUP		RELEASE_SINCE(5, 14)

/* vm_flags may only be changed through vm_flags_set() and vm_flags_clear(). */
#define RELEASE_VM_FLAGS_SET		RELEASE_SINCE(6, 3)

/* class_create() takes the owning module first. */
#define RELEASE_CLASS_CREATE_OWNER	RELEASE_BEFORE(6, 4)

/* platform_driver::remove returns int. */
#define RELEASE_PLATFORM_REMOVE_INT	RELEASE_BEFORE(6, 11)

#endif
