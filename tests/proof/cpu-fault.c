// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program can do to the driver in examples/cpu-fault.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/cpu-fault/cpu-fault-ioctl.h"

#define DEVICE_PAGES	64	/* of the driver */

static struct program *program;
static int device;

static unsigned long page(unsigned long memory, unsigned long number)
{
	return memory + number * PROGRAM_PAGE_SIZE;
}

static void start_program(void)
{
	program = program_start();
	if (!program)
		exit(1);
	device = program_open(program, "/dev/cpu-fault");
	expect_number(HERE, "file descriptor", 0, device);
}

#define to_device(start, npages, result, moved)						\
	to_device_at(__LINE__, start, (npages) * PROGRAM_PAGE_SIZE, result, moved)

static void to_device_at(int line, unsigned long start, unsigned long length, long result,
			 unsigned long moved)
{
	struct cpu_fault_range range = { .start = start, .length = length };
	long ret = program_ioctl(program, device, CPU_FAULT_TO_DEVICE, &range);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)range.moved);
}

static void fail_copies(unsigned long copies)
{
	program_ioctl(program, device, CPU_FAULT_FAIL_COPIES, (void *)copies);
}

static void statistics(long to_device, long to_system, long copies, long failed_copies,
		       long free_pages)
{
	struct cpu_fault_statistics now = { 0 };

	program_ioctl(program, device, CPU_FAULT_STATISTICS, &now);
	expect_number(HERE, "moved to the device", to_device, (long)now.to_device);
	expect_number(HERE, "moved back", to_system, (long)now.to_system);
	expect_number(HERE, "copies", copies, (long)now.copies);
	expect_number(HERE, "failed copies", failed_copies, (long)now.failed_copies);
	expect_number(HERE, "free device pages", free_pages, (long)now.free_pages);
}

static void there_and_back(unsigned long memory)
{
	trace_step("the program writes 12 of 16 pages");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 12, 100));
	expect_pages(HERE, program, memory, "SSSSSSSSSSSS....");
	expect_counts(HERE, 12, 0);

	trace_step("8 pages go to the device");
	to_device(memory, 8, 0, 8);
	expect_pages(HERE, program, memory, "DDDDDDDDSSSS....");
	expect_counts(HERE, 4, 8);

	trace_step("a load brings one page back");
	expect_bytes(HERE, program, page(memory, 0), 1, 100);
	expect_pages(HERE, program, memory, "SDDDDDDDSSSS....");
	expect_counts(HERE, 5, 7);

	trace_step("a store brings one page back and lands there");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 1), 1, 900));
	expect_pages(HERE, program, memory, "SSDDDDDDSSSS....");
	expect_bytes(HERE, program, page(memory, 1), 1, 900);
	expect_counts(HERE, 6, 6);

	trace_step("a range with pages on both sides goes");
	to_device(memory, 12, 0, 6);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDD....");
	expect_counts(HERE, 0, 12);

	trace_step("what is on the device already stays there");
	to_device(memory, 12, 0, 0);
	expect_pages(HERE, program, memory, "DDDDDDDDDDDD....");
	statistics(14, 2, 16, 0, DEVICE_PAGES - 12);

	trace_step("everything is read back");
	expect_bytes(HERE, program, page(memory, 2), 10, 102);
	expect_bytes(HERE, program, page(memory, 0), 1, 100);
	expect_bytes(HERE, program, page(memory, 1), 1, 900);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSS....");
	expect_counts(HERE, 12, 0);
}

static void pages_without_contents(unsigned long memory)
{
	trace_step("pages never touched are made on the device");
	to_device(page(memory, 12), 2, 0, 2);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSDD..");
	expect_counts(HERE, 12, 2);

	trace_step("they are read as zeroes");
	expect_bytes(HERE, program, page(memory, 12), 2, 0);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSS..");

	trace_step("a load of an untouched page: the zero page");
	expect_bytes(HERE, program, page(memory, 14), 1, 0);
	expect_pages(HERE, program, page(memory, 14), "0.");

	trace_step("the zero page becomes a page on the device");
	to_device(page(memory, 14), 1, 0, 1);
	expect_pages(HERE, program, page(memory, 14), "D.");
	expect_result(HERE, "wrote", 0, fill_pages(program, page(memory, 14), 1, 300));
	expect_bytes(HERE, program, page(memory, 14), 1, 300);
	expect_counts(HERE, 15, 0);
}

static void pages_that_cannot_move(unsigned long memory)
{
	trace_step("a pinned page stays, its neighbours go");
	expect_result(HERE, "pinned", 0, program_pin(program, page(memory, 9)));
	to_device(page(memory, 8), 3, 0, 2);
	expect_pages(HERE, program, page(memory, 8), "DSD");
	expect_result(HERE, "unpinned", 0, program_unpin(program, page(memory, 9)));
	expect_counts(HERE, 13, 2);

	trace_step("unpinned, it goes as well");
	to_device(page(memory, 9), 1, 0, 1);
	expect_pages(HERE, program, page(memory, 8), "DDD");
	expect_bytes(HERE, program, page(memory, 8), 3, 108);

	trace_step("nothing is mapped at the range");
	to_device(memory + (1UL << 30), 1, -EINVAL, 0);

	trace_step("the range goes on behind the mapping");
	to_device(page(memory, 14), 4, -EINVAL, 2);
	expect_pages(HERE, program, page(memory, 14), "DD..");

	trace_step("the range is not made of whole pages");
	to_device(page(memory, 3) + 1, 1, -EINVAL, 0);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSSSDD");

	trace_step("the range is empty");
	to_device(memory, 0, -EINVAL, 0);
}

