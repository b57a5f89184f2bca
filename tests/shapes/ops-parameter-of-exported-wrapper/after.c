// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wherry;

struct wherry_copy {
	struct page *from;
	struct page *to;
	int error;
};

/* Other modules of this driver bring their own callbacks. */
int wherry_migrate_page(int (*ops)(struct migrate_vma *args, void *private),
			struct vm_area_struct *vma, unsigned long addr, void *private)
{
	unsigned long src = 0, dst = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &wherry,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (addr < vma->vm_start || addr + PAGE_SIZE > vma->vm_end)
		return -EFAULT;

	ret = ops ? ops(&args, private) : -EINVAL;
	if (ret < 0)
		return ret;
	return dst ? 1 : 0;
}
EXPORT_SYMBOL(wherry_migrate_page);

static void wherry_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  struct wherry_copy *copy)
{
	copy->from = migrate_pfn_to_page(*src);
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	copy->to = card_alloc(&wherry);
	if (!copy->to)
		return;
	copy->error = card_copy(&wherry, copy->to, copy->from);
	if (copy->error) {
		card_release(copy->to);
		return;
	}
	*dst = migrate_pfn(page_to_pfn(copy->to));
}

static void wherry_finalize_and_map(const unsigned long *src)
{
	card_note(&wherry, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int wherry_to_device_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	wherry_alloc_and_copy(args->src, args->dst, private);
	migrate_vma_pages(args);
	wherry_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long wherry_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct wherry_copy copy = { .error = 0 };
	int ret;

	ret = wherry_migrate_page(wherry_to_device_migrate, vma, start, &copy);
	return copy.error ? copy.error : ret;
}

static const struct dev_pagemap_ops wherry_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wherry_init(void)
{
	wherry.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wherry.memory.pagemap.owner = &wherry;
	wherry.memory.pagemap.ops = &wherry_pagemap_ops;
	return card_register(&wherry, wherry_move);
}

card_module(wherry, wherry_init);
