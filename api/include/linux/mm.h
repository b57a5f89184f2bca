/* SPDX-License-Identifier: GPL-2.0-only */
/* mm.h - pages, mappings, references */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/mmap_lock.h>
#include <linux/page-flags.h>
#include <linux/pfn.h>
#include <linux/range.h>
#include <linux/sched.h>
#if !RELEASE_MM_H_WITHOUT_MEMREMAP
#include <linux/memremap.h>
#include <linux/mmu_notifier.h>
#endif

#define VM_NONE		0x00000000UL
#define VM_READ		0x00000001UL
#define VM_WRITE	0x00000002UL
#define VM_EXEC		0x00000004UL
#define VM_SHARED	0x00000008UL
#define VM_MAYREAD	0x00000010UL
#define VM_MAYWRITE	0x00000020UL
#define VM_MAYEXEC	0x00000040UL
#define VM_MAYSHARE	0x00000080UL
#define VM_PFNMAP	0x00000400UL
#define VM_LOCKED	0x00002000UL
#define VM_IO		0x00004000UL
#define VM_DONTCOPY	0x00020000UL
#define VM_DONTEXPAND	0x00040000UL
#define VM_HUGETLB	0x00400000UL
#define VM_DONTDUMP	0x04000000UL
#define VM_MIXEDMAP	0x10000000UL
#define VM_HUGEPAGE	0x20000000UL
#define VM_NOHUGEPAGE	0x40000000UL
#define VM_SPECIAL	(VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP)

#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr)	IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)
#define untagged_addr(addr)	(addr)

/* --- Page frame numbers -------------------------------------------------------------------- */

/* One array of struct page covers every frame there is or may be; most of it is never touched. */
extern struct page *vmemmap;

#define pfn_to_page(pfn)	(vmemmap + (pfn))
#define page_to_pfn(page)	((unsigned long)((page) - vmemmap))
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((phys) >> PAGE_SHIFT)
#define nth_page(page, n)	((page) + (n))

/**
 * pfn_valid() - whether a frame number has a struct page
 * @pfn: frame number
 *
 * Return: true for system memory and for memory that memremap_pages() added.
 */
bool pfn_valid(unsigned long pfn);

void *page_address(const struct page *page);
struct page *virt_to_page(const void *addr);
bool is_zero_pfn(unsigned long pfn);
#define ZERO_PAGE(addr)		((void)(addr), zero_page())
struct page *zero_page(void);

/* --- References ---------------------------------------------------------------------------- */

static inline int page_count(const struct page *page)
{
	return atomic_read(&compound_head(page)->_refcount);
}

static inline int page_ref_count(const struct page *page)
{
	return page_count(page);
}

static inline void set_page_count(struct page *page, int count)
{
	atomic_set(&page->_refcount, count);
}

static inline int page_mapcount(const struct page *page)
{
	int count = atomic_read(&page->_mapcount) + 1;

	return PageCompound(page) ? count + (int)compound_head(page)->private : count;
}

static inline bool page_mapped(const struct page *page)
{
	return page_mapcount(page) > 0;
}

/**
 * get_page() - take a reference
 * @page: a page that somebody already holds a reference on
 *
 * Until 5.17 a free device page has a count of 1, and a driver takes it into use with get_page().
 */
void get_page(struct page *page);

/**
 * put_page() - drop a reference
 * @page: the page; freed with its last reference
 *
 * The last reference of a device page calls the driver's page_free(): until 5.17 that is the one
 * that takes the count to 1, from 5.18 on the one that takes it to 0.
 */
void put_page(struct page *page);
bool get_page_unless_zero(struct page *page);
#define try_get_page(page)	get_page_unless_zero(page)

/* Stub: there is one node. */
void split_page(struct page *page, unsigned int order);

static inline int page_to_nid(const struct page *page)
{
	(void)page;
	return 0;
}

static inline int numa_node_id(void)
{
	return 0;
}
#define NUMA_NO_NODE	(-1)

static inline unsigned int compound_order(const struct page *page)
{
	return test_bit(PG_head, &page->flags) ? HPAGE_PMD_ORDER : 0;
}

static inline void set_page_private(struct page *page, unsigned long value)
{
	page->private = value;
}
#define page_private(page)	((page)->private)

/* Marks a page as written to, as the owner of a mapping would. */
int set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
void mark_page_accessed(struct page *page);

/* --- The page lock ------------------------------------------------------------------------- */

void lock_page(struct page *page);
int trylock_page(struct page *page);
void unlock_page(struct page *page);
void wait_on_page_locked(struct page *page);

/* --- Mappings ------------------------------------------------------------------------------ */

static inline bool vma_is_anonymous(const struct vm_area_struct *vma)
{
	return !vma->vm_ops;
}

static inline bool vma_is_dax(const struct vm_area_struct *vma)
{
	return vma->__dax;
}

static inline bool is_vm_hugetlb_page(const struct vm_area_struct *vma)
{
	return !!(vma->vm_flags & VM_HUGETLB);
}

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

/**
 * find_vma() - find the first mapping that ends after an address
 * @mm: the address space
 * @addr: the address, which the mapping need not contain
 *
 * Context: the caller holds the mmap lock.
 * Return: the mapping, or NULL.
 */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);

