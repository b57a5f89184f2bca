/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * migration.h - what the steps of a migration share
 *
 * One core serves every release: struct migrate_vma is what a driver fills from 5.4 on and what
 * migrate_vma() fills for the driver in 5.3. What a release does not have is asked for through
 * the functions here, so that the steps read the same for all.
 */
#ifndef API_MIGRATION_H
#define API_MIGRATION_H

#include <linux/migrate.h>

#include "core/core.h"

#if RELEASE_CALLBACKS
/* Private to the core in this release, as it was in Linux. */
struct migrate_vma {
	struct vm_area_struct *vma;
	unsigned long *dst;
	unsigned long *src;
	unsigned long cpages;
	unsigned long npages;
	unsigned long start;
	unsigned long end;
};

int migrate_vma_setup(struct migrate_vma *args);
void migrate_vma_pages(struct migrate_vma *migrate);
void migrate_vma_finalize(struct migrate_vma *migrate);
#endif

/*
 * The page lock and references as the steps use them, for pages that are not part of a huge one.
 * They do the same as trylock_page(), unlock_page() and put_page(), and take no note for reports of
 * who did it.
 */
static inline bool step_trylock(struct page *page)
{
	if (__test_and_set_bit(PG_locked, &page->flags))
		return false;
	sync_acquired(page);
	in_use.locked_pages++;
	return true;
}

static inline void step_unlock(struct page *page)
{
	if (unlikely(!test_bit(PG_locked, &page->flags))) {
		unlock_page(page);
		return;
	}
	sync_released(page);
	__clear_bit(PG_locked, &page->flags);
	in_use.locked_pages--;
	if (unlikely(tasks_can_wait))
		tasks_wake();
}

static inline bool step_mapped(const struct page *page)
{
	return atomic_read(&page->_mapcount) >= 0;
}

static inline int step_count(const struct page *page)
{
	return atomic_read(&page->_refcount);
}

static inline void step_put(struct page *page)
{
	if (is_zone_device_page(page))
		device_page_put(page);
	else if (count_down(&page->_refcount) == 0)
		frame_free(page, 0);
}

/* Flags that are 0 in releases without them. */
#if RELEASE_PFN_LOCKED
#define SRC_LOCKED	MIGRATE_PFN_LOCKED
#else
#define SRC_LOCKED	0UL
#endif
#if RELEASE_PFN_DEVICE_ERROR
#define SRC_DEVICE	MIGRATE_PFN_DEVICE
#else
#define SRC_DEVICE	0UL
#endif
#if RELEASE_COMPOUND
#define DST_COMPOUND	MIGRATE_PFN_COMPOUND
#else
#define DST_COMPOUND	0UL
#endif

/* The page that the CPU faulted on, on which the core itself holds a reference; or NULL. */
static inline struct page *migration_fault_page(const struct migrate_vma *migrate)
{
#if RELEASE_FAULT_PAGE
	return migrate->fault_page;
#else
	return NULL;
#endif
}

/* What the mmu notifiers are told of whose migration it is. */
static inline void *migration_owner(const struct migrate_vma *migrate)
{
#if RELEASE_SELECT_FLAGS
	return migrate->pgmap_owner;
#elif RELEASE_SRC_OWNER
	return migrate->src_owner;
#else
	return NULL;
#endif
}

/* Whether the driver wants pages of system memory, and the zero page. */
static inline bool migration_selects_system(const struct migrate_vma *migrate)
{
#if RELEASE_SELECT_FLAGS
	return migrate->flags & MIGRATE_VMA_SELECT_SYSTEM;
#elif RELEASE_SRC_OWNER
	return !migrate->src_owner;
#else
	return true;
#endif
}

/* Whether the driver wants the device private pages of a region. */
static inline bool migration_selects_device(const struct migrate_vma *migrate,
					    const struct dev_pagemap *pgmap)
{
#if RELEASE_SELECT_FLAGS
	return (migrate->flags & MIGRATE_VMA_SELECT_DEVICE_PRIVATE) &&
	       pgmap->owner == migrate->pgmap_owner;
#elif RELEASE_SRC_OWNER
	return pgmap->owner == migrate->src_owner;
#else
	return true;
#endif
}

/* Whether the driver wants the device coherent pages of a region. */
static inline bool migration_selects_coherent(const struct migrate_vma *migrate,
					      const struct dev_pagemap *pgmap)
{
#if RELEASE_DEVICE_COHERENT
	return (migrate->flags & MIGRATE_VMA_SELECT_DEVICE_COHERENT) &&
	       pgmap->owner == migrate->pgmap_owner;
#else
	return false;
#endif
}

/* Whether the driver may fill the empty entries of a mapping. */
static inline bool migration_offers_holes(const struct vm_area_struct *vma)
{
	return RELEASE_OFFERS_FILE_HOLES || vma_is_anonymous(vma);
}

/* Whether words can have MIGRATE_PFN_COMPOUND; NULL for a migration by page numbers. */
static inline bool migration_has_compound(const struct migrate_vma *migrate)
{
#if RELEASE_COMPOUND
	return !migrate || (migrate->flags & MIGRATE_VMA_SELECT_COMPOUND);
#else
	return false;
#endif
}

/* migrate_huge.c: 2 MiB that move as one. */
enum huge_collected { HUGE_COLLECTED, HUGE_SPLIT, HUGE_LEFT_OUT };
bool collect_huge_hole(struct migrate_vma *migrate, unsigned long addr, unsigned long end);
enum huge_collected collect_huge(struct migrate_vma *migrate, unsigned long addr,
				 unsigned long end);
bool unmap_huge(struct page *head, const struct page *fault_page);
bool move_huge(struct page *to, struct page *from, const struct page *fault_page);
bool split_collected(struct migrate_vma *migrate, unsigned long i, struct page *head);
void insert_huge(struct migrate_vma *migrate, unsigned long i, struct page *head);
void finalize_huge(struct page *from, struct page *to, const struct page *fault_page);

/* Empty entries and pages that can move: what cpages counts. */
void migrate_collect(struct migrate_vma *migrate);
unsigned long migrate_unmap(unsigned long *src, unsigned long npages, struct page *fault_page);
void migrate_entries(unsigned long *src, unsigned long *dst, unsigned long npages,
		     struct migrate_vma *migrate);
void finalize_entries(unsigned long *src, unsigned long *dst, unsigned long npages,
		      struct page *fault_page, struct migrate_vma *migrate);

#endif
