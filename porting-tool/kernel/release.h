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
