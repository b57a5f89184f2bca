// SPDX-License-Identifier: GPL-2.0-only
/* failure-test.c - things are made to fail on purpose, and what a migration makes of it */
#include "support.h"
#include "tests.h"

static void migrate_with(enum machine_failure kind, unsigned long nth, unsigned long addr,
			 unsigned long npages)
{
	struct probe_plan plan = plan_for(addr, npages, SELECT_SYSTEM, GIVE_DEVICE);

	machine_fail_nth(kind, nth);
	migrate(plan);
	assert_int_equal(machine_failures(), 1);
	machine_fail_nth(kind, 0);
}

/* The second of three pages stays, the others move, and nothing is lost. */
static void one_page_stays(enum machine_failure kind)
{
	unsigned long addr = map_written_pages(3);

	migrate_with(kind, 2, addr, 3);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_DEVICE);
	expect_counts(1, 2);
	expect_bytes(program, addr, 3, 1);
}

/* Releases up to 5.15 try twice; whoever has the lock keeps it that long. */
static void a_page_that_somebody_else_has_locked_stays(void **state)
{
	one_page_stays(MACHINE_FAIL_TRYLOCK_PAGE);
}

static void a_page_that_cannot_be_isolated_stays(void **state)
{
	one_page_stays(MACHINE_FAIL_LRU_ISOLATE);
}

static void a_page_that_is_pinned_stays(void **state)
{
	one_page_stays(MACHINE_FAIL_PIN);
}

static void a_page_that_is_referenced_meanwhile_stays(void **state)
{
	one_page_stays(MACHINE_FAIL_MOVE);
}

static void a_hole_that_is_filled_meanwhile_is_not_filled_again(void **state)
{
	unsigned long addr = map_pages(2);

	migrate_with(MACHINE_FAIL_MOVE, 1, addr, 2);
	expect_where(addr, PROGRAM_PAGE_NONE);
	expect_where(addr + PAGE, PROGRAM_PAGE_DEVICE);
	expect_counts(0, 1);
}

static void a_copy_to_the_program_reaches_nothing(void **state)
{
	unsigned long addr = map_written_pages(1);
	char byte = 'x';
	struct probe_copy copy = { .addr = addr, .length = 1, .bytes = &byte, .to_user = 1 };

	/* The first copy is that of the ioctl's own argument. */
	machine_fail_nth(MACHINE_FAIL_COPY, 2);
	probe(PROBE_COPY, &copy);
	assert_int_equal(machine_failures(), 1);
	expect_bytes(program, addr, 1, 1);
}

static void nothing_fails_where_no_driver_runs(void **state)
{
	unsigned long addr;

	machine_fail_randomly(1, 1);
	addr = map_written_pages(4);
	expect_bytes(program, addr, 4, 1);
	assert_int_equal(machine_failures(), 0);
}

static void points_are_counted_without_a_failure(void **state)
{
	unsigned long addr = map_written_pages(3);

	machine_fail_nth(MACHINE_FAIL_PIN, 0);
	move_to_device(addr, 3);
	assert_int_equal(machine_failure_points(MACHINE_FAIL_PIN), 3);
	assert_int_equal(machine_failures(), 0);
}

/*
 * Everything a driver does: pages, holes, a shared page, a huge page and a page of a file go to the
 * device, from there to another, and back by migration, by faults and by eviction.
 */
static void tour(unsigned long addr, unsigned long huge, unsigned long file)
{
	struct probe_eviction eviction = { 0 };
	struct probe_plan plan = plan_for(addr, 6, SELECT_SYSTEM, GIVE_DEVICE);
	struct probe_plan_and_record both = { .plan = &plan, .record = &record };

	probe(PROBE_MIGRATE, &both);
	plan = plan_for(huge, 4, SELECT_SYSTEM, GIVE_DEVICE);
	probe(PROBE_MIGRATE, &both);
	plan = plan_for(file, 2, SELECT_SYSTEM, GIVE_DEVICE);
	probe(PROBE_MIGRATE, &both);
	plan = plan_for(addr, 3, SELECT_DEVICE, GIVE_OTHER_DEVICE);
	probe(PROBE_MIGRATE, &both);
	plan = plan_for(addr + 3 * PAGE, 2, SELECT_DEVICE, GIVE_SYSTEM);
	probe(PROBE_MIGRATE, &both);
	expect_bytes(program, addr, 4, 1);
	probe(PROBE_EVICT, &eviction);
}

/* Returns whether there was a failure of the kind with this number. */
static int tour_with_failure(enum machine_failure kind, unsigned long nth)
{
	unsigned long addr = map_pages(6), huge, file;
	struct program *child;
	int struck;

	write_pages(program, addr, 4, 1);
	child = program_fork(program);
	huge = program_map(program, 512 * PAGE, RW | PROGRAM_HUGE);
	write_pages(program, huge, 4, 11);
	file = program_map_file(program, program_create_file(2 * PAGE), RW, 1);
	write_pages(program, file, 2, 21);

	machine_fail_nth(kind, nth);
	tour(addr, huge, file);
	struck = machine_failures();
	machine_fail_nth(kind, 0);

	expect_bytes(program, addr, 4, 1);
	expect_bytes(program, addr + 4 * PAGE, 1, 0);
	expect_bytes(program, huge, 4, 11);
	expect_bytes(program, file, 2, 21);
	expect_bytes(child, addr, 4, 1);
	assert_int_equal(machine_check(), 0);
	assert_int_equal(machine_count().locked_pages, 0);
	assert_int_equal(machine_count().isolated_pages, 0);
	assert_int_equal(machine_violations(), 0);
	program_exit(child);
	return struck;
}

static void after_every_single_failure_nothing_is_lost_leaked_or_locked(void **state)
{
	unsigned long tried = 0;

	for (int kind = 0; kind < MACHINE_FAILURES; kind++) {
		for (unsigned long nth = 1; tour_with_failure(kind, nth); nth++, tried++) {
			assert_int_equal(machine_shutdown(), 0);
			assert_int_equal(start_machine(state), 0);
		}
	}
	assert_true(tried > 50);
}

const struct CMUnitTest failure_tests[] = {
	machine_test(a_page_that_somebody_else_has_locked_stays),
	machine_test(a_page_that_cannot_be_isolated_stays),
	machine_test(a_page_that_is_pinned_stays),
	machine_test(a_page_that_is_referenced_meanwhile_stays),
	machine_test(a_hole_that_is_filled_meanwhile_is_not_filled_again),
	machine_test(a_copy_to_the_program_reaches_nothing),
	machine_test(nothing_fails_where_no_driver_runs),
	machine_test(points_are_counted_without_a_failure),
	machine_test(after_every_single_failure_nothing_is_lost_leaked_or_locked),
};
const size_t failure_test_count = sizeof(failure_tests) / sizeof(failure_tests[0]);
