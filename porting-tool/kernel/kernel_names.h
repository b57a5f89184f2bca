/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which names, members and numbers of parameters the kernel's headers have, release by release.
 *
 * The table knows only what came, went or changed between 4.14 and the newest release; a name that
 * is not in it is the driver's own, is in a header that was not read, or was always there.
 */
#ifndef MIGRATE_VMA_KERNEL_NAMES_H
#define MIGRATE_VMA_KERNEL_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct kernel_name - an entry of the table
 * @name: the name, "struct TAG" or "TAG.member"; not ended by a NUL
 * @length: bytes in @name
 * @header: the header below include/linux/ that had it last, @header_length bytes
 * @header_length: bytes in @header
 * @present: the releases that have it, @present_length bytes; see names.tab
 * @present_length: bytes in @present
 * @parameters: how many parameters it has in which release, @parameters_length bytes
 * @parameters_length: bytes in @parameters; 0 when that never changed or it is no function
 */
struct kernel_name {
	const char *name;
	size_t length;
	const char *header;
	size_t header_length;
	const char *present;
	size_t present_length;
	const char *parameters;
	size_t parameters_length;
};

/**
 * enum presence - whether a release has a name
 * @PRESENCE_UNKNOWN: the releases before and after differ, and this one was not read
 * @PRESENCE_NO: it has not
 * @PRESENCE_YES: it has
 */
enum presence { PRESENCE_UNKNOWN, PRESENCE_NO, PRESENCE_YES };

/**
 * kernel_name_find() - look a name up
 * @name: a name, "struct TAG" or "TAG.member"
 * @length: bytes in @name
 * @found: filled in; points into the table, which stays
 *
 * Return: whether the table has it.  Takes a binary search; nothing is loaded.
 */
bool kernel_name_find(const char *name, size_t length, struct kernel_name *found);

/**
 * kernel_name_next() - the entry after one, for those who want all
 * @name: set to the next entry; all zero for the first
 *
 * Return: false behind the last.
 */
bool kernel_name_next(struct kernel_name *name);

/** kernel_name_presence() - whether a release, as RELEASE(), has a name. */
enum presence kernel_name_presence(const struct kernel_name *name, int release);

/**
 * kernel_name_parameters() - how many arguments a function or macro takes in a release
 * @name: its entry
 * @release: as RELEASE()
 *
 * Return: how many; -1 for any number, or when it is not known.
 */
int kernel_name_parameters(const struct kernel_name *name, int release);

/**
 * kernel_name_range() - the ranges in a text such as "-5.17,6.1-", one after the other
 * @at: where to read; moves behind the range
 * @end: the end of the text
 * @from: set to the first release of the range, 0 for the first that was read
 * @to: set to the last one, 0 for the newest
 *
 * Return: false when there are no more.
 */
bool kernel_name_range(const char **at, const char *end, int *from, int *to);

/**
 * release_unread() - releases beside one whose headers were not read, so that a change may be theirs
 * @release: a release that was read, as RELEASE()
 * @newer: look at those after it, otherwise before it
 *
 * Return: the farthest of them, or 0 when its neighbour was read.
 */
int release_unread(int release, bool newer);

/**
 * kernel_name_last() - the newest release up to @release that was read and has the name
 * @name: its entry
 * @release: as RELEASE()
 *
 * Return: the release, or 0.
 */
int kernel_name_last(const struct kernel_name *name, int release);

/** kernel_name_first() - the oldest release after @release that was read and has the name, or 0. */
int kernel_name_first(const struct kernel_name *name, int release);

#endif
