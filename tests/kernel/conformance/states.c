// SPDX-License-Identifier: GPL-2.0-only
/* states.c - bringing about the states of states.h */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

#define COHERENT	MACHINE_RELEASE(6, 0)

#define BOTH	(PROGRAM_READ | PROGRAM_WRITE)

void bring_to_device(struct program *program, int device, unsigned long addr,
		     unsigned int destination)
{
	struct conformance_migration migration = {
		.start = addr, .end = addr + PROGRAM_PAGE_SIZE, .select = SELECT_SYSTEM,
		.owner = OWNER_A, .destination = { destination },
	};

	program_ioctl(program, device, CONFORMANCE_MIGRATE, &migration);
}

static void untouched(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, BOTH);
}

static void untouched_read_only(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_READ);
}

static void untouched_no_access(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_NONE);
}

static void zero(struct brought_about *about)
{
	untouched(about);
	read_page(about->program, about->addr);
}

static void zero_read_only(struct brought_about *about)
{
	untouched_read_only(about);
	read_page(about->program, about->addr);
}

static void written(struct brought_about *about)
{
	untouched(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void protect(struct brought_about *about, int prot)
{
	program_protect(about->program, about->addr, PROGRAM_PAGE_SIZE, prot);
}

static void written_read_only(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_READ);
}

static void written_no_access(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_NONE);
}

static void writable_again(struct brought_about *about)
{
	written_read_only(about);
	protect(about, BOTH);
}

