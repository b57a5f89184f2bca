// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_names.h"

#include <stdlib.h>
#include <string.h>

#include "release.h"

/* The table is part of the program as the text that it is, so there is nothing to load. */
__asm__(".pushsection .rodata\n"
	"kernel_names_text:\n"
	"	.incbin \"porting-tool/kernel/names.tab\"\n"
	"kernel_names_end:\n"
	"	.popsection\n");
extern const char kernel_names_text[], kernel_names_end[];

/* The releases whose headers were read. */
static const int read_releases[] = {
	RELEASE(4, 14), RELEASE(5, 0),	RELEASE(5, 2),	RELEASE(5, 3),	RELEASE(5, 4),
	RELEASE(5, 5),	RELEASE(5, 6),	RELEASE(5, 7),	RELEASE(5, 8),	RELEASE(5, 9),
	RELEASE(5, 10), RELEASE(5, 11), RELEASE(5, 12), RELEASE(5, 14), RELEASE(5, 15),
	RELEASE(5, 16), RELEASE(5, 17), RELEASE(5, 18), RELEASE(5, 19), RELEASE(6, 0),
	RELEASE(6, 1),	RELEASE(6, 2),	RELEASE(6, 3),	RELEASE(6, 4),	RELEASE(6, 6),
	RELEASE(6, 8),	RELEASE(6, 9),	RELEASE(6, 11), RELEASE(6, 12), RELEASE(6, 13),
	RELEASE(6, 14), RELEASE(6, 17), RELEASE(6, 18), RELEASE(6, 19), RELEASE(7, 0),
	RELEASE(7, 1),	RELEASE(7, 2),	RELEASE(7, 3),
};

#define READ_COUNT (sizeof(read_releases) / sizeof(*read_releases))

static const char *line_start(const char *at)
{
	while (at > kernel_names_text && at[-1] != '\n')
		at--;
	return at;
}

static const char *line_end(const char *at)
{
	return memchr(at, '\n', (size_t)(kernel_names_end - at));
}

/* The field at *at, up to a tab or the end of the line; *at moves behind it. */
static const char *field(const char **at, const char *end, size_t *length)
{
	const char *start = *at, *tab = memchr(start, '\t', (size_t)(end - start));

	*length = (size_t)((tab ? tab : end) - start);
	*at = tab ? tab + 1 : end;
	return start;
}

static void read_line(const char *start, struct kernel_name *name)
{
	const char *end = line_end(start);

	name->name = field(&start, end, &name->length);
	name->header = field(&start, end, &name->header_length);
	name->present = field(&start, end, &name->present_length);
	name->parameters = field(&start, end, &name->parameters_length);
}

/* As strcmp(), for texts that end with their length. */
static int compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order ? order : (a_length > b_length) - (a_length < b_length);
}

bool kernel_name_find(const char *name, size_t length, struct kernel_name *found)
{
	const char *low = kernel_names_text, *high = kernel_names_end;

	while (low < high) {
		const char *middle = line_start(low + (high - low) / 2);
		size_t size = strcspn(middle, "\t\n");
		int order = compare(name, length, middle, size);

		if (!order) {
			read_line(middle, found);
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = line_end(middle) + 1;
	}
	return false;
}

bool kernel_name_next(struct kernel_name *name)
{
	const char *at = name->name ? line_end(name->name) + 1 : kernel_names_text;

	while (at < kernel_names_end && *at == '#')
		at = line_end(at) + 1;
	if (at >= kernel_names_end)
		return false;
	read_line(at, name);
	return true;
}

static int read_release(const char **at)
{
	char *end;
	long major = strtol(*at, &end, 10), minor = 0;

	if (*end == '.')
		minor = strtol(end + 1, &end, 10);
	*at = end;
	return RELEASE((int)major, (int)minor);
}

static bool at_digit(const char *at, const char *end)
{
	return at < end && *at >= '0' && *at <= '9';
}

bool kernel_name_range(const char **at, const char *end, int *from, int *to)
{
	if (*at < end && **at == ',')
		(*at)++;
	if (*at >= end)
		return false;
	*from = at_digit(*at, end) ? read_release(at) : 0;
	*to = *from;
	if (*at < end && **at == '-') {
		(*at)++;
		*to = at_digit(*at, end) ? read_release(at) : 0;
	}
	return true;
}

static bool in_ranges(const char *at, size_t length, int release)
{
	const char *end = at + length;
	int from, to;

	while (kernel_name_range(&at, end, &from, &to))
		if (release >= from && (!to || release <= to))
			return true;
	return false;
}

static bool was_read(int release)
{
	for (size_t i = 0; i < READ_COUNT; i++)
		if (read_releases[i] == release)
			return true;
	return release > read_releases[READ_COUNT - 1];
}

int kernel_name_last(const struct kernel_name *name, int release)
{
	for (size_t i = READ_COUNT; i-- > 0;)
		if (read_releases[i] <= release &&
		    in_ranges(name->present, name->present_length, read_releases[i]))
			return read_releases[i];
	return 0;
}

int kernel_name_first(const struct kernel_name *name, int release)
{
	for (size_t i = 0; i < READ_COUNT; i++)
		if (read_releases[i] > release &&
		    in_ranges(name->present, name->present_length, read_releases[i]))
			return read_releases[i];
	return 0;
}

enum presence kernel_name_presence(const struct kernel_name *name, int release)
{
	bool before = false;

	if (in_ranges(name->present, name->present_length, release))
		return PRESENCE_YES;
	if (was_read(release))
		return PRESENCE_NO;
	for (size_t i = 0; i < READ_COUNT; i++) {
		bool has = in_ranges(name->present, name->present_length, read_releases[i]);

		if (read_releases[i] < release)
			before = has;
		else if (read_releases[i] > release)
			return before || has ? PRESENCE_UNKNOWN : PRESENCE_NO;
	}
	return PRESENCE_NO;
}

int kernel_name_parameters(const struct kernel_name *name, int release)
{
	const char *at = name->parameters, *end = at + name->parameters_length;

	while (at < end) {
		const char *next = memchr(at, ';', (size_t)(end - at));
		const char *colon = memchr(at, ':', (size_t)(end - at));

		if (!next)
			next = end;
		if (colon && in_ranges(colon + 1, (size_t)(next - colon - 1), release))
			return (int)strtol(at, NULL, 10);
		at = next + 1;
	}
	return -1;
}

/* The releases of 4, 5 and 6 that are the last of their number. */
static int neighbour(int release, bool newer)
{
	static const int last[] = { RELEASE(4, 20), RELEASE(5, 19), RELEASE(6, 19) };

	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++) {
		int first = RELEASE(last[i] / 1000 + 1, 0);

		if (newer && release == last[i])
			return first;
		if (!newer && release == first)
			return last[i];
	}
	return newer ? release + 1 : release - 1;
}

int release_unread(int release, bool newer)
{
	int found = 0;

	for (int at = neighbour(release, newer); !was_read(at) && at > read_releases[0];
	     at = neighbour(at, newer))
		found = at;
	return found;
}
