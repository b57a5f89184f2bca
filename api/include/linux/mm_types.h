/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm_types.h - struct page, struct vm_area_struct, struct mm_struct
 *
 * Members that a driver of this release may use have Linux' names. What else the machine needs is
 * marked as its own.
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <asm/pgtable.h>
#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct address_space;
struct anon_vma;
struct dev_pagemap;
struct file;
struct mm_struct;
struct page_table;
struct vm_operations_struct;

typedef unsigned long vm_flags_t;

typedef unsigned int vm_fault_t;

/**
 * struct page - one page, of system memory or of a device
 * @flags: enum pageflags
 * @lru: link for whoever owns the page; a free device page may be kept on the driver's list
 *	through @zone_device_data only, since the two share their memory with @pgmap
 * @__head: of a tail of a huge page, of the machine itself: the head
 * @pgmap: of a device page: the region it belongs to; only until 6.14, page_pgmap() since
 * @zone_device_data: of a device page: for the driver
 * @mapping: of an anonymous page: its struct anon_vma with PAGE_MAPPING_ANON; of a page of a file:
 *	the file
 * @index: its place in the mapping or the file, in pages
 * @private: for the owner
 * @_mapcount: page table entries that map it, less 1
 * @_refcount: references; page_count() reads it
 */
struct page {
	unsigned long flags;
	union {
		struct list_head lru;
		struct page *__head;
		struct {
#if RELEASE_PAGE_PGMAP
			struct dev_pagemap *__pgmap;
#else
			struct dev_pagemap *pgmap;
#endif
			void *zone_device_data;
		};
	};
	struct address_space *mapping;
	pgoff_t index;
	unsigned long private;
	atomic_t _mapcount;
	atomic_t _refcount;
} __attribute__((__aligned__(64)));

#if RELEASE_FOLIO
/**
 * struct folio - pages that are managed as one: a single page or a huge one
 * @page: the first page; all other members are parts of it, under the names they have there
 * @flags: of @page
 * @lru: of @page
 * @pgmap: of @page
 * @zone_device_data: of @page
 * @mapping: of @page
 * @index: of @page
 * @private: of @page
 * @_mapcount: of @page
 * @_refcount: of @page
 */
struct folio {
	union {
		struct {
			unsigned long flags;
			union {
				struct list_head lru;
				struct {
					struct dev_pagemap *pgmap;
					void *zone_device_data;
				};
			};
			struct address_space *mapping;
			pgoff_t index;
			unsigned long private;
			atomic_t _mapcount;
			atomic_t _refcount;
		};
		struct page page;
	};
};
#endif

/**
 * struct vm_area_struct - one mapping of an address space
 * @vm_start: first address
 * @vm_end: the address after the last
 * @vm_next: the mapping after it; a driver may follow it until 6.0
 * @vm_mm: the address space
 * @vm_page_prot: protection bits of a new page table entry
 * @vm_flags: VM_READ and the rest; read only for drivers from 6.3 on
 * @anon_vma: what its anonymous pages point to; NULL before the first of them
 * @anon_vma_link: of the machine itself: on the list of @anon_vma
 * @vm_ops: NULL for an anonymous mapping
 * @vm_pgoff: place of @vm_start in the mapping that it was cut from, in pages
 * @vm_file: NULL for an anonymous mapping
 * @vm_private_data: for the driver that filled the mapping
 * @__mapping: of the machine itself: the file in memory that is mapped, or NULL
 * @mapping_link: of the machine itself: on the list of @__mapping
 * @__dax: of the machine itself: the mapping is one of DAX
 */
struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct vm_area_struct *vm_next;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	union {
#if RELEASE_VM_FLAGS_SET
		const vm_flags_t vm_flags;
#else
		vm_flags_t vm_flags;
#endif
		vm_flags_t __vm_flags;
	};
	struct anon_vma *anon_vma;
	struct list_head anon_vma_link;
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
	struct address_space *__mapping;
	struct list_head mapping_link;
	bool __dax;
};

