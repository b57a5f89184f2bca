/* SPDX-License-Identifier: GPL-2.0-only */
/* percpu-refcount.h - present for struct dev_pagemap; drivers of the model need not use it */
#ifndef _LINUX_PERCPU_REFCOUNT_H
#define _LINUX_PERCPU_REFCOUNT_H

#include <linux/atomic.h>

struct percpu_ref {
	atomic_long_t count;
};

#endif
