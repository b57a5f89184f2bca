// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-huge.c - a device of its own that takes huge pages as one, from 6.19 on
 *
 * It is there from the first PROBE_HUGE on. The bytes of a device page are in an array beside it.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "probe-device.h"

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
#define HUGE_FOLIOS	2
#define HUGE_DEVICE	((HUGE_FOLIOS + 1) * HPAGE_PMD_NR)

static struct dev_pagemap huge_pagemap;
static struct resource *huge_region;
static char *huge_bytes;
static unsigned long huge_first;
static bool huge_taken[HUGE_DEVICE];
static struct probe_huge huge_state;

static char *bytes_of(struct page *page)
{
	return huge_bytes + (page_to_pfn(page) - huge_first) * PAGE_SIZE;
}

static struct page *take_page(unsigned int order)
{
	unsigned long step = 1UL << order, first, i;

	for (first = 0; first + step <= HUGE_FOLIOS * HPAGE_PMD_NR; first += step) {
		for (i = 0; i < step && !huge_taken[first + i]; i++)
			;
		if (i < step)
			continue;
		for (i = 0; i < step; i++)
			huge_taken[first + i] = true;
		zone_device_page_init(pfn_to_page(huge_first + first), &huge_pagemap, order);
		return pfn_to_page(huge_first + first);
	}
	return NULL;
}

static void huge_folio_free(struct folio *folio)
{
	unsigned long first = folio_pfn(folio) - huge_first;

	huge_state.freed += folio_nr_pages(folio);
	if (folio_test_large(folio))
		huge_state.freed_huge++;
	for (long i = 0; i < folio_nr_pages(folio); i++)
		huge_taken[first + i] = false;
}

static void huge_folio_split(struct folio *head, struct folio *tail)
{
	if (!tail) {
		huge_state.splits++;
		return;
	}
	huge_state.tails++;
	tail->pgmap = head->pgmap;
	folio_page(tail, 0)->mapping = folio_page(head, 0)->mapping;
}

static void fill(struct page *to, struct page *from)
{
	char *source = !from ? NULL : is_device_private_page(from) ? bytes_of(from) :
		       page_address(from);
	char *target = is_device_private_page(to) ? bytes_of(to) : page_address(to);

	if (source)
		memcpy(target, source, PAGE_SIZE);
	else
		memset(target, 0, PAGE_SIZE);
}

/* A destination for the page of one word, or for the 512 that it stands for. */
static unsigned long give(bool to_device, unsigned int order, struct page *from)
{
	struct page *page;

	if (to_device) {
		page = take_page(order);
	} else {
		page = folio_page(folio_alloc(GFP_HIGHUSER_MOVABLE, order), 0);
		if (page)
			lock_page(page);
	}
	if (!page)
		return 0;
	for (int i = 0; i < 1 << order; i++)
		fill(page + i, from ? from + i : NULL);
	return migrate_pfn(page_to_pfn(page)) | (order ? MIGRATE_PFN_COMPOUND : 0);
}

static void give_for(struct migrate_vma *args, unsigned long i, enum probe_give_huge how)
{
	bool to_device = args->flags & MIGRATE_VMA_SELECT_SYSTEM;
	struct page *from = migrate_pfn_to_page(args->src[i]);
	unsigned long npages = args->src[i] & MIGRATE_PFN_COMPOUND ? HPAGE_PMD_NR : 1;

	if (how == GIVE_ONE_HUGE && npages > 1) {
		args->dst[i] = give(to_device, HPAGE_PMD_ORDER, from);
		return;
	}
	if (how == GIVE_FIRST_ONLY || how == GIVE_ONE_SMALL_AS_HUGE)
		npages = 1;
	for (unsigned long j = 0; j < npages && how != GIVE_NONE; j++)
		args->dst[i + j] = give(to_device, 0, from ? from + j : NULL);
	if (how == GIVE_ONE_SMALL_AS_HUGE)
		args->dst[i] |= MIGRATE_PFN_COMPOUND;
}

