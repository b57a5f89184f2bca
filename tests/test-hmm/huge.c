// SPDX-License-Identifier: GPL-2.0-only
/* huge.c - huge pages that move as one, which the driver of 7.2 asks for */
#include "test-hmm.h"

#ifdef HMM_DMIRROR_FLAGS
#define HUGE_PAGES	512UL

static unsigned long map_huge(void)
{
	return program_map(program, HUGE_PAGES * PAGE, READ_WRITE | PROGRAM_HUGE);
}

static unsigned long map_stored_huge(unsigned int salt)
{
	unsigned long addr = map_huge();

	store_pages(addr, HUGE_PAGES, salt);
	return addr;
}

/* The next allocation of the driver for a migration fails. */
static void fail_next_allocation(void)
{
	struct hmm_dmirror_cmd command = { .npages = HMM_DMIRROR_FLAG_FAIL_ALLOC };

	assert_int_equal(program_ioctl(program, device[0], HMM_DMIRROR_FLAGS, &command), 0);
}

static void expect_huge(unsigned long addr, enum program_page where, int huge)
{
	expect_where(addr + 77 * PAGE, where);
	assert_int_equal(program_page(program, addr + 77 * PAGE).huge, huge);
	assert_int_equal(machine_check(), 0);
}

static void move_huge(unsigned long addr)
{
	assert_int_equal(request(0, HMM_DMIRROR_MIGRATE_TO_DEV, addr, HUGE_PAGES), 0);
}

void a_huge_page_moves_as_one_and_comes_back_as_one(void **state)
{
	unsigned long addr = map_stored_huge(40);

	move_huge(addr);
	expect_huge(addr, PROGRAM_PAGE_DEVICE, 1);
	expect_mirror(HUGE_PAGES, 40);
	expect_pages(addr, HUGE_PAGES, 40);
	expect_huge(addr, PROGRAM_PAGE_SYSTEM, 1);
}

void an_untouched_huge_range_is_filled_as_one(void **state)
{
	unsigned long addr = map_huge();
	unsigned int value = 1;

	move_huge(addr);
	expect_huge(addr, PROGRAM_PAGE_DEVICE, 1);
	assert_int_equal(program_read(program, addr + 300 * PAGE, &value, sizeof(value)), 0);
	assert_int_equal(value, 0);
}

void a_huge_page_moves_in_pieces_when_the_device_has_no_large_room(void **state)
{
	unsigned long addr = map_stored_huge(41);

	fail_next_allocation();
	move_huge(addr);
	expect_huge(addr, PROGRAM_PAGE_DEVICE, 0);
	expect_pages(addr, HUGE_PAGES, 41);
	expect_huge(addr, PROGRAM_PAGE_SYSTEM, 0);
}

void an_untouched_huge_range_is_filled_in_pieces(void **state)
{
	unsigned long addr = map_huge();

	fail_next_allocation();
	move_huge(addr);
	expect_huge(addr, PROGRAM_PAGE_DEVICE, 0);
}

void a_huge_page_comes_back_in_pieces_when_memory_is_short(void **state)
{
	unsigned long addr = map_stored_huge(42);

	move_huge(addr);
	fail_next_allocation();
	expect_pages(addr, HUGE_PAGES, 42);
	expect_huge(addr, PROGRAM_PAGE_SYSTEM, 0);
}

void a_huge_page_on_the_device_is_unmapped_in_part(void **state)
{
	unsigned long addr = map_stored_huge(43);

	move_huge(addr);
	assert_int_equal(program_unmap(program, addr + 256 * PAGE, 256 * PAGE), 0);
	expect_huge(addr, PROGRAM_PAGE_DEVICE, 1);
	expect_pages(addr, 256, 43);
	expect_where(addr, PROGRAM_PAGE_SYSTEM);
}

void a_huge_page_on_the_device_is_shared_with_a_child(void **state)
{
	unsigned long addr = map_stored_huge(44);
	struct program *child;

	move_huge(addr);
	child = program_fork(program);
	store_pages_of(child, addr, 4, 45);
	expect_pages(addr, HUGE_PAGES, 44);
	expect_pages_of(child, addr, 4, 45);
	program_exit(child);
}

void closing_the_device_evicts_huge_pages(void **state)
{
	unsigned long addr = map_stored_huge(46);

	move_huge(addr);
	assert_int_equal(request(0, HMM_DMIRROR_RELEASE, addr, HUGE_PAGES), 0);
	expect_huge(addr, PROGRAM_PAGE_SYSTEM, 1);
	expect_pages(addr, HUGE_PAGES, 46);
}
#endif
