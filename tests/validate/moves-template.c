// SPDX-License-Identifier: GPL-2.0-only
/* moves-template.c - copy this, fill it in for your driver, and pass it as MOVES= */
#include "moves.h"

/* What the driver's ioctl takes; or include the driver's header for user space. */
struct my_range {
	unsigned long long start;
	unsigned long long length;
};

#define MY_TO_DEVICE	1

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct my_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, MY_TO_DEVICE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/my-device",
	.to_device = to_device,
};
