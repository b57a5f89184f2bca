/* SPDX-License-Identifier: GPL-2.0-only */
/* mover-ioctl.h - what the program asks the driver mover for */
#ifndef MOVER_IOCTL_H
#define MOVER_IOCTL_H

struct mover_range {
	unsigned long start;
	unsigned long npages;
	int to_device;
	int copy;		/* 0 leaves the bytes behind: to see what the rest costs */
	unsigned long moved;
};

#define MOVER_MOVE	1

#endif
