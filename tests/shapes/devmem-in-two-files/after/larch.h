/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LARCH_H
#define LARCH_H

#include <linux/hmm.h>
#include <linux/memremap.h>
#include <linux/spinlock.h>

#include "card-ioctl.h"

#define LARCH_PAGES	64

struct platform_device;

/* Device memory. */
struct larch_devmem {
	struct device *device;
	unsigned long pfn_first;
	unsigned long pfn_last;
	struct dev_pagemap pagemap;
};

struct larch {
	struct platform_device *platform;
	struct larch_devmem *devmem;
	spinlock_t lock;
	struct page *free;
	struct page *backing[LARCH_PAGES];
	unsigned long fail;
	struct card_log log;
};

extern const struct dev_pagemap_ops larch_devmem_ops;

void larch_note(struct larch *larch, const char *what, unsigned long value);
struct page *larch_backing(struct larch *larch, struct page *page);

extern char larch_pgmap_owner;

#endif
