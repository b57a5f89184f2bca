// SPDX-License-Identifier: GPL-2.0-only
/*
 * threads.c - threads use memory through plain pointers while a driver moves it
 *
 * Linked with each of the example drivers, plain and with ThreadSanitizer, which then watches the
 * driver: it sees the locks of the machine, and not that one task at a time is in the kernel.
 *
 *	threads			all tests
 *	threads PATTERN		those whose name matches
 *	ROUNDS=n threads	longer or shorter
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "moves.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"	/* every test takes a state */

#define PAGE		PROGRAM_PAGE_SIZE
#define READ_WRITE	(PROGRAM_READ | PROGRAM_WRITE)
#define PAGES		32
#define THREADS		3

static struct program *program;
static int fd, rounds;
static unsigned long pages_of_driver;

/* Of all threads: set once, by whoever is ready or has found something. */
static atomic_bool is_over;
static atomic_int wrong;

static int start(void **state)
{
	if (machine_boot() || machine_load_driver())
		return -1;
	program = program_start();
	fd = program_open(program, driver_moves.path);
	pages_of_driver = machine_count().system_pages;
	atomic_store(&is_over, false);
	atomic_store(&wrong, 0);
	return program && fd >= 0 ? 0 : -1;
}

static int stop(void **state)
{
	int leaks = machine_shutdown();

	if (leaks || machine_violations())
		print_error("%d leak(s), %lu violation(s), the last of them: %s\n", leaks,
			    machine_violations(), machine_last_violation());
	return leaks || machine_violations() ? -1 : 0;
}

/* cmocka has handlers of its own, so a test attaches the program and not its setup. */
static unsigned char *map_as_and_attach(int protection, unsigned long pages)
{
	unsigned long addr = program_map(program, pages * PAGE, protection);

	assert_true(addr);
	assert_int_equal(program_attach(program), 0);
	return (unsigned char *)addr;
}

static unsigned char *map_and_attach(unsigned long pages)
{
	return map_as_and_attach(READ_WRITE, pages);
}

static void to_device(const unsigned char *memory, unsigned long pages)
{
	driver_moves.to_device(program, fd, (unsigned long)memory, pages * PAGE);
}

static void to_system(const unsigned char *memory, unsigned long pages)
{
	if (driver_moves.to_system)
		driver_moves.to_system(program, fd, (unsigned long)memory, pages * PAGE);
}

static void expect_nothing_wrong(void)
{
	program_detach(program);
	if (atomic_load(&wrong))
		fail_msg("expected every byte as its thread left it, came %d that are not",
			 atomic_load(&wrong));
}

/* --- Counting in pages that move ------------------------------------------------------------- */

struct counter {
	pthread_t thread;
	volatile unsigned char *memory;	/* its own byte of the first page */
	unsigned long counted;
};

/* Adds one to its byte of each page, and looks whether the byte is as it left it. */
static void *count_on(void *argument)
{
	struct counter *counter = argument;

	for (; !atomic_load(&is_over); counter->counted++) {
		for (int i = 0; i < PAGES; i++) {
			volatile unsigned char *byte = counter->memory + i * PAGE;

			if (*byte != (unsigned char)counter->counted)
				atomic_fetch_add(&wrong, 1);
			*byte = counter->counted + 1;
		}
	}
	return NULL;
}

static void start_counters(struct counter *counters, unsigned char *memory)
{
	for (int i = 0; i < THREADS; i++) {
		counters[i] = (struct counter){ .memory = memory + i };
		assert_int_equal(pthread_create(&counters[i].thread, NULL, count_on, &counters[i]), 0);
	}
}

static void stop_counters(struct counter *counters, const unsigned char *memory)
{
	atomic_store(&is_over, true);
	for (int i = 0; i < THREADS; i++)
		pthread_join(counters[i].thread, NULL);
	for (int i = 0; i < THREADS; i++)
		for (int page = 0; page < PAGES; page++)
			if (memory[page * PAGE + i] != (unsigned char)counters[i].counted)
				atomic_fetch_add(&wrong, 1);
}

static void threads_see_the_right_bytes_while_a_range_migrates(void **state)
{
	unsigned char *memory = map_and_attach(PAGES);
	struct counter counters[THREADS];

	start_counters(counters, memory);
	for (int i = 0; i < rounds; i++) {
		to_device(memory, PAGES);
		if (i % 3 == 0)
			to_system(memory, PAGES);
	}
	stop_counters(counters, memory);
	expect_nothing_wrong();
}

static void threads_see_the_right_bytes_while_their_process_forks(void **state)
{
	unsigned char *memory = map_and_attach(PAGES);
	struct counter counters[THREADS];

	start_counters(counters, memory);
	for (int i = 0; i < rounds / 8; i++) {
		struct program *child = program_fork(program);
		unsigned char first[PAGES], again[PAGES];

		for (int page = 0; page < PAGES; page++)
			program_read(child, (unsigned long)memory + page * PAGE, &first[page], 1);
		to_device(memory, PAGES);
		for (int page = 0; page < PAGES; page++)
			program_read(child, (unsigned long)memory + page * PAGE, &again[page], 1);
		if (memcmp(first, again, PAGES))
			atomic_fetch_add(&wrong, 1);
		program_exit(child);
	}
	stop_counters(counters, memory);
	expect_nothing_wrong();
}

