// SPDX-License-Identifier: GPL-2.0-only
/* moves-contiguous.c - how examples/contiguous is asked to move memory */
#include "moves.h"

#include "../../examples/contiguous/contiguous-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct contiguous_buffer range = { .start = addr, .length = length };

	return program_ioctl(p, fd, CONTIGUOUS_MAKE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/contiguous",
	.to_device = to_device,
};
