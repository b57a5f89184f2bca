/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * core.h - what the parts of the memory management core share with each other
 *
 * A driver cannot include this. What a driver may call is in api/include/linux/.
 */
#ifndef API_CORE_H
#define API_CORE_H

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/leaf.h"
#include "kernel/report.h"
#include "kernel/wait.h"

/**
 * struct in_use - what is in use now
 * @system_pages: frames of system memory given out, without those of the kernel itself
 * @device_pages: device pages given out by their driver
 * @locked_pages: page locks held
 * @isolated_pages: pages taken off the LRU
 * @pinned_pages: references of program_pin()
 * @slab_objects: objects of kmalloc() and its relatives
 * @locks: locks held, spinlocks, mutexes and semaphores
 */
struct in_use {
	unsigned long system_pages;
	unsigned long device_pages;
	unsigned long locked_pages;
	unsigned long isolated_pages;
	unsigned long pinned_pages;
	unsigned long slab_objects;
	unsigned long locks;
};

extern struct in_use in_use;

/* --- frames.c, page_ref.c: physical memory -------------------------------------------------- */

#define FRAME_FIRST		0x100UL		/* pfn 0 is always a mistake */
#define FRAME_COUNT		(1UL << 20)	/* 4 GiB of system memory */
#define FRAME_END		(FRAME_FIRST + FRAME_COUNT)
#define FRAME_LIMIT		(1UL << 23)	/* system and device memory together, 32 GiB */
#define MAX_ORDER		10

/**
 * struct page_history - where in the code it was done, for reports
 * @allocated_at: what allocated the page
 * @locked_at: what locked it last since then, or NULL
 * @unlocked_at: what unlocked it last since then, or NULL
 */
struct page_history {
	const void *allocated_at;
	const void *locked_at;
	const void *unlocked_at;
};

/*
 * Counts of pages. One task is in the kernel at a time, so that nobody else changes them meanwhile,
 * and an instruction that keeps others out would be most of what a page costs.
 */
static inline int count_up(atomic_t *count)
{
	atomic_set(count, atomic_read(count) + 1);
	return atomic_read(count);
}

static inline int count_down(atomic_t *count)
{
	atomic_set(count, atomic_read(count) - 1);
	return atomic_read(count);
}

/* Beside vmemmap, so that a struct page is one cache line. */
extern struct page_history *page_histories;

static inline struct page_history *page_history(const struct page *page)
{
	return &page_histories[page_to_pfn(page)];
}

int frames_boot(void);
unsigned long frames_shutdown(void);
extern unsigned long zero_page_pfn;

struct page *frame_alloc_kernel(void);
unsigned long frames_end(void);
void frame_free(struct page *page, unsigned int order);
bool page_is_memory(const struct page *page);
void *frame_address(const struct page *page);

/* --- memremap.c: device memory --------------------------------------------------------------- */

void device_page_put(struct page *page);
void device_page_taken(struct page *page, const void *caller);
unsigned long memremap_shutdown(void);
bool device_pfn_valid(unsigned long pfn);
unsigned long device_pfn_from(unsigned long pfn);

/* The region of a device page that is no tail, whatever the release calls the member. */
static inline struct dev_pagemap *device_page_region(const struct page *page)
{
#if RELEASE_PAGE_PGMAP
	return page->__pgmap;
#else
	return page->pgmap;
#endif
}

static inline void set_device_page_region(struct page *page, struct dev_pagemap *pgmap)
{
#if RELEASE_PAGE_PGMAP
	page->__pgmap = pgmap;
#else
	page->pgmap = pgmap;
#endif
}

/* --- page_table.c --------------------------------------------------------------------------- */

int page_table_init(struct mm_struct *mm);
void page_table_destroy(struct mm_struct *mm);
pmd_t *page_table_pmd(struct mm_struct *mm, unsigned long addr);
pte_t *page_table_walk(struct mm_struct *mm, unsigned long addr);
pte_t *page_table_get(struct mm_struct *mm, unsigned long addr);
unsigned long page_table_address(const pte_t *ptep);
void page_table_free(struct mm_struct *mm, unsigned long start, unsigned long end);
void page_table_moved(struct mm_struct *mm, unsigned long addr);

