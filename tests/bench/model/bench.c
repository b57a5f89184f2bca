// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench.c - what a migration costs on the reference implementation
 *
 *	bench table		time a page, from 1 page to 1 GiB, beside copying page by page
 *	bench pages NPAGES	one line of that table
 *	bench once NPAGES	moves pages there and back once, without their bytes
 *
 * Each time is the median of five, and so is each ratio. The last is for callgrind, which counts its
 * instructions.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "mover-ioctl.h"
#include "program.h"

#define PAGE		PROGRAM_PAGE_SIZE
#define MOST_PAGES	262144UL

static struct program *program;
static int fd;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

static void move(unsigned long addr, unsigned long npages, int to_device, int copy)
{
	struct mover_range range = {
		.start = addr, .npages = npages, .to_device = to_device, .copy = copy,
	};

	if (program_ioctl(program, fd, MOVER_MOVE, &range) || range.moved != npages)
		die("not every page moved");
}

/* callgrind counts what happens below these two. */
static __attribute__((noinline)) void count_there(unsigned long addr, unsigned long npages)
{
	move(addr, npages, 1, 0);
}

static __attribute__((noinline)) void count_back(unsigned long addr, unsigned long npages)
{
	move(addr, npages, 0, 0);
}

static unsigned long boot_with_pages(unsigned long npages)
{
	unsigned long addr;

	if (machine_boot() || machine_load_driver())
		die("the machine does not boot");
	program = program_start();
	fd = program_open(program, "/dev/mover");
	addr = program_map(program, npages * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	for (unsigned long i = 0; i < npages; i++)
		if (program_write(program, addr + i * PAGE, &i, sizeof(i)))
			die("store");
	return addr;
}

static void check_bytes(unsigned long addr, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++) {
		unsigned long came;

		if (program_read(program, addr + i * PAGE, &came, sizeof(came)) || came != i)
			die("bytes were lost");
	}
}

/* Seconds for moving pages there and back, the best of some rounds. */
static double time_of_moves(unsigned long addr, unsigned long npages, int copy, int rounds)
{
	double best = 1e9;

	for (int round = 0; round < rounds; round++) {
		double start = now(), time;

		move(addr, npages, 1, copy);
		move(addr, npages, 0, copy);
		time = now() - start;
		if (time < best)
			best = time;
	}
	return best;
}

/* The same for copying each page to another place and back. */
static double time_of_copies(char *here, unsigned long npages, int rounds)
{
	char *there = here + npages * PAGE;
	double best = 1e9;

	for (int round = 0; round < rounds; round++) {
		double start = now(), time;

		for (unsigned long i = 0; i < npages; i++)
			memcpy(there + i * PAGE, here + i * PAGE, PAGE);
		for (unsigned long i = 0; i < npages; i++)
			memcpy(here + i * PAGE, there + i * PAGE, PAGE);
		time = now() - start;
		if (time < best)
			best = time;
	}
	return best;
}

/*
 * Moves with bytes, moves without, and copies, in turns, so that what else the computer does meets
 * all three alike.
 */
#define TURNS	5

struct turn {
	double moves, bare, copies, ratio, own;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(const struct turn *turns, size_t member)
{
	double values[TURNS];

	for (int i = 0; i < TURNS; i++)
		values[i] = *(const double *)((const char *)&turns[i] + member);
	qsort(values, TURNS, sizeof(values[0]), compare);
	return values[TURNS / 2];
}

static void measure(unsigned long npages)
{
	int rounds = npages < 4096 ? 4000 / npages + 4 : 1;
	unsigned long addr = boot_with_pages(npages);
	struct turn turns[TURNS];
	char *here = mmap(NULL, 2 * npages * PAGE, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (here == MAP_FAILED)
		die("no memory");
	/* Not counted: what touches new memory. */
	memset(here, 1, 2 * npages * PAGE);
	time_of_moves(addr, npages, 1, 1);
	for (int i = 0; i < TURNS; i++) {
		turns[i].moves = time_of_moves(addr, npages, 1, rounds);
		turns[i].copies = time_of_copies(here, npages, rounds);
		turns[i].bare = time_of_moves(addr, npages, 0, rounds);
		turns[i].ratio = turns[i].moves / turns[i].copies;
		turns[i].own = turns[i].bare / turns[i].copies;
	}
	munmap(here, 2 * npages * PAGE);

#define NANOSECONDS(member)	(median(turns, offsetof(struct turn, member)) / npages * 1e9)
	printf("%10lu %12.0f %12.0f %12.0f %9.2fx %9.2fx\n", npages, NANOSECONDS(moves),
	       NANOSECONDS(bare), NANOSECONDS(copies), median(turns, offsetof(struct turn, ratio)),
	       median(turns, offsetof(struct turn, own)));
	fflush(stdout);
	if (machine_violations() || machine_shutdown())
		die("something was left behind");
}

static void table(void)
{
	printf("%10s %12s %12s %12s %10s %10s\n", "pages", "ns a page", "without copy", "memcpy",
	       "ratio", "own cost");
	for (unsigned long npages = 1; npages <= MOST_PAGES; npages *= 8)
		measure(npages);
}

static void once(unsigned long npages)
{
	unsigned long addr = boot_with_pages(npages);

	move(addr, npages, 1, 1);
	move(addr, npages, 0, 1);
	check_bytes(addr, npages);
	count_there(addr, npages);
	count_back(addr, npages);
	machine_shutdown();
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "table"))
		table();
	else if (argc == 3 && !strcmp(argv[1], "pages"))
		measure(strtoul(argv[2], NULL, 0));
	else if (argc == 3 && !strcmp(argv[1], "once"))
		once(strtoul(argv[2], NULL, 0));
	else
		die("usage: bench table | pages NPAGES | once NPAGES");
	return 0;
}
