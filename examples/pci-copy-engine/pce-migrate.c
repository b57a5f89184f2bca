// SPDX-License-Identifier: GPL-2.0-only
/* pce-migrate.c - pages go to the device when a program asks, and come back when the CPU faults */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "pce.h"

/* One call of migrate_vma() on its way. */
struct pce_move {
	struct pce_device *pce;
	unsigned long moved;
	vm_fault_t error;
};

static void pce_to_device_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					 unsigned long *dst, unsigned long start,
					 unsigned long end, void *private)
{
	struct pce_move *move = private;
	unsigned long addr, i;

	for (addr = start, i = 0; addr < end; addr += PAGE_SIZE, i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		/* Already there. */
		if (spage && is_device_private_page(spage))
			continue;
		dpage = device_memory_alloc(&move->pce->memory);
		if (!dpage)
			break;
		if (pce_copy(move->pce, device_memory_backing(dpage), spage)) {
			unlock_page(dpage);
			put_page(dpage);
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void pce_to_device_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					   const unsigned long *dst, unsigned long start,
					   unsigned long end, void *private)
{
	struct pce_move *move = private;
	unsigned long addr, i;

	for (addr = start, i = 0; addr < end; addr += PAGE_SIZE, i++)
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			move->moved++;
}

static const struct migrate_vma_ops pce_to_device_ops = {
	.alloc_and_copy		= pce_to_device_alloc_and_copy,
	.finalize_and_map	= pce_to_device_finalize_and_map,
};

int pce_to_device(struct pce_device *pce, struct pce_range *range)
{
	struct pce_move move = { .pce = pce };
	unsigned long src[PCE_CHUNK_PAGES], dst[PCE_CHUNK_PAGES];
	unsigned long addr = range->start, end = range->start + range->length, next;
	struct mm_struct *mm = current->mm;
	int ret = 0;

	mmap_read_lock(mm);
	for (; addr < end; addr = next) {
		struct vm_area_struct *vma = find_vma(mm, addr);

		next = min(end, addr + PCE_CHUNK_PAGES * PAGE_SIZE);
		ret = migrate_vma(&pce_to_device_ops, vma, addr, next, src, dst, &move);
		if (ret)
			break;
	}
	mmap_read_unlock(mm);
	range->moved = move.moved;

	return ret;
}

static void pce_to_system_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					 unsigned long *dst, unsigned long start,
					 unsigned long end, void *private)
{
	struct pce_move *move = private;
	struct page *spage = migrate_pfn_to_page(src[0]);
	struct page *dpage;

	/* Another thread's fault was faster, or somebody else holds the page. */
	if (!spage || !(src[0] & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
		return;
	move->error = VM_FAULT_SIGBUS;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	if (pce_copy(move->pce, dpage, device_memory_backing(spage))) {
		unlock_page(dpage);
		put_page(dpage);
		return;
	}
	move->error = 0;
	dst[0] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void pce_to_system_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					   const unsigned long *dst, unsigned long start,
					   unsigned long end, void *private)
{
}

static const struct migrate_vma_ops pce_to_system_ops = {
	.alloc_and_copy		= pce_to_system_alloc_and_copy,
	.finalize_and_map	= pce_to_system_finalize_and_map,
};

static vm_fault_t pce_migrate_to_ram(struct vm_fault *vmf)
{
	struct device_memory *memory = device_memory_of(vmf->page);
	struct pce_move move = { .pce = container_of(memory, struct pce_device, memory) };
	unsigned long src[1] = { 0 }, dst[1] = { 0 };

	if (migrate_vma(&pce_to_system_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			src, dst, &move))
		return VM_FAULT_SIGBUS;

	return move.error;
}

const struct dev_pagemap_ops pce_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= pce_migrate_to_ram,
};
