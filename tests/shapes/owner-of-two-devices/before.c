// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

#include "card.h"

/* Two devices in one file, each with memory of its own. */
static struct card mole;
static struct card shrew;

struct shrew_job {
	struct card *card;
	int failed;
};

static void mole_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&mole);
	if (!dpage)
		return;
	card_copy(&mole, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void shrew_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct shrew_job *job = private;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(job->card);
	if (!dpage)
		return;
	card_copy(job->card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void shrew_back_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	struct shrew_job *job = private;
	struct page *spage = migrate_pfn_to_page(*src);

	if (!spage || !is_device_private_page(spage))
		return;
	if (card_of_page(spage) == job->card)
		card_fill_back(vma, start, src, dst, &job->failed);
}

static void mole_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	card_note(&mole, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops mole_ops = {
	.alloc_and_copy		= mole_alloc_and_copy,
	.finalize_and_map	= mole_finalize_and_map,
};

static const struct migrate_vma_ops shrew_ops = {
	.alloc_and_copy		= shrew_alloc_and_copy,
	.finalize_and_map	= mole_finalize_and_map,
};

static const struct migrate_vma_ops shrew_back_ops = {
	.alloc_and_copy		= shrew_back_alloc_and_copy,
	.finalize_and_map	= mole_finalize_and_map,
};

static int shrew_page(struct vm_area_struct *vma, unsigned long addr, bool back)
{
	struct shrew_job job = { .card = &shrew };
	unsigned long src, dst;
	int ret;

	if (back) {
		ret = migrate_vma(&shrew_back_ops, vma, addr & PAGE_MASK, addr + PAGE_SIZE,
				  &src, &dst, &job);
		if (ret)
			return ret;
	} else {
		ret = migrate_vma(&shrew_ops, vma, addr & PAGE_MASK, addr + PAGE_SIZE,
				  &src, &dst, &job);
		if (ret)
			return ret;
	}
	return job.failed;
}

/* The first page goes to one device, the second to the other and back. */
static long mole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&mole_ops, vma, start & PAGE_MASK, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret || end - start < 2 * PAGE_SIZE)
		return ret;
	ret = shrew_page(vma, start + PAGE_SIZE, false);
	return ret ? ret : shrew_page(vma, start + PAGE_SIZE, true);
}

static const struct dev_pagemap_ops mole_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init mole_init(void)
{
	int ret;

	mole.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	mole.memory.pagemap.owner = &mole;
	shrew.memory.pagemap.owner = &shrew;
#endif
	mole.memory.pagemap.ops = &mole_pagemap_ops;
	shrew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shrew.memory.pagemap.ops = &mole_pagemap_ops;
	ret = device_memory_create(&shrew.memory, CARD_PAGES);
	if (ret)
		return ret;
	ret = card_register(&mole, mole_move);
	if (ret)
		device_memory_destroy(&shrew.memory);
	return ret;
}

static void __exit mole_exit(void)
{
	card_unregister(&mole);
	device_memory_destroy(&shrew.memory);
}

module_init(mole_init);
module_exit(mole_exit);
MODULE_LICENSE("GPL");
