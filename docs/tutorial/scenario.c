// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program does with the lend device, and what it sees.
 */
#include <stdio.h>

#include "program.h"
#include "lend-ioctl.h"

#define PAGES	24

static struct program *program;
static unsigned long memory;
static int device;

/* Where each page is: . nowhere, z the zero page, S system memory, D the device. */
static void show(const char *what)
{
	static const char letters[] = ".zSDwmx";
	unsigned long i;

	printf("%-34s ", what);
	for (i = 0; i < PAGES; i++)
		putchar(letters[program_page(program, memory + i * PROGRAM_PAGE_SIZE).where]);
	putchar('\n');
}

static void lend(unsigned long first, unsigned long npages)
{
	struct lend_range range = {
		.start = memory + first * PROGRAM_PAGE_SIZE,
		.length = npages * PROGRAM_PAGE_SIZE,
	};
	long ret = program_ioctl(program, device, LEND_TO_DEVICE, &range);

	printf("lend pages %lu to %lu: %ld, moved %llu\n", first, first + npages - 1, ret,
	       range.moved);
}

static void check_contents(void)
{
	unsigned long i, wrong = 0;
	int fault = 0;

	for (i = 0; i < PAGES; i++) {
		unsigned char byte = 0;

		fault |= program_read(program, memory + i * PROGRAM_PAGE_SIZE, &byte, 1);
		wrong += byte != (i < PAGES - 2 ? i + 1 : 0);
	}
	printf("read all: signal %d, %lu wrong\n", fault, wrong);
}

int main(void)
{
	unsigned long i;
	int leaks;

	if (machine_boot() || machine_load_driver())
		return 1;
	program = program_start();
	device = program_open(program, "/dev/lend");
	memory = program_map(program, PAGES * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);

	for (i = 0; i < PAGES - 2; i++) {
		unsigned char byte = i + 1;

		program_write(program, memory + i * PROGRAM_PAGE_SIZE, &byte, 1);
	}
	show("all but two pages written");

	lend(0, 20);
	show("lent in two chunks");

	program_pin(program, memory + 20 * PROGRAM_PAGE_SIZE);
	lend(18, 6);
	show("one pinned, two never written");
	program_unpin(program, memory + 20 * PROGRAM_PAGE_SIZE);

	check_contents();
	show("after the program has read all");

	lend(PAGES - 1, 2);

	program_exit(program);
	leaks = machine_shutdown();
	printf("leaks: %d, rules broken: %lu\n", leaks, machine_violations());
	return leaks || machine_violations();
}
