// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../porting-tool/kernel/release.h"

static const struct release *find(const char *name)
{
	const char *error = NULL;
	const struct release *release = release_find(name, &error);

	if (!release)
		fail_msg("expected a release for %s, came: %s", name, error);
	return release;
}

static void assert_refused(const char *name)
{
	const char *error = NULL;

	if (release_find(name, &error))
		fail_msg("expected \"%s\" to be refused", name);
	assert_non_null(error);
}

/* What a driver has to set, as the headers of these kernels have it. */
static void each_release_has_the_members_its_header_has(void **state)
{
	static const struct {
		const char *name, *owner;
		bool only_to_ram, flags, fault_page, locked;
	} expected[] = {
		{ "5.4", NULL, false, false, false, true },
		{ "5.6", NULL, false, false, false, true },
		{ "5.7", "src_owner", true, false, false, true },
		{ "5.8", "src_owner", true, false, false, true },
		{ "5.9", "pgmap_owner", false, true, false, true },
		{ "5.15", "pgmap_owner", false, true, false, true },
		{ "5.16", "pgmap_owner", false, true, false, false },
		{ "6.0", "pgmap_owner", false, true, false, false },
		{ "6.1", "pgmap_owner", false, true, true, false },
		{ "6.19", "pgmap_owner", false, true, true, false },
		{ "7.3", "pgmap_owner", false, true, true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		const struct release *release = find(expected[i].name);

		assert_string_equal(release->name, expected[i].name);
		if (expected[i].owner)
			assert_string_equal(release->owner_member, expected[i].owner);
		else
			assert_null(release->owner_member);
		assert_int_equal(release->owner_only_to_ram, expected[i].only_to_ram);
		assert_int_equal(release->flags_member, expected[i].flags);
		assert_int_equal(release->fault_page_member, expected[i].fault_page);
		assert_int_equal(release->pfn_locked, expected[i].locked);
	}
}

static void a_release_keeps_the_name_the_user_gave(void **state)
{
	(void)state;
	assert_string_equal(find("5.12")->name, "5.12");
	assert_int_equal(find("5.12")->number, RELEASE(5, 12));
}

static void what_uname_prints_is_understood(void **state)
{
	(void)state;
	assert_string_equal(find("6.1.0-56-amd64")->name, "6.1");
	assert_string_equal(find("6.1.192")->name, "6.1");
	assert_string_equal(find("v6.1-rc3")->name, "6.1");
	assert_string_equal(find("6.10+")->name, "6.10");
}

static void what_is_no_release_is_refused(void **state)
{
	static const char *const names[] = {
		"", "5", "5.", "v", "five", "5.x", "5.4x", "-5.4", " 5.4", "5..4", "6.1 ",
		"99999999999999999999.1", "5.99999999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_refused(names[i]);
}

static void releases_that_never_were_or_have_no_use_are_refused(void **state)
{
	static const char *const names[] = { "4.14", "5.3", "5.20", "6.20", "7.4", "8.0" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_refused(names[i]);
}

static void the_list_goes_from_5_4_to_the_newest_without_a_gap(void **state)
{
	const char *name, *last = NULL;
	size_t count = 0;
	int number = 0;

	(void)state;
	for (; (name = release_list(count)); count++) {
		assert_true(find(name)->number > number);
		number = find(name)->number;
		last = name;
	}
	assert_string_equal(release_list(0), "5.4");
	assert_string_equal(last, release_newest()->name);
	assert_int_equal(count, 16 + 20 + 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_release_has_the_members_its_header_has),
		cmocka_unit_test(a_release_keeps_the_name_the_user_gave),
		cmocka_unit_test(what_uname_prints_is_understood),
		cmocka_unit_test(what_is_no_release_is_refused),
		cmocka_unit_test(releases_that_never_were_or_have_no_use_are_refused),
		cmocka_unit_test(the_list_goes_from_5_4_to_the_newest_without_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
