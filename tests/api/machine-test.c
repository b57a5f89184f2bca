// SPDX-License-Identifier: GPL-2.0-only
/* machine-test.c - booting, loading, and the mistakes of a driver that the machine notices */
#include <errno.h>

#include "support.h"
#include "tests.h"

static void make(enum probe_mistake mistake)
{
	probe(PROBE_MISTAKE, (void *)(unsigned long)mistake);
}

static void a_fresh_machine_is_empty(void **state)
{
	struct machine_counts counts;

	assert_int_equal(machine_shutdown(), 0);
	assert_int_equal(machine_boot(), 0);
	counts = machine_count();
	assert_int_equal(counts.system_pages, 0);
	assert_int_equal(counts.device_pages, 0);
	assert_int_equal(counts.slab_objects, 0);
}

static void a_driver_is_loaded_once(void **state)
{
	assert_int_equal(machine_load_driver(), -EBUSY);
}

static void a_driver_can_be_loaded_again(void **state)
{
	assert_int_equal(program_close(program, 0), 0);
	machine_unload_driver();
	assert_int_equal(machine_count().system_pages, 0);
	assert_int_equal(program_open(program, "/dev/probe"), -ENOENT);
	assert_int_equal(machine_load_driver(), 0);
	assert_int_equal(program_open(program, "/dev/probe"), 0);
}

static void files_that_do_not_exist_are_not_opened(void **state)
{
	assert_int_equal(program_open(program, "/dev/nothing"), -ENOENT);
	assert_int_equal(program_open(program, "probe"), -ENOENT);
	assert_int_equal(program_close(program, 7), -EBADF);
	assert_int_equal(program_ioctl(program, 7, 0, NULL), -EBADF);
}

static void an_unknown_command_is_refused_by_the_driver(void **state)
{
	assert_int_equal(probe(999, NULL), -ENOTTY);
}

static void unlocking_a_page_twice(void **state)
{
	make(MISTAKE_DOUBLE_UNLOCK_PAGE);
	expect_violation("page-lock");
}

static void putting_a_page_twice(void **state)
{
	make(MISTAKE_DOUBLE_PUT_PAGE);
	expect_violation("page-reference");
}

static void freeing_a_locked_page(void **state)
{
	make(MISTAKE_FREE_LOCKED_PAGE);
	expect_violation("page-freed-in-use");
	expect_counts(0, 0);
}

static void lock_page_twice(void)
{
	make(MISTAKE_LOCK_PAGE_TWICE);
}

static void locking_a_page_twice(void **state)
{
	expect_fatal("page-lock", lock_page_twice);
}

static void touch_device_page(void)
{
	make(MISTAKE_KMAP_DEVICE_PAGE);
}

static void clearing_a_device_page_with_the_cpu(void **state)
{
	expect_fatal("cpu-access-to-device-page", touch_device_page);
}

static void leaving_an_object(void **state)
{
	make(MISTAKE_LEAK_OBJECT);
	assert_int_equal(machine_count().slab_objects, 1);
	expect_leaks(1);
}

static void leaving_a_page(void **state)
{
	make(MISTAKE_LEAK_PAGE);
	expect_leaks(1);
}

static void leaving_a_lock(void **state)
{
	make(MISTAKE_LEAK_LOCK);
	expect_leaks(1);
}

static void lock_mutex_twice(void)
{
	make(MISTAKE_MUTEX_TWICE);
}

static void locking_a_mutex_twice(void **state)
{
	expect_fatal("deadlock", lock_mutex_twice);
}

static void unlocking_a_mutex_nobody_holds(void **state)
{
	make(MISTAKE_UNLOCK_MUTEX);
	expect_violation("lock-not-held");
}

static void allocating_under_a_spinlock(void **state)
{
	make(MISTAKE_SLEEP_UNDER_SPINLOCK);
	expect_violation("sleep-in-atomic");
}

static void taking_the_mmap_lock_twice(void **state)
{
	make(MISTAKE_MMAP_LOCK_TWICE);
	expect_violation("lock-recursion");
}

static void copy_under_mmap_lock(void)
{
	map_pages(1);
	make(MISTAKE_COPY_UNDER_MMAP_WRITE_LOCK);
}

static void copying_to_the_program_under_its_mmap_lock(void **state)
{
	expect_fatal("deadlock", copy_under_mmap_lock);
}

static void wait_for_nothing(void)
{
	make(MISTAKE_WAIT_FOR_NOTHING);
}

static void waiting_for_what_nobody_completes(void **state)
{
	expect_fatal("wait-never-ends", wait_for_nothing);
}

static void run_into_bug(void)
{
	make(MISTAKE_BUG);
}

static void a_bug_ends_the_machine(void **state)
{
	expect_fatal("bug", run_into_bug);
}

static void a_warning_is_counted(void **state)
{
	make(MISTAKE_WARN);
	expect_violation("warning");
}

static void taking_a_device_page_that_is_in_use(void **state)
{
	only_since(6, 1);
	make(MISTAKE_TAKE_DEVICE_PAGE_TWICE);
	expect_violation("device-page-taken-twice");
	/* It is locked and nobody's now, so it is left when the driver goes. */
	machine_shutdown();
	expect_violation("device-page-leak");
}

static void leaving_a_notifier(void **state)
{
	make(MISTAKE_LEAVE_NOTIFIER);
	expect_leaks(1);
}

const struct CMUnitTest machine_tests[] = {
	machine_test(a_fresh_machine_is_empty),
	machine_test(a_driver_is_loaded_once),
	machine_test(a_driver_can_be_loaded_again),
	machine_test(files_that_do_not_exist_are_not_opened),
	machine_test(an_unknown_command_is_refused_by_the_driver),
	machine_test(unlocking_a_page_twice),
	machine_test(putting_a_page_twice),
	machine_test(freeing_a_locked_page),
	machine_test(locking_a_page_twice),
	machine_test(clearing_a_device_page_with_the_cpu),
	machine_test(leaving_an_object),
	machine_test(leaving_a_page),
	machine_test(leaving_a_lock),
	machine_test(locking_a_mutex_twice),
	machine_test(unlocking_a_mutex_nobody_holds),
	machine_test(allocating_under_a_spinlock),
	machine_test(taking_the_mmap_lock_twice),
	machine_test(copying_to_the_program_under_its_mmap_lock),
	machine_test(waiting_for_what_nobody_completes),
	machine_test(a_bug_ends_the_machine),
	machine_test(a_warning_is_counted),
	machine_test(taking_a_device_page_that_is_in_use),
	machine_test(leaving_a_notifier),
};
const size_t machine_test_count = sizeof(machine_tests) / sizeof(machine_tests[0]);
