// SPDX-License-Identifier: GPL-2.0-only
/* What looks like a mistake of the rarer kinds, and is none. */
/* target: 7.2 */
#include <linux/completion.h>
#include <linux/mmu_notifier.h>
#include <linux/mutex.h>

#include "../drv.h"

void drv_start_dma(struct drv *drv, struct migrate_vma *args, struct completion *done);
void drv_unmap_dma(struct drv *drv, unsigned long i);

int word_put_together_by_hand(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	drv_copy(drv, page, args->src[0]);
	args->dst[0] = (page_to_pfn(page) << MIGRATE_PFN_SHIFT) | MIGRATE_PFN_VALID;
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int loop_over_what_was_mapped(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	for (i = 0; i < args->cpages; i++)
		drv_unmap_dma(drv, i);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int all_or_nothing(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	if (args->cpages != args->npages)
		goto out;
	for (i = 0; i < args->cpages; i++)
		args->dst[i] = drv_copy_one(drv, args->src[i]);
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return 0;
}

int freed_where_nothing_was_collected(struct drv *drv, struct migrate_vma *args,
				      unsigned long npages)
{
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	int ret;

	args->dst = dst;
	ret = migrate_vma_setup(args);
	if (ret || !args->cpages) {
		kvfree(dst);
		return ret;
	}
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	kvfree(dst);
	return 0;
}

int waits_inside_and_once_more(struct drv *drv, struct migrate_vma *args)
{
	struct completion done;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	init_completion(&done);
	drv_start_dma(drv, args, &done);
	wait_for_completion(&done);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	wait_for_completion(&done);
	return 0;
}

int hole_is_cleared_or_not_there(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *spage, *dpage;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		spage = migrate_pfn_to_page(args->src[i]);
		dpage = alloc_page(GFP_HIGHUSER | (i & 1 ? __GFP_ZERO : 0));
		if (!dpage)
			continue;
		lock_page(dpage);
		if (spage)
			copy_highpage(dpage, spage);
		args->dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	for (i = 0; i < args->npages; i++) {
		struct page *spage = migrate_pfn_to_page(args->src[i]);
		struct page *dpage = alloc_page(GFP_HIGHUSER);

		if (!dpage)
			continue;
		lock_page(dpage);
		if (spage)
			copy_highpage(dpage, spage);
		else
			clear_highpage(dpage);
		args->dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

struct mirror {
	struct mmu_interval_notifier notifier;
	struct mutex lock;
	struct mutex migration;
};

bool drv_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, notifier);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

int another_lock_is_held(struct drv *drv, struct mirror *mirror, struct migrate_vma *args)
{
	int ret;

	mutex_lock(&mirror->lock);
	drv->moved++;
	mutex_unlock(&mirror->lock);
	mutex_lock(&mirror->migration);
	ret = migrate_vma_setup(args);
	if (!ret) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	mutex_unlock(&mirror->migration);
	return ret;
}

int unwinds_to_the_first(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		args->dst[i] = drv_copy_one(drv, args->src[i]);
		if (!args->dst[i])
			break;
	}
	if (i < args->npages) {
		while (i-- > 0) {
			drv_forget(drv, args->dst[i]);
			args->dst[i] = 0;
		}
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

vm_fault_t error_number_made_a_fault(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);
	int ret = drv_start_copy(drv);

	if (ret < 0)
		return ret == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
	return 0;
}

void words_all_written(struct drv *drv, unsigned long first)
{
	unsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES];
	unsigned long i;

	migrate_device_range(src, first, DRV_CHUNK_PAGES);
	for (i = 0; i < DRV_CHUNK_PAGES; i++) {
		dst[i] = 0;
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = drv_copy_one(drv, src[i]);
	}
	migrate_device_pages(src, dst, DRV_CHUNK_PAGES);
	migrate_device_finalize(src, dst, DRV_CHUNK_PAGES);
}

static void lock_for_a_moment(struct mm_struct *mm)
{
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
}

int locks_and_unlocks_another(struct drv *drv, struct mm_struct *other, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	lock_for_a_moment(other);
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int given_back_and_taken_out(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	args->dst[0] = drv_copy_one(drv, args->src[0]);
	if (drv_start_copy(drv)) {
		unlock_page(migrate_pfn_to_page(args->dst[0]));
		put_page(migrate_pfn_to_page(args->dst[0]));
		args->dst[0] = 0;
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
