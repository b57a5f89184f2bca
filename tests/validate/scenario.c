// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario.c - what any driver that moves pages has to live through
 *
 * Nothing here expects that pages move: the driver decides, and things may be made to fail. What
 * happens goes into the trace, to be compared with that of another driver. What must hold in any
 * case is checked after each step: the program finds the bytes that it wrote, and no page is left
 * locked or off the LRU; and at the end nothing has leaked and no rule was broken.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "moves.h"
#include "../proof/trace.h"

#define PAGE	PROGRAM_PAGE_SIZE
#define NPAGES	40UL
#define RW	(PROGRAM_READ | PROGRAM_WRITE)

/* A program, and for each page of its memory the seed of the bytes it wrote there; 0: zeroes. */
struct player {
	struct program *program;
	unsigned long addr;
	int fd;
	unsigned int seeds[NPAGES];
};

static unsigned long lost;
static unsigned long on_device;
static long first_result;

static void page_bytes(unsigned char *bytes, unsigned int seed)
{
	for (size_t i = 0; i < PAGE; i++)
		bytes[i] = seed ? (unsigned char)(seed * 31 + i * 7 + (i >> 8)) : 0;
}

/*
 * A failure may end one access; the bytes still have to be there for the next. With failures at
 * random it may take some more.
 */
static int read_again(struct player *player, unsigned long page, unsigned char *bytes)
{
	int signal = program_read(player->program, player->addr + page * PAGE, bytes, PAGE);

	if (signal != SIGBUS)
		return signal;
	trace_note("load", "SIGBUS at page %lu", page);
	for (int more = 0; more < 20 && signal == SIGBUS; more++)
		signal = program_read(player->program, player->addr + page * PAGE, bytes, PAGE);
	return signal;
}

static void check_page(struct player *player, unsigned long page)
{
	unsigned char bytes[PAGE], wanted[PAGE];
	int signal = read_again(player, page, bytes);

	page_bytes(wanted, player->seeds[page]);
	if (!signal && !memcmp(bytes, wanted, PAGE))
		return;
	lost++;
	trace_note("bytes", "page %lu %s", page,
		   signal ? "cannot be read" : "has other bytes than were written");
	if (signal == SIGKILL)
		exit(1);
}

static void check_pages(struct player *player, unsigned long first, unsigned long npages)
{
	for (unsigned long page = first; page < first + npages; page++)
		check_page(player, page);
}

static void write_page(struct player *player, unsigned long page, unsigned int seed)
{
	unsigned long addr = player->addr + page * PAGE;
	unsigned char bytes[PAGE];
	int signal;

	page_bytes(bytes, seed);
	signal = program_write(player->program, addr, bytes, PAGE);
	if (signal == SIGBUS)
		trace_note("store", "SIGBUS at page %lu", page);
	for (int more = 0; more < 20 && signal == SIGBUS; more++)
		signal = program_write(player->program, addr, bytes, PAGE);
	if (signal) {
		lost++;
		trace_note("store", "page %lu cannot be written, signal %d", page, signal);
	} else {
		player->seeds[page] = seed;
	}
}

static void write_pages(struct player *player, unsigned long first, unsigned long npages,
			unsigned int seed)
{
	for (unsigned long i = 0; i < npages; i++)
		write_page(player, first + i, seed + (unsigned int)i);
}

static void note_pages(struct player *player)
{
	static const char letters[] = ".0SDXM";
	char where[NPAGES + 1] = "";

	for (unsigned long page = 0; page < NPAGES; page++)
		where[page] = letters[program_page(player->program,
						   player->addr + page * PAGE).where];
	for (unsigned long page = 0; page < NPAGES; page++)
		on_device += where[page] == 'D';
	trace_note("pages", "%s", where);
}

/* At the end of each step. */
static void settle(struct player *player)
{
	struct machine_counts counts = machine_count();

	note_pages(player);
	if (counts.locked_pages || counts.isolated_pages) {
		lost++;
		trace_note("left behind", "%lu locked, %lu isolated", counts.locked_pages,
			   counts.isolated_pages);
	}
}

static long move(struct player *player, bool to_device, unsigned long first, unsigned long npages)
{
	unsigned long addr = player->addr + first * PAGE, length = npages * PAGE;
	long ret;

	if (player->fd < 0)
		return 0;
	if (to_device)
		ret = driver_moves.to_device(player->program, player->fd, addr, length);
	else if (driver_moves.to_system)
		ret = driver_moves.to_system(player->program, player->fd, addr, length);
	else
		return 0;
	trace_note(to_device ? "to the device" : "to the system", "returned %ld", ret);
	return ret;
}

/* The first file of a driver that has one is meant if none is named. */
static char *device_path(void)
{
	static char path[64];
	const char *only = machine_device_name(0);

	if (driver_moves.path || !only)
		return (char *)driver_moves.path;
	snprintf(path, sizeof(path), "/dev/%s", only);
	return path;
}

