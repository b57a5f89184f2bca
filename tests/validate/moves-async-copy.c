// SPDX-License-Identifier: GPL-2.0-only
/* moves-async-copy.c - how examples/async-copy is asked to move memory */
#include "moves.h"

#include "../../examples/async-copy/async-copy-ioctl.h"

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct async_copy_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, ASYNC_COPY_TO_DEVICE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/async-copy",
	.to_device = to_device,
};
