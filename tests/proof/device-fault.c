// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program and its device can do to the driver in examples/device-fault.
 *
 * Linked with one form of the driver and one release of the machine; see trace.h for the output.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace.h"
#include "../../examples/device-fault/device-fault-ioctl.h"

#define DEVICE_PAGES	64	/* of the driver */
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
	device = program_open(program, "/dev/device-fault");
	expect_number(HERE, "file descriptor", 0, device);
}

#define device_reads(address, result, byte)	device_reads_at(__LINE__, address, result, byte)

static void device_reads_at(int line, unsigned long address, long result, unsigned int byte)
{
	struct device_fault_access access = { .address = address };
	long ret = program_ioctl(program, device, DEVICE_FAULT_ACCESS, &access);

	expect_result(__FILE__, line, "device reads", result, ret);
	if (!ret)
		expect_number(__FILE__, line, "byte", (long)byte, (long)access.value);
}

#define device_writes(address, byte, result)	device_writes_at(__LINE__, address, byte, result)

static void device_writes_at(int line, unsigned long address, unsigned int byte, long result)
{
	struct device_fault_access access = { .address = address, .write = 1, .value = byte };
	long ret = program_ioctl(program, device, DEVICE_FAULT_ACCESS, &access);

	expect_result(__FILE__, line, "device writes", result, ret);
}

#define cpu_reads(who, address, byte)	cpu_reads_at(__LINE__, who, address, byte)

static void cpu_reads_at(int line, struct program *who, unsigned long address, unsigned char byte)
{
	unsigned char came = 0;

	expect_result(__FILE__, line, "program reads", 0, program_read(who, address, &came, 1));
	expect_number(__FILE__, line, "byte", byte, came);
}

#define cpu_writes(who, address, byte)	cpu_writes_at(__LINE__, who, address, byte)

static void cpu_writes_at(int line, struct program *who, unsigned long address, unsigned char byte)
{
	expect_result(__FILE__, line, "program writes", 0, program_write(who, address, &byte, 1));
}

#define to_system(start, npages, result, moved)	\
	to_system_at(__LINE__, start, (npages) * PAGE, result, moved)

static void to_system_at(int line, unsigned long start, unsigned long length, long result,
			 unsigned long moved)
{
	struct device_fault_range range = { .start = start, .length = length };
	long ret = program_ioctl(program, device, DEVICE_FAULT_TO_SYSTEM, &range);

	expect_move(__FILE__, line, result, moved, ret, (unsigned long)range.moved);
}

/* Since loading: faults, to_device and to_system; now: mapped. */
#define statistics(faults, to_device, to_system, mapped)	\
	statistics_at(__LINE__, faults, to_device, to_system, mapped)

static void statistics_at(int line, long faults, long to_device, long to_system, long mapped)
{
	struct device_fault_statistics now = { 0 };

	program_ioctl(program, device, DEVICE_FAULT_STATISTICS, &now);
	expect_number(__FILE__, line, "faults", faults, (long)now.faults);
	expect_number(__FILE__, line, "moved to the device", to_device, (long)now.to_device);
	expect_number(__FILE__, line, "moved back", to_system, (long)now.to_system);
	expect_number(__FILE__, line, "mapped on the device", mapped, (long)now.mapped);
}

static void the_device_fetches(unsigned long memory)
{
	trace_step("the program writes 20 of 32 pages");
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 20, 100));
	cpu_writes(program, page(memory, 10) + 7, 0x5a);
	cpu_writes(program, page(memory, 12), 0x5b);
	expect_counts(HERE, 20, 0);

	trace_step("the device reads a byte: 8 pages come");
	device_reads(page(memory, 10) + 7, 0, 0x5a);
	expect_pages(HERE, program, memory, "SSSSSSSSDDDDDDDDSSSS............");
	statistics(1, 8, 0, 8);

	trace_step("what came along is there without a fault");
	device_reads(page(memory, 12), 0, 0x5b);
	statistics(1, 8, 0, 8);

	trace_step("the device writes, the program reads");
	device_writes(page(memory, 11) + 3, 77, 0);
	cpu_reads(program, page(memory, 11) + 3, 77);
	expect_pages(HERE, program, memory, "SSSSSSSSDDDSDDDDSSSS............");
	statistics(1, 8, 1, 7);

	trace_step("the device wants that page again, and nothing else");
	device_reads(page(memory, 11) + 3, 0, 77);
	expect_pages(HERE, program, memory, "SSSSSSSSDDDDDDDDSSSS............");
	statistics(2, 9, 1, 8);

	trace_step("the device writes where nothing was");
	device_writes(page(memory, 21), 78, 0);
	device_reads(page(memory, 22), 0, 0);
	expect_pages(HERE, program, memory, "SSSSSSSSDDDDDDDDDDDDDDDD........");
	cpu_reads(program, page(memory, 21), 78);
	statistics(3, 17, 2, 15);
	expect_counts(HERE, 9, 15);
}

static void the_program_asks_back(unsigned long memory)
{
	trace_step("part of it is asked back");
	device_reads(page(memory, 21), 0, 78);
	to_system(page(memory, 4), 8, 0, 4);
	expect_pages(HERE, program, memory, "SSSSSSSSSSSSDDDDDDDDDDDD........");
	statistics(4, 18, 6, 12);
	cpu_reads(program, page(memory, 10) + 7, 0x5a);

	trace_step("the device fetches up to what it has");
	device_reads(page(memory, 11) + 3, 0, 77);
	expect_pages(HERE, program, memory, "SSSSSSSSDDDDDDDDDDDDDDDD........");
	statistics(5, 22, 6, 16);

	trace_step("what is not on the device cannot be asked back");
	to_system(memory, 8, 0, 0);
	to_system(page(memory, 28), 8, -EINVAL, 0);
	to_system(memory + 1, 1, -EINVAL, 0);
	expect_counts(HERE, 8, 16);

	trace_step("all of it has its bytes");
	expect_bytes(HERE, program, page(memory, 13), 7, 113);
	expect_bytes(HERE, program, memory, 10, 100);
	expect_pages(HERE, program, memory, "SSSSSSSSSSDDDSSSSSSSDDDD........");
	statistics(5, 22, 15, 7);
}

