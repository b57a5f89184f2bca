// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: device-state
// It unmaps memory of a device that it has not mapped.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	static struct dev_pagemap never_mapped;

	memunmap_pages(&never_mapped);
	return 0;
}