/* The lowest level entry for an address, or NULL when there is no table for it. */
static inline pte_t *page_table_find(struct mm_struct *mm, unsigned long addr)
{
	if (likely(mm->last_table && mm->last_table_address == (addr & PMD_MASK)))
		return mm->last_table + ((addr >> PAGE_SHIFT) & (PTRS_PER_TABLE - 1));
	return page_table_walk(mm, addr);
}

/*
 * Where Linux holds the lock of a page table for a single entry. One task is in the kernel at a
 * time, and leaves it only to wait, which nobody does with this lock: only ThreadSanitizer is told.
 */
static inline void page_table_lock(struct mm_struct *mm)
{
	sync_acquired(&mm->page_table_lock);
}

static inline void page_table_unlock(struct mm_struct *mm)
{
	sync_released(&mm->page_table_lock);
}

/* An entry of the middle level that maps a huge page; the table below it is there all the same. */
#define PMD_HUGE	2UL

/* Likewise the huge page of zeroes, whose entries in the table below are those of the small one. */
#define PMD_HUGE_ZEROES	4UL

static inline bool pmd_trans_huge(pmd_t pmd)
{
	return pmd.pmd & PMD_HUGE;
}

static inline void pmd_set_huge(pmd_t *pmd, bool huge)
{
	pmd->pmd = huge ? pmd->pmd | PMD_HUGE : pmd->pmd & ~PMD_HUGE;
}

/* Whether the entry above an address maps a huge page. */
static inline bool maps_huge_page(struct mm_struct *mm, unsigned long addr)
{
	const pmd_t *pmd = page_table_pmd(mm, addr);

	return pmd && pmd_trans_huge(*pmd);
}

static inline bool maps_huge_zeroes(struct mm_struct *mm, unsigned long addr)
{
	const pmd_t *pmd = page_table_pmd(mm, addr);

	return pmd && (pmd->pmd & PMD_HUGE_ZEROES);
}

/* The address at which the walk from @addr to @end meets the next lowest level table. */
static inline unsigned long page_table_next(unsigned long addr, unsigned long end)
{
	return min((addr | ~PMD_MASK) + 1, end);
}

/* --- tlb.c: what the process has mapped at the program's addresses ---------------------------- */

void tlb_forget(pte_t *ptep);
void tlb_fill(pte_t *ptep, bool write);

static inline bool tlb_has_copy(pte_t pte)
{
	return (pte.pte & (_PAGE_PRESENT | _PAGE_COPIED)) == (_PAGE_PRESENT | _PAGE_COPIED);
}

/* Changes an entry. A copy of what was there is of no use any more. */
static inline void set_pte(pte_t *ptep, pte_t pte)
{
	if (unlikely(tlb_has_copy(*ptep))) {
		tlb_forget(ptep);
		if (pte_present(pte))
			pte.pte &= ~_PAGE_COPIED;
	}
	WRITE_ONCE(ptep->pte, pte.pte);
}

/* Changes an entry that was not present, of which there can be no copy. */
static inline void set_new_pte(pte_t *ptep, pte_t pte)
{
	WRITE_ONCE(ptep->pte, pte.pte);
}

/* --- mlock.c: pages that stay in memory ------------------------------------------------------- */

void mlock_page(struct page *page);
void munlock_page(struct page *page);
int mlock_range(struct mm_struct *mm, unsigned long start, unsigned long length, bool locked);
int mlock_populate(struct mm_struct *mm, unsigned long start, unsigned long length);

/* --- rmap.c: from a page to the entries that map it ----------------------------------------- */

int anon_vma_prepare(struct vm_area_struct *vma);
int anon_vma_clone(struct vm_area_struct *to, struct vm_area_struct *from);
void anon_vma_unlink(struct vm_area_struct *vma);
void rmap_shutdown(void);
void rmap_wait_for_walks(void);
void page_add_new_anon_rmap(struct page *page, struct vm_area_struct *vma, unsigned long addr);
void page_add_anon_rmap(struct page *page, struct vm_area_struct *vma);
void page_add_file_rmap(struct page *page, struct vm_area_struct *vma);
void rmap_walk(struct page *page,
	       void (*visit)(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			     struct page *page, void *argument),
	       void *argument);
bool entry_maps(pte_t pte, const struct page *page);
void rmap_walk_huge(struct page *head,
		    void (*visit)(struct vm_area_struct *vma, struct page *head,
				  unsigned long start, unsigned long end));