static void threads_see_the_right_bytes_while_protection_changes(void **state)
{
	unsigned char *memory = map_and_attach(2 * PAGES);
	struct counter counters[THREADS];

	start_counters(counters, memory);
	for (int i = 0; i < rounds; i++) {
		/* The second half, so that the mapping is split and merged beside the threads. */
		program_protect(program, (unsigned long)memory + PAGES * PAGE, PAGE,
				i % 2 ? READ_WRITE : PROGRAM_NONE);
		to_device(memory, PAGES);
	}
	stop_counters(counters, memory);
	expect_nothing_wrong();
}

static void threads_see_the_right_bytes_while_pages_are_swapped_out(void **state)
{
	unsigned char *memory = map_and_attach(PAGES);
	struct counter counters[THREADS];

	start_counters(counters, memory);
	for (int i = 0; i < rounds; i++) {
		program_swap_out(program, (unsigned long)memory, PAGES * PAGE);
		if (i % 2)
			to_device(memory, PAGES);
	}
	stop_counters(counters, memory);
	expect_nothing_wrong();
}

/* The first touch brings a huge page, which the first migration of a part of it splits. */
static void threads_see_the_right_bytes_in_huge_pages(void **state)
{
	const unsigned long huge = 512;
	unsigned char *memory = map_as_and_attach(READ_WRITE | PROGRAM_HUGE, huge);
	struct counter counters[THREADS];

	start_counters(counters, memory);
	for (int i = 0; i < rounds / 40; i++) {
		unsigned long addr = program_map(program, huge * PAGE, READ_WRITE | PROGRAM_HUGE);
		unsigned char *other = (unsigned char *)addr;

		memset(other, i, huge * PAGE);
		to_device(other + 8 * PAGE, PAGES);
		to_device(memory, PAGES);
		for (unsigned long page = 0; page < huge; page++)
			if (other[page * PAGE + 17] != (unsigned char)i)
				atomic_fetch_add(&wrong, 1);
		program_unmap(program, addr, huge * PAGE);
	}
	stop_counters(counters, memory);
	expect_nothing_wrong();
}

/* --- The same page, and pages of one's own --------------------------------------------------- */

static pthread_barrier_t barrier;
static unsigned char *shared_page;

static void *load_together(void *argument)
{
	for (int i = 0; i < rounds; i++) {
		pthread_barrier_wait(&barrier);
		if (*shared_page != (unsigned char)i)
			atomic_fetch_add(&wrong, 1);
		pthread_barrier_wait(&barrier);
	}
	return NULL;
}

static void threads_that_want_the_same_page_all_get_it(void **state)
{
	pthread_t threads[THREADS];

	shared_page = map_and_attach(1);
	pthread_barrier_init(&barrier, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, load_together, NULL);
	for (int i = 0; i < rounds; i++) {
		*shared_page = i;
		to_device(shared_page, 1);
		pthread_barrier_wait(&barrier);
		pthread_barrier_wait(&barrier);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&barrier);
	expect_nothing_wrong();
}

static void *map_move_and_unmap(void *argument)
{
	for (int i = 0; i < rounds / 4; i++) {
		unsigned char *memory = (unsigned char *)program_map(program, 8 * PAGE, READ_WRITE);

		memset(memory, i, 8 * PAGE);
		to_device(memory, 8);
		for (unsigned long at = 0; at < 8 * PAGE; at += 1000)
			if (memory[at] != (unsigned char)i)
				atomic_fetch_add(&wrong, 1);
		to_device(memory, 4);
		program_unmap(program, (unsigned long)memory, 8 * PAGE);
	}
	return NULL;
}

static void threads_map_move_and_unmap_beside_each_other(void **state)
{
	pthread_t threads[THREADS];

	map_and_attach(1);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, map_move_and_unmap, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	expect_nothing_wrong();
	assert_int_equal(machine_count().system_pages, pages_of_driver);
	assert_int_equal(machine_count().device_pages, 0);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, start, stop)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(threads_see_the_right_bytes_while_a_range_migrates),
		TEST(threads_see_the_right_bytes_while_their_process_forks),
		TEST(threads_see_the_right_bytes_while_protection_changes),
		TEST(threads_see_the_right_bytes_while_pages_are_swapped_out),
		TEST(threads_see_the_right_bytes_in_huge_pages),
		TEST(threads_that_want_the_same_page_all_get_it),
		TEST(threads_map_move_and_unmap_beside_each_other),
	};
	const char *wanted = getenv("ROUNDS");

	rounds = wanted ? atoi(wanted) : 400;
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
