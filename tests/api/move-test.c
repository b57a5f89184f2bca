// SPDX-License-Identifier: GPL-2.0-only
/* move-test.c - what the second and third step make of each entry */
#include "support.h"
#include "tests.h"

static void a_page_moves_to_the_device(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_counts(0, 1);
}

static void the_bytes_are_there_after_a_way_there_and_back(void **state)
{
	unsigned long addr = map_written_pages(PROBE_MOST_PAGES);

	move_to_device(addr, PROBE_MOST_PAGES);
	move_to_system(addr, PROBE_MOST_PAGES);
	expect_bytes(program, addr, PROBE_MOST_PAGES, 1);
	expect_counts(PROBE_MOST_PAGES, 0);
}

static void an_entry_without_destination_stays(void **state)
{
	unsigned long addr = map_written_pages(3);
	struct probe_plan plan = plan_for(addr, 3, SELECT_SYSTEM, GIVE_DEVICE);

	plan.give[1] = GIVE_NOTHING;
	migrate(plan);
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_src_after_pages(1, WORD_VALID | WORD_WRITE);
	expect_src_after_pages(2, MOVABLE | WORD_WRITE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_counts(1, 2);
	expect_bytes(program, addr, 3, 1);
}

static void with_no_destination_at_all_everything_is_as_before(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct program_page_info before = program_page(program, addr), after;

	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_NOTHING));
	assert_int_equal(record.ret, 0);
	assert_int_equal(record.told, 1);
	after = program_page(program, addr);
	assert_memory_equal(&before, &after, sizeof(before));
	expect_bytes(program, addr, 2, 1);
}

static void a_destination_that_was_taken_back_is_free_again(void **state)
{
	unsigned long addr = map_written_pages(2);

	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_AND_TAKE_BACK));
	expect_counts(2, 0);
	expect_bytes(program, addr, 2, 1);
}

static void finalize_alone_restores_everything(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_NOTHING);

	only_since(5, 4);
	plan.mistakes = PLAN_WITHOUT_PAGES;
	migrate(plan);
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_counts(2, 0);
	expect_bytes(program, addr, 2, 1);
}

static void a_hole_is_filled(void **state)
{
	unsigned long addr = map_pages(2);

	move_to_device(addr, 2);
	expect_src_after_pages(0, HOLE);
	expect_counts(0, 2);
	expect_bytes(program, addr, 1, 0);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
}

static void a_hole_of_a_read_only_mapping_is_filled_read_only(void **state)
{
	unsigned long addr = map_pages(1);

	program_protect(program, addr, PAGE, PROGRAM_READ);
	move_to_device(addr, 1);
	assert_int_equal(program_page(program, addr).writable, 0);
}

static void a_hole_can_be_filled_with_system_memory(void **state)
{
	unsigned long addr = map_pages(1);

	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(program_page(program, addr).writable, 1);
	expect_bytes(program, addr, 1, 0);
	expect_counts(1, 0);
}

static void the_zero_page_is_replaced(void **state)
{
	unsigned long addr = map_pages(1);

	expect_bytes(program, addr, 1, 0);
	move_to_device(addr, 1);
	expect_src_after_pages(0, HOLE);
	expect_counts(0, 1);
	expect_bytes(program, addr, 1, 0);
}

static void a_hole_that_was_filled_meanwhile_is_left_alone(void **state)
{
	unsigned long addr = map_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_FILL_FIRST_HOLE;
	migrate(plan);
	expect_src_after_pages(0, 0);
	expect_src_after_pages(1, HOLE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, 1, 0);
	expect_counts(1, 1);
}

static void a_hole_of_a_file_mapping_is_never_filled(void **state)
{
	unsigned long addr = map_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_FILE_VMA;
	migrate(plan);
	if (!since(5, 9))
		expect_src_after_pages(0, 0);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_counts(0, 0);
}

