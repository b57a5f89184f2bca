// SPDX-License-Identifier: GPL-2.0-only
/* page_ref.c - references on pages, and the page lock */
#include "core/verify.h"
#include "kernel/wait.h"

void get_page(struct page *page)
{
	int count;

	page = compound_head(page);
	count = count_up(&page->_refcount);

	if (unlikely(is_zone_device_page(page))) {
		/* Until 5.17 this is how a driver takes a free device page, whose count is 1. */
		if (!RELEASE_FREES_AT_ZERO && count == 2)
			device_page_taken(page, __builtin_return_address(0));
		else if (RELEASE_ZONE_PAGE_INIT && count == 1)
			rule_broken(RULE_DEVICE_PAGE_INIT,
				    "get_page() on device page %#lx, which is free: only zone_device_page_init() takes one into use",
				    page_to_pfn(page));
		return;
	}
	if (unlikely(count <= 1))
		rule_broken(RULE_PAGE_REFERENCE, "get_page() on frame %#lx, which is free",
			    page_to_pfn(page));
}

bool get_page_unless_zero(struct page *page)
{
	return atomic_inc_not_zero(&page->_refcount);
}

void put_page(struct page *page)
{
	int count;

	page = compound_head(page);
	if (unlikely(test_bit(PG_migrating, &page->flags)) && !verify_page_put(page))
		return;
	if (unlikely(is_zone_device_page(page))) {
		device_page_put(page);
		return;
	}
	count = count_down(&page->_refcount);
	if (count == 0) {
		frame_free(page, compound_order(page));
	} else if (unlikely(count < 0)) {
		atomic_set(&page->_refcount, 0);
		rule_broken(RULE_PAGE_REFERENCE,
			    "put_page() on frame %#lx, which is free; it was allocated last by %pS",
			    page_to_pfn(page), page_history(page)->allocated_at);
	}
}

static __always_inline bool take_lock(struct page *page, const void *caller)
{
	page = compound_head(page);
	if (__test_and_set_bit(PG_locked, &page->flags))
		return false;
	sync_acquired(page);
	in_use.locked_pages++;
	if (is_zone_device_page(page) && RELEASE_FREES_AT_ZERO && !RELEASE_ZONE_PAGE_INIT &&
	    !test_bit(PG_in_use, &page->flags))
		device_page_taken(page, caller);
	page_history(page)->locked_at = caller;
	return true;
}

int trylock_page(struct page *page)
{
	return take_lock(page, __builtin_return_address(0));
}

void lock_page(struct page *page)
{
	might_sleep();
	if (take_lock(page, __builtin_return_address(0)))
		return;
	if (tasks_can_wait && !verify_task_migrates(page))
		task_wait_until(take_lock(page, __builtin_return_address(0)), "a page lock");
	else
		rule_broken_fatal(RULE_PAGE_LOCK,
				  "lock_page() on page %#lx waits for a lock that the same task holds; the page was allocated by %pS",
				  page_to_pfn(page), page_history(page)->allocated_at);
}

void unlock_page(struct page *page)
{
	page = compound_head(page);
	if (unlikely(test_bit(PG_migrating, &page->flags)) && !verify_page_unlock(page))
		return;
	sync_released(page);
	if (!__test_and_clear_bit(PG_locked, &page->flags)) {
		rule_broken(RULE_PAGE_LOCK,
			    "unlock_page() on page %#lx, which is not locked; it was allocated by %pS",
			    page_to_pfn(page), page_history(page)->allocated_at);
		return;
	}
	page_history(page)->unlocked_at = __builtin_return_address(0);
	in_use.locked_pages--;
	if (unlikely(tasks_can_wait))
		tasks_wake();
}

void wait_on_page_locked(struct page *page)
{
	if (tasks_can_wait && !verify_task_migrates(page))
		task_wait_until(!PageLocked(page), "a page lock");
	if (PageLocked(page))
		rule_broken_fatal(RULE_WAIT_NEVER_ENDS,
				  "wait_on_page_locked() on page %#lx waits for its own task",
				  page_to_pfn(page));
}

int set_page_dirty(struct page *page)
{
	return !__test_and_set_bit(PG_dirty, &page->flags);
}

int set_page_dirty_lock(struct page *page)
{
	int changed;

	lock_page(page);
	changed = set_page_dirty(page);
	unlock_page(page);
	return changed;
}

void mark_page_accessed(struct page *page)
{
	__SetPageReferenced(page);
}
