// SPDX-License-Identifier: GPL-2.0-only
/*
 * states.c - what becomes of a page in each state it can be in, for the release this is built as
 *
 * Prints a line for each state: its name, the word of src after setup and after the pages step, and
 * where the page is in the end, with tabs between. Beside the page there is always an ordinary one,
 * so that every migration goes through all its steps. states-table makes a table of all releases.
 */
#include <stdio.h>
#include <string.h>

#include "../support.h"

/*
 * Prepares entry 0 of two pages at @addr, which nobody has touched. The pages are anonymous memory
 * unless @map says otherwise.
 */
struct state {
	const char *name;
	void (*prepare)(unsigned long addr);
	unsigned int select;
	enum probe_give give;
	unsigned int circumstances;
	void (*undo)(unsigned long addr);
	unsigned long (*map)(void);
	unsigned int device;
	unsigned int since;
};

static struct program *child;

static void nothing(unsigned long addr)
{
	(void)addr;
}

static void load(unsigned long addr)
{
	expect_bytes(program, addr, 1, 0);
}

static void store(unsigned long addr)
{
	write_pages(program, addr, 1, 1);
}

static void store_and_protect(unsigned long addr)
{
	store(addr);
	program_protect(program, addr, 2 * PAGE, PROGRAM_READ);
}

static void store_and_fork(unsigned long addr)
{
	store(addr);
	child = program_fork(program);
}

static void end_child(unsigned long addr)
{
	expect_bytes(child, addr, 1, 1);
	program_exit(child);
}

static void store_and_pin(unsigned long addr)
{
	store(addr);
	program_pin(program, addr);
}

static void unpin(unsigned long addr)
{
	program_unpin(program, addr);
}

static void to_device(unsigned long addr)
{
	store(addr);
	move_to_device(addr, 1);
}

static void to_device_read_only(unsigned long addr)
{
	to_device(addr);
	program_protect(program, addr, 2 * PAGE, PROGRAM_READ);
}

static void to_other_device(unsigned long addr)
{
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_OTHER_DEVICE);

	store(addr);
	plan.device = 1;
	migrate(plan);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
}

static void store_and_swap_out(unsigned long addr)
{
	store(addr);
	program_swap_out(program, addr, PAGE);
}

static void swap_in_by_load(unsigned long addr)
{
	store_and_swap_out(addr);
	expect_bytes(program, addr, 1, 1);
}

static void to_coherent(unsigned long addr)
{
	struct probe_plan plan = plan_for(addr, 1, SELECT_SYSTEM, GIVE_COHERENT);

	store(addr);
	migrate(plan);
	expect_where(addr, PROGRAM_PAGE_DEVICE);
}

static void split_entry(unsigned long addr)
{
	store(addr);
	program_unmap(program, addr + 2 * PAGE, PAGE);
}

static unsigned long map_file(int shared)
{
	return program_map_file(program, program_create_file(2 * PAGE), RW, shared);
}

static unsigned long map_shared(void)
{
	return map_file(1);
}

static unsigned long map_private(void)
{
	return map_file(0);
}

static unsigned long map_huge(void)
{
	return program_map(program, 512 * PAGE, RW | PROGRAM_HUGE);
}

#define SINCE_6_0	MACHINE_RELEASE(6, 0)

#define STATE(the_name, how_to_prepare, what, to, ...) \
	{ .name = the_name, .prepare = how_to_prepare, .select = what, .give = to, __VA_ARGS__ }

