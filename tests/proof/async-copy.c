// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program can do to the driver in examples/async-copy.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 *
 * Every job sent to the device here has a page that is not on the device yet, or nothing that could
 * move: until 5.8 a migration collects pages of the device as well.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/async-copy/async-copy-ioctl.h"

#define DEVICE_PAGES	64	/* of the driver */
#define JOB		16UL	/* likewise */
#define PAGE		PROGRAM_PAGE_SIZE

static struct program *program;
static int device;

static unsigned long page(unsigned long memory, unsigned long number)
{
	return memory + number * PAGE;
}

static void start_program(void)
{
	program = program_start();
	if (!program)
		exit(1);
	device = program_open(program, "/dev/async-copy");
	expect_number(HERE, "file descriptor", 0, device);
}

#define to_device(start, npages, result, moved)	\
	to_device_at(__LINE__, start, (npages) * PAGE, result, moved)

static void to_device_at(int line, unsigned long start, unsigned long length, long result,
			 unsigned long moved)
{
	struct async_copy_range range = { .start = start, .length = length };
	long ret = program_ioctl(program, device, ASYNC_COPY_TO_DEVICE, &range);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)range.moved);
}

static void refuse_jobs(unsigned long jobs)
{
	program_ioctl(program, device, ASYNC_COPY_REFUSE_JOBS, (void *)jobs);
}

/* Everything since loading. */
#define statistics(jobs, refused_jobs, copies, to_device, to_system, free_pages)	\
	statistics_at(__LINE__, jobs, refused_jobs, copies, to_device, to_system, free_pages)

static void statistics_at(int line, long jobs, long refused_jobs, long copies, long to_device,
			  long to_system, long free_pages)
{
	struct async_copy_statistics now = { 0 };

	program_ioctl(program, device, ASYNC_COPY_STATISTICS, &now);
	expect_number(__FILE__, line, "jobs", jobs, (long)now.jobs);
	expect_number(__FILE__, line, "refused jobs", refused_jobs, (long)now.refused_jobs);
	expect_number(__FILE__, line, "copies", copies, (long)now.copies);
	expect_number(__FILE__, line, "moved to the device", to_device, (long)now.to_device);
	expect_number(__FILE__, line, "moved back", to_system, (long)now.to_system);
	expect_number(__FILE__, line, "free device pages", free_pages, (long)now.free_pages);
}

static void jobs_of_several_sizes(unsigned long memory)
{
	trace_step("the program writes 36 of 40 pages");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 36, 100));
	expect_counts(HERE, 36, 0);

	trace_step("35 pages go, in jobs of 16, 16 and 3");
	to_device(memory, 35, 0, 35);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDS....");
	expect_counts(HERE, 1, 35);
	statistics(3, 0, 35, 35, 0, DEVICE_PAGES - 35);

	trace_step("loads find what the engine copied");
	expect_bytes(HERE, program, page(memory, 14), 4, 114);
	expect_bytes(HERE, program, page(memory, 34), 2, 134);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDSSSSDDDDDDDDDDDDDDDDSS....");
	expect_counts(HERE, 6, 30);

	trace_step("a store brings a page back and lands there");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 3), 1, 900));
	expect_bytes(HERE, program, page(memory, 3), 1, 900);

	trace_step("what came back goes again, with what was never touched");
	to_device(memory, 40, 0, 11);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD");
	expect_counts(HERE, 0, 40);
	statistics(12, 0, 52, 46, 6, DEVICE_PAGES - 40);

	trace_step("everything is read back");
	expect_bytes(HERE, program, memory, 3, 100);
	expect_bytes(HERE, program, page(memory, 3), 1, 900);
	expect_bytes(HERE, program, page(memory, 4), 32, 104);
	expect_bytes(HERE, program, page(memory, 36), 4, 0);
	expect_counts(HERE, 40, 0);
}

