// SPDX-License-Identifier: GPL-2.0-only
/* file-test.c - pages of files, and what a migration makes of them */
#include "support.h"
#include "tests.h"

static struct program_file *file;

static unsigned long map_file(unsigned long npages, int shared)
{
	unsigned long addr;

	file = program_create_file(npages * PAGE);
	addr = program_map_file(program, file, RW, shared);
	assert_int_not_equal(addr, 0);
	return addr;
}

static void programs_that_share_a_file_see_what_the_other_stores(void **state)
{
	unsigned long addr = map_file(2, 1), other;
	struct program *child = program_fork(program);

	other = program_map_file(child, file, PROGRAM_READ, 1);
	write_pages(program, addr, 2, 3);
	expect_bytes(child, addr, 2, 3);
	expect_bytes(child, other, 2, 3);
	write_pages(child, addr, 2, 5);
	expect_bytes(program, addr, 2, 5);
	program_exit(child);
}

static void a_store_to_a_private_mapping_reaches_nobody_else(void **state)
{
	unsigned long addr = map_file(2, 0), other = program_map_file(program, file, RW, 1);

	write_pages(program, other, 2, 3);
	expect_bytes(program, addr, 2, 3);
	write_pages(program, addr, 1, 9);
	expect_bytes(program, addr, 1, 9);
	expect_bytes(program, other, 2, 3);
	expect_counts(3, 0);
}

static void a_page_of_a_file_is_collected_but_does_not_go_to_a_device(void **state)
{
	unsigned long addr = map_file(1, 1);

	write_pages(program, addr, 1, 1);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, MOVABLE | WORD_WRITE);
	assert_int_equal(record.after_setup[0].mapcount, 0);
	assert_int_equal(record.after_setup[0].refcount, 2);
	expect_src_after_pages(0, WORD_VALID | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, 1, 1);
	expect_counts(1, 0);
}

static void a_page_of_a_file_moves_within_system_memory_for_everybody(void **state)
{
	unsigned long addr = map_file(1, 1);
	struct program *child = program_fork(program);

	write_pages(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 1);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_counts(1, 0);
	assert_int_equal(program_page(program, addr).mapcount, 2);
	write_pages(child, addr, 1, 7);
	expect_bytes(program, addr, 1, 7);
	program_exit(child);
}

static void a_page_of_a_file_that_was_only_read_is_not_writable_in_a_private_mapping(void **state)
{
	unsigned long addr = map_file(1, 0);

	expect_bytes(program, addr, 1, 0);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, MOVABLE);
	expect_src_after_pages(0, WORD_VALID);
}

static void the_copy_in_a_private_mapping_moves_like_anonymous_memory(void **state)
{
	unsigned long addr = map_file(2, 0);

	write_pages(program, addr, 2, 1);
	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src_after_pages(0, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr, 2, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
}

static void holes_of_a_file_are_offered_until_5_8_and_never_filled(void **state)
{
	unsigned long addr = map_file(2, 1);

	write_pages(program, addr + PAGE, 1, 1);
	migrate(plan_for(addr, 2, SELECT_SYSTEM, GIVE_DEVICE));
	expect_src(0, since(5, 9) ? 0 : HOLE);
	expect_src_after_pages(0, 0);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_counts(1, 0);
}

static void a_pinned_page_of_a_file_comes_out_empty(void **state)
{
	unsigned long addr = map_file(1, 1);

	write_pages(program, addr, 1, 1);
	program_pin(program, addr);
	migrate(plan_for(addr, 1, SELECT_SYSTEM, GIVE_SYSTEM));
	assert_int_equal(record.src_at_end[0], 0);
	program_unpin(program, addr);
}

static void a_shared_mapping_that_becomes_writable_again_is_not_copied(void **state)
{
	unsigned long addr = map_file(1, 1);

	write_pages(program, addr, 1, 1);
	program_protect(program, addr, PAGE, PROGRAM_READ);
	program_protect(program, addr, PAGE, RW);
	write_pages(program, addr, 1, 2);
	expect_bytes(program, addr, 1, 2);
	expect_counts(1, 0);
}

const struct CMUnitTest file_tests[] = {
	machine_test(programs_that_share_a_file_see_what_the_other_stores),
	machine_test(a_store_to_a_private_mapping_reaches_nobody_else),
	machine_test(a_page_of_a_file_is_collected_but_does_not_go_to_a_device),
	machine_test(a_page_of_a_file_moves_within_system_memory_for_everybody),
	machine_test(a_page_of_a_file_that_was_only_read_is_not_writable_in_a_private_mapping),
	machine_test(the_copy_in_a_private_mapping_moves_like_anonymous_memory),
	machine_test(holes_of_a_file_are_offered_until_5_8_and_never_filled),
	machine_test(a_pinned_page_of_a_file_comes_out_empty),
	machine_test(a_shared_mapping_that_becomes_writable_again_is_not_copied),
};
const size_t file_test_count = sizeof(file_tests) / sizeof(file_tests[0]);
