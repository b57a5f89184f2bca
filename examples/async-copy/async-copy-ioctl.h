/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * async-copy-ioctl.h - what a program says to /dev/async-copy.
 */
#ifndef ASYNC_COPY_IOCTL_H
#define ASYNC_COPY_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct async_copy_range - memory of the calling program
 * @start: in: first address, a multiple of the page size
 * @length: in: bytes, a multiple of the page size
 * @moved: out: pages that this call brought to the device, also when it failed half way
 */
struct async_copy_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

/**
 * struct async_copy_statistics - what the device did since the driver was loaded
 * @jobs: lists of copies that its copy engine carried out
 * @refused_jobs: those that it did not take
 * @copies: pages it copied or cleared
 * @to_device: pages that were moved to it
 * @to_system: pages that a CPU fault got back
 * @free_pages: device pages that are free now
 */
struct async_copy_statistics {
	__u64 jobs;
	__u64 refused_jobs;
	__u64 copies;
	__u64 to_device;
	__u64 to_system;
	__u64 free_pages;
};

/* Move a range to the device. 0, or -EINVAL for a range that is not mapped or not aligned. */
#define ASYNC_COPY_TO_DEVICE	_IOWR('d', 0x20, struct async_copy_range)

/* Let the engine refuse the next jobs, as one whose queue is full: the argument says how many. */
#define ASYNC_COPY_REFUSE_JOBS	_IO('d', 0x21)

#define ASYNC_COPY_STATISTICS	_IOR('d', 0x22, struct async_copy_statistics)

#endif /* ASYNC_COPY_IOCTL_H */
