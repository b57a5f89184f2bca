// SPDX-License-Identifier: GPL-2.0-only
/* misuse.c - a driver that breaks the rules of migrate_vma_compat.h */
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/numa.h>

#include "../../api/compat/migrate_vma_compat.h"
#include "misuse.h"

#define SIZE	(16UL << PAGE_SHIFT)

static vm_fault_t misuse_migrate_to_ram(struct vm_fault *vmf)
{
	return VM_FAULT_SIGBUS;
}

static void misuse_page_free(struct page *page)
{
}

static const struct dev_pagemap_ops misuse_pagemap_ops = {
	.page_free		= misuse_page_free,
	.migrate_to_ram		= misuse_migrate_to_ram,
};

static void misuse_callback(struct vm_area_struct *vma, const unsigned long *src,
			    unsigned long *dst, unsigned long start, unsigned long end,
			    void *private)
{
}

static void misuse_finalize(struct vm_area_struct *vma, const unsigned long *src,
			    const unsigned long *dst, unsigned long start, unsigned long end,
			    void *private)
{
}

static const struct migrate_vma_ops misuse_ops = {
	.alloc_and_copy		= misuse_callback,
	.finalize_and_map	= misuse_finalize,
};

static int misuse_map(struct dev_pagemap *pgmap, void *owner)
{
	struct resource *region = request_free_mem_region(&iomem_resource, SIZE, "misuse");
	void *address;

	if (IS_ERR(region))
		return PTR_ERR(region);
	*pgmap = (struct dev_pagemap) {
		.type = MEMORY_DEVICE_PRIVATE,
		.ops = &misuse_pagemap_ops,
		.owner = owner,
		.range = { .start = region->start, .end = region->end },
		.nr_range = 1,
	};
	address = memremap_pages(pgmap, NUMA_NO_NODE);
	if (IS_ERR(address)) {
		release_mem_region(region->start, SIZE);
		return PTR_ERR(address);
	}
	return 0;
}

static void misuse_unmap(struct dev_pagemap *pgmap)
{
	u64 start = pgmap->range.start;

	memunmap_pages(pgmap);
	release_mem_region(start, SIZE);
}

int misuse_without_memory(void)
{
	unsigned long src, dst;

	return migrate_vma(&misuse_ops, NULL, 0, PAGE_SIZE, &src, &dst, NULL);
}

int misuse_second_owner(void)
{
	struct dev_pagemap first, second;
	int ret = misuse_map(&first, NULL);

	if (ret)
		return ret;
	ret = misuse_map(&second, &second);
	misuse_unmap(&first);
	return ret;
}

int misuse_restores_operations(void)
{
	struct dev_pagemap pgmap;

	if (misuse_map(&pgmap, NULL))
		return 0;
	misuse_unmap(&pgmap);
	return pgmap.ops == &misuse_pagemap_ops;
}

int misuse_reversed_range(void)
{
	struct vm_area_struct vma = { .vm_start = 0, .vm_end = 4 * PAGE_SIZE };
	unsigned long src, dst;

	return migrate_vma(&misuse_ops, &vma, 2 * PAGE_SIZE, PAGE_SIZE, &src, &dst, NULL);
}

static int __init misuse_init(void)
{
	return 0;
}

static void __exit misuse_exit(void)
{
}

module_init(misuse_init);
module_exit(misuse_exit);
