// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program can do to the driver in examples/chunked-to-device.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 *
 * Every chunk sent to the device here holds a page that is not on the device yet, or nothing that
 * could move: until 5.8 a migration collects pages of the device as well, so that a chunk of
 * nothing else reaches the driver on one release and does not on another.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/chunked-to-device/chunked-ioctl.h"

#define DEVICE_PAGES	128	/* of the driver */
#define CHUNK		16UL	/* likewise */
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
	device = program_open(program, "/dev/chunked");
	expect_number(HERE, "file descriptor", 0, device);
}

static void move(int line, unsigned int request, unsigned long start, unsigned long length,
		 long result, unsigned long moved)
{
	struct chunked_range range = { .start = start, .length = length };
	long ret = program_ioctl(program, device, request, &range);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)range.moved);
}

#define to_device(start, length, result, moved)	\
	move(__LINE__, CHUNKED_TO_DEVICE, start, length, result, moved)
#define to_system(start, length, result, moved)	\
	move(__LINE__, CHUNKED_TO_SYSTEM, start, length, result, moved)

static void fail_batches(unsigned long batches)
{
	program_ioctl(program, device, CHUNKED_FAIL_BATCHES, (void *)batches);
}

/* Everything since loading. */
#define statistics(batches, failed_batches, copies, to_device, to_system, free_pages)	\
	statistics_at(__LINE__, batches, failed_batches, copies, to_device, to_system, free_pages)

static void statistics_at(int line, long batches, long failed_batches, long copies,
			  long to_device, long to_system, long free_pages)
{
	struct chunked_statistics now = { 0 };

	program_ioctl(program, device, CHUNKED_STATISTICS, &now);
	expect_number(__FILE__, line, "batches", batches, (long)now.batches);
	expect_number(__FILE__, line, "failed batches", failed_batches, (long)now.failed_batches);
	expect_number(__FILE__, line, "copies", copies, (long)now.copies);
	expect_number(__FILE__, line, "moved to the device", to_device, (long)now.to_device);
	expect_number(__FILE__, line, "moved back", to_system, (long)now.to_system);
	expect_number(__FILE__, line, "free device pages", free_pages, (long)now.free_pages);
}

static void several_chunks(unsigned long memory)
{
	trace_step("the program writes 43 of 48 pages");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 20, 100));
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 25), 23, 125));
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSSSSS.....SSSSSSSSSSSSSSSSSSSSSSS");
	expect_counts(HERE, 43, 0);

	trace_step("38 pages go, in chunks of 16, 16 and 6");
	to_device(page(memory, 2) + 100, 38 * PAGE - 200, 0, 38);
	expect_pages(HERE, program, memory, "SSDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDSSSSSSSS");
	expect_counts(HERE, 10, 38);
	statistics(3, 0, 38, 38, 0, DEVICE_PAGES - 38);

	trace_step("loads bring pages of every chunk back");
	expect_bytes(HERE, program, page(memory, 0), 4, 100);
	expect_bytes(HERE, program, page(memory, 19), 1, 119);
	expect_bytes(HERE, program, page(memory, 20), 1, 0);
	expect_bytes(HERE, program, page(memory, 35), 2, 135);
	expect_pages(HERE, program, memory, "SSSSDDDDDDDDDDDDDDDSSDDDDDDDDDDDDDDSSDDDSSSSSSSS");

	trace_step("a store brings a page back and lands there");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 30), 1, 930));
	expect_bytes(HERE, program, page(memory, 30), 1, 930);
	expect_counts(HERE, 17, 31);

	trace_step("a range with pages on both sides goes");
	to_device(memory, 48 * PAGE, 0, 17);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD");
	statistics(6, 0, 55, 55, 7, DEVICE_PAGES - 48);

	trace_step("part of it is asked back, chunk by chunk");
	to_system(page(memory, 5), 39 * PAGE, 0, 39);
	expect_pages(HERE, program, memory, "DDDDDSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSDDDD");
	statistics(6, 0, 55, 55, 46, DEVICE_PAGES - 9);

	trace_step("the rest is asked back");
	to_system(memory, 48 * PAGE, 0, 9);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS");
	expect_counts(HERE, 48, 0);

	trace_step("every page has its bytes");
	expect_bytes(HERE, program, memory, 20, 100);
	expect_bytes(HERE, program, page(memory, 20), 5, 0);
	expect_bytes(HERE, program, page(memory, 25), 5, 125);
	expect_bytes(HERE, program, page(memory, 30), 1, 930);
	expect_bytes(HERE, program, page(memory, 31), 17, 131);
}

