/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * probe.h - a driver that shows each step of a migration to a test
 *
 * The test says beforehand, in a struct probe_plan, what the driver is to do between the steps; the
 * driver carries it out, through callbacks in 5.3 and through the three calls since, and leaves in
 * a struct probe_record what it saw. So one test serves every release.
 *
 * Included by the driver and by the tests: plain C only.
 */
#ifndef PROBE_H
#define PROBE_H

#define PROBE_MOST_PAGES	64
#define PROBE_DEVICES		3	/* the last is coherent from 6.0 on, the others private */
#define PROBE_COHERENT		2

/* Flags of a word, the same in every release that has them. */
#define WORD_VALID	(1UL << 0)
#define WORD_MIGRATE	(1UL << 1)
#define WORD_LOCKED	(1UL << 2)
#define WORD_WRITE	(1UL << 3)
#define WORD_DEVICE	(1UL << 4)
#define WORD_COMPOUND	(1UL << 4)

/* What the driver gives an entry as its destination. */
enum probe_give {
	GIVE_NOTHING,
	GIVE_DEVICE,		/* a page of the device, filled from the source */
	GIVE_OTHER_DEVICE,	/* a page of the second device */
	GIVE_COHERENT,		/* a page of the third device, which the CPU can reach (6.0) */
	GIVE_SYSTEM,		/* a page of system memory */
	GIVE_AND_TAKE_BACK,	/* as GIVE_DEVICE, but decided against before the second step */
	GIVE_COMPOUND,		/* as GIVE_DEVICE, with MIGRATE_PFN_COMPOUND in dst (6.19) */
};

/* Which pages are to be selected; releases without the choice take what they take. */
#define SELECT_NOTHING	0
#define SELECT_SYSTEM	1
#define SELECT_DEVICE	2
#define SELECT_COHERENT	4	/* 6.0 */

/* Mistakes of a driver, and circumstances. */
#define PLAN_WITHOUT_VMA	(1 << 0)
#define PLAN_WITHOUT_SRC	(1 << 1)
#define PLAN_WITHOUT_DST	(1 << 2)
#define PLAN_WITHOUT_OPS	(1 << 3)	/* 5.3 */
#define PLAN_WITHOUT_CALLBACK	(1 << 4)	/* 5.3: one of the two members */
#define PLAN_WITHOUT_MMAP_LOCK	(1 << 5)
#define PLAN_SPECIAL_VMA	(1 << 6)	/* the mapping has VM_IO while it migrates */
#define PLAN_HUGETLB_VMA	(1 << 7)	/* the mapping has VM_HUGETLB while it migrates */
#define PLAN_WITHOUT_PAGES	(1 << 8)	/* 5.4: finalize directly after setup */
#define PLAN_PIN_SOURCE		(1 << 9)	/* references the first source page after setup */
#define PLAN_LOCK_PAGE		(1 << 10)	/* holds the lock of the first page of the range */
#define PLAN_OFF_LRU		(1 << 11)	/* the first page of the range is off the LRU */
#define PLAN_SYSTEM_FAULT_PAGE	(1 << 12)	/* 6.1: fault_page is a page of system memory */
#define PLAN_DEVICE_FAULT_PAGE	(1 << 13)	/* 6.1: fault_page is a device page nobody locked */
#define PLAN_FILL_FIRST_HOLE	(1 << 14)	/* somebody fills the first hole after setup */
#define PLAN_FILE_VMA		(1 << 15)	/* the mapping is not anonymous while it migrates */
#define PLAN_DAX_VMA		(1 << 16)	/* the mapping is one of DAX while it migrates */
#define PLAN_ALREADY_MIGRATING	(1 << 17)	/* another migration has the first page meanwhile */
#define PLAN_ACTIVE_SOURCE	(1 << 18)	/* the sources are found to be in use a lot after setup */

