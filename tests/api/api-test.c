// SPDX-License-Identifier: GPL-2.0-only
/*
 * api-test.c - what the reference implementation promises, for the release it was built as
 *
 *	api-test		all tests
 *	api-test PATTERN	those whose name matches, for instance 'a_hole_*'
 */
#include <stdio.h>

#include "support.h"
#include "tests.h"

int main(int argc, char **argv)
{
	int failed = 0;

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
#define RUN(name) \
	failed += _cmocka_run_group_tests(#name, name##_tests, name##_test_count, NULL, NULL);
	TEST_GROUPS(RUN)
#undef RUN
	return failed ? 1 : 0;
}
