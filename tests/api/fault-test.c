// SPDX-License-Identifier: GPL-2.0-only
/* fault-test.c - the CPU touches a page that is on the device */
#include <errno.h>
#include <signal.h>

#include "support.h"
#include "tests.h"

static unsigned long map_device_page(void)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	return addr;
}

static void a_load_brings_the_page_back(void **state)
{
	unsigned long addr = map_device_page();

	expect_bytes(program, addr, 1, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(faults_so_far().count, 1);
	expect_counts(1, 0);
}

static void a_store_brings_the_page_back_and_lands(void **state)
{
	unsigned long addr = map_device_page();

	write_pages(program, addr, 1, 77);
	expect_bytes(program, addr, 1, 77);
	assert_int_equal(faults_so_far().count, 1);
}

static void the_second_access_needs_no_fault(void **state)
{
	unsigned long addr = map_device_page();

	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().count, 1);
}

static void only_the_page_that_was_touched_comes_back(void **state)
{
	unsigned long addr = map_written_pages(3);

	move_to_device(addr, 3);
	expect_bytes(program, addr + PAGE, 1, 2);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_DEVICE);
}

static void the_fault_names_the_page_and_holds_the_mmap_lock(void **state)
{
	unsigned long addr = map_device_page();
	struct probe_faults faults;
	unsigned char byte;

	program_read(program, addr + 123, &byte, 1);
	faults = faults_so_far();
	assert_int_equal(faults.address_is_aligned, 1);
	assert_int_equal(faults.mmap_lock_was_held, 1);
}

static void the_core_holds_a_reference_on_the_page_since_6_1(void **state)
{
	unsigned long addr = map_device_page();
	int mapped = since(5, 18) ? 1 : 2;

	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().refcount, mapped + since(6, 1));
}

static void the_core_holds_the_page_lock_since_6_15(void **state)
{
	unsigned long addr = map_device_page();

	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().locked, since(6, 15));
}

static void a_driver_that_gives_up_ends_the_access_with_sigbus(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte;

	answer_faults(ANSWER_SIGBUS);
	assert_int_equal(program_read(program, addr, &byte, 1), SIGBUS);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 1);

	answer_faults(ANSWER_MOVE);
	expect_bytes(program, addr, 1, 1);
}

static void an_access_is_tried_again_until_the_page_is_back(void **state)
{
	unsigned long addr = map_device_page();

	answer_faults(ANSWER_MOVE_THIRD_TIME);
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().count, 3);
}

static void a_driver_that_never_moves_the_page_is_reported(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte;

	answer_faults(ANSWER_NOTHING);
	assert_int_equal(program_read(program, addr, &byte, 1), SIGKILL);
	expect_violation("fault-loop");
	expect_counts(0, 1);
}

static void an_empty_dst_in_a_fault_leaves_the_page_and_is_reported(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte;

	answer_faults(ANSWER_GIVE_NOTHING);
	assert_int_equal(program_read(program, addr, &byte, 1), SIGKILL);
	expect_violation("fault-loop");
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 1);
}

static void a_forgotten_fault_page_moves_until_6_0_and_never_since(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte;

	answer_faults(ANSWER_FORGET_FAULT_PAGE);
	if (!since(6, 1)) {
		expect_bytes(program, addr, 1, 1);
		return;
	}
	assert_int_equal(program_read(program, addr, &byte, 1), SIGKILL);
	expect_violations("member-missing", "fault-loop");
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 1);

	answer_faults(ANSWER_MOVE);
	expect_bytes(program, addr, 1, 1);
}

static void a_page_with_other_references_cannot_come_back(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte;

	answer_faults(ANSWER_MOVE_PINNED);
	assert_int_equal(program_read(program, addr, &byte, 1), SIGKILL);
	expect_violation("fault-loop");
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 1);

	answer_faults(ANSWER_MOVE);
	expect_bytes(program, addr, 1, 1);
}

static void a_pin_brings_the_page_back_first(void **state)
{
	unsigned long addr = map_device_page();

	assert_int_equal(program_pin(program, addr), 0);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(faults_so_far().count, 1);
	program_unpin(program, addr);
}

static void a_copy_by_the_driver_brings_the_page_back(void **state)
{
	unsigned long addr = map_device_page();
	char byte = 0;
	struct probe_copy copy = { .addr = addr, .length = 1, .bytes = &byte };

	assert_int_equal(probe(PROBE_COPY, &copy), 0);
	assert_int_equal(copy.left, 0);
	assert_int_equal(byte, 1);
	assert_int_equal(faults_so_far().count, 1);
}

static void a_copy_from_a_page_that_cannot_come_back_stops_there(void **state)
{
	unsigned long addr = map_written_pages(2);
	char bytes[2 * PAGE];
	struct probe_copy copy = { .addr = addr, .length = sizeof(bytes), .bytes = bytes };

	move_to_device(addr + PAGE, 1);
	answer_faults(ANSWER_SIGBUS);
	assert_int_equal(probe(PROBE_COPY, &copy), 0);
	assert_int_equal(copy.left, PAGE);
	assert_int_equal(bytes[0], 1);
}

static void a_write_to_a_page_that_a_child_shares_copies_it_after_it_is_back(void **state)
{
	unsigned long addr = map_device_page();
	struct program *child = program_fork(program);

	write_pages(child, addr, 1, 60);
	assert_int_equal(faults_so_far().count, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 60);
	expect_counts(2, 0);
}

static void a_store_to_a_read_only_page_on_the_device_is_a_segfault(void **state)
{
	unsigned long addr = map_device_page();
	unsigned char byte = 0;

	program_protect(program, addr, PAGE, PROGRAM_READ);
	assert_int_equal(program_write(program, addr, &byte, 1), SIGSEGV);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(faults_so_far().count, 0);
}

static void an_access_across_pages_brings_both_back(void **state)
{
	unsigned long addr = map_written_pages(2);
	unsigned char bytes[2];

	move_to_device(addr, 2);
	assert_int_equal(program_read(program, addr + PAGE - 1, bytes, 2), 0);
	assert_int_equal(bytes[1], 2);
	assert_int_equal(faults_so_far().count, 2);
}

const struct CMUnitTest fault_tests[] = {
	machine_test(a_load_brings_the_page_back),
	machine_test(a_store_brings_the_page_back_and_lands),
	machine_test(the_second_access_needs_no_fault),
	machine_test(only_the_page_that_was_touched_comes_back),
	machine_test(the_fault_names_the_page_and_holds_the_mmap_lock),
	machine_test(the_core_holds_a_reference_on_the_page_since_6_1),
	machine_test(the_core_holds_the_page_lock_since_6_15),
	machine_test(a_driver_that_gives_up_ends_the_access_with_sigbus),
	machine_test(an_access_is_tried_again_until_the_page_is_back),
	machine_test(a_driver_that_never_moves_the_page_is_reported),
	machine_test(an_empty_dst_in_a_fault_leaves_the_page_and_is_reported),
	machine_test(a_forgotten_fault_page_moves_until_6_0_and_never_since),
	machine_test(a_page_with_other_references_cannot_come_back),
	machine_test(a_pin_brings_the_page_back_first),
	machine_test(a_copy_by_the_driver_brings_the_page_back),
	machine_test(a_copy_from_a_page_that_cannot_come_back_stops_there),
	machine_test(a_write_to_a_page_that_a_child_shares_copies_it_after_it_is_back),
	machine_test(a_store_to_a_read_only_page_on_the_device_is_a_segfault),
	machine_test(an_access_across_pages_brings_both_back),
};
const size_t fault_test_count = sizeof(fault_tests) / sizeof(fault_tests[0]);
