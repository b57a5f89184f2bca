// SPDX-License-Identifier: GPL-2.0-only
/* probe-migrate.c - migrations of the probe driver, which note what every step leaves */
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/version.h>

#include "probe-device.h"

/* A migration that is going on, as the driver sees it. */
struct probe_run {
	struct probe_plan *plan;
	struct probe_record *record;
	struct vm_area_struct *vma;
	struct page *pinned;
	unsigned long start;
	unsigned long npages;
	unsigned long src[PROBE_MOST_PAGES];
	unsigned long dst[PROBE_MOST_PAGES];
};

/* Where the bytes of a page are that the device can reach. */
static struct page *bytes_of(struct page *page)
{
	return is_device_private_page(page) ? probe_backing(page) : page;
}

void probe_fill(struct page *to, struct page *from)
{
	if (!to)
		return;
	if (from)
		copy_highpage(bytes_of(to), bytes_of(from));
	else
		clear_highpage(bytes_of(to));
}

struct page *probe_take_system_page(void)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (page)
		lock_page(page);
	return page;
}

static unsigned long give_page(struct probe_run *run, enum probe_give give, struct page *from)
{
	unsigned int device = give == GIVE_OTHER_DEVICE ? 1 :
			      give == GIVE_COHERENT ? PROBE_COHERENT : 0;
	struct page *to = give == GIVE_SYSTEM ? probe_take_system_page() :
			  probe_page_take(&probe_memory[device]);

	if (!to)
		return 0;
	probe_fill(to, from);
	if (give == GIVE_AND_TAKE_BACK) {
		unlock_page(to);
		put_page(to);
		return 0;
	}
	if (give == GIVE_COMPOUND)
		return migrate_pfn(page_to_pfn(to)) | WORD_COMPOUND;
	return migrate_pfn(page_to_pfn(to)) | DST_LOCKED;
}

static int flags_of(const struct page *page)
{
	return (test_bit(PG_dirty, &page->flags) ? PAGE_IS_DIRTY : 0) |
	       (test_bit(PG_active, &page->flags) ? PAGE_IS_ACTIVE : 0) |
	       (test_bit(PG_anon_exclusive, &page->flags) ? PAGE_IS_EXCLUSIVE : 0);
}

static void look(struct probe_run *run, struct probe_entry *entries, const unsigned long *src,
		 const unsigned long *dst)
{
	for (unsigned long i = 0; i < run->npages; i++) {
		struct page *page = migrate_pfn_to_page(src[i]);

		entries[i] = (struct probe_entry){ .src = src[i], .dst = dst[i] };
		if (migrate_pfn_to_page(dst[i]))
			entries[i].flags_of_dst = flags_of(migrate_pfn_to_page(dst[i]));
		if (!page)
			continue;
		entries[i].refcount = page_count(page);
		entries[i].mapcount = page_mapcount(page);
		entries[i].locked = PageLocked(page);
		entries[i].flags = flags_of(page);
	}
}

/* What a thread does that stores to the hole; nothing stops it, as a hole has no page to lock. */
extern vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long addr,
				  unsigned int flags);

static void fill_hole(struct probe_run *run)
{
	WARN_ON(handle_mm_fault(run->vma, run->start, FAULT_FLAG_WRITE));
}

static void first_part(struct probe_run *run, const unsigned long *src, unsigned long *dst)
{
	run->record->asked++;
	look(run, run->record->after_setup, src, dst);
	if (run->plan->mistakes & PLAN_FILL_FIRST_HOLE)
		fill_hole(run);
	for (unsigned long i = 0; i < run->npages; i++) {
		if ((run->plan->mistakes & PLAN_ACTIVE_SOURCE) && migrate_pfn_to_page(src[i]))
			set_bit(PG_active, &migrate_pfn_to_page(src[i])->flags);
		if ((src[i] & MIGRATE_PFN_MIGRATE) && run->plan->give[i] != GIVE_NOTHING)
			dst[i] = give_page(run, run->plan->give[i], migrate_pfn_to_page(src[i]));
	}
	if (run->plan->mistakes & PLAN_PIN_SOURCE) {
		run->pinned = migrate_pfn_to_page(src[0]);
		if (run->pinned)
			get_page(run->pinned);
	}
}

