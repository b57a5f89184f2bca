// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program can do to the driver in examples/contiguous.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/contiguous/contiguous-ioctl.h"

#define PAGE	PROGRAM_PAGE_SIZE

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
	device = program_open(program, "/dev/contiguous");
	expect_number(HERE, "file descriptor", 0, device);
}

/* All pages of a buffer arrive, or none: moved is the length of the run as well. */
#define make(start, npages, result, moved)	\
	make_at(__LINE__, start, (npages) * PAGE, result, moved)

static void make_at(int line, unsigned long start, unsigned long length, long result,
		    unsigned long moved)
{
	struct contiguous_buffer buffer = { .start = start, .length = length };
	long ret = program_ioctl(program, device, CONTIGUOUS_MAKE, &buffer);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)buffer.moved);
	expect_number(__FILE__, line, "run", (long)moved, (long)buffer.run);
}

static void fail_blocks(unsigned long blocks)
{
	program_ioctl(program, device, CONTIGUOUS_FAIL_BLOCKS, (void *)blocks);
}

/* Everything since loading. */
#define statistics(blocks, no_blocks, moved)	statistics_at(__LINE__, blocks, no_blocks, moved)

static void statistics_at(int line, long blocks, long no_blocks, long moved)
{
	struct contiguous_statistics now = { 0 };

	program_ioctl(program, device, CONTIGUOUS_STATISTICS, &now);
	expect_number(__FILE__, line, "blocks", blocks, (long)now.blocks);
	expect_number(__FILE__, line, "no blocks", no_blocks, (long)now.no_blocks);
	expect_number(__FILE__, line, "moved", moved, (long)now.moved);
}

static void buffers_that_move(unsigned long memory)
{
	trace_step("the program writes 30 of 40 pages");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 30, 100));
	expect_counts(HERE, 30, 0);

	trace_step("16 pages become neighbours");
	make(memory, 16, 0, 16);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS..........");
	expect_bytes(HERE, program, memory, 30, 100);
	expect_counts(HERE, 30, 0);
	statistics(1, 0, 16);

	trace_step("5 pages need a block of 8: the rest is given back");
	make(page(memory, 10), 5, 0, 5);
	expect_bytes(HERE, program, page(memory, 9), 7, 109);
	expect_counts(HERE, 30, 0);

	trace_step("a store goes to the new page");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 12), 1, 900));
	expect_bytes(HERE, program, page(memory, 12), 1, 900);
	expect_bytes(HERE, program, page(memory, 13), 1, 113);

	trace_step("a buffer whose end was never touched");
	make(page(memory, 28), 6, 0, 6);
	expect_pages(HERE, program, page(memory, 28), "SSSSSS......");
	expect_bytes(HERE, program, page(memory, 28), 2, 128);
	expect_bytes(HERE, program, page(memory, 30), 4, 0);
	expect_counts(HERE, 34, 0);

	trace_step("pages that were only read: the zero page");
	expect_bytes(HERE, program, page(memory, 36), 2, 0);
	expect_pages(HERE, program, page(memory, 36), "00..");
	make(page(memory, 36), 2, 0, 2);
	expect_pages(HERE, program, page(memory, 36), "SS..");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 36), 1, 901));
	expect_bytes(HERE, program, page(memory, 36), 1, 901);
	expect_bytes(HERE, program, page(memory, 37), 1, 0);
	expect_counts(HERE, 36, 0);
	statistics(4, 0, 29);
}

static void buffers_that_stay(unsigned long memory)
{
	trace_step("with a pinned page the whole buffer stays");
	expect_result(HERE, "pinned", 0, program_pin(program, page(memory, 3)));
	make(memory, 8, 0, 0);
	expect_pages(HERE, program, memory, "SSSSSSSS");
	expect_bytes(HERE, program, memory, 8, 100);
	statistics(4, 0, 29);

	trace_step("unpinned, it goes");
	expect_result(HERE, "unpinned", 0, program_unpin(program, page(memory, 3)));
	make(memory, 8, 0, 8);
	expect_bytes(HERE, program, memory, 8, 100);
	expect_counts(HERE, 36, 0);

	trace_step("there is no memory: the buffer stays");
	fail_blocks(1);
	make(memory, 8, -ENOMEM, 0);
	expect_bytes(HERE, program, memory, 8, 100);
	expect_counts(HERE, 36, 0);
	statistics(5, 1, 37);

	trace_step("the next time there is");
	make(memory, 8, 0, 8);
	expect_bytes(HERE, program, memory, 8, 100);

	trace_step("the buffer goes on behind the mapping");
	make(page(memory, 38), 4, -EINVAL, 0);
	expect_pages(HERE, program, page(memory, 38), "..");

	trace_step("nothing is mapped, or it is no buffer");
	make(memory + (1UL << 30), 1, -EINVAL, 0);
	make(memory, 0, -EINVAL, 0);
	make(memory + 1, 1, -EINVAL, 0);
	make(memory, CONTIGUOUS_MOST_PAGES + 1, -EINVAL, 0);
}

static void who_may_touch_it(unsigned long memory)
{
	struct program *child;

	trace_step("a read-only buffer moves and stays read-only");
	expect_result(HERE, "protected", 0,
		      program_protect(program, page(memory, 16), 4 * PAGE, PROGRAM_READ));
	make(page(memory, 16), 4, 0, 4);
	expect_pages(HERE, program, page(memory, 16), "ssss");
	expect_bytes(HERE, program, page(memory, 16), 4, 116);
	expect_result(HERE, "wrote", SIGSEGV, fill_pages(program, page(memory, 17), 1, 902));

	trace_step("a buffer that is shared with a child moves for both");
	child = program_fork(program);
	make(page(memory, 20), 4, 0, 4);
	expect_bytes(HERE, program, page(memory, 20), 4, 120);
	expect_bytes(HERE, child, page(memory, 20), 4, 120);
	expect_counts(HERE, 36, 0);

	trace_step("a store of the child is not seen by its parent");
	expect_result(HERE, "wrote", 0, fill_pages(child, page(memory, 21), 1, 903));
	expect_bytes(HERE, child, page(memory, 21), 1, 903);
	expect_bytes(HERE, program, page(memory, 20), 4, 120);
	program_exit(child);
	expect_counts(HERE, 36, 0);

	trace_step("the program ends");
	program_exit(program);
	expect_counts(HERE, 0, 0);
}

static void another_program(void)
{
	unsigned long memory;

	trace_step("another program: the longest buffer there may be");
	start_program();
	memory = program_map(program, CONTIGUOUS_MOST_PAGES * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, CONTIGUOUS_MOST_PAGES, 700));
	make(memory, CONTIGUOUS_MOST_PAGES, 0, CONTIGUOUS_MOST_PAGES);
	expect_bytes(HERE, program, memory, CONTIGUOUS_MOST_PAGES, 700);
	statistics(9, 1, 85);

	trace_step("a request the driver does not know");
	expect_result(HERE, "returned", -ENOTTY, program_ioctl(program, device, 0, NULL));

	trace_step("the driver is unloaded, the program goes on");
	expect_result(HERE, "closed", 0, program_close(program, device));
	machine_unload_driver();
	expect_bytes(HERE, program, memory, CONTIGUOUS_MOST_PAGES, 700);
	program_exit(program);
}

int main(void)
{
	unsigned long memory;

	trace_begin("contiguous");
	trace_step("a program opens the driver's file");
	start_program();
	memory = program_map(program, 40 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_pages(HERE, program, memory, "........................................");

	buffers_that_move(memory);
	buffers_that_stay(memory);
	who_may_touch_it(memory);
	another_program();

	return trace_end();
}
