// SPDX-License-Identifier: GPL-2.0-only
/* One slip in a function that is right otherwise. */
/* target: 7.2 */
#include "../drv.h"

int inverted(struct drv *drv, struct vm_area_struct *vma,
	     unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args); /* wrong: finalize-missing */

	if (ret)
		return ret;
	if (args.cpages)
		return 0;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int only_positive(struct drv *drv, struct vm_area_struct *vma,
		  unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args);

	if (ret > 0)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args); /* wrong: after-failed-setup */
	migrate_vma_finalize(&args); /* wrong: after-failed-setup */
	return 0;
}

int continue_skips(struct drv *drv, struct vm_area_struct *vma,
		   unsigned long start, unsigned long end)
{
	unsigned long a;

	for (a = start; a < end; a += DRV_CHUNK) {
		struct migrate_vma args = {
			.vma = vma,
			.start = a,
			.end = min(a + DRV_CHUNK, end),
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		if (migrate_vma_setup(&args))
			continue;
		if (drv_start_copy(drv))
			continue; /* wrong: return-inside */
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

int twice(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	if (drv_start_copy(drv)) {
		ret = -EIO;
		goto fail;
	}
	return 0;
fail:
	migrate_vma_finalize(&args); /* wrong: step-order */
	return ret;
}

int middle(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i, n = (end - start) >> PAGE_SHIFT;
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	for (i = 0; i < n; i++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page) {
			ret = -ENOMEM;
			break;
		}
		drv->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	if (!ret)
		migrate_vma_pages(&args);
	migrate_vma_finalize(&args); /* wrong: pages-skipped */
	return ret;
}

int stale_end(struct drv *drv, struct vm_area_struct *vma,
	      unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i, chunks = DIV_ROUND_UP(end - start, DRV_CHUNK);

	args.start = start;
	for (i = 0; i < chunks; i++) {
		args.end = start + DRV_CHUNK; /* wrong: chunk-loop */
		if (migrate_vma_setup(&args))				break;
		if (args.cpages) {
			drv_copy_in(drv, &args);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
		}
		args.start = args.end;
	}
	return 0;
}

static int do_rest(struct drv *drv, struct migrate_vma *args)
{
	if (drv_start_copy(drv))
		return -EIO; /* wrong: return-inside */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int callee(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	return do_rest(drv, &args);
}

int late_members(struct drv *drv, struct vm_area_struct *vma,
		 unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
	};
	int ret;

	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&args); /* wrong: member-missing */
	args.src = drv->src;
	args.dst = drv->dst;
	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int overwritten(struct drv *drv, struct vm_area_struct *vma,
		unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args); /* wrong: setup-result */
	ret = drv_start_copy(drv);
	if (ret)
		return ret; /* wrong: return-inside */
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static int fetch(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma, .start = addr, .end = addr + PAGE_SIZE, .src = &src, .dst = &dst,
		.pgmap_owner = drv, .flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */
	if (ret)
		return ret;
	if (args.cpages) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
	}
	migrate_vma_finalize(&args);
	return 0;
}

static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)
{
	return fetch(drv_of_page(vmf->page), vmf->vma, vmf->address) ? VM_FAULT_SIGBUS : 0;
}

const struct dev_pagemap_ops fetch_ops = {
	.migrate_to_ram = drv_migrate_to_ram,
};
