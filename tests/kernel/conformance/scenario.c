// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every state that a program can bring a page of private memory into, and what a migration of it
 * does.  The same program is linked with the reference implementation and run on a real kernel;
 * each step of the trace must be the same on both.  Nothing is expected here but that.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"
#include "show.h"
#include "states.h"
#include "../../proof/trace.h"

#define PAGE		PROGRAM_PAGE_SIZE

/* Each step has its own programs, so that nothing is left over from the one before. */
struct program *program;
int device;

/* Touches no memory, and looks from outside at what a step has left. */
static struct program *observer;
static int device_of_observer;

static struct program *start_program(int *file)
{
	struct program *started = program_start();

	if (!started)
		exit(1);
	*file = program_open(started, "/dev/conformance");
	if (*file)
		trace_note("the device does not open", "%d", *file);
	return started;
}

void begin(const char *title)
{
	trace_step(title);
	program = start_program(&device);
}

static void show_free(const char *name, unsigned long owner)
{
	char what[48];

	snprintf(what, sizeof(what), "free pages of device %s afterwards", name);
	trace_note(what, "%ld",
		   program_ioctl(observer, device_of_observer, CONFORMANCE_FREE, (void *)owner));
}

void end(void)
{
	program_exit(program);
	show_free("A", OWNER_A);
	show_free("B", OWNER_B);
	if (machine_release() >= MACHINE_RELEASE(6, 0))
		show_free("C", OWNER_C);
}

/* --- What is shown ------------------------------------------------------------------------- */

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
	unsigned int since;
} selections[] = {
	{ "the system selected", SELECT_SYSTEM, OWNER_A, 0 },
	{ "the device selected", SELECT_DEVICE, OWNER_A, 0 },
	{ "both selected", SELECT_SYSTEM | SELECT_DEVICE, OWNER_A, 0 },
	{ "nothing selected", 0, OWNER_A, 0 },
	{ "another device selected", SELECT_DEVICE, OWNER_B, 0 },
	{ "the coherent device selected", SELECT_COHERENT, OWNER_C, MACHINE_RELEASE(6, 0) },
};

static const struct {
	const char *name;
	unsigned int destination;
} destinations[] = {
	{ "moves", DESTINATION_OTHER },
	{ "stays", DESTINATION_NONE },
	{ "is given up", DESTINATION_GIVEN_UP },
};

/* How many entries setup collected. */
static unsigned int one_state(const struct state *state, size_t selection, size_t destination)
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
	show_page("its neighbour", program, about.addr + PAGE);
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
	return migration.point[0].cpages;
}

/* Where nothing is collected, it does not matter what the destination would have been. */
static void every_destination(const struct state *state, size_t selection)
{
	size_t destination;

	for (destination = 0; destination < sizeof(destinations) / sizeof(destinations[0]); destination++) {
		if (!one_state(state, selection, destination))
			return;
	}
}

static void every_selection(const struct state *state)
{
	size_t selection;

	if (machine_release() < state->since)
		return;
	for (selection = 0; selection < sizeof(selections) / sizeof(selections[0]); selection++) {
		if (machine_release() >= selections[selection].since)
			every_destination(state, selection);
	}
}

static void every_state(void)
{
	size_t group, i;

	for (group = 0; group < nr_state_groups; group++) {
		for (i = 0; i < *state_groups[group].nr_states; i++)
			every_selection(&state_groups[group].states[i]);
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

/* Pages of different kinds side by side: S written, 0 read, . untouched, A, B, C, P pinned. */
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
		if (kinds[i] >= 'A' && kinds[i] <= 'C')
			bring_to_device(program, device, addr, DESTINATION_A + (unsigned int)(kinds[i] - 'A'));
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
					   targets[i] == 'C' ? DESTINATION_C :
					   targets[i] == 'x' ? DESTINATION_GIVEN_UP : DESTINATION_NONE;
	}
	migrate(&migration);
	show(&migration);
	show_all(memory, kinds);
	end();
}

static void every_coherent_mixture(void)
{
	several("all kinds of pages, coherent ones selected", "S0.ABPCC", "SSSSSSAS", SELECT_COHERENT,
		OWNER_C, 0);
	several("all kinds of pages go to C", "S0.ABPSC", "CCCCCCCC", SELECT_SYSTEM | SELECT_DEVICE,
		OWNER_A, 0);
	several("pages of C in all directions", "CCCCCC", "SAB-Cx", SELECT_COHERENT, OWNER_C, 0);
	several("pages of C, with another owner", "CC", "SS", SELECT_COHERENT, OWNER_A, 0);
	several("the second step is left out, coherent pages", "CC", "--", SELECT_COHERENT, OWNER_C,
		UNUSUAL_NO_PAGES);
	several("references taken after setup: coherent", "CC", "SA", SELECT_COHERENT, OWNER_C,
		UNUSUAL_REFERENCE);
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
	if (machine_release() >= MACHINE_RELEASE(6, 0))
		every_coherent_mixture();
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
	program_exit(observer);
	machine_unload_driver();
	violations = machine_violations();
	leaks = machine_shutdown();
	trace_note("leaks", "%d", leaks);
	return leaks || violations;
}

int main(void)
{
	trace_begin("conformance");
	machine_set_swap(MACHINE_SWAP_MEMORY);
	observer = start_program(&device_of_observer);
	every_state();
	every_argument();
	every_mixture();
	every_fault();
	every_event();
	if (machine_release() >= MACHINE_RELEASE(6, 1)) {
		evict("eviction of three pages", "AAA", 0);
		evict("eviction of an empty device", "SB", 0);
		evict("eviction of a page that is referred to", "A", 1);
	}
	return finish();
}
