// SPDX-License-Identifier: GPL-2.0-only
/* setup-test.c - in what state each entry comes out of the first step */
#include "support.h"
#include "tests.h"

static void look_at(unsigned long addr, unsigned long npages, unsigned int select)
{
	migrate(plan_for(addr, npages, select, GIVE_NOTHING));
	assert_int_equal(record.ret, 0);
}

static void a_hole_can_move_and_has_no_page(void **state)
{
	unsigned long addr = map_pages(2);

	look_at(addr, 2, SELECT_SYSTEM);
	expect_src(0, HOLE);
	expect_src(1, HOLE);
	expect_where(addr, PROGRAM_PAGE_NONE);
}

static void a_hole_beside_a_page_is_no_different(void **state)
{
	unsigned long addr = map_pages(2);

	write_pages(program, addr + PAGE, 1, 1);
	look_at(addr, 2, SELECT_SYSTEM);
	expect_src(0, HOLE);
	expect_src(1, MOVABLE | WORD_WRITE);
}

static void the_zero_page_counts_as_a_hole(void **state)
{
	unsigned long addr = map_pages(1);

	expect_bytes(program, addr, 1, 0);
	expect_where(addr, PROGRAM_PAGE_ZERO);
	look_at(addr, 1, SELECT_SYSTEM);
	expect_src(0, HOLE);
	expect_where(addr, PROGRAM_PAGE_ZERO);
}

static void a_page_that_was_written_is_writable(void **state)
{
	unsigned long addr = map_written_pages(1);

	look_at(addr, 1, SELECT_SYSTEM);
	expect_src(0, MOVABLE | WORD_WRITE);
}

static void a_page_of_a_read_only_mapping_is_not_writable(void **state)
{
	unsigned long addr = map_written_pages(1);

	program_protect(program, addr, PAGE, PROGRAM_READ);
	look_at(addr, 1, SELECT_SYSTEM);
	expect_src(0, MOVABLE);
}

static void a_page_that_a_child_shares_is_not_writable(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child = program_fork(program);

	look_at(addr, 1, SELECT_SYSTEM);
	expect_src(0, MOVABLE);
	assert_int_equal(record.after_setup[0].mapcount, 0);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 1);
}

static void a_page_on_the_device_can_move_back(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	look_at(addr, 1, SELECT_DEVICE);
	expect_src(0, MOVABLE | WORD_WRITE);
}

static void a_page_on_another_device_is_left_out_since_5_7(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_DEVICE, GIVE_NOTHING);

	move_to_device(addr, 1);
	plan.device = 1;
	migrate(plan);
	assert_int_equal(record.ret, 0);
	if (since(5, 7))
		assert_int_equal(record.src_at_end[0], 0);
	else
		expect_src(0, MOVABLE | WORD_WRITE);
}

static void system_pages_are_left_out_unless_selected_since_5_7(void **state)
{
	unsigned long addr = map_written_pages(2);

	only_since(5, 7);
	move_to_device(addr, 1);
	look_at(addr, 2, SELECT_DEVICE);
	expect_src(0, MOVABLE | WORD_WRITE);
	expect_src(1, 0);
}

static void device_pages_are_left_out_unless_selected_since_5_7(void **state)
{
	unsigned long addr = map_written_pages(2);

	only_since(5, 7);
	move_to_device(addr, 1);
	look_at(addr, 2, SELECT_SYSTEM);
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
}

static void the_zero_page_is_left_out_unless_system_pages_are_selected(void **state)
{
	unsigned long addr = map_pages(2);

	only_since(5, 7);
	expect_bytes(program, addr, 1, 0);
	look_at(addr, 2, SELECT_DEVICE);
	expect_src(0, 0);
	expect_src(1, HOLE);
}

static void before_5_7_everything_is_collected(void **state)
{
	unsigned long addr = map_written_pages(2);

	only_before(5, 7);
	move_to_device(addr, 1);
	look_at(addr, 2, SELECT_NOTHING);
	expect_src(0, MOVABLE | WORD_WRITE);
	expect_src(1, MOVABLE | WORD_WRITE);
}

static void no_flags_select_nothing_but_holes_since_5_9(void **state)
{
	unsigned long addr = map_pages(2);

	only_since(5, 9);
	write_pages(program, addr, 1, 1);
	look_at(addr, 2, SELECT_NOTHING);
	expect_src(0, 0);
	expect_src(1, HOLE);
	assert_int_equal(record.cpages, 1);
	expect_violation("member-missing");
}

static void a_pinned_page_comes_out_empty_and_stays_as_it_was(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct program_page_info before;

	assert_int_equal(program_pin(program, addr), 0);
	before = program_page(program, addr);
	look_at(addr, 2, SELECT_SYSTEM);
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
	assert_memory_equal(&before, &(struct program_page_info[1]){ program_page(program, addr) },
			    sizeof(before));
	expect_bytes(program, addr, 2, 1);
	assert_int_equal(program_unpin(program, addr), 0);
}

static void a_page_that_somebody_has_locked_comes_out_empty(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_LOCK_PAGE;
	migrate(plan);
	assert_int_equal(record.ret, 0);
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
}

static void a_page_off_the_lru_comes_out_empty(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_OFF_LRU;
	migrate(plan);
	assert_int_equal(record.ret, 0);
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
}