static const struct state states[] = {
	STATE("nothing there", nothing, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("nothing there, in a mapping of a file", nothing, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_FILE_VMA),
	STATE("nothing there, and filled after setup", nothing, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_FILL_FIRST_HOLE),
	STATE("the zero page", load, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("a page that was written", store, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("a page, and dst stays empty", store, SELECT_SYSTEM, GIVE_NOTHING),
	STATE("a page, to system memory", store, SELECT_SYSTEM, GIVE_SYSTEM),
	STATE("a read-only page", store_and_protect, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("a page shared with a child", store_and_fork, SELECT_SYSTEM, GIVE_DEVICE,
	      .undo = end_child),
	STATE("a pinned page", store_and_pin, SELECT_SYSTEM, GIVE_DEVICE, .undo = unpin),
	STATE("a page referenced after setup", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_PIN_SOURCE),
	STATE("a page that is swapped out", store_and_swap_out, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("a page in the swap cache", swap_in_by_load, SELECT_SYSTEM, GIVE_DEVICE),
	STATE("a page in the swap cache, to system memory", swap_in_by_load, SELECT_SYSTEM,
	      GIVE_SYSTEM),
	STATE("a page that is migrating already", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_ALREADY_MIGRATING),
	STATE("a page that somebody has locked", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_LOCK_PAGE),
	STATE("a page off the LRU", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .circumstances = PLAN_OFF_LRU),
	STATE("a page of a file, mapped shared", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .map = map_shared),
	STATE("a page of a file, to system memory", store, SELECT_SYSTEM, GIVE_SYSTEM,
	      .map = map_shared),
	STATE("a page of a file, mapped private and only read", load, SELECT_SYSTEM, GIVE_DEVICE,
	      .map = map_private),
	STATE("the program's own copy of a page of a file", store, SELECT_SYSTEM, GIVE_DEVICE,
	      .map = map_private),
	STATE("a part of a huge page", store, SELECT_SYSTEM, GIVE_DEVICE, .map = map_huge),
	STATE("a part of a huge page that is pinned", store_and_pin, SELECT_SYSTEM, GIVE_DEVICE,
	      .undo = unpin, .map = map_huge),
	STATE("a part of a huge page that small entries map", split_entry, SELECT_SYSTEM,
	      GIVE_DEVICE, .map = map_huge),
	STATE("a page, with device pages selected", store, SELECT_DEVICE, GIVE_SYSTEM),
	STATE("a device page, with system pages selected", to_device, SELECT_SYSTEM, GIVE_SYSTEM),
	STATE("a device page", to_device, SELECT_DEVICE, GIVE_SYSTEM),
	STATE("a read-only device page", to_device_read_only, SELECT_DEVICE, GIVE_SYSTEM),
	STATE("a device page, to another device", to_device, SELECT_DEVICE, GIVE_OTHER_DEVICE),
	STATE("a device page referenced after setup", to_device, SELECT_DEVICE, GIVE_SYSTEM,
	      .circumstances = PLAN_PIN_SOURCE),
	STATE("a page of another device", to_other_device, SELECT_DEVICE, GIVE_SYSTEM),
	STATE("a page, to coherent memory", store, SELECT_SYSTEM, GIVE_COHERENT,
	      .since = SINCE_6_0),
	STATE("a coherent page", to_coherent, SELECT_COHERENT, GIVE_SYSTEM,
	      .device = PROBE_COHERENT, .since = SINCE_6_0),
	STATE("a coherent page, to a device whose memory is private", to_coherent,
	      SELECT_COHERENT, GIVE_DEVICE, .device = PROBE_COHERENT, .since = SINCE_6_0),
	STATE("a coherent page, with system and private pages selected", to_coherent,
	      SELECT_SYSTEM | SELECT_DEVICE, GIVE_SYSTEM, .device = PROBE_COHERENT,
	      .since = SINCE_6_0),
	STATE("a coherent page of another owner", to_coherent, SELECT_COHERENT, GIVE_SYSTEM,
	      .since = SINCE_6_0),
};

static const char *word_text(unsigned long word, char *text)
{
	static const char *const names[] = { "VALID", "MIGRATE", "LOCKED", "WRITE", "DEVICE" };

	text[0] = '\0';
	for (int bit = 0; bit < 5; bit++)
		if (word & 1UL << bit)
			sprintf(text + strlen(text), "%s%s", text[0] ? " " : "", names[bit]);
	return text[0] ? text : "0";
}

static const char *where_text(struct program_page_info info)
{
	static const char *const names[] = {
		[PROGRAM_PAGE_NONE] = "nothing",
		[PROGRAM_PAGE_ZERO] = "the zero page",
		[PROGRAM_PAGE_SYSTEM] = "system memory",
		[PROGRAM_PAGE_DEVICE] = "device",
		[PROGRAM_PAGE_SWAPPED] = "swap",
		[PROGRAM_PAGE_MIGRATING] = "a migration",
	};

	return names[info.where];
}

static void run(const struct state *state)
{
	char after_setup[64], after_pages[64];
	unsigned char byte = 0, wanted;
	struct program_page_info before;
	struct probe_plan plan;
	unsigned long addr;

	start_machine(NULL);
	addr = state->map ? state->map() : map_pages(2);
	write_pages(program, addr + PAGE, 1, 2);
	state->prepare(addr);
	if (state->select == SELECT_DEVICE)
		move_to_device(addr + PAGE, 1);
	before = program_page(program, addr);

	plan = plan_for(addr, 2, state->select, state->give);
	plan.mistakes = state->circumstances;
	plan.device = state->device;
	migrate(plan);
	if (record.ret)
		printf("%s\trefused\n", state->name);
	printf("%s\t%s\t%s\t%s%s\n", state->name, word_text(record.after_setup[0].src, after_setup),
	       word_text(record.after_pages[0].src, after_pages),
	       where_text(program_page(program, addr)),
	       program_page(program, addr).writable || !before.writable ? "" : ", read-only");

	wanted = state->prepare == load || state->prepare == nothing ? 0 : 1;
	if (program_read(program, addr, &byte, 1) || byte != wanted)
		printf("%s\tbytes lost\n", state->name);
	if (state->undo)
		state->undo(addr);
	if (machine_violations() || machine_shutdown())
		printf("%s\tleft something behind\n", state->name);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (machine_release() >= states[i].since)
			run(&states[i]);
	return 0;
}