struct probe_plan {
	unsigned long start;
	unsigned long end;
	unsigned int select;
	unsigned int device;		/* whose owner is named: 0, 1 or 2 */
	unsigned int mistakes;
	unsigned long vm_flags;		/* for PLAN_SPECIAL_VMA; 0 for VM_IO */
	enum probe_give give[PROBE_MOST_PAGES];
};

/* Flags of a page. */
#define PAGE_IS_DIRTY		1
#define PAGE_IS_ACTIVE		2
#define PAGE_IS_EXCLUSIVE	4

/* An entry as it was at one point; what is not of the destination is of the source page. */
struct probe_entry {
	unsigned long src;
	unsigned long dst;
	int refcount;
	int mapcount;
	int locked;
	int flags;
	int flags_of_dst;
};

struct probe_record {
	long ret;
	int asked;			/* the driver's first part ran: it was asked to allocate */
	int told;			/* the driver's second part ran: it was told what moved */
	unsigned long start;		/* of args after setup; 5.3: as the callback gets them */
	unsigned long end;
	unsigned long cpages;		/* after setup; 5.4 */
	unsigned long cpages_at_end;	/* after finalize; 5.4 */
	struct probe_entry after_setup[PROBE_MOST_PAGES];
	struct probe_entry after_pages[PROBE_MOST_PAGES];
	unsigned long src_at_end[PROBE_MOST_PAGES];
	unsigned long dst_at_end[PROBE_MOST_PAGES];
};

/* How the driver answers a CPU fault on one of its pages. */
enum probe_answer {
	ANSWER_MOVE,			/* brings the page back */
	ANSWER_SIGBUS,			/* says that it cannot */
	ANSWER_NOTHING,			/* returns 0 and leaves the page where it is */
	ANSWER_FORGET_FAULT_PAGE,	/* brings the page back without naming fault_page */
	ANSWER_GIVE_NOTHING,		/* goes through the steps with an empty dst */
	ANSWER_MOVE_THIRD_TIME,		/* twice nothing, then moves */
	ANSWER_MOVE_PINNED,		/* tries to bring a page back that it holds references on */
};

/* What an mmu notifier of the driver heard. */
struct probe_event {
	char what[16];			/* unmap, clear, protection, migrate, release */
	char phase[16];			/* start, end; interval for an interval notifier */
	unsigned long start;
	unsigned long end;
	int owner;			/* number of the device whose owner it is, or -1 */
};

#define PROBE_MOST_EVENTS	32

struct probe_events {
	int count;
	struct probe_event event[PROBE_MOST_EVENTS];
};

struct probe_faults {
	enum probe_answer answer;
	unsigned long count;		/* calls of migrate_to_ram() */
	int refcount;			/* of vmf->page at the last call */
	int locked;
	int address_is_aligned;
	int mmap_lock_was_held;
};

struct probe_device {
	unsigned int number;
	int free_refcount;		/* of a free page */
	int taken_refcount;		/* right after it was taken into use */
	int refcount_in_page_free;	/* as page_free() last saw it */
	int mapping_in_page_free;	/* 1 if page->mapping was still set there */
	unsigned long freed;		/* calls of page_free() */
};

struct probe_eviction {
	int lock_one;			/* hold the lock of the first page that is in use */
	unsigned long moved;
};

struct probe_interval {
	unsigned long start;
	unsigned long length;
};

