// SPDX-License-Identifier: GPL-2.0-only
/*
 * show.c - see show.h
 *
 * A word is shown as its flags, what its page is, and the page's references:
 *
 *	VMLW.S+1	valid, migrate, locked, write; a page of the system; locked; 1 reference
 *	-M---.-		a migrating entry without a page
 */
#include <stdio.h>

#include "show.h"
#include "../../proof/trace.h"

static const char *word_text(unsigned int word, char *text, size_t size)
{
	char kind = word & WORD_IS_SYSTEM ? 'S' : word & WORD_IS_A ? 'A' :
		    word & WORD_IS_B ? 'B' : word & WORD_IS_C ? 'C' : '-';
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

void show_events(const struct conformance_migration *migration)
{
	static const char *const owners[] = { "nobody", "A", "B", "C", "another" };
	unsigned int i;

	trace_note("events", "%u", migration->nr_events);
	for (i = 0; i < migration->nr_events && i < CONFORMANCE_EVENTS; i++) {
		const struct conformance_event *event = &migration->event[i];

		trace_note("event", "%s of %s, bytes %ld to %ld from the start", event->name,
			   owners[event->owner <= OWNER_ANOTHER ? event->owner : OWNER_ANOTHER], (long)(event->start - migration->start),
			   (long)(event->end - migration->start));
	}
}

void show(const struct conformance_migration *migration)
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

void show_page(const char *what, struct program *of, unsigned long addr)
{
	static const char *const where[] = { "nothing", "the zero page", "system", "device",
					     "swapped", "migrating", "exclusive" };
	struct program_page_info info = program_page(of, addr);

	/* What refers to the zero page, huge or not, is not counted. */
	if (info.where == PROGRAM_PAGE_ZERO) {
		trace_note(what, "the zero page");
		return;
	}
	trace_note(what, "%s%s%s%s, %d reference(s), mapped %d time(s)%s", where[info.where],
		   info.huge ? ", huge" : "", info.writable ? ", writable" : "",
		   info.mlocked ? ", mlocked" : "", info.refcount, info.mapcount,
		   info.locked ? ", locked" : "");
}

void show_bytes(const char *what, struct program *of, unsigned long addr)
{
	unsigned char bytes[4] = { 0 };
	int signal = program_read(of, addr, bytes, sizeof(bytes));

	if (signal)
		trace_note(what, "signal %d", signal);
	else
		trace_note(what, "%02x %02x %02x %02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}
