// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_notifier.c - telling drivers that page tables change
 *
 * mm->invalidate_seq is odd while a range is being invalidated and moves on to the next even
 * number afterwards, so that a driver can tell that it looked before, during or after.
 */
#include "core/core.h"
#include "kernel/wait.h"

void notifier_range_init(struct mmu_notifier_range *range, enum mmu_notifier_event event,
			 struct vm_area_struct *vma, struct mm_struct *mm, unsigned long start,
			 unsigned long end)
{
	*range = (struct mmu_notifier_range){
#if RELEASE_NOTIFIER_VMA
		.vma = vma,
#endif
		.mm = mm,
		.start = start,
		.end = end,
		.flags = MMU_NOTIFIER_RANGE_BLOCKABLE,
		.event = event,
	};
}

/* Says whose migration it is, in the releases that have a place for it. */
void notifier_range_set_owner(struct mmu_notifier_range *range, void *owner)
{
#if RELEASE_NOTIFIER_OWNER
	range->owner = owner;
#elif RELEASE_NOTIFY_MIGRATE
	range->migrate_pgmap_owner = owner;
#endif
}

#if RELEASE_INTERVAL_NOTIFIER
static void call_interval_notifiers(struct mmu_notifier_range *range)
{
	struct mmu_interval_notifier *sub, *next;

	list_for_each_entry_safe(sub, next, &range->mm->interval_notifiers, link)
		if (sub->start < range->end && range->start <= sub->last)
			sub->ops->invalidate(sub, range, range->mm->invalidate_seq);
}
#else
static void call_interval_notifiers(struct mmu_notifier_range *range)
{
}
#endif

void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range)
{
	struct mmu_notifier *sub;
	struct hlist_node *next;

	might_sleep();
	/* With threads a notifier may come before the end of the range. */
	if (!mm_has_notifiers(range->mm) && !tasks_can_wait)
		return;
	range->mm->invalidations++;
	range->mm->invalidate_seq |= 1;
	call_interval_notifiers(range);
	hlist_for_each_entry_safe(sub, next, &range->mm->notifiers, hlist)
		if (sub->ops->invalidate_range_start)
			sub->ops->invalidate_range_start(sub, range);
}

void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range)
{
	struct mmu_notifier *sub;

	if (!range->mm->invalidations)
		return;
	hlist_for_each_entry(sub, &range->mm->notifiers, hlist)
		if (sub->ops->invalidate_range_end)
			sub->ops->invalidate_range_end(sub, range);
	if (--range->mm->invalidations == 0)
		range->mm->invalidate_seq++;
	tasks_wake();
}

/* Whoever takes a notifier away waits until nobody can be calling it. */
static void wait_for_invalidations(struct mm_struct *mm)
{
	if (tasks_can_wait)
		task_wait_until(!mm->invalidations, "an invalidation");
}

/* Of all address spaces. */
static unsigned long registered;

int __mmu_notifier_register(struct mmu_notifier *sub, struct mm_struct *mm)
{
	lockdep_assert_held_write(mm_lock(mm));
	sub->mm = mm;
	sub->users = 1;
	mmgrab(mm);
	registered++;
	hlist_add_head(&sub->hlist, &mm->notifiers);
	return 0;
}

int mmu_notifier_register(struct mmu_notifier *sub, struct mm_struct *mm)
{
	int ret;

	down_write(mm_lock(mm));
	ret = __mmu_notifier_register(sub, mm);
	up_write(mm_lock(mm));
	return ret;
}

void mmu_notifier_unregister(struct mmu_notifier *sub, struct mm_struct *mm)
{
	wait_for_invalidations(mm);
	if (!hlist_unhashed(&sub->hlist)) {
		if (sub->ops->release)
			sub->ops->release(sub, mm);
		hlist_del_init(&sub->hlist);
		registered--;
	}
	mmdrop(mm);
}

#if RELEASE_INTERVAL_NOTIFIER
int mmu_interval_notifier_insert(struct mmu_interval_notifier *sub, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops)
{
	if (!length || start + length - 1 < start)
		return -EOVERFLOW;
	might_sleep();
	sub->mm = mm;
	sub->start = start;
	sub->last = start + length - 1;
	sub->ops = ops;
	if (!mm->invalidate_seq)
		mm->invalidate_seq = 2;
	sub->invalidate_seq = (mm->invalidate_seq - 1) | 1;
	mmgrab(mm);
	registered++;
	list_add_tail(&sub->link, &mm->interval_notifiers);
	return 0;
}

