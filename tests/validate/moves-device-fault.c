// SPDX-License-Identifier: GPL-2.0-only
/* moves-device-fault.c - how examples/device-fault is asked to move memory */
#include "moves.h"

#include "../../examples/device-fault/device-fault-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct device_fault_access access = { .write = 0 };
	long ret = 0;

	/* The device reads here and there, and faults where it does. */
	for (unsigned long at = 0; at < length && !ret; at += DEVICE_FAULT_WINDOW * PROGRAM_PAGE_SIZE) {
		access.address = addr + at;
		ret = program_ioctl(p, fd, DEVICE_FAULT_ACCESS, &access);
	}
	return ret;
}

static long to_system(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct device_fault_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, DEVICE_FAULT_TO_SYSTEM, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/device-fault",
	.to_device = to_device,
	.to_system = to_system,
};
