// SPDX-License-Identifier: GPL-2.0-only
/*
 * memremap.c - struct pages for device memory, and their life
 *
 * The releases differ in when a device page is free and in how it is taken into use:
 *
 *	until 5.17	free at count 1; get_page() takes it, put_page() back to 1 frees it
 *	5.18 to 6.0	free at count 1; locking it takes it, put_page() to 0 frees it, and the
 *			count is set to 1 again
 *	from 6.1 on	free at count 0; zone_device_page_init() takes it, put_page() to 0 frees it
 */
#include <linux/device.h>

#include "core/core.h"
#include "host/host.h"

struct region {
	struct list_head link;
	struct dev_pagemap *pgmap;
	unsigned long first;
	unsigned long count;
};

static LIST_HEAD(regions);

#if RELEASE_FOLIO_FREE
#define has_page_free(ops)	((ops)->folio_free)
#define call_page_free(ops, page)	((ops)->folio_free(page_folio(page)))
#else
#define has_page_free(ops)	((ops)->page_free)
#define call_page_free(ops, page)	((ops)->page_free(page))
#endif

#define COUNT_OF_FREE_PAGE	(RELEASE_ZONE_PAGE_INIT ? 0 : 1)

static struct range region_range(const struct dev_pagemap *pgmap)
{
#if RELEASE_PAGEMAP_RANGE
	return pgmap->range;
#else
	return (struct range){ .start = pgmap->res.start, .end = pgmap->res.end };
#endif
}

/* Memory that the CPU can reach as well. */
static bool is_coherent(const struct dev_pagemap *pgmap)
{
#if RELEASE_DEVICE_COHERENT
	return pgmap->type == MEMORY_DEVICE_COHERENT;
#else
	return false;
#endif
}

static int check_region(const struct dev_pagemap *pgmap)
{
	struct range range = region_range(pgmap);

#if RELEASE_PAGEMAP_RANGE
	if (WARN(pgmap->nr_range != 1, "nr_range must be 1, several ranges are not modelled"))
		return -EINVAL;
#endif
	if (WARN(pgmap->type != MEMORY_DEVICE_PRIVATE && !is_coherent(pgmap),
		 "memory of type %d is not modelled", pgmap->type))
		return -EINVAL;
	if (WARN(!is_coherent(pgmap) && (!pgmap->ops || !pgmap->ops->migrate_to_ram),
		 "migrate_to_ram() is missing"))
		return -EINVAL;
	if (WARN(!pgmap->ops || !has_page_free(pgmap->ops),
		 "page_free() or folio_free() is missing"))
		return -EINVAL;
#if RELEASE_PAGEMAP_OWNER
	if (WARN(!pgmap->owner, "the owner is missing"))
		return -EINVAL;
#endif
#if !RELEASE_PAGEMAP_EMBEDS_REF
	if (WARN(pgmap->ref, "a reference count of the driver's own is not modelled"))
		return -EINVAL;
#endif
	if (!PAGE_ALIGNED(range.start) || !PAGE_ALIGNED(range.end + 1) || range.end < range.start)
		return -EINVAL;
	if (PHYS_PFN(range.start) < FRAME_END || PHYS_PFN(range.end) >= FRAME_LIMIT)
		return -EINVAL;
	return 0;
}

static struct region *region_overlapping(unsigned long first, unsigned long count)
{
	struct region *region;

	list_for_each_entry(region, &regions, link)
		if (first < region->first + region->count && region->first < first + count)
			return region;
	return NULL;
}

bool device_pfn_valid(unsigned long pfn)
{
	return region_overlapping(pfn, 1);
}

/* The first page frame of device memory from a number on, or 0. */
unsigned long device_pfn_from(unsigned long pfn)
{
	unsigned long found = 0;
	struct region *region;

	list_for_each_entry(region, &regions, link) {
		unsigned long first = max(pfn, region->first);

		if (first < region->first + region->count && (!found || first < found))
			found = first;
	}
	return found;
}

