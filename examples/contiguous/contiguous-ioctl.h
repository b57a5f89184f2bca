/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * contiguous-ioctl.h - what a program says to /dev/contiguous.
 */
#ifndef CONTIGUOUS_IOCTL_H
#define CONTIGUOUS_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The longest buffer, in pages. */
#define CONTIGUOUS_MOST_PAGES	32

/**
 * struct contiguous_buffer - memory of the calling program
 * @start: in: first address, a multiple of the page size
 * @length: in: bytes, a multiple of the page size, up to CONTIGUOUS_MOST_PAGES of them
 * @moved: out: pages that this call moved
 * @run: out: pages from @start on that are neighbours in memory now, as far as this call made
 *	them so
 */
struct contiguous_buffer {
	__u64 start;
	__u64 length;
	__u64 moved;
	__u64 run;
};

/**
 * struct contiguous_statistics - what the driver did since it was loaded
 * @blocks: blocks of memory that it took
 * @no_blocks: times that there was none
 * @moved: pages that were moved into blocks
 */
struct contiguous_statistics {
	__u64 blocks;
	__u64 no_blocks;
	__u64 moved;
};

/*
 * Move a buffer, which has to be part of one mapping, to pages that are neighbours.  0; or -EINVAL
 * for a range that is not mapped, not aligned or too long; or -ENOMEM.
 */
#define CONTIGUOUS_MAKE		_IOWR('d', 0x30, struct contiguous_buffer)

/* Find no memory for the next blocks: the argument says how many. */
#define CONTIGUOUS_FAIL_BLOCKS	_IO('d', 0x31)

#define CONTIGUOUS_STATISTICS	_IOR('d', 0x32, struct contiguous_statistics)

#endif /* CONTIGUOUS_IOCTL_H */