static void what_the_device_may(unsigned long memory)
{
	cpu_writes(program, page(memory, 2), 0x62);
	cpu_writes(program, page(memory, 16), 0x60);
	cpu_writes(program, page(memory, 17), 0x61);

	trace_step("read-only memory: the device loses its entries");
	device_reads(page(memory, 16), 0, 0x60);
	program_protect(program, page(memory, 16), 4 * PAGE, PROGRAM_READ);
	expect_pages(HERE, program, page(memory, 16), "ddddDDDD");
	statistics(6, 26, 15, 7);

	trace_step("the device reads it, and may not write");
	device_reads(page(memory, 17), 0, 0x61);
	device_writes(page(memory, 17), 79, -EACCES);
	expect_pages(HERE, program, page(memory, 16), "ddddDDDD");
	statistics(7, 27, 16, 8);

	trace_step("without access the device has none");
	program_protect(program, page(memory, 16), 4 * PAGE, PROGRAM_NONE);
	device_reads(page(memory, 17), -EFAULT, 0);
	program_protect(program, page(memory, 16), 4 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_bytes(HERE, program, page(memory, 18), 2, 118);

	trace_step("nothing is mapped there");
	device_reads(memory + (1UL << 30), -EFAULT, 0);
	device_reads(page(memory, 32), -EFAULT, 0);

	trace_step("a pinned page does not come");
	expect_result(HERE, "pinned", 0, program_pin(program, page(memory, 2)));
	device_reads(page(memory, 2), -EBUSY, 0);
	expect_pages(HERE, program, memory, "DDSDDDDD");
	expect_result(HERE, "unpinned", 0, program_unpin(program, page(memory, 2)));
	device_reads(page(memory, 2), 0, 0x62);
	expect_pages(HERE, program, memory, "DDDDDDDD");
}

static void a_child(unsigned long memory)
{
	struct program *child;

	trace_step("the program forks: the device loses its entries");
	cpu_writes(program, page(memory, 5), 80);
	device_reads(page(memory, 5), 0, 80);
	child = program_fork(program);
	device_reads(page(memory, 5), 0, 80);

	trace_step("the device may not write what is shared");
	device_writes(page(memory, 5), 81, -EACCES);

	trace_step("what the program has to itself it may");
	cpu_writes(program, page(memory, 5), 82);
	device_writes(page(memory, 5) + 1, 83, 0);
	cpu_reads(program, page(memory, 5), 82);
	cpu_reads(program, page(memory, 5) + 1, 83);
	cpu_reads(child, page(memory, 5), 80);
	program_exit(child);
}

static void the_end_of_memory(unsigned long memory)
{
	unsigned long more;

	trace_step("part of it is unmapped while on the device");
	expect_result(HERE, "unmapped", 0, program_unmap(program, page(memory, 4), 4 * PAGE));
	/* The fork has left what nobody wrote since without write permission. */
	expect_pages(HERE, program, memory, "dddd....");
	device_reads(page(memory, 5), -EFAULT, 0);

	trace_step("the window ends where the mapping ends");
	cpu_writes(program, page(memory, 3), 84);
	device_reads(page(memory, 3), 0, 84);
	expect_pages(HERE, program, memory, "dddD....");

	trace_step("the program ends with pages on the device");
	more = program_map(program, 16 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	device_writes(page(more, 9), 85, 0);
	expect_pages(HERE, program, more, "........DDDDDDDD");
	program_exit(program);
	expect_counts(HERE, 0, 0);
}

static void another_program(void)
{
	unsigned long memory, number;

	trace_step("another program: the device becomes full");
	start_program();
	memory = program_map(program, 80 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_result(HERE, "wrote", 0, fill_pages(program, memory, 80, 500));
	for (number = 0; number < 80; number += 20)
		cpu_writes(program, page(memory, number), (unsigned char)number);
	for (number = 0; number < DEVICE_PAGES; number += 20)
		device_reads(page(memory, number), 0, (unsigned int)number);
	expect_counts(HERE, 48, 32);

	trace_step("what does not fit stays");
	for (number = 4; number < 80; number += 8)
		program_ioctl(program, device, DEVICE_FAULT_ACCESS,
			      &(struct device_fault_access){ .address = page(memory, number) });
	expect_counts(HERE, 16, DEVICE_PAGES);
	device_reads(page(memory, 79), -EBUSY, 0);

	trace_step("the program goes on without the device");
	expect_result(HERE, "closed", 0, program_close(program, device));
	expect_bytes(HERE, program, page(memory, 1), 19, 501);
	expect_bytes(HERE, program, page(memory, 61), 19, 561);
	program_exit(program);
	expect_counts(HERE, 0, 0);

	trace_step("a request the driver does not know");
	start_program();
	expect_result(HERE, "returned", -ENOTTY, program_ioctl(program, device, 0, NULL));
	program_exit(program);
}

int main(void)
{
	unsigned long memory;

	trace_begin("device-fault");
	trace_step("a program opens the device");
	start_program();
	memory = program_map(program, 32 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	expect_pages(HERE, program, memory, "................................");

	the_device_fetches(memory);
	the_program_asks_back(memory);
	what_the_device_may(memory);
	a_child(memory);
	the_end_of_memory(memory);
	another_program();

	return trace_end();
}
