// SPDX-License-Identifier: GPL-2.0-only
/* swap-test.c - pages that are swapped out, or were, and what a migration makes of them */
#include "support.h"
#include "tests.h"

static unsigned long map_swapped_pages(unsigned long npages)
{
	unsigned long addr = map_written_pages(npages);

	assert_int_equal(program_swap_out(program, addr, npages * PAGE), npages);
	return addr;
}

static void a_swapped_page_comes_back_with_its_bytes(void **state)
{
	unsigned long addr = map_swapped_pages(3);

	expect_where(addr, PROGRAM_PAGE_SWAPPED);
	expect_counts(0, 0);
	expect_bytes(program, addr, 3, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_counts(3, 0);
}

static void a_load_leaves_the_page_in_the_swap_cache_and_a_store_takes_it_out(void **state)
{
	unsigned long addr = map_swapped_pages(1);

	expect_bytes(program, addr, 1, 1);
	assert_int_equal(program_page(program, addr).refcount, 2);
	assert_int_equal(program_page(program, addr).writable, 0);
	write_pages(program, addr, 1, 2);
	assert_int_equal(program_page(program, addr).refcount, 1);
	assert_int_equal(program_page(program, addr).writable, 1);
	expect_bytes(program, addr, 1, 2);
}

static void a_page_that_is_read_from_memory_is_not_in_the_swap_cache(void **state)
{
	unsigned long addr = map_swapped_pages(2);

	machine_set_swap(MACHINE_SWAP_MEMORY);
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(program_page(program, addr).refcount, 1);
	assert_int_equal(program_page(program, addr).writable, since(6, 11));
	write_pages(program, addr + PAGE, 1, 2);
	assert_int_equal(program_page(program, addr + PAGE).refcount, 1);
	assert_int_equal(program_page(program, addr + PAGE).writable, 1);
	expect_bytes(program, addr, 2, 1);
}

static void a_page_that_two_programs_read_from_memory_is_in_the_swap_cache(void **state)
{
	unsigned long addr = map_swapped_pages(1);
	struct program *child = program_fork(program);

	machine_set_swap(MACHINE_SWAP_MEMORY);
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(program_page(program, addr).refcount, 2);
	expect_bytes(child, addr, 1, 1);
	expect_counts(1, 0);
	program_exit(child);
}

static void a_shared_page_is_swapped_out_of_both_programs_and_read_once(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child = program_fork(program);

	assert_int_equal(program_swap_out(program, addr, PAGE), 1);
	expect_where_in(child, addr, PROGRAM_PAGE_SWAPPED);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 1);
	expect_counts(1, 0);
	write_pages(child, addr, 1, 5);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 5);
	program_exit(child);
}

static void a_forked_child_can_outlive_a_swapped_page_of_its_parent(void **state)
{
	unsigned long addr = map_swapped_pages(2);
	struct program *child = program_fork(program);

	program_unmap(program, addr, 2 * PAGE);
	expect_bytes(child, addr, 2, 1);
	program_exit(child);
	expect_counts(0, 0);
}

static void pinned_and_device_pages_are_not_swapped_out(void **state)
{
	unsigned long addr = map_written_pages(3);

	program_pin(program, addr);
	move_to_device(addr + PAGE, 1);
	assert_int_equal(program_swap_out(program, addr, 3 * PAGE), 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_SWAPPED);
	program_unpin(program, addr);
}

static void a_swapped_page_comes_out_of_setup_empty(void **state)
{
	unsigned long addr = map_written_pages(2);

	program_swap_out(program, addr, PAGE);
	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SWAPPED);
	expect_bytes(program, addr, 2, 1);
}

/* The cache has a reference that setup accounts for; up to 6.5 the second step turns it away. */
static void a_page_in_the_swap_cache_goes_to_the_device_since_6_6(void **state)
{
	unsigned long addr = map_swapped_pages(1);

	expect_bytes(program, addr, 1, 1);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, MOVABLE);
	expect_src_after_pages(0, since(6, 6) ? MOVABLE : WORD_VALID);
	expect_where(addr, since(6, 6) ? PROGRAM_PAGE_DEVICE : PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, 1, 1);
}

static void a_page_that_another_program_has_in_swap_stays_in_system_memory(void **state)
{
	unsigned long addr = map_swapped_pages(1);
	struct program *child = program_fork(program);

	expect_bytes(program, addr, 1, 1);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src_after_pages(0, WORD_VALID);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(child, addr, 1, 1);
	program_exit(child);
}

static void a_page_in_the_swap_cache_takes_its_slot_along_within_system_memory(void **state)
{
	unsigned long addr = map_swapped_pages(1);
	struct program *child = program_fork(program);

	expect_bytes(program, addr, 1, 1);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	expect_src_after_pages(0, MOVABLE);
	expect_bytes(child, addr, 1, 1);
	assert_int_equal(program_page(program, addr).mapcount, 2);
	expect_counts(1, 0);
	program_exit(child);
}

static void swapping_out_is_announced_to_notifiers(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_interval everything = { .start = 0, .length = -1UL };
	struct probe_events events;

	assert_int_equal(probe(PROBE_WATCH, &everything), 0);
	program_swap_out(program, addr, PAGE);
	assert_int_equal(probe(PROBE_EVENTS, &events), 0);
	assert_true(events.count >= 2);
	assert_string_equal(events.event[0].what, "clear");
	assert_int_equal(events.event[0].start, addr);
	assert_int_equal(probe(PROBE_UNWATCH, NULL), 0);
}

const struct CMUnitTest swap_tests[] = {
	machine_test(a_swapped_page_comes_back_with_its_bytes),
	machine_test(a_load_leaves_the_page_in_the_swap_cache_and_a_store_takes_it_out),
	machine_test(a_page_that_is_read_from_memory_is_not_in_the_swap_cache),
	machine_test(a_page_that_two_programs_read_from_memory_is_in_the_swap_cache),
	machine_test(a_shared_page_is_swapped_out_of_both_programs_and_read_once),
	machine_test(a_forked_child_can_outlive_a_swapped_page_of_its_parent),
	machine_test(pinned_and_device_pages_are_not_swapped_out),
	machine_test(a_swapped_page_comes_out_of_setup_empty),
	machine_test(a_page_in_the_swap_cache_goes_to_the_device_since_6_6),
	machine_test(a_page_that_another_program_has_in_swap_stays_in_system_memory),
	machine_test(a_page_in_the_swap_cache_takes_its_slot_along_within_system_memory),
	machine_test(swapping_out_is_announced_to_notifiers),
};
const size_t swap_test_count = sizeof(swap_tests) / sizeof(swap_tests[0]);
