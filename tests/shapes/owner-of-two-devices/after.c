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

static void mole_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&mole);
	if (!dpage)
		return;
	card_copy(&mole, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void shrew_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				 struct shrew_job *job)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(job->card);
	if (!dpage)
		return;
	card_copy(job->card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void shrew_back_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start,
				      struct shrew_job *job)
{
	struct page *spage = migrate_pfn_to_page(*src);

	if (!spage || !is_device_private_page(spage))
		return;
	if (card_of_page(spage) == job->card)
		card_fill_back(vma, start, src, dst, &job->failed);
}

static void mole_finalize_and_map(const unsigned long *src)
{
	card_note(&mole, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int shrew_page(struct vm_area_struct *vma, unsigned long addr, bool back)
{
	struct shrew_job job = { .card = &shrew };
	unsigned long src, dst;
	int ret;

	if (back) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr & PAGE_MASK,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &shrew,
			.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			shrew_back_alloc_and_copy(args.vma, args.src, args.dst, args.start, &job);
			migrate_vma_pages(&args);
			mole_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
	} else {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr & PAGE_MASK,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &shrew,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			shrew_alloc_and_copy(args.src, args.dst, &job);
			migrate_vma_pages(&args);
			mole_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
	}
	return job.failed;
}

/* The first page goes to one device, the second to the other and back. */
static long mole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &mole,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		mole_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		mole_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
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
