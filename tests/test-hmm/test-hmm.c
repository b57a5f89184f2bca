// SPDX-License-Identifier: GPL-2.0-only
/*
 * test-hmm.c - upstream's driver lib/test_hmm.c on the reference implementation
 *
 * The driver has two devices with private memory, and mirrors the program that opens one of them.
 * READ and WRITE go through its mirror and fault in what is missing; MIGRATE_TO_DEV moves pages;
 * SNAPSHOT says what it would see; EXCLUSIVE takes pages away from the CPU; RELEASE gives its
 * memory up. Closing a device evicts every page that is on it.
 *
 *	test-hmm		all tests
 *	test-hmm PATTERN	those whose name matches
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "test-hmm.h"

#define MOST_PAGES	1024

struct program *program;
int device[2];
static unsigned char mirror[MOST_PAGES * PAGE];
static struct hmm_dmirror_cmd last;

static int start(void **state)
{
	if (machine_boot() || machine_load_driver())
		return -1;
	program = program_start();
	device[0] = program_open(program, "/dev/hmm_dmirror0");
	device[1] = program_open(program, "/dev/hmm_dmirror1");
	return program && device[0] >= 0 && device[1] >= 0 ? 0 : -1;
}

static int stop(void **state)
{
	int leaks = machine_shutdown();

	if (leaks || machine_violations())
		print_error("%d leak(s), %lu violation(s), the last of them: %s\n", leaks,
			    machine_violations(), machine_last_violation());
	return leaks || machine_violations() ? -1 : 0;
}

static int request_of(struct program *p, int fd, unsigned int request, unsigned long addr,
		      unsigned long pages)
{
	last = (struct hmm_dmirror_cmd){
		.addr = addr,
		.ptr = (uintptr_t)mirror,
		.npages = pages,
	};
	return program_ioctl(p, fd, request, &last);
}

int request(int which, unsigned int request, unsigned long addr, unsigned long pages)
{
	return request_of(program, device[which], request, addr, pages);
}

/* The number that a test writes into the middle of page @i. */
static unsigned int number(unsigned long i, unsigned int salt)
{
	return i * 2654435761u + salt;
}

void store_pages_of(struct program *p, unsigned long addr, unsigned long pages,
		    unsigned int salt)
{
	for (unsigned long i = 0; i < pages; i++) {
		unsigned int value = number(i, salt);

		assert_int_equal(program_write(p, addr + i * PAGE + 1024, &value, sizeof(value)), 0);
	}
}

void store_pages(unsigned long addr, unsigned long pages, unsigned int salt)
{
	store_pages_of(program, addr, pages, salt);
}

void expect_pages_of(struct program *p, unsigned long addr, unsigned long pages,
		     unsigned int salt)
{
	for (unsigned long i = 0; i < pages; i++) {
		unsigned int value = 0;

		assert_int_equal(program_read(p, addr + i * PAGE + 1024, &value, sizeof(value)), 0);
		assert_int_equal(value, number(i, salt));
	}
}

void expect_pages(unsigned long addr, unsigned long pages, unsigned int salt)
{
	expect_pages_of(program, addr, pages, salt);
}

static void fill_mirror(unsigned long pages, unsigned int salt)
{
	for (unsigned long i = 0; i < pages; i++) {
		unsigned int value = number(i, salt);

		memcpy(mirror + i * PAGE + 1024, &value, sizeof(value));
	}
}

void expect_mirror(unsigned long pages, unsigned int salt)
{
	for (unsigned long i = 0; i < pages; i++) {
		unsigned int value;

		memcpy(&value, mirror + i * PAGE + 1024, sizeof(value));
		assert_int_equal(value, number(i, salt));
	}
}

void expect_where(unsigned long addr, enum program_page where)
{
	assert_int_equal(program_page(program, addr).where, where);
}

static unsigned long map_stored(unsigned long pages, unsigned int salt)
{
	unsigned long addr = program_map(program, pages * PAGE, READ_WRITE);

	store_pages(addr, pages, salt);
	return addr;
}

static unsigned long map_on_device(unsigned long pages, unsigned int salt)
{
	unsigned long addr = map_stored(pages, salt);

	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, pages), 0);
	assert_int_equal(last.cpages, pages);
	return addr;
}

/* --- The mirror ------------------------------------------------------------------------------ */

static void the_device_reads_what_the_program_wrote(void **state)
{
	unsigned long addr = program_map(program, 8 * PAGE, READ_WRITE);
	unsigned int zero = 1;

	store_pages(addr + PAGE, 6, 5);
	assert_int_equal(request(0, HMM_DMIRROR_READ, addr, 8), 0);
	assert_int_equal(last.cpages, 8);
	assert_int_equal(last.faults, 1);
	memcpy(&zero, mirror + 1024, sizeof(zero));
	assert_int_equal(zero, 0);
	memmove(mirror, mirror + PAGE, 6 * PAGE);
	expect_mirror(6, 5);
}