static void pages_that_cannot_move(unsigned long memory)
{
	unsigned long i;

	trace_step("a pinned chunk stays, the next one goes");
	for (i = 0; i < CHUNK; i++)
		program_pin(program, page(memory, i));
	to_device(memory, 2 * CHUNK * PAGE, 0, 16);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSDDDDDDDDDDDDDDDD");

	trace_step("the device was not given the pinned chunk");
	statistics(7, 0, 71, 71, 55, DEVICE_PAGES - 16);

	trace_step("pinned pages stay, the rest of a chunk goes");
	for (i = 0; i < CHUNK; i++) {
		if (i % 4)
			program_unpin(program, page(memory, i));
	}
	to_device(memory, CHUNK * PAGE, 0, 12);
	expect_pages(HERE, program, memory, "SDDDSDDDSDDDSDDDDDDDDDDDDDDDDDDD");
	for (i = 0; i < CHUNK; i += 4)
		program_unpin(program, page(memory, i));
	expect_counts(HERE, 20, 28);

	trace_step("unpinned, they move as well");
	to_device(memory, CHUNK * PAGE, 0, 4);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD");
	expect_bytes(HERE, program, memory, CHUNK, 100);
	to_system(memory, 48 * PAGE, 0, 16);

	trace_step("nothing is mapped at the range");
	to_device(memory + (1UL << 30), PAGE, -EINVAL, 0);
	to_system(memory + (1UL << 30), PAGE, -EINVAL, 0);

	trace_step("the last chunk is half outside the mapping");
	to_device(memory, 52 * PAGE, -EINVAL, 48);
	expect_pages(HERE, program, page(memory, 30), "DDDDDDDDDDDDDDDDDD....");
	to_system(memory, 48 * PAGE, 0, 48);

	trace_step("a chunk before the last is half outside");
	to_device(page(memory, 24), 64 * PAGE, -EINVAL, 16);
	expect_pages(HERE, program, page(memory, 24), "DDDDDDDDDDDDDDDDSSSSSSSS");
	to_system(memory, 48 * PAGE, 0, 16);

	trace_step("the range is empty");
	to_device(memory, 0, -EINVAL, 0);
	expect_counts(HERE, 48, 0);
}

static void batches_that_fail(unsigned long memory)
{
	trace_step("a batch fails: its chunk stays, others go");
	fail_batches(1);
	to_device(memory, 48 * PAGE, 0, 32);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD");
	expect_counts(HERE, 16, 32);

	trace_step("the failed chunk can be read and written");
	expect_bytes(HERE, program, memory, CHUNK, 100);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, CHUNK, 1100));
	expect_bytes(HERE, program, memory, CHUNK, 1100);

	trace_step("it moves when asked again");
	to_device(memory, CHUNK * PAGE, 0, 16);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD");

	trace_step("all batches fail: nothing moves");
	to_system(memory, 48 * PAGE, 0, 48);
	fail_batches(3);
	to_device(memory, 48 * PAGE, 0, 0);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS");
	expect_bytes(HERE, program, memory, CHUNK, 1100);
	expect_bytes(HERE, program, page(memory, 16), 4, 116);
	expect_counts(HERE, 48, 0);
}

static void read_only_pages(void)
{
	unsigned long memory = program_map(program, 20 * PAGE, PROGRAM_READ | PROGRAM_WRITE);

	trace_step("read-only pages go to the device");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 20, 200));
	expect_result(HERE, "protected", 0,
		      program_protect(program, memory, 20 * PAGE, PROGRAM_READ));
	to_device(memory, 20 * PAGE, 0, 20);
	expect_pages(HERE, program, memory, "dddddddddddddddddddd");

	trace_step("loads bring some back, still read-only");
	expect_bytes(HERE, program, page(memory, 16), 4, 216);
	expect_result(HERE, "wrote", SIGSEGV, fill_pages(program, memory, 1, 1));
	expect_pages(HERE, program, memory, "ddddddddddddddddssss");

	trace_step("writable again, stores land");
	expect_result(HERE, "protected", 0,
		      program_protect(program, memory, 20 * PAGE, PROGRAM_READ | PROGRAM_WRITE));
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 20, 250));
	expect_bytes(HERE, program, memory, 20, 250);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSSSSSSS");
	expect_result(HERE, "unmapped", 0, program_unmap(program, memory, 20 * PAGE));
	expect_counts(HERE, 48, 0);
}

