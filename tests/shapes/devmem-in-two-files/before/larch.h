/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LARCH_H
#define LARCH_H

#include <linux/hmm.h>
#include <linux/spinlock.h>

#include "card-ioctl.h"

#define LARCH_PAGES	64

struct platform_device;

struct larch {
	struct platform_device *platform;
	struct hmm_devmem *devmem;
	spinlock_t lock;
	struct page *free;
	struct page *backing[LARCH_PAGES];
	unsigned long fail;
	struct card_log log;
};

extern const struct hmm_devmem_ops larch_devmem_ops;

void larch_note(struct larch *larch, const char *what, unsigned long value);
struct page *larch_backing(struct larch *larch, struct page *page);

#endif
