// SPDX-License-Identifier: GPL-2.0-only
/* notifier-test.c - what a driver's mmu notifiers hear */
#include <stdio.h>
#include <string.h>

#include "support.h"
#include "tests.h"

static struct probe_events events;

/* What was heard since the last call: "migrate:start migrate:end", of one kind of notifier. */
static const char *heard(int by_interval)
{
	static char text[512];
	size_t length = 0;

	text[0] = '\0';
	for (int i = 0; i < events.count; i++) {
		struct probe_event *event = &events.event[i];

		if (by_interval != !strcmp(event->phase, "interval"))
			continue;
		length += snprintf(text + length, sizeof(text) - length, "%s%s:%s",
				   length ? " " : "", event->what, event->phase);
	}
	return text;
}

static void read_events(void)
{
	assert_int_equal(probe(PROBE_EVENTS, &events), 0);
}

static void watch(void)
{
	struct probe_interval everything = { .start = 0, .length = -1UL };

	assert_int_equal(probe(PROBE_WATCH, &everything), 0);
}

static void unwatch(void)
{
	assert_int_equal(probe(PROBE_UNWATCH, NULL), 0);
}

static const struct probe_event *first_event(void)
{
	assert_true(events.count > 0);
	return &events.event[0];
}

static void a_migration_is_announced_once_for_the_range(void **state)
{
	unsigned long addr = map_written_pages(4);

	watch();
	move_to_device(addr, 4);
	read_events();
	assert_string_equal(heard(0), since(5, 9) ? "migrate:start migrate:end" :
						    "clear:start clear:end");
	assert_int_equal(first_event()->start, addr);
	assert_int_equal(first_event()->end, addr + 4 * PAGE);
	unwatch();
}

static void a_migration_names_its_owner_since_5_9(void **state)
{
	unsigned long addr = map_written_pages(1);

	watch();
	move_to_device(addr, 1);
	read_events();
	assert_int_equal(first_event()->owner, since(5, 9) ? 0 : -1);
	unwatch();
}

static void filling_holes_is_announced_from_the_first_of_them_on(void **state)
{
	unsigned long addr = map_pages(4);
	const char *expected = since(5, 11) ? "migrate:start migrate:end migrate:start migrate:end" :
			       since(5, 9)  ? "migrate:start migrate:end clear:start clear:end" :
					      "clear:start clear:end clear:start clear:end";

	write_pages(program, addr, 1, 1);
	watch();
	move_to_device(addr, 4);
	read_events();
	assert_string_equal(heard(0), expected);
	for (int i = 0, starts = 0; i < events.count; i++) {
		if (strcmp(events.event[i].phase, "start") || starts++ == 0)
			continue;
		assert_int_equal(events.event[i].start, addr + PAGE);
		assert_int_equal(events.event[i].end, addr + 4 * PAGE);
	}
	unwatch();
}

static void filling_holes_names_the_owner_since_5_11(void **state)
{
	unsigned long addr = map_pages(1);
	int last = -1;

	watch();
	move_to_device(addr, 1);
	read_events();
	for (int i = 0; i < events.count; i++)
		last = events.event[i].owner;
	assert_int_equal(last, since(5, 11) ? 0 : -1);
	unwatch();
}

static void an_interval_goes_as_far_as_its_last_page(void **state)
{
	unsigned long addr = map_written_pages(4);
	struct probe_interval interval = { .start = addr, .length = 3 * PAGE };

	only_since(5, 5);
	assert_int_equal(probe(PROBE_WATCH, &interval), 0);
	program_unmap(program, addr + 3 * PAGE, PAGE);
	read_events();
	assert_string_equal(heard(1), "");
	program_unmap(program, addr + 2 * PAGE, PAGE);
	read_events();
	assert_string_equal(heard(1), "unmap:interval");
	unwatch();
}

