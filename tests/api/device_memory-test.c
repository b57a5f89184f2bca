// SPDX-License-Identifier: GPL-2.0-only
/* device_memory-test.c - the life of device pages, which differs most between the releases */
#include <errno.h>

#include "support.h"
#include "tests.h"

static struct probe_device device_seen(void)
{
	struct probe_device device = { .number = 0 };

	assert_int_equal(probe(PROBE_DEVICE, &device), 0);
	return device;
}

static void a_free_page_counts_1_until_6_0_and_0_since(void **state)
{
	move_to_device(map_written_pages(1), 1);
	assert_int_equal(device_seen().free_refcount, since(6, 1) ? 0 : 1);
}

static void a_page_just_taken_counts_2_until_5_17_and_1_since(void **state)
{
	move_to_device(map_written_pages(1), 1);
	assert_int_equal(device_seen().taken_refcount, since(5, 18) ? 1 : 2);
}

static void page_free_sees_a_count_of_1_until_5_17_and_0_since(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	program_unmap(program, addr, PAGE);
	assert_int_equal(device_seen().freed, 1);
	assert_int_equal(device_seen().refcount_in_page_free, since(5, 18) ? 0 : 1);
}

static void page_free_sees_a_page_that_belongs_to_no_mapping(void **state)
{
	unsigned long addr = map_written_pages(1);

	move_to_device(addr, 1);
	program_unmap(program, addr, PAGE);
	assert_int_equal(device_seen().freed, 1);
	assert_int_equal(device_seen().mapping_in_page_free, 0);
}

static void a_freed_page_can_be_taken_again(void **state)
{
	unsigned long addr = map_written_pages(PROBE_MOST_PAGES);

	for (int round = 0; round < 4; round++) {
		move_to_device(addr, PROBE_MOST_PAGES);
		move_to_system(addr, PROBE_MOST_PAGES);
	}
	assert_int_equal(device_seen().freed, 4 * PROBE_MOST_PAGES);
	expect_counts(PROBE_MOST_PAGES, 0);
}

static void a_page_that_two_programs_map_is_freed_once(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child;

	move_to_device(addr, 1);
	child = program_fork(program);
	program_unmap(program, addr, PAGE);
	assert_int_equal(device_seen().freed, 0);
	program_exit(child);
	assert_int_equal(device_seen().freed, 1);
}

static void a_device_is_emptied_by_page_number_since_6_1(void **state)
{
	unsigned long addr = map_written_pages(5);
	struct probe_eviction eviction = { 0 };

	only_since(6, 1);
	move_to_device(addr, 5);
	assert_int_equal(probe(PROBE_EVICT, &eviction), 0);
	assert_int_equal(eviction.moved, 5);
	for (int i = 0; i < 5; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_SYSTEM);
	expect_counts(5, 0);
	expect_bytes(program, addr, 5, 1);
	assert_int_equal(faults_so_far().count, 0);
}

static void emptying_reaches_pages_of_every_program(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child;
	struct probe_eviction eviction = { 0 };

	only_since(6, 1);
	move_to_device(addr, 1);
	child = program_fork(program);
	assert_int_equal(probe(PROBE_EVICT, &eviction), 0);
	assert_int_equal(eviction.moved, 1);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_where_in(child, addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(child, addr, 1, 1);
}

static void emptying_leaves_out_pages_that_somebody_has_locked(void **state)
{
	unsigned long addr = map_written_pages(3);
	struct probe_eviction eviction = { .lock_one = 1 };

	only_since(6, 1);
	move_to_device(addr, 3);
	assert_int_equal(probe(PROBE_EVICT, &eviction), 0);
	assert_int_equal(eviction.moved, 2);
	expect_counts(2, 1);
	expect_bytes(program, addr, 3, 1);
}

static void a_page_still_mapped_when_the_driver_goes_is_reported(void **state)
{
	move_to_device(map_written_pages(1), 1);
	assert_int_equal(program_close(program, 0), 0);
	machine_unload_driver();
	expect_violation("device-page-leak");
	assert_int_equal(machine_count().device_pages, 0);
}

static void the_driver_cannot_go_while_a_file_is_open(void **state)
{
	machine_unload_driver();
	expect_violation("module-in-use");
	move_to_device(map_written_pages(1), 1);
}

static void move_to_coherent(unsigned long addr, unsigned long npages)
{
	migrate(plan_for(addr, npages, SELECT_SYSTEM, GIVE_COHERENT));
	assert_int_equal(record.ret, 0);
	for (unsigned long i = 0; i < npages; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_DEVICE);
}

static void the_cpu_reaches_coherent_memory_without_a_fault(void **state)
{
	unsigned long addr = map_written_pages(4);

	only_since(6, 0);
	move_to_coherent(addr, 4);
	expect_counts(0, 4);
	expect_bytes(program, addr, 4, 1);
	write_pages(program, addr, 4, 7);
	expect_bytes(program, addr, 4, 7);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	assert_int_equal(faults_so_far().count, 0);
}

static void coherent_pages_move_back_when_their_owner_selects_them(void **state)
{
	unsigned long addr = map_written_pages(2);
	struct probe_plan plan = plan_for(addr, 2, SELECT_COHERENT, GIVE_SYSTEM);

	only_since(6, 0);
	move_to_coherent(addr, 2);
	migrate(plan);
	assert_int_equal(record.src_at_end[0], 0);
	plan.device = PROBE_COHERENT;
	migrate(plan);
	expect_src(0, MOVABLE | WORD_WRITE);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr, 2, 1);
	expect_counts(2, 0);
}