static int move(struct migrate_vma *args, enum probe_give_huge how)
{
	unsigned long npages = (args->end - args->start) >> PAGE_SHIFT;
	int ret = -ENOMEM;

	args->src = kvcalloc(npages, sizeof(long), GFP_KERNEL);
	args->dst = kvcalloc(npages, sizeof(long), GFP_KERNEL);
	args->pgmap_owner = &huge_state;
	if (args->src && args->dst)
		ret = migrate_vma_setup(args);
	if (ret)
		goto out;
	huge_state.cpages = args->cpages;
	for (int i = 0; i < PROBE_HUGE_WORDS && i < npages; i++)
		huge_state.src[i] = args->src[i];
	for (unsigned long i = 0; i < npages; i++)
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			give_for(args, i, how);
	migrate_vma_pages(args);
	huge_state.moved = 0;
	for (unsigned long i = 0; i < npages; i++) {
		if (i < PROBE_HUGE_WORDS)
			huge_state.after[i] = args->src[i];
		huge_state.moved += !!(args->src[i] & MIGRATE_PFN_MIGRATE);
	}
	migrate_vma_finalize(args);
out:
	kvfree(args->src);
	kvfree(args->dst);
	return ret;
}

static vm_fault_t huge_migrate_to_ram(struct vm_fault *vmf)
{
	bool huge = !vmf->pte;
	unsigned long size = huge && huge_state.fault_as_one ? PMD_SIZE : PAGE_SIZE;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address & ~(size - 1),
		.end = (vmf->address & ~(size - 1)) + size,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE |
			 (huge_state.fault_as_one ? MIGRATE_VMA_SELECT_COMPOUND : 0),
		.fault_page = vmf->page,
	};

	huge_state.faults++;
	huge_state.faulted_huge += huge;
	if (move(&args, huge_state.fault_give) || !huge_state.moved)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops huge_ops = {
	.folio_free = huge_folio_free,
	.folio_split = huge_folio_split,
	.migrate_to_ram = huge_migrate_to_ram,
};

static int huge_create(void)
{
	unsigned long first;
	void *addr;

	huge_region = request_free_mem_region(&iomem_resource, HUGE_DEVICE * PAGE_SIZE, "huge");
	if (IS_ERR(huge_region))
		return PTR_ERR(huge_region);
	huge_bytes = vmalloc(HUGE_DEVICE * PAGE_SIZE);
	if (!huge_bytes)
		return -ENOMEM;
	huge_pagemap = (struct dev_pagemap){
		.type = MEMORY_DEVICE_PRIVATE,
		.owner = &huge_state,
		.ops = &huge_ops,
		.nr_range = 1,
		.range = { .start = huge_region->start, .end = huge_region->end },
	};
	addr = memremap_pages(&huge_pagemap, NUMA_NO_NODE);
	if (IS_ERR(addr))
		return PTR_ERR(addr);
	first = PHYS_PFN(huge_region->start);
	huge_first = (first + HPAGE_PMD_NR - 1) & ~(HPAGE_PMD_NR - 1UL);
	memset(huge_taken, 0, sizeof(huge_taken));
	huge_state = (struct probe_huge){ .fault_as_one = 1 };
	return 0;
}

void probe_huge_destroy(void)
{
	if (!huge_bytes)
		return;
	memunmap_pages(&huge_pagemap);
	release_mem_region(huge_region->start, resource_size(huge_region));
	vfree(huge_bytes);
	huge_bytes = NULL;
}

long probe_huge(struct probe_huge *huge)
{
	struct mm_struct *mm = current->mm;
	struct migrate_vma args = {
		.start = huge->start,
		.end = huge->end,
		.flags = (huge->to_system ? MIGRATE_VMA_SELECT_DEVICE_PRIVATE :
					    MIGRATE_VMA_SELECT_SYSTEM) |
			 (huge->compound ? MIGRATE_VMA_SELECT_COMPOUND : 0),
	};
	long ret = huge_bytes ? 0 : huge_create();

	if (ret)
		return ret;
	huge_state.fault_as_one = !huge->fault_page_by_page;
	huge_state.fault_give = huge->fault_give;
	if (huge->start) {
		mmap_read_lock(mm);
		args.vma = find_vma(mm, huge->start);
		ret = move(&args, huge->give);
		mmap_read_unlock(mm);
	}
	*huge = huge_state;
	return ret;
}
#else
void probe_huge_destroy(void)
{
}

long probe_huge(struct probe_huge *huge)
{
	return -ENOTTY;
}
#endif
