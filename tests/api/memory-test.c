// SPDX-License-Identifier: GPL-2.0-only
/* memory-test.c - a program's memory as long as no driver is involved */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "support.h"
#include "tests.h"

static void nothing_is_allocated_before_the_first_touch(void **state)
{
	unsigned long addr = map_pages(4);

	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_counts(0, 0);
}

static void a_load_from_a_hole_reads_zero_and_allocates_nothing(void **state)
{
	unsigned long addr = map_pages(1);

	expect_bytes(program, addr, 1, 0);
	expect_where(addr, PROGRAM_PAGE_ZERO);
	expect_counts(0, 0);
}

static void a_store_to_a_hole_allocates_a_page(void **state)
{
	unsigned long addr = map_pages(1);

	write_pages(program, addr, 1, 5);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(program_page(program, addr).writable, 1);
	assert_int_equal(program_page(program, addr).refcount, 1);
	assert_int_equal(program_page(program, addr).mapcount, 1);
	expect_counts(1, 0);
}

static void a_store_replaces_the_zero_page(void **state)
{
	unsigned long addr = map_pages(2);

	expect_bytes(program, addr, 1, 0);
	expect_bytes(program, addr + PAGE, 1, 0);
	write_pages(program, addr, 1, 5);
	expect_bytes(program, addr, 1, 5);
	expect_bytes(program, addr + PAGE, 1, 0);
}

static void bytes_around_a_store_are_zero(void **state)
{
	unsigned long addr = map_pages(1);
	unsigned char byte = 1, bytes[PAGE], expected[PAGE] = { [100] = 1 };

	program_write(program, addr + 100, &byte, 1);
	program_read(program, addr, bytes, PAGE);
	assert_memory_equal(bytes, expected, PAGE);
}

static void an_access_outside_of_every_mapping_is_a_segfault(void **state)
{
	unsigned long addr = map_pages(1);
	unsigned char byte;

	assert_int_equal(program_read(program, addr + PAGE, &byte, 1), SIGSEGV);
	assert_int_equal(program_read(program, 0, &byte, 1), SIGSEGV);
}

static void a_store_to_a_read_only_mapping_is_a_segfault(void **state)
{
	unsigned long addr = program_map(program, PAGE, PROGRAM_READ);
	unsigned char byte = 1;

	assert_int_equal(program_write(program, addr, &byte, 1), SIGSEGV);
	expect_bytes(program, addr, 1, 0);
}

static void a_mapping_without_access_allows_neither(void **state)
{
	unsigned long addr = map_written_pages(1);
	unsigned char byte = 1;

	program_protect(program, addr, PAGE, PROGRAM_NONE);
	assert_int_equal(program_read(program, addr, &byte, 1), SIGSEGV);
	assert_int_equal(program_write(program, addr, &byte, 1), SIGSEGV);
	program_protect(program, addr, PAGE, PROGRAM_READ);
	expect_bytes(program, addr, 1, 1);
}

static void memory_that_was_protected_can_be_written_again(void **state)
{
	unsigned long addr = map_written_pages(3);

	program_protect(program, addr + PAGE, PAGE, PROGRAM_READ);
	assert_int_equal(program_page(program, addr + PAGE).writable, 0);
	program_protect(program, addr + PAGE, PAGE, RW);
	assert_int_equal(program_page(program, addr + PAGE).writable, since(6, 0));
	write_pages(program, addr, 3, 10);
	expect_bytes(program, addr, 3, 10);
	expect_counts(3, 0);
}

static void mappings_that_do_not_differ_any_more_are_one_again(void **state)
{
	unsigned long addr = map_written_pages(3);

	program_protect(program, addr + PAGE, PAGE, PROGRAM_READ);
	migrate(plan_for(addr, 3, SELECT_SYSTEM, GIVE_DEVICE));
	assert_int_equal(record.ret, -EINVAL);
	program_protect(program, addr + PAGE, PAGE, RW);
	move_to_device(addr, 3);
	expect_bytes(program, addr, 3, 1);
}

static void unmapped_memory_is_gone_and_the_rest_is_not(void **state)
{
	unsigned long addr = map_written_pages(4);
	unsigned char byte;

	assert_int_equal(program_unmap(program, addr + PAGE, 2 * PAGE), 0);
	assert_int_equal(program_read(program, addr + PAGE, &byte, 1), SIGSEGV);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr + 3 * PAGE, 1, 4);
	expect_counts(2, 0);
}

static void wrong_ranges_are_refused(void **state)
{
	unsigned long addr = map_pages(1);

	assert_int_equal(program_unmap(program, addr + 1, PAGE), -EINVAL);
	assert_int_equal(program_unmap(program, addr, 0), -EINVAL);
	assert_int_equal(program_protect(program, addr, 2 * PAGE, RW), -ENOMEM);
	assert_int_equal(program_map(program, 0, RW), 0);
}

static void mappings_do_not_touch_each_other(void **state)
{
	unsigned long first = map_pages(512), second = map_pages(1);

	assert_true(second > first + 512 * PAGE);
	assert_int_equal(second % (2UL << 20), 0);
}