/**
 * struct mm_struct - an address space
 * @mmap: the first mapping; a driver may follow the list until 6.0
 * @pgd: the top level page table
 * @mm_users: users of what is mapped
 * @mm_count: users of the structure; all of @mm_users together count as one
 * @map_count: number of mappings
 * @page_table_lock: protects every entry of the page tables
 * @mmap_lock: protects the list of mappings, from 5.8 on
 * @mmap_sem: the same until 5.7
 * @notifiers: of the machine itself: struct mmu_notifier of this address space
 * @interval_notifiers: of the machine itself: struct mmu_interval_notifier of it
 * @invalidations: of the machine itself: ranges between invalidate start and end
 * @invalidate_seq: of the machine itself: odd while @invalidations is not 0
 * @anon_pages: anonymous pages that are mapped, on the device or not
 * @file_pages: pages of files and of devices that are mapped
 * @next_address: of the machine itself: where the next mapping goes
 * @page_tables: of the machine itself: tables below @pgd
 * @last_table: of the machine itself: the lowest level table that was found last
 * @last_table_address: of the machine itself: the first address below it
 * @unmapped: of the machine itself: exit has begun
 * @taken_at: of the machine itself: who took a reference last
 * @all: of the machine itself: on the list of all address spaces
 */
struct mm_struct {
	struct vm_area_struct *mmap;
	pgd_t *pgd;
	atomic_t mm_users;
	atomic_t mm_count;
	int map_count;
	spinlock_t page_table_lock;
#if RELEASE_MMAP_LOCK
	struct rw_semaphore mmap_lock;
#else
	struct rw_semaphore mmap_sem;
#endif
	struct hlist_head notifiers;
	struct list_head interval_notifiers;
	unsigned long invalidations;
	unsigned long invalidate_seq;
	long anon_pages;
	long file_pages;
	unsigned long next_address;
	unsigned long page_tables;
	pte_t *last_table;
	unsigned long last_table_address;
	bool unmapped;
	const void *taken_at;
	struct list_head all;
};

/**
 * struct vm_fault - one page fault
 * @vma: the mapping
 * @flags: FAULT_FLAG_WRITE and the rest
 * @gfp_mask: for allocations that serve the fault
 * @pgoff: place in the mapping, in pages
 * @address: the address, with the bits below the page cleared
 * @pmd: entry of the level above the lowest
 * @orig_pte: the entry that faulted
 * @page: in migrate_to_ram(): the device page that the CPU wants
 * @pte: the entry's place; NULL while the page table lock is not held
 * @ptl: the lock that protects @pte
 */
struct vm_fault {
	struct vm_area_struct *vma;
	unsigned int flags;
	gfp_t gfp_mask;
	pgoff_t pgoff;
	unsigned long address;
	pmd_t *pmd;
	pte_t orig_pte;
	struct page *page;
	pte_t *pte;
	spinlock_t *ptl;
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	vm_fault_t (*fault)(struct vm_fault *vmf);
};

#define VM_FAULT_OOM		0x000001u
#define VM_FAULT_SIGBUS		0x000002u
#define VM_FAULT_MAJOR		0x000004u
#define VM_FAULT_HWPOISON	0x000010u
#define VM_FAULT_SIGSEGV	0x000040u
#define VM_FAULT_NOPAGE		0x000100u
#define VM_FAULT_LOCKED		0x000200u
#define VM_FAULT_RETRY		0x000400u
#define VM_FAULT_FALLBACK	0x000800u
#define VM_FAULT_DONE_COW	0x001000u
#define VM_FAULT_ERROR \
	(VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV | VM_FAULT_HWPOISON | VM_FAULT_FALLBACK)

#define FAULT_FLAG_WRITE	0x01u
#define FAULT_FLAG_MKWRITE	0x02u
#define FAULT_FLAG_ALLOW_RETRY	0x04u
#define FAULT_FLAG_KILLABLE	0x10u
#define FAULT_FLAG_USER		0x40u
#define FAULT_FLAG_REMOTE	0x80u

#endif
