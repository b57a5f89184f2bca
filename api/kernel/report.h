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

/*
 * The rules that `migrate-vma check` knows as well, under the same names: it finds the mistake in
 * the source, on every path; the machine finds it when it happens, with the pages it happened to.
 *
 *	  name, which is what reports and tests show	what must hold
 */
#define SHARED_RULES(RULE) \
	RULE(AFTER_FAILED_SETUP, "after-failed-setup", \
	     "after a setup that failed there is no migration, and no other step") \
	RULE(FINALIZE_MISSING, "finalize-missing", \
	     "every setup that returned 0 and collected something is followed by finalize") \
	RULE(PAGES_SKIPPED, "pages-skipped", \
	     "with a page in dst, the pages step comes before finalize") \
	RULE(STEP_ORDER, "step-order", \
	     "there is one setup, at most one pages step, and one finalize, in this order") \
	RULE(MMAP_LOCK_DROPPED, "mmap-lock-dropped", \
	     "the mmap lock is held from before setup until after finalize") \
	RULE(USER_ACCESS_INSIDE, "user-access-inside", \
	     "a driver does not access user memory while a migration is open") \
	RULE(SRC_WRITTEN, "src-written", \
	     "a driver writes nothing to src from setup to finalize; it may clear MIGRATE") \
	RULE(DST_WRITTEN_LATE, "dst-written-late", \
	     "a driver writes nothing to dst after the pages step") \
	RULE(DST_PREFILLED, "dst-prefilled", \
	     "dst is filled after setup, which clears it") \
	RULE(DST_UNLOCKED, "dst-unlocked", \
	     "every page in dst is locked when the pages step begins") \
	RULE(DST_FREED, "dst-freed", \
	     "a page in dst is neither unlocked nor let go of by the driver: finalize does both") \
	RULE(MEMBER_MISSING, "member-missing", \
	     "every member of struct migrate_vma that the release needs is set") \
	RULE(NOT_ZEROED, "not-zeroed", \
	     "members of struct migrate_vma that are not set are zero") \
	RULE(DEVICE_PAGE_INIT, "device-page-init", \
	     "a free device page is taken into use in the way of the release")

/* The rules that only the machine knows. */
#define RULES(RULE) \
	SHARED_RULES(RULE) \
	RULE(DST_NOT_A_PAGE, "dst-not-a-page", \
	     "a word of dst is 0 or what migrate_pfn() makes of the number of a page") \
	RULE(DST_IN_USE, "dst-in-use", \
	     "a page in dst is nobody's yet: not mapped, not on an LRU list, in no other entry") \
	RULE(DST_REFERENCED, "dst-referenced", \
	     "a page in dst has one reference, the driver's, which finalize drops") \
	RULE(DST_INCOMPLETE, "dst-incomplete", \
	     "a hole that src has in one word is filled by one huge page or by as many small ones") \
	RULE(ARRAYS_FREED, "arrays-freed", \
	     "the arrays of a migration stay until it is finalized") \
	RULE(SRC_FREED, "src-freed", \
	     "a source page is neither unlocked nor let go of by the driver: finalize does both") \
	RULE(MMAP_LOCK_NOT_HELD, "mmap-lock-not-held", \
	     "the mmap lock is held from before migrate_vma_setup() until after finalize") \
	RULE(RANGE_REVERSED, "range-reversed", \
	     "the end of a range that migrate_vma_setup() is given is not before its start") \
	RULE(FAULT_LOOP, "fault-loop", \
	     "a page fault that returns 0 has brought the access nearer to success") \
	RULE(FAULT_NEVER_ENDS, "fault-during-migration", \
	     "a program that waits for a migration waits for somebody who ends it") \
	RULE(CPU_ACCESS_TO_DEVICE_PAGE, "cpu-access-to-device-page", \
	     "the CPU does not access device private memory") \
	RULE(USER_POINTER, "user-pointer", \
	     "a driver reaches a program's memory through copy_from_user() and its relatives only") \
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
	RULE(WORK_IN_USE, "work-in-use", \
	     "nobody frees or forgets work that is queued, a timer that is armed or a thread that runs") \
	RULE(FREED_PAGE_USED, "freed-page-used", \
	     "the bytes of a page are not touched any more once its last reference is gone") \
	RULE(SLEEP_IN_ATOMIC, "sleep-in-atomic", \
	     "a task that holds a spinlock does not sleep") \
	RULE(DMA, "dma-mapping", \
	     "memory is mapped for a device while it uses it, and unmapped as it was mapped") \
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

/**
 * report_note() - add a line to the report before
 * @fmt: what else is known, in one line without a newline
 */
void report_note(const char *fmt, ...) __printf(1, 2);

void reports_reset(void);
unsigned long reports_count(void);
unsigned long reports_count_of(const char *name);
const char *reports_last(void);

#endif
