/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lend-ioctl.h - what programs ask of the lend device.
 */
#ifndef LEND_IOCTL_H
#define LEND_IOCTL_H

/* Bytes from start on; the driver answers how many pages went to the device. */
struct lend_range {
	unsigned long long start;
	unsigned long long length;
	unsigned long long moved;
};

#define LEND_TO_DEVICE	1

#endif
