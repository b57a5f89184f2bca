/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chunked-ioctl.h - what a program says to /dev/chunked.
 */
#ifndef CHUNKED_IOCTL_H
#define CHUNKED_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct chunked_range - memory of the calling program
 * @start: in: an address in the first page
 * @length: in: bytes from there on; every page they touch is meant
 * @moved: out: pages that this call moved, also when it failed half way
 */
struct chunked_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

/**
 * struct chunked_statistics - what the device did since the driver was loaded
 * @batches: chunks for which its copy engine was programmed
 * @failed_batches: those of them that failed
 * @copies: pages it copied or cleared in all batches, also if they failed
 * @to_device: pages that were moved to it
 * @to_system: pages that came back
 * @free_pages: device pages that are free now
 */
struct chunked_statistics {
	__u64 batches;
	__u64 failed_batches;
	__u64 copies;
	__u64 to_device;
	__u64 to_system;
	__u64 free_pages;
};

/*
 * Move a range, which has to be part of one mapping, to the device or back.  0, or -EINVAL for
 * another range and for a program other than the one that opened the file.
 */
#define CHUNKED_TO_DEVICE	_IOWR('d', 0x10, struct chunked_range)
#define CHUNKED_TO_SYSTEM	_IOWR('d', 0x11, struct chunked_range)

/* Let the next batches fail, as those of a broken device would: the argument says how many. */
#define CHUNKED_FAIL_BATCHES	_IO('d', 0x12)

#define CHUNKED_STATISTICS	_IOR('d', 0x13, struct chunked_statistics)

#endif /* CHUNKED_IOCTL_H */
