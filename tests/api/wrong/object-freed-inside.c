// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: slab-free
// It frees its arrays by a pointer into them, which it has counted up.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	unsigned long *words = kmalloc_array(NPAGES, sizeof(*words), GFP_KERNEL), *word = words;

	if (!words)
		return -ENOMEM;
	while (word < words + NPAGES)
		*word++ = start;
	kfree(word - 1);
	kfree(words);
	return 0;
}