static void a_child_shares_pages_until_one_of_them_writes(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct program *child = program_fork(program);

	expect_counts(2, 0);
	assert_int_equal(program_page(child, addr).mapcount, 2);
	assert_int_equal(program_page(child, addr).writable, 0);

	write_pages(child, addr, 1, 40);
	expect_bytes(program, addr, 2, 1);
	expect_bytes(child, addr, 1, 40);
	expect_bytes(child, addr + PAGE, 1, 2);
	expect_counts(3, 0);
}

static void the_last_owner_of_a_shared_page_writes_without_a_copy(void **state)
{
	unsigned long addr = map_written_pages(1);

	program_exit(program_fork(program));
	write_pages(program, addr, 1, 9);
	expect_bytes(program, addr, 1, 9);
	expect_counts(1, 0);
}

/* What a fault would find again is not copied. */
static void a_child_has_the_zero_page_of_its_parent_beside_pages_only(void **state)
{
	unsigned long addr = map_pages(1), with_page = map_pages(2);
	struct program *child;

	expect_bytes(program, addr, 1, 0);
	expect_bytes(program, with_page, 1, 0);
	write_pages(program, with_page + PAGE, 1, 1);
	child = program_fork(program);
	expect_where_in(child, addr, PROGRAM_PAGE_NONE);
	expect_where_in(child, with_page, PROGRAM_PAGE_ZERO);
	write_pages(child, addr, 1, 3);
	expect_bytes(program, addr, 1, 0);
}

static void two_programs_do_not_see_each_other(void **state)
{
	struct program *other = program_start();
	unsigned long addr = map_written_pages(1);
	unsigned char byte = 99;

	assert_int_equal(program_map(other, PAGE, RW), addr);
	program_write(other, addr, &byte, 1);
	expect_bytes(program, addr, 1, 1);
}

static void a_pin_counts_as_a_reference(void **state)
{
	unsigned long addr = map_written_pages(1);

	assert_int_equal(program_pin(program, addr), 0);
	assert_int_equal(program_page(program, addr).refcount, 2);
	assert_int_equal(machine_count().pinned_pages, 1);
	assert_int_equal(program_unpin(program, addr), 0);
	assert_int_equal(program_page(program, addr).refcount, 1);
	assert_int_equal(program_unpin(program, addr), -EINVAL);
}

static void a_pinned_page_outlives_its_mapping(void **state)
{
	unsigned long addr = map_written_pages(1);

	program_pin(program, addr);
	program_unmap(program, addr, PAGE);
	expect_counts(1, 0);
	program_unpin(program, addr);
	expect_counts(0, 0);
}

static void a_bad_pointer_of_the_program_is_an_error_for_the_driver(void **state)
{
	unsigned long addr = map_pages(1);
	char byte;
	struct probe_copy copy = { .addr = addr + 16 * PAGE, .length = 1, .bytes = &byte };

	assert_int_equal(probe(PROBE_COPY, &copy), 0);
	assert_int_equal(copy.left, 1);
	copy = (struct probe_copy){ .addr = 0, .length = 1, .bytes = &byte, .to_user = 1 };
	assert_int_equal(probe(PROBE_COPY, &copy), 0);
	assert_int_equal(copy.left, 1);
}

static void a_driver_stores_to_memory_of_the_program(void **state)
{
	unsigned long addr = map_pages(2);
	char text[] = "from the driver";
	char bytes[sizeof(text)];
	struct probe_copy copy = {
		.addr = addr + PAGE - 4, .length = sizeof(text), .bytes = text, .to_user = 1,
	};

	assert_int_equal(probe(PROBE_COPY, &copy), 0);
	assert_int_equal(copy.left, 0);
	program_read(program, addr + PAGE - 4, bytes, sizeof(bytes));
	assert_string_equal(bytes, text);
}

const struct CMUnitTest memory_tests[] = {
	machine_test(nothing_is_allocated_before_the_first_touch),
	machine_test(a_load_from_a_hole_reads_zero_and_allocates_nothing),
	machine_test(a_store_to_a_hole_allocates_a_page),
	machine_test(a_store_replaces_the_zero_page),
	machine_test(bytes_around_a_store_are_zero),
	machine_test(an_access_outside_of_every_mapping_is_a_segfault),
	machine_test(a_store_to_a_read_only_mapping_is_a_segfault),
	machine_test(a_mapping_without_access_allows_neither),
	machine_test(memory_that_was_protected_can_be_written_again),
	machine_test(mappings_that_do_not_differ_any_more_are_one_again),
	machine_test(unmapped_memory_is_gone_and_the_rest_is_not),
	machine_test(wrong_ranges_are_refused),
	machine_test(mappings_do_not_touch_each_other),
	machine_test(a_child_shares_pages_until_one_of_them_writes),
	machine_test(the_last_owner_of_a_shared_page_writes_without_a_copy),
	machine_test(a_child_has_the_zero_page_of_its_parent_beside_pages_only),
	machine_test(two_programs_do_not_see_each_other),
	machine_test(a_pin_counts_as_a_reference),
	machine_test(a_pinned_page_outlives_its_mapping),
	machine_test(a_bad_pointer_of_the_program_is_an_error_for_the_driver),
	machine_test(a_driver_stores_to_memory_of_the_program),
};
const size_t memory_test_count = sizeof(memory_tests) / sizeof(memory_tests[0]);
