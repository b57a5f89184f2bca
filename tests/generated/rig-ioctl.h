/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rig-ioctl.h - what the scenario says to /dev/rig, the device of every generated driver.
 */
#ifndef GENERATED_RIG_IOCTL_H
#define GENERATED_RIG_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define RIG_NAME_SIZE	32
#define RIG_MAX_SITES	16

/* Which pages a site moves. */
enum rig_direction { RIG_TO_DEVICE, RIG_TO_RAM, RIG_BOTH };

/**
 * struct rig_sites - the functions of a driver that move pages
 * @count: how many there are
 * @site: their names, directions, and how many pages each takes at most
 */
struct rig_sites {
	__u32 count;
	struct {
		char name[RIG_NAME_SIZE];
		__u32 direction;
		__u32 max_pages;
	} site[RIG_MAX_SITES];
};

/**
 * struct rig_range - memory of the calling program
 * @start: first address, of any alignment
 * @length: bytes
 * @site: index of the function that is to move it
 */
struct rig_range {
	__u64 start;
	__u64 length;
	__u32 site;
};

/**
 * struct rig_failures - what is to go wrong
 * @copies: bit n: the copy after the next n fails
 * @pages: bit n: the allocation of a device page after the next n fails
 */
struct rig_failures {
	__u64 copies;
	__u64 pages;
};

#define RIG_LOG_SIZE	16384

/**
 * struct rig_log - what the driver noted since the last time it was asked
 * @text: "what value\n" for each note, and a NUL at the end
 */
struct rig_log {
	char text[RIG_LOG_SIZE];
};

#define RIG_SITES	_IOR('r', 0x00, struct rig_sites)
#define RIG_MOVE	_IOW('r', 0x01, struct rig_range)
#define RIG_FAIL	_IOW('r', 0x02, struct rig_failures)
#define RIG_LOG		_IOR('r', 0x03, struct rig_log)
/* Notes are not taken any more: the argument is 1, or 0 to take them again. */
#define RIG_MUTE	_IO('r', 0x04)

#endif /* GENERATED_RIG_IOCTL_H */
