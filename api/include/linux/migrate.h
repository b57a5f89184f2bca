/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * migrate.h - moving the pages of a program between system memory and a device
 *
 * A driver migrates a range of one mapping in three steps:
 *
 *	migrate_vma_setup()	collects the pages of the range, locks them, takes them out of the
 *				page tables and gives back those that cannot move
 *	migrate_vma_pages()	makes the pages that the driver allocated and filled take the place
 *				of the originals, one by one, where that is still possible
 *	migrate_vma_finalize()	puts the page tables right and lets go of everything
 *
 * Between the first two the driver allocates and copies, between the last two it looks at what
 * moved. Until 5.3 there was one call, migrate_vma(), and the driver's two parts were callbacks.
 *
 * Each description says from and up to which release it holds, where it does not hold for all.
 */
#ifndef _LINUX_MIGRATE_H
#define _LINUX_MIGRATE_H

#include <linux/migrate_mode.h>
#include <linux/mm.h>

/*
 * A word of the src and dst arrays holds flags in its low bits and a page frame number from bit
 * MIGRATE_PFN_SHIFT up. The values are the same in every release that has the flag.
 */

/**
 * define MIGRATE_PFN_VALID - the word holds a page frame number
 *
 * In src: set by setup for every entry that has a page. In dst: set by migrate_pfn().
 */
#define MIGRATE_PFN_VALID	(1UL << 0)

/**
 * define MIGRATE_PFN_MIGRATE - the entry can move, or has moved
 *
 * Only in src. After setup: the driver may supply a destination. After pages: the entry has moved.
 * With MIGRATE_PFN_VALID clear the entry has no page: it is a hole or the zero page, and its
 * destination must be cleared instead of copied to.
 */
#define MIGRATE_PFN_MIGRATE	(1UL << 1)

#if RELEASE_PFN_LOCKED
/**
 * define MIGRATE_PFN_LOCKED - the page is locked (until 5.15)
 *
 * In src the core keeps its own account with it, and a driver ignores it. In dst a driver sets it
 * to say that the page is locked, and the core ignores it. Since 5.16 the flag is gone; the
 * destination must be locked all the same.
 */
#define MIGRATE_PFN_LOCKED	(1UL << 2)
#endif

/**
 * define MIGRATE_PFN_WRITE - the program may write to the page
 *
 * In src: the page table entry was writable. In dst: for the driver's own use, the core does not
 * read it.
 */
#define MIGRATE_PFN_WRITE	(1UL << 3)

#if RELEASE_PFN_DEVICE_ERROR
/**
 * define MIGRATE_PFN_DEVICE - the page is device private memory (until 5.3)
 *
 * In src: set by the core. In dst: a driver may set it, the core does not read it. Since 5.4 a
 * driver asks is_device_private_page(migrate_pfn_to_page(word)).
 */
#define MIGRATE_PFN_DEVICE	(1UL << 4)

/**
 * define MIGRATE_PFN_ERROR - the driver failed (until 5.3)
 *
 * Only in dst, and only from one callback of the driver to the other or to the caller of
 * migrate_vma(). The core never reads it: to the core the entry is empty, since MIGRATE_PFN_VALID
 * is clear. Since 5.4 a driver keeps its errors in variables of its own.
 */
#define MIGRATE_PFN_ERROR	(1UL << 5)
#endif

#if RELEASE_COMPOUND
/**
 * define MIGRATE_PFN_COMPOUND - the word stands for a large folio (6.19)
 *
 * In src only when struct migrate_vma::flags has MIGRATE_VMA_SELECT_COMPOUND, or for a large folio
 * that migrate_device_range() found. The words of its other pages are 0, in src and in dst, and
 * cpages counts it once. A driver gives a large folio with the flag in dst, or small pages without it
 * in all words that the one in src stands for: the source is then split, and src has a word for each
 * page after migrate_vma_pages(). A hole that is offered as one is filled in the same two ways.
 * A large folio in dst for a small source does not move, and without a mapping nothing is split.
 */
#define MIGRATE_PFN_COMPOUND	(1UL << 4)
#endif

/**
 * define MIGRATE_PFN_SHIFT - the first bit of the page frame number in a word
 *
 * The bits below are flags. It is 6 in every release. migrate_pfn() and migrate_pfn_to_page() shift
 * for the driver.
 */
#define MIGRATE_PFN_SHIFT	6

/**
 * migrate_pfn_to_page() - the page of a word
 * @mpfn: a word of src or dst
 *
 * Return: the page, or NULL when MIGRATE_PFN_VALID is clear.
 */
static inline struct page *migrate_pfn_to_page(unsigned long mpfn)
{
	if (!(mpfn & MIGRATE_PFN_VALID))
		return NULL;
	return pfn_to_page(mpfn >> MIGRATE_PFN_SHIFT);
}

