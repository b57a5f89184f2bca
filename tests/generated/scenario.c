// SPDX-License-Identifier: GPL-2.0-only
/*
 * A random walk of a program over its memory and a generated driver.
 *
 *	scenario SEED [STEPS]
 *
 * Every step writes what came of it: results of calls, what the driver noted, where the pages are,
 * a checksum of their bytes.  The text depends on the seed and on the behaviour of the driver, so
 * a driver and its port have to write the same.
 *
 * Two releases differ in which pages they offer where a range has pages on both sides: with the
 * callback API a driver saw them all and passed over half of them.  So a range goes to a site as a
 * whole only when every page of it is on the side the site takes pages from.  Mixed ranges come
 * last, when only the result counts and not the notes.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"
#include "random.h"
#include "rig-ioctl.h"

#define MAPPINGS	2
#define MAPPING_PAGES	20

static uint64_t seed;
static unsigned int step;
static struct program *program;
static int device;
static struct rig_sites sites;
static unsigned long mapping[MAPPINGS];
static struct machine_counts loaded;

/* A number below @limit that belongs to this step. */
static unsigned long number(const char *what, unsigned long limit)
{
	char name[64];

	snprintf(name, sizeof(name), "step %u %s", step, what);
	return random_number(seed, name) % limit;
}

static unsigned long page(unsigned long start, unsigned long index)
{
	return start + index * PROGRAM_PAGE_SIZE;
}

static void show_result(const char *what, long result)
{
	printf("%s: %ld\n", what, result);
	if (result != SIGKILL)
		return;
	printf("the program was killed\n");
	exit(1);
}

