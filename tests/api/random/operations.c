// SPDX-License-Identifier: GPL-2.0-only
/* operations.c - what happens at random: to the machine, and to the plain bytes beside it */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

static struct file_model files[MOST_FILES];

static struct area *random_area(const struct process *process)
{
	return process->areas[random_number(MOST_AREAS)];
}

/* A part of an area; never empty. */
static void random_part(const struct area *area, unsigned long most, unsigned long *first,
			unsigned long *count)
{
	*first = random_number(area->npages);
	*count = 1 + random_number(area->npages - *first);
	if (*count > most)
		*count = most;
}

/* --- Bytes ---------------------------------------------------------------------------------- */

static unsigned long place_of_byte(unsigned long page)
{
	return (page * 37 + 5) % PAGE;
}

static unsigned char *byte_of(struct area *area, unsigned long page)
{
	return area->file && !area->own[page] ? &area->file->bytes[page] : &area->bytes[page];
}

static void check_page(const struct process *process, struct area *area, unsigned long page)
{
	unsigned long addr = area->addr + page * PAGE;
	unsigned char came[PAGE], expected[PAGE] = { 0 };
	int readable = area->mapped[page] && area->prot[page] != PROGRAM_NONE;
	int signal = program_read(process->program, addr, came, PAGE);

	if (signal != (readable ? 0 : SIGSEGV))
		wrong("signal of a load", addr, signal, readable ? 0 : SIGSEGV);
	if (!readable)
		return;
	expected[place_of_byte(page)] = *byte_of(area, page);
	for (unsigned long i = 0; i < PAGE; i++)
		if (came[i] != expected[i])
			wrong("byte", addr + i, came[i], expected[i]);
}

void op_load(struct process *process)
{
	struct area *area = random_area(process);

	if (area)
		check_page(process, area, random_number(area->npages));
}

void op_store(struct process *process)
{
	struct area *area = random_area(process);
	unsigned long page, addr;
	unsigned char byte = 1 + random_number(255);
	int signal, writable;

	if (!area)
		return;
	page = random_number(area->npages);
	addr = area->addr + page * PAGE;
	writable = area->mapped[page] && (area->prot[page] & PROGRAM_WRITE);
	signal = program_write(process->program, addr + place_of_byte(page), &byte, 1);
	if (signal != (writable ? 0 : SIGSEGV))
		wrong("signal of a store", addr, signal, writable ? 0 : SIGSEGV);
	if (!writable)
		return;
	if (area->file && !area->shared)
		area->own[page] = 1;
	*byte_of(area, page) = byte;
}

/* --- Processes ------------------------------------------------------------------------------ */

void process_start(struct process *process, struct program *program)
{
	process->program = program;
	process->fd = program_open(program, "/dev/probe");
	if (process->fd < 0)
		wrong("open", 0, process->fd, 0);
}

static void unpin(struct process *process, int i)
{
	if (process->pins[i] && program_unpin(process->program, process->pins[i]))
		wrong("unpin", process->pins[i], 1, 0);
	process->pins[i] = 0;
}

void process_end(struct process *process)
{
	for (int i = 0; i < MOST_PINS; i++)
		unpin(process, i);
	for (int i = 0; i < MOST_AREAS; i++) {
		struct area *area = process->areas[i];

		for (unsigned long page = 0; area && page < area->npages; page++)
			check_page(process, area, page);
		free(area);
	}
	program_exit(process->program);
	memset(process, 0, sizeof(*process));
}

unsigned long pins_in_use(void)
{
	unsigned long count = 0;

	for (int i = 0; i < MOST_PROCESSES; i++)
		for (int j = 0; j < MOST_PINS; j++)
			count += processes[i].pins[j] != 0;
	return count;
}

void op_fork(struct process *process)
{
	struct process *child = processes;

	while (child < processes + MOST_PROCESSES && child->program)
		child++;
	if (child == processes + MOST_PROCESSES)
		return;
	process_start(child, program_fork(process->program));
	for (int i = 0; i < MOST_AREAS; i++) {
		if (!process->areas[i])
			continue;
		child->areas[i] = malloc(sizeof(*child->areas[i]));
		*child->areas[i] = *process->areas[i];
	}
}

/* The last one stays. */
void op_exit(struct process *process)
{
	int count = 0;

	for (int i = 0; i < MOST_PROCESSES; i++)
		count += processes[i].program != NULL;
	if (count > 1)
		process_end(process);
}

/* --- Mappings ------------------------------------------------------------------------------- */

static void add_area(struct process *process, unsigned long addr, unsigned long npages,
		     struct file_model *file, int shared, int huge)
{
	struct area *area = NULL;

	if (!addr)
		wrong("map", 0, 0, 1);
	for (int i = 0; i < MOST_AREAS && !area; i++) {
		if (process->areas[i])
			continue;
		process->areas[i] = area = calloc(1, sizeof(*area));
	}
	area->addr = addr;
	area->npages = npages;
	area->file = file;
	area->shared = shared;
	area->huge = huge;
	memset(area->mapped, 1, npages);
	memset(area->prot, PROGRAM_READ | PROGRAM_WRITE, npages);
}

static int has_room(const struct process *process)
{
	for (int i = 0; i < MOST_AREAS; i++)
		if (!process->areas[i])
			return 1;
	return 0;
}

void op_map(struct process *process)
{
	int huge = random_number(4) == 0 ? PROGRAM_HUGE : 0;
	unsigned long npages = huge ? 512 + random_number(MOST_PAGES - 512) : 1 + random_number(40);

	if (has_room(process))
		add_area(process, program_map(process->program, npages * PAGE,
					      PROGRAM_READ | PROGRAM_WRITE | huge),
			 npages, NULL, 0, huge);
}

