// SPDX-License-Identifier: GPL-2.0-only
/*
 * life.c - what a driver's notifier hears of what a program does with its memory, and what is there
 * afterwards.
 */
#include <stdio.h>

#include "scenario.h"
#include "show.h"
#include "../../proof/trace.h"

#define PAGE		PROGRAM_PAGE_SIZE
#define HUGE		(512 * PAGE)
#define RW		(PROGRAM_READ | PROGRAM_WRITE)

static unsigned long map(unsigned long length, int prot)
{
	return program_map(program, length, prot);
}

static void store(unsigned long addr, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++) {
		unsigned char byte = 'a' + i % 26;

		program_write(program, addr + i * PAGE, &byte, 1);
	}
}

static void load(unsigned long addr)
{
	unsigned char byte;

	program_read(program, addr, &byte, 1);
}

static void listen(unsigned long addr)
{
	program_ioctl(program, device, CONFORMANCE_LISTEN, (void *)addr);
}

static void show_heard(void)
{
	struct conformance_migration heard = { .nr_events = 0 };
	long ret = program_ioctl(program, device, CONFORMANCE_HEARD, &heard);

	if (ret)
		trace_note("listening failed", "%ld", ret);
	show_events(&heard);
}

static void show_pages(unsigned long addr, unsigned long npages)
{
	char what[32];

	for (unsigned long i = 0; i < npages; i++) {
		snprintf(what, sizeof(what), "page %lu", i);
		show_page(what, program, addr + i * PAGE);
	}
}

static void to_device(unsigned long addr, unsigned long npages)
{
	struct conformance_migration migration = {
		.start = addr, .end = addr + npages * PAGE, .select = SELECT_SYSTEM, .owner = OWNER_A,
	};

	for (int i = 0; i < CONFORMANCE_PAGES; i++)
		migration.destination[i] = DESTINATION_OTHER;
	program_ioctl(program, device, CONFORMANCE_MIGRATE, &migration);
}

static void fork_shares(unsigned long addr)
{
	struct program *child;

	store(addr, 3);
	to_device(addr + PAGE, 1);
	program_protect(program, addr, PAGE, PROGRAM_READ);
	listen(addr);
	child = program_fork(program);
	show_heard();
	show_pages(addr, 4);
	program_exit(child);
}

static void fork_of_untouched_memory(unsigned long addr)
{
	load(addr);
	listen(addr);
	program_exit(program_fork(program));
	show_heard();
}

static void protect_the_same(unsigned long addr)
{
	store(addr, 2);
	listen(addr);
	program_protect(program, addr, 2 * PAGE, RW);
	show_heard();
}

static void protect_untouched(unsigned long addr)
{
	listen(addr);
	program_protect(program, addr, 2 * PAGE, PROGRAM_READ);
	show_heard();
}

static void protect_from_the_second_table(unsigned long addr)
{
	store(addr + HUGE, 1);
	listen(addr);
	program_protect(program, addr, 3 * HUGE, PROGRAM_READ);
	show_heard();
	show_pages(addr + HUGE, 2);
}

static void protect_several_mappings(unsigned long addr)
{
	store(addr, 4);
	program_protect(program, addr + PAGE, PAGE, PROGRAM_READ);
	listen(addr);
	program_protect(program, addr, 4 * PAGE, PROGRAM_READ);
	show_heard();
	show_pages(addr, 4);
}

static void unmap_several_mappings(unsigned long addr)
{
	store(addr, 6);
	program_protect(program, addr + 2 * PAGE, PAGE, PROGRAM_READ);
	program_unmap(program, addr + 3 * PAGE, PAGE);
	listen(addr);
	program_unmap(program, addr + PAGE, 4 * PAGE);
	show_heard();
	show_pages(addr, 6);
}

static void unmap_nothing(unsigned long addr)
{
	program_unmap(program, addr, 3 * HUGE);
	listen(addr);
	program_unmap(program, addr, 2 * PAGE);
	show_heard();
}

static void use_an_address_again(unsigned long addr)
{
	store(addr, 3);
	listen(addr);
	program_map_at(program, addr + PAGE, PAGE, RW);
	program_protect(program, addr + PAGE, PAGE, PROGRAM_READ);
	show_heard();
	show_pages(addr, 3);
}

static void move(unsigned long addr, unsigned long npages, int how, unsigned long to)
{
	listen(addr);
	trace_note("moved", "%s", program_remap(program, addr, npages * PAGE, npages * PAGE,
						PROGRAM_REMAP_MAY_MOVE | how, to) ? "yes" : "no");
	show_heard();
}

static void move_small_pages(unsigned long addr)
{
	store(addr, 4);
	to_device(addr + PAGE, 2);
	move(addr, 4, PROGRAM_REMAP_FIXED, addr + 2 * HUGE + PAGE);
	show_pages(addr, 2);
	show_pages(addr + 2 * HUGE + PAGE, 4);
	show_bytes("after a load", program, addr + 2 * HUGE + 2 * PAGE);
}

static void move_to_where_something_is(unsigned long addr)
{
	store(addr, 2);
	store(addr + 2 * HUGE, 2);
	move(addr, 2, PROGRAM_REMAP_FIXED, addr + 2 * HUGE);
	show_pages(addr + 2 * HUGE, 2);
}

static void move_and_leave_the_mapping(unsigned long addr, unsigned long to)
{
	store(addr, 3 * 512);
	move(addr, 3 * 512, PROGRAM_REMAP_DONT_UNMAP | PROGRAM_REMAP_FIXED, to);
	show_pages(addr, 2);
	listen(addr);
	program_protect(program, addr, 3 * HUGE, PROGRAM_READ);
	show_heard();
}

