/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * moves.h - what the scenario has to know of a driver
 *
 * One file fills in driver_moves for a driver, before and after its port: moves-template.c shows
 * how. It is compiled with the C library's headers, so it cannot include the driver's own unless
 * they are made for user space, as headers of ioctls are.
 */
#ifndef VALIDATE_MOVES_H
#define VALIDATE_MOVES_H

#include "program.h"

/**
 * struct driver_moves - how a program asks the driver to move its memory
 * @path: the file that a program opens, "/dev/NAME"; NULL if the driver has only one
 * @to_device: asks for a range to go to the device
 * @to_system: asks for a range to come back; NULL if pages only come back when the CPU wants them
 * @device_found: called for each PCI device that the driver's table of ids asked for, before it is
 *	probed, to give it a copy engine with machine_pci_copy_engine(); may be NULL
 * @bar_size: bytes of BAR 0 of such a device; 0 for a page
 *
 * The moves get the program, what program_open() returned for @path, the first address and the length
 * in bytes, and return what program_ioctl() returned; whether pages moved is seen in other ways.
 */
struct driver_moves {
	const char *path;
	long (*to_device)(struct program *p, int fd, unsigned long addr, unsigned long length);
	long (*to_system)(struct program *p, int fd, unsigned long addr, unsigned long length);
	void (*device_found)(int number);
	unsigned long bar_size;
};

extern const struct driver_moves driver_moves;

#endif