static void two_invalidations_in_turn_can_be_told_apart(void **state)
{
	unsigned long addr = map_written_pages(1);
	long first, second;

	only_since(5, 5);
	watch();
	program_protect(program, addr, PAGE, PROGRAM_READ);
	first = probe(PROBE_SEQUENCE, NULL);
	assert_int_equal(probe(PROBE_SEQUENCE, NULL), first);
	program_protect(program, addr, PAGE, RW);
	second = probe(PROBE_SEQUENCE, NULL);
	assert_int_not_equal(second, first);
	program_protect(program, addr, PAGE, PROGRAM_READ);
	assert_int_not_equal(probe(PROBE_SEQUENCE, NULL), second);
	unwatch();
}

static void a_shared_page_is_announced_to_the_other_program_too(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct program *child = program_fork(program), *parent = program;

	program = child;
	program_open(child, "/dev/probe");
	watch();
	program = parent;
	move_to_device(addr, 1);
	read_events();
	assert_string_equal(heard(0), "clear:start clear:end");
	assert_int_equal(first_event()->start, addr);
	assert_int_equal(first_event()->end, addr + PAGE);
	unwatch();
}

static void unmapping_is_announced(void **state)
{
	unsigned long addr = map_written_pages(2);

	watch();
	program_unmap(program, addr, PAGE);
	read_events();
	assert_string_equal(heard(0), "unmap:start unmap:end");
	unwatch();
}

static void protecting_is_announced(void **state)
{
	unsigned long addr = map_written_pages(2);

	watch();
	program_protect(program, addr, PAGE, PROGRAM_READ);
	read_events();
	assert_string_equal(heard(0), "protection:start protection:end");
	unwatch();
}

static void a_copy_on_write_is_announced(void **state)
{
	unsigned long addr = map_written_pages(1);

	program_fork(program);
	watch();
	write_pages(program, addr, 1, 7);
	read_events();
	assert_string_equal(heard(0), "clear:start clear:end");
	unwatch();
}

/* What is mapped of it in each mapping; before 6.19 also where its huge entry is or was. */
static void a_split_is_announced_for_each_mapping(void **state)
{
	const unsigned long huge = 512 * PAGE, half = huge / 2;
	unsigned long addr = program_map(program, huge, RW | PROGRAM_HUGE);
	const unsigned long before_6_19[][2] = { { 0, huge }, { 0, half }, { 0, huge }, { half, huge } };
	const unsigned long since_6_19[][2] = { { 0, half }, { half, huge } };
	const unsigned long (*expected)[2] = since(6, 19) ? since_6_19 : before_6_19;

	write_pages(program, addr, 1, 1);
	program_protect(program, addr + half, half, PROGRAM_READ);
	watch();
	program_swap_out(program, addr, PAGE);
	read_events();
	for (int i = 0, starts = 0; starts < (since(6, 19) ? 2 : 4); i++) {
		assert_true(i < events.count);
		if (strcmp(events.event[i].phase, "start"))
			continue;
		assert_string_equal(events.event[i].what, "clear");
		assert_int_equal(events.event[i].start - addr, expected[starts][0]);
		assert_int_equal(events.event[i].end - addr, expected[starts][1]);
		starts++;
	}
	unwatch();
}

static void a_new_page_is_not_announced(void **state)
{
	unsigned long addr = map_pages(1);

	watch();
	write_pages(program, addr, 1, 7);
	read_events();
	assert_int_equal(events.count, 0);
	unwatch();
}

static void a_refused_migration_is_not_announced(void **state)
{
	unsigned long addr = map_written_pages(1);
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_DEVICE);

	watch();
	plan.mistakes = PLAN_WITHOUT_DST;
	migrate(plan);
	read_events();
	assert_int_equal(events.count, 0);
	unwatch();
}

static void an_interval_notifier_hears_the_beginning(void **state)
{
	unsigned long addr = map_written_pages(1);

	only_since(5, 5);
	watch();
	move_to_device(addr, 1);
	read_events();
	assert_string_equal(heard(1), since(5, 9) ? "migrate:interval" : "clear:interval");
	unwatch();
}

