// SPDX-License-Identifier: GPL-2.0-only
/* states-swap.c - pages that are or were swapped out */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

static void swapped_out(struct brought_about *about)
{
	written(about);
	program_swap_out(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

static void swapped_out_read_only(struct brought_about *about)
{
	swapped_out(about);
	protect(about, PROGRAM_READ);
}

static void swapped_out_and_read(struct brought_about *about)
{
	swapped_out(about);
	read_page(about->program, about->addr);
}

static void swapped_out_shared(struct brought_about *about)
{
	swapped_out(about);
	about->child = program_fork(about->program);
}

static void swapped_out_and_written(struct brought_about *about)
{
	swapped_out(about);
	fill_pages(about->program, about->addr, 1, 8);
}

/* A page that two programs map comes back into the swap cache. */
static void in_swap_cache(struct brought_about *about)
{
	swapped_out_shared(about);
	read_page(about->program, about->addr);
}

static void in_swap_cache_alone(struct brought_about *about)
{
	in_swap_cache(about);
	end_child(about);
}

static void in_swap_cache_written(struct brought_about *about)
{
	in_swap_cache_alone(about);
	fill_pages(about->program, about->addr, 1, 8);
}

const struct state swap_states[] = {
	{ "swapped out alone", swapped_out, NULL, 0 },
	{ "swapped out alone, then read-only", swapped_out_read_only, NULL, 0 },
	{ "swapped out alone, then read", swapped_out_and_read, NULL, 0 },
	{ "swapped out, shared with a child", swapped_out_shared, NULL, 0 },
	{ "swapped out, then written", swapped_out_and_written, NULL, 0 },
	{ "in the swap cache", in_swap_cache, NULL, 0 },
	{ "in the swap cache, shared no more", in_swap_cache_alone, NULL, 0 },
	{ "in the swap cache, shared no more, written", in_swap_cache_written, NULL, 0 },
};

const size_t nr_swap_states = sizeof(swap_states) / sizeof(swap_states[0]);
