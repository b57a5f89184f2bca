/* SPDX-License-Identifier: GPL-2.0-only */
/* pce-ioctl.h - what a program says to /dev/pce0 */
#ifndef PCE_IOCTL_H
#define PCE_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct pce_range - memory of the calling program
 * @start: in: first address; page aligned
 * @length: in: bytes; whole pages, of one mapping
 * @moved: out: pages that arrived
 */
struct pce_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

#define PCE_TO_DEVICE	_IOWR('p', 0x20, struct pce_range)

#endif /* PCE_IOCTL_H */
