/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lru.h - whether a page is on an LRU list
 *
 * Differs: there is no reclaim and so no order to keep: being on a list is a flag. Linux adds pages
 * to the lists in batches, and setup drains the batches before it looks; here a page is on its list
 * at once.
 */
#ifndef API_LRU_H
#define API_LRU_H

#include "core/core.h"
#include "kernel/failure.h"

static inline void lru_cache_add(struct page *page)
{
	if (test_bit(PG_isolated, &page->flags)) {
		__clear_bit(PG_isolated, &page->flags);
		in_use.isolated_pages--;
	}
	__SetPageLRU(page);
}

/* Takes a page off its list, with a reference of the caller. false when it is on none. */
static inline bool lru_isolate(struct page *page)
{
	if (failure_strikes(MACHINE_FAIL_LRU_ISOLATE) || !__test_and_clear_bit(PG_lru, &page->flags))
		return false;
	__set_bit(PG_isolated, &page->flags);
	in_use.isolated_pages++;
	return true;
}

#endif
