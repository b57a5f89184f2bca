// SPDX-License-Identifier: GPL-2.0-only
/* Names of the driver's own that are spelled like names which the kernel has lost. */
/* target: 7.2 */
#include "../drv.h"

struct gpu {
	unsigned int hmm_devmem;
	struct dev_pagemap *pgmap;
	void (*page_free)(struct gpu *gpu);
	void *src_pages;
};

struct gpu_ops {
	void (*page_free)(struct gpu *gpu);
};

void *owner_of_device(struct gpu *gpu)
{
	return gpu->pgmap->owner;
}

void *owner_of_page(struct page *page)
{
	return page_pgmap(page)->owner;
}

static void gpu_page_free(struct gpu *gpu)
{
	gpu->src_pages = NULL;
}

const struct gpu_ops gpu_ops = {
	.page_free = gpu_page_free,
};

void call_of_a_member(struct gpu *gpu)
{
	gpu->page_free(gpu);
}
