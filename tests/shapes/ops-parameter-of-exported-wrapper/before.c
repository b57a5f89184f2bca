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
int wherry_migrate_page(const struct migrate_vma_ops *ops, struct vm_area_struct *vma,
			unsigned long addr, void *private)
{
	unsigned long src = 0, dst = 0;
	int ret;

	if (addr < vma->vm_start || addr + PAGE_SIZE > vma->vm_end)
		return -EFAULT;

	ret = migrate_vma(ops, vma, addr, addr + PAGE_SIZE, &src, &dst, private);
	if (ret < 0)
		return ret;
	return dst ? 1 : 0;
}
EXPORT_SYMBOL(wherry_migrate_page);

static void wherry_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct wherry_copy *copy = private;

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
	*dst = migrate_pfn(page_to_pfn(copy->to)) | MIGRATE_PFN_LOCKED;
}

static void wherry_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	card_note(&wherry, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops wherry_to_device_ops = {
	.alloc_and_copy		= wherry_alloc_and_copy,
	.finalize_and_map	= wherry_finalize_and_map,
};

static long wherry_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct wherry_copy copy = { .error = 0 };
	int ret;

	ret = wherry_migrate_page(&wherry_to_device_ops, vma, start, &copy);
	return copy.error ? copy.error : ret;
}

static const struct dev_pagemap_ops wherry_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wherry_init(void)
{
	wherry.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wherry.memory.pagemap.ops = &wherry_pagemap_ops;
	return card_register(&wherry, wherry_move);
}

card_module(wherry, wherry_init);
