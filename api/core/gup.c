// SPDX-License-Identifier: GPL-2.0-only
/*
 * gup.c - pages of a program that a driver holds
 *
 * A page that is held with pin_user_pages() has many references more, not one, so that it can be told
 * from one that somebody only looks at: fork() copies it for the child at once. A page that is held for
 * long may not be memory of a device: it is moved away first.
 *
 * Differs: a huge page that is pinned has one reference more, and is not told from others.
 */
#include <linux/highmem.h>
#include <linux/migrate.h>

#include "core/migration.h"
#include "core/verify.h"

#define PIN_REFERENCES	1024

#if RELEASE_DEVICE_RANGE
/* Moves a page that the CPU can reach on a device to system memory, as the driver's eviction would. */
static int bring_to_system(struct page *page)
{
	unsigned long src = 0, dst = 0;
	struct page *new;

	migrate_device_range(&src, page_to_pfn(page), 1);
	new = src & MIGRATE_PFN_MIGRATE ? alloc_page(GFP_HIGHUSER_MOVABLE) : NULL;
	if (new) {
		lock_page(new);
		dst = migrate_pfn(page_to_pfn(new));
	}
	migrate_device_pages(&src, &dst, 1);
	if (src & MIGRATE_PFN_MIGRATE)
		copy_highpage(new, page);
	migrate_device_finalize(&src, &dst, 1);
	return src & MIGRATE_PFN_MIGRATE ? 0 : new ? -EBUSY : -ENOMEM;
}

static bool may_not_stay(const struct page *page, unsigned int flags)
{
	return (flags & FOLL_LONGTERM) && is_device_coherent_page(page);
}
#else
static int bring_to_system(struct page *page)
{
	return -EBUSY;
}

static bool may_not_stay(const struct page *page, unsigned int flags)
{
	return false;
}
#endif

static struct page *hold_page(struct mm_struct *mm, unsigned long addr, unsigned int flags,
			      bool locked, int *error)
{
	bool write = flags & FOLL_WRITE;

	for (;;) {
		struct page *page = locked ? get_user_page_locked(mm, addr, write, error) :
					     get_user_page(mm, addr, write, error);

		if (!page || !may_not_stay(page, flags))
			return page;
		put_page(page);
		*error = bring_to_system(page);
		if (*error)
			return NULL;
	}
}

/* Differs: from 5.19 on Linux does not pin a page that the program shares, but copies it first. */
static void pin_page(struct page *page)
{
	if (!PageCompound(page))
		atomic_add(PIN_REFERENCES - 1, &page->_refcount);
}

/* Whether somebody may have pinned the page; as on Linux, many plain references look the same. */
bool page_maybe_pinned(const struct page *page)
{
	return !PageCompound(page) && page_count(page) >= PIN_REFERENCES;
}

/* Returns how many were held, or the error when there was none. */
static int hold_pages(struct mm_struct *mm, unsigned long start, unsigned long count,
		      unsigned int flags, bool locked, bool pin, struct page **pages)
{
	int error = 0;

	for (unsigned long i = 0; i < count; i++) {
		struct page *page = hold_page(mm, start + i * PAGE_SIZE, flags, locked, &error);

		if (!page)
			return i ? (int)i : error;
		if (pin)
			pin_page(page);
		if (pages)
			pages[i] = page;
		else
			put_page(page);
	}
	return (int)count;
}

struct page *pin_page_of(struct mm_struct *mm, unsigned long addr, unsigned int flags, int *error)
{
	struct page *page = hold_page(mm, addr, flags, false, error);

	if (page)
		pin_page(page);
	return page;
}

int get_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages)
{
	if (count > 0)
		verify_user_access(start);
	return hold_pages(current->mm, start, count, flags, false, false, pages);
}

int pin_user_pages_fast(unsigned long start, int count, unsigned int flags, struct page **pages)
{
	if (count > 0)
		verify_user_access(start);
	return hold_pages(current->mm, start, count, flags, false, true, pages);
}

void unpin_user_page(struct page *page)
{
	if (!PageCompound(page))
		atomic_sub(PIN_REFERENCES - 1, &page->_refcount);
	put_page(page);
}

void unpin_user_pages(struct page **pages, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++)
		unpin_user_page(pages[i]);
}

void unpin_user_pages_dirty_lock(struct page **pages, unsigned long count, bool dirty)
{
	for (unsigned long i = 0; i < count; i++) {
		if (dirty)
			SetPageDirty(compound_head(pages[i]));
		unpin_user_page(pages[i]);
	}
}

static void told_locked(struct mm_struct *mm)
{
	lockdep_assert_held(mm_lock(mm));
}

#if RELEASE_GUP_WITHOUT_VMAS
long get_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages)
{
	told_locked(current->mm);
	return hold_pages(current->mm, start, count, flags, true, false, pages);
}

long pin_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages)
{
	told_locked(current->mm);
	return hold_pages(current->mm, start, count, flags, true, true, pages);
}

long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long count,
			   unsigned int flags, struct page **pages, int *locked)
{
	told_locked(mm);
	return hold_pages(mm, start, count, flags, true, false, pages);
}
#else
static void find_vmas(struct mm_struct *mm, unsigned long start, long count,
		      struct vm_area_struct **vmas)
{
	for (long i = 0; vmas && i < count; i++)
		vmas[i] = find_vma(mm, start + i * PAGE_SIZE);
}

long get_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages, struct vm_area_struct **vmas)
{
	long held;

	told_locked(current->mm);
	held = hold_pages(current->mm, start, count, flags, true, false, pages);
	find_vmas(current->mm, start, held, vmas);
	return held;
}

long pin_user_pages(unsigned long start, unsigned long count, unsigned int flags,
		    struct page **pages, struct vm_area_struct **vmas)
{
	long held;

	told_locked(current->mm);
	held = hold_pages(current->mm, start, count, flags, true, true, pages);
	find_vmas(current->mm, start, held, vmas);
	return held;
}

#if RELEASE_GUP_WITHOUT_TASK
long get_user_pages_remote(struct mm_struct *mm, unsigned long start, unsigned long count,
			   unsigned int flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked)
#else
long get_user_pages_remote(struct task_struct *task, struct mm_struct *mm, unsigned long start,
			   unsigned long count, unsigned int flags, struct page **pages,
			   struct vm_area_struct **vmas, int *locked)
#endif
{
	long held;

	told_locked(mm);
	held = hold_pages(mm, start, count, flags, true, false, pages);
	find_vmas(mm, start, held, vmas);
	return held;
}
#endif