static void a_source_that_was_referenced_meanwhile_stays(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_PIN_SOURCE;
	migrate(plan);
	expect_src(0, MOVABLE | WORD_WRITE);
	expect_src_after_pages(0, WORD_VALID | WORD_WRITE);
	expect_src_after_pages(1, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_counts(1, 1);
	expect_bytes(program, addr, 2, 1);
}

static void pages_can_move_within_system_memory(void **state)
{
	unsigned long addr = map_written_pages(2);

	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_SYSTEM));
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	assert_int_equal(program_page(program, addr).writable, 1);
	expect_bytes(program, addr, 2, 1);
	expect_counts(2, 0);
}

static void pages_can_move_from_one_device_to_another(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_device device = { .number = 0 };

	move_to_device(addr, 2);
	migrate(plan_for(addr, 2, SELECT_DEVICE, GIVE_OTHER_DEVICE));
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	probe(PROBE_DEVICE, &device);
	assert_int_equal(device.freed, 2);
	expect_counts(0, 2);
	expect_bytes(program, addr, 2, 1);
}

static void a_read_only_page_stays_read_only_on_the_way(void **state)
{
	unsigned long addr = map_written_pages(1);
	unsigned char byte = 9;

	program_protect(program, addr, PAGE, PROGRAM_READ);
	move_to_device(addr, 1);
	assert_int_equal(program_page(program, addr).writable, 0);
	move_to_system(addr, 1);
	assert_int_equal(program_page(program, addr).writable, 0);
	assert_int_not_equal(program_write(program, addr, &byte, 1), 0);
	expect_bytes(program, addr, 1, 1);
}

static void a_shared_page_moves_for_everybody(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child = program_fork(program);

	move_to_device(addr, 1);
	expect_where_in(child, addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_page(program, addr).mapcount, 2);
	expect_counts(0, 1);

	write_pages(child, addr, 1, 50);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 50);
}

static void a_shared_page_with_no_destination_is_restored_for_everybody(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child = program_fork(program);

	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_NOTHING));
	expect_where_in(child, addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(program_page(program, addr).mapcount, 2);
	assert_int_equal(program_page(program, addr).refcount, 2);
}

static void moved_pages_have_the_references_of_their_mappings(void **state)
{
	unsigned long addr = map_written_pages(1);

	assert_int_equal(program_page(program, addr).refcount, 1);
	move_to_device(addr, 1);
	assert_int_equal(program_page(program, addr).refcount, since(5, 18) ? 1 : 2);
	assert_int_equal(program_page(program, addr).mapcount, 1);
	assert_int_equal(program_page(program, addr).locked, 0);
	move_to_system(addr, 1);
	assert_int_equal(program_page(program, addr).refcount, 1);
}

static void source_and_destination_are_locked_until_finalize(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	assert_int_equal(record.after_pages[0].locked, 1);
}

static void a_compound_destination_is_refused_since_6_19(void **state)
{
	unsigned long addr = map_written_pages(1);

	only_since(6, 19);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_COMPOUND));
	expect_src_after_pages(0, WORD_VALID | WORD_WRITE);
	expect_counts(1, 0);
	expect_bytes(program, addr, 1, 1);
}

static void finalize_counts_cpages_down_until_5_9(void **state)
{
	unsigned long addr = map_written_pages(3);

	only_since(5, 4);
	move_to_device(addr, 3);
	assert_int_equal(record.cpages, 3);
	assert_int_equal(record.cpages_at_end, since(5, 10) ? 3 : 0);
}

static void unmapping_frees_pages_on_the_device(void **state)
{
	unsigned long addr = map_written_pages(4);

	move_to_device(addr, 4);
	program_unmap(program, addr + PAGE, 2 * PAGE);
	expect_counts(0, 2);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(program, addr + 3 * PAGE, 1, 4);
}

static void the_end_of_a_program_frees_its_pages_on_the_device(void **state)
{
	struct program *other = program_fork(program);
	unsigned long addr = map_written_pages(4);

	move_to_device(addr, 4);
	program_exit(program);
	program = other;
	expect_counts(0, 0);
}

