// SPDX-License-Identifier: GPL-2.0-only
/* states-memory.c - pages of private memory of the system */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

static void untouched_read_only(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_READ);
}

static void untouched_no_access(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_NONE);
}

static void zero_read_only(struct brought_about *about)
{
	untouched_read_only(about);
	read_page(about->program, about->addr);
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
	end_child(about);
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

static void unpinned(struct brought_about *about)
{
	pinned(about);
	unpin(about);
}

static void shared_and_pinned(struct brought_about *about)
{
	shared(about);
	program_pin(about->program, about->addr);
}

static void locked(struct brought_about *about)
{
	written(about);
	lock(about);
}

static void locked_and_shared(struct brought_about *about)
{
	locked(about);
	about->child = program_fork(about->program);
}

const struct state memory_states[] = {
	{ "untouched", untouched, NULL, 0 },
	{ "untouched, read-only", untouched_read_only, NULL, 0 },
	{ "untouched, no access", untouched_no_access, NULL, 0 },
	{ "the zero page", zero, NULL, 0 },
	{ "the zero page, read-only", zero_read_only, NULL, 0 },
	{ "the zero page, then written", zero_written, NULL, 0 },
	{ "the zero page, referred to", pinned_zero, unpin, 0 },
	{ "written", written, NULL, 0 },
	{ "written, then read-only", written_read_only, NULL, 0 },
	{ "written, then no access", written_no_access, NULL, 0 },
	{ "written, read-only, writable again", writable_again, NULL, 0 },
	{ "shared with a child", shared, NULL, 0 },
	{ "shared with a child that ended", shared_before, NULL, 0 },
	{ "shared with a child, then written", copied, NULL, 0 },
	{ "shared with a child that wrote", copied_by_child, NULL, 0 },
	{ "referred to", pinned, unpin, 0 },
	{ "referred to no more", unpinned, NULL, 0 },
	{ "shared with a child, referred to", shared_and_pinned, unpin, 0 },
	{ "locked", locked, unlock, 0 },
	{ "locked, shared with a child", locked_and_shared, unlock, 0 },
};

const size_t nr_memory_states = sizeof(memory_states) / sizeof(memory_states[0]);
