/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cpu-fault-ioctl.h - what a program says to /dev/cpu-fault.
 */
#ifndef CPU_FAULT_IOCTL_H
#define CPU_FAULT_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct cpu_fault_range - memory of the calling program
 * @start: in: first address, a multiple of the page size
 * @length: in: bytes, a multiple of the page size
 * @moved: out: pages that this call brought to the device, also when it failed half way
 */
struct cpu_fault_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

/**
 * struct cpu_fault_statistics - what the device did since the driver was loaded
 * @to_device: pages that were moved to it
 * @to_system: pages that a CPU fault got back
 * @copies: copies in either direction
 * @failed_copies: those of them that failed
 * @free_pages: device pages that are free now
 */
struct cpu_fault_statistics {
	__u64 to_device;
	__u64 to_system;
	__u64 copies;
	__u64 failed_copies;
	__u64 free_pages;
};

/* Move a range to the device. 0, or -EINVAL for a range that is not mapped or not aligned. */
#define CPU_FAULT_TO_DEVICE	_IOWR('d', 0x00, struct cpu_fault_range)

/* Let the next copies fail, as those of a broken device would: the argument says how many. */
#define CPU_FAULT_FAIL_COPIES	_IO('d', 0x01)

#define CPU_FAULT_STATISTICS	_IOR('d', 0x02, struct cpu_fault_statistics)

#endif /* CPU_FAULT_IOCTL_H */
