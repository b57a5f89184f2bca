// SPDX-License-Identifier: GPL-2.0-only
/* moves-evict.c - how examples/evict is asked to move memory */
#include "moves.h"

#include "../../examples/evict/evict-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct evict_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, EVICT_TO_DEVICE, &range);
}

/* All of the device, whatever is asked for. */
static long to_system(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct evict_result result;

	(void)addr;
	(void)length;
	return program_ioctl(p, fd, EVICT_ALL, &result);
}

const struct driver_moves driver_moves = {
	.path = "/dev/evict",
	.to_device = to_device,
	.to_system = to_system,
};
