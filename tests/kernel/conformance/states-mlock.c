// SPDX-License-Identifier: GPL-2.0-only
/* states-mlock.c - pages that a program keeps in memory with mlock() */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

/* Which faults it in. */
static void keep(struct brought_about *about)
{
	program_lock(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

static void mlocked(struct brought_about *about)
{
	untouched(about);
	keep(about);
}

static void mlocked_zero(struct brought_about *about)
{
	zero(about);
	keep(about);
}

static void mlocked_written(struct brought_about *about)
{
	written(about);
	keep(about);
}

static void mlocked_read_only(struct brought_about *about)
{
	written(about);
	protect(about, PROGRAM_READ);
	keep(about);
}

static void mlocked_zero_read_only(struct brought_about *about)
{
	about->addr = program_map(about->program, PROGRAM_PAGE_SIZE, PROGRAM_READ);
	keep(about);
}

static void mlocked_no_more(struct brought_about *about)
{
	mlocked_written(about);
	program_unlock(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

static void mlocked_shared(struct brought_about *about)
{
	mlocked_written(about);
	about->child = program_fork(about->program);
}

static void mlocked_copied_by_child(struct brought_about *about)
{
	mlocked_shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void mlocked_pinned(struct brought_about *about)
{
	mlocked_written(about);
	program_pin(about->program, about->addr);
}

static void mlocked_then_on_a(struct brought_about *about)
{
	mlocked_written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
}

static void mlocked_then_back_from_a(struct brought_about *about)
{
	mlocked_then_on_a(about);
	read_page(about->program, about->addr);
}

static void on_a_then_mlocked(struct brought_about *about)
{
	written(about);
	bring_to_device(about->program, about->device, about->addr, DESTINATION_A);
	keep(about);
}

static void swapped_out_then_mlocked(struct brought_about *about)
{
	written(about);
	program_swap_out(about->program, about->addr, PROGRAM_PAGE_SIZE);
	keep(about);
}

static void mlocked_file(struct brought_about *about)
{
	map_file(about, BOTH, 0);
	keep(about);
}

static void mlocked_shared_file(struct brought_about *about)
{
	map_file(about, BOTH, 1);
	keep(about);
}

static void mlocked_huge(struct brought_about *about)
{
	huge_written(about);
	program_lock(about->program, about->addr, HUGE);
}

const struct state mlock_states[] = {
	{ "untouched, then mlocked", mlocked, NULL, 0 },
	{ "the zero page, then mlocked", mlocked_zero, NULL, 0 },
	{ "written, then mlocked", mlocked_written, NULL, 0 },
	{ "read-only, then mlocked", mlocked_read_only, NULL, 0 },
	{ "untouched, read-only, then mlocked", mlocked_zero_read_only, NULL, 0 },
	{ "mlocked no more", mlocked_no_more, NULL, 0 },
	{ "mlocked, shared with a child", mlocked_shared, NULL, 0 },
	{ "mlocked, shared with a child that wrote", mlocked_copied_by_child, NULL, 0 },
	{ "mlocked, referred to", mlocked_pinned, unpin, 0 },
	{ "mlocked, then on device A", mlocked_then_on_a, NULL, 0 },
	{ "mlocked, then back from device A", mlocked_then_back_from_a, NULL, 0 },
	{ "on device A, then mlocked", on_a_then_mlocked, NULL, 0 },
	{ "swapped out, then mlocked", swapped_out_then_mlocked, NULL, 0 },
	{ "of a file, mlocked", mlocked_file, NULL, 0 },
	{ "of a shared file, mlocked", mlocked_shared_file, NULL, 0 },
	{ "of a huge page, mlocked", mlocked_huge, NULL, 0 },
};

const size_t nr_mlock_states = sizeof(mlock_states) / sizeof(mlock_states[0]);