void try_to_migrate(struct page *page);
void remove_migration_pte(struct vm_area_struct *vma, unsigned long addr, struct page *old,
			  struct page *new);
void remove_migration_ptes(struct page *old, struct page *new);

static inline void page_remove_rmap(struct page *page)
{
	BUG_ON(count_down(&page->_mapcount) < -1);
	if (unlikely(test_bit(PG_mlocked, &page->flags)))
		munlock_page(page);
}

static inline pgoff_t linear_page_index(const struct vm_area_struct *vma, unsigned long addr)
{
	return ((addr - vma->vm_start) >> PAGE_SHIFT) + vma->vm_pgoff;
}

/* --- huge.c: pages of 2 MiB ----------------------------------------------------------------- */

struct page *huge_alloc(struct vm_area_struct *vma, unsigned long start);
bool huge_fault(struct vm_area_struct *vma, unsigned long addr);
bool huge_zeroes_fault(struct vm_area_struct *vma, unsigned long addr);
bool huge_make_writable(struct vm_fault *vmf, struct page *head);
int huge_fork(struct vm_area_struct *to, const struct vm_area_struct *from, unsigned long start);
void huge_zap(struct mm_struct *mm, unsigned long start);
void split_huge_entry(struct vm_area_struct *vma, unsigned long addr);
void split_entry_at(struct vm_area_struct *vma, unsigned long addr);
int split_huge_page(struct page *page);

/* collapse.c */
int huge_collapse(struct vm_area_struct *vma, unsigned long start);

/* huge_entry.c */
struct page *huge_entry_page(pte_t pte);
bool is_huge_device_entry(struct mm_struct *mm, unsigned long addr);
int huge_mappings(const struct page *head);
void huge_entry_to_migration(struct vm_area_struct *vma, unsigned long start, struct page *head);
void huge_entry_open(struct vm_area_struct *vma, unsigned long start);
void try_to_migrate_huge(struct page *head);
void remove_huge_migration_entries(struct page *old, struct page *new);
bool huge_insert(struct vm_area_struct *vma, unsigned long start, struct page *head);
int lock_and_split_huge_page(struct page *page);
int split_huge_page_of(struct page *page, struct page *fault_page);
void huge_page_open(struct page *page);
void huge_page_split_unmapped(struct page *head);

/* --- page_cache.c: files --------------------------------------------------------------------- */

extern const struct vm_operations_struct page_cache_vm_ops;

struct address_space *page_cache_create(unsigned long npages);
struct page *page_cache_get(struct address_space *mapping, pgoff_t index);
void page_cache_move(struct page *to, struct page *from);
int page_cache_access(struct address_space *mapping, unsigned long offset, char *buf,
		      unsigned long length, bool write);
void page_cache_shutdown(void);

/* --- swap.c: the swap device and the swap cache --------------------------------------------- */

bool swap_out(struct page *page);
long swap_out_range(struct mm_struct *mm, unsigned long start, unsigned long length);
vm_fault_t swap_in(struct vm_fault *vmf);
void swap_to_memory(bool memory);
void swap_duplicate(pte_t pte);
void swap_entry_free(pte_t pte);
void swap_cache_unmapped(struct page *page);
bool swap_cache_try_free(struct page *page);
void swap_cache_move(struct page *to, struct page *from);
unsigned long swap_shutdown(void);

static inline bool PageSwapCache(const struct page *page)
{
	return test_bit(PG_swapcache, &page->flags);
}

/* What page_mapping() tells: the page is in a cache, which has a reference of its own on it. */
static inline bool page_is_cached(const struct page *page)
{
	return likely(PageAnon(page)) ? PageSwapCache(page) : page->mapping != NULL;
}

/* An entry does not map the page any more, and its reference goes with it. */
static inline void page_unmap_and_put(struct page *page)
{
	page_remove_rmap(page);
	if (unlikely(PageSwapCache(page)))
		swap_cache_unmapped(page);
	put_page(page);
}

/* --- mm.c, vma.c, unmap.c, protect.c, mremap.c, madvise.c: address spaces ---------------------------------------------------- */

/*
 * Where programs have their mappings. The host has nothing there. ThreadSanitizer keeps its own
 * memory at most addresses, and AddressSanitizer at those that it leaves.
 */
