// SPDX-License-Identifier: GPL-2.0-only
/*
 * vm_util.c - what newer tests of the kernel ask its files in /proc and /sys, asked of the machine
 *
 * It has huge pages of 2 MiB, and none of hugetlbfs.
 */
#include <stdbool.h>
#include <stdint.h>

#include "calls.h"

#define PM_SWAP		(1ULL << 62)
#define PM_PRESENT	(1ULL << 63)

uint64_t read_pmd_pagesize(void)
{
	return 512 * PROGRAM_PAGE_SIZE;
}

unsigned long default_huge_page_size(void)
{
	return 0;
}

unsigned long hugetlb_free_pages(unsigned long size)
{
	(void)size;
	return 0;
}

bool hugetlb_setup_default(unsigned long nr)
{
	(void)nr;
	return false;
}

uint64_t pagemap_get_entry(int fd, char *start)
{
	(void)fd;
	switch (program_page(running, (unsigned long)start).where) {
	case PROGRAM_PAGE_NONE:
		return 0;
	case PROGRAM_PAGE_ZERO:
	case PROGRAM_PAGE_SYSTEM:
		return PM_PRESENT;
	default:
		return PM_SWAP;
	}
}
