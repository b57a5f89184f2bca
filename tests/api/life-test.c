// SPDX-License-Identifier: GPL-2.0-only
/* life-test.c - what a program does with its memory after it has mapped it */
#include <errno.h>

#include "support.h"
#include "tests.h"

#define HUGE	(512 * PAGE)

static unsigned long move(unsigned long addr, unsigned long npages, int how, unsigned long to)
{
	return program_remap(program, addr, npages * PAGE, npages * PAGE,
			     PROGRAM_REMAP_MAY_MOVE | how, to);
}

/* --- mremap() ----------------------------------------------------------------------------------- */

static void a_mapping_that_moves_takes_its_pages_with_it(void **state)
{
	unsigned long addr = map_written_pages(3), to = map_pages(3);

	assert_int_equal(move(addr, 3, PROGRAM_REMAP_FIXED, to), to);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_bytes(program, to, 3, 1);
	expect_counts(3, 0);
	assert_int_equal(machine_check(), 0);
}

static void pages_on_a_device_move_with_their_mapping_and_come_back(void **state)
{
	unsigned long addr = map_written_pages(3), to = map_pages(3);

	move_to_device(addr, 3);
	assert_int_equal(move(addr, 3, PROGRAM_REMAP_FIXED, to), to);
	for (int i = 0; i < 3; i++)
		expect_where(to + i * PAGE, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 3);
	expect_bytes(program, to, 3, 1);
	expect_counts(3, 0);
}

static void a_page_that_has_moved_is_found_for_a_migration(void **state)
{
	unsigned long addr = map_written_pages(2), to = map_pages(2);

	move(addr, 2, PROGRAM_REMAP_FIXED, to);
	move_to_device(to, 2);
	expect_where(to, PROGRAM_PAGE_DEVICE);
	move_to_system(to, 2);
	expect_bytes(program, to, 2, 1);
}

static void what_is_left_without_unmapping_is_empty(void **state)
{
	unsigned long addr = map_written_pages(2), to;

	only_since(5, 7);
	to = move(addr, 2, PROGRAM_REMAP_DONT_UNMAP, 0);
	assert_int_not_equal(to, 0);
	expect_bytes(program, to, 2, 1);
	expect_bytes(program, addr, 1, 0);
	expect_bytes(program, addr + PAGE, 1, 0);
	write_pages(program, addr, 2, 5);
	expect_bytes(program, to, 2, 1);
}

static void a_mapping_grows_in_place_and_shrinks(void **state)
{
	unsigned long addr = map_written_pages(2);

	assert_int_equal(program_remap(program, addr, 2 * PAGE, 4 * PAGE, 0, 0), addr);
	write_pages(program, addr, 4, 3);
	assert_int_equal(program_remap(program, addr, 4 * PAGE, PAGE, 0, 0), addr);
	expect_bytes(program, addr, 1, 3);
	expect_counts(1, 0);
}

static void a_huge_page_moves_as_one_where_it_fits(void **state)
{
	unsigned long addr = program_map(program, HUGE, RW | PROGRAM_HUGE), to = map_pages(512);

	write_pages(program, addr, 2, 1);
	assert_int_equal(move(addr, 512, PROGRAM_REMAP_FIXED, to), to);
	assert_int_equal(program_page(program, to).huge, 1);
	expect_bytes(program, to, 2, 1);
	assert_int_equal(machine_check(), 0);
}

static void a_huge_page_is_mapped_in_pieces_where_it_does_not_fit(void **state)
{
	unsigned long addr = program_map(program, HUGE, RW | PROGRAM_HUGE), to = map_pages(1024);

	write_pages(program, addr, 512, 1);
	assert_int_equal(move(addr, 512, PROGRAM_REMAP_FIXED, to + PAGE), to + PAGE);
	expect_bytes(program, to + PAGE, 512, 1);
	assert_int_equal(machine_check(), 0);
}

static void more_than_one_mapping_does_not_move(void **state)
{
	unsigned long addr = map_written_pages(2);

	program_protect(program, addr, PAGE, PROGRAM_READ);
	assert_int_equal(move(addr, 2, 0, 0), addr);
	assert_int_equal(move(addr, 2, PROGRAM_REMAP_FIXED, map_pages(2)), 0);
}

/* --- MAP_FIXED and munmap() --------------------------------------------------------------------- */

static void an_address_can_be_used_again_and_is_empty(void **state)
{
	unsigned long addr = map_written_pages(3);

	assert_int_equal(program_map_at(program, addr + PAGE, PAGE, RW), addr + PAGE);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr + PAGE, 1, 0);
	expect_bytes(program, addr + 2 * PAGE, 1, 3);
	assert_int_equal(program_map_at(program, PAGE, PAGE, RW), 0);
}

static void a_huge_page_at_the_end_of_what_is_unmapped_stays_whole(void **state)
{
	unsigned long addr = program_map(program, 2 * HUGE, RW | PROGRAM_HUGE);

	write_pages(program, addr + HUGE, 1, 1);
	program_unmap(program, addr, HUGE);
	assert_int_equal(program_page(program, addr + HUGE).huge, 1);
}

/* --- madvise() ---------------------------------------------------------------------------------- */

