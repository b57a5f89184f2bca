/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * card-ioctl.h - what a program says to /dev/card, the device of every shape.
 */
#ifndef SHAPES_CARD_IOCTL_H
#define SHAPES_CARD_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct card_range - memory of the calling program
 * @start: first address
 * @length: bytes
 */
struct card_range {
	__u64 start;
	__u64 length;
};

#define CARD_LOG_SIZE	4096

/**
 * struct card_log - what the driver noted since the last time it was asked
 * @text: "what value\n" for each note, and a NUL at the end
 */
struct card_log {
	char text[CARD_LOG_SIZE];
};

/* Calls the shape's function on the range.  Returns what it returns. */
#define CARD_MOVE	_IOW('c', 0x00, struct card_range)

/* Lets the next copies fail: the argument says how many. */
#define CARD_FAIL	_IO('c', 0x01)

#define CARD_LOG	_IOR('c', 0x02, struct card_log)

#endif /* SHAPES_CARD_IOCTL_H */
