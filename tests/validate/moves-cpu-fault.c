// SPDX-License-Identifier: GPL-2.0-only
/* moves-cpu-fault.c - how examples/cpu-fault is asked to move memory */
#include "moves.h"

#include "../../examples/cpu-fault/cpu-fault-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct cpu_fault_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, CPU_FAULT_TO_DEVICE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/cpu-fault",
	.to_device = to_device,
};