/**
 * migrate_pfn() - the word of a page
 * @pfn: page frame number, from page_to_pfn()
 *
 * Return: the word for dst, with MIGRATE_PFN_VALID. Until 5.15 a driver adds MIGRATE_PFN_LOCKED.
 */
static inline unsigned long migrate_pfn(unsigned long pfn)
{
	return (pfn << MIGRATE_PFN_SHIFT) | MIGRATE_PFN_VALID;
}

#if RELEASE_CALLBACKS

/**
 * struct migrate_vma_ops - the driver's two parts of a migration (until 5.3)
 * @alloc_and_copy: give each entry that can move a destination, and copy. Called after the pages
 *	of the range are locked and unmapped, with src as migrate_vma_setup() leaves it and dst
 *	all zero. For each entry of src with MIGRATE_PFN_MIGRATE the driver may allocate a page,
 *	lock it, copy or clear, and set dst to migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
 *	it holds one reference, which becomes the core's. It may leave dst 0, and the page stays
 *	where it is. It must not change src. An early return is not an error: the migration goes
 *	on with what dst holds.
 * @finalize_and_map: see what moved, and update the device's page tables. Entries of src that
 *	still have MIGRATE_PFN_MIGRATE, and have MIGRATE_PFN_VALID in dst, have moved. All pages of
 *	src and dst are still locked. It must not change src or dst, and must not free a page of
 *	dst, moved or not: the core unlocks and releases them.
 *
 * Neither is called when no page of the range can move. Both run with the mmap lock held by the
 * caller of migrate_vma(). Gone in 5.4 (a7d1f22bb74f).
 */
struct migrate_vma_ops {
	void (*alloc_and_copy)(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private);
	void (*finalize_and_map)(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private);
};

/**
 * migrate_vma() - migrate a range of one mapping through callbacks (until 5.3)
 * @ops: the driver's callbacks; both must be there; needed until the call returns
 * @vma: the mapping
 * @start: first address; rounded down to a page
 * @end: the address after the last; rounded down to a page
 * @src: array of the caller with one word a page; its contents on entry do not matter
 * @dst: array of the caller with one word a page; cleared before the first callback
 * @private: passed to the callbacks
 *
 * Does what migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize() do from 5.4 on,
 * with alloc_and_copy() after the first and finalize_and_map() after the second.
 *
 * On a kernel without CONFIG_MIGRATE_VMA_HELPER, which no driver can select by itself, it is a
 * stub that returns -EINVAL. This model has the option set.
 *
 * Context: the caller holds @vma's mmap_sem, for reading or writing, and no lock that its own mmu
 * notifier callbacks take. May sleep.
 * Return: 0 when the range was gone through, whether or not a page moved; what moved is in src and
 * dst. -EINVAL, with nothing called and nothing changed, when @ops or one of its members is NULL;
 * when @vma is NULL, is hugetlbfs, DAX (4.19) or has a flag of VM_SPECIAL; when @start is not below
 * @end after rounding; when the range is not inside @vma; when @src or @dst is NULL.
 * Removed in 5.4 (a7d1f22bb74f).
 */
int migrate_vma(const struct migrate_vma_ops *ops, struct vm_area_struct *vma, unsigned long start,
		unsigned long end, unsigned long *src, unsigned long *dst, void *private);

#else /* !RELEASE_CALLBACKS */

#if RELEASE_SELECT_FLAGS
/**
 * enum migrate_vma_direction - which pages migrate_vma_setup() selects (5.9)
 * @MIGRATE_VMA_SELECT_SYSTEM: pages of system memory, and the zero page
 * @MIGRATE_VMA_SELECT_DEVICE_PRIVATE: device private pages whose region has the owner that
 *	struct migrate_vma::pgmap_owner names
 * @MIGRATE_VMA_SELECT_DEVICE_COHERENT: device coherent pages with that owner (6.0)
 * @MIGRATE_VMA_SELECT_COMPOUND: large folios as one entry each, instead of splitting them (6.19)
 *
 * They may be combined. Without any, only empty entries of anonymous mappings are offered: a driver
 * for an older release that compiles unchanged moves nothing.
 */
enum migrate_vma_direction {
	MIGRATE_VMA_SELECT_SYSTEM = 1 << 0,
	MIGRATE_VMA_SELECT_DEVICE_PRIVATE = 1 << 1,
#if RELEASE_DEVICE_COHERENT
	MIGRATE_VMA_SELECT_DEVICE_COHERENT = 1 << 2,
#endif
#if RELEASE_COMPOUND
	MIGRATE_VMA_SELECT_COMPOUND = 1 << 3,
#endif
};
#endif

