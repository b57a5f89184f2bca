// SPDX-License-Identifier: GPL-2.0-only
/* The three calls spread over functions. */
/* target: 7.2 */
#include "../drv.h"

static int begin(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	args->flags = MIGRATE_VMA_SELECT_SYSTEM;
	args->pgmap_owner = drv;
	ret = migrate_vma_setup(args);
	if (ret)
		return ret;
	if (!args->cpages) {
		migrate_vma_finalize(args);
		return -EAGAIN;
	}
	return 0;
}

static void end(struct migrate_vma *args, bool moved)
{
	if (moved)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

static bool fill(struct drv *drv, const unsigned long *src, unsigned long *dst,
		 unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *page;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = drv_get_locked_page(drv);
		if (!page)
			goto undo;
		dst[i] = migrate_pfn(page_to_pfn(page));
	}
	return true;
undo:
	while (i--) {
		struct page *page = migrate_pfn_to_page(dst[i]);

		if (!page)
			continue;
		unlock_page(page);
		put_page(page);
		dst[i] = 0;
	}
	return false;
}

int move_in(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
	};
	bool good;
	int ret = begin(drv, &args);

	if (ret)
		return ret;
	good = fill(drv, args.src, args.dst, args.npages);
	end(&args, good);
	return good ? 0 : -ENOMEM;
}

struct transfer {
	struct drv *drv;
	struct migrate_vma args;
	unsigned long moved;
};

static void transfer_copy(struct transfer *transfer)
{
	struct migrate_vma *args = &transfer->args;
	unsigned long i;

	for (i = 0; i < args->npages; i++)
		args->dst[i] = drv_copy_one(transfer->drv, args->src[i]);
}

static unsigned long transfer_count(const struct transfer *transfer)
{
	unsigned long i, count = 0;

	for (i = 0; i < transfer->args.npages; i++)
		if (transfer->args.src[i] & MIGRATE_PFN_MIGRATE)
			count++;
	return count;
}

static void transfer_finish(struct transfer *transfer)
{
	migrate_vma_pages(&transfer->args);
	transfer->moved = transfer_count(transfer);
	migrate_vma_finalize(&transfer->args);
}

int struct_inside_another(struct drv *drv, struct vm_area_struct *vma)
{
	struct transfer transfer = { .drv = drv };
	int ret;

	transfer.args.vma = vma;
	transfer.args.start = vma->vm_start;
	transfer.args.end = vma->vm_end;
	transfer.args.src = drv->src;
	transfer.args.dst = drv->dst;
	transfer.args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&transfer.args);
	if (ret || !transfer.args.cpages)
		return ret;
	transfer_copy(&transfer);
	transfer_finish(&transfer);
	return 0;
}

/* Called from another file, which finalizes. */
int only_begins(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	if (drv_start_copy(drv)) {
		migrate_vma_finalize(args);
		return -EIO;
	}
	return 0;
}

/* The other half of it. */
void only_ends(struct drv *drv, struct migrate_vma *args)
{
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

int memory_from_the_heap(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma *args = kzalloc(sizeof(*args), GFP_KERNEL);
	int ret;

	if (!args)
		return -ENOMEM;
	args->vma = vma;
	args->start = vma->vm_start;
	args->end = vma->vm_end;
	args->src = drv->src;
	args->dst = drv->dst;
	args->flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(args);
	if (ret)
		goto free;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
free:
	kfree(args);
	return ret;
}

struct drv_ops {
	int (*copy)(struct drv *drv, struct migrate_vma *args);
};

int through_a_pointer(struct drv *drv, const struct drv_ops *ops, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	ret = ops->copy(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

static void count_down(struct drv *drv, struct migrate_vma *args, unsigned int depth)
{
	if (!depth) {
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
		return;
	}
	count_down(drv, args, depth - 1);
}

int recursive(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	count_down(drv, args, 3);
	return 0;
}

static int count_wanted(struct drv *drv, const unsigned long *src, unsigned long npages,
			unsigned long *wanted)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		if (drv_wants(drv, src[i]))
			++*wanted;
	return 0;
}

int result_by_address(struct drv *drv, struct migrate_vma *args)
{
	unsigned long wanted = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	ret = count_wanted(drv, args->src, args->npages, &wanted);
	if (ret || !wanted)
		goto finalize;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args);
	return ret;
}

static int migrate_loudly(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	drv_log(drv, ret);
	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static int migrate_quietly(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret || !args->cpages)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int one_of_two_helpers(struct drv *drv, struct vm_area_struct *vma, bool loud)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	return (loud ? migrate_loudly : migrate_quietly)(drv, &args);
}
