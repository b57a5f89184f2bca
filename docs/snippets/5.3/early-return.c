// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

static void drv_batch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, unsigned long end,
				     void *private)
{
	unsigned long *words = kcalloc((end - start) >> PAGE_SHIFT, sizeof(*words), GFP_KERNEL);

	if (!words)
		return;
	/* ... gives the entries their destinations ... */
	kfree(words);
}
