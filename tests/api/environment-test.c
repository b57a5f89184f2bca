// SPDX-License-Identifier: GPL-2.0-only
/* environment-test.c - runs the tests of probe-environment.c, which need to be in the kernel */
#include "support.h"
#include "tests.h"

static void run_in_kernel(const char *name)
{
	long line = probe(PROBE_ENVIRONMENT, (void *)name);

	if (line)
		fail_msg("the check in line %ld of probe-environment.c does not hold", line);
	assert_int_equal(machine_count().slab_objects, 0);
	expect_counts(0, 0);
}

#define KERNEL_TEST(name) \
static void name(void **state) \
{ \
	run_in_kernel(#name); \
}

KERNEL_TEST(lists)
KERNEL_TEST(bitmaps)
KERNEL_TEST(xarrays)
KERNEL_TEST(objects)
KERNEL_TEST(pages)
KERNEL_TEST(locks)
KERNEL_TEST(device_resources_go_in_reverse)
KERNEL_TEST(platform_devices_find_their_driver)
KERNEL_TEST(regions_do_not_overlap)
KERNEL_TEST(work_is_done)
KERNEL_TEST(completions)
KERNEL_TEST(text)
KERNEL_TEST(arithmetic)
KERNEL_TEST(character_devices)

const struct CMUnitTest environment_tests[] = {
	machine_test(lists),
	machine_test(bitmaps),
	machine_test(xarrays),
	machine_test(objects),
	machine_test(pages),
	machine_test(locks),
	machine_test(device_resources_go_in_reverse),
	machine_test(platform_devices_find_their_driver),
	machine_test(regions_do_not_overlap),
	machine_test(work_is_done),
	machine_test(completions),
	machine_test(text),
	machine_test(arithmetic),
	machine_test(character_devices),
};
const size_t environment_test_count = sizeof(environment_tests) / sizeof(environment_tests[0]);
