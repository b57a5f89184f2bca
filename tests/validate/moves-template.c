// SPDX-License-Identifier: GPL-2.0-only
/*
 * moves.c - how a program asks the driver to move memory
 *
 * Fill in what is marked with TODO, and give the file as --moves=moves.c (MOVES=moves.c of make).
 */
#include "moves.h"

/* TODO: what the driver's ioctl takes, and its number; or include the driver's header of ioctls. */
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

/*
 * A PCI driver gets a device of the first row of its table of ids. TODO: if it has a copy engine,
 * say where in BAR 0 its registers are, and remove the #if.
 */
#if 0
static const struct machine_copy_engine engine = {
	.from = 0x00,		/* 64 bits: the address to copy from, 0 to clear */
	.to = 0x08,		/* 64 bits: the address to copy to */
	.length = 0x10,		/* 32 bits: bytes; writing it begins the copy */
	.status = 0x14,		/* 32 bits: one of the next two, 0 while it copies */
	.done = 1,
	.failed = 2,
};

static void device_found(int number)
{
	machine_pci_copy_engine(number, &engine);
}
#endif

const struct driver_moves driver_moves = {
	/* .path = "/dev/my-device",	TODO: only if the driver has more than one file */
	.to_device = to_device,
	/* .to_system = to_system,	TODO: only if a program can ask for pages to come back */
	/* .device_found = device_found,	TODO: see above */
};
