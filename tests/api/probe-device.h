/* SPDX-License-Identifier: GPL-2.0-only */
/* probe-device.h - what the files of the probe driver share */
#ifndef PROBE_DEVICE_H
#define PROBE_DEVICE_H

#include <linux/migrate.h>
#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/version.h>

#include "probe.h"

#define PAGES_OF_DEVICE	128

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 16, 0)
#define DST_LOCKED	MIGRATE_PFN_LOCKED
#else
#define DST_LOCKED	0
#endif

struct probe_memory {
	struct dev_pagemap pagemap;
	struct resource *region;
	struct page *free[PAGES_OF_DEVICE];
	unsigned long nfree;
	struct page *backing[PAGES_OF_DEVICE];
	struct probe_device seen;
};

extern struct probe_memory probe_memory[PROBE_DEVICES];
extern struct probe_faults probe_faults;

/* Releases before 5.8 have no functions for the lock. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
#define probe_mmap_lock(mm)	(&(mm)->mmap_sem)
#else
#define probe_mmap_lock(mm)	(&(mm)->mmap_lock)
#endif

int probe_memory_create(struct probe_memory *memory);
void probe_memory_destroy(struct probe_memory *memory);
struct page *probe_page_take(struct probe_memory *memory);
struct probe_memory *probe_memory_of(struct page *page);
struct page *probe_backing(struct page *page);
vm_fault_t probe_migrate_to_ram(struct vm_fault *vmf);

struct page *probe_take_system_page(void);
void probe_fill(struct page *to, struct page *from);
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 4, 0)
void probe_select_pages(struct migrate_vma *args, const struct probe_plan *plan);
#endif

void probe_migrate(struct probe_plan *plan, struct probe_record *record);
long probe_evict(struct probe_eviction *eviction);
long probe_watch(const struct probe_interval *where);
void probe_unwatch(void);
long probe_sequence(void);
void probe_read_events(struct probe_events *events);
int probe_environment(const char *name);

/* probe_containers() - as probe_environment(), for lists, trees and tables */
int probe_containers(const char *name);

/* probe_later() - as probe_environment(), for what the kernel does later */
int probe_later(const char *name);

/* probe_later_mistakes() - as probe_environment(), for what a driver does wrong with it */
int probe_later_mistakes(const char *name);

/* A test of these files gives back the line of a check that does not hold. */
#define check(condition) do { \
	if (!(condition)) \
		return __LINE__; \
} while (0)

long probe_huge(struct probe_huge *huge);
void probe_huge_destroy(void);
long probe_make_mistake(enum probe_mistake mistake);

#endif
