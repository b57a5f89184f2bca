// SPDX-License-Identifier: GPL-2.0-only
/* Names of the kernel around the three steps that Linux 7.2 does not have. */
/* target: 7.2 */
/* compiled: no */
#include <linux/hmm.h>
#include <linux/mmu_notifier.h>

#include "../drv.h"

bool member_that_is_gone(const struct mmu_notifier_range *range)
{
	return range->vma->vm_private_data; /* wrong: kernel-name */
}

int member_that_only_functions_write(struct vm_area_struct *vma)
{
	vma->vm_flags |= VM_IO; /* wrong: kernel-name */
	return 0;
}