static void second_part(struct probe_run *run, const unsigned long *src, const unsigned long *dst)
{
	run->record->told++;
	look(run, run->record->after_pages, src, dst);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)

static void note_range(struct probe_run *run, unsigned long start, unsigned long end)
{
	run->record->start = run->start = start;
	run->record->end = end;
	run->npages = (end - start) >> PAGE_SHIFT;
}

static void alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			   unsigned long *dst, unsigned long start, unsigned long end,
			   void *private)
{
	struct probe_run *run = private;

	note_range(run, start, end);
	first_part(run, src, dst);
}

static void finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			     const unsigned long *dst, unsigned long start, unsigned long end,
			     void *private)
{
	second_part(private, src, dst);
}

static long run_migration(struct probe_run *run)
{
	struct migrate_vma_ops ops = {
		.alloc_and_copy = alloc_and_copy,
		.finalize_and_map = finalize_and_map,
	};
	struct probe_plan *plan = run->plan;

	if (plan->mistakes & PLAN_WITHOUT_CALLBACK)
		ops.finalize_and_map = NULL;
	return migrate_vma(plan->mistakes & PLAN_WITHOUT_OPS ? NULL : &ops, run->vma, plan->start,
			   plan->end, plan->mistakes & PLAN_WITHOUT_SRC ? NULL : run->src,
			   plan->mistakes & PLAN_WITHOUT_DST ? NULL : run->dst, run);
}

static void run_inner(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		      unsigned long start, unsigned long end, void *private)
{
	run_migration(private);
}

static void do_nothing(struct vm_area_struct *vma, const unsigned long *src,
		       const unsigned long *dst, unsigned long start, unsigned long end,
		       void *private)
{
}

/* While another migration has the first page of the range and leaves it where it is. */
static long run_inside_another(struct probe_run *run)
{
	static const struct migrate_vma_ops outer = {
		.alloc_and_copy = run_inner,
		.finalize_and_map = do_nothing,
	};
	unsigned long src, dst;

	return migrate_vma(&outer, run->vma, run->plan->start, run->plan->start + PAGE_SIZE, &src,
			   &dst, run);
}

#else

/* What newer releases want to know; older ones take everything, or one direction. */
void probe_select_pages(struct migrate_vma *args, const struct probe_plan *plan)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	args->pgmap_owner = &probe_memory[plan->device];
	args->flags = (plan->select & SELECT_SYSTEM ? MIGRATE_VMA_SELECT_SYSTEM : 0) |
		      (plan->select & SELECT_DEVICE ? MIGRATE_VMA_SELECT_DEVICE_PRIVATE : 0);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	if (plan->select & SELECT_COHERENT)
		args->flags |= MIGRATE_VMA_SELECT_DEVICE_COHERENT;
#endif
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	args->src_owner = plan->select & SELECT_DEVICE ? &probe_memory[plan->device] : NULL;
#endif
}

static void name_wrong_fault_page(struct migrate_vma *args, const struct probe_plan *plan)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	if (plan->mistakes & PLAN_SYSTEM_FAULT_PAGE)
		args->fault_page = probe_memory[0].backing[0];
	if (plan->mistakes & PLAN_DEVICE_FAULT_PAGE)
		args->fault_page = probe_memory[0].free[0];
#endif
}

static long run_migration(struct probe_run *run)
{
	struct probe_plan *plan = run->plan;
	struct migrate_vma args = {
		.vma = run->vma,
		.start = plan->start,
		.end = plan->end,
		.src = plan->mistakes & PLAN_WITHOUT_SRC ? NULL : run->src,
		.dst = plan->mistakes & PLAN_WITHOUT_DST ? NULL : run->dst,
	};
	long ret;

	probe_select_pages(&args, plan);
	name_wrong_fault_page(&args, plan);
	ret = migrate_vma_setup(&args);
	run->record->start = run->start = args.start;
	run->record->end = args.end;
	run->record->cpages = args.cpages;
	if (ret || !args.cpages)
		return ret;
	run->npages = args.npages;
	first_part(run, args.src, args.dst);
	if (!(plan->mistakes & PLAN_WITHOUT_PAGES))
		migrate_vma_pages(&args);
	second_part(run, args.src, args.dst);
	migrate_vma_finalize(&args);
	run->record->cpages_at_end = args.cpages;
	return 0;
}