/* Beyond what is listened to; the tables move as they are where they fit. */
static void move_tables_and_leave_the_mapping(unsigned long addr)
{
	move_and_leave_the_mapping(addr, addr + 8 * HUGE);
}

static void move_entries_and_leave_the_mapping(unsigned long addr)
{
	move_and_leave_the_mapping(addr, addr + 8 * HUGE + PAGE);
}

static void shrink(unsigned long addr)
{
	store(addr, 3);
	listen(addr);
	program_remap(program, addr, 3 * HUGE, PAGE, 0, 0);
	show_heard();
	show_pages(addr, 2);
}

static void huge(unsigned long addr)
{
	program_advise(program, addr, 3 * HUGE, PROGRAM_ADVICE_HUGEPAGE);
	store(addr, 1);
	store(addr + HUGE, 1);
}

static void move_a_huge_page(unsigned long addr)
{
	huge(addr);
	move(addr, 512, PROGRAM_REMAP_FIXED, addr + 2 * HUGE);
	show_pages(addr + 2 * HUGE, 1);
}

static void move_a_huge_page_in_pieces(unsigned long addr)
{
	huge(addr);
	move(addr, 512, PROGRAM_REMAP_FIXED, addr + 2 * HUGE - 4 * PAGE);
	show_pages(addr + 2 * HUGE - 4 * PAGE, 2);
}

static void unmap_beside_a_huge_page(unsigned long addr)
{
	huge(addr);
	listen(addr);
	program_unmap(program, addr, HUGE);
	show_heard();
	show_pages(addr + HUGE, 1);
}

static void unmap_a_part_of_a_huge_page(unsigned long addr)
{
	huge(addr);
	listen(addr);
	program_unmap(program, addr + 3 * PAGE, 2 * PAGE);
	show_heard();
	show_pages(addr, 4);
}

static void protect_a_part_of_a_huge_page(unsigned long addr)
{
	huge(addr);
	listen(addr);
	program_protect(program, addr + HUGE - PAGE, 2 * PAGE, PROGRAM_READ);
	show_heard();
}

static void dont_need(unsigned long addr)
{
	store(addr, 4);
	to_device(addr + PAGE, 1);
	listen(addr);
	program_advise(program, addr + PAGE, 2 * PAGE, PROGRAM_ADVICE_DONTNEED);
	show_heard();
	show_pages(addr, 4);
}

static void dont_need_a_part_of_a_huge_page(unsigned long addr)
{
	huge(addr);
	listen(addr);
	program_advise(program, addr + PAGE, 2 * PAGE, PROGRAM_ADVICE_DONTNEED);
	show_heard();
	show_pages(addr, 4);
}

static void may_be_freed(unsigned long addr)
{
	store(addr, 4);
	to_device(addr + PAGE, 1);
	listen(addr);
	program_advise(program, addr, 4 * PAGE, PROGRAM_ADVICE_FREE);
	show_heard();
	show_pages(addr, 4);
}

static void collapse(unsigned long addr)
{
	store(addr, 3);
	listen(addr);
	trace_note("collapsed", "%d", program_advise(program, addr, HUGE, PROGRAM_ADVICE_COLLAPSE));
	show_heard();
	show_pages(addr, 2);
}

static const struct {
	const char *title;
	void (*step)(unsigned long addr);
	unsigned int since;
} steps[] = {
	{ "life: fork", fork_shares, 0 },
	{ "life: fork of untouched memory", fork_of_untouched_memory, 0 },
	{ "life: mprotect that changes nothing", protect_the_same, 0 },
	{ "life: mprotect of untouched memory", protect_untouched, 0 },
	{ "life: mprotect where the second table is the first", protect_from_the_second_table, 0 },
	{ "life: mprotect of several mappings", protect_several_mappings, 0 },
	{ "life: munmap of several mappings", unmap_several_mappings, 0 },
	{ "life: munmap of nothing", unmap_nothing, 0 },
	{ "life: mmap at an address in use", use_an_address_again, 0 },
	{ "life: mremap", move_small_pages, 0 },
	{ "life: mremap to where something is", move_to_where_something_is, 0 },
	{ "life: mremap of tables that leaves the mapping", move_tables_and_leave_the_mapping,
	  MACHINE_RELEASE(5, 7) },
	{ "life: mremap of entries that leaves the mapping", move_entries_and_leave_the_mapping,
	  MACHINE_RELEASE(5, 7) },
	{ "life: mremap that shrinks", shrink, 0 },
	{ "life: mremap of a huge page", move_a_huge_page, 0 },
	{ "life: mremap of a huge page to where it does not fit", move_a_huge_page_in_pieces, 0 },
	{ "life: munmap beside a huge page", unmap_beside_a_huge_page, 0 },
	{ "life: munmap of a part of a huge page", unmap_a_part_of_a_huge_page, 0 },
	{ "life: mprotect of parts of two huge pages", protect_a_part_of_a_huge_page, 0 },
	{ "life: MADV_DONTNEED", dont_need, 0 },
	{ "life: MADV_DONTNEED of a part of a huge page", dont_need_a_part_of_a_huge_page, 0 },
	{ "life: MADV_FREE", may_be_freed, 0 },
	{ "life: MADV_COLLAPSE", collapse, MACHINE_RELEASE(6, 1) },
};

void every_event(void)
{
	for (unsigned int i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (machine_release() < steps[i].since)
			continue;
		begin(steps[i].title);
		steps[i].step(map(3 * HUGE, RW));
		end();
	}
}