/* Mistakes that the machine must notice; see probe-mistakes.c. */
enum probe_mistake {
	MISTAKE_DOUBLE_UNLOCK_PAGE,
	MISTAKE_DOUBLE_PUT_PAGE,
	MISTAKE_FREE_LOCKED_PAGE,
	MISTAKE_LOCK_PAGE_TWICE,
	MISTAKE_KMAP_DEVICE_PAGE,
	MISTAKE_DOUBLE_KFREE,
	MISTAKE_LEAK_OBJECT,
	MISTAKE_LEAK_PAGE,
	MISTAKE_LEAK_LOCK,
	MISTAKE_MUTEX_TWICE,
	MISTAKE_UNLOCK_MUTEX,
	MISTAKE_SLEEP_UNDER_SPINLOCK,
	MISTAKE_MMAP_LOCK_TWICE,
	MISTAKE_COPY_UNDER_MMAP_WRITE_LOCK,
	MISTAKE_WAIT_FOR_NOTHING,
	MISTAKE_BUG,
	MISTAKE_WARN,
	MISTAKE_TAKE_DEVICE_PAGE_TWICE,
	MISTAKE_LEAVE_NOTIFIER,
	MISTAKE_USE_POINTER,
	MISTAKE_DMA_UNMAP_TWICE,
	MISTAKE_LEAK_DMA,
};

/* Commands of /dev/probe; the argument is the structure named. */
enum probe_command {
	PROBE_MIGRATE = 1,		/* struct probe_plan_and_record */
	PROBE_ANSWER,			/* struct probe_faults: sets answer, clears the rest */
	PROBE_FAULTS,			/* struct probe_faults */
	PROBE_WATCH,			/* struct probe_interval: mmu notifiers for the caller */
	PROBE_EVENTS,			/* struct probe_events: reads and clears */
	PROBE_UNWATCH,			/* none */
	PROBE_SEQUENCE,			/* none: what mmu_interval_read_begin() returns (5.5) */
	PROBE_DEVICE,			/* struct probe_device */
	PROBE_EVICT,			/* struct probe_eviction: 6.1; all of device 0 */
	PROBE_MISTAKE,			/* enum probe_mistake by value */
	PROBE_COPY,			/* struct probe_copy */
	PROBE_ENVIRONMENT,		/* name of a test in probe-environment.c */
	PROBE_HUGE,			/* struct probe_huge: 6.19; migrates what start and end say */
};

struct probe_plan_and_record {
	struct probe_plan *plan;
	struct probe_record *record;
};

/* What a driver gives for a word of src that stands for 2 MiB. */
enum probe_give_huge {
	GIVE_ONE_HUGE,
	GIVE_512_SMALL,
	GIVE_FIRST_ONLY,		/* a small page for the first word, nothing for the others */
	GIVE_ONE_SMALL_AS_HUGE,		/* a small page with MIGRATE_PFN_COMPOUND */
	GIVE_NONE,
};

#define PROBE_HUGE_WORDS	1024

/* A migration by the driver of probe-huge.c; the rest is what it has seen since it was created. */
struct probe_huge {
	unsigned long start;		/* 0 for no migration */
	unsigned long end;
	int to_system;
	int compound;			/* MIGRATE_VMA_SELECT_COMPOUND */
	enum probe_give_huge give;
	int fault_page_by_page;		/* faults are served without MIGRATE_VMA_SELECT_COMPOUND */
	enum probe_give_huge fault_give;

	int fault_as_one;
	unsigned long cpages;
	unsigned long src[PROBE_HUGE_WORDS];
	unsigned long after[PROBE_HUGE_WORDS];
	unsigned long moved;		/* words with MIGRATE after the pages step */
	int faults;
	int faulted_huge;		/* of them, those without vmf->pte */
	int splits;			/* calls of folio_split() without a tail */
	int tails;			/* and with one */
	int freed;			/* pages */
	int freed_huge;			/* calls of folio_free() for a huge folio */
};

/* The device that probe-pci.c drives, and what it says in register 0. */
#define PROBE_PCI_VENDOR	0x1234
#define PROBE_PCI_BOUND		1
#define PROBE_PCI_REMOVED	2

/* A driver that copies between the program's memory and its own. */
struct probe_copy {
	unsigned long addr;
	unsigned long length;
	char *bytes;
	int to_user;
	unsigned long left;		/* what copy_from_user() or copy_to_user() returned */
};

#endif
