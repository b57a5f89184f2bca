// SPDX-License-Identifier: GPL-2.0-only
/* huge-test.c - pages of 2 MiB, which a migration splits or leaves alone */
#include "support.h"
#include "tests.h"

#define HUGE_PAGES	512UL

static unsigned long map_huge(void)
{
	unsigned long addr = program_map(program, HUGE_PAGES * PAGE, RW | PROGRAM_HUGE);

	assert_int_not_equal(addr, 0);
	return addr;
}

/* A huge page with numbers in the first pages. */
static unsigned long map_written_huge(unsigned long npages)
{
	unsigned long addr = map_huge();

	write_pages(program, addr, npages, 1);
	assert_int_equal(program_page(program, addr).huge, 1);
	return addr;
}

/* Pages of the system after a split: from 6.12 on, only those that were written to. */
static unsigned long left_of(unsigned long npages, unsigned long written)
{
	return since(6, 12) ? written : npages;
}

static void a_store_to_a_hole_allocates_512_pages_at_once(void **state)
{
	unsigned long addr = map_written_huge(1);

	expect_counts(HUGE_PAGES, 0);
	expect_bytes(program, addr + 511 * PAGE, 1, 0);
	assert_int_equal(program_page(program, addr + 511 * PAGE).refcount, 1);
	assert_int_equal(program_page(program, addr + 511 * PAGE).mapcount, 1);
	program_unmap(program, addr, HUGE_PAGES * PAGE);
	expect_counts(0, 0);
}

static void a_mapping_that_holds_no_2_mib_gets_small_pages(void **state)
{
	unsigned long addr = program_map(program, 511 * PAGE, RW | PROGRAM_HUGE);

	write_pages(program, addr, 1, 1);
	expect_counts(1, 0);
}

static void unmapping_a_part_splits_the_entry_and_frees_nothing_yet(void **state)
{
	unsigned long addr = map_written_huge(3);

	program_unmap(program, addr + PAGE, PAGE);
	expect_counts(HUGE_PAGES, 0);
	assert_int_equal(program_page(program, addr).refcount, 511);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr + 2 * PAGE, 1, 3);
	program_unmap(program, addr, HUGE_PAGES * PAGE);
	expect_counts(0, 0);
}

static void a_forked_child_shares_the_page_and_copies_what_it_writes(void **state)
{
	unsigned long addr = map_written_huge(2);
	struct program *child = program_fork(program);

	assert_int_equal(program_page(program, addr).mapcount, 2);
	write_pages(child, addr, 1, 9);
	expect_bytes(program, addr, 2, 1);
	expect_bytes(child, addr, 1, 9);
	expect_bytes(child, addr + PAGE, 1, 2);
	expect_counts(HUGE_PAGES + 1, 0);
	program_exit(child);
	write_pages(program, addr, 2, 3);
	expect_bytes(program, addr, 2, 3);
	expect_counts(HUGE_PAGES, 0);
}

static void setup_splits_it_and_offers_small_pages(void **state)
{
	unsigned long addr = map_written_huge(4);

	migrate(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE));
	for (int i = 0; i < 4; i++) {
		expect_src(i, MOVABLE | WORD_WRITE);
		assert_int_equal(record.after_setup[i].refcount, 1);
	}
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 4 * PAGE, since(6, 12) ? PROGRAM_PAGE_ZERO : PROGRAM_PAGE_SYSTEM);
	assert_int_equal(program_page(program, addr + 4 * PAGE).huge, 0);
	expect_counts(left_of(HUGE_PAGES, 4) - 4, 4);
	expect_bytes(program, addr, 4, 1);
}

static void one_reference_on_any_part_keeps_all_of_it(void **state)
{
	unsigned long addr = map_written_huge(4);

	program_pin(program, addr + 300 * PAGE);
	migrate(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE));
	for (int i = 0; i < 4; i++)
		assert_int_equal(record.src_at_end[i], 0);
	assert_int_equal(record.asked, 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	program_unpin(program, addr + 300 * PAGE);
}

