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

/* Prepares entry 0 of two pages at @addr, which nobody has touched. */
struct state {
	const char *name;
	void (*prepare)(unsigned long addr);
	unsigned int select;
	enum probe_give give;
	unsigned int circumstances;
	void (*undo)(unsigned long addr);
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

static const struct state states[] = {
	{ "nothing there", nothing, SELECT_SYSTEM, GIVE_DEVICE, 0, NULL },
	{ "nothing there, in a mapping of a file", nothing, SELECT_SYSTEM, GIVE_DEVICE,
	  PLAN_FILE_VMA, NULL },
	{ "nothing there, and filled after setup", nothing, SELECT_SYSTEM, GIVE_DEVICE,
	  PLAN_FILL_FIRST_HOLE, NULL },
	{ "the zero page", load, SELECT_SYSTEM, GIVE_DEVICE, 0, NULL },
	{ "a page that was written", store, SELECT_SYSTEM, GIVE_DEVICE, 0, NULL },
	{ "the same, and dst stays empty", store, SELECT_SYSTEM, GIVE_NOTHING, 0, NULL },
	{ "the same, to system memory", store, SELECT_SYSTEM, GIVE_SYSTEM, 0, NULL },
	{ "a read-only page", store_and_protect, SELECT_SYSTEM, GIVE_DEVICE, 0, NULL },
	{ "a page shared with a child", store_and_fork, SELECT_SYSTEM, GIVE_DEVICE, 0, end_child },
	{ "a pinned page", store_and_pin, SELECT_SYSTEM, GIVE_DEVICE, 0, unpin },
	{ "a page referenced after setup", store, SELECT_SYSTEM, GIVE_DEVICE, PLAN_PIN_SOURCE,
	  NULL },
	{ "a page that somebody has locked", store, SELECT_SYSTEM, GIVE_DEVICE, PLAN_LOCK_PAGE,
	  NULL },
	{ "a page off the LRU", store, SELECT_SYSTEM, GIVE_DEVICE, PLAN_OFF_LRU, NULL },
	{ "a page, with device pages selected", store, SELECT_DEVICE, GIVE_SYSTEM, 0, NULL },
	{ "a device page, with system pages selected", to_device, SELECT_SYSTEM, GIVE_SYSTEM, 0,
	  NULL },
	{ "a device page", to_device, SELECT_DEVICE, GIVE_SYSTEM, 0, NULL },
	{ "a read-only device page", to_device_read_only, SELECT_DEVICE, GIVE_SYSTEM, 0, NULL },
	{ "a device page, to another device", to_device, SELECT_DEVICE, GIVE_OTHER_DEVICE, 0,
	  NULL },
	{ "a page of another device", to_other_device, SELECT_DEVICE, GIVE_SYSTEM, 0, NULL },
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
	addr = map_pages(2);
	write_pages(program, addr + PAGE, 1, 2);
	state->prepare(addr);
	if (state->select == SELECT_DEVICE)
		move_to_device(addr + PAGE, 1);
	before = program_page(program, addr);

	plan = plan_for(addr, 2, state->select, state->give);
	plan.mistakes = state->circumstances;
	migrate(plan);
	if (record.ret)
		printf("%s\trefused\n", state->name);
	printf("%s\t%s\t%s\t%s%s\n", state->name, word_text(record.after_setup[0].src, after_setup),
	       word_text(record.after_pages[0].src, after_pages),
	       where_text(program_page(program, addr)),
	       program_page(program, addr).writable || !before.writable ? "" : ", read-only");

	wanted = before.where == PROGRAM_PAGE_NONE || before.where == PROGRAM_PAGE_ZERO ? 0 : 1;
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
		run(&states[i]);
	return 0;
}
