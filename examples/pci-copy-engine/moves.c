// SPDX-License-Identifier: GPL-2.0-only
/* moves.c - how the PCI example is asked to move memory, and the copy engine it has in tests */
#include "moves.h"

#include "pce-ioctl.h"

/* BAR 0, as pce.h has it. */
static const struct machine_copy_engine engine = {
	.from = 0x00,
	.to = 0x08,
	.length = 0x10,
	.status = 0x14,
	.done = 0x1,
	.failed = 0x2,
};

static void device_found(int number)
{
	machine_pci_copy_engine(number, &engine);
}

static long to_device(struct program *p, int fd, unsigned long addr, unsigned long length)
{
	struct pce_range range = { .start = addr, .length = length };

	return program_ioctl(p, fd, PCE_TO_DEVICE, &range);
}

const struct driver_moves driver_moves = {
	.path = "/dev/pce0",
	.to_device = to_device,
	.device_found = device_found,
};