static void the_program_reads_what_the_device_wrote(void **state)
{
	unsigned long addr = program_map(program, 8 * PAGE, READ_WRITE);

	fill_mirror(8, 6);
	assert_int_equal(request(0, HMM_DMIRROR_WRITE, addr, 8), 0);
	assert_int_equal(last.faults, 1);
	expect_pages(addr, 8, 6);
}

static void the_device_may_not_read_what_the_program_may_not(void **state)
{
	unsigned long addr = map_stored(2, 7);

	assert_int_equal(program_protect(program, addr + PAGE, PAGE, PROGRAM_NONE), 0);
	assert_int_equal(request(0, HMM_DMIRROR_READ, addr, 2), -EFAULT);
	assert_int_equal(program_protect(program, addr + PAGE, PAGE, READ_WRITE), 0);
	assert_int_equal(request(0, HMM_DMIRROR_READ, addr, 2), 0);
	expect_mirror(2, 7);
}

static void the_device_may_not_write_what_the_program_may_not(void **state)
{
	unsigned long addr = program_map(program, 4 * PAGE, PROGRAM_READ);

	fill_mirror(4, 8);
	assert_int_equal(request(0, HMM_DMIRROR_WRITE, addr, 4), -EPERM);
	assert_int_equal(program_protect(program, addr, 4 * PAGE, READ_WRITE), 0);
	fill_mirror(4, 8);
	assert_int_equal(request(0, HMM_DMIRROR_WRITE, addr, 4), 0);
	expect_pages(addr, 4, 8);
}

static void the_mirror_forgets_what_was_unmapped(void **state)
{
	for (unsigned int round = 0; round < 10; round++) {
		unsigned long addr = map_stored(64, round);

		assert_int_equal(request(0, HMM_DMIRROR_READ, addr, 64), 0);
		expect_mirror(64, round);
		assert_int_equal(program_unmap(program, addr, 64 * PAGE), 0);
		assert_int_equal(request(0, HMM_DMIRROR_READ, addr, 64), -EFAULT);
	}
}

static void a_child_that_writes_through_the_device_leaves_the_parent_alone(void **state)
{
	unsigned long addr = map_stored(8, 9);
	struct program *child = program_fork(program);
	int fd = program_open(child, "/dev/hmm_dmirror0");

	fill_mirror(8, 10);
	assert_int_equal(request_of(child, fd, HMM_DMIRROR_WRITE, addr, 8), 0);
	expect_pages_of(child, addr, 8, 10);
	expect_pages(addr, 8, 9);
	program_exit(child);
	expect_pages(addr, 8, 9);
}

/* --- Migration ------------------------------------------------------------------------------- */

static void all_pages_move_to_the_device(void **state)
{
	unsigned long addr = map_on_device(MOST_PAGES, 11);

	expect_mirror(MOST_PAGES, 11);
	for (unsigned long i = 0; i < MOST_PAGES; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_DEVICE);
}

static void a_touch_brings_a_page_back_and_it_can_move_again(void **state)
{
	unsigned long addr = map_on_device(256, 12);

	expect_pages(addr, 128, 12);
	for (unsigned long i = 0; i < 256; i++)
		expect_where(addr + i * PAGE,
			     i < 128 ? PROGRAM_PAGE_SYSTEM : PROGRAM_PAGE_DEVICE);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 256), 0);
	assert_int_equal(last.cpages, 256);
	expect_mirror(256, 12);
	expect_pages(addr, 256, 12);
}

static void the_device_moves_pages_back_by_itself(void **state)
{
	unsigned long addr = map_stored(64, 13);

	for (int round = 0; round < 10; round++) {
		assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 64), 0);
		assert_int_equal(last.cpages, 64);
		assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_SYS, addr, 64), 0);
		assert_int_equal(last.cpages, 64);
		expect_where(addr, PROGRAM_PAGE_SYSTEM);
	}
	expect_pages(addr, 64, 13);
}

static void a_device_that_gives_its_memory_up_evicts_every_page(void **state)
{
	unsigned long addr = map_on_device(300, 14);

	assert_int_equal(request(0, HMM_DMIRROR_RELEASE, addr, 300), 0);
	for (unsigned long i = 0; i < 300; i++)
		expect_where(addr + i * PAGE, PROGRAM_PAGE_SYSTEM);
	expect_pages(addr, 300, 14);
	assert_int_equal(machine_count().device_pages, 0);
}

static void closing_the_device_evicts_every_page(void **state)
{
	unsigned long addr = map_on_device(300, 15);

	assert_int_equal(program_close(program, device[0]), 0);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	expect_pages(addr, 300, 15);
}

