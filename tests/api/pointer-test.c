// SPDX-License-Identifier: GPL-2.0-only
/* pointer-test.c - a program that uses its memory through plain pointers, and faults for real */
#include <errno.h>
#include <stdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "support.h"
#include "tests.h"

/* Attaching comes after cmocka has set its own handlers, and ends before it puts them back. */
static unsigned char *map_and_attach(unsigned long npages)
{
	unsigned long addr = map_pages(npages);

	assert_int_equal(program_attach(program), 0);
	return (unsigned char *)addr;
}

static unsigned long address(const void *pointer)
{
	return (unsigned long)pointer;
}

/* --- What an access does --------------------------------------------------------------------- */

static void a_load_of_untouched_memory_reads_zero(void **state)
{
	unsigned char *memory = map_and_attach(1);

	assert_int_equal(*memory, 0);
	program_detach(program);
	expect_where(address(memory), PROGRAM_PAGE_ZERO);
}

static void a_store_gets_a_page_and_stays_there(void **state)
{
	unsigned char *memory = map_and_attach(1);

	memory[0] = 1;
	memory[4095] = 2;
	assert_int_equal(memory[0] + memory[4095], 3);
	program_detach(program);
	expect_where(address(memory), PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, address(memory), 1, 1);
	expect_counts(1, 0);
}

static void a_store_after_a_load_is_seen_by_the_kernel(void **state)
{
	unsigned char *memory = map_and_attach(1), byte = 0;

	assert_int_equal(*memory, 0);
	*memory = 7;
	assert_int_equal(program_read(program, address(memory), &byte, 1), 0);
	assert_int_equal(byte, 7);
	program_detach(program);
}

static void what_the_kernel_writes_is_seen_through_the_pointer(void **state)
{
	unsigned char *memory = map_and_attach(2), byte = 9;

	assert_int_equal(memory[100], 0);
	assert_int_equal(program_write(program, address(memory + 100), &byte, 1), 0);
	assert_int_equal(memory[100], 9);
	program_detach(program);
}

static void functions_of_the_c_library_take_the_pointer(void **state)
{
	unsigned char *memory = map_and_attach(16);

	memset(memory, 'x', 16 * PAGE);
	memmove(memory + 5000, memory, 3 * PAGE);
	assert_ptr_equal(memchr(memory, 'y', 16 * PAGE), NULL);
	program_detach(program);
	expect_counts(16, 0);
}

/* --- Pages on the device --------------------------------------------------------------------- */

static void a_pointer_brings_a_page_back_from_the_device(void **state)
{
	unsigned long addr = map_written_pages(3);
	unsigned char *memory = (unsigned char *)addr;

	move_to_device(addr, 3);
	assert_int_equal(program_attach(program), 0);
	assert_int_equal(memory[PAGE], 2);
	assert_int_equal(faults_so_far().count, 1);
	memory[2 * PAGE] = 33;
	assert_int_equal(faults_so_far().count, 2);
	program_detach(program);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
	expect_where(addr + PAGE, PROGRAM_PAGE_SYSTEM);
	expect_bytes(program, addr + 2 * PAGE, 1, 33);
}

static void a_page_that_was_in_use_faults_again_after_it_moved(void **state)
{
	unsigned char *memory = map_and_attach(1);

	for (unsigned int round = 1; round < 20; round++) {
		*memory = round;
		move_to_device(address(memory), 1);
		assert_int_equal(*memory, round);
		assert_int_equal(faults_so_far().count, round);
	}
	program_detach(program);
}

static void a_page_that_stays_where_it_is_keeps_its_bytes(void **state)
{
	unsigned char *memory = map_and_attach(1);

	*memory = 5;
	migrate(plan_for(address(memory), 1, SELECT_SYSTEM, GIVE_NOTHING));
	*memory += 1;
	assert_int_equal(*memory, 6);
	program_detach(program);
	expect_bytes(program, address(memory), 1, 6);
}

/* --- What changes the page tables ------------------------------------------------------------ */

static sigjmp_buf back;
static volatile sig_atomic_t signals;

static void on_signal(int signal)
{
	signals++;
	siglongjmp(back, signal);
}

/* The signal that a load or store gets, 0 if none. */
static int signal_of(volatile unsigned char *byte, bool write)
{
	int signal = sigsetjmp(back, 1);

	if (signal)
		return signal;
	if (write)
		*byte = 1;
	else
		(void)*byte;
	return 0;
}

/* The handlers that a program had before it was attached are those it gets its signals in. */
static unsigned char *map_and_catch(unsigned long npages)
{
	signal(SIGSEGV, on_signal);
	signal(SIGBUS, on_signal);
	return map_and_attach(npages);
}

static void detach_and_forget(void)
{
	program_detach(program);
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
}

static void unmapped_memory_is_a_sigsegv(void **state)
{
	unsigned char *memory = map_and_catch(2);

	memory[0] = memory[PAGE] = 1;
	assert_int_equal(program_unmap(program, address(memory), PAGE), 0);
	assert_int_equal(signal_of(memory, false), SIGSEGV);
	assert_int_equal(signal_of(memory + PAGE, false), 0);
	detach_and_forget();
}

static void an_unmapped_huge_page_is_a_sigsegv(void **state)
{
	unsigned char *memory = (void *)program_map(program, 512 * PAGE, RW | PROGRAM_HUGE);

	assert_non_null(memory);
	signal(SIGSEGV, on_signal);
	assert_int_equal(program_attach(program), 0);
	memory[0] = memory[PAGE] = 1;
	assert_true(program_page(program, address(memory)).huge);
	assert_int_equal(program_unmap(program, address(memory), 512 * PAGE), 0);
	assert_int_equal(signal_of(memory, false), SIGSEGV);
	assert_int_equal(signal_of(memory + PAGE, true), SIGSEGV);
	detach_and_forget();
}

