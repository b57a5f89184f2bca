/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between kernel releases, as one table: see release.c.
 */
#ifndef MIGRATE_VMA_RELEASE_H
#define MIGRATE_VMA_RELEASE_H

#include <stdbool.h>
#include <stddef.h>

/** RELEASE() - a release as one number that can be compared: RELEASE(5, 16). */
#define RELEASE(major, minor) ((major) * 1000 + (minor))

/** RELEASE_MAJOR() - the first number of one. */
#define RELEASE_MAJOR(release) ((release) / 1000)

/** RELEASE_MINOR() - the second. */
#define RELEASE_MINOR(release) ((release) % 1000)

/**
 * enum since - the first release with a change that is more than a name: see dated_names.c for those
 * @SINCE_THREE_STEPS: the three calls; the option MIGRATE_VMA_HELPER is gone
 * @SINCE_FAULT_FLAGS: hmm_range_fault() takes flags, where it took "block"
 * @SINCE_FAULT_WITHOUT_FLAGS: hmm_range_fault() takes the range alone
 * @SINCE_PROC_OPS: files in /proc have a struct proc_ops of their own
 * @SINCE_PAGEMAP_OWNER: memremap_pages() asks for an owner
 * @SINCE_PAGEMAP_RANGE: struct dev_pagemap has range and nr_range in place of res
 * @SINCE_FAULT_RETURNS_ZERO: hmm_range_fault() returns 0, and no count
 * @SINCE_CPAGES_STAY: migrate_vma_finalize() leaves cpages as it is
 * @SINCE_NO_LOCKED_FLAG: MIGRATE_PFN_LOCKED is gone, and its bit is free
 * @SINCE_PAGE_HAS_REFERENCE: a free device page has its reference already: no get_page()
 * @SINCE_HEADERS_BY_NAME: <linux/mm.h> and <linux/hmm.h> stopped including some others
 * @SINCE_PAGE_INIT: a free device page has no reference; zone_device_page_init() gives it one
 * @SINCE_REMOVE_RETURNS_NOTHING: remove() of struct platform_driver returns void
 * @SINCE_UNALIGNED_FOR_ALL: <linux/unaligned.h> in place of <asm/unaligned.h>
 * @SINCE_PAGE_PGMAP: page_pgmap(page) in place of page->pgmap
 * @SINCE_ONE_EXCLUSIVE_PAGE: make_device_exclusive() in place of make_device_exclusive_range()
 * @SINCE_FAULT_PAGE_LOCKED: the page that faulted is locked when migrate_to_ram() is called
 * @SINCE_COMPOUND_FLAG: MIGRATE_PFN_COMPOUND has the bit that was MIGRATE_PFN_DEVICE once
 * @SINCE_FOLIO_FREE: struct dev_pagemap_ops has folio_free() in place of page_free()
 * @SINCE_PAGE_INIT_PAGEMAP: zone_device_page_init() takes the pagemap and the order as well
 */
enum since {
	SINCE_THREE_STEPS = RELEASE(5, 4),
	SINCE_FAULT_FLAGS = RELEASE(5, 4),
	SINCE_PROC_OPS = RELEASE(5, 6),
	SINCE_FAULT_WITHOUT_FLAGS = RELEASE(5, 7),
	SINCE_PAGEMAP_OWNER = RELEASE(5, 7),
	SINCE_PAGEMAP_RANGE = RELEASE(5, 10),
	SINCE_FAULT_RETURNS_ZERO = RELEASE(5, 8),
	SINCE_CPAGES_STAY = RELEASE(5, 10),
	SINCE_NO_LOCKED_FLAG = RELEASE(5, 16),
	SINCE_PAGE_HAS_REFERENCE = RELEASE(5, 18),
	SINCE_HEADERS_BY_NAME = RELEASE(5, 18),
	SINCE_PAGE_INIT = RELEASE(6, 1),
	SINCE_REMOVE_RETURNS_NOTHING = RELEASE(6, 11),
	SINCE_UNALIGNED_FOR_ALL = RELEASE(6, 12),
	SINCE_PAGE_PGMAP = RELEASE(6, 15),
	SINCE_ONE_EXCLUSIVE_PAGE = RELEASE(6, 15),
	SINCE_FAULT_PAGE_LOCKED = RELEASE(6, 15),
	SINCE_COMPOUND_FLAG = RELEASE(6, 19),
	SINCE_FOLIO_FREE = RELEASE(6, 19),
	SINCE_PAGE_INIT_PAGEMAP = RELEASE(6, 19),
};

/**
 * struct release - what a driver of a kernel release has to do
 * @number: RELEASE(major, minor)
 * @name: "5.16"
 * @owner_member: member of struct migrate_vma that names the owner, or NULL before 5.7
 * @owner_only_to_ram: the owner also selects the direction, so it is set on the way back only
 * @flags_member: struct migrate_vma has flags that select what is collected (5.9)
 * @fault_page_member: struct migrate_vma has fault_page (6.1)
 * @pfn_locked: MIGRATE_PFN_LOCKED exists (until 5.15)
 */
struct release {
	int number;
	const char *name;
	const char *owner_member;
	bool owner_only_to_ram;
	bool flags_member;
	bool fault_page_member;
	bool pfn_locked;
};

/**
 * struct release_range - the kernels that a driver is for
 * @from: the oldest release
 * @to: the newest
 */
struct release_range {
	const struct release *from;
	const struct release *to;
};

/**
 * release_find() - the release a user named
 * @name: "5.4" ... the newest; what follows the second number ("6.1.192", "6.1-rc3", the output
 *	of `uname -r`) and a leading v are accepted and ignored
 * @error: set to a static text that says what is wrong, when NULL is returned
 *
 * Each release from 5.4 up to the newest known has an entry of its own, with the properties that
 * the last change before it gave.
 *
 * Return: the entry, or NULL.
 */
const struct release *release_find(const char *name, const char **error);

/** release_newest() - what --target defaults to. */
const struct release *release_newest(void);

/**
 * release_list() - every release a port can aim at, oldest first
 * @index: from 0
 *
 * Return: its name, or NULL behind the last.
 */
const char *release_list(size_t index);

#endif