void op_map_file(struct process *process)
{
	struct file_model *file = &files[random_number(MOST_FILES)];
	int shared = random_number(2);

	if (!has_room(process))
		return;
	if (!file->file) {
		file->npages = 1 + random_number(24);
		file->file = program_create_file(file->npages * PAGE);
	}
	add_area(process, program_map_file(process->program, file->file,
					   PROGRAM_READ | PROGRAM_WRITE, shared),
		 file->npages, file, shared, 0);
}

void files_forget(void)
{
	memset(files, 0, sizeof(files));
}

void op_unmap(struct process *process)
{
	int i = random_number(MOST_AREAS);
	struct area *area = process->areas[i];
	unsigned long first, count;

	if (!area)
		return;
	if (random_number(2)) {
		first = 0;
		count = area->npages;
	} else {
		random_part(area, MOST_PAGES, &first, &count);
	}
	if (program_unmap(process->program, area->addr + first * PAGE, count * PAGE))
		wrong("unmap", area->addr, 1, 0);
	memset(area->mapped + first, 0, count);
	if (count < area->npages)
		return;
	free(area);
	process->areas[i] = NULL;
}

void op_protect(struct process *process)
{
	static const int choices[] = { PROGRAM_NONE, PROGRAM_READ, PROGRAM_READ | PROGRAM_WRITE,
				       PROGRAM_READ | PROGRAM_WRITE };
	struct area *area = random_area(process);
	int prot = choices[random_number(4)];
	unsigned long first, count;

	if (!area)
		return;
	random_part(area, MOST_PAGES, &first, &count);
	for (unsigned long i = first; i < first + count; i++)
		if (!area->mapped[i])
			return;
	if (program_protect(process->program, area->addr + first * PAGE, count * PAGE, prot))
		wrong("protect", area->addr, 1, 0);
	memset(area->prot + first, prot, count);
}

void op_pin(struct process *process)
{
	struct area *area = random_area(process);
	int i = random_number(MOST_PINS);
	unsigned long addr;

	if (!area || process->pins[i])
		return;
	addr = area->addr + random_number(area->npages) * PAGE;
	if (!program_pin(process->program, addr))
		process->pins[i] = addr;
}

void op_unpin(struct process *process)
{
	unpin(process, random_number(MOST_PINS));
}

void op_swap_out(struct process *process)
{
	struct area *area = random_area(process);
	unsigned long first, count;

	if (!area)
		return;
	random_part(area, 64, &first, &count);
	if (program_swap_out(process->program, area->addr + first * PAGE, count * PAGE) < 0)
		wrong("swap out", area->addr, -1, 0);
}

/* --- The driver ----------------------------------------------------------------------------- */

static int is_small_system_page(const struct process *process, unsigned long addr)
{
	struct program_page_info info = program_page(process->program, addr);

	return info.where == PROGRAM_PAGE_SYSTEM && !info.huge;
}

/* Another state of the first page than usual, where the page can be in it. */
static unsigned int random_circumstances(const struct process *process, const struct area *area,
					 unsigned long first)
{
	unsigned long addr = area->addr + first * PAGE;
	int readable = area->mapped[first] && area->prot[first] != PROGRAM_NONE;

	switch (random_number(12)) {
	case 0:
		return PLAN_PIN_SOURCE;
	case 1:
		return readable ? PLAN_LOCK_PAGE : 0;
	case 2:
		return readable && is_small_system_page(process, addr) ? PLAN_OFF_LRU : 0;
	case 3:
		return PLAN_ALREADY_MIGRATING;
	}
	return 0;
}

static struct probe_plan random_plan(const struct process *process, const struct area *area)
{
	static const enum probe_give gifts[] = { GIVE_DEVICE, GIVE_DEVICE, GIVE_SYSTEM,
						 GIVE_OTHER_DEVICE, GIVE_COHERENT,
						 GIVE_AND_TAKE_BACK, GIVE_NOTHING };
	enum probe_give gift = gifts[random_number(5)];
	struct probe_plan plan = { 0 };
	unsigned long first, count;

	random_part(area, PROBE_MOST_PAGES, &first, &count);
	plan.start = area->addr + first * PAGE;
	plan.end = plan.start + count * PAGE;
	plan.device = random_number(PROBE_DEVICES);
	plan.select = plan.device == PROBE_COHERENT && machine_release() >= MACHINE_RELEASE(6, 0) ?
		      SELECT_COHERENT : SELECT_DEVICE;
	if (random_number(2))
		plan.select = SELECT_SYSTEM | (random_number(4) ? 0 : plan.select);
	for (unsigned long i = 0; i < count; i++)
		plan.give[i] = random_number(8) ? gift : gifts[random_number(7)];
	plan.mistakes = random_circumstances(process, area, first);
	return plan;
}

void op_migrate(struct process *process)
{
	struct area *area = random_area(process);
	struct probe_record record;
	struct probe_plan plan;
	struct probe_plan_and_record both = { .plan = &plan, .record = &record };

	if (!area)
		return;
	plan = random_plan(process, area);
	if (random_number(3) == 0)
		machine_fail_randomly(random_number(1 << 30), 4 + random_number(20));
	program_ioctl(process->program, process->fd, PROBE_MIGRATE, &both);
	machine_fail_randomly(0, 0);
}

/* The driver empties its first device, which it can since 6.1. */
void op_evict(struct process *process)
{
	struct probe_eviction eviction = { 0 };

	program_ioctl(process->program, process->fd, PROBE_EVICT, &eviction);
}
