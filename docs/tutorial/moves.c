// SPDX-License-Identifier: GPL-2.0-only
/* moves.c - how a program asks the lend driver to move its memory. */
#include "moves.h"

#include "lend-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct lend_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, LEND_TO_DEVICE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/lend",
	.to_device = to_device,
};
