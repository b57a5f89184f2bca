// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plain pointers: two threads work on an array while the driver of examples/cpu-fault moves it.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "program.h"
#include "cpu-fault-ioctl.h"

#define NUMBERS	8192UL		/* 16 pages of them */
#define ROUNDS	100

static struct program *program;
static unsigned int *numbers;

/* Adds 1 to every second number. The device may have the page: then the access brings it back. */
static void *add(void *first)
{
	for (int round = 0; round < ROUNDS; round++)
		for (unsigned long i = (unsigned long)first; i < NUMBERS; i += 2)
			numbers[i]++;
	return NULL;
}

int main(void)
{
	struct cpu_fault_range range = { .length = NUMBERS * sizeof(*numbers) };
	struct cpu_fault_statistics statistics;
	pthread_t even, odd;
	unsigned long sum = 0;
	int device, leaks;

	machine_boot();
	machine_load_driver();
	program = program_start();
	device = program_open(program, "/dev/cpu-fault");
	numbers = (unsigned int *)program_map(program, NUMBERS * sizeof(*numbers),
					      PROGRAM_READ | PROGRAM_WRITE);
	program_attach(program);	/* from here on numbers[] is memory */

	memset(numbers, 0, NUMBERS * sizeof(*numbers));
	pthread_create(&even, NULL, add, (void *)0);
	pthread_create(&odd, NULL, add, (void *)1);
	for (int i = 0; i < ROUNDS; i++) {
		range.start = (unsigned long)numbers;
		program_ioctl(program, device, CPU_FAULT_TO_DEVICE, &range);
	}
	pthread_join(even, NULL);
	pthread_join(odd, NULL);

	for (unsigned long i = 0; i < NUMBERS; i++)
		sum += numbers[i];
	program_ioctl(program, device, CPU_FAULT_STATISTICS, &statistics);
	program_detach(program);
	leaks = machine_shutdown();
	printf("each number was counted to %g; pages %s back and forth; %d leaks\n",
	       (double)sum / NUMBERS, statistics.to_system ? "went" : "never went", leaks);
	return sum != NUMBERS * ROUNDS || leaks;
}