/**
 * struct migrate_vma - one migration, from setup to finalize (5.4)
 * @vma: the mapping. Set by the driver, who holds its mmap lock from before setup until after
 *	finalize.
 * @dst: array of the driver's with one word a page from @start to @end. setup clears it. The driver
 *	writes it between setup and pages, and only reads it afterwards. It must outlive finalize.
 * @src: array of the driver's with one word a page. setup fills it, pages and finalize read it; the
 *	driver only reads it. It must outlive finalize.
 * @cpages: set by setup: how many entries of @src have MIGRATE_PFN_MIGRATE. With 0 nothing is held,
 *	and the other two steps may be left out. Until 5.9 finalize counts it down.
 * @npages: set by setup: how many entries of @src and @dst are in use
 * @start: first address. Set by the driver; setup rounds it down to a page.
 * @end: the address after the last, not before @start. Set by the driver; setup rounds it down to a
 *	page.
 * @src_owner: 5.7 and 5.8 only. NULL selects system memory, anything else selects the device
 *	private pages whose dev_pagemap::owner it equals, and nothing else but empty entries.
 * @pgmap_owner: 5.9 and later. Owner of the device private pages that are selected. Also given to
 *	the mmu notifiers, so that a driver can tell its own migrations; set it for both directions.
 * @flags: 5.9 and later. enum migrate_vma_direction.
 * @fault_page: 6.1 and later. Inside migrate_to_ram(): vmf->page, on which the core holds a
 *	reference that does not count as a pin. NULL elsewhere.
 *
 * The driver initialises all of it, with zeroes where nothing else is said: what is not set is
 * meant as well.
 */
struct migrate_vma {
	struct vm_area_struct *vma;
	unsigned long *dst;
	unsigned long *src;
	unsigned long cpages;
	unsigned long npages;
	unsigned long start;
	unsigned long end;
#if RELEASE_SRC_OWNER
	void *src_owner;
#endif
#if RELEASE_SELECT_FLAGS
	void *pgmap_owner;
	unsigned long flags;
#endif
#if RELEASE_FAULT_PAGE
	struct page *fault_page;
#endif
};

/**
 * migrate_vma_setup() - collect, lock and unmap the pages of a range (5.4)
 * @args: the migration; its members say who sets what
 *
 * Goes through the page tables of the range and notes every entry in @args->src, then isolates,
 * unmaps and checks each page. Entries come out as:
 *
 * ============================================= ==================================================
 * empty entry of an anonymous mapping            MIGRATE (of a file mapping too until 5.8)
 * the zero page                                  MIGRATE, when system memory is selected
 * page of system memory, selected                VALID, MIGRATE, WRITE if writable, and the pfn
 * device private page, selected, owner matches   VALID, MIGRATE, WRITE if writable, and the pfn
 * device coherent page, the same (6.0)           VALID, MIGRATE, WRITE if writable, and the pfn
 * page of a file, or in the swap cache           as above; refused later if it is to go to a device
 * huge page, system memory selected              split, and each of its pages as above
 * huge page that somebody references             0 for all of its pages
 * part of a huge page mapped by small entries    0; split and as above from 6.19 on
 * page that is locked by somebody else           0
 * page with references that nobody accounts for  0 (a pin)
 * page that is not on an LRU list                0
 * swapped out, already migrating, not selected   0
 * ============================================= ==================================================
 *
 * Until 5.15 entries with a page also have MIGRATE_PFN_LOCKED. Before 5.7 device private pages of
 * every driver are collected. Until 6.18 a huge page in the range is split even if system memory is
 * not selected.
 *
 * Pages that come out with MIGRATE are locked, off the LRU and mapped by nobody: what the program
 * reads there waits until finalize. Pages that come out 0 are as they were before.
 *
 * The driver then goes through src. For an entry with MIGRATE it may allocate a page, lock it
 * (lock_page(), or zone_device_page_init() for a device page from 6.1 on), copy the source page or,
 * where migrate_pfn_to_page() of the entry is NULL, clear it, and set the entry of dst to
 * migrate_pfn(page_to_pfn(page)). An entry of dst that stays 0 leaves the page where it is. A
 * destination that the driver decides against must be unlocked and freed, and its entry set to 0,
 * before migrate_vma_pages().
 *
 * Context: the caller holds the mmap lock of @args->vma, for reading or writing, and no lock that
 * its own mmu notifier callbacks take, since they are called. May sleep.
 * Return: 0 when the range was gone through; @args->cpages says how many entries can move, and may
 * be 0. -EINVAL, with nothing collected and finalize not to be called, when @args->vma is NULL, is
 * hugetlbfs, DAX or has a flag of VM_SPECIAL; when end - start, as passed, is less than a page; when
 * the range is not inside the mapping; when src or dst is NULL; when fault_page is not a device
 * private page (6.1) or is not locked (6.15).
 * Unlike in migrate_vma(), the length is taken from start and end before they are rounded, and an
 * end before the start is not noticed when both are inside the mapping: src is then cleared far
 * behind its end. A driver that cannot rule it out compares the two itself.
 * Introduced in 5.4 (a7d1f22bb74f), exported to all modules. fault_page by 16ce101db85d.
 */
