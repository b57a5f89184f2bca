// SPDX-License-Identifier: GPL-2.0-only
/* states-huge.c - parts of huge pages */
#include "conformance-ioctl.h"
#include "states.h"
#include "../../proof/trace.h"

static void huge_zero(struct brought_about *about)
{
	huge_untouched(about);
	read_page(about->program, about->addr);
}

/* Another page of it than the first. */
static void huge_tail(struct brought_about *about)
{
	huge_untouched(about);
	fill_pages(about->program, about->addr, 6, 7);
	about->addr += 5 * PROGRAM_PAGE_SIZE;
}

static void huge_zeroes(struct brought_about *about)
{
	huge_written(about);
	about->addr += 5 * PROGRAM_PAGE_SIZE;
}

static void huge_read_only(struct brought_about *about)
{
	huge_written(about);
	program_protect(about->program, about->addr, HUGE, PROGRAM_READ);
}

/* The page tables are split by that, but not the huge page. */
static void huge_in_part_read_only(struct brought_about *about)
{
	huge_written(about);
	program_protect(about->program, about->addr + HUGE / 2, HUGE / 2, PROGRAM_READ);
}

static void huge_no_access(struct brought_about *about)
{
	huge_written(about);
	program_protect(about->program, about->addr, HUGE, PROGRAM_NONE);
}

static void huge_in_part_unmapped(struct brought_about *about)
{
	huge_written(about);
	program_unmap(about->program, about->addr + HUGE / 2, PROGRAM_PAGE_SIZE);
}

static void huge_shared(struct brought_about *about)
{
	huge_written(about);
	about->child = program_fork(about->program);
}

static void huge_shared_before(struct brought_about *about)
{
	huge_shared(about);
	end_child(about);
}

static void huge_copied_by_child(struct brought_about *about)
{
	huge_shared(about);
	fill_pages(about->child, about->addr, 1, 8);
}

static void huge_pinned(struct brought_about *about)
{
	huge_written(about);
	program_pin(about->program, about->addr);
}

static void huge_locked(struct brought_about *about)
{
	huge_written(about);
	lock(about);
}

static void huge_swapped_out(struct brought_about *about)
{
	huge_written(about);
	program_swap_out(about->program, about->addr, PROGRAM_PAGE_SIZE);
}

const struct state huge_states[] = {
	{ "in a huge mapping, untouched", huge_untouched, NULL, 0 },
	{ "of the huge zero page", huge_zero, NULL, 0 },
	{ "of a huge page", huge_written, NULL, 0 },
	{ "of a huge page, the sixth", huge_tail, NULL, 0 },
	{ "of a huge page, a part of it not written", huge_zeroes, NULL, 0 },
	{ "of a huge page, then read-only", huge_read_only, NULL, 0 },
	{ "of a huge page, half of it read-only", huge_in_part_read_only, NULL, 0 },
	{ "of a huge page, no access", huge_no_access, NULL, 0 },
	{ "of a huge page, a part of it unmapped", huge_in_part_unmapped, NULL, 0 },
	{ "of a huge page, shared with a child", huge_shared, NULL, 0 },
	{ "of a huge page, shared with a child that ended", huge_shared_before, NULL, 0 },
	{ "of a huge page, shared with a child that wrote", huge_copied_by_child, NULL, 0 },
	{ "of a huge page, referred to", huge_pinned, unpin, 0 },
	{ "of a huge page, locked", huge_locked, unlock, 0 },
	{ "of a huge page, swapped out", huge_swapped_out, NULL, 0 },
};

const size_t nr_huge_states = sizeof(huge_states) / sizeof(huge_states[0]);
