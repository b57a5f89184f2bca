// SPDX-License-Identifier: GPL-2.0-only
/*
 * What changed in the driver's side of migrate_vma, release by release.
 *
 * The table has a row for each release since which a driver has to do something else.  A release
 * in between behaves like the row before it.  Kernels of distributions and of long-term series
 * carry changes of later releases: for them the nearest release is the user's choice.
 */
#include "release.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct release changes[] = {
	/*
	 * The three calls replace migrate_vma(); CONFIG_MIGRATE_VMA_HELPER, MIGRATE_PFN_ERROR and
	 * MIGRATE_PFN_DEVICE are gone: commit a7d1f22bb74f and its series, v5.4.
	 */
	{ .number = RELEASE(5, 4), .pfn_locked = true },
	/*
	 * Device private memory has an owner.  NULL collects system memory, an owner collects
	 * that owner's device memory: commits f894ddd5ff01 and 800bb1c8dc80, v5.7.
	 */
	{ .number = RELEASE(5, 7), .owner_member = "src_owner", .owner_only_to_ram = true,
	  .pfn_locked = true },
	/*
	 * flags select the direction, and without one nothing is collected; the owner is set in
	 * both directions, for MMU_NOTIFY_MIGRATE: commits 5143192cd410 and 998427b3ad2c, v5.9.
	 */
	{ .number = RELEASE(5, 9), .owner_member = "pgmap_owner", .flags_member = true,
	  .pfn_locked = true },
	/* MIGRATE_PFN_LOCKED is gone; a page in dst is locked as before: ab09243aa95a, v5.16. */
	{ .number = RELEASE(5, 16), .owner_member = "pgmap_owner", .flags_member = true },
	/*
	 * migrate_to_ram() passes on the page that faulted, because the fault holds a reference
	 * to it: commit 16ce101db85d, v6.1.
	 */
	{ .number = RELEASE(6, 1), .owner_member = "pgmap_owner", .flags_member = true,
	  .fault_page_member = true },
	/*
	 * Nothing later asks for another member.  The page that faulted arrives locked since 6.15
	 * (1afaeb8293c9), and a driver that wants large folios can ask for them since 6.19
	 * (a30b48bf1b24); one that does not want them sees the words it saw before.
	 */
};

/* Which releases there are: each series ended when the next one began. */
static const struct {
	int major;
	int first;
	int last;
} series[] = {
	{ 5, 4, 19 },
	{ 6, 0, 19 },
	{ 7, 0, 3 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RELEASES_MAX 64

static struct release releases[RELEASES_MAX];
static char names[RELEASES_MAX][8];
static size_t release_count;
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static const struct release *change_at(int number)
{
	const struct release *change = &changes[0];

	for (size_t i = 1; i < COUNT(changes) && changes[i].number <= number; i++)
		change = &changes[i];
	return change;
}

static void fill(void)
{
	for (size_t i = 0; i < COUNT(series); i++) {
		for (int minor = series[i].first; minor <= series[i].last; minor++) {
			struct release *release = &releases[release_count];
			int number = RELEASE(series[i].major, minor);

			snprintf(names[release_count], sizeof(names[0]), "%d.%d",
				 series[i].major % 100, minor % 100);
			*release = *change_at(number);
			release->number = number;
			release->name = names[release_count];
			release_count++;
		}
	}
}

/* Reads "5.4", "v6.1-rc3", "6.1.192" or what `uname -r` prints.  Return: false if it is neither. */
static bool read_number(const char *name, int *major, int *minor)
{
	char *end;
	long value;

	if (*name == 'v')
		name++;
	if (!isdigit((unsigned char)*name))
		return false;
	value = strtol(name, &end, 10);
	if (value > 999 || *end != '.' || !isdigit((unsigned char)end[1]))
		return false;
	*major = (int)value;
	value = strtol(end + 1, &end, 10);
	if (value > 999 || (*end && !strchr(".-+", *end)))
		return false;
	*minor = (int)value;
	return true;
}

const struct release *release_find(const char *name, const char **error)
{
	int major, minor, number;

	pthread_once(&filled, fill);
	if (!read_number(name, &major, &minor)) {
		*error = "a release is two numbers, as in 5.4 or 6.1";
		return NULL;
	}
	number = RELEASE(major, minor);
	for (size_t i = 0; i < release_count; i++)
		if (releases[i].number == number)
			return &releases[i];

	if (number < releases[0].number)
		*error = "a kernel before 5.4 has migrate_vma() itself: there is nothing to port";
	else if (number > releases[release_count - 1].number)
		*error = "newer than any release this program knows";
	else
		*error = "there is no such release";
	return NULL;
}

const struct release *release_newest(void)
{
	pthread_once(&filled, fill);
	return &releases[release_count - 1];
}

const char *release_list(size_t index)
{
	pthread_once(&filled, fill);
	return index < release_count ? releases[index].name : NULL;
}
