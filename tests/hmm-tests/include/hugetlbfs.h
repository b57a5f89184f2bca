/* SPDX-License-Identifier: GPL-2.0-only */
/* hugetlbfs.h - what the test of older releases asks libhugetlbfs: the machine has no such pages */
#ifndef HUGETLBFS_H
#define HUGETLBFS_H

#include <stddef.h>

#define GHR_STRICT	0x10000000U

static inline int gethugepagesizes(long pagesizes[], int n_elem)
{
	(void)pagesizes;
	(void)n_elem;
	return 0;
}

static inline void *get_hugepage_region(size_t len, unsigned long flags)
{
	(void)len;
	(void)flags;
	return NULL;
}

static inline void free_hugepage_region(void *ptr)
{
	(void)ptr;
}

#endif