static void memory_that_goes_away(unsigned long memory)
{
	trace_step("part of it is unmapped while on the device");
	to_device(memory, 48 * PAGE, 0, 48);
	expect_result(HERE, "unmapped", 0, program_unmap(program, page(memory, 8), 16 * PAGE));
	expect_pages(HERE, program, memory, "DDDDDDDD................DDDDDDDDDDDDDDDDDDDDDDDD");
	expect_counts(HERE, 0, 32);

	trace_step("a range over the gap is refused");
	to_system(memory, 48 * PAGE, -EINVAL, 0);
	to_system(memory, 8 * PAGE, 0, 8);
	expect_bytes(HERE, program, memory, 8, 1100);
	expect_counts(HERE, 8, 24);
}

/* Leaves 160 pages of 500, 501, ... behind, and the device full. */
static unsigned long more_than_the_device_has(void)
{
	unsigned long more = program_map(program, 160 * PAGE, PROGRAM_READ | PROGRAM_WRITE);

	trace_step("the device gets full: the rest stays");
	expect_result(HERE, "wrote", 0, fill_pages(program, more, 160, 500));
	to_device(more, 160 * PAGE, 0, DEVICE_PAGES - 24);
	expect_pages(HERE, program, page(more, 96), "DDDDDDDDSSSSSSSS");
	expect_pages(HERE, program, page(more, 144), "SSSSSSSSSSSSSSSS");
	expect_counts(HERE, 8 + 56, DEVICE_PAGES);

	trace_step("a chunk for the full device stays");
	to_device(page(more, 112), CHUNK * PAGE, 0, 0);
	expect_pages(HERE, program, page(more, 112), "SSSSSSSSSSSSSSSS");
	expect_bytes(HERE, program, page(more, 112), CHUNK, 612);
	expect_result(HERE, "wrote", 0, fill_pages(program, page(more, 112), CHUNK, 612));

	return more;
}

static void device_that_goes_away(unsigned long memory, unsigned long more)
{
	trace_step("the device is closed: its pages come back");
	expect_result(HERE, "closed", 0, program_close(program, device));
	expect_pages(HERE, program, memory, "SSSSSSSS................SSSSSSSSSSSSSSSSSSSSSSSS");
	expect_pages(HERE, program, page(more, 96), "SSSSSSSSSSSSSSSS");
	expect_counts(HERE, 32 + 160, 0);

	trace_step("they have their bytes");
	expect_bytes(HERE, program, page(memory, 25), 5, 125);
	expect_bytes(HERE, program, more, 160, 500);

	trace_step("the program opens the device again");
	device = program_open(program, "/dev/chunked");
	expect_number(HERE, "file descriptor", 0, device);
	to_device(more, 20 * PAGE, 0, 20);
	to_system(page(more, 17), 2 * PAGE, 0, 2);
	expect_counts(HERE, 32 + 142, 18);

	trace_step("it ends with pages on the device");
	program_exit(program);
	expect_counts(HERE, 0, 0);
}

static void unload_under_a_program(void)
{
	unsigned long memory;

	trace_step("another program finds a clean device");
	start_program();
	memory = program_map(program, 40 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 40, 700));
	to_device(memory, 40 * PAGE, 0, 40);
	expect_counts(HERE, 0, 40);
	statistics(37, 4, 495, 431, 357, DEVICE_PAGES - 40);

	trace_step("a request the driver does not know");
	expect_result(HERE, "returned", -ENOTTY, program_ioctl(program, device, 0, NULL));

	trace_step("the driver is unloaded, the program goes on");
	expect_result(HERE, "closed", 0, program_close(program, device));
	machine_unload_driver();
	expect_bytes(HERE, program, memory, 40, 700);
	program_exit(program);
}

int main(void)
{
	unsigned long memory, more;

	trace_begin("chunked-to-device");
	trace_step("a program opens the device");
	start_program();
	memory = program_map(program, 48 * PAGE, PROGRAM_READ | PROGRAM_WRITE);

	several_chunks(memory);
	pages_that_cannot_move(memory);
	batches_that_fail(memory);
	read_only_pages();
	memory_that_goes_away(memory);
	more = more_than_the_device_has();
	device_that_goes_away(memory, more);
	unload_under_a_program();

	return trace_end();
}