static void an_interval_notifier_hears_only_of_its_interval(void **state)
{
	unsigned long addr = map_written_pages(4);
	struct probe_interval interval = { .start = addr + 2 * PAGE, .length = PAGE };

	only_since(5, 5);
	assert_int_equal(probe(PROBE_WATCH, &interval), 0);
	move_to_device(addr, 2);
	move_to_device(addr + 3 * PAGE, 1);
	read_events();
	assert_string_equal(heard(1), "");
	program_protect(program, addr + PAGE, 2 * PAGE, PROGRAM_READ);
	read_events();
	assert_string_equal(heard(1), "protection:interval");
	unwatch();
}

/* An interval notifier that is still there hears of it twice, and must not be gone by then. */
static void the_end_of_a_program_is_announced(void **state)
{
	struct program *other = program_fork(program);

	map_pages(1);
	watch();
	program_exit(program);
	program = other;
	program_open(program, "/dev/probe");
	read_events();
	assert_string_equal(heard(0), "release:start");
	if (since(5, 5))
		assert_string_equal(heard(1), "release:interval unmap:interval");
	unwatch();
}

/* Which ranges were announced, from @base on in pages: "clear 0-2", and the same for the next. */
static const char *announced(unsigned long base)
{
	static char text[512];
	size_t length = 0;

	text[0] = '\0';
	for (int i = 0; i < events.count; i++) {
		struct probe_event *event = &events.event[i];

		if (strcmp(event->phase, "start"))
			continue;
		length += snprintf(text + length, sizeof(text) - length, "%s%s %lu-%lu",
				   length ? " " : "", event->what, (event->start - base) / PAGE,
				   (event->end - base) / PAGE);
	}
	return text;
}

static void fork_is_announced_for_each_mapping_that_is_copied(void **state)
{
	unsigned long addr = map_written_pages(4);
	unsigned char byte;

	program_protect(program, addr, PAGE, PROGRAM_READ);
	program_read(program, map_pages(1), &byte, 1);
	program_map_file(program, program_create_file(PAGE), RW, 1);
	watch();
	program_fork(program);
	read_events();
	assert_string_equal(announced(addr), "protection 0-1 protection 1-4");
	unwatch();
}

static void protecting_what_does_not_change_is_not_announced(void **state)
{
	unsigned long addr = map_written_pages(2);

	watch();
	program_protect(program, addr, 2 * PAGE, RW);
	read_events();
	assert_int_equal(events.count, 0);
	unwatch();
}

static void protecting_what_was_never_touched_is_not_announced(void **state)
{
	unsigned long addr = map_pages(2);

	watch();
	program_protect(program, addr, 2 * PAGE, PROGRAM_READ);
	read_events();
	assert_int_equal(events.count, 0);
	unwatch();
}

static void protecting_is_announced_from_the_first_table_or_gigabyte_on(void **state)
{
	unsigned long addr = map_pages(3 * 512);

	write_pages(program, addr + 512 * PAGE, 1, 1);
	watch();
	program_protect(program, addr, 3 * 512 * PAGE, PROGRAM_READ);
	read_events();
	assert_string_equal(announced(addr), since(6, 12) ? "protection 0-1536" :
							    "protection 512-1536");
	unwatch();
}

static void unmapping_several_mappings_is_announced_once(void **state)
{
	unsigned long addr = map_written_pages(6);

	program_protect(program, addr + 2 * PAGE, PAGE, PROGRAM_READ);
	program_unmap(program, addr + 3 * PAGE, PAGE);
	watch();
	program_unmap(program, addr + PAGE, 4 * PAGE);
	read_events();
	assert_string_equal(announced(addr), "unmap 1-5");
	unwatch();
}

/* Where a huge entry could have been, Linux splits it without a look. */
static void splitting_a_mapping_is_announced_where_a_huge_page_fits(void **state)
{
	unsigned long addr = map_pages(1024);

	write_pages(program, addr, 1, 1);
	watch();
	program_unmap(program, addr + PAGE, PAGE);
	program_protect(program, addr + 512 * PAGE, 512 * PAGE, PROGRAM_READ);
	program_protect(program, addr, PAGE, PROGRAM_READ);
	read_events();
	assert_string_equal(announced(addr), since(6, 12) ?
		"clear 0-512 unmap 1-2 protection 512-1024 protection 0-1" :
		"clear 0-512 unmap 1-2 protection 0-1");
	unwatch();
}

