// SPDX-License-Identifier: GPL-2.0-only
/* compound-test.c - huge pages that move as one, from 6.19 on, and come apart on the way */
#include <signal.h>

#include "support.h"
#include "tests.h"

#define HUGE_PAGES	512UL
#define ONE		(MOVABLE | WORD_COMPOUND)

static struct probe_huge huge;

static void move_as(unsigned long addr, unsigned long npages, int compound,
		    enum probe_give_huge give)
{
	huge = (struct probe_huge){
		.start = addr,
		.end = addr + npages * PAGE,
		.compound = compound,
		.give = give,
	};
	assert_int_equal(probe(PROBE_HUGE, &huge), 0);
}

static void bring_back(unsigned long addr, unsigned long npages, int compound,
		       enum probe_give_huge give)
{
	huge = (struct probe_huge){
		.start = addr,
		.end = addr + npages * PAGE,
		.compound = compound,
		.give = give,
		.to_system = 1,
	};
	assert_int_equal(probe(PROBE_HUGE, &huge), 0);
}

/* What the driver has seen; and how it is to serve the next faults. */
static void look(int page_by_page, enum probe_give_huge give)
{
	huge = (struct probe_huge){ .fault_page_by_page = page_by_page, .fault_give = give };
	assert_int_equal(probe(PROBE_HUGE, &huge), 0);
}

static unsigned long map_huge(void)
{
	return program_map(program, HUGE_PAGES * PAGE, RW | PROGRAM_HUGE);
}

static unsigned long map_written_huge(void)
{
	unsigned long addr = map_huge();

	write_pages(program, addr, HUGE_PAGES, 1);
	assert_int_equal(program_page(program, addr).huge, 1);
	return addr;
}

static void expect_word(unsigned long word, unsigned long expected)
{
	assert_int_equal(word & 0x3f, expected);
}

static void expect_sound(void)
{
	assert_int_equal(machine_check(), 0);
}

static void it_is_one_word_and_511_empty_ones(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	assert_int_equal(huge.cpages, 1);
	expect_word(huge.src[0], ONE | WORD_WRITE);
	for (unsigned long i = 1; i < HUGE_PAGES; i++)
		assert_int_equal(huge.src[i], 0);
	assert_int_equal(huge.moved, 1);
	expect_where(addr + 7 * PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(program, addr + 7 * PAGE).huge, 1);
	assert_int_equal(program_page(program, addr).refcount, 1);
	expect_counts(0, HUGE_PAGES);
	expect_sound();
}