/**
 * find_vma_intersection() - find the first mapping that shares an address with a range
 * @mm: the address space
 * @start: first address
 * @end: the address after the last
 *
 * Context: the caller holds the mmap lock.
 * Return: the mapping, or NULL.
 */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end);
#if RELEASE_VMA_LOOKUP
/**
 * vma_lookup() - find the mapping that contains an address (5.14)
 * @mm: the address space
 * @addr: the address
 *
 * Context: the caller holds the mmap lock.
 * Return: the mapping, or NULL.
 */
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
#endif

#if RELEASE_VM_FLAGS_SET
static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->__vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->__vm_flags &= ~flags;
}
#endif

/**
 * vm_insert_page() - map a page of the driver's into a mapping of its device
 * @vma: the mapping that the driver's mmap() was given
 * @addr: page aligned address in it, where nothing is mapped yet
 * @page: system memory; the entry takes a reference of its own
 *
 * Marks the mapping VM_MIXEDMAP, so that its pages cannot be migrated.
 *
 * Context: in mmap(), or with the mmap lock held for writing.
 * Return: 0; -EFAULT when @addr is outside @vma; -EINVAL when @page is anonymous or not system
 * memory; -EBUSY when something is mapped there; -ENOMEM.
 */
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);

static inline vm_fault_t vmf_error(int error)
{
	return error == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
}

/* --- Pages of another program's memory ----------------------------------------------------- */

#define FOLL_WRITE	0x01u
#define FOLL_FORCE	0x10u
#define FOLL_LONGTERM	0x100u

/**
 * get_user_pages_fast() - take references on pages of the current program
 * @start: address of the first page
 * @count: number of pages
 * @flags: FOLL_WRITE for pages that are to be written to, FOLL_LONGTERM for pages that are held for
 *	long, which may not be memory of a device
 * @pages: for the pages
 *
 * Pages on a device that the CPU cannot reach are brought back. Each page is given back with
 * put_page().
 *
 * Context: process, without the mmap lock.
 * Return: the number of pages, or an error when there was none.
 */
int get_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages);

/**
 * pin_user_pages_fast() - the same for pages whose bytes are going to be read or written (5.6)
 * @start: address of the first page
 * @count: number of pages
 * @flags: as for get_user_pages_fast()
 * @pages: for the pages
 *
 * Each page is given back with unpin_user_page().
 *
 * Context: process, without the mmap lock.
 * Return: the number of pages, or an error when there was none.
 */
int pin_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long count);
void unpin_user_pages_dirty_lock(struct page **pages, unsigned long count, bool dirty);

/*
 * The same for a caller who holds the mmap lock, of the current program or of another.
 *
 * Differs: the lock is never let go of, whatever @locked is for.
 */
#if RELEASE_GUP_WITHOUT_VMAS
long get_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages);
long pin_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages);
long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long count,
			   unsigned int flags, struct page **pages, int *locked);
#else
long get_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages, struct vm_area_struct **vmas);
long pin_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages, struct vm_area_struct **vmas);
#if RELEASE_GUP_WITHOUT_TASK
long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long count,
			   unsigned int flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked);
#else
struct task_struct;
long get_user_pages_remote(struct task_struct *task, struct mm_struct *mm, unsigned long start,
			   unsigned long count, unsigned int flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked);
#endif
#endif

#if RELEASE_FOLIO
/* Differs: a folio is a single page or a huge one, nothing between. */
static inline struct folio *page_folio(const struct page *page)
{
	return (struct folio *)compound_head(page);
}
#define folio_page(folio, n)	(&(folio)->page + (n))
#define folio_pfn(folio)	page_to_pfn(&(folio)->page)
#define folio_order(folio)	compound_order(&(folio)->page)
#define folio_nr_pages(folio)	(1L << folio_order(folio))
#define folio_size(folio)	((size_t)PAGE_SIZE << folio_order(folio))
#define folio_test_large(folio)	((bool)PageCompound(&(folio)->page))
#define folio_get(folio)	get_page(&(folio)->page)
#define folio_put(folio)	put_page(&(folio)->page)
#define folio_lock(folio)	lock_page(&(folio)->page)
#define folio_trylock(folio)	(!!trylock_page(&(folio)->page))
#define folio_unlock(folio)	unlock_page(&(folio)->page)
#define folio_test_locked(folio)	PageLocked(&(folio)->page)
#define folio_ref_count(folio)	page_count(&(folio)->page)
#define folio_set_count(folio, count)	set_page_count(&(folio)->page, count)
#define folio_mapcount(folio)	page_mapcount(&(folio)->page)
#define folio_address(folio)	page_address(&(folio)->page)
/* Of the machine itself. */
struct page *alloc_folio(gfp_t gfp, unsigned int order);
#define folio_alloc(gfp, order)	((struct folio *)alloc_folio(gfp, order))
#define vma_alloc_folio(gfp, order, vma, addr) \
	((void)(vma), (void)(addr), folio_alloc(gfp, order))
#endif

#endif
