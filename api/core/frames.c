// SPDX-License-Identifier: GPL-2.0-only
/*
 * frames.c - the frames of system memory, and who has them
 *
 * A free frame is either on a free list or above the highest one that was ever given out, so that
 * booting costs the same for any amount of memory.
 *
 * Device coherent memory has its bytes in the same place, behind those of system memory. Device
 * private memory has room there too, which is never touched.
 *
 * Differs: blocks of more than one frame are split when needed and never joined again.
 */
#include "core/core.h"
#include "host/host.h"
#include "kernel/failure.h"

struct in_use in_use;
struct page *vmemmap;
struct page_history *page_histories;

static char *frame_bytes;
static unsigned long next_fresh;
static struct list_head free_blocks[MAX_ORDER + 1];
static struct page *the_zero_page;
unsigned long zero_page_pfn;

int frames_boot(void)
{
	frame_bytes = host_map_frames((FRAME_LIMIT - FRAME_FIRST) << PAGE_SHIFT);
	vmemmap = host_reserve(FRAME_LIMIT * sizeof(struct page));
	page_histories = host_reserve(FRAME_LIMIT * sizeof(struct page_history));
	if (!frame_bytes || !vmemmap || !page_histories)
		return -ENOMEM;
	for (int order = 0; order <= MAX_ORDER; order++)
		INIT_LIST_HEAD(&free_blocks[order]);
	next_fresh = FRAME_FIRST;
	in_use = (struct in_use){ 0 };

	the_zero_page = frame_alloc_kernel();
	__SetPageReserved(the_zero_page);
	zero_page_pfn = page_to_pfn(the_zero_page);
	return 0;
}

/* Returns how many frames nobody gave back. */
unsigned long frames_shutdown(void)
{
	unsigned long leaks = 0, end = in_use.system_pages ? next_fresh : 0;

	for (unsigned long pfn = FRAME_FIRST; pfn < end; pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (!test_bit(PG_in_use, &page->flags) || test_bit(PG_kernel, &page->flags))
			continue;
		if (leaks++ < 10)
			rule_broken(RULE_LEAK,
				    "frame %#lx is still in use, refcount %d, allocated by %pS", pfn, page_count(page), page_history(page)->allocated_at);
	}
	if (leaks > 10)
		printk("(and %lu frames more)\n", leaks - 10);

	host_unmap_frames();
	host_unreserve(vmemmap, FRAME_LIMIT * sizeof(struct page));
	host_unreserve(page_histories, FRAME_LIMIT * sizeof(struct page_history));
	frame_bytes = NULL;
	vmemmap = NULL;
	page_histories = NULL;
	return leaks;
}

/* The number after that of the last frame that was ever given out. */
unsigned long frames_end(void)
{
	return next_fresh;
}

/* Whether the CPU can reach the bytes of a page. */
bool page_is_memory(const struct page *page)
{
	unsigned long pfn = page_to_pfn(page);

	return pfn >= FRAME_FIRST && (pfn < FRAME_END || is_device_coherent_page(page));
}

bool pfn_valid(unsigned long pfn)
{
	return (pfn >= FRAME_FIRST && pfn < FRAME_END) || device_pfn_valid(pfn);
}

void *frame_address(const struct page *page)
{
	return frame_bytes + ((page_to_pfn(page) - FRAME_FIRST) << PAGE_SHIFT);
}

void *page_address(const struct page *page)
{
	return page_is_memory(page) ? frame_address(page) : NULL;
}

struct page *virt_to_page(const void *addr)
{
	unsigned long offset = (const char *)addr - frame_bytes;

	BUG_ON(offset >= FRAME_COUNT << PAGE_SHIFT);
	return pfn_to_page(FRAME_FIRST + (offset >> PAGE_SHIFT));
}

static noinline struct page *take_fresh_block(unsigned int order)
{
	unsigned long first = ALIGN(next_fresh, 1UL << order);

	if (first + (1UL << order) > FRAME_END)
		return NULL;
	for (; next_fresh < first; next_fresh++)
		list_add(&pfn_to_page(next_fresh)->lru, &free_blocks[0]);
	next_fresh = first + (1UL << order);
	return pfn_to_page(first);
}

static noinline struct page *take_free_block(unsigned int order)
{
	unsigned int from = order;
	struct page *page;

	while (from <= MAX_ORDER && list_empty(&free_blocks[from]))
		from++;
	if (from > MAX_ORDER)
		return NULL;
	page = list_first_entry(&free_blocks[from], struct page, lru);
	list_del(&page->lru);
	while (from > order) {
		from--;
		list_add(&(page + (1UL << from))->lru, &free_blocks[from]);
	}
	return page;
}

