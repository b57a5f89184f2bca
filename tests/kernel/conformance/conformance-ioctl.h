/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-ioctl.h - what the scenario tells /dev/conformance to do, and what it sees.
 */
#ifndef CONFORMANCE_IOCTL_H
#define CONFORMANCE_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define CONFORMANCE_PAGES	16
#define CONFORMANCE_EVENTS	16

/* Which pages are selected; owner of the device pages. */
#define SELECT_SYSTEM		1
#define SELECT_DEVICE		2
#define SELECT_COHERENT		4	/* 6.0 */
#define OWNER_NONE		0
#define OWNER_A			1
#define OWNER_B			2
#define OWNER_C			3
#define OWNER_ANOTHER		4

/**
 * enum conformance_destination - what the driver does for an entry that can move
 * @DESTINATION_NONE: leaves it empty
 * @DESTINATION_OTHER: a page of device A for a page of the system or an empty entry, a page of the
 *	system for a page of the device
 * @DESTINATION_SYSTEM: a page of the system
 * @DESTINATION_A: a page of device A
 * @DESTINATION_B: a page of device B
 * @DESTINATION_C: a page of device C, which the CPU can reach (6.0)
 * @DESTINATION_GIVEN_UP: a page that is given back again before migrate_vma_pages()
 */
enum conformance_destination {
	DESTINATION_NONE,
	DESTINATION_OTHER,
	DESTINATION_SYSTEM,
	DESTINATION_A,
	DESTINATION_B,
	DESTINATION_C,
	DESTINATION_GIVEN_UP
};

/* Things a driver does otherwise than usual; may be combined. */
#define UNUSUAL_NO_VMA		1	/* vma is NULL */
#define UNUSUAL_NO_SRC		2	/* src is NULL */
#define UNUSUAL_NO_DST		4	/* dst is NULL */
#define UNUSUAL_NO_PAGES	8	/* migrate_vma_pages() is left out */
#define UNUSUAL_REFERENCE	16	/* takes a reference to every source after setup */
#define UNUSUAL_FAULT_PAGE	32	/* fault_page is a page of the system (6.1) */
#define UNUSUAL_FINALIZE	64	/* calls finalize though cpages is 0 */
#define UNUSUAL_UNLOCKED_FAULT	128	/* fault_page is a device page that is not locked (6.15) */

/* What was seen of a migration at one point of it: words without frame numbers. */
#define WORD_FLAGS		0x3f
#define WORD_IS_SYSTEM		0x40
#define WORD_IS_A		0x80
#define WORD_IS_B		0x100
#define WORD_IS_C		0x200
#define WORD_IS_LOCKED		0x400
#define WORD_REFERENCES(word)	((word) >> 16)

/**
 * struct conformance_point - a migration after setup, after pages, after finalize
 * @reached: whether it came so far
 * @cpages: struct migrate_vma::cpages
 * @src: for each entry flags, what its page is, and the page's references; after finalize, when
 *	the page may be gone, only flags
 * @dst: likewise
 */
struct conformance_point {
	__u32 reached;
	__u32 cpages;
	__u32 src[CONFORMANCE_PAGES];
	__u32 dst[CONFORMANCE_PAGES];
};

/**
 * struct conformance_event - what a mmu notifier was told during a migration
 * @name: of the event
 * @owner: of the migration the event belongs to: OWNER_
 * @start: first address
 * @end: the address after the last
 */
struct conformance_event {
	char name[16];
	__u64 owner;
	__u64 start;
	__u64 end;
};

/**
 * struct conformance_migration - one migration
 * @start: in: struct migrate_vma::start, as is
 * @end: in: struct migrate_vma::end, as is
 * @select: in: SELECT_
 * @owner: in: OWNER_
 * @unusual: in: UNUSUAL_
 * @destination: in: enum conformance_destination of each entry
 * @ret: out: what migrate_vma_setup() returned
 * @npages: out: struct migrate_vma::npages after setup
 * @start_after: out: struct migrate_vma::start after setup
 * @end_after: out: struct migrate_vma::end after setup
 * @point: out: after setup, after pages, after finalize
 * @nr_events: out: how many events there were
 * @event: out: the first of them
 */
struct conformance_migration {
	__u64 start;
	__u64 end;
	__u32 select;
	__u32 owner;
	__u32 unusual;
	__u32 destination[CONFORMANCE_PAGES];
	__s32 ret;
	__u64 npages;
	__u64 start_after;
	__u64 end_after;
	struct conformance_point point[3];
	__u32 nr_events;
	struct conformance_event event[CONFORMANCE_EVENTS];
};

#define CONFORMANCE_MIGRATE	_IOWR('d', 0x20, struct conformance_migration)

/* What happened in migrate_to_ram() since the last time: ret is -ENODATA if it was not called. */
#define CONFORMANCE_FAULT	_IOR('d', 0x21, struct conformance_migration)

/* What migrate_to_ram() does from now on: UNUSUAL_, with UNUSUAL_NO_PAGES meaning to give SIGBUS. */
#define CONFORMANCE_FAULTS	_IO('d', 0x22)

/* Evict all of device A with migrate_device_range(); the first pages are shown (6.1). */
#define CONFORMANCE_EVICT	_IOR('d', 0x23, struct conformance_migration)

/*
 * Lock the page at the address that is the argument, or take a reference to the device page that
 * was given out last; and the reverse.
 */
#define CONFORMANCE_LOCK	_IO('d', 0x24)
#define CONFORMANCE_UNLOCK	_IO('d', 0x25)
#define CONFORMANCE_GET		_IO('d', 0x26)
#define CONFORMANCE_PUT		_IO('d', 0x27)

/* How many pages are free of the device that the argument says: OWNER_. */
#define CONFORMANCE_FREE	_IO('d', 0x28)

/*
 * From now on, write down what the caller's notifier hears of the 8 MiB from the address on that is the
 * argument; and what that was, start, nr_events and event only.
 */
#define CONFORMANCE_LISTEN	_IO('d', 0x29)
#define CONFORMANCE_HEARD	_IOR('d', 0x2a, struct conformance_migration)

#endif /* CONFORMANCE_IOCTL_H */
