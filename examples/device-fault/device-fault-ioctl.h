/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * device-fault-ioctl.h - what a program says to /dev/device-fault.
 */
#ifndef DEVICE_FAULT_IOCTL_H
#define DEVICE_FAULT_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The device fetches at most so many pages at once, those of an aligned window. */
#define DEVICE_FAULT_WINDOW	8

/**
 * struct device_fault_access - the device reads or writes a byte of the calling program
 * @address: in: where, in the program's own terms
 * @write: in: 1 to write, 0 to read
 * @value: in or out: the byte
 */
struct device_fault_access {
	__u64 address;
	__u32 write;
	__u32 value;
};

/**
 * struct device_fault_range - memory of the calling program
 * @start: in: first address, a multiple of the page size
 * @length: in: bytes, a multiple of the page size
 * @moved: out: pages that this call brought back, also when it failed half way
 */
struct device_fault_range {
	__u64 start;
	__u64 length;
	__u64 moved;
};

/**
 * struct device_fault_statistics - what the device did since the driver was loaded
 * @faults: accesses to addresses that it did not have
 * @to_device: pages that were moved to it
 * @to_system: pages that came back
 * @mapped: addresses of the calling program that it can reach now
 * @free_pages: device pages that are free now
 */
struct device_fault_statistics {
	__u64 faults;
	__u64 to_device;
	__u64 to_system;
	__u64 mapped;
	__u64 free_pages;
};

/*
 * Let the device read or write.  0; -EFAULT where the program has nothing to read, or memory that
 * is not anonymous; -EACCES for a write to a page that the program itself could not write without
 * a fault; -EBUSY for a page that cannot move now.
 */
#define DEVICE_FAULT_ACCESS	_IOWR('d', 0x40, struct device_fault_access)

/* Bring a range, which has to be part of one mapping, back.  0, or -EINVAL for another range. */
#define DEVICE_FAULT_TO_SYSTEM	_IOWR('d', 0x41, struct device_fault_range)

#define DEVICE_FAULT_STATISTICS	_IOR('d', 0x42, struct device_fault_statistics)

#endif /* DEVICE_FAULT_IOCTL_H */
