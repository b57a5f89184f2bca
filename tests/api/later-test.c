// SPDX-License-Identifier: GPL-2.0-only
/* later-test.c - runs the tests of probe-later*.c: when does the kernel do what is left to it? */
#include "support.h"
#include "tests.h"

static void in_kernel(const char *name)
{
	long line = probe(PROBE_ENVIRONMENT, (void *)name);

	if (line)
		fail_msg("the check in line %ld of probe-later*.c does not hold", line);
}

static void run_in_kernel(const char *name)
{
	in_kernel(name);
	assert_int_equal(machine_count().slab_objects, 0);
}

#define KERNEL_TEST(name) \
static void name(void **state) \
{ \
	run_in_kernel(#name); \
}

/* The machine ends, with a report. */
#define FATAL_TEST(name, rule) \
static void run_##name(void) \
{ \
	in_kernel(#name); \
} \
static void name(void **state) \
{ \
	expect_fatal(rule, run_##name); \
}

KERNEL_TEST(work_waits_until_somebody_waits_for_it)
KERNEL_TEST(cancelled_work_is_not_done)
KERNEL_TEST(a_destroyed_queue_has_done_its_work)
KERNEL_TEST(work_may_wait_for_other_work)
FATAL_TEST(work_of_an_ordered_queue_may_not_wait_for_other_work, "deadlock")
KERNEL_TEST(work_that_needs_a_lock_waits_for_it)
FATAL_TEST(a_flush_under_the_lock_that_the_work_needs_never_ends, "deadlock")
KERNEL_TEST(timers_expire_in_their_order)
KERNEL_TEST(delayed_work_is_done_when_its_time_has_come)
KERNEL_TEST(waits_can_run_out_of_time)
KERNEL_TEST(a_kernel_thread_serves_until_it_is_stopped)
KERNEL_TEST(tasklets_run_once_for_each_time)
KERNEL_TEST(a_fence_is_waited_for)
FATAL_TEST(a_fence_that_nobody_signals_never_ends, "wait-never-ends")

static void queued_work_is_not_freed(void **state)
{
	in_kernel("free_queued_work");
	expect_violation("work-in-use");
}

static void the_bytes_of_a_freed_page_are_not_used(void **state)
{
	in_kernel("use_freed_page");
	expect_violation("freed-page-used");
}

static void queued_work_is_not_initialized_again(void **state)
{
	in_kernel("init_queued_work");
	expect_violation("work-in-use");
}

static void work_does_not_outlive_its_driver(void **state)
{
	in_kernel("leave_work_behind");
	expect_leaks(0);
	assert_int_equal(machine_violations_of("work-in-use"), 1);
}

static void a_thread_does_not_outlive_its_driver(void **state)
{
	in_kernel("leave_thread_behind");
	expect_leaks(1);
	assert_int_equal(machine_violations_of("work-in-use"), 1);
}

static void a_timer_may_not_sleep(void **state)
{
	in_kernel("sleep_in_a_timer");
	expect_violation("sleep-in-atomic");
}

static void work_is_done_while_the_program_sleeps(void **state)
{
	in_kernel("queue_some_work");
	in_kernel("some_work_is_not_done");
	machine_sleep(1);
	in_kernel("some_work_is_done");
}

static void work_is_not_put_off_for_ever(void **state)
{
	in_kernel("queue_some_work");
	for (int i = 0; i < 40; i++)
		map_pages(1);
	in_kernel("some_work_is_done");
}

static void early_work_is_done_at_once(void **state)
{
	machine_order(MACHINE_EARLY, 0);
	in_kernel("queue_some_work");
	in_kernel("some_work_is_done");
}

/* How many times a program enters the kernel until the work is done, with some seed. */
static int calls_until_done(unsigned int seed)
{
	int calls = 0;

	machine_order(MACHINE_RANDOM, seed);
	in_kernel("queue_some_work");
	while (probe(PROBE_ENVIRONMENT, "some_work_is_done"))
		calls++;
	return calls;
}

static void a_random_order_is_the_same_for_the_same_seed(void **state)
{
	int first = calls_until_done(1), different = 0;

	assert_int_equal(calls_until_done(1), first);
	for (unsigned int seed = 2; seed < 12; seed++)
		different += calls_until_done(seed) != first;
	assert_true(different > 0);
}

const struct CMUnitTest later_tests[] = {
	machine_test(work_waits_until_somebody_waits_for_it),
	machine_test(cancelled_work_is_not_done),
	machine_test(a_destroyed_queue_has_done_its_work),
	machine_test(work_may_wait_for_other_work),
	machine_test(work_of_an_ordered_queue_may_not_wait_for_other_work),
	machine_test(work_that_needs_a_lock_waits_for_it),
	machine_test(a_flush_under_the_lock_that_the_work_needs_never_ends),
	machine_test(timers_expire_in_their_order),
	machine_test(delayed_work_is_done_when_its_time_has_come),
	machine_test(waits_can_run_out_of_time),
	machine_test(a_kernel_thread_serves_until_it_is_stopped),
	machine_test(tasklets_run_once_for_each_time),
	machine_test(a_fence_is_waited_for),
	machine_test(a_fence_that_nobody_signals_never_ends),
	machine_test(queued_work_is_not_freed),
	machine_test(the_bytes_of_a_freed_page_are_not_used),
	machine_test(queued_work_is_not_initialized_again),
	machine_test(work_does_not_outlive_its_driver),
	machine_test(a_thread_does_not_outlive_its_driver),
	machine_test(a_timer_may_not_sleep),
	machine_test(work_is_done_while_the_program_sleeps),
	machine_test(work_is_not_put_off_for_ever),
	machine_test(early_work_is_done_at_once),
	machine_test(a_random_order_is_the_same_for_the_same_seed),
};
const size_t later_test_count = sizeof(later_tests) / sizeof(later_tests[0]);