void *memremap_pages(struct dev_pagemap *pgmap, int nid)
{
	int ret = check_region(pgmap);
	unsigned long flags = 1UL << PG_zone_device;
	struct region *region;
	struct range range;

	might_sleep();
	if (ret)
		return ERR_PTR(ret);
	if (is_coherent(pgmap))
		flags |= 1UL << PG_coherent;
	range = region_range(pgmap);
	if (region_overlapping(PHYS_PFN(range.start), PHYS_PFN(range_len(&range))))
		return ERR_PTR(-ENOMEM);
	region = host_zalloc(sizeof(*region));
	if (!region)
		return ERR_PTR(-ENOMEM);
	region->pgmap = pgmap;
	region->first = PHYS_PFN(range.start);
	region->count = PHYS_PFN(range_len(&range));
	list_add(&region->link, &regions);

	for (unsigned long i = 0; i < region->count; i++) {
		struct page *page = pfn_to_page(region->first + i);

		*page = (struct page){ .flags = flags };
		set_device_page_region(page, pgmap);
		atomic_set(&page->_mapcount, -1);
		atomic_set(&page->_refcount, COUNT_OF_FREE_PAGE);
	}
	return (void *)(unsigned long)range.start;
}

/* Returns how many pages of the region the driver had not got back. */
static unsigned long region_remove(struct region *region)
{
	unsigned long leaks = 0;

	for (unsigned long i = 0; i < region->count; i++) {
		struct page *page = pfn_to_page(region->first + i);

		if (test_bit(PG_in_use, &page->flags)) {
			if (leaks++ < 10)
				rule_broken(RULE_DEVICE_PAGE_LEAK,
					    "device page %#lx is still in use, refcount %d, mapcount %d, taken by %pS; Linux would wait for it forever",
					    page_to_pfn(page), page_count(page),
					    page_mapcount(page), page_history(page)->allocated_at);
			in_use.device_pages--;
		}
		if (PageLocked(page))
			in_use.locked_pages--;
		page->flags &= 1UL << PG_zone_device;
		set_device_page_region(page, NULL);
	}
	if (leaks > 10)
		printk("(and %lu device pages more)\n", leaks - 10);
	list_del(&region->link);
	host_free(region);
	return leaks;
}

void memunmap_pages(struct dev_pagemap *pgmap)
{
	struct region *region;

	might_sleep();
	list_for_each_entry(region, &regions, link) {
		if (region->pgmap == pgmap) {
			region_remove(region);
			return;
		}
	}
	rule_broken(RULE_DEVICE_STATE, "memunmap_pages() of a region that is not mapped");
}

unsigned long memremap_shutdown(void)
{
	struct region *region, *next;
	unsigned long leaks = 0;

	list_for_each_entry_safe(region, next, &regions, link) {
		rule_broken(RULE_LEAK, "device memory at %#lx is still mapped",
			    region->first << PAGE_SHIFT);
		leaks += 1 + region_remove(region);
	}
	return leaks;
}

static void unmap_action(void *pgmap)
{
	memunmap_pages(pgmap);
}

void *devm_memremap_pages(struct device *dev, struct dev_pagemap *pgmap)
{
	void *addr = memremap_pages(pgmap, dev_to_node(dev));
	int ret;

	if (IS_ERR(addr))
		return addr;
	ret = devm_add_action_or_reset(dev, unmap_action, pgmap);
	return ret ? ERR_PTR(ret) : addr;
}

void devm_memunmap_pages(struct device *dev, struct dev_pagemap *pgmap)
{
	devm_release_action(dev, unmap_action, pgmap);
}

void device_page_taken(struct page *page, const void *caller)
{
	__set_bit(PG_in_use, &page->flags);
	*page_history(page) = (struct page_history){ .allocated_at = caller };
	in_use.device_pages++;
}

static void told_freed_in_use(const struct page *page)
{
	rule_broken(RULE_PAGE_FREED_IN_USE,
		    "device page %#lx is freed while it is %s; it was taken by %pS",
		    page_to_pfn(page), PageLocked(page) ? "locked" : "mapped",
		    page_history(page)->allocated_at);
}

