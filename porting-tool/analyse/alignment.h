/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_ALIGNMENT_H
#define MIGRATE_VMA_ALIGNMENT_H

#include "changes/migrate_vma/driver.h"

/**
 * range_needs_mask() - whether a call may be given a range that the two APIs count differently
 * @driver: the driver
 * @site: the call
 *
 * migrate_vma() masked both ends of the range before it counted pages; migrate_vma_setup() counts
 * first.  They differ when the start is not aligned to a page and the length is no multiple of one:
 * from 0x1800 to 0x2400 the first moves a page and the second returns -EINVAL.  A start that is
 * masked by the caller makes them the same.
 *
 * Return: whether the start has to be masked.
 */
bool range_needs_mask(const struct driver *driver, const struct site *site);

#endif
