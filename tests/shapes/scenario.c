// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a program can do to the driver of any shape; see ../proof/trace.h for the output.
 *
 * Nothing is expected here but that a run of the callback driver and one of its port show the same:
 * what the driver returned and noted, where the pages are, what is in them, and what is in use.
 *
 * A range goes to the device only when all of it is in system memory.  Drivers that do not look
 * took their own pages once more with migrate_vma(), which a call for system memory does not.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "../proof/trace.h"
#include "card-ioctl.h"

#define NPAGES	16UL

static struct program *program;
static int card;
static unsigned long memory;

static unsigned long page(unsigned long number)
{
	return memory + number * PROGRAM_PAGE_SIZE;
}

static void show_log(void)
{
	static struct card_log log;
	char *line, *next;

	program_ioctl(program, card, CARD_LOG, &log);
	for (line = log.text; *line; line = next) {
		next = strchr(line, '\n');
		if (!next)
			break;
		*next++ = '\0';
		trace_note("driver", "%s", line);
	}
}

static void show_pages(void)
{
	static const char letters[2][7] = { ".0sdxm", ".0SDXM" };
	struct machine_counts counts = machine_count();
	char text[NPAGES + 1] = "";
	unsigned long i;

	for (i = 0; i < NPAGES; i++) {
		struct program_page_info info = program_page(program, page(i));

		text[i] = letters[!!info.writable][info.where];
	}
	trace_note("pages", "%s", text);
	trace_note("in use", "%lu system, %lu device, %lu locked, %lu isolated, %lu objects",
		   counts.system_pages, counts.device_pages, counts.locked_pages,
		   counts.isolated_pages, counts.slab_objects);
}

static void show(const char *what, long result)
{
	show_log();
	trace_note(what, "%ld", result);
	show_pages();
}

/* After a SIGKILL there is no program any more that could go on. */
static void stop_if_killed(int signal)
{
	if (signal == SIGKILL)
		exit(1);
}

static void store(unsigned long number, unsigned int seed)
{
	int signal = fill_pages(program, page(number), 1, seed);

	show("stored", signal);
	stop_if_killed(signal);
}

static void move_bytes(unsigned long start, unsigned long length)
{
	struct card_range range = { .start = start, .length = length };

	show("returned", program_ioctl(program, card, CARD_MOVE, &range));
}

static void move(unsigned long first, unsigned long npages)
{
	move_bytes(page(first), npages * PROGRAM_PAGE_SIZE);
}

static void read_all(void)
{
	unsigned char bytes[PROGRAM_PAGE_SIZE];
	unsigned long i, at;
	int signal;

	for (i = 0; i < NPAGES; i++) {
		unsigned int sum = 0;

		memset(bytes, 0, sizeof(bytes));
		signal = program_read(program, page(i), bytes, sizeof(bytes));
		for (at = 0; at < sizeof(bytes); at++)
			sum = sum * 31 + bytes[at];
		trace_note("read", "%d, %08x", signal, sum);
		stop_if_killed(signal);
	}
	show("all read", 0);
}

static void fail(unsigned long copies)
{
	program_ioctl(program, card, CARD_FAIL, (void *)copies);
}

static void ranges_of_each_length(void)
{
	static const unsigned long lengths[] = { 1, 2, 3, 4, 6, 8, 12 };
	unsigned long i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		trace_step("a range of whole pages goes to the device");
		move(1, lengths[i]);
		trace_step("the program reads everything");
		read_all();
	}
	trace_step("the program stores to a page on the device");
	move(2, 2);
	store(3, 300);
	read_all();
}

static void odd_ranges(void)
{
	trace_step("a range without a length");
	move(3, 0);
	read_all();
	trace_step("a range that begins within a page");
	move_bytes(page(4) + 0x800, PROGRAM_PAGE_SIZE);
	read_all();
	trace_step("a range that begins and ends within pages");
	move_bytes(page(4) + 0x800, 0xc00);
	read_all();
	trace_step("a range that ends within a page");
	move_bytes(page(4), PROGRAM_PAGE_SIZE + 0x10);
	read_all();
	trace_step("a range within one page");
	move_bytes(page(4) + 0x10, 0x10);
	read_all();
	trace_step("a range that goes on behind the mapping");
	move(NPAGES - 1, 4);
	read_all();
}

static void pages_of_all_kinds(void)
{
	trace_step("pages that were never touched, and the zero page");
	read_page(program, page(13));
	move(12, 4);
	trace_step("the program reads them");
	read_all();
	trace_step("a page that is pinned");
	program_pin(program, page(5));
	move(4, 2);
	program_unpin(program, page(5));
	read_all();
}

/* In a mapping of their own: releases differ in what writing to them takes afterwards. */
static void read_only_pages(void)
{
	unsigned long own = memory, length = NPAGES * PROGRAM_PAGE_SIZE;

	trace_step("pages that cannot be written");
	memory = program_map(program, length, PROGRAM_READ | PROGRAM_WRITE);
	fill_pages(program, memory, NPAGES, 500);
	program_protect(program, memory, length, PROGRAM_READ);
	move(6, 2);
	read_all();
	move(1, 2);
	store(1, 600);
	program_unmap(program, memory, length);
	memory = own;
}

static void copies_that_fail(void)
{
	unsigned long copies;

	for (copies = 1; copies < 4; copies++) {
		trace_step("copies to the device fail");
		fail(copies);
		move(1, 2);
		fail(0);
		read_all();
	}
	trace_step("a copy back fails");
	move(1, 2);
	fail(1);
	show("read", read_page(program, page(1)));
	fail(0);
	read_all();
}

/* Far apart, so that no driver finds a page there that it has moved before. */
#define STRIDE	(16 * PROGRAM_PAGE_SIZE)

static void full_device(void)
{
	unsigned long more = program_map(program, 80 * STRIDE, PROGRAM_READ | PROGRAM_WRITE);
	struct card_range range = { .length = PROGRAM_PAGE_SIZE };
	unsigned long i, moved = 0;

	trace_step("more pages than the device has");
	for (i = 0; i < 80; i++) {
		range.start = more + i * STRIDE;
		fill_pages(program, range.start, 1, 900 + i);
		moved += program_ioctl(program, card, CARD_MOVE, &range) >= 0;
	}
	show_log();
	trace_note("without an error", "%lu", moved);
	trace_step("a range when the device is full");
	move(1, 2);
	trace_step("that memory goes away");
	show("unmapped", program_unmap(program, more, 80 * STRIDE));
	read_all();
}

int main(void)
{
	trace_begin("shape");
	program = program_start();
	card = program ? program_open(program, "/dev/card") : -1;
	if (card < 0)
		return 1;
	memory = program_map(program, NPAGES * PROGRAM_PAGE_SIZE, PROGRAM_READ | PROGRAM_WRITE);
	trace_step("the program writes 12 of 16 pages");
	show("wrote", fill_pages(program, memory, 12, 100));

	ranges_of_each_length();
	odd_ranges();
	pages_of_all_kinds();
	read_only_pages();
	copies_that_fail();
	full_device();

	trace_step("the program ends with pages on the device");
	move(1, 2);
	program_exit(program);
	return trace_end();
}
