/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-select.h - which pages a migration selects, as each release is told.
 */
#ifndef CONFORMANCE_SELECT_H
#define CONFORMANCE_SELECT_H

#include <linux/migrate.h>
#include <linux/version.h>

#include "conformance-describe.h"
#include "conformance-ioctl.h"

/**
 * select_pages() - what the program asks for, in the words of this release
 * @args: the migration
 * @migration: what the program asks for
 * @devices: the devices, A first
 */
static inline void select_pages(struct migrate_vma *args,
				const struct conformance_migration *migration,
				struct device_memory *devices)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	if (migration->select & SELECT_COHERENT)
		args->flags |= MIGRATE_VMA_SELECT_DEVICE_COHERENT;
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
	if (migration->select & SELECT_SYSTEM)
		args->flags |= MIGRATE_VMA_SELECT_SYSTEM;
	if (migration->select & SELECT_DEVICE)
		args->flags |= MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	args->pgmap_owner = owner_of(migration->owner, devices);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	if (migration->select & SELECT_DEVICE)
		args->src_owner = owner_of(migration->owner, devices);
#endif
}

#endif /* CONFORMANCE_SELECT_H */
