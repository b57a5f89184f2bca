// SPDX-License-Identifier: GPL-2.0-only
/* states.c - bringing about the states of states.h */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

#define BOTH	(PROGRAM_READ | PROGRAM_WRITE)

void bring_to_device(struct program *program, int device, unsigned long addr, int to_b)
{
	struct conformance_migration migration = {
		.start = addr, .end = addr + PROGRAM_PAGE_SIZE, .select = SELECT_SYSTEM,
		.owner = OWNER_A, .destination = { to_b ? DESTINATION_B : DESTINATION_A },
	};

	program_ioctl(program, device, CONFORMANCE_MIGRATE, &migration);
}

static void untouched(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, BOTH);
}

static void untouched_read_only(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_READ);
}

static void untouched_no_access(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_NONE);
}

static void zero(struct brought_about *about)
{
	untouched(about);
	read_page(about->program, about->addr);
}

static void zero_read_only(struct brought_about *about)
{
	untouched_read_only(about);
	read_page(about->program, about->addr);
}

static void written(struct brought_about *about)
{
	untouched(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void protect(struct brought_about *about, int prot)
{
	program_protect(about->program, about->addr, PROGRAM_PAGE_SIZE, prot);
}

static void written_read_only(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_READ);
}

static void written_no_access(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_NONE);
}

static void writable_again(struct brought_about *about)
{
	written_read_only(about);
	protect(about, BOTH);
}

static void zero_written(struct brought_about *about)
{
	zero(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void shared(struct brought_about *about)
{
	written(about);
	about->child = program_fork(about->program);
}

static void shared_before(struct brought_about *about)
{
	shared(about);
	program_exit(about->child);
	about->child = NULL;
}

static void copied(struct brought_about *about)
{
	shared(about);
	fill_pages(about->program, about->addr, 1, 8);
}

static void copied_by_child(struct brought_about *about)
{
	shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void pinned(struct brought_about *about)
{
	written(about);
	program_pin(about->program, about->addr);
}

static void pinned_zero(struct brought_about *about)
{
	untouched(about);
	program_pin(about->program, about->addr);
}

static void unpin(struct brought_about *about)
{
	program_unpin(about->program, about->addr);
}

static void unpinned(struct brought_about *about)
{
	pinned(about);
	unpin(about);
}

static void locked(struct brought_about *about)
{
	written(about);
	program_ioctl(about->program, about->device, CONFORMANCE_LOCK, (void *)about->addr);
}

static void unlock(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_UNLOCK, NULL);
}

static void on_a(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, 0);
}

static void on_b(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, 1);
}

static void made_on_a(struct brought_about *about)
{
	untouched(about);
	bring_to_device(about->program, about->device, about->addr, 0);
}

static void on_a_read_only(struct brought_about *about)
{
	written_read_only(about);
	bring_to_device(about->program, about->device, about->addr, 0);
}

static void on_a_then_read_only(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_READ);
}

static void on_a_then_no_access(struct brought_about *about)
{
	on_a(about);
	protect(about, PROGRAM_NONE);
}

static void on_a_shared(struct brought_about *about)
{
	on_a(about);
	about->child = program_fork(about->program);
}

static void on_a_referred_to(struct brought_about *about)
{
	on_a(about);
	program_ioctl(about->program, about->device, CONFORMANCE_GET, NULL);
}

static void put(struct brought_about *about)
{
	program_ioctl(about->program, about->device, CONFORMANCE_PUT, NULL);
}

static void back_from_a(struct brought_about *about)
{
	on_a(about);
	read_page(about->program, about->addr);
}

const struct state states[] = {
	{ "untouched", untouched, NULL },
	{ "untouched, read-only", untouched_read_only, NULL },
	{ "untouched, no access", untouched_no_access, NULL },
	{ "the zero page", zero, NULL },
	{ "the zero page, read-only", zero_read_only, NULL },
	{ "the zero page, then written", zero_written, NULL },
	{ "the zero page, referred to", pinned_zero, unpin },
	{ "written", written, NULL },
	{ "written, then read-only", written_read_only, NULL },
	{ "written, then no access", written_no_access, NULL },
	{ "written, read-only, writable again", writable_again, NULL },
	{ "shared with a child", shared, NULL },
	{ "shared with a child that ended", shared_before, NULL },
	{ "shared with a child, then written", copied, NULL },
	{ "shared with a child that wrote", copied_by_child, NULL },
	{ "referred to", pinned, unpin },
	{ "referred to no more", unpinned, NULL },
	{ "locked", locked, unlock },
	{ "on device A", on_a, NULL },
	{ "on device B", on_b, NULL },
	{ "made on device A", made_on_a, NULL },
	{ "on device A, read-only", on_a_read_only, NULL },
	{ "on device A, then read-only", on_a_then_read_only, NULL },
	{ "on device A, then no access", on_a_then_no_access, NULL },
	{ "on device A, shared with a child", on_a_shared, NULL },
	{ "on device A, referred to", on_a_referred_to, put },
	{ "back from device A", back_from_a, NULL },
};

const size_t nr_states = sizeof(states) / sizeof(states[0]);
