/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * evict-ioctl.h - what a program says to /dev/evict.
 */
#ifndef EVICT_IOCTL_H
#define EVICT_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct evict_range - memory of the calling program
 * @start: in: first address, a multiple of the page size
 * @length: in: bytes, a multiple of the page size
 * @moved: out: pages that this call brought to the device, also when it failed half way
 */
struct evict_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

/**
 * struct evict_result - what emptying the device came to
 * @moved: out: pages that went to system memory
 * @left: out: device pages that are still in use
 */
struct evict_result {
	__u64 moved;
	__u64 left;
};

/* Move a range to the device.  0, or -EINVAL for a range that is not mapped or not aligned. */
#define EVICT_TO_DEVICE	_IOWR('d', 0x50, struct evict_range)

/* Empty the device, whoever has pages there, as before it is switched off.  0, or -ENOMEM. */
#define EVICT_ALL	_IOR('d', 0x51, struct evict_result)

#endif /* EVICT_IOCTL_H */
