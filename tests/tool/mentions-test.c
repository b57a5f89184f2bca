// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/port.h"

static const char *const names[] = {
	"migrate_vma", "migrate_dma", "MIGRATE_PFN_ERROR", "MIGRATE_PFN_DEVICE",
	"MIGRATE_VMA_HELPER",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Exactly so many bytes, so that ASan sees a look behind the end. */
static bool mentions(const char *text, size_t size)
{
	char *copy = calloc(1, size ? size : 1);
	bool found;

	memcpy(copy, text, size);
	found = port_mentions_old_api(copy, size);
	free(copy);
	return found;
}

static void every_name_is_found_at_every_place(void **state)
{
	char text[160];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		size_t length = strlen(names[i]);

		for (size_t at = 0; at + length <= 100; at++) {
			memset(text, 'x', 100);
			memcpy(text + at, names[i], length);
			if (!mentions(text, 100))
				fail_msg("expected %s to be found at byte %zu of 100", names[i],
					 at);
		}
	}
}

static void a_name_that_is_cut_off_is_not_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char text[100];
		size_t length = strlen(names[i]) - 1;

		memset(text, ' ', sizeof(text));
		memcpy(text + sizeof(text) - length, names[i], length);
		assert_false(mentions(text, sizeof(text)));
		assert_false(mentions(text + sizeof(text) - length, length));
	}
}

static void nothing_is_found_in_little_text(void **state)
{
	(void)state;
	assert_false(mentions("", 0));
	assert_false(mentions("m", 1));
	assert_false(mentions("migrate_", 8));
}

static void names_that_only_look_alike_are_not_found(void **state)
{
	static const char text[] = "migrate_page migrate_vm MIGRATE_PFN_VALID Migrate_vma "
				   "emigrate_pages MIGRATE_PFN_ migrate_VMA mXgXXXX_vma";

	(void)state;
	assert_false(mentions(text, strlen(text)));
}

static bool slow_search(const char *text, size_t size)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (memmem(text, size, names[i], strlen(names[i])))
			return true;
	return false;
}

/* Random text from the letters of the names, so that near misses are common. */
static void random_texts_give_what_a_plain_search_gives(void **state)
{
	static const char *const pieces[] = {
		"migrate", "_vma", "_dma", "MIGRATE", "_PFN", "_ERROR", "_VMA", "_HELPER", "_DEVICE",
		"_", "m", "G", "\n", "\t", "g......_", "M.g...._",
	};
	size_t found = 0;

	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		char text[256] = "";
		size_t count = (size_t)rand() % 12;

		for (size_t i = 0; i < count; i++)
			strcat(text, pieces[(size_t)rand() % COUNT(pieces)]);
		found += slow_search(text, strlen(text));
		if (mentions(text, strlen(text)) != slow_search(text, strlen(text)))
			fail_msg("expected %d for \"%s\"", slow_search(text, strlen(text)), text);
	}
	/* Both answers were seen often enough to mean something. */
	assert_in_range(found, 500, 19500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_is_found_at_every_place),
		cmocka_unit_test(a_name_that_is_cut_off_is_not_found),
		cmocka_unit_test(nothing_is_found_in_little_text),
		cmocka_unit_test(names_that_only_look_alike_are_not_found),
		cmocka_unit_test(random_texts_give_what_a_plain_search_gives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
