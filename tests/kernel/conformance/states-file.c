// SPDX-License-Identifier: GPL-2.0-only
/* states-file.c - pages of files, and private copies of them */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

static void file_untouched(struct brought_about *about)
{
	map_file(about, BOTH, 0);
}

static void file_read(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	read_page(about->program, about->addr);
}

static void file_written(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	fill_pages(about->program, about->addr, 1, 7);
}

static void file_read_then_written(struct brought_about *about)
{
	file_read(about);
	fill_pages(about->program, about->addr, 1, 7);
}

static void file_read_only(struct brought_about *about)
{
	map_file(about, PROGRAM_READ, 0);
	read_page(about->program, about->addr);
}

static void file_written_read_only(struct brought_about *about)
{
	file_written(about);
	protect(about, PROGRAM_READ);
}

static void file_shared(struct brought_about *about)
{
	file_written(about);
	about->child = program_fork(about->program);
}

static void file_swapped_out(struct brought_about *about)
{
	file_written(about);
	program_swap_out(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

static void file_pinned(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	program_pin(about->program, about->addr);
}

static void file_on_a(struct brought_about *about)
{
	file_written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void shared_file_untouched(struct brought_about *about)
{
	map_file(about, BOTH, 1);
}

static void shared_file_read(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	read_page(about->program, about->addr);
}

static void shared_file_written(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	fill_pages(about->program, about->addr, 1, 7);
}

static void shared_file_read_only(struct brought_about *about)
{
	map_file(about, PROGRAM_READ, 1);
	read_page(about->program, about->addr);
}

static void shared_file_with_child(struct brought_about *about)
{
	shared_file_written(about);
	about->child = program_fork(about->program);
	read_page(about->child, about->addr);
}

static void shared_file_pinned(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	program_pin(about->program, about->addr);
}

const struct state file_states[] = {
	{ "of a file, untouched", file_untouched, NULL, 0 },
	{ "of a file, read", file_read, NULL, 0 },
	{ "of a file, written", file_written, NULL, 0 },
	{ "of a file, read, then written", file_read_then_written, NULL, 0 },
	{ "of a file, read-only", file_read_only, NULL, 0 },
	{ "of a file, written, then read-only", file_written_read_only, NULL, 0 },
	{ "of a file, written, shared with a child", file_shared, NULL, 0 },
	{ "of a file, written, swapped out", file_swapped_out, NULL, 0 },
	{ "of a file, referred to", file_pinned, unpin, 0 },
	{ "of a file, written, on device A", file_on_a, NULL, 0 },
	{ "of a shared file, untouched", shared_file_untouched, NULL, 0 },
	{ "of a shared file, read", shared_file_read, NULL, 0 },
	{ "of a shared file, written", shared_file_written, NULL, 0 },
	{ "of a shared file, read-only", shared_file_read_only, NULL, 0 },
	{ "of a shared file, mapped twice", shared_file_with_child, NULL, 0 },
	{ "of a shared file, referred to", shared_file_pinned, unpin, 0 },
};

const size_t nr_file_states = sizeof(file_states) / sizeof(file_states[0]);