static void show_log(void)
{
	static struct rig_log log;
	long result = program_ioctl(program, device, RIG_LOG, &log);
	char *line, *rest = NULL;

	if (result)
		show_result("log", result);
	for (line = strtok_r(log.text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		printf("  %s\n", line);
}

static void show_state(void)
{
	static const char letters[] = ".0SDXM";
	struct machine_counts now = machine_count();
	unsigned int m, i;

	for (m = 0; m < MAPPINGS; m++) {
		printf("pages ");
		for (i = 0; i < MAPPING_PAGES; i++)
			putchar(letters[program_page(program, page(mapping[m], i)).where]);
		putchar('\n');
	}
	printf("use %ld system %ld device %lu locked %ld objects %lu isolated\n",
	       (long)(now.system_pages - loaded.system_pages),
	       (long)(now.device_pages - loaded.device_pages), now.locked_pages,
	       (long)(now.slab_objects - loaded.slab_objects), now.isolated_pages);
}

static void fill(unsigned long addr, unsigned long pages)
{
	unsigned char bytes[PROGRAM_PAGE_SIZE];
	unsigned long i;

	for (i = 0; i < pages; i++) {
		memset(bytes, (int)(1 + (step * 37 + i) % 255), sizeof(bytes));
		memcpy(bytes, &addr, sizeof(addr));
		show_result("write", program_write(program, page(addr, i), bytes, sizeof(bytes)));
	}
}

static void look(unsigned long addr, unsigned long pages)
{
	unsigned char bytes[PROGRAM_PAGE_SIZE];
	unsigned int sum;
	unsigned long i, b;
	int result;

	for (i = 0; i < pages; i++) {
		result = program_read(program, page(addr, i), bytes, sizeof(bytes));
		for (b = 0, sum = 0; !result && b < sizeof(bytes); b++)
			sum = sum * 31 + bytes[b];
		printf("read %lu: %08x\n", i, sum);
		show_result("read", result);
	}
}

/* Whether a site of a direction takes its pages from where this one is. */
static bool suits(unsigned int direction, unsigned long addr)
{
	enum program_page where = program_page(program, addr).where;

	switch (direction) {
	case RIG_TO_DEVICE:
		return where != PROGRAM_PAGE_DEVICE;
	case RIG_TO_RAM:
		return where == PROGRAM_PAGE_DEVICE || where == PROGRAM_PAGE_NONE;
	default:
		return true;
	}
}

static void move(unsigned int site, unsigned long addr, unsigned long length)
{
	struct rig_range range = { .start = addr, .length = length, .site = site };

	printf("%s from %lu of %lu\n", sites.site[site].name, addr - mapping[0], length);
	show_result("moved", program_ioctl(program, device, RIG_MOVE, &range));
}

/* Finds pages for the site, and asks for them; not always from the first byte to the last. */
static void step_move(void)
{
	unsigned int site = number("site", sites.count);
	unsigned long m = number("mapping", MAPPINGS), first = number("first", MAPPING_PAGES);
	unsigned long most = 1 + number("most", sites.site[site].max_pages), pages = 0;
	unsigned long start, end, i;

	for (i = 0; i < MAPPING_PAGES && !suits(sites.site[site].direction,
						page(mapping[m], first)); i++)
		first = (first + 1) % MAPPING_PAGES;
	while (pages < most && first + pages < MAPPING_PAGES &&
	       suits(sites.site[site].direction, page(mapping[m], first + pages)))
		pages++;
	start = page(mapping[m], first);
	end = start + pages * PROGRAM_PAGE_SIZE;
	switch (pages ? number("shift", 12) : 0) {
	case 1:			/* a part of the first page is left out */
		start += 1 + number("shift start", PROGRAM_PAGE_SIZE - 1);
		break;
	case 2:			/* and of the last */
		end -= 1 + number("shift end", PROGRAM_PAGE_SIZE - 1);
		break;
	case 3:
		start += 1 + number("shift start", PROGRAM_PAGE_SIZE - 1);
		end -= 1 + number("shift end", PROGRAM_PAGE_SIZE - 1);
		if (end < start)
			end = start;
		break;
	case 4:			/* the end of the mapping and more */
		start = page(mapping[m], MAPPING_PAGES - 2);
		end = page(start, sites.site[site].max_pages);
		if (!suits(sites.site[site].direction, start) ||
		    !suits(sites.site[site].direction, page(start, 1)))
			end = start;
		break;
	case 5:			/* the ends change places */
		start = end;
		end = page(mapping[m], first);
		break;
	case 6:			/* nothing at all */
		end = start;
		break;
	}
	move(site, start, end - start);
}

static void unpin(unsigned long m)
{
	unsigned long i;

	for (i = 0; i < MAPPING_PAGES; i++)
		while (!program_unpin(program, page(mapping[m], i)))
			;
}

static void step_fail(void)
{
	struct rig_failures failures = {
		.copies = random_number(seed ^ step, "copies") &
			  random_number(seed ^ step, "less copies") & 0xffff,
		.pages = random_number(seed ^ step, "pages") &
			 random_number(seed ^ step, "less pages") & 0xffff,
	};

	if (!number("none", 3))
		memset(&failures, 0, sizeof(failures));
	printf("copies %#llx and pages %#llx are to fail\n", (unsigned long long)failures.copies,
	       (unsigned long long)failures.pages);
	show_result("fail", program_ioctl(program, device, RIG_FAIL, &failures));
}

static void one_step(void)
{
	unsigned long m = number("mapping", MAPPINGS), first = number("first", MAPPING_PAGES);
	unsigned long pages = 1 + number("pages", MAPPING_PAGES - first);
	unsigned long addr = page(mapping[m], first);

	if (pages > 6)
		pages = 6;
	switch (number("kind", 20)) {
	case 0: case 1: case 2:
		printf("fill %lu %lu %lu\n", m, first, pages);
		fill(addr, pages);
		break;
	case 3: case 4: case 5:
		printf("look %lu %lu %lu\n", m, first, pages);
		look(addr, pages);
		break;
	case 6:
		printf("pin %lu %lu\n", m, first);
		show_result("pin", program_pin(program, addr));
		break;
	case 7:
		printf("unpin %lu\n", m);
		unpin(m);
		break;
	case 8:
		printf("protect %lu %lu %lu\n", m, first, pages);
		show_result("protect", program_protect(program, addr, pages * PROGRAM_PAGE_SIZE,
						       number("prot", 3) ?
						       PROGRAM_READ | PROGRAM_WRITE :
						       PROGRAM_READ));
		break;
	case 9:
		/* Away and new: what was there are holes now. */
		if (number("replace", 3))
			break;
		printf("replace %lu\n", m);
		unpin(m);
		show_result("unmap", program_unmap(program, mapping[m],
						   MAPPING_PAGES * PROGRAM_PAGE_SIZE));
		mapping[m] = program_map(program, MAPPING_PAGES * PROGRAM_PAGE_SIZE,
					 PROGRAM_READ | PROGRAM_WRITE);
		break;
	case 10:
		step_fail();
		break;
	default:
		step_move();
		break;
	}
	show_log();
	show_state();
}

static void set_failures(uint64_t copies)
{
	struct rig_failures failures = { .copies = copies };

	show_result("fail", program_ioctl(program, device, RIG_FAIL, &failures));
}

/* Every site with the first pages, as far as it can move them. */
static void every_site(uint64_t failures)
{
	unsigned long pages, i;
	unsigned int site;

	for (site = 0; site < sites.count; site++) {
		step++;
		printf("== site %u, copies %#llx fail\n", site, (unsigned long long)failures);
		pages = sites.site[site].max_pages < 7 ? sites.site[site].max_pages : 7;
		unpin(0);
		set_failures(0);
		if (sites.site[site].direction == RIG_TO_DEVICE)
			look(mapping[0], pages);
		set_failures(failures);
		for (i = 0; i < pages; i++)
			if (!suits(sites.site[site].direction, page(mapping[0], i)))
				break;
		move(site, mapping[0], i * PROGRAM_PAGE_SIZE);
		show_log();
		show_state();
	}
	set_failures(0);
}

/* Mixed ranges, and no notes. */
static void mixed_ranges(void)
{
	unsigned int turn, site;

	program_ioctl(program, device, RIG_MUTE, (void *)1);
	for (turn = 0; turn < 2 * sites.count; turn++) {
		site = turn % sites.count;
		step++;
		printf("== mixed %u\n", site);
		program_write(program, page(mapping[1], number("write", 8)), &site, sizeof(site));
		move(site, mapping[1],
		     number("mixed", sites.site[site].max_pages + 1) * PROGRAM_PAGE_SIZE);
		show_state();
	}
}

static int load(void)
{
	unsigned int m;
	int error = machine_boot();

	if (!error)
		error = machine_load_driver();
	if (error) {
		printf("the driver does not load: %d\n", error);
		return error;
	}
	loaded = machine_count();
	program = program_start();
	device = program_open(program, "/dev/rig");
	for (m = 0; m < MAPPINGS; m++)
		mapping[m] = program_map(program, MAPPING_PAGES * PROGRAM_PAGE_SIZE,
					 PROGRAM_READ | PROGRAM_WRITE);
	show_result("sites", program_ioctl(program, device, RIG_SITES, &sites));
	return !sites.count;
}

int main(int argc, char **argv)
{
	unsigned int steps = argc > 2 ? (unsigned int)strtoul(argv[2], NULL, 0) : 40;
	int leaks;

	if (argc < 2)
		return 2;
	seed = strtoull(argv[1], NULL, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (load())
		return 1;
	fill(mapping[0], MAPPING_PAGES / 2);
	for (step = 1; step <= steps; step++) {
		printf("== step %u\n", step);
		one_step();
	}
	every_site(0);
	every_site(0x15);
	every_site(0x2a);
	mixed_ranges();
	printf("== end\n");
	look(mapping[0], MAPPING_PAGES);
	look(mapping[1], MAPPING_PAGES);
	show_log();
	unpin(0);
	unpin(1);
	program_close(program, device);
	program_exit(program);
	printf("violations %lu %s\n", machine_violations(), machine_last_violation());
	leaks = machine_shutdown();
	printf("leaks %d\n", leaks);
	return leaks || machine_violations();
}