static void a_load_brings_all_of_it_back(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	expect_bytes(program, addr + 100 * PAGE, HUGE_PAGES - 100, 101);
	look(0, GIVE_ONE_HUGE);
	assert_int_equal(huge.faults, 1);
	assert_int_equal(huge.faulted_huge, 1);
	assert_int_equal(huge.freed_huge, 1);
	assert_int_equal(huge.splits, 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_counts(HUGE_PAGES, 0);
	expect_sound();
}

static void a_fault_can_bring_it_back_as_small_pages(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	look(0, GIVE_512_SMALL);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	look(0, GIVE_512_SMALL);
	assert_int_equal(huge.faults, 1);
	assert_int_equal(huge.moved, HUGE_PAGES);
	assert_int_equal(huge.splits, 1);
	assert_int_equal(huge.tails, HUGE_PAGES - 1);
	assert_int_equal(huge.freed, HUGE_PAGES);
	assert_int_equal(huge.freed_huge, 0);
	assert_int_equal(program_page(program, addr).huge, 0);
	expect_counts(HUGE_PAGES, 0);
	expect_sound();
}

/* The fault holds a reference more than a split expects, so the page cannot be split either. */
static void a_fault_without_compound_gets_nothing(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	look(1, GIVE_512_SMALL);
	assert_int_equal(program_read(program, addr, &(char){ 0 }, 1), SIGBUS);
	look(0, GIVE_ONE_HUGE);
	assert_int_equal(huge.src[0], 0);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void it_is_split_for_a_driver_that_does_not_ask_for_compound(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 0, GIVE_512_SMALL);
	assert_int_equal(huge.cpages, HUGE_PAGES);
	expect_word(huge.src[0], MOVABLE | WORD_WRITE);
	expect_word(huge.src[510], MOVABLE | WORD_WRITE);
	/* Nothing but zeroes was ever written to the last. */
	expect_word(huge.src[511], HOLE);
	assert_int_equal(program_page(program, addr).huge, 0);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void a_range_that_does_not_cover_it_gets_small_words(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr + PAGE, 4, 1, GIVE_512_SMALL);
	expect_word(huge.src[0], MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void it_is_split_for_small_destinations(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_512_SMALL);
	expect_word(huge.src[0], ONE | WORD_WRITE);
	expect_word(huge.after[0], MOVABLE | WORD_WRITE);
	expect_word(huge.after[511], MOVABLE | WORD_WRITE);
	assert_int_equal(huge.moved, HUGE_PAGES);
	expect_counts(0, HUGE_PAGES);
	assert_int_equal(program_page(program, addr).huge, 0);
	expect_sound();
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void what_gets_no_destination_after_the_split_stays(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_FIRST_ONLY);
	assert_int_equal(huge.moved, 1);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_counts(HUGE_PAGES - 1, 1);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void without_a_destination_it_stays_whole(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_NONE);
	expect_word(huge.after[0], WORD_VALID | WORD_COMPOUND | WORD_WRITE);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void a_pinned_one_stays_whole(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	program_pin(program, addr + 5 * PAGE);
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	assert_int_equal(huge.cpages, 0);
	assert_int_equal(huge.src[0], 0);
	assert_int_equal(program_page(program, addr).huge, 1);
	program_unpin(program, addr + 5 * PAGE);
	expect_sound();
}

static void a_small_destination_that_claims_to_be_huge_is_told(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_SMALL_AS_HUGE);
	expect_violation("dst-not-a-page");
	assert_int_equal(huge.moved, 0);
	expect_bytes(program, addr, HUGE_PAGES, 1);
}

static void a_hole_is_offered_as_one(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	assert_int_equal(huge.cpages, 1);
	expect_word(huge.src[0], HOLE | WORD_COMPOUND);
	expect_word(huge.after[0], HOLE | WORD_COMPOUND);
	assert_int_equal(huge.src[1], 0);
	expect_where(addr + 511 * PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_counts(0, HUGE_PAGES);
	expect_bytes(program, addr, 1, 0);
	expect_counts(HUGE_PAGES, 0);
	expect_sound();
}

static void the_huge_page_of_zeroes_is_offered_as_a_hole(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_huge();
	expect_bytes(program, addr, 1, 0);
	expect_where(addr + 9 * PAGE, PROGRAM_PAGE_ZERO);
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	expect_word(huge.src[0], HOLE | WORD_COMPOUND);
	expect_where(addr + 9 * PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_bytes(program, addr + 9 * PAGE, 1, 0);
	expect_sound();
}

static void the_huge_page_of_zeroes_is_replaced_page_by_page(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_huge();
	expect_bytes(program, addr, 1, 0);
	move_as(addr, HUGE_PAGES, 1, GIVE_512_SMALL);
	expect_counts(0, HUGE_PAGES);
	assert_int_equal(program_page(program, addr).huge, 0);
	expect_sound();
}

static void a_hole_can_be_filled_page_by_page(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_512_SMALL);
	expect_word(huge.after[0], HOLE);
	expect_word(huge.after[511], HOLE);
	expect_counts(0, HUGE_PAGES);
	assert_int_equal(program_page(program, addr).huge, 0);
	expect_sound();
}

/* Linux uses every word of dst then, whatever it is. */
static void a_hole_that_is_filled_in_part_is_told(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_FIRST_ONLY);
	assert_int_equal(machine_violations_of("dst-incomplete"), 1);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_leaks(0);
}

static void the_driver_brings_it_back_by_itself(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	bring_back(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	assert_int_equal(huge.cpages, 1);
	expect_word(huge.src[0], ONE | WORD_WRITE);
	assert_int_equal(program_page(program, addr).huge, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_sound();
}

static void one_on_the_device_is_split_for_a_part_of_it(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	bring_back(addr + 3 * PAGE, 2, 1, GIVE_512_SMALL);
	assert_int_equal(huge.splits, 1);
	assert_int_equal(huge.tails, HUGE_PAGES - 1);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 3 * PAGE, PROGRAM_PAGE_SYSTEM);
	expect_counts(2, HUGE_PAGES - 2);
	expect_sound();
	expect_bytes(program, addr, HUGE_PAGES, 1);
	expect_counts(HUGE_PAGES, 0);
}

static void unmapping_a_part_leaves_small_entries_of_it(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	program_unmap(program, addr, 8 * PAGE);
	expect_counts(0, HUGE_PAGES);
	expect_where(addr + 8 * PAGE, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr + 8 * PAGE, HUGE_PAGES - 8, 9);
	look(0, GIVE_ONE_HUGE);
	assert_int_equal(huge.faulted_huge, 0);
	expect_counts(HUGE_PAGES - 8, 0);
	expect_sound();
}

static void unmapping_all_of_it_frees_it(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	program_unmap(program, addr, HUGE_PAGES * PAGE);
	look(0, GIVE_ONE_HUGE);
	assert_int_equal(huge.freed_huge, 1);
	expect_counts(0, 0);
}

static void a_forked_child_shares_one_on_the_device(void **state)
{
	unsigned long addr;
	struct program *child;

	only_since(6, 19);
	addr = map_written_huge();
	move_as(addr, HUGE_PAGES, 1, GIVE_ONE_HUGE);
	child = program_fork(program);
	expect_where_in(child, addr + PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(child, addr).mapcount, 2);
	expect_bytes(child, addr, HUGE_PAGES, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, HUGE_PAGES, 1);
	program_exit(child);
	expect_sound();
}

static void two_of_them_move_in_one_range(void **state)
{
	unsigned long addr;

	only_since(6, 19);
	addr = program_map(program, 2 * HUGE_PAGES * PAGE, RW | PROGRAM_HUGE);
	write_pages(program, addr, 2 * HUGE_PAGES, 1);
	move_as(addr, 2 * HUGE_PAGES, 1, GIVE_ONE_HUGE);
	assert_int_equal(huge.cpages, 2);
	expect_word(huge.src[512], ONE | WORD_WRITE);
	assert_int_equal(huge.moved, 2);
	expect_bytes(program, addr, 2 * HUGE_PAGES, 1);
	expect_sound();
}

const struct CMUnitTest compound_tests[] = {
	machine_test(it_is_one_word_and_511_empty_ones),
	machine_test(a_load_brings_all_of_it_back),
	machine_test(a_fault_can_bring_it_back_as_small_pages),
	machine_test(a_fault_without_compound_gets_nothing),
	machine_test(it_is_split_for_a_driver_that_does_not_ask_for_compound),
	machine_test(a_range_that_does_not_cover_it_gets_small_words),
	machine_test(it_is_split_for_small_destinations),
	machine_test(what_gets_no_destination_after_the_split_stays),
	machine_test(without_a_destination_it_stays_whole),
	machine_test(a_pinned_one_stays_whole),
	machine_test(a_small_destination_that_claims_to_be_huge_is_told),
	machine_test(a_hole_is_offered_as_one),
	machine_test(the_huge_page_of_zeroes_is_offered_as_a_hole),
	machine_test(the_huge_page_of_zeroes_is_replaced_page_by_page),
	machine_test(a_hole_can_be_filled_page_by_page),
	machine_test(a_hole_that_is_filled_in_part_is_told),
	machine_test(the_driver_brings_it_back_by_itself),
	machine_test(one_on_the_device_is_split_for_a_part_of_it),
	machine_test(unmapping_a_part_leaves_small_entries_of_it),
	machine_test(unmapping_all_of_it_frees_it),
	machine_test(a_forked_child_shares_one_on_the_device),
	machine_test(two_of_them_move_in_one_range),
};
const size_t compound_test_count = sizeof(compound_tests) / sizeof(compound_tests[0]);
