// SPDX-License-Identifier: GPL-2.0-only
/* environment-test.c - runs the tests of probe-environment.c, which need to be in the kernel */
#include <errno.h>

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
KERNEL_TEST(sorted_trees)
KERNEL_TEST(interval_trees)
KERNEL_TEST(numbers_of_pointers)
KERNEL_TEST(hash_tables)
KERNEL_TEST(dma_addresses)
KERNEL_TEST(scatter_lists)
KERNEL_TEST(text)
KERNEL_TEST(arithmetic)
KERNEL_TEST(character_devices)

static void dma_mapped_twice_or_not_at_all_is_told(void **state)
{
	probe(PROBE_MISTAKE, (void *)MISTAKE_DMA_UNMAP_TWICE);
	expect_violation("dma-mapping");
}

static void a_dma_mapping_left_behind_is_a_leak(void **state)
{
	probe(PROBE_MISTAKE, (void *)MISTAKE_LEAK_DMA);
	expect_leaks(1);
}

static void parameters_are_set_by_name(void **state)
{
	assert_int_equal(machine_set_parameter("probe_number", "-7"), 0);
	assert_int_equal(machine_set_parameter("probe_flag", "Y"), 0);
	assert_int_equal(machine_set_parameter("probe_numbers", "1,-2,3"), 0);
	assert_int_equal(machine_set_parameter("probe_name", "some name"), 0);
	assert_int_equal(probe(PROBE_ENVIRONMENT, "parameters"), 0);
}

static void parameters_that_do_not_fit_are_refused(void **state)
{
	assert_int_equal(machine_set_parameter("no_such_parameter", "1"), -ENOENT);
	assert_int_equal(machine_set_parameter("probe_number", "seven"), -EINVAL);
	assert_int_equal(machine_set_parameter("probe_number", "0x100000000"), -ERANGE);
	assert_int_equal(machine_set_parameter("probe_flag", "maybe"), -EINVAL);
	assert_int_equal(machine_set_parameter("probe_numbers", "1,2,3,4,5"), -EINVAL);
}

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
	machine_test(sorted_trees),
	machine_test(interval_trees),
	machine_test(numbers_of_pointers),
	machine_test(hash_tables),
	machine_test(dma_addresses),
	machine_test(scatter_lists),
	machine_test(text),
	machine_test(arithmetic),
	machine_test(character_devices),
	machine_test(dma_mapped_twice_or_not_at_all_is_told),
	machine_test(a_dma_mapping_left_behind_is_a_leak),
	machine_test(parameters_are_set_by_name),
	machine_test(parameters_that_do_not_fit_are_refused),
};
const size_t environment_test_count = sizeof(environment_tests) / sizeof(environment_tests[0]);