void mmu_interval_notifier_remove(struct mmu_interval_notifier *sub)
{
	might_sleep();
	wait_for_invalidations(sub->mm);
	if (!list_empty(&sub->link))
		registered--;
	list_del_init(&sub->link);
	mmdrop(sub->mm);
}

unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *sub)
{
	struct mm_struct *mm = sub->mm;

	might_sleep();
	if (tasks_can_wait)
		task_wait_until(!mm->invalidations || sub->invalidate_seq != mm->invalidate_seq,
				"an invalidation");
	if (mm->invalidations && sub->invalidate_seq == mm->invalidate_seq)
		rule_broken_fatal(RULE_WAIT_NEVER_ENDS,
				  "mmu_interval_read_begin() waits for an invalidation that the same task carries out");
	return sub->invalidate_seq;
}
#endif

/* The address space ends: every notifier hears of it while everything is still mapped. */
void mmu_notifiers_release(struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	if (!mm_has_notifiers(mm))
		return;
	notifier_range_init(&range, MMU_NOTIFY_RELEASE, NULL, mm, 0, ULONG_MAX);
	mm->invalidations++;
	mm->invalidate_seq |= 1;
	call_interval_notifiers(&range);
	if (--mm->invalidations == 0)
		mm->invalidate_seq++;

	while (!hlist_empty(&mm->notifiers)) {
		struct mmu_notifier *sub;

		sub = hlist_entry(mm->notifiers.first, struct mmu_notifier, hlist);
		hlist_del_init(&sub->hlist);
		registered--;
		if (sub->ops->release)
			sub->ops->release(sub, mm);
	}
}

static bool is_in(const void *notifier, const void *object, size_t size)
{
	return (const char *)notifier >= (const char *)object &&
	       (const char *)notifier < (const char *)object + size;
}

static void told_freed(const void *callback)
{
	rule_broken(RULE_NOTIFIER_LEFT,
		    "memory is freed that has a notifier in it, that of %pS; Linux would call it again, at the latest when the program ends",
		    (const char *)callback + 1);
}

/* Takes notifiers in memory that is freed off their lists, so that nobody finds them there. */
static void forget_notifiers_in(struct mm_struct *mm, const void *object, size_t size)
{
	struct mmu_notifier *sub;
	struct hlist_node *next;
#if RELEASE_INTERVAL_NOTIFIER
	struct mmu_interval_notifier *interval, *next_interval;
#endif

	mmgrab(mm);
#if RELEASE_INTERVAL_NOTIFIER
	list_for_each_entry_safe(interval, next_interval, &mm->interval_notifiers, link) {
		if (!is_in(interval, object, size))
			continue;
		told_freed(interval->ops->invalidate);
		list_del_init(&interval->link);
		registered--;
		mmdrop(mm);
	}
#endif
	hlist_for_each_entry_safe(sub, next, &mm->notifiers, hlist) {
		if (!is_in(sub, object, size))
			continue;
		told_freed(sub->ops->invalidate_range_start);
		hlist_del_init(&sub->hlist);
		registered--;
		mmdrop(mm);
	}
	mmdrop(mm);
}

/* Memory of the driver is about to be freed. */
void mmu_notifiers_object_gone(const void *object, size_t size)
{
	struct mm_struct *mm, *next;

	if (likely(!registered))
		return;
	list_for_each_entry_safe(mm, next, &all_mms, all)
		forget_notifiers_in(mm, object, size);
}

/* A function of the driver's by which its author knows the notifier. */
static const void *function_of_notifier(const struct mm_struct *mm)
{
#if RELEASE_INTERVAL_NOTIFIER
	if (!list_empty(&mm->interval_notifiers))
		return list_first_entry(&mm->interval_notifiers, struct mmu_interval_notifier,
					link)->ops->invalidate;
#endif
	return hlist_entry(mm->notifiers.first, struct mmu_notifier, hlist)->ops->invalidate_range_start;
}

void mmu_notifiers_check_gone(struct mm_struct *mm)
{
	if (mm_has_notifiers(mm))
		rule_broken(RULE_NOTIFIER_LEFT,
			    "an address space goes that still has a notifier, that of %pS",
			    (const char *)function_of_notifier(mm) + 1);
}