/* While another migration has the first page of the range and leaves it where it is. */
static long run_inside_another(struct probe_run *run)
{
	unsigned long src, dst;
	struct migrate_vma outer = {
		.vma = run->vma,
		.start = run->plan->start,
		.end = run->plan->start + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
	};
	long ret;

	probe_select_pages(&outer, run->plan);
	if (migrate_vma_setup(&outer))
		return -EINVAL;
	ret = run_migration(run);
	migrate_vma_finalize(&outer);
	return ret;
}

#endif

static struct page *first_page_of(struct probe_run *run)
{
	struct page *page = NULL;

	if (get_user_pages_fast(run->plan->start, 1, 0, &page) != 1)
		return NULL;
	put_page(page);
	return page;
}

/* Runs the migration while the first page of the range is in another state than usual. */
static long run_with_circumstances(struct probe_run *run)
{
	unsigned int mistakes = run->plan->mistakes;
	struct page *page = NULL;
	long ret;

	if (mistakes & (PLAN_LOCK_PAGE | PLAN_OFF_LRU))
		page = first_page_of(run);
	if (!page && (mistakes & (PLAN_LOCK_PAGE | PLAN_OFF_LRU)))
		return -EFAULT;
	if (mistakes & PLAN_LOCK_PAGE)
		lock_page(page);
	if (mistakes & PLAN_OFF_LRU)
		ClearPageLRU(page);
	if (!(mistakes & PLAN_WITHOUT_MMAP_LOCK))
		down_read(probe_mmap_lock(current->mm));
	if (!(mistakes & PLAN_WITHOUT_VMA))
		run->vma = find_vma_intersection(current->mm, run->plan->start, run->plan->end);

	ret = mistakes & PLAN_ALREADY_MIGRATING ? run_inside_another(run) : run_migration(run);

	if (!(mistakes & PLAN_WITHOUT_MMAP_LOCK))
		up_read(probe_mmap_lock(current->mm));
	if (mistakes & PLAN_LOCK_PAGE)
		unlock_page(page);
	if (mistakes & PLAN_OFF_LRU)
		SetPageLRU(page);
	return ret;
}

/* Drivers cannot change flags of a foreign mapping from 6.3 on; the test puts them there anyway. */
static const struct vm_operations_struct some_vm_ops;

static long run_with_other_mapping(struct probe_run *run)
{
	const struct vm_operations_struct *ops;
	struct vm_area_struct *vma;
	vm_flags_t flags;
	long ret;

	vma = find_vma_intersection(current->mm, run->plan->start, run->plan->end);
	if (!vma)
		return run_with_circumstances(run);
	flags = vma->vm_flags;
	ops = vma->vm_ops;
	if (run->plan->mistakes & PLAN_SPECIAL_VMA)
		vma->__vm_flags |= run->plan->vm_flags ?: VM_IO;
	if (run->plan->mistakes & PLAN_HUGETLB_VMA)
		vma->__vm_flags |= VM_HUGETLB;
	if (run->plan->mistakes & PLAN_FILE_VMA)
		vma->vm_ops = &some_vm_ops;
	vma->__dax = run->plan->mistakes & PLAN_DAX_VMA;
	ret = run_with_circumstances(run);
	vma->__vm_flags = flags;
	vma->vm_ops = ops;
	vma->__dax = false;
	return ret;
}

void probe_migrate(struct probe_plan *plan, struct probe_record *record)
{
	struct probe_run run = { .plan = plan, .record = record };

	/* Whatever is in the arrays before: setup must not depend on it. */
	memset(run.src, 0x5a, sizeof(run.src));
	memset(run.dst, 0x5a, sizeof(run.dst));
	record->ret = run_with_other_mapping(&run);
	memcpy(record->src_at_end, run.src, sizeof(run.src));
	memcpy(record->dst_at_end, run.dst, sizeof(run.dst));
	if (run.pinned)
		put_page(run.pinned);
}
