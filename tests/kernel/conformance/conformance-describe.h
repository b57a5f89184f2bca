/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-describe.h - what the driver tells about the words of a migration.
 */
#ifndef CONFORMANCE_DESCRIBE_H
#define CONFORMANCE_DESCRIBE_H

#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>

#include "../device-memory.h"
#include "conformance-ioctl.h"

/* The owner of device pages that a number stands for, and the reverse. */
static inline void *owner_of(__u32 owner, struct device_memory *devices)
{
	return owner >= OWNER_A && owner <= OWNER_C ? &devices[owner - OWNER_A] : NULL;
}

static inline __u64 number_of_owner(const void *owner, const struct device_memory *devices)
{
	const struct device_memory *device = owner;

	if (!device)
		return OWNER_NONE;
	return device >= devices && device <= &devices[OWNER_C - OWNER_A] ?
	       OWNER_A + (__u64)(device - devices) : OWNER_ANOTHER;
}

/**
 * describe_word() - a word of src or dst without its frame number
 * @word: the word
 * @devices: the devices, A first
 * @pages_are_held: its page cannot have been freed, so that it can be looked at
 * @references: tell how many references the page has
 */
static inline __u32 describe_word(unsigned long word, const struct device_memory *devices,
				  bool pages_are_held, bool references)
{
	struct page *page = migrate_pfn_to_page(word);
	__u32 seen = word & WORD_FLAGS;

	if (!page || !pages_are_held)
		return seen;
	if (is_zone_device_page(page))
		seen |= (__u32)WORD_IS_A << (device_memory_of(page) - devices);
	else
		seen |= WORD_IS_SYSTEM;
	if (PageLocked(page))
		seen |= WORD_IS_LOCKED;
	return references ? seen | (__u32)page_count(page) << 16 : seen;
}

/*
 * A page of the system that filled an empty entry may be waiting for its LRU list, with a reference
 * more: how many a destination has then, says nothing about the migration.
 */
static inline bool references_are_known(unsigned long word)
{
	struct page *page = migrate_pfn_to_page(word);

	return page && is_zone_device_page(page);
}

/**
 * describe_point() - all words of a migration at one point of it
 * @migration: where to tell them
 * @number: 0 after setup, 1 after pages, 2 after finalize
 * @args: the migration
 * @devices: the devices, A first
 */
static inline void describe_point(struct conformance_migration *migration, int number,
				  const struct migrate_vma *args,
				  const struct device_memory *devices)
{
	struct conformance_point *point = &migration->point[number];
	unsigned long i;

	point->reached = 1;
	point->cpages = (__u32)args->cpages;
	for (i = 0; i < args->npages && i < CONFORMANCE_PAGES; i++) {
		point->src[i] = describe_word(args->src[i], devices, number < 2, true);
		point->dst[i] = describe_word(args->dst[i], devices, number < 2,
					      number < 2 && references_are_known(args->dst[i]));
	}
}

#endif /* CONFORMANCE_DESCRIBE_H */