static void pages_that_stay(unsigned long memory)
{
	trace_step("a job in which only one page can move");
	expect_result(HERE, "pinned", 0, program_pin(program, page(memory, 5)));
	to_device(page(memory, 5), 2, 0, 1);
	expect_pages(HERE, program, page(memory, 5), "SD");

	trace_step("a job in which nothing can move is none");
	to_device(page(memory, 5), 1, 0, 0);
	expect_result(HERE, "unpinned", 0, program_unpin(program, page(memory, 5)));
	expect_bytes(HERE, program, page(memory, 5), 2, 105);

	trace_step("nothing of the second chunk can move");
	expect_result(HERE, "pinned", 0, program_pin(program, page(memory, 36)));
	to_device(page(memory, 20), JOB + 1, 0, JOB);
	expect_pages(HERE, program, page(memory, 20), "DDDDDDDDDDDDDDDDSSSS");
	expect_result(HERE, "unpinned", 0, program_unpin(program, page(memory, 36)));
	expect_bytes(HERE, program, page(memory, 20), 16, 120);

	trace_step("the range goes on behind the mapping");
	to_device(page(memory, 30), 20, -EINVAL, 0);
	expect_pages(HERE, program, page(memory, 30), "SSSSSSSSSS");

	trace_step("nothing is mapped at the range, or it is no range");
	to_device(memory + (1UL << 30), 1, -EINVAL, 0);
	to_device(memory, 0, -EINVAL, 0);
	to_device(memory + 1, 1, -EINVAL, 0);
}

static void jobs_that_are_refused(unsigned long memory)
{
	trace_step("a job is refused: its page stays");
	refuse_jobs(1);
	to_device(memory, 1, 0, 0);
	expect_pages(HERE, program, memory, "S");
	expect_counts(HERE, 40, 0);

	trace_step("the first of three jobs is refused");
	refuse_jobs(1);
	to_device(memory, 40, 0, 24);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSDDDDDDDDDDDDDDDDDDDDDDDD");
	expect_counts(HERE, 16, 24);

	trace_step("the engine refuses the way back: SIGBUS");
	refuse_jobs(1);
	expect_result(HERE, "read", SIGBUS, read_page(program, page(memory, 20)));
	expect_pages(HERE, program, page(memory, 20), "D");
	expect_counts(HERE, 16, 24);

	trace_step("the next access finds the bytes");
	expect_bytes(HERE, program, page(memory, 20), 1, 120);
	expect_bytes(HERE, program, memory, 3, 100);
	expect_counts(HERE, 17, 23);
}

static void the_end_of_memory(unsigned long memory)
{
	unsigned long more;

	trace_step("part of it is unmapped while on the device");
	expect_result(HERE, "unmapped", 0, program_unmap(program, page(memory, 24), 8 * PAGE));
	expect_pages(HERE, program, page(memory, 22), "DD........DD");
	expect_counts(HERE, 17, 15);

	trace_step("the device is full: the rest stays");
	more = program_map(program, 60 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, more, 60, 500));
	to_device(more, 60, 0, DEVICE_PAGES - 15);
	expect_pages(HERE, program, page(more, 46), "DDDSSSSSSSSSSS");
	expect_bytes(HERE, program, more, 60, 500);

	trace_step("a child reads what its parent has on the device");
	to_device(more, 4, 0, 4);
	{
		struct program *child = program_fork(program);

		expect_bytes(HERE, child, more, 4, 500);
		expect_result(HERE, "wrote", 0, fill_pages(child, more, 1, 910));
		expect_bytes(HERE, program, more, 4, 500);
		program_exit(child);
	}

	trace_step("the program ends with pages on the device");
	to_device(more, 20, 0, 20);
	program_exit(program);
	expect_counts(HERE, 0, 0);
}

static void another_program(void)
{
	unsigned long memory;

	trace_step("another program finds a clean device");
	start_program();
	memory = program_map(program, 4 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 4, 700));
	to_device(memory, 4, 0, 4);
	expect_bytes(HERE, program, memory, 4, 700);
	statistics(139, 3, 285, 164, 121, DEVICE_PAGES);

	trace_step("a request the driver does not know");
	expect_result(HERE, "returned", -ENOTTY, program_ioctl(program, device, 0, NULL));
	program_exit(program);
}

int main(void)
{
	unsigned long memory;

	trace_begin("async-copy");
	trace_step("a program opens the device");
	start_program();
	memory = program_map(program, 40 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_pages(HERE, program, memory, "........................................");

	jobs_of_several_sizes(memory);
	pages_that_stay(memory);
	jobs_that_are_refused(memory);
	the_end_of_memory(memory);
	another_program();

	return trace_end();
}