static void a_page_that_is_already_migrating_comes_out_empty(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE);

	plan.mistakes = PLAN_ALREADY_MIGRATING;
	migrate(plan);
	expect_src(0, 0);
	expect_src(1, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr, 2, 1);
}

static void a_hole_of_a_file_mapping_is_offered_until_5_8(void **state)
{
	unsigned long addr = map_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_SYSTEM, GIVE_NOTHING);

	write_pages(program, addr, 1, 1);
	plan.mistakes = PLAN_FILE_VMA;
	migrate(plan);
	assert_int_equal(record.ret, 0);
	expect_src(1, since(5, 9) ? 0 : HOLE);
}

static void dst_is_empty_whatever_was_in_it(void **state)
{
	unsigned long addr = map_pages(3);

	write_pages(program, addr, 1, 1);
	program_pin(program, addr);
	look_at(addr, 3, SELECT_SYSTEM);
	for (int i = 0; i < 3; i++)
		assert_int_equal(record.after_setup[i].dst, 0);
	program_unpin(program, addr);
}

static void a_collected_page_is_locked_and_unmapped(void **state)
{
	unsigned long addr = map_written_pages(1);

	look_at(addr, 1, SELECT_SYSTEM);
	assert_int_equal(record.after_setup[0].locked, 1);
	assert_int_equal(record.after_setup[0].mapcount, 0);
	assert_int_equal(record.after_setup[0].refcount, 1);
}

static void a_collected_device_page_counts_one_more_until_5_17(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	look_at(addr, 1, SELECT_DEVICE);
	assert_int_equal(record.after_setup[0].refcount, since(5, 18) ? 1 : 2);
}

static void words_with_a_page_say_locked_until_5_15(void **state)
{
	unsigned long addr = map_pages(2);

	write_pages(program, addr, 1, 1);
	look_at(addr, 2, SELECT_SYSTEM);
	assert_int_equal(record.after_setup[0].src & WORD_LOCKED, since(5, 16) ? 0 : WORD_LOCKED);
	assert_int_equal(record.after_setup[1].src & WORD_LOCKED, 0);
}

static void words_of_device_pages_say_device_until_5_3(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	look_at(addr, 1, SELECT_DEVICE);
	assert_int_equal(record.after_setup[0].src & WORD_DEVICE, since(5, 4) ? 0 : WORD_DEVICE);
}

static void cpages_counts_what_can_move(void **state)
{
	unsigned long addr = map_pages(4);

	only_since(5, 4);
	write_pages(program, addr, 2, 1);
	program_pin(program, addr);
	look_at(addr, 4, SELECT_SYSTEM);
	assert_int_equal(record.cpages, 3);
	program_unpin(program, addr);
}

static void with_nothing_to_move_the_driver_is_not_asked(void **state)
{
	unsigned long addr = map_written_pages(1);

	program_pin(program, addr);
	look_at(addr, 1, SELECT_SYSTEM);
	assert_int_equal(record.asked, 0);
	assert_int_equal(record.told, 0);
	assert_int_equal(record.src_at_end[0], 0);
	program_unpin(program, addr);
}

static void a_range_across_page_tables_is_collected_whole(void **state)
{
	unsigned long addr = map_pages(1024), middle = addr + 510 * PAGE;

	write_pages(program, middle, 4, 1);
	look_at(middle - PAGE, 6, SELECT_SYSTEM);
	expect_src(0, HOLE);
	for (int i = 1; i < 5; i++)
		expect_src(i, MOVABLE | WORD_WRITE);
	expect_src(5, HOLE);
}

const struct CMUnitTest setup_tests[] = {
	machine_test(a_hole_can_move_and_has_no_page),
	machine_test(a_hole_beside_a_page_is_no_different),
	machine_test(the_zero_page_counts_as_a_hole),
	machine_test(a_page_that_was_written_is_writable),
	machine_test(a_page_of_a_read_only_mapping_is_not_writable),
	machine_test(a_page_that_a_child_shares_is_not_writable),
	machine_test(a_page_on_the_device_can_move_back),
	machine_test(a_page_on_another_device_is_left_out_since_5_7),
	machine_test(system_pages_are_left_out_unless_selected_since_5_7),
	machine_test(device_pages_are_left_out_unless_selected_since_5_7),
	machine_test(the_zero_page_is_left_out_unless_system_pages_are_selected),
	machine_test(before_5_7_everything_is_collected),
	machine_test(no_flags_select_nothing_but_holes_since_5_9),
	machine_test(a_pinned_page_comes_out_empty_and_stays_as_it_was),
	machine_test(a_page_that_somebody_has_locked_comes_out_empty),
	machine_test(a_page_off_the_lru_comes_out_empty),
	machine_test(a_page_that_is_already_migrating_comes_out_empty),
	machine_test(a_hole_of_a_file_mapping_is_offered_until_5_8),
	machine_test(dst_is_empty_whatever_was_in_it),
	machine_test(a_collected_page_is_locked_and_unmapped),
	machine_test(a_collected_device_page_counts_one_more_until_5_17),
	machine_test(words_with_a_page_say_locked_until_5_15),
	machine_test(words_of_device_pages_say_device_until_5_3),
	machine_test(cpages_counts_what_can_move),
	machine_test(with_nothing_to_move_the_driver_is_not_asked),
	machine_test(a_range_across_page_tables_is_collected_whole),
};
const size_t setup_test_count = sizeof(setup_tests) / sizeof(setup_tests[0]);