/* Without a device nothing is compared. */
static void require_device(const struct player *player)
{
	const char *name = machine_device_name(0);

	if (player->fd >= 0 || machine_failures())
		return;
	fprintf(stderr, "%s cannot be opened: %s\n", device_path() ?: "the device",
		strerror(-player->fd));
	fprintf(stderr, "the driver registers %s", name ? "/dev/" : "nothing in /dev");
	for (unsigned int n = 0; (name = machine_device_name(n)); n++)
		fprintf(stderr, "%s%s", n ? ", /dev/" : "", name);
	fprintf(stderr, "\n%s\n", machine_device_name(0) ?
		"set .path of driver_moves to the one that moves memory" :
		"a probe that fails says why above; .device_found may have to prepare the device");
	exit(3);
}

/* Nor without a page that moves. Only the run that counts knows of pages that stay in the system. */
static void require_moves(void)
{
	const char *counts = getenv("MACHINE_FAIL");

	if (on_device || !counts || strcmp(counts, "count") ||
	    machine_failure_points(MACHINE_FAIL_MOVE))
		return;
	fprintf(stderr, "no page reached the device, so that nothing would be compared\n"
		"to_device() of the moves file returned %ld at first\n", first_result);
	fputs("the command and its struct in the moves file have to be those of the driver; if they are,\n"
	      "its copy engine may not answer: see machine_pci_copy_engine()\n", stderr);
	exit(3);
}

static struct player start(void)
{
	struct player player = { .program = program_start() };

	player.fd = device_path() ? program_open(player.program, device_path()) : -ENOENT;
	trace_note("open", "%s", player.fd < 0 ? "failed" : "0");
	player.addr = program_map(player.program, NPAGES * PAGE, RW);
	return player;
}

static void there_and_back(struct player *player)
{
	trace_step("written pages and holes go to the device");
	write_pages(player, 0, 24, 1);
	first_result = move(player, true, 0, 32);
	settle(player);

	trace_step("the CPU loads some of them");
	check_pages(player, 4, 4);
	check_pages(player, 26, 2);
	settle(player);

	trace_step("the CPU stores to some of them");
	write_pages(player, 10, 3, 50);
	write_pages(player, 24, 2, 60);
	settle(player);

	trace_step("all go again, those that are there already and those that are not");
	move(player, true, 0, NPAGES);
	settle(player);

	trace_step("half come back at once");
	move(player, false, 0, 20);
	settle(player);
	check_pages(player, 0, NPAGES);
}

static void mappings_that_change(struct player *player)
{
	trace_step("read-only pages go and are read");
	program_protect(player->program, player->addr, 8 * PAGE, PROGRAM_READ);
	move(player, true, 0, 8);
	settle(player);
	check_pages(player, 0, 4);
	program_protect(player->program, player->addr, 8 * PAGE, RW);
	write_pages(player, 2, 4, 70);
	settle(player);

	trace_step("a page with an extra reference");
	if (!program_pin(player->program, player->addr + 12 * PAGE)) {
		move(player, true, 8, 8);
		settle(player);
		program_unpin(player->program, player->addr + 12 * PAGE);
	}
	check_pages(player, 8, 8);
}

static void a_child(struct player *player)
{
	struct player child = *player;

	trace_step("a child shares pages on the device and off it");
	move(player, true, 16, 8);
	child.program = program_fork(player->program);
	write_pages(player, 16, 2, 80);
	write_pages(&child, 18, 2, 90);
	settle(player);
	settle(&child);

	trace_step("the parent moves what both have");
	move(player, true, 16, 8);
	settle(player);
	check_pages(&child, 16, 8);
	check_pages(player, 16, 8);
	program_exit(child.program);
	settle(player);
}

static void the_end(struct player *player)
{
	trace_step("part of the memory goes while it is on the device");
	move(player, true, 0, NPAGES);
	program_unmap(player->program, player->addr + 30 * PAGE, 4 * PAGE);
	settle(player);
	check_pages(player, 0, 30);
	check_pages(player, 34, 6);

	trace_step("the file is closed, the program goes on");
	move(player, true, 0, 20);
	if (player->fd >= 0)
		program_close(player->program, player->fd);
	check_pages(player, 0, 30);

	trace_step("a program ends with pages on the device");
	program_exit(player->program);
	*player = start();
	write_pages(player, 0, 8, 100);
	move(player, true, 0, 8);
	program_exit(player->program);
}

int main(void)
{
	struct player player;
	int failed;

	trace_begin("moves");
	machine_add_pci_devices_wanted(driver_moves.bar_size, driver_moves.device_found);
	trace_step("a program opens the device");
	player = start();
	require_device(&player);
	there_and_back(&player);
	mappings_that_change(&player);
	a_child(&player);
	the_end(&player);
	require_moves();
	failed = trace_end();
	if (lost)
		fprintf(stderr, "%lu time(s) something was lost; the trace says what\n", lost);
	return failed || lost;
}