static void coherent_pages_are_left_out_when_system_or_private_ones_are_selected(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM | SELECT_DEVICE, GIVE_SYSTEM);

	only_since(6, 0);
	move_to_coherent(addr, 1);
	plan.device = PROBE_COHERENT;
	migrate(plan);
	assert_int_equal(record.src_at_end[0], 0);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
}

static void a_coherent_page_is_copied_when_a_forked_child_writes(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child;

	only_since(6, 0);
	move_to_coherent(addr, 1);
	child = program_fork(program);
	write_pages(child, addr, 1, 9);
	expect_bytes(program, addr, 1, 1);
	expect_bytes(child, addr, 1, 9);
	expect_where_in(child, addr, PROGRAM_PAGE_SYSTEM);
	program_exit(child);
	expect_counts(0, 1);
}

static void holes_can_be_filled_with_coherent_memory(void **state)
{
	unsigned long addr = map_pages(2);

	only_since(6, 0);
	move_to_coherent(addr, 2);
	expect_bytes(program, addr, 1, 0);
	expect_counts(0, 2);
}

static void a_page_goes_from_private_to_coherent_memory_and_back(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan back = plan_for(addr, 1, SELECT_COHERENT, GIVE_DEVICE);

	only_since(6, 0);
	move_to_device(addr, 1);
	migrate(plan_for(addr, 1, SELECT_DEVICE, GIVE_COHERENT));
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().count, 0);
	back.device = PROBE_COHERENT;
	migrate(back);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_bytes(program, addr, 1, 1);
	assert_int_equal(faults_so_far().count, 1);
}

const struct CMUnitTest device_memory_tests[] = {
	machine_test(a_free_page_counts_1_until_6_0_and_0_since),
	machine_test(a_page_just_taken_counts_2_until_5_17_and_1_since),
	machine_test(page_free_sees_a_count_of_1_until_5_17_and_0_since),
	machine_test(page_free_sees_a_page_that_belongs_to_no_mapping),
	machine_test(a_freed_page_can_be_taken_again),
	machine_test(a_page_that_two_programs_map_is_freed_once),
	machine_test(a_device_is_emptied_by_page_number_since_6_1),
	machine_test(emptying_reaches_pages_of_every_program),
	machine_test(emptying_leaves_out_pages_that_somebody_has_locked),
	machine_test(a_page_still_mapped_when_the_driver_goes_is_reported),
	machine_test(the_driver_cannot_go_while_a_file_is_open),
	machine_test(the_cpu_reaches_coherent_memory_without_a_fault),
	machine_test(coherent_pages_move_back_when_their_owner_selects_them),
	machine_test(coherent_pages_are_left_out_when_system_or_private_ones_are_selected),
	machine_test(a_coherent_page_is_copied_when_a_forked_child_writes),
	machine_test(holes_can_be_filled_with_coherent_memory),
	machine_test(a_page_goes_from_private_to_coherent_memory_and_back),
};
const size_t device_memory_test_count =
	sizeof(device_memory_tests) / sizeof(device_memory_tests[0]);