static inline void page_init(struct page *page, int count, const void *caller)
{
	*page = (struct page){
		.flags = 1UL << PG_in_use,
		.lru = LIST_HEAD_INIT(page->lru),
		._mapcount = ATOMIC_INIT(-1),
		._refcount = ATOMIC_INIT(count),
	};
	*page_history(page) = (struct page_history){ .allocated_at = caller };
}

static struct page *frame_alloc(unsigned int order, const void *caller)
{
	struct page *page = NULL;

	if (likely(order == 0 && !list_empty(&free_blocks[0]))) {
		page = list_first_entry(&free_blocks[0], struct page, lru);
		list_del(&page->lru);
	} else if (order <= MAX_ORDER) {
		page = take_free_block(order) ?: take_fresh_block(order);
	}
	if (!page)
		return NULL;
	page_init(page, 1, caller);
	for (unsigned long i = 1; unlikely(i < 1UL << order); i++)
		page_init(page + i, 0, caller);
	in_use.system_pages += 1UL << order;
	return page;
}

/* A frame for the kernel's own use, which no count shows. */
struct page *frame_alloc_kernel(void)
{
	struct page *page = frame_alloc(0, __builtin_return_address(0));

	if (!page)
		return NULL;
	__set_bit(PG_kernel, &page->flags);
	in_use.system_pages--;
	return page;
}

/* What a page must not be when it is freed, and what it need not be. */
#define UNUSUAL_FLAGS	(1UL << PG_locked | 1UL << PG_isolated)

static void free_unusual_page(struct page *page)
{
	if (PageLocked(page) || page_mapped(page))
		rule_broken(RULE_PAGE_FREED_IN_USE,
			    "frame %#lx is freed while it is %s; it was allocated by %pS",
			    page_to_pfn(page), PageLocked(page) ? "locked" : "mapped",
			    page_history(page)->allocated_at);
	if (PageLocked(page))
		in_use.locked_pages--;
	if (test_bit(PG_isolated, &page->flags))
		in_use.isolated_pages--;
}

void frame_free(struct page *page, unsigned int order)
{
	if (unlikely((page->flags & UNUSUAL_FLAGS) || atomic_read(&page->_mapcount) >= 0))
		free_unusual_page(page);
	page->flags = 0;
	page->mapping = NULL;
	for (unsigned long i = 1; unlikely(i < 1UL << order); i++) {
		page[i].flags = 0;
		page[i].mapping = NULL;
	}
	in_use.system_pages -= 1UL << order;
	list_add(&page->lru, &free_blocks[order]);
}

static struct page *alloc_for(const void *caller, gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (gfpflags_allow_blocking(gfp))
		might_sleep();
	if (!(gfp & __GFP_NOFAIL) && failure_strikes_at(MACHINE_FAIL_FRAME_ALLOC, caller))
		return NULL;
	page = frame_alloc(order, caller);
	if (page && (gfp & __GFP_ZERO))
		memset(frame_address(page), 0, PAGE_SIZE << order);
	return page;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	return alloc_for(__builtin_return_address(0), gfp, order);
}

/* What folio_alloc() does: a single page, or a huge one that is the driver's so far. */
struct page *alloc_folio(gfp_t gfp, unsigned int order)
{
	struct page *head = alloc_for(__builtin_return_address(0), gfp, order);

	if (!head || order != HPAGE_PMD_ORDER)
		return head;
	__set_bit(PG_head, &head->flags);
	for (int i = 1; i < HPAGE_PMD_NR; i++) {
		__set_bit(PG_tail, &head[i].flags);
		head[i].__head = head;
	}
	return head;
}

/* From here on each frame of the block is freed by itself. */
void split_page(struct page *page, unsigned int order)
{
	for (unsigned long i = 1; i < 1UL << order; i++)
		atomic_set(&page[i]._refcount, page_count(page));
}

struct page *alloc_pages_vma(gfp_t gfp, int order, struct vm_area_struct *vma, unsigned long addr)
{
	return alloc_for(__builtin_return_address(0), gfp, order);
}

void __free_pages(struct page *page, unsigned int order)
{
	if (order == 0) {
		put_page(page);
		return;
	}
	if (count_down(&page->_refcount) == 0)
		frame_free(page, order);
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_for(__builtin_return_address(0), gfp, order);

	if (!page)
		return 0;
	return (unsigned long)frame_address(page);
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page((void *)addr), order);
}

struct page *zero_page(void)
{
	return the_zero_page;
}

bool is_zero_pfn(unsigned long pfn)
{
	return pfn == page_to_pfn(the_zero_page);
}
