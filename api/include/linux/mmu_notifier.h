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

/**
 * define MMU_NOTIFIER_RANGE_BLOCKABLE - the callback may sleep
 *
 * In struct mmu_notifier_range::flags; mmu_notifier_range_blockable() asks for it.
 */
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

/**
 * struct mmu_notifier - a driver's interest in a whole address space
 * @hlist: the core's business
 * @ops: the callbacks, set by the driver before mmu_notifier_register()
 * @mm: the address space, set by mmu_notifier_register()
 * @users: the core's business
 *
 * The driver embeds it in a structure of its own and keeps it until mmu_notifier_unregister() has
 * returned.
 */
struct mmu_notifier {
	struct hlist_node hlist;
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned int users;
};

/**
 * mmu_notifier_register() - begin to hear of changes in an address space
 * @subscription: the driver's, with ops set; the driver keeps it
 * @mm: the address space, of which the caller has a user reference (mmget()) or which is its own
 *
 * The notifier holds a reference on the structure of @mm until it is unregistered, and none on its
 * memory.
 *
 * Context: the caller does not hold the mmap lock of @mm, which is taken for writing. May sleep.
 * Return: 0; -ENOMEM; -EINTR when the task was killed meanwhile. This model returns 0.
 */
int mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
/**
 * __mmu_notifier_register() - mmu_notifier_register() for who has the mmap lock
 * @subscription: as for mmu_notifier_register()
 * @mm: as for mmu_notifier_register()
 *
 * Context: the caller holds the mmap lock of @mm for writing. May sleep.
 * Return: as mmu_notifier_register().
 */
int __mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
/**
 * mmu_notifier_unregister() - hear no more of an address space
 * @subscription: what mmu_notifier_register() was given
 * @mm: the same address space
 *
 * Calls release() if it was not called yet, because the address space still exists. Afterwards no
 * callback runs and @subscription is the driver's again.
 *
 * Context: not from a callback, and without a lock that a callback takes. May sleep.
 */
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

/**
 * struct mmu_interval_notifier - a driver's interest in part of an address space (5.5)
 * @link: the core's business
 * @ops: the callbacks, set by mmu_interval_notifier_insert()
 * @mm: the address space
 * @start: first address
 * @last: last address
 * @invalidate_seq: the number of the last change that mmu_interval_set_seq() was told of
 *
 * Embedded in a structure of the driver's, which keeps it until mmu_interval_notifier_remove() has
 * returned. A driver reads none of the members.
 */
struct mmu_interval_notifier {
	struct list_head link;
	const struct mmu_interval_notifier_ops *ops;
	struct mm_struct *mm;
	unsigned long start;
	unsigned long last;
	unsigned long invalidate_seq;
};

/**
 * mmu_interval_notifier_insert() - begin to hear of changes in a range (5.5)
 * @interval_sub: the driver's; it keeps it
 * @mm: the address space, of which the caller has a user reference or which is its own
 * @start: first address
 * @length: bytes
 * @ops: the callbacks
 *
 * Nothing has to be mapped in the range. The notifier holds a reference on the structure of @mm, and
 * none on its memory.
 *
 * Context: not under a lock that invalidate() takes. Takes the mmap lock of @mm for writing if it is
 * the first notifier of it. May sleep.
 * Return: 0; -EOVERFLOW when the range is empty or wraps; -ENOMEM. -EINVAL when @mm has no user any
 * more; this model does not return it.
 */
int mmu_interval_notifier_insert(struct mmu_interval_notifier *interval_sub, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops);
/**
 * mmu_interval_notifier_remove() - hear no more of a range (5.5)
 * @interval_sub: what mmu_interval_notifier_insert() was given
 *
 * Waits until invalidate() of it has come to its end. Afterwards @interval_sub is the driver's again.
 *
 * Context: not from a callback, and without a lock that invalidate() takes. May sleep.
 */
void mmu_interval_notifier_remove(struct mmu_interval_notifier *interval_sub);
/**
 * mmu_interval_read_begin() - begin to look at page tables (5.5)
 * @interval_sub: the notifier of the range
 *
 * Waits until no change of the range is going on. What the driver finds out after this call, it may
 * use only where mmu_interval_read_retry() returns false.
 *
 * Context: without the lock that invalidate() takes. May sleep.
 * Return: the number for mmu_interval_read_retry().
 */
unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *interval_sub);

/**
 * mmu_interval_set_seq() - note a change of the range (5.5)
 * @interval_sub: the notifier
 * @cur_seq: the number that invalidate() was given
 *
 * Every invalidate() calls it, so that mmu_interval_read_retry() notices.
 *
 * Context: in invalidate(), under the lock that mmu_interval_read_retry() is called with.
 */
static inline void mmu_interval_set_seq(struct mmu_interval_notifier *interval_sub,
					unsigned long cur_seq)
{
	WRITE_ONCE(interval_sub->invalidate_seq, cur_seq);
}

/**
 * mmu_interval_read_retry() - whether what was found out is out of date (5.5)
 * @interval_sub: the notifier of the range
 * @seq: what mmu_interval_read_begin() returned
 *
 * Context: the lock that invalidate() takes, and what was found is used before it is dropped.
 * Return: true when the driver has to begin again with mmu_interval_read_begin(); false when what it
 * found is true as long as it keeps the lock.
 */
static inline bool mmu_interval_read_retry(struct mmu_interval_notifier *interval_sub,
					   unsigned long seq)
{
	return interval_sub->invalidate_seq != seq;
}

/**
 * mmu_interval_check_retry() - whether it is worth while to go on (5.5)
 * @interval_sub: the notifier of the range
 * @seq: what mmu_interval_read_begin() returned
 *
 * For a driver with much to find out: it asks from time to time, and mmu_interval_read_retry() in the
 * end all the same.
 *
 * Context: any; no lock is needed.
 * Return: true when mmu_interval_read_retry() is going to return true; false says nothing.
 */
static inline bool mmu_interval_check_retry(struct mmu_interval_notifier *interval_sub,
					    unsigned long seq)
{
	return READ_ONCE(interval_sub->invalidate_seq) != seq;
}
#endif

/**
 * mmu_notifier_range_blockable() - whether a callback may sleep
 * @range: what the callback was given
 *
 * Return: true when it may sleep. Where it may not and would have to, invalidate_range_start()
 * returns -EAGAIN and invalidate() returns false. In this model it always may.
 */
static inline bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

#endif