static void unmapping_nothing_is_not_announced(void **state)
{
	unsigned long addr = map_pages(2);

	program_unmap(program, addr, 2 * PAGE);
	watch();
	program_unmap(program, addr, 2 * PAGE);
	read_events();
	assert_int_equal(events.count, 0);
	unwatch();
}

static void moving_is_announced_when_pages_move_and_when_the_mapping_goes(void **state)
{
	unsigned long addr = map_written_pages(2), to = map_pages(2);

	watch();
	program_remap(program, addr, 2 * PAGE, 2 * PAGE,
		      PROGRAM_REMAP_MAY_MOVE | PROGRAM_REMAP_FIXED, to);
	read_events();
	assert_string_equal(announced(addr), "unmap 512-514 unmap 0-2 unmap 0-2");
	unwatch();
}

static void moving_without_unmapping_is_announced_once(void **state)
{
	unsigned long addr = map_written_pages(2);

	only_since(5, 7);
	watch();
	program_remap(program, addr, 2 * PAGE, 2 * PAGE,
		      PROGRAM_REMAP_MAY_MOVE | PROGRAM_REMAP_DONT_UNMAP, 0);
	read_events();
	assert_string_equal(announced(addr), "unmap 0-2");
	unwatch();
}

static void advice_that_takes_pages_away_is_announced(void **state)
{
	unsigned long addr = map_written_pages(4);

	watch();
	program_advise(program, addr, PAGE, PROGRAM_ADVICE_DONTNEED);
	program_advise(program, addr + PAGE, 2 * PAGE, PROGRAM_ADVICE_FREE);
	program_advise(program, addr, 4 * PAGE, PROGRAM_ADVICE_NOHUGEPAGE);
	read_events();
	assert_string_equal(announced(addr), "clear 0-1 clear 1-3");
	unwatch();
}

static void collapsing_is_announced_for_the_huge_page(void **state)
{
	unsigned long addr = map_written_pages(512);

	only_since(6, 1);
	watch();
	assert_int_equal(program_advise(program, addr, 512 * PAGE, PROGRAM_ADVICE_COLLAPSE), 0);
	read_events();
	assert_string_equal(announced(addr), "clear 0-512");
	unwatch();
}

const struct CMUnitTest notifier_tests[] = {
	machine_test(a_migration_is_announced_once_for_the_range),
	machine_test(a_migration_names_its_owner_since_5_9),
	machine_test(filling_holes_is_announced_from_the_first_of_them_on),
	machine_test(filling_holes_names_the_owner_since_5_11),
	machine_test(an_interval_goes_as_far_as_its_last_page),
	machine_test(two_invalidations_in_turn_can_be_told_apart),
	machine_test(a_shared_page_is_announced_to_the_other_program_too),
	machine_test(unmapping_is_announced),
	machine_test(protecting_is_announced),
	machine_test(a_copy_on_write_is_announced),
	machine_test(a_split_is_announced_for_each_mapping),
	machine_test(a_new_page_is_not_announced),
	machine_test(a_refused_migration_is_not_announced),
	machine_test(an_interval_notifier_hears_the_beginning),
	machine_test(an_interval_notifier_hears_only_of_its_interval),
	machine_test(the_end_of_a_program_is_announced),
	machine_test(fork_is_announced_for_each_mapping_that_is_copied),
	machine_test(protecting_what_does_not_change_is_not_announced),
	machine_test(protecting_what_was_never_touched_is_not_announced),
	machine_test(protecting_is_announced_from_the_first_table_or_gigabyte_on),
	machine_test(unmapping_several_mappings_is_announced_once),
	machine_test(splitting_a_mapping_is_announced_where_a_huge_page_fits),
	machine_test(unmapping_nothing_is_not_announced),
	machine_test(moving_is_announced_when_pages_move_and_when_the_mapping_goes),
	machine_test(moving_without_unmapping_is_announced_once),
	machine_test(advice_that_takes_pages_away_is_announced),
	machine_test(collapsing_is_announced_for_the_huge_page),
};
const size_t notifier_test_count = sizeof(notifier_tests) / sizeof(notifier_tests[0]);
