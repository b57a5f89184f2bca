// SPDX-License-Identifier: GPL-2.0-only
/* lock-test.c - pages that a program keeps in memory, and what a migration makes of them */
#include <errno.h>

#include "support.h"
#include "tests.h"

static void expect_locked(unsigned long addr, int expected)
{
	if (program_page(program, addr).mlocked != expected)
		fail_msg("page %#lx: mlocked is %d, expected %d", addr, !expected, expected);
}

static unsigned long map_locked_pages(unsigned long npages)
{
	unsigned long addr = map_written_pages(npages);

	assert_int_equal(program_lock(program, addr, npages * PAGE), 0);
	return addr;
}

static void locking_memory_fills_its_holes(void **state)
{
	unsigned long addr = map_pages(3);

	assert_int_equal(program_lock(program, addr + PAGE, 1), 0);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_locked(addr + PAGE, 1);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_NONE);
}

static void locked_pages_are_not_swapped_out(void **state)
{
	unsigned long addr = map_written_pages(2);

	assert_int_equal(program_lock(program, addr, PAGE), 0);
	assert_int_equal(program_swap_out(program, addr, 2 * PAGE), -EINVAL);
	assert_int_equal(program_swap_out(program, addr + PAGE, PAGE), 1);
	assert_int_equal(program_unlock(program, addr, PAGE), 0);
	assert_int_equal(program_swap_out(program, addr, PAGE), 1);
	expect_bytes(program, addr, 2, 1);
}

static void locking_brings_pages_back_from_the_device(void **state)
{
	unsigned long addr = map_written_pages(2);

	move_to_device(addr, 2);
	assert_int_equal(program_lock(program, addr, PAGE), 0);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(faults_so_far().count, 1);
	expect_bytes(program, addr, 2, 1);
}

static void a_locked_page_moves_to_the_device_like_any_other(void **state)
{
	unsigned long addr = map_locked_pages(2);

	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, MOVABLE | WORD_WRITE);
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_locked(addr, 1);
	expect_counts(0, 2);
}

static void a_page_that_comes_back_to_a_locked_mapping_is_locked_again(void **state)
{
	unsigned long addr = map_locked_pages(3);

	move_to_device(addr, 3);
	expect_bytes(program, addr, 1, 1);
	expect_locked(addr, 1);
	move_to_system(addr + PAGE, 1);
	expect_locked(addr + PAGE, 1);
	assert_int_equal(program_swap_out(program, addr, PAGE), -EINVAL);
	assert_int_equal(program_unlock(program, addr, 3 * PAGE), 0);
	expect_locked(addr, 0);
	expect_bytes(program, addr, 3, 1);
	expect_locked(addr + 2 * PAGE, 0);
}

static void a_locked_page_that_stays_is_locked_afterwards(void **state)
{
	unsigned long addr = map_locked_pages(2);

	program_pin(program, addr);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, 0);
	expect_locked(addr, 1);
	migrate(plan_for(addr + PAGE, 1, SELECT_SYSTEM, GIVE_NOTHING));
	expect_locked(addr + PAGE, 1);
	program_unpin(program, addr);
}

static void a_forked_child_has_nothing_locked(void **state)
{
	unsigned long addr = map_locked_pages(2);
	struct program *child = program_fork(program);

	expect_locked(addr, 1);
	write_pages(child, addr, 1, 7);
	assert_int_equal(program_page(child, addr).mlocked, 0);
	assert_int_equal(program_page(child, addr + PAGE).mlocked, 1);
	assert_int_equal(program_swap_out(child, addr, 2 * PAGE), 1);
	program_unmap(program, addr, 2 * PAGE);
	assert_int_equal(program_page(child, addr + PAGE).mlocked, 0);
	assert_int_equal(program_swap_out(child, addr, 2 * PAGE), 1);
	expect_bytes(child, addr + PAGE, 1, 2);
	program_exit(child);
}

static void a_page_of_a_file_is_locked_while_one_of_its_programs_has_it_locked(void **state)
{
	struct program_file *file = program_create_file(PAGE);
	unsigned long addr = program_map_file(program, file, RW, 1), other;
	struct program *second = program_start();

	other = program_map_file(second, file, RW, 1);
	assert_int_equal(program_lock(program, addr, PAGE), 0);
	assert_int_equal(program_lock(second, other, PAGE), 0);
	program_unlock(program, addr, PAGE);
	expect_locked(addr, 1);
	program_exit(second);
	expect_locked(addr, 0);
}

static void a_range_with_a_gap_is_locked_up_to_the_gap(void **state)
{
	unsigned long addr = map_written_pages(3);

	program_unmap(program, addr + PAGE, PAGE);
	assert_int_equal(program_lock(program, addr, 3 * PAGE), -ENOMEM);
	expect_locked(addr, 1);
	expect_locked(addr + 2 * PAGE, 0);
	assert_int_equal(program_lock(program, addr, 0), 0);
	assert_int_equal(program_lock(program, addr, -2 * PAGE), -EINVAL);
}

static void memory_that_may_not_be_accessed_cannot_be_filled(void **state)
{
	unsigned long addr = program_map(program, PAGE, PROGRAM_NONE);

	assert_int_equal(program_lock(program, addr, PAGE), -ENOMEM);
	expect_where(addr, PROGRAM_PAGE_NONE);
}

/* Split by setup, and each small page is locked. */
static void a_locked_huge_page_gives_locked_small_pages(void **state)
{
	unsigned long addr = program_map(program, 2 * 512 * PAGE, RW | PROGRAM_HUGE);

	assert_int_equal(program_lock(program, addr, 512 * PAGE), 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_locked(addr + 5 * PAGE, 1);
	move_to_device(addr, 2);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(program, addr + 5 * PAGE).huge, 0);
	expect_locked(addr + 5 * PAGE, 1);
	expect_where(addr + 5 * PAGE, PROGRAM_PAGE_SYSTEM);
}

const struct CMUnitTest lock_tests[] = {
	machine_test(locking_memory_fills_its_holes),
	machine_test(locked_pages_are_not_swapped_out),
	machine_test(locking_brings_pages_back_from_the_device),
	machine_test(a_locked_page_moves_to_the_device_like_any_other),
	machine_test(a_page_that_comes_back_to_a_locked_mapping_is_locked_again),
	machine_test(a_locked_page_that_stays_is_locked_afterwards),
	machine_test(a_forked_child_has_nothing_locked),
	machine_test(a_page_of_a_file_is_locked_while_one_of_its_programs_has_it_locked),
	machine_test(a_range_with_a_gap_is_locked_up_to_the_gap),
	machine_test(memory_that_may_not_be_accessed_cannot_be_filled),
	machine_test(a_locked_huge_page_gives_locked_small_pages),
};
const size_t lock_test_count = sizeof(lock_tests) / sizeof(lock_tests[0]);
