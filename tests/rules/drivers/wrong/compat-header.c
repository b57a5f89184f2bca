// SPDX-License-Identifier: GPL-2.0-only
/* The header brings the name only for kernels before this one. */
/* target: 5.7 */
/* compiled: no */
#include "../compat.h"
#include "../drv.h"

int not_for_this_kernel(struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm); /* wrong: later-name */
	ret = migrate_vma_setup(args);
	if (!ret)
		migrate_vma_finalize(args);
	mmap_read_unlock(mm); /* wrong: kernel-name */
	return ret;
}
