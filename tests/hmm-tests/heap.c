// SPDX-License-Identifier: GPL-2.0-only
/*
 * heap.c - malloc() of upstream's test, apart from that of the machine
 *
 * The test of snapshots of older releases lets the driver copy a page to a buffer of seven bytes. On
 * Linux that reaches the rest of the test's heap, which nobody uses; here the machine has the same one.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

#include "calls.h"

struct block {
	size_t size;
	size_t padding;
};

void *machine_malloc(size_t size)
{
	size_t whole = sizeof(struct block) + size + PROGRAM_PAGE_SIZE;
	struct block *block = mmap(NULL, whole, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (block == MAP_FAILED)
		return NULL;
	block->size = whole;
	return block + 1;
}

void machine_free(void *object)
{
	struct block *block = (struct block *)object - 1;

	if (object)
		munmap(block, block->size);
}