static void zero_written(struct brought_about *about)
{
	zero(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void shared(struct brought_about *about)
{
	written(about);
	about->child = program_fork(about->program);
}

static void shared_before(struct brought_about *about)
{
	shared(about);
	program_exit(about->child);
	about->child = NULL;
}

static void copied(struct brought_about *about)
{
	shared(about);
	fill_pages(about->program, about->addr, 1, 8);
}

static void copied_by_child(struct brought_about *about)
{
	shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void pinned(struct brought_about *about)
{
	written(about);
	program_pin(about->program, about->addr);
}

static void pinned_zero(struct brought_about *about)
{
	untouched(about);
	program_pin(about->program, about->addr);
}

static void unpin(struct brought_about *about)
{
	program_unpin(about->program, about->addr);
}

static void unpinned(struct brought_about *about)
{
	pinned(about);
	unpin(about);
}

static void locked(struct brought_about *about)
{
	written(about);
	program_ioctl(about->program, about->device, CONFORMANCE_LOCK, (void *)about->addr);
}

static void unlock(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_UNLOCK, NULL);
}

static void on_a(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_b(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_B);
}

static void made_on_a(struct brought_about *about)
{
	untouched(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_a_read_only(struct brought_about *about)
{
	written_read_only(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void on_a_then_read_only(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_READ);
}

static void on_a_then_no_access(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_NONE);
}

static void on_a_shared(struct brought_about *about)
{
	on_a(about);
	about->child = program_fork(about->program);
}

static void on_a_referred_to(struct brought_about *about)
{
	on_a(about);
	program_ioctl(about->program, about->device, CONFORMANCE_GET, NULL);
}

static void put(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_PUT, NULL);
}

static void on_c(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_C);
}

static void made_on_c(struct brought_about *about)
{
	untouched(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_C);
}

static void on_c_written(struct brought_about *about)
{
	on_c(about);
	fill_pages(about->program, about->addr, 1, 9);
}

static void on_c_then_read_only(struct brought_about *about)
{
	on_c(about);
	protect(about, PROGRAM_READ);
}

static void on_c_shared(struct brought_about *about)
{
	on_c(about);
	about->child = program_fork(about->program);
}

static void on_c_copied_by_child(struct brought_about *about)
{
	on_c_shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void on_c_pinned(struct brought_about *about)
{
	on_c(about);
	program_pin(about->program, about->addr);
}

static void back_from_a(struct brought_about *about)
{
	on_a(about);
	read_page(about->program, about->addr);
}

static void swapped_out(struct brought_about *about)
{
	written(about);
	program_swap_out(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

static void swapped_out_read_only(struct brought_about *about)
{
	swapped_out(about);
	protect(about, PROGRAM_READ);
}

static void swapped_out_shared(struct brought_about *about)
{
	swapped_out(about);
	about->child = program_fork(about->program);
}

static void swapped_out_and_written(struct brought_about *about)
{
	swapped_out(about);
	fill_pages(about->program, about->addr, 1, 8);
}

static void swapped_out_and_read(struct brought_about *about)
{
	swapped_out(about);
	read_page(about->program, about->addr);
}

/* A page that two programs map comes back into the swap cache. */
static void in_swap_cache(struct brought_about *about)
{
	swapped_out_shared(about);
	read_page(about->program, about->addr);
}

static void in_swap_cache_alone(struct brought_about *about)
{
	in_swap_cache(about);
	program_exit(about->child);
	about->child = NULL;
}

static void in_swap_cache_written(struct brought_about *about)
{
	in_swap_cache_alone(about);
	fill_pages(about->program, about->addr, 1, 8);
}

#define HUGE	(2UL << 20)

static void huge_untouched(struct brought_about *about)
{
	about->addr = program_map(about->program, HUGE, BOTH | PROGRAM_HUGE);
}

static void huge_zero(struct brought_about *about)
{
	huge_untouched(about);
	read_page(about->program, about->addr);
}

static void huge_written(struct brought_about *about)
{
	huge_untouched(about);
	fill_pages(about->program, about->addr, 2, 7);
}

/* Another page of it than the first. */
static void huge_tail(struct brought_about *about)
{
	huge_untouched(about);
	fill_pages(about->program, about->addr, 6, 7);
	about->addr += 5 * PROGRAM_PAGE_SIZE;
}

static void huge_zeroes(struct brought_about *about)
{
	huge_written(about);
	about->addr += 5 * PROGRAM_PAGE_SIZE;
}

static void huge_read_only(struct brought_about *about)
{
	huge_written(about);
	program_protect(about->program, about->addr, HUGE, PROGRAM_READ);
}

/* The page tables are split by that, but not the huge page. */
static void huge_in_part_read_only(struct brought_about *about)
{
	huge_written(about);
	program_protect(about->program, about->addr + HUGE / 2, HUGE / 2, PROGRAM_READ);
}

static void huge_shared(struct brought_about *about)
{
	huge_written(about);
	about->child = program_fork(about->program);
}

static void huge_pinned(struct brought_about *about)
{
	huge_written(about);
	program_pin(about->program, about->addr);
}

static void map_file(struct brought_about *about, int prot, int shared)
{
	about->addr = program_map_file(about->program, program_create_file(PROGRAM_PAGE_SIZE), prot,
				       shared);
}

static void file_untouched(struct brought_about *about)
{
	map_file(about, BOTH, 0);
}

static void file_read(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	read_page(about->program, about->addr);
}

static void file_written(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	fill_pages(about->program, about->addr, 1, 7);
}

static void file_read_then_written(struct brought_about *about)
{
	file_read(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void file_read_only(struct brought_about *about)
{
	map_file(about, PROGRAM_READ, 0);
	read_page(about->program, about->addr);
}

static void file_on_a(struct brought_about *about)
{
	file_written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void shared_file_untouched(struct brought_about *about)
{
	map_file(about, BOTH, 1);
}

static void shared_file_read(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	read_page(about->program, about->addr);
}

static void shared_file_written(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	fill_pages(about->program, about->addr, 1, 7);
}

static void shared_file_with_child(struct brought_about *about)
{
	shared_file_written(about);
	about->child = program_fork(about->program);
	read_page(about->child, about->addr);
}

const struct state states[] = {
	{ "untouched", untouched, NULL, 0 },
	{ "untouched, read-only", untouched_read_only, NULL, 0 },
	{ "untouched, no access", untouched_no_access, NULL, 0 },
	{ "the zero page", zero, NULL, 0 },
	{ "the zero page, read-only", zero_read_only, NULL, 0 },
	{ "the zero page, then written", zero_written, NULL, 0 },
	{ "the zero page, referred to", pinned_zero, unpin, 0 },
	{ "written", written, NULL, 0 },
	{ "written, then read-only", written_read_only, NULL, 0 },
	{ "written, then no access", written_no_access, NULL, 0 },
	{ "written, read-only, writable again", writable_again, NULL, 0 },
	{ "shared with a child", shared, NULL, 0 },
	{ "shared with a child that ended", shared_before, NULL, 0 },
	{ "shared with a child, then written", copied, NULL, 0 },
	{ "shared with a child that wrote", copied_by_child, NULL, 0 },
	{ "referred to", pinned, unpin, 0 },
	{ "referred to no more", unpinned, NULL, 0 },
	{ "locked", locked, unlock, 0 },
	{ "on device A", on_a, NULL, 0 },
	{ "on device B", on_b, NULL, 0 },
	{ "made on device A", made_on_a, NULL, 0 },
	{ "on device A, read-only", on_a_read_only, NULL, 0 },
	{ "on device A, then read-only", on_a_then_read_only, NULL, 0 },
	{ "on device A, then no access", on_a_then_no_access, NULL, 0 },
	{ "on device A, shared with a child", on_a_shared, NULL, 0 },
	{ "on device A, referred to", on_a_referred_to, put, 0 },
	{ "on device C", on_c, NULL, COHERENT },
	{ "made on device C", made_on_c, NULL, COHERENT },
	{ "on device C, written there", on_c_written, NULL, COHERENT },
	{ "on device C, then read-only", on_c_then_read_only, NULL, COHERENT },
	{ "on device C, shared with a child", on_c_shared, NULL, COHERENT },
	{ "on device C, shared with a child that wrote", on_c_copied_by_child, NULL, COHERENT },
	{ "on device C, referred to", on_c_pinned, unpin, COHERENT },
	{ "back from device A", back_from_a, NULL, 0 },
	{ "swapped out alone", swapped_out, NULL, 0 },
	{ "swapped out alone, then read-only", swapped_out_read_only, NULL, 0 },
	{ "swapped out alone, then read", swapped_out_and_read, NULL, 0 },
	{ "swapped out, shared with a child", swapped_out_shared, NULL, 0 },
	{ "swapped out, then written", swapped_out_and_written, NULL, 0 },
	{ "in the swap cache", in_swap_cache, NULL, 0 },
	{ "in the swap cache, shared no more", in_swap_cache_alone, NULL, 0 },
	{ "in the swap cache, shared no more, written", in_swap_cache_written, NULL, 0 },
	{ "in a huge mapping, untouched", huge_untouched, NULL, 0 },
	{ "of the huge zero page", huge_zero, NULL, 0 },
	{ "of a huge page", huge_written, NULL, 0 },
	{ "of a huge page, the sixth", huge_tail, NULL, 0 },
	{ "of a huge page, a part of it not written", huge_zeroes, NULL, 0 },
	{ "of a huge page, then read-only", huge_read_only, NULL, 0 },
	{ "of a huge page, half of it read-only", huge_in_part_read_only, NULL, 0 },
	{ "of a huge page, shared with a child", huge_shared, NULL, 0 },
	{ "of a huge page, referred to", huge_pinned, unpin, 0 },
	{ "of a file, untouched", file_untouched, NULL, 0 },
	{ "of a file, read", file_read, NULL, 0 },
	{ "of a file, written", file_written, NULL, 0 },
	{ "of a file, read, then written", file_read_then_written, NULL, 0 },
	{ "of a file, read-only", file_read_only, NULL, 0 },
	{ "of a file, written, on device A", file_on_a, NULL, 0 },
	{ "of a shared file, untouched", shared_file_untouched, NULL, 0 },
	{ "of a shared file, read", shared_file_read, NULL, 0 },
	{ "of a shared file, written", shared_file_written, NULL, 0 },
	{ "of a shared file, mapped twice", shared_file_with_child, NULL, 0 },
};

const size_t nr_states = sizeof(states) / sizeof(states[0]);
