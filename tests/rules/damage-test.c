// SPDX-License-Identifier: GPL-2.0-only
/*
 * The linter on damaged drivers: whatever stands in a file, it ends, and in time.
 * The program runs under ASan and UBSan, so all it has to do is to get through.
 *
 *	damage-test [SEED [ROUNDS]]
 */
#include <glob.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../porting-tool/memory.h"
#include "../../porting-tool/checks/checks.h"

/* A second is long for one file, even under the sanitizers and on a busy machine. */
#define SECONDS_MAX 20

static uint64_t state;

static size_t random_below(size_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return limit ? (size_t)(state % limit) : 0;
}

struct text {
	char *bytes;
	size_t length;
	size_t room;
};

static void cut_off(struct text *text)
{
	text->length = random_below(text->length) + 1;
}

static void leave_out(struct text *text)
{
	size_t at = random_below(text->length), count = random_below(40);

	if (count > text->length - at)
		count = text->length - at;
	memmove(text->bytes + at, text->bytes + at + count, text->length - at - count);
	text->length -= count;
}

static void replace_by_punctuation(struct text *text)
{
	static const char marks[] = "(){}[];,*&=!<>-+.:?\"'#\\ \n";

	text->bytes[random_below(text->length)] = marks[random_below(sizeof(marks) - 1)];
}

static void repeat(struct text *text)
{
	size_t from = random_below(text->length), to = random_below(text->length);
	size_t count = random_below(64);
	char piece[64];

	if (count > text->length - from || text->length + count > text->room)
		return;
	memcpy(piece, text->bytes + from, count);
	memmove(text->bytes + to + count, text->bytes + to, text->length - to);
	memcpy(text->bytes + to, piece, count);
	text->length += count;
}

static void leave_out_a_line(struct text *text)
{
	size_t at = random_below(text->length);
	char *end = memchr(text->bytes + at, '\n', text->length - at);
	size_t count = end ? (size_t)(end - text->bytes) + 1 - at : 0;

	memmove(text->bytes + at, text->bytes + at + count, text->length - at - count);
	text->length -= count;
}

static void (*const damages[])(struct text *text) = {
	cut_off, leave_out, replace_by_punctuation, repeat, leave_out_a_line,
};

static bool survives(const struct text *text)
{
	static const char *const targets[] = { "5.4", "5.7", "5.9", "5.16", "6.1", "7.2" };
	struct clang_setup setup = { 0 };
	struct diagnostics found = { 0 };
	struct source source;
	const char *error;
	time_t started = time(NULL);

	if (source_set(&source, "damaged.c", text->bytes, text->length) != SOURCE_OK)
		return true;
	check_files(&source, 1, release_find(targets[random_below(6)], &error), &setup, &found);
	diagnostics_release(&found);
	source_release(&source);
	return time(NULL) - started <= SECONDS_MAX;
}

static bool damage_and_check(const char *path)
{
	struct source source;
	struct text text;
	bool good = true;

	if (source_read(&source, path) != SOURCE_OK)
		return false;
	text.room = source.size + 1024;
	text.length = source.size;
	text.bytes = memcpy(xmalloc(text.room), source.text, source.size);
	for (size_t count = random_below(6) + 1; count && text.length > 1; count--)
		damages[random_below(sizeof(damages) / sizeof(*damages))](&text);
	if (text.length)
		good = survives(&text);
	free(text.bytes);
	source_release(&source);
	return good;
}

int main(int count, char **arguments)
{
	uint64_t seed = count > 1 ? strtoull(arguments[1], NULL, 0) : 1;
	unsigned long rounds = count > 2 ? strtoul(arguments[2], NULL, 0) : 600;
	glob_t drivers;

	if (glob("tests/rules/drivers/*/*.c", 0, NULL, &drivers)) {
		puts("not ok 1 - there are no drivers to damage\n1..1");
		return 1;
	}
	for (unsigned long round = 0; round < rounds; round++) {
		size_t driver;

		state = (seed + round) * 2654435761u + 88172645463325252u;
		driver = random_below(drivers.gl_pathc);
		if (!damage_and_check(drivers.gl_pathv[driver])) {
			printf("# %s took more than %d seconds\n"
			       "# run it alone: %s %llu 1\n",
			       drivers.gl_pathv[driver], SECONDS_MAX, arguments[0],
			       (unsigned long long)(seed + round));
			puts("not ok 1 - damaged drivers are checked\n1..1");
			globfree(&drivers);
			return 1;
		}
	}
	globfree(&drivers);
	printf("ok 1 - %lu damaged drivers are checked\n1..1\n", rounds);
	return 0;
}