int migrate_vma_setup(struct migrate_vma *args);

/**
 * migrate_vma_pages() - move what makes a page the program's page (5.4)
 * @migrate: the migration, after migrate_vma_setup() returned 0
 *
 * For every entry with a destination: the destination takes over the place in the mapping and the
 * state of the source page. Where the source entry was empty, the destination is put into the page
 * table. MIGRATE_PFN_MIGRATE is cleared in src where dst is empty, where the source got another
 * reference meanwhile, where the page belongs to a file and the destination to a device, where the
 * page is in the swap cache and the destination on a device (until 6.5; later only where another
 * entry still needs the swap slot), and where an empty entry has been filled by somebody else.
 *
 * Afterwards the entries of src with MIGRATE_PFN_MIGRATE have moved. All pages stay locked; it is
 * safe to update the device's page tables now. dst must not be changed any more, and no page in it
 * freed.
 *
 * Context: as migrate_vma_setup(). Filling empty entries calls the mmu notifiers, with
 * MMU_NOTIFY_MIGRATE from 5.11 on and with MMU_NOTIFY_CLEAR before.
 * Introduced in 5.4 (a7d1f22bb74f), exported to all modules.
 */
void migrate_vma_pages(struct migrate_vma *migrate);

/**
 * migrate_vma_finalize() - put the page tables right and let go (5.4)
 * @migrate: the migration, after migrate_vma_pages(), or after migrate_vma_setup() when all of dst
 *	is 0
 *
 * Entries that moved are mapped to their destination, the others to their source again. Every page
 * of src and dst is unlocked and its reference dropped, which frees the sources that moved and the
 * destinations that were not used. Pages of system memory go back to the LRU.
 *
 * Must be called whenever setup returned 0 with cpages other than 0, whatever went wrong since:
 * until then programs that touch the range wait. Copies by the device must be complete before.
 * The source page of fault_page keeps the core's reference and, from 6.15 on, its lock.
 *
 * Context: as migrate_vma_setup().
 * Introduced in 5.4 (a7d1f22bb74f), exported to all modules.
 */
void migrate_vma_finalize(struct migrate_vma *migrate);

#if RELEASE_DEVICE_RANGE
/**
 * migrate_device_range() - collect, lock and unmap device pages by number (6.1)
 * @src_pfns: array of the driver's with one word a page, filled like migrate_vma::src
 * @start: first page frame number
 * @npages: how many
 *
 * For a driver that has to empty its memory without knowing who maps it. Pages that are free, or
 * that somebody else has locked, come out as 0.
 *
 * Context: takes no mmap lock and needs none. May sleep.
 * Return: 0. Introduced in 6.1 (e778406b40db), exported to all modules.
 */
int migrate_device_range(unsigned long *src_pfns, unsigned long start, unsigned long npages);

#if RELEASE_DEVICE_PFNS
/**
 * migrate_device_pfns() - the same for pages that are not neighbours (6.15)
 * @src_pfns: array of the driver's: page frame numbers going in, words like migrate_vma::src
 *	coming out
 * @npages: how many
 *
 * Context: as migrate_device_range().
 * Return: 0. Introduced in 6.15 (a14fa8ec9d81), exported to all modules.
 */
int migrate_device_pfns(unsigned long *src_pfns, unsigned long npages);
#endif

/**
 * migrate_device_pages() - migrate_vma_pages() after migrate_device_range() (6.1)
 * @src_pfns: from migrate_device_range()
 * @dst_pfns: array of the driver's with the destinations, as migrate_vma::dst
 * @npages: how many
 *
 * Introduced in 6.1 (e778406b40db), exported to all modules.
 */
void migrate_device_pages(unsigned long *src_pfns, unsigned long *dst_pfns, unsigned long npages);

/**
 * migrate_device_finalize() - migrate_vma_finalize() after migrate_device_range() (6.1)
 * @src_pfns: from migrate_device_range()
 * @dst_pfns: as given to migrate_device_pages()
 * @npages: how many
 *
 * Introduced in 6.1 (e778406b40db), exported to all modules.
 */
void migrate_device_finalize(unsigned long *src_pfns, unsigned long *dst_pfns,
			     unsigned long npages);
#endif /* RELEASE_DEVICE_RANGE */

#endif /* !RELEASE_CALLBACKS */

#endif
