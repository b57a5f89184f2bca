// SPDX-License-Identifier: GPL-2.0-only
/* highmem.c - the kernel's own view of the bytes of a page */
#include "core/core.h"

#include <linux/highmem.h>

void *kmap(struct page *page)
{
	if (unlikely(!page_is_memory(page)))
		rule_broken_fatal(RULE_CPU_ACCESS_TO_DEVICE_PAGE,
				  "page %#lx is device private memory: the CPU cannot reach its bytes, only the device can copy them",
				  page_to_pfn(page));
	if (unlikely(!test_bit(PG_in_use, &page->flags)))
		rule_broken(RULE_FREED_PAGE_USED,
			    "the bytes of page %#lx are used, and it is free; it was allocated last by %pS",
			    page_to_pfn(page), page_history(page)->allocated_at);
	return frame_address(page);
}

void kunmap(struct page *page)
{
	(void)page;
}

void *kmap_atomic(struct page *page)
{
	return kmap(page);
}

void __kunmap_atomic(const void *addr)
{
	(void)addr;
}
