// SPDX-License-Identifier: GPL-2.0-only
/* probe-fault.c - how the probe driver answers when the CPU wants a page back, and empties a device */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/version.h>

#include "probe-device.h"

struct probe_faults probe_faults;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)

struct fault_run {
	bool give;
	bool moved;
};

static void fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct fault_run *run = private;
	struct page *to;

	if (!(src[0] & MIGRATE_PFN_MIGRATE) || !run->give)
		return;
	to = probe_take_system_page();
	probe_fill(to, migrate_pfn_to_page(src[0]));
	if (to)
		dst[0] = migrate_pfn(page_to_pfn(to)) | MIGRATE_PFN_LOCKED;
}

static void fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	struct fault_run *run = private;

	run->moved = src[0] & MIGRATE_PFN_MIGRATE;
}

static vm_fault_t move_back(struct vm_fault *vmf, bool give, bool name_fault_page)
{
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy = fault_alloc_and_copy,
		.finalize_and_map = fault_finalize_and_map,
	};
	struct fault_run run = { .give = give };
	unsigned long src, dst;

	if (migrate_vma(&ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst, &run))
		return VM_FAULT_SIGBUS;
	return 0;
}

#else

static vm_fault_t move_back(struct vm_fault *vmf, bool give, bool name_fault_page)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address,
		.end = vmf->address + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
		.fault_page = name_fault_page ? vmf->page : NULL,
#endif
	};
	struct probe_plan plan = {
		.select = SELECT_DEVICE,
		.device = probe_memory_of(vmf->page) - probe_memory,
	};

	probe_select_pages(&args, &plan);
	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (!args.cpages)
		return 0;
	if ((src & MIGRATE_PFN_MIGRATE) && give) {
		struct page *to = probe_take_system_page();

		probe_fill(to, migrate_pfn_to_page(src));
		if (to)
			dst = migrate_pfn(page_to_pfn(to)) | DST_LOCKED;
	}
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

#endif

/* From 5.18 on setup lets one reference on a device page through, so it takes two to be noticed. */
static vm_fault_t move_back_pinned(struct vm_fault *vmf)
{
	struct page *page = vmf->page;
	vm_fault_t ret;

	get_page(page);
	get_page(page);
	ret = move_back(vmf, true, true);
	put_page(page);
	put_page(page);
	return ret;
}

vm_fault_t probe_migrate_to_ram(struct vm_fault *vmf)
{
	probe_faults.count++;
	probe_faults.refcount = page_count(vmf->page);
	probe_faults.locked = PageLocked(vmf->page);
	probe_faults.address_is_aligned = !(vmf->address & ~PAGE_MASK);
	probe_faults.mmap_lock_was_held = rwsem_is_locked(probe_mmap_lock(vmf->vma->vm_mm));

	switch (probe_faults.answer) {
	case ANSWER_SIGBUS:
		return VM_FAULT_SIGBUS;
	case ANSWER_NOTHING:
		return 0;
	case ANSWER_FORGET_FAULT_PAGE:
		return move_back(vmf, true, false);
	case ANSWER_GIVE_NOTHING:
		return move_back(vmf, false, true);
	case ANSWER_MOVE_THIRD_TIME:
		return probe_faults.count < 3 ? 0 : move_back(vmf, true, true);
	case ANSWER_MOVE_PINNED:
		return move_back_pinned(vmf);
	case ANSWER_MOVE:
		break;
	}
	return move_back(vmf, true, true);
}

/* --- Emptying the device -------------------------------------------------------------------- */

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
static struct page *first_page_in_use(unsigned long pfn)
{
	while (page_count(pfn_to_page(pfn)) == 0)
		pfn++;
	return pfn_to_page(pfn);
}

long probe_evict(struct probe_eviction *eviction)
{
	unsigned long src[PAGES_OF_DEVICE], dst[PAGES_OF_DEVICE] = { 0 };
	unsigned long first = PHYS_PFN(probe_memory[0].region->start);
	struct page *locked = eviction->lock_one ? first_page_in_use(first) : NULL;

	if (locked)
		lock_page(locked);
	migrate_device_range(src, first, PAGES_OF_DEVICE);
	for (int i = 0; i < PAGES_OF_DEVICE; i++) {
		struct page *to;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		to = probe_take_system_page();
		probe_fill(to, migrate_pfn_to_page(src[i]));
		if (to)
			dst[i] = migrate_pfn(page_to_pfn(to));
	}
	migrate_device_pages(src, dst, PAGES_OF_DEVICE);
	eviction->moved = 0;
	for (int i = 0; i < PAGES_OF_DEVICE; i++)
		eviction->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
	migrate_device_finalize(src, dst, PAGES_OF_DEVICE);
	if (locked)
		unlock_page(locked);
	return 0;
}
#else
long probe_evict(struct probe_eviction *eviction)
{
	return -ENOTTY;
}
#endif
