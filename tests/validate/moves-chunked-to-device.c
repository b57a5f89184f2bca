// SPDX-License-Identifier: GPL-2.0-only
/* moves-chunked-to-device.c - how examples/chunked-to-device is asked to move memory */
#include "moves.h"

#include "../../examples/chunked-to-device/chunked-ioctl.h"

static long ask(struct program *p, int fd, unsigned int command, unsigned long addr,
		unsigned long length)
{
	struct chunked_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, command, &range);
}

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	return ask(p, fd, CHUNKED_TO_DEVICE, addr, length);
}

static long to_system(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	return ask(p, fd, CHUNKED_TO_SYSTEM, addr, length);
}

const struct driver_moves driver_moves = {
	.path = "/dev/chunked",
	.to_device = to_device,
	.to_system = to_system,
};
