/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an imagined driver brings for kernels that lack it.  The tests of rules read it only through
 * the #include of a driver.
 */
#ifndef TESTS_RULES_COMPAT_H
#define TESTS_RULES_COMPAT_H

#include <linux/mm.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 7, 0)
static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_sem);
}

static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_sem);
}
#endif

#ifndef MIGRATE_PFN_LOCKED
#define MIGRATE_PFN_LOCKED 0
#endif

#endif
