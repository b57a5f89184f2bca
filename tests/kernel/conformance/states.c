// SPDX-License-Identifier: GPL-2.0-only
/* states.c - all states, and what several of them begin with: see states.h */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

#define GROUP(name)	{ name##_states, &nr_##name##_states }

const struct state_group state_groups[] = {
	GROUP(memory), GROUP(mlock), GROUP(device), GROUP(swap), GROUP(huge), GROUP(file),
};
const size_t nr_state_groups = sizeof(state_groups) / sizeof(state_groups[0]);

void bring_to_device(struct program *program, int device, unsigned long addr,
		     unsigned int destination)
{
	struct conformance_migration migration = {
		.start = addr, .end = addr + PROGRAM_PAGE_SIZE, .select = SELECT_SYSTEM,
		.owner = OWNER_A, .destination = { destination },
	};

	program_ioctl(program, device, CONFORMANCE_MIGRATE, &migration);
}

void untouched(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, BOTH);
}

void zero(struct brought_about *about)
{
	untouched(about);
	read_page(about->program, about->addr);
}

void written(struct brought_about *about)
{
	untouched(about);
	fill_pages(about->program, about->addr, 1, 7);
}

void protect(struct brought_about *about, int prot)
{
	program_protect(about->program, about->addr, PROGRAM_PAGE_SIZE, prot);
}

void written_read_only(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_READ);
}

void end_child(struct brought_about *about)
{
	program_exit(about->child);
	about->child = NULL;
}

void unpin(struct brought_about *about)
{
	program_unpin(about->program, about->addr);
}

void lock(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_LOCK, (void *)about->addr);
}

void unlock(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_UNLOCK, NULL);
}

void huge_untouched(struct brought_about *about)
{
	about->addr = program_map(about->program, HUGE, BOTH | PROGRAM_HUGE);
}

void huge_written(struct brought_about *about)
{
	huge_untouched(about);
	fill_pages(about->program, about->addr, 2, 7);
}

void map_file(struct brought_about *about, int prot, int shared)
{
	about->addr = program_map_file(about->program, program_create_file(PROGRAM_PAGE_SIZE), prot,
				       shared);
}