static void a_locked_one_comes_out_empty(void **state)
{
	unsigned long addr = map_written_huge(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_LOCK_PAGE;
	migrate(plan);
	assert_int_equal(record.src_at_end[0], 0);
	assert_int_equal(program_page(program, addr).huge, 1);
}

static void one_that_is_not_selected_is_split_all_the_same_until_6_18(void **state)
{
	unsigned long addr = map_written_huge(2);

	only_since(5, 7);
	migrate(plan_for(addr, 2, SELECT_DEVICE, GIVE_SYSTEM));
	assert_int_equal(record.src_at_end[0], 0);
	assert_int_equal(program_page(program, addr).huge, since(6, 19));
}

static void one_that_small_entries_map_moves_since_6_19(void **state)
{
	unsigned long addr = map_written_huge(4);

	program_unmap(program, addr + 8 * PAGE, PAGE);
	migrate(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE));
	if (since(6, 19)) {
		expect_src(0, MOVABLE | WORD_WRITE);
		expect_where(addr, PROGRAM_PAGE_DEVICE);
		expect_counts(left_of(HUGE_PAGES - 1, 4) - 4, 4);
	} else {
		assert_int_equal(record.src_at_end[0], 0);
		expect_where(addr, PROGRAM_PAGE_SYSTEM);
		expect_counts(HUGE_PAGES, 0);
	}
	expect_bytes(program, addr, 4, 1);
}

static void one_that_two_programs_share_is_split_for_both(void **state)
{
	unsigned long addr = map_written_huge(5);
	struct program *child = program_fork(program);

	migrate(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, MOVABLE);
	expect_where_in(child, addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(child, addr + 4 * PAGE).mapcount, 2);
	expect_bytes(child, addr, 4, 1);
	expect_bytes(program, addr, 4, 1);
	program_exit(child);
}

static void a_split_that_fails_leaves_everything_as_it_was(void **state)
{
	unsigned long addr = map_written_huge(4);

	machine_fail_nth(MACHINE_FAIL_SPLIT, 1);
	migrate(plan_for(addr, 4, SELECT_SYSTEM, GIVE_DEVICE));
	assert_int_equal(machine_failures(), 1);
	assert_int_equal(record.src_at_end[0], 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_bytes(program, addr, 4, 1);
}

static void a_load_from_a_hole_maps_the_huge_page_of_zeroes(void **state)
{
	unsigned long addr = map_huge();

	expect_bytes(program, addr, 1, 0);
	expect_where(addr + 100 * PAGE, PROGRAM_PAGE_ZERO);
	expect_counts(0, 0);
	write_pages(program, addr + PAGE, 1, 1);
	assert_int_equal(program_page(program, addr + PAGE).huge, 0);
	expect_where(addr + 100 * PAGE, PROGRAM_PAGE_ZERO);
	expect_counts(1, 0);
	program_unmap(program, addr, HUGE_PAGES * PAGE);
	expect_counts(0, 0);
}

static void the_huge_page_of_zeroes_is_offered_as_holes(void **state)
{
	unsigned long addr = map_huge();

	expect_bytes(program, addr, 1, 0);
	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, HOLE);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_ZERO);
	expect_bytes(program, addr, 1, 0);
	expect_bytes(program, addr + PAGE, 1, 0);
	expect_counts(2, 0);
}

static void swapping_out_splits_it(void **state)
{
	unsigned long addr = map_written_huge(2);

	assert_int_equal(program_swap_out(program, addr, PAGE), 1);
	expect_where(addr, PROGRAM_PAGE_SWAPPED);
	expect_counts(left_of(HUGE_PAGES, 2) - 1, 0);
	expect_bytes(program, addr, 2, 1);
}

const struct CMUnitTest huge_tests[] = {
	machine_test(a_store_to_a_hole_allocates_512_pages_at_once),
	machine_test(a_mapping_that_holds_no_2_mib_gets_small_pages),
	machine_test(unmapping_a_part_splits_the_entry_and_frees_nothing_yet),
	machine_test(a_forked_child_shares_the_page_and_copies_what_it_writes),
	machine_test(setup_splits_it_and_offers_small_pages),
	machine_test(one_reference_on_any_part_keeps_all_of_it),
	machine_test(a_locked_one_comes_out_empty),
	machine_test(one_that_is_not_selected_is_split_all_the_same_until_6_18),
	machine_test(one_that_small_entries_map_moves_since_6_19),
	machine_test(one_that_two_programs_share_is_split_for_both),
	machine_test(a_split_that_fails_leaves_everything_as_it_was),
	machine_test(swapping_out_splits_it),
	machine_test(a_load_from_a_hole_maps_the_huge_page_of_zeroes),
	machine_test(the_huge_page_of_zeroes_is_offered_as_holes),
};
const size_t huge_test_count = sizeof(huge_tests) / sizeof(huge_tests[0]);
