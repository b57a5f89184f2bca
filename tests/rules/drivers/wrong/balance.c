// SPDX-License-Identifier: GPL-2.0-only
/* Locks and references are taken once, and given back once. */
/* target: 7.2 */
#include "../drv.h"

int not_given_back_on_an_error(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm);
	ret = migrate_vma_setup(args);
	if (ret)
		return ret; /* wrong: mmap-lock-balance */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	mmap_read_unlock(mm);
	return 0;
}

int taken_twice(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm);
	mmap_read_lock(mm); /* wrong: mmap-lock-balance */
	ret = migrate_vma_setup(args);
	if (!ret) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	mmap_read_unlock(mm);
	return ret;
}

static int not_taken(struct drv *drv, struct mm_struct *mm, unsigned long addr,
		     struct migrate_vma *args)
{
	int ret;

	args->vma = find_vma(mm, addr);
	ret = migrate_vma_setup(args);
	if (!ret) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	mmap_read_unlock(mm); /* wrong: mmap-lock-balance */
	return ret;
}

int asked_by_a_program(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	return not_taken(drv, mm, drv->start, args);
}

int locked_twice(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = alloc_page(GFP_HIGHUSER);
	if (page) {
		lock_page(page);
		copy_highpage(page, migrate_pfn_to_page(args->src[0]));
		lock_page(page); /* wrong: page-balance */
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
