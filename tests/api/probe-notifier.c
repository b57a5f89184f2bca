// SPDX-License-Identifier: GPL-2.0-only
/* probe-notifier.c - the mmu notifiers of the probe driver write down what they hear */
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/version.h>

#include "probe-device.h"

static struct probe_events heard;
static struct mm_struct *watched;

static const char *event_name(const struct mmu_notifier_range *range)
{
	switch (range->event) {
	case MMU_NOTIFY_UNMAP:
		return "unmap";
	case MMU_NOTIFY_CLEAR:
		return "clear";
	case MMU_NOTIFY_PROTECTION_VMA:
	case MMU_NOTIFY_PROTECTION_PAGE:
		return "protection";
	case MMU_NOTIFY_RELEASE:
		return "release";
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	case MMU_NOTIFY_MIGRATE:
		return "migrate";
#endif
	default:
		return "other";
	}
}

static int owner_of(const struct mmu_notifier_range *range)
{
	const void *owner = NULL;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	owner = range->owner;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	owner = range->migrate_pgmap_owner;
#endif
	for (int i = 0; i < PROBE_DEVICES; i++)
		if (owner == &probe_memory[i])
			return i;
	return -1;
}

static void write_down(const struct mmu_notifier_range *range, const char *phase)
{
	struct probe_event *event;

	if (heard.count == PROBE_MOST_EVENTS)
		return;
	event = &heard.event[heard.count++];
	strscpy(event->what, event_name(range), sizeof(event->what));
	strscpy(event->phase, phase, sizeof(event->phase));
	event->start = range->start;
	event->end = range->end;
	event->owner = owner_of(range);
}

static int hear_start(struct mmu_notifier *notifier, const struct mmu_notifier_range *range)
{
	write_down(range, "start");
	return 0;
}

static void hear_end(struct mmu_notifier *notifier, const struct mmu_notifier_range *range)
{
	write_down(range, "end");
}

static void hear_release(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	struct mmu_notifier_range range = { .event = MMU_NOTIFY_RELEASE };

	write_down(&range, "start");
}

static const struct mmu_notifier_ops notifier_ops = {
	.invalidate_range_start = hear_start,
	.invalidate_range_end = hear_end,
	.release = hear_release,
};

static struct mmu_notifier notifier = { .ops = &notifier_ops };

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 5, 0)
static bool hear_interval(struct mmu_interval_notifier *interval,
			  const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	write_down(range, "interval");
	mmu_interval_set_seq(interval, cur_seq);
	return true;
}

static const struct mmu_interval_notifier_ops interval_ops = { .invalidate = hear_interval };
static struct mmu_interval_notifier interval;
#endif

long probe_watch(const struct probe_interval *where)
{
	int ret = mmu_notifier_register(&notifier, current->mm);

	if (ret)
		return ret;
	watched = current->mm;
	heard.count = 0;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 5, 0)
	ret = mmu_interval_notifier_insert(&interval, current->mm, where->start, where->length,
					   &interval_ops);
#endif
	return ret;
}

void probe_unwatch(void)
{
	if (!watched)
		return;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 5, 0)
	mmu_interval_notifier_remove(&interval);
#endif
	mmu_notifier_unregister(&notifier, watched);
	watched = NULL;
}

long probe_sequence(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 5, 0)
	return (long)mmu_interval_read_begin(&interval);
#else
	return -EOPNOTSUPP;
#endif
}

void probe_read_events(struct probe_events *events)
{
	*events = heard;
	heard.count = 0;
}
