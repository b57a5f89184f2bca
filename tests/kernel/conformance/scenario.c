// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every state that a program can bring a page of private memory into, and what a migration of it
 * does.  The same program is linked with the reference implementation and run on a real kernel;
 * each step of the trace must be the same on both.  Nothing is expected here but that.
 *
 * A word is shown as its flags, what its page is, and the page's references:
 *
 *	VMLW.S+1	valid, migrate, locked, write; a page of the system; locked; 1 reference
 *	-M---.-		a migrating entry without a page
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

#define PAGE		PROGRAM_PAGE_SIZE

/* Each step has its own programs, so that nothing is left over from the one before. */
static struct program *program;
static int device;

static void begin(const char *title)
{
	trace_step(title);
	program = program_start();
	if (!program)
		exit(1);
	device = program_open(program, "/dev/conformance");
	if (device)
		trace_note("the device does not open", "%d", device);
}

static void end(void)
{
	long free_pages;

	program_exit(program);
	program = program_start();
	if (!program)
		exit(1);
	device = program_open(program, "/dev/conformance");
	free_pages = program_ioctl(program, device, CONFORMANCE_FREE, NULL);
	trace_note("free pages of device A afterwards", "%ld", free_pages);
	program_exit(program);
}

/* --- What is shown ------------------------------------------------------------------------- */

static const char *word_text(unsigned int word, char *text, size_t size)
{
	char kind = word & WORD_IS_SYSTEM ? 'S' : word & WORD_IS_A ? 'A' :
		    word & WORD_IS_B ? 'B' : '-';
	int length = snprintf(text, size, "%c%c%c%c%c%c%c%c", word & 1 ? 'V' : '-',
			      word & 2 ? 'M' : '-', word & 4 ? 'L' : '-', word & 8 ? 'W' : '-',
			      word & 16 ? '4' : '.', word & 32 ? '5' : '.', kind,
			      word & WORD_IS_LOCKED ? '+' : ' ');

	if (WORD_REFERENCES(word))
		snprintf(text + length, size - (size_t)length, "%u", WORD_REFERENCES(word));
	return text;
}

static void show_point(const struct conformance_migration *migration, int number)
{
	static const char *const names[] = { "setup", "pages", "finalize" };
	const struct conformance_point *point = &migration->point[number];
	unsigned long i, npages = migration->npages;
	char what[64], src[32], dst[32];

	if (!point->reached)
		return;
	snprintf(what, sizeof(what), "after %s", names[number]);
	trace_note(what, "cpages %u", point->cpages);
	for (i = 0; i < npages && i < CONFORMANCE_PAGES; i++) {
		snprintf(what, sizeof(what), "after %s, entry %lu", names[number], i);
		trace_note(what, "src %s dst %s", word_text(point->src[i], src, sizeof(src)),
			   word_text(point->dst[i], dst, sizeof(dst)));
	}
}

static void show_events(const struct conformance_migration *migration)
{
	static const char *const owners[] = { "nobody", "A", "B", "another" };
	unsigned int i;

	trace_note("events", "%u", migration->nr_events);
	for (i = 0; i < migration->nr_events && i < CONFORMANCE_EVENTS; i++) {
		const struct conformance_event *event = &migration->event[i];

		trace_note("event", "%s of %s, bytes %ld to %ld from the start", event->name,
			   owners[event->owner & 3], (long)(event->start - migration->start),
			   (long)(event->end - migration->start));
	}
}

static void show(const struct conformance_migration *migration)
{
	int number;

	trace_note("returned", "%d", migration->ret);
	if (!migration->ret) {
		trace_note("npages", "%lu", (unsigned long)migration->npages);
		trace_note("start", "moved by %ld",
			   (long)(migration->start_after - migration->start));
		trace_note("end", "moved by %ld", (long)(migration->end_after - migration->end));
		for (number = 0; number < 3; number++)
			show_point(migration, number);
	}
	show_events(migration);
}

static void show_page(const char *what, struct program *of, unsigned long addr)
{
	static const char *const where[] = { "nothing", "the zero page", "system", "device",
					     "swapped", "migrating" };
	struct program_page_info info = program_page(of, addr);

	trace_note(what, "%s%s, %d reference(s), mapped %d time(s)%s", where[info.where],
		   info.writable ? ", writable" : "", info.where == PROGRAM_PAGE_ZERO ? 0 : info.refcount,
		   info.where == PROGRAM_PAGE_ZERO ? 0 : info.mapcount,
		   info.locked ? ", locked" : "");
}

