/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * observer-ioctl.h - what a program asks /dev/observer about its own memory.
 */
#ifndef OBSERVER_IOCTL_H
#define OBSERVER_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Where a page is; the values are those of enum program_page. */
#define OBSERVER_NONE		0
#define OBSERVER_ZERO		1
#define OBSERVER_SYSTEM		2
#define OBSERVER_DEVICE		3
#define OBSERVER_SWAPPED	4
#define OBSERVER_MIGRATING	5
#define OBSERVER_EXCLUSIVE	6

/**
 * struct observer_page - what is mapped at an address
 * @pfn: page frame number, 0 when there is no page
 * @where: OBSERVER_ and so on
 * @refcount: reference count of the page
 * @mapcount: how many page table entries map it
 * @writable: the entry allows to write
 * @locked: the page lock is held
 * @lru: the page is on an LRU list
 * @huge: the page is part of a huge page, whose counts are told
 * @mlocked: the page is kept in memory by mlock()
 */
struct observer_page {
	__u64 pfn;
	__u32 where;
	__s32 refcount;
	__s32 mapcount;
	__u8 writable;
	__u8 locked;
	__u8 lru;
	__u8 huge;
	__u8 mlocked;
};

/**
 * struct observer_range - which pages to look at
 * @start: in: page aligned first address
 * @npages: in: how many
 * @pages: in: address of as many struct observer_page
 */
struct observer_range {
	__u64 start;
	__u64 npages;
	__u64 pages;
};

/**
 * struct observer_counts - what is in use on the whole machine
 * @pins: references that OBSERVER_PIN took and OBSERVER_UNPIN did not drop
 * @objects: objects of drivers that were built with count-objects.h
 */
struct observer_counts {
	__u64 pins;
	__s64 objects;
};

/* Look at pages without touching them.  0, -EFAULT, -ENOMEM. */
#define OBSERVER_LOOK	_IOW('o', 0x00, struct observer_range)

/* Take or drop a reference to the page at the address that is the argument. */
#define OBSERVER_PIN	_IO('o', 0x01)
#define OBSERVER_UNPIN	_IO('o', 0x02)

#define OBSERVER_COUNT	_IOR('o', 0x03, struct observer_counts)

#endif /* OBSERVER_IOCTL_H */
