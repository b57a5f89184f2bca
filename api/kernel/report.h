/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report.h - telling a driver's author what went wrong
 *
 * Each rule that the machine checks at run time has one line in the table below. A rule that is
 * broken is printed with its name, what happened, and the calls that led there; it is counted, and
 * the machine goes on, unless no sensible way is left.
 */
#ifndef API_REPORT_H
#define API_REPORT_H

#include <linux/compiler.h>

/*	  name, which is what reports and tests show	what must hold */
#define RULES(RULE) \
	RULE(MMAP_LOCK_NOT_HELD, "mmap-lock-not-held", \
	     "the mmap lock is held from before migrate_vma_setup() until after finalize") \
	RULE(RANGE_REVERSED, "range-reversed", \
	     "the end of a range that migrate_vma_setup() is given is not before its start") \
	RULE(FAULT_LOOP, "fault-loop", \
	     "a page fault that returns 0 has brought the access nearer to success") \
	RULE(FAULT_NEVER_ENDS, "fault-during-migration", \
	     "nobody touches a range between setup and finalize of its own migration") \
	RULE(CPU_ACCESS_TO_DEVICE_PAGE, "cpu-access-to-device-page", \
	     "the CPU does not access device private memory") \
	RULE(PAGE_LOCK, "page-lock", \
	     "a page is locked before it is unlocked, and a task does not lock a page twice") \
	RULE(PAGE_REFERENCE, "page-reference", \
	     "references are only dropped by those who hold one") \
	RULE(PAGE_FREED_IN_USE, "page-freed-in-use", \
	     "a page is neither locked nor mapped when its last reference goes") \
	RULE(DEVICE_PAGE_TAKEN_TWICE, "device-page-taken-twice", \
	     "a device page is free when the driver gives it out") \
	RULE(DEVICE_PAGE_LEAK, "device-page-leak", \
	     "no device page is in use when its region is unmapped") \
	RULE(DEADLOCK, "deadlock", \
	     "a task does not wait for a lock that it holds itself") \
	RULE(LOCK_RECURSION, "lock-recursion", \
	     "a task does not take a semaphore for reading twice") \
	RULE(LOCK_NOT_HELD, "lock-not-held", \
	     "a lock is held by whoever releases it or relies on it") \
	RULE(WAIT_NEVER_ENDS, "wait-never-ends", \
	     "a task waits only for what another can bring about") \
	RULE(SLEEP_IN_ATOMIC, "sleep-in-atomic", \
	     "a task that holds a spinlock does not sleep") \
	RULE(SLAB_FREE, "slab-free", \
	     "an object is freed once, and only if it was allocated") \
	RULE(NOTIFIER_LEFT, "notifier-left-behind", \
	     "an mmu notifier is removed before its memory or the address space goes") \
	RULE(MODULE_BUSY, "module-in-use", \
	     "a driver is unloaded only when no file on it is open") \
	RULE(DEVICE_STATE, "device-state", \
	     "devices and numbers are registered once and unregistered once") \
	RULE(LEAK, "leak", \
	     "everything is given back at the end") \
	RULE(WARNING, "warning", \
	     "what the driver or the kernel itself asserts is true") \
	RULE(BUG, "bug", \
	     "what the driver or the kernel itself cannot live without is true")

enum rule {
#define RULE(symbol, name, text) RULE_##symbol,
	RULES(RULE)
#undef RULE
	RULE_COUNT
};

/**
 * rule_broken() - report that a rule was broken and go on
 * @rule: which
 * @fmt: what happened, in one line without a newline
 */
void rule_broken(enum rule rule, const char *fmt, ...) __printf(2, 3);

/**
 * rule_broken_fatal() - report that a rule was broken and end the machine
 * @rule: which
 * @fmt: what happened, in one line without a newline
 */
void rule_broken_fatal(enum rule rule, const char *fmt, ...) __noreturn __printf(2, 3);

void reports_reset(void);
unsigned long reports_count(void);
unsigned long reports_count_of(const char *name);
const char *reports_last(void);

#endif