static void a_range_with_a_hole_in_the_mapping_is_refused(void **state)
{
	unsigned long addr = map_stored(3, 16);

	assert_int_equal(program_unmap(program, addr + PAGE, PAGE), 0);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 3), -EINVAL);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr + PAGE, 1), -EINVAL);
}

static void zero_page_read_only_and_untouched_pages_move(void **state)
{
	unsigned long addr = program_map(program, 4 * PAGE, READ_WRITE);
	unsigned int value = 1;

	assert_int_equal(program_read(program, addr + PAGE, &value, sizeof(value)), 0);
	store_pages(addr + 2 * PAGE, 2, 17);
	assert_int_equal(program_protect(program, addr + 2 * PAGE, PAGE, PROGRAM_READ), 0);
	for (unsigned long i = 0; i < 4; i++) {
		assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr + i * PAGE, 1), 0);
		expect_where(addr + i * PAGE, PROGRAM_PAGE_DEVICE);
	}
	assert_int_equal(program_read(program, addr + PAGE, &value, sizeof(value)), 0);
	assert_int_equal(value, 0);
	expect_pages(addr + 2 * PAGE, 2, 17);
	assert_int_equal(program_write(program, addr + 2 * PAGE, &value, 1), SIGSEGV);
}

static void a_page_on_the_other_device_stays_there(void **state)
{
	unsigned long addr = map_on_device(1, 18);

	assert_int_equal(request(1, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 1), -ENOENT);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
}

static void the_other_device_gets_a_page_back_by_reading_it(void **state)
{
	unsigned long addr = map_on_device(8, 19);

	assert_int_equal(request(1, HMM_DMIRROR_READ, addr, 8), 0);
	expect_mirror(8, 19);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
}

static void parent_and_child_part_when_one_writes_to_a_page_on_the_device(void **state)
{
	unsigned long addr = map_on_device(8, 20);
	struct program *child = program_fork(program);

	store_pages(addr, 8, 21);
	expect_pages_of(child, addr, 8, 20);
	program_exit(child);
	expect_pages(addr, 8, 21);
}

static void pages_on_the_device_go_with_their_mapping(void **state)
{
	unsigned long addr = map_on_device(8, 22);

	assert_int_equal(machine_count().device_pages, 8);
	assert_int_equal(program_unmap(program, addr, 8 * PAGE), 0);
	assert_int_equal(machine_count().device_pages, 0);
}

static void a_pinned_page_does_not_move(void **state)
{
	unsigned long addr = map_stored(3, 23);

	assert_int_equal(program_pin(program, addr + PAGE), 0);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 3), -ENOENT);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_where(addr + 2 * PAGE, PROGRAM_PAGE_DEVICE);
	assert_int_equal(program_unpin(program, addr + PAGE), 0);
	expect_pages(addr, 3, 23);
}

/* --- What the device sees -------------------------------------------------------------------- */

static void a_snapshot_says_what_is_where_and_brings_nothing_back(void **state)
{
	unsigned long addr = program_map(program, 7 * PAGE, READ_WRITE);
	unsigned int value;

	assert_int_equal(program_read(program, addr, &value, sizeof(value)), 0);
	store_pages(addr + PAGE, 4, 24);
	assert_int_equal(program_protect(program, addr + PAGE, PAGE, PROGRAM_READ), 0);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr + 3 * PAGE, 1), 0);
	assert_int_equal(request(1, HMM_DMIRROR_MIGRATE_TO_DEV, addr + 4 * PAGE, 1), 0);
	assert_int_equal(program_protect(program, addr + 6 * PAGE, PAGE, PROGRAM_NONE), 0);

	assert_int_equal(request(0, HMM_DMIRROR_SNAPSHOT, addr, 7), 0);
	assert_int_equal(last.cpages, 7);
	assert_int_equal(mirror[0], HMM_DMIRROR_PROT_ZERO | HMM_DMIRROR_PROT_READ);
	assert_int_equal(mirror[1], HMM_DMIRROR_PROT_READ);
	assert_int_equal(mirror[2], HMM_DMIRROR_PROT_WRITE);
	assert_int_equal(mirror[3],
			 HMM_DMIRROR_PROT_DEV_PRIVATE_LOCAL | HMM_DMIRROR_PROT_WRITE);
	assert_int_equal(mirror[4], HMM_DMIRROR_PROT_NONE);
	assert_int_equal(mirror[5], HMM_DMIRROR_PROT_NONE);
	assert_int_equal(mirror[6], HMM_DMIRROR_PROT_ERROR);
	expect_where(addr + 3 * PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 4 * PAGE, PROGRAM_PAGE_DEVICE);
	expect_where(addr + 5 * PAGE, PROGRAM_PAGE_NONE);
}