#ifdef API_THREAD_SANITIZER
#define PROGRAM_FIRST_ADDRESS	0x4000000000UL
#define PROGRAM_END_ADDRESS	0x7000000000UL
#else
#define PROGRAM_FIRST_ADDRESS	0x200000000000UL
#define PROGRAM_END_ADDRESS	0x500000000000UL
#endif

extern struct list_head all_mms;

struct mm_struct *mm_alloc(void);
struct mm_struct *mm_fork(struct mm_struct *from);
unsigned long mm_count_left(void);
unsigned long vma_free_address(struct mm_struct *mm, unsigned long length);
struct vm_area_struct *vma_map(struct mm_struct *mm, unsigned long addr, unsigned long length,
			       vm_flags_t flags);
struct vm_area_struct *vma_map_device(struct mm_struct *mm, struct file *file,
				      unsigned long length, vm_flags_t flags, int *error);
struct vm_area_struct *vma_map_file(struct mm_struct *mm, struct address_space *mapping,
				    vm_flags_t flags);
int vma_unmap(struct mm_struct *mm, unsigned long addr, unsigned long length);
int vma_protect(struct mm_struct *mm, unsigned long addr, unsigned long length, vm_flags_t flags);
void vma_unmap_all(struct mm_struct *mm);
void vma_zap(struct vm_area_struct *vma, unsigned long start, unsigned long end);
bool vma_range_is_valid(unsigned long addr, unsigned long length);
bool vma_range_is_programs(unsigned long addr, unsigned long length);
unsigned long vma_remap(struct mm_struct *mm, unsigned long addr, unsigned long old_length,
			unsigned long length, unsigned int how, unsigned long to);
int vma_advise(struct mm_struct *mm, unsigned long addr, unsigned long length, int advice);
void vma_remove(struct vm_area_struct *vma);
int vma_split_at_ends(struct mm_struct *mm, unsigned long start, unsigned long end);
void vma_merge(struct mm_struct *mm, unsigned long start, unsigned long end);
void vma_insert(struct mm_struct *mm, struct vm_area_struct *vma);
struct vm_area_struct *vma_duplicate(const struct vm_area_struct *vma);
pgprot_t vma_page_prot(vm_flags_t flags);

#if RELEASE_MMAP_LOCK
#define mm_lock(mm)	(&(mm)->mmap_lock)
#else
#define mm_lock(mm)	(&(mm)->mmap_sem)
#endif

/* --- books.c: a check of all counts ---------------------------------------------------------- */

unsigned long books_check(void);

/* --- fault.c, access.c: what the CPU does --------------------------------------------------- */

/* Of the model itself: the fault would wait for a migration that nobody but the waiter can end. */
#define VM_FAULT_NEVER_ENDS	0x80000000u

pte_t make_page_pte(struct vm_area_struct *vma, struct page *page, bool writable);
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long addr, unsigned int flags);
int access_memory(struct mm_struct *mm, unsigned long addr, void *buf, unsigned long length,
		  bool write, unsigned long *left);
int access_through_tlb(struct mm_struct *mm, unsigned long addr, bool write);
struct page *get_user_page(struct mm_struct *mm, unsigned long addr, bool write, int *error);
struct page *get_user_page_locked(struct mm_struct *mm, unsigned long addr, bool write, int *error);

/* --- gup.c: pages that are held ---------------------------------------------------------------- */

struct page *pin_page_of(struct mm_struct *mm, unsigned long addr, unsigned int flags, int *error);
bool page_maybe_pinned(const struct page *page);

/* --- exclusive.c: pages that a device has for itself ----------------------------------------- */

void exclusive_restore(struct vm_area_struct *vma, pte_t *ptep);
vm_fault_t exclusive_fault(struct vm_fault *vmf);

/* --- mmu_notifier.c ------------------------------------------------------------------------- */

void notifier_range_init(struct mmu_notifier_range *range, enum mmu_notifier_event event,
			 struct vm_area_struct *vma, struct mm_struct *mm, unsigned long start,
			 unsigned long end);
void notifier_range_set_owner(struct mmu_notifier_range *range, void *owner);
void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);
void mmu_notifiers_release(struct mm_struct *mm);
void mmu_notifiers_check_gone(struct mm_struct *mm);
void mmu_notifiers_object_gone(const void *object, size_t size);

static inline bool mm_has_notifiers(const struct mm_struct *mm)
{
	return !hlist_empty(&mm->notifiers) || !list_empty(&mm->interval_notifiers);
}

#endif