static void pages_that_are_not_needed_are_zero_afterwards(void **state)
{
	unsigned long addr = map_written_pages(4);

	move_to_device(addr, 2);
	assert_int_equal(program_advise(program, addr + PAGE, 2 * PAGE, PROGRAM_ADVICE_DONTNEED), 0);
	expect_counts(1, 1);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr + PAGE, 1, 0);
	expect_bytes(program, addr + 2 * PAGE, 1, 0);
	expect_bytes(program, addr + 3 * PAGE, 1, 4);
}

static void a_page_that_may_go_goes_instead_of_being_swapped_out(void **state)
{
	unsigned long addr = map_written_pages(2);

	assert_int_equal(program_advise(program, addr, 2 * PAGE, PROGRAM_ADVICE_FREE), 0);
	write_pages(program, addr + PAGE, 1, 9);
	program_swap_out(program, addr, 2 * PAGE);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_bytes(program, addr + PAGE, 1, 9);
}

static void a_page_on_a_device_does_not_go_because_it_may(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	assert_int_equal(program_advise(program, addr, PAGE, PROGRAM_ADVICE_FREE), 0);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr, 1, 1);
}

static void small_pages_are_collapsed_to_a_huge_one(void **state)
{
	unsigned long addr = map_written_pages(512);

	if (!since(6, 1)) {
		assert_int_equal(program_advise(program, addr, HUGE, PROGRAM_ADVICE_COLLAPSE),
				 -EINVAL);
		return;
	}
	assert_int_equal(program_advise(program, addr, HUGE, PROGRAM_ADVICE_COLLAPSE), 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_bytes(program, addr, 512, 1);
	expect_counts(512, 0);
	assert_int_equal(machine_check(), 0);
}

static void a_range_with_a_page_in_use_or_on_a_device_is_not_collapsed(void **state)
{
	unsigned long addr = map_written_pages(512);

	only_since(6, 1);
	program_pin(program, addr + PAGE);
	assert_int_equal(program_advise(program, addr, HUGE, PROGRAM_ADVICE_COLLAPSE), -EAGAIN);
	program_unpin(program, addr + PAGE);
	move_to_device(addr, 1);
	assert_int_equal(program_advise(program, addr, HUGE, PROGRAM_ADVICE_COLLAPSE), -EINVAL);
	expect_bytes(program, addr, 512, 1);
}

static void advice_about_a_gap_is_refused_after_the_rest(void **state)
{
	unsigned long addr = map_written_pages(3);

	program_unmap(program, addr + PAGE, PAGE);
	assert_int_equal(program_advise(program, addr, 3 * PAGE, PROGRAM_ADVICE_DONTNEED), -ENOMEM);
	expect_counts(0, 0);
}

/* --- fork(), files and pins --------------------------------------------------------------------- */

static void a_child_has_the_files_of_its_parent(void **state)
{
	struct program *child = program_fork(program);

	assert_int_equal(program_close(program, 0), 0);
	assert_int_equal(program_close(program, 0), -EBADF);
	assert_int_equal(program_close(child, 0), 0);
	program_exit(child);
}

static void a_pinned_page_stays_with_the_parent_since_5_9(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct program *child;

	assert_int_equal(program_pin_longterm(program, addr), 0);
	child = program_fork(program);
	expect_counts(since(5, 9) ? 3 : 2, 0);
	write_pages(program, addr, 1, 7);
	assert_int_equal(program_unpin(program, addr), 0);
	expect_bytes(program, addr, 1, 7);
	expect_bytes(child, addr, 2, 1);
	program_exit(child);
}

static void a_page_that_is_pinned_for_long_leaves_the_memory_of_a_device(void **state)
{
	unsigned long addr = map_written_pages(2);

	only_since(6, 1);
	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_COHERENT));
	expect_counts(0, 2);
	assert_int_equal(program_pin(program, addr), 0);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_pin_longterm(program, addr + PAGE), 0);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(program_unpin(program, addr), 0);
	assert_int_equal(program_unpin(program, addr + PAGE), 0);
	expect_bytes(program, addr, 2, 1);
}

const struct CMUnitTest life_tests[] = {
	machine_test(a_mapping_that_moves_takes_its_pages_with_it),
	machine_test(pages_on_a_device_move_with_their_mapping_and_come_back),
	machine_test(a_page_that_has_moved_is_found_for_a_migration),
	machine_test(what_is_left_without_unmapping_is_empty),
	machine_test(a_mapping_grows_in_place_and_shrinks),
	machine_test(a_huge_page_moves_as_one_where_it_fits),
	machine_test(a_huge_page_is_mapped_in_pieces_where_it_does_not_fit),
	machine_test(more_than_one_mapping_does_not_move),
	machine_test(an_address_can_be_used_again_and_is_empty),
	machine_test(a_huge_page_at_the_end_of_what_is_unmapped_stays_whole),
	machine_test(pages_that_are_not_needed_are_zero_afterwards),
	machine_test(a_page_that_may_go_goes_instead_of_being_swapped_out),
	machine_test(a_page_on_a_device_does_not_go_because_it_may),
	machine_test(small_pages_are_collapsed_to_a_huge_one),
	machine_test(a_range_with_a_page_in_use_or_on_a_device_is_not_collapsed),
	machine_test(advice_about_a_gap_is_refused_after_the_rest),
	machine_test(a_child_has_the_files_of_its_parent),
	machine_test(a_pinned_page_stays_with_the_parent_since_5_9),
	machine_test(a_page_that_is_pinned_for_long_leaves_the_memory_of_a_device),
};
const size_t life_test_count = sizeof(life_tests) / sizeof(life_tests[0]);