static void a_mapping_of_the_device_itself_is_seen_and_not_migrated(void **state)
{
	unsigned long addr = program_map_device(program, device[0], 4 * PAGE, READ_WRITE);

	assert_true(addr);
	store_pages(addr, 4, 25);
	assert_int_equal(request(0, HMM_DMIRROR_SNAPSHOT, addr, 4), 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(mirror[i], HMM_DMIRROR_PROT_WRITE);
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, 4), -EINVAL);
	expect_pages(addr, 4, 25);
}

/* --- Exclusive access ------------------------------------------------------------------------ */

static void the_cpu_takes_an_exclusive_page_back(void **state)
{
	unsigned long addr = map_stored(8, 26);

	assert_int_equal(request(0, HMM_DMIRROR_EXCLUSIVE, addr, 8), 0);
	expect_mirror(8, 26);
	expect_where(addr, PROGRAM_PAGE_EXCLUSIVE);
	assert_int_equal(request(0, HMM_DMIRROR_CHECK_EXCLUSIVE, addr, 8), -EPERM);
	store_pages(addr, 8, 27);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
	assert_int_equal(request(0, HMM_DMIRROR_CHECK_EXCLUSIVE, addr, 8), 0);
	expect_pages(addr, 8, 27);
}

static void an_exclusive_page_that_became_read_only_is_not_written(void **state)
{
	unsigned long addr = map_stored(8, 28);

	assert_int_equal(request(0, HMM_DMIRROR_EXCLUSIVE, addr, 8), 0);
	assert_int_equal(program_protect(program, addr, 8 * PAGE, PROGRAM_READ), 0);
	fill_mirror(8, 29);
	assert_int_equal(request(0, HMM_DMIRROR_WRITE, addr, 8), -EPERM);
	expect_pages(addr, 8, 28);
}

static void fork_takes_exclusive_pages_back(void **state)
{
	unsigned long addr = map_stored(8, 30);
	struct program *child;

	assert_int_equal(request(0, HMM_DMIRROR_EXCLUSIVE, addr, 8), 0);
	child = program_fork(program);
	store_pages_of(child, addr, 8, 31);
	expect_pages(addr, 8, 30);
	store_pages(addr, 8, 32);
	expect_pages_of(child, addr, 8, 31);
	program_exit(child);
}

static void exclusive_pages_go_with_their_mapping(void **state)
{
	unsigned long addr = map_stored(8, 33);

	assert_int_equal(request(0, HMM_DMIRROR_EXCLUSIVE, addr, 8), 0);
	assert_int_equal(program_unmap(program, addr, 8 * PAGE), 0);
	assert_int_equal(machine_count().system_pages, 0);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, start, stop)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(the_device_reads_what_the_program_wrote),
		TEST(the_program_reads_what_the_device_wrote),
		TEST(the_device_may_not_read_what_the_program_may_not),
		TEST(the_device_may_not_write_what_the_program_may_not),
		TEST(the_mirror_forgets_what_was_unmapped),
		TEST(a_child_that_writes_through_the_device_leaves_the_parent_alone),
		TEST(all_pages_move_to_the_device),
		TEST(a_touch_brings_a_page_back_and_it_can_move_again),
		TEST(the_device_moves_pages_back_by_itself),
		TEST(a_device_that_gives_its_memory_up_evicts_every_page),
		TEST(closing_the_device_evicts_every_page),
		TEST(a_range_with_a_hole_in_the_mapping_is_refused),
		TEST(zero_page_read_only_and_untouched_pages_move),
		TEST(a_page_on_the_other_device_stays_there),
		TEST(the_other_device_gets_a_page_back_by_reading_it),
		TEST(parent_and_child_part_when_one_writes_to_a_page_on_the_device),
		TEST(pages_on_the_device_go_with_their_mapping),
		TEST(a_pinned_page_does_not_move),
		TEST(a_snapshot_says_what_is_where_and_brings_nothing_back),
		TEST(a_mapping_of_the_device_itself_is_seen_and_not_migrated),
		TEST(the_cpu_takes_an_exclusive_page_back),
		TEST(an_exclusive_page_that_became_read_only_is_not_written),
		TEST(fork_takes_exclusive_pages_back),
		TEST(exclusive_pages_go_with_their_mapping),
#ifdef HMM_DMIRROR_FLAGS
		TEST(a_huge_page_moves_as_one_and_comes_back_as_one),
		TEST(an_untouched_huge_range_is_filled_as_one),
		TEST(a_huge_page_moves_in_pieces_when_the_device_has_no_large_room),
		TEST(an_untouched_huge_range_is_filled_in_pieces),
		TEST(a_huge_page_comes_back_in_pieces_when_memory_is_short),
		TEST(a_huge_page_on_the_device_is_unmapped_in_part),
		TEST(a_huge_page_on_the_device_is_shared_with_a_child),
		TEST(closing_the_device_evicts_huge_pages),
#endif
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL) ? 1 : 0;
}
