// SPDX-License-Identifier: GPL-2.0-only
/* src belongs to the core from the setup until finalize. */
/* target: 7.2 */
#include "../drv.h"

int word_is_cleared(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	if (!drv_wants(drv, args->src[0]))
		args->src[0] = 0; /* wrong: src-written */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int array_is_cleared_between_the_calls(struct drv *drv, struct vm_area_struct *vma)
{
	unsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES];
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_start + DRV_CHUNK,
		.src = src,
		.dst = dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate_vma_setup(&args))
		return -EINVAL;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	memset(src, 0, sizeof(src)); /* wrong: src-written */
	migrate_vma_finalize(&args);
	return 0;
}

static void mark_done(unsigned long *words, unsigned long count)
{
	while (count--)
		*words++ |= MIGRATE_PFN_WRITE; /* wrong: src-written */
}

int helper_writes_through_a_pointer(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	mark_done(args->src, args->npages);
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int only_word_is_a_variable(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long from = 0, to = 0;
	struct migrate_vma args = {
		.vma = vma,
		.start = addr,
		.end = addr + PAGE_SIZE,
		.src = &from,
		.dst = &to,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate_vma_setup(&args))
		return -EINVAL;
	from >>= MIGRATE_PFN_SHIFT; /* wrong: src-written */
	to = drv_copy_one(drv, from);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int word_keeps_the_wrong_bits(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	args->src[0] &= MIGRATE_PFN_WRITE; /* wrong: src-written */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