static void a_second_way_to_the_device_works_like_the_first(void **state)
{
	unsigned long addr = map_written_pages(2);

	for (int round = 0; round < 10; round++) {
		move_to_device(addr, 2);
		move_to_system(addr, 2);
	}
	expect_bytes(program, addr, 2, 1);
	expect_counts(2, 0);
}

/* The processor knows of a store only in the entry, which goes. */
static void a_page_that_was_written_to_is_dirty_once_it_is_collected(void **state)
{
	unsigned long addr = map_written_pages(1);

	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	assert_int_equal(record.after_setup[0].flags & PAGE_IS_DIRTY, PAGE_IS_DIRTY);
	assert_int_equal(record.after_pages[0].flags_of_dst & PAGE_IS_DIRTY, PAGE_IS_DIRTY);
}

static void a_hole_that_is_filled_with_system_memory_is_dirty(void **state)
{
	unsigned long addr = map_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM);

	migrate(plan);
	migrate(plan);
	assert_int_equal(record.after_setup[0].flags & PAGE_IS_DIRTY, PAGE_IS_DIRTY);
}

static void a_page_that_is_used_a_lot_is_so_where_it_moves_to(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM);

	plan.mistakes = PLAN_ACTIVE_SOURCE;
	migrate(plan);
	assert_int_equal(record.after_pages[0].flags_of_dst & PAGE_IS_ACTIVE, PAGE_IS_ACTIVE);
}

static void a_page_of_one_program_alone_is_so_where_it_moves_to(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct program *child;

	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	assert_int_equal(record.after_pages[0].flags_of_dst & PAGE_IS_EXCLUSIVE, PAGE_IS_EXCLUSIVE);
	child = program_fork(program);
	migrate(plan_for(addr + PAGE, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	assert_int_equal(record.after_pages[0].flags_of_dst & PAGE_IS_EXCLUSIVE, 0);
	program_exit(child);
}

const struct CMUnitTest move_tests[] = {
	machine_test(a_page_that_was_written_to_is_dirty_once_it_is_collected),
	machine_test(a_hole_that_is_filled_with_system_memory_is_dirty),
	machine_test(a_page_that_is_used_a_lot_is_so_where_it_moves_to),
	machine_test(a_page_of_one_program_alone_is_so_where_it_moves_to),
	machine_test(a_page_moves_to_the_device),
	machine_test(the_bytes_are_there_after_a_way_there_and_back),
	machine_test(an_entry_without_destination_stays),
	machine_test(with_no_destination_at_all_everything_is_as_before),
	machine_test(a_destination_that_was_taken_back_is_free_again),
	machine_test(finalize_alone_restores_everything),
	machine_test(a_hole_is_filled),
	machine_test(a_hole_of_a_read_only_mapping_is_filled_read_only),
	machine_test(a_hole_can_be_filled_with_system_memory),
	machine_test(the_zero_page_is_replaced),
	machine_test(a_hole_that_was_filled_meanwhile_is_left_alone),
	machine_test(a_hole_of_a_file_mapping_is_never_filled),
	machine_test(a_source_that_was_referenced_meanwhile_stays),
	machine_test(pages_can_move_within_system_memory),
	machine_test(pages_can_move_from_one_device_to_another),
	machine_test(a_read_only_page_stays_read_only_on_the_way),
	machine_test(a_shared_page_moves_for_everybody),
	machine_test(a_shared_page_with_no_destination_is_restored_for_everybody),
	machine_test(moved_pages_have_the_references_of_their_mappings),
	machine_test(source_and_destination_are_locked_until_finalize),
	machine_test(a_compound_destination_is_refused_since_6_19),
	machine_test(finalize_counts_cpages_down_until_5_9),
	machine_test(unmapping_frees_pages_on_the_device),
	machine_test(the_end_of_a_program_frees_its_pages_on_the_device),
	machine_test(a_second_way_to_the_device_works_like_the_first),
};
const size_t move_test_count = sizeof(move_tests) / sizeof(move_tests[0]);