#if RELEASE_ZONE_PAGE_INIT
static void take_free_device_page(struct page *page, const void *caller)
{
	if (page_count(page) != 0)
		rule_broken(RULE_DEVICE_PAGE_TAKEN_TWICE,
			    "zone_device_page_init() on device page %#lx, which is in use, refcount %d; it was taken by %pS",
			    page_to_pfn(page), page_count(page), page_history(page)->allocated_at);
	if (!test_bit(PG_in_use, &page->flags))
		device_page_taken(page, caller);
	page->mapping = NULL;
	set_page_count(page, 1);
	might_sleep();
	if (unlikely(PageLocked(page)))
		lock_page(page);
	__set_bit(PG_locked, &page->flags);
	page_history(page)->locked_at = caller;
	in_use.locked_pages++;
}
#endif

#if RELEASE_FOLIO_FREE
static void make_huge(struct page *head, struct dev_pagemap *pgmap, const void *caller)
{
	for (int i = 1; i < HPAGE_PMD_NR; i++) {
		struct page *tail = head + i;

		if (page_count(tail) || test_bit(PG_in_use, &tail->flags))
			rule_broken(RULE_DEVICE_PAGE_TAKEN_TWICE,
				    "device page %#lx becomes part of a huge one, and is in use; it was taken by %pS",
				    page_to_pfn(tail), page_history(tail)->allocated_at);
		device_page_taken(tail, caller);
		tail->mapping = NULL;
		__set_bit(PG_tail, &tail->flags);
		tail->__head = head;
	}
	__set_bit(PG_head, &head->flags);
	head->private = 0;
}

/* A huge page is free. The driver can still see how large it was. */
static void device_folio_free(struct page *head, struct dev_pagemap *pgmap)
{
	if (PageLocked(head) || page_mapped(head))
		told_freed_in_use(head);
	for (int i = 1; i < HPAGE_PMD_NR; i++) {
		head[i].flags &= 1UL << PG_zone_device | 1UL << PG_coherent;
		head[i].mapping = NULL;
		set_device_page_region(head + i, pgmap);
		in_use.device_pages--;
	}
	in_use.device_pages--;
	head->flags &= 1UL << PG_zone_device | 1UL << PG_coherent | 1UL << PG_locked | 1UL << PG_head;
	head->mapping = NULL;
	call_page_free(pgmap->ops, head);
	if (!test_bit(PG_in_use, &head->flags))
		__clear_bit(PG_head, &head->flags);
}

void zone_device_page_init(struct page *page, struct dev_pagemap *pgmap, unsigned int order)
{
	VM_WARN_ON(order != 0 && order != HPAGE_PMD_ORDER);
	/* What is left of a huge page that it was part of. */
	page->flags &= ~(1UL << PG_head | 1UL << PG_tail);
	set_device_page_region(page, pgmap);
	take_free_device_page(page, __builtin_return_address(0));
	if (order)
		make_huge(page, pgmap, __builtin_return_address(0));
}
#elif RELEASE_ZONE_PAGE_INIT
void zone_device_page_init(struct page *page)
{
	take_free_device_page(page, __builtin_return_address(0));
}
#endif

static void device_page_free(struct page *page)
{
	struct dev_pagemap *pgmap = device_page_region(page);

	if (unlikely((page->flags & (1UL << PG_locked | 1UL << PG_head)) ||
		     atomic_read(&page->_mapcount) >= 0)) {
#if RELEASE_FOLIO_FREE
		if (test_bit(PG_head, &page->flags)) {
			device_folio_free(page, pgmap);
			return;
		}
#endif
		told_freed_in_use(page);
	}
	if (test_bit(PG_in_use, &page->flags))
		in_use.device_pages--;
	page->flags &= 1UL << PG_zone_device | 1UL << PG_coherent | 1UL << PG_locked;
	page->mapping = NULL;
	if (pgmap)
		call_page_free(pgmap->ops, page);
}

/* put_page() of a device page. */
void device_page_put(struct page *page)
{
	int count = count_down(&page->_refcount);
	int free_at = RELEASE_FREES_AT_ZERO ? 0 : 1;

	if (count == free_at) {
		device_page_free(page);
		if (!RELEASE_ZONE_PAGE_INIT)
			set_page_count(page, COUNT_OF_FREE_PAGE);
	} else if (unlikely(count < free_at)) {
		set_page_count(page, COUNT_OF_FREE_PAGE);
		rule_broken(RULE_PAGE_REFERENCE,
			    "put_page() on device page %#lx, which is free; it was taken last by %pS",
			    page_to_pfn(page), page_history(page)->allocated_at);
	}
}