static void copies_that_fail(unsigned long memory)
{
	trace_step("a copy to the device fails: the page stays");
	fail_copies(1);
	to_device(memory, 4, 0, 3);
	expect_pages(HERE, program, memory, "SDDD");
	expect_bytes(HERE, program, memory, 1, 100);
	expect_counts(HERE, 11, 5);

	trace_step("a copy back fails: the load gets SIGBUS");
	fail_copies(1);
	expect_result(HERE, "read", SIGBUS, read_page(program, page(memory, 2)));
	expect_pages(HERE, program, memory, "SDDD");
	expect_counts(HERE, 11, 5);

	trace_step("a copy back fails: the store gets SIGBUS");
	fail_copies(1);
	expect_result(HERE, "wrote", SIGBUS, fill_pages(program, page(memory, 3), 1, 901));
	expect_pages(HERE, program, memory, "SDDD");
	expect_counts(HERE, 11, 5);

	trace_step("the next access finds the old bytes");
	expect_bytes(HERE, program, page(memory, 2), 2, 102);
	expect_pages(HERE, program, memory, "SDSS");
	expect_counts(HERE, 13, 3);

	trace_step("a page moves again after it failed");
	to_device(page(memory, 2), 2, 0, 2);
	expect_pages(HERE, program, memory, "SDDD");
	expect_bytes(HERE, program, page(memory, 2), 2, 102);
	expect_bytes(HERE, program, page(memory, 1), 1, 900);
	expect_pages(HERE, program, memory, "SSSS");
}

static void read_only_pages(unsigned long memory)
{
	unsigned long part = page(memory, 4);

	trace_step("read-only pages go to the device");
	expect_result(HERE, "protected", 0,
		      program_protect(program, part, 4 * PROGRAM_PAGE_SIZE, PROGRAM_READ));
	to_device(part, 4, 0, 4);
	expect_pages(HERE, program, part, "dddd");

	trace_step("a load brings one back, still read-only");
	expect_bytes(HERE, program, part, 1, 104);
	expect_pages(HERE, program, part, "sddd");

	trace_step("a store to one on the device gets SIGSEGV");
	expect_result(HERE, "wrote", SIGSEGV, fill_pages(program, page(part, 1), 1, 902));
	expect_pages(HERE, program, part, "sddd");

	trace_step("writable again, the store lands");
	expect_result(HERE, "protected", 0,
		      program_protect(program, part, 4 * PROGRAM_PAGE_SIZE,
				      PROGRAM_READ | PROGRAM_WRITE));
	expect_result(HERE, "wrote", 0, fill_pages(program, page(part, 1), 1, 903));
	expect_bytes(HERE, program, page(part, 1), 1, 903);
	expect_bytes(HERE, program, page(part, 2), 2, 106);
	expect_counts(HERE, 14, 2);
}

static void memory_that_goes_away(unsigned long memory)
{
	unsigned long more;

	trace_step("part of it is unmapped while on the device");
	to_device(page(memory, 8), 4, 0, 4);
	expect_result(HERE, "unmapped", 0,
		      program_unmap(program, page(memory, 9), 2 * PROGRAM_PAGE_SIZE));
	expect_pages(HERE, program, page(memory, 8), "D..D");
	expect_counts(HERE, 10, 4);

	trace_step("the rest of it is still there");
	expect_bytes(HERE, program, page(memory, 8), 1, 108);
	expect_bytes(HERE, program, page(memory, 11), 1, 111);
	expect_result(HERE, "read", SIGSEGV, read_page(program, page(memory, 9)));
	expect_counts(HERE, 12, 2);

	trace_step("a move over the gap stops there");
	to_device(page(memory, 8), 4, -EINVAL, 1);
	expect_pages(HERE, program, page(memory, 8), "D..S");
	expect_bytes(HERE, program, page(memory, 8), 1, 108);

	trace_step("the device is full: the rest stays");
	more = program_map(program, 80 * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, more, 80, 500));
	to_device(more, 80, 0, DEVICE_PAGES - 2);
	expect_pages(HERE, program, page(more, 60), "DDSSSSSS");
	expect_counts(HERE, 12 + 18, DEVICE_PAGES);

	trace_step("all of it has its bytes");
	expect_bytes(HERE, program, more, 80, 500);
	expect_counts(HERE, 12 + 80, 2);

	trace_step("the program ends with pages on the device");
	to_device(more, 10, 0, 10);
	expect_pages(HERE, program, more, "DDDDDDDDDDSS");
	program_exit(program);
	expect_counts(HERE, 0, 0);
}

static void another_program(void)
{
	unsigned long memory;

	trace_step("another program finds a clean device");
	start_program();
	memory = program_map(program, 4 * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 4, 700));
	to_device(memory, 4, 0, 4);
	expect_bytes(HERE, program, memory, 4, 700);
	expect_counts(HERE, 4, 0);
	statistics(112, 98, 213, 3, DEVICE_PAGES);

	trace_step("a request the driver does not know");
	expect_result(HERE, "returned", -ENOTTY, program_ioctl(program, device, 0, NULL));

	trace_step("the driver is unloaded, the program goes on");
	expect_result(HERE, "closed", 0, program_close(program, device));
	machine_unload_driver();
	expect_bytes(HERE, program, memory, 4, 700);
	program_exit(program);
}

int main(void)
{
	unsigned long memory;

	trace_begin("cpu-fault");
	trace_step("a program opens the device");
	start_program();
	memory = program_map(program, 16 * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	expect_pages(HERE, program, memory, "................");

	there_and_back(memory);
	pages_without_contents(memory);
	pages_that_cannot_move(memory);
	copies_that_fail(memory);
	read_only_pages(memory);
	memory_that_goes_away(memory);
	another_program();

	return trace_end();
}
