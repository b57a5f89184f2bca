/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scenario.h - what the snippets of scenarios have in common.
 *
 * They are linked with the driver of examples/cpu-fault and run by tests/docs: see main.c.
 */
#ifndef DOCS_SCENARIO_H
#define DOCS_SCENARIO_H

#include <signal.h>
#include <stdio.h>

#include "cpu-fault-ioctl.h"
#include "program.h"

int load_and_unload(void);
int let_time_pass(void);
int put_a_device_on_the_bus(void);
int put_the_wanted_devices_on_the_bus(void);
int look_for_mistakes(struct program *program, int device);
int fail_one_after_the_other(int (*scenario)(void));
int fail_now_and_then(int (*scenario)(void));
int share_with_a_child(struct program *program);
int change_mappings(struct program *program);
int move_mappings(struct program *program);
int read_the_file(struct program *program);
int name_a_device(struct program *program);
int map_files(struct program *program);
int map_the_device(struct program *program);

/* Moves what is mapped there to the device: the number of pages, or a negative error. */
static inline long to_device(struct program *program, int device, unsigned long start,
			     unsigned long length)
{
	struct cpu_fault_range range = { .start = start, .length = length };
	long ret = program_ioctl(program, device, CPU_FAULT_TO_DEVICE, &range);

	return ret ? ret : (long)range.moved;
}

#endif