/* What the program finds there: the signal it gets, or the first bytes. */
static void show_bytes(const char *what, struct program *of, unsigned long addr)
{
	unsigned char bytes[4] = { 0 };
	int signal = program_read(of, addr, bytes, sizeof(bytes));

	if (signal)
		trace_note(what, "signal %d", signal);
	else
		trace_note(what, "%02x %02x %02x %02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void show_fault(void)
{
	struct conformance_migration fault;

	program_ioctl(program, device, CONFORMANCE_FAULT, &fault);
	if (fault.ret == -ENODATA) {
		trace_note("migrate_to_ram()", "not called");
		return;
	}
	trace_note("migrate_to_ram()", "called");
	show(&fault);
}

/* --- One migration ------------------------------------------------------------------------- */

static struct conformance_migration migration_of(unsigned long start, unsigned long npages,
						  unsigned int select, unsigned int owner,
						  unsigned int destination)
{
	struct conformance_migration migration = {
		.start = start, .end = start + npages * PAGE, .select = select, .owner = owner,
	};
	unsigned long i;

	for (i = 0; i < CONFORMANCE_PAGES; i++)
		migration.destination[i] = destination;
	return migration;
}

static void migrate(struct conformance_migration *migration)
{
	long ret = program_ioctl(program, device, CONFORMANCE_MIGRATE, migration);

	if (ret)
		trace_note("the driver returned", "%ld", ret);
}

/* --- Each state, selected in each way ------------------------------------------------------ */

static const struct {
	const char *name;
	unsigned int select;
	unsigned int owner;
} selections[] = {
	{ "the system selected", SELECT_SYSTEM, OWNER_A },
	{ "the device selected", SELECT_DEVICE, OWNER_A },
	{ "both selected", SELECT_SYSTEM | SELECT_DEVICE, OWNER_A },
	{ "nothing selected", 0, OWNER_A },
	{ "another device selected", SELECT_DEVICE, OWNER_B },
};

static const struct {
	const char *name;
	unsigned int destination;
} destinations[] = {
	{ "moves", DESTINATION_OTHER },
	{ "stays", DESTINATION_NONE },
	{ "is given up", DESTINATION_GIVEN_UP },
};

static void one_state(const struct state *state, size_t selection, size_t destination)
{
	struct conformance_migration migration;
	struct brought_about about = { .program = program, .device = device };
	char title[128];

	snprintf(title, sizeof(title), "%s, %s, %s", state->name, selections[selection].name,
		 destinations[destination].name);
	begin(title);
	about.program = program;
	about.device = device;
	state->bring_about(&about);
	show_page("before", program, about.addr);

	migration = migration_of(about.addr, 1, selections[selection].select,
				 selections[selection].owner,
				 destinations[destination].destination);
	migrate(&migration);
	show(&migration);
	show_page("afterwards", program, about.addr);
	if (about.child)
		show_page("in the child", about.child, about.addr);

	if (state->undo)
		state->undo(&about);
	show_bytes("the program reads", program, about.addr);
	show_fault();
	show_page("after reading", program, about.addr);
	if (about.child) {
		show_bytes("the child reads", about.child, about.addr);
		program_exit(about.child);
	}
	end();
}

static void every_state(void)
{
	size_t i, selection, destination;

	for (i = 0; i < nr_states; i++) {
		for (selection = 0; selection < sizeof(selections) / sizeof(selections[0]); selection++) {
			for (destination = 0;
			     destination < sizeof(destinations) / sizeof(destinations[0]); destination++)
				one_state(&states[i], selection, destination);
		}
	}
}

/* --- Ranges and arguments ------------------------------------------------------------------ */

static void argument(const char *title, long first, long last, unsigned int unusual)
{
	struct conformance_migration migration;
	unsigned long memory;

	begin(title);
	memory = program_map(program, 4 * PAGE, PROGRAM_READ | PROGRAM_WRITE);
	fill_pages(program, memory, 4, 40);
	migration = migration_of(memory, 0, SELECT_SYSTEM, OWNER_A, DESTINATION_OTHER);
	migration.start = memory + (unsigned long)first;
	migration.end = memory + (unsigned long)last;
	migration.unusual = unusual;
	migrate(&migration);
	show(&migration);
	show_bytes("the first page", program, memory);
	show_bytes("the last page", program, memory + 3 * PAGE);
	end();
}

/*
 * An end before the start, both inside the mapping, is left out: Linux takes the length for a very
 * large one and overwrites memory behind src.
 */
static void every_argument(void)
{
	const long page = PAGE;

	argument("the whole mapping", 0, 4 * page, 0);
	argument("part of the mapping", page, 3 * page, 0);
	argument("an empty range", page, page, 0);
	argument("less than a page", page, page + 100, 0);
	argument("less than a page, over a boundary", page - 1, page, 0);
	argument("a start within a page", page + 100, 3 * page, 0);
	argument("an end within a page", page, 3 * page + 100, 0);
	argument("start and end within pages", page + 100, 3 * page + 100, 0);
	argument("start and end within pages, fewer bytes than pages", 2 * page - 1, 3 * page + 1, 0);
	argument("an end behind the mapping", page, 5 * page, 0);
	argument("a start before the mapping", -page, 2 * page, 0);
	argument("a range behind the mapping", 4 * page, 5 * page, 0);
	argument("no mapping", 0, page, UNUSUAL_NO_VMA);
	argument("no src", 0, page, UNUSUAL_NO_SRC);
	argument("no dst", 0, page, UNUSUAL_NO_DST);
	if (machine_release() >= MACHINE_RELEASE(6, 1))
		argument("a fault page that is none", 0, page, UNUSUAL_FAULT_PAGE);
	if (machine_release() >= MACHINE_RELEASE(6, 15))
		argument("a fault page that is not locked", 0, page, UNUSUAL_UNLOCKED_FAULT);
}

/* --- Several entries and several steps ----------------------------------------------------- */

/* Pages of different kinds side by side: S written, 0 read, . untouched, A, B, P pinned. */
static unsigned long mixed(const char *kinds)
{
	unsigned long npages = strlen(kinds), i;
	unsigned long memory = program_map(program, npages * PAGE, PROGRAM_READ | PROGRAM_WRITE);

	for (i = 0; i < npages; i++) {
		unsigned long addr = memory + i * PAGE;

		if (kinds[i] == '0')
			read_page(program, addr);
		else if (kinds[i] != '.')
			fill_pages(program, addr, 1, 60 + (unsigned int)i);
		if (kinds[i] == 'A' || kinds[i] == 'B')
			bring_to_device(program, device, addr, kinds[i] == 'B');
		if (kinds[i] == 'P')
			program_pin(program, addr);
	}
	return memory;
}

static void show_all(unsigned long memory, const char *kinds)
{
	unsigned long i;
	char what[48];

	for (i = 0; kinds[i]; i++) {
		snprintf(what, sizeof(what), "page %lu", i);
		show_page(what, program, memory + i * PAGE);
	}
	for (i = 0; kinds[i]; i++) {
		if (kinds[i] == 'P')
			program_unpin(program, memory + i * PAGE);
		snprintf(what, sizeof(what), "bytes of page %lu", i);
		show_bytes(what, program, memory + i * PAGE);
	}
}

static void several(const char *title, const char *kinds, const char *targets, unsigned int select,
		    unsigned int owner, unsigned int unusual)
{
	struct conformance_migration migration;
	unsigned long memory, i;

	begin(title);
	memory = mixed(kinds);
	migration = migration_of(memory, strlen(kinds), select, owner, DESTINATION_NONE);
	migration.unusual = unusual;
	for (i = 0; targets[i]; i++) {
		migration.destination[i] = targets[i] == 'S' ? DESTINATION_SYSTEM :
					   targets[i] == 'A' ? DESTINATION_A :
					   targets[i] == 'B' ? DESTINATION_B :
					   targets[i] == 'x' ? DESTINATION_GIVEN_UP : DESTINATION_NONE;
	}
	migrate(&migration);
	show(&migration);
	show_all(memory, kinds);
	end();
}

static void every_mixture(void)
{
	const unsigned int both = SELECT_SYSTEM | SELECT_DEVICE;

	several("all kinds of pages go to A", "S0.ABPS.", "AAAAAAAA", both, OWNER_A, 0);
	several("all kinds of pages go to the system", "S0.ABPS.", "SSSSSSSS", both, OWNER_A, 0);
	several("pages of the system in all directions", "SSSS", "AB-S", SELECT_SYSTEM, OWNER_A, 0);
	several("pages of A in all directions", "AAAA", "AB-S", SELECT_DEVICE, OWNER_A, 0);
	several("entries without a page in all directions", "....0000", "AB-SAB-S", SELECT_SYSTEM,
		OWNER_A, 0);
	several("some are given up, some get nothing", "SSSSSS", "A-xA-x", SELECT_SYSTEM, OWNER_A, 0);
	several("holes with the device selected", "....", "AS-A", SELECT_DEVICE, OWNER_A, 0);
	several("nothing but pinned pages", "PP", "AA", SELECT_SYSTEM, OWNER_A, 0);
	several("more than the device has", "SSSSSSSSSSSSSSSS", "AAAAAAAAAAAAAAAA", SELECT_SYSTEM,
		OWNER_A, 0);
	several("the second step is left out", "S0.A", "----", both, OWNER_A, UNUSUAL_NO_PAGES);
	several("the second step is left out after giving up", "S0.A", "xxxx", both, OWNER_A,
		UNUSUAL_NO_PAGES);
	several("the last step though nothing was collected", "PP", "AA", SELECT_SYSTEM, OWNER_A,
		UNUSUAL_FINALIZE);
	several("references taken after setup: system", "SS", "AS", SELECT_SYSTEM, OWNER_A,
		UNUSUAL_REFERENCE);
	several("references taken after setup: device", "AA", "SB", SELECT_DEVICE, OWNER_A,
		UNUSUAL_REFERENCE);
}

/* --- Faults of the CPU --------------------------------------------------------------------- */

enum access { LOAD, STORE };

static void fault(const char *title, char kind, enum access access, unsigned int unusual)
{
	char kinds[] = { kind, 'A', '\0' };
	unsigned long memory;

	begin(title);
	memory = mixed(kinds);
	program_ioctl(program, device, CONFORMANCE_FAULTS, (void *)(unsigned long)unusual);
	if (access == LOAD)
		show_bytes("the program reads", program, memory);
	else
		trace_note("the program writes", "signal %d",
			   fill_pages(program, memory, 1, 90));
	show_fault();
	show_page("afterwards", program, memory);
	program_ioctl(program, device, CONFORMANCE_FAULTS, (void *)0UL);
	show_bytes("it reads again", program, memory);
	show_page("its neighbour", program, memory + PAGE);
	end();
}

static void fault_of_two_programs(void)
{
	struct program *child;
	unsigned long memory;

	begin("a page of the device that two programs share");
	memory = mixed("A");
	child = program_fork(program);
	show_page("before", program, memory);
	show_bytes("the child reads", child, memory);
	show_fault();
	show_page("of the parent", program, memory);
	show_page("of the child", child, memory);
	trace_note("the parent writes", "signal %d", fill_pages(program, memory, 1, 91));
	show_fault();
	show_page("of the parent", program, memory);
	show_page("of the child", child, memory);
	show_bytes("the child reads", child, memory);
	program_exit(child);
	end();
}

static void every_fault(void)
{
	fault("a load from device A", 'A', LOAD, 0);
	fault("a load from device B", 'B', LOAD, 0);
	fault("a store to device A", 'A', STORE, 0);
	fault("a load that gets SIGBUS", 'A', LOAD, UNUSUAL_NO_PAGES);
	fault("a store that gets SIGBUS", 'A', STORE, UNUSUAL_NO_PAGES);
	fault_of_two_programs();
}

/* --- Eviction ------------------------------------------------------------------------------ */

static void evict(const char *title, const char *kinds, int held)
{
	struct conformance_migration migration;
	unsigned long memory;
	long ret;

	begin(title);
	memory = mixed(kinds);
	if (held)
		program_ioctl(program, device, CONFORMANCE_GET, NULL);
	ret = program_ioctl(program, device, CONFORMANCE_EVICT, &migration);
	trace_note("the driver returned", "%ld", ret);
	migration.start = 0;
	show(&migration);
	if (held)
		program_ioctl(program, device, CONFORMANCE_PUT, NULL);
	show_all(memory, kinds);
	end();
}

/* Like trace_end(); what rules were broken is in the steps where that happened. */
static int finish(void)
{
	unsigned long violations;
	int leaks;

	trace_step("end");
	machine_unload_driver();
	violations = machine_violations();
	leaks = machine_shutdown();
	trace_note("leaks", "%d", leaks);
	return leaks || violations;
}

int main(void)
{
	trace_begin("conformance");
	every_state();
	every_argument();
	every_mixture();
	every_fault();
	if (machine_release() >= MACHINE_RELEASE(6, 1)) {
		evict("eviction of three pages", "AAA", 0);
		evict("eviction of an empty device", "SB", 0);
		evict("eviction of a page that is referred to", "A", 1);
	}
	return finish();
}
