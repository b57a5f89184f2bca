/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - telling a driver that page tables are about to change
 *
 * Differs: every callback may sleep; mmu_notifier_get() and secondary TLB callbacks are missing.
 */
#ifndef _LINUX_MMU_NOTIFIER_H
#define _LINUX_MMU_NOTIFIER_H

#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/spinlock.h>

struct mmu_notifier;
struct mmu_interval_notifier;

/**
 * enum mmu_notifier_event - why a range is invalidated
 * @MMU_NOTIFY_UNMAP: unmapped
 * @MMU_NOTIFY_CLEAR: entries are cleared or replaced
 * @MMU_NOTIFY_PROTECTION_VMA: the protection of a mapping changes
 * @MMU_NOTIFY_PROTECTION_PAGE: the protection of pages changes
 * @MMU_NOTIFY_SOFT_DIRTY: not sent by this model
 * @MMU_NOTIFY_RELEASE: the address space ends
 * @MMU_NOTIFY_MIGRATE: a driver migrates pages, from 5.9 on; the range says whose driver
 * @MMU_NOTIFY_EXCLUSIVE: a driver takes a page for its device, or the CPU takes it back, from 5.14
 *	on; the range says whose driver, or NULL for the CPU
 */
enum mmu_notifier_event {
	MMU_NOTIFY_UNMAP = 0,
	MMU_NOTIFY_CLEAR,
	MMU_NOTIFY_PROTECTION_VMA,
	MMU_NOTIFY_PROTECTION_PAGE,
	MMU_NOTIFY_SOFT_DIRTY,
	MMU_NOTIFY_RELEASE,
#if RELEASE_NOTIFY_MIGRATE
	MMU_NOTIFY_MIGRATE,
#endif
#if RELEASE_EXCLUSIVE
	MMU_NOTIFY_EXCLUSIVE,
#endif
};

#define MMU_NOTIFIER_RANGE_BLOCKABLE	(1 << 0)

/**
 * struct mmu_notifier_range - the range that is invalidated
 * @vma: the mapping, or NULL; until 6.2
 * @mm: the address space
 * @start: first address
 * @end: the address after the last
 * @flags: MMU_NOTIFIER_RANGE_BLOCKABLE when the callback may sleep
 * @event: why
 * @migrate_pgmap_owner: with MMU_NOTIFY_MIGRATE: struct migrate_vma::pgmap_owner; 5.9 to 5.13
 * @owner: the same from 5.14 on
 */
struct mmu_notifier_range {
#if RELEASE_NOTIFIER_VMA
	struct vm_area_struct *vma;
#endif
	struct mm_struct *mm;
	unsigned long start;
	unsigned long end;
	unsigned int flags;
	enum mmu_notifier_event event;
#if RELEASE_NOTIFIER_OWNER
	void *owner;
#elif RELEASE_NOTIFY_MIGRATE
	void *migrate_pgmap_owner;
#endif
};

/**
 * struct mmu_notifier_ops - callbacks for a whole address space
 * @release: the address space ends; nothing is mapped afterwards
 * @invalidate_range_start: entries in the range are about to change. Until the matching end the
 *	driver must not use pages that it found there. 0, or -EAGAIN when it may not sleep and
 *	would have to.
 * @invalidate_range_end: the entries have changed
 * @free_notifier: not called by this model
 */
struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *subscription, struct mm_struct *mm);
	int (*invalidate_range_start)(struct mmu_notifier *subscription,
				      const struct mmu_notifier_range *range);
	void (*invalidate_range_end)(struct mmu_notifier *subscription,
				     const struct mmu_notifier_range *range);
	void (*free_notifier)(struct mmu_notifier *subscription);
};

struct mmu_notifier {
	struct hlist_node hlist;
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned int users;
};

int mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
int __mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
void mmu_notifier_unregister(struct mmu_notifier *subscription, struct mm_struct *mm);

#if RELEASE_INTERVAL_NOTIFIER
/**
 * struct mmu_interval_notifier_ops - callbacks for part of an address space
 * @invalidate: the range changes. Called when it begins; there is no call for the end, the driver
 *	looks with mmu_interval_read_retry(). It stores @cur_seq with mmu_interval_set_seq() under
 *	the lock that protects its page tables. false when it may not sleep and would have to.
 */
struct mmu_interval_notifier_ops {
	bool (*invalidate)(struct mmu_interval_notifier *interval_sub,
			   const struct mmu_notifier_range *range, unsigned long cur_seq);
};

struct mmu_interval_notifier {
	struct list_head link;
	const struct mmu_interval_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned long start;
	unsigned long last;
	unsigned long invalidate_seq;
};

int mmu_interval_notifier_insert(struct mmu_interval_notifier *interval_sub, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops);
void mmu_interval_notifier_remove(struct mmu_interval_notifier *interval_sub);
unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *interval_sub);

static inline void mmu_interval_set_seq(struct mmu_interval_notifier *interval_sub,
					unsigned long cur_seq)
{
	WRITE_ONCE(interval_sub->invalidate_seq, cur_seq);
}

static inline bool mmu_interval_read_retry(struct mmu_interval_notifier *interval_sub,
					   unsigned long seq)
{
	return interval_sub->invalidate_seq != seq;
}

static inline bool mmu_interval_check_retry(struct mmu_interval_notifier *interval_sub,
					    unsigned long seq)
{
	return READ_ONCE(interval_sub->invalidate_seq) != seq;
}
#endif

static inline bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

#endif