static void protected_memory_is_a_sigsegv_until_it_is_not_protected_any_more(void **state)
{
	unsigned char *memory = map_and_catch(1);

	memory[0] = 4;
	assert_int_equal(program_protect(program, address(memory), PAGE, PROGRAM_READ), 0);
	assert_int_equal(signal_of(memory, false), 0);
	assert_int_equal(signal_of(memory, true), SIGSEGV);
	assert_int_equal(program_protect(program, address(memory), PAGE, PROGRAM_NONE), 0);
	assert_int_equal(signal_of(memory, false), SIGSEGV);
	assert_int_equal(program_protect(program, address(memory), PAGE, RW), 0);
	assert_int_equal(signal_of(memory, true), 0);
	assert_int_equal(memory[0], 1);
	detach_and_forget();
}

static void a_driver_that_lost_the_page_is_a_sigbus(void **state)
{
	unsigned char *memory = map_and_catch(1);

	memory[0] = 1;
	move_to_device(address(memory), 1);
	answer_faults(ANSWER_SIGBUS);
	assert_int_equal(signal_of(memory, false), SIGBUS);
	answer_faults(ANSWER_MOVE);
	assert_int_equal(memory[0], 1);
	detach_and_forget();
}

static void a_parent_that_forked_writes_to_a_copy(void **state)
{
	unsigned char *memory = map_and_attach(1);
	struct program *child;

	memory[0] = 1;
	child = program_fork(program);
	memory[0] = 2;
	expect_bytes(child, address(memory), 1, 1);
	assert_int_equal(memory[0], 2);
	program_detach(program);
	program_exit(child);
}

static void a_fault_elsewhere_goes_to_the_handler_of_the_process(void **state)
{
	map_and_catch(1);
	signals = 0;
	assert_int_equal(signal_of((unsigned char *)0x10, false), SIGSEGV);
	assert_int_equal(signals, 1);
	detach_and_forget();
}

/* --- Attaching ------------------------------------------------------------------------------- */

static void one_program_is_attached_at_a_time(void **state)
{
	struct program *other = program_start();

	map_and_attach(1);
	assert_int_equal(program_attach(other), -EBUSY);
	program_detach(program);
	assert_int_equal(program_attach(other), 0);
	program_detach(other);
	program_exit(other);
}

static void nothing_is_left_at_the_addresses_afterwards(void **state)
{
	unsigned char *memory = map_and_attach(1);

	*memory = 1;
	program_detach(program);
	signal(SIGSEGV, on_signal);
	assert_int_equal(signal_of(memory, false), SIGSEGV);
	signal(SIGSEGV, SIG_DFL);
}

/* More pages than a process may have mappings: what is mapped really starts anew, unseen. */
static void more_pages_than_the_process_may_have_mappings(void **state)
{
	const unsigned long npages = 70000;
	unsigned char *memory;

	/* No release does it in another way. */
	if (machine_release() != MACHINE_RELEASE(6, 1)) {
		printf("# skipped: it takes seconds, 6.1 is enough\n");
		fflush(stdout);
		skip();
	}
	memory = map_and_attach(npages);

	/* From the end, so that frames that follow each other do not make one mapping. */
	for (unsigned long i = npages; i-- > 0; )
		memory[i * PAGE] = i % 251;
	for (unsigned long i = 0; i < npages; i++)
		if (memory[i * PAGE] != i % 251)
			fail_msg("page %lu has %u", i, memory[i * PAGE]);
	program_detach(program);
}

static void use_a_pointer_of_the_program_in_the_driver(void)
{
	map_and_attach(1);
	probe(PROBE_MISTAKE, (void *)MISTAKE_USE_POINTER);
}

static void a_driver_that_uses_a_pointer_of_the_program_is_told(void **state)
{
	expect_fatal("user-pointer", use_a_pointer_of_the_program_in_the_driver);
}

const struct CMUnitTest pointer_tests[] = {
	machine_test(a_load_of_untouched_memory_reads_zero),
	machine_test(a_store_gets_a_page_and_stays_there),
	machine_test(a_store_after_a_load_is_seen_by_the_kernel),
	machine_test(what_the_kernel_writes_is_seen_through_the_pointer),
	machine_test(functions_of_the_c_library_take_the_pointer),
	machine_test(a_pointer_brings_a_page_back_from_the_device),
	machine_test(a_page_that_was_in_use_faults_again_after_it_moved),
	machine_test(a_page_that_stays_where_it_is_keeps_its_bytes),
	machine_test(unmapped_memory_is_a_sigsegv),
	machine_test(an_unmapped_huge_page_is_a_sigsegv),
	machine_test(protected_memory_is_a_sigsegv_until_it_is_not_protected_any_more),
	machine_test(a_driver_that_lost_the_page_is_a_sigbus),
	machine_test(a_parent_that_forked_writes_to_a_copy),
	machine_test(a_fault_elsewhere_goes_to_the_handler_of_the_process),
	machine_test(one_program_is_attached_at_a_time),
	machine_test(nothing_is_left_at_the_addresses_afterwards),
	machine_test(more_pages_than_the_process_may_have_mappings),
	machine_test(a_driver_that_uses_a_pointer_of_the_program_is_told),
};
const size_t pointer_test_count = sizeof(pointer_tests) / sizeof(pointer_tests[0]);
