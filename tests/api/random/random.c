// SPDX-License-Identifier: GPL-2.0-only
/*
 * random.c - random operations of programs and of a driver, against plain bytes
 *
 *	random SEED COUNT STEPS
 *
 * Each of COUNT seeds from SEED on is a machine of its own, on which STEPS operations run: programs
 * map, touch, share by fork, pin, protect, swap out and unmap memory, and a driver moves it to
 * devices, back, and from one to another, while things are made to fail. What each program should
 * find in its memory is kept in a plain array. After each few operations the machine's counts have
 * to agree with its page tables; at the end every byte is looked at, and nothing may be left behind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

static unsigned long random_state;

unsigned long random_number(unsigned long limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (random_state >> 11) % limit;
}

struct process processes[MOST_PROCESSES];
const char *doing;

static unsigned long seed, step;

void wrong(const char *what, unsigned long addr, long came, long expected)
{
	printf("# seed %lu, step %lu, %s: %s at %#lx: came %ld, expected %ld\n", seed, step, doing,
	       what, addr, came, expected);
	printf("# again: random %lu 1 %lu\n", seed, step + 1);
	fflush(stdout);
	abort();
}

static const struct operation {
	const char *name;
	void (*run)(struct process *process);
	unsigned int weight;
} operations[] = {
	{ "map", op_map, 6 },
	{ "map a file", op_map_file, 2 },
	{ "unmap", op_unmap, 3 },
	{ "protect", op_protect, 4 },
	{ "store", op_store, 20 },
	{ "load", op_load, 20 },
	{ "fork", op_fork, 1 },
	{ "exit", op_exit, 1 },
	{ "pin", op_pin, 3 },
	{ "unpin", op_unpin, 4 },
	{ "swap out", op_swap_out, 3 },
	{ "migrate", op_migrate, 30 },
	{ "evict", op_evict, 1 },
};

static const struct operation *random_operation(void)
{
	unsigned long total = 0, number;
	size_t i;

	for (i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		total += operations[i].weight;
	number = random_number(total);
	for (i = 0; number >= operations[i].weight; i++)
		number -= operations[i].weight;
	return &operations[i];
}

static struct process *random_process(void)
{
	struct process *process;

	do
		process = &processes[random_number(MOST_PROCESSES)];
	while (!process->program);
	return process;
}

static void check_machine(void)
{
	struct machine_counts counts = machine_count();

	if (machine_violations())
		wrong(machine_last_violation(), 0, machine_violations(), 0);
	if (counts.locked_pages || counts.isolated_pages)
		wrong("pages locked or isolated", 0, counts.locked_pages + counts.isolated_pages, 0);
	if (counts.pinned_pages != pins_in_use())
		wrong("pins", 0, counts.pinned_pages, pins_in_use());
	if (machine_check())
		wrong("the books", 0, 1, 0);
}

static void run_seed(unsigned long steps)
{
	random_state = seed * 0x9e3779b97f4a7c15UL | 1;
	doing = "start";
	if (machine_boot() || machine_load_driver())
		wrong("boot", 0, 1, 0);
	memset(processes, 0, sizeof(processes));
	process_start(&processes[0], program_start());
	for (step = 0; step < steps; step++) {
		const struct operation *operation = random_operation();

		doing = operation->name;
		operation->run(random_process());
		if (step % 8 == 0)
			check_machine();
	}
	doing = "end";
	check_machine();
	for (int i = 0; i < MOST_PROCESSES; i++)
		if (processes[i].program)
			process_end(&processes[i]);
	check_machine();
	files_forget();
	if (machine_shutdown())
		wrong("left behind", 0, 1, 0);
}

int main(int argc, char **argv)
{
	unsigned long first, count, steps;

	if (argc != 4) {
		fprintf(stderr, "usage: random SEED COUNT STEPS\n");
		return 2;
	}
	first = strtoul(argv[1], NULL, 0);
	count = strtoul(argv[2], NULL, 0);
	steps = strtoul(argv[3], NULL, 0);
	printf("1..%lu\n", count);
	for (seed = first; seed < first + count; seed++) {
		run_seed(steps);
		printf("ok %lu - seed_%lu_survives_%lu_operations\n", seed - first + 1, seed, steps);
	}
	return 0;
}
