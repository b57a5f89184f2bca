/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * notifier-events.h - what an event of a mmu notifier is called, and whose migration it is of.
 */
#ifndef CONFORMANCE_NOTIFIER_EVENTS_H
#define CONFORMANCE_NOTIFIER_EVENTS_H

#include <linux/mmu_notifier.h>
#include <linux/version.h>

static inline const char *notifier_event_name(const struct mmu_notifier_range *range)
{
	switch (range->event) {
	case MMU_NOTIFY_UNMAP:
		return "unmap";
	case MMU_NOTIFY_CLEAR:
		return "clear";
	case MMU_NOTIFY_PROTECTION_VMA:
		return "protection-vma";
	case MMU_NOTIFY_PROTECTION_PAGE:
		return "protection-page";
	case MMU_NOTIFY_SOFT_DIRTY:
		return "soft-dirty";
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	case MMU_NOTIFY_MIGRATE:
		return "migrate";
#endif
	default:
		return "another";
	}
}

/* NULL for an event that is not of a migration, or before migrations had owners. */
static inline void *notifier_event_owner(const struct mmu_notifier_range *range)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	if (range->event != MMU_NOTIFY_MIGRATE)
		return NULL;
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 14, 0)
	return range->owner;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	return range->migrate_pgmap_owner;
#else
	return NULL;
#endif
}

#endif /* CONFORMANCE_NOTIFIER_EVENTS_H */
