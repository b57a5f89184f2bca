/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rmap.h - taking pages away from the CPU for a while
 *
 * Differs: of what Linux declares here only the calls for exclusive access are meant for drivers,
 * and only those are here.
 */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/mm.h>

#if RELEASE_EXCLUSIVE_ONE
/**
 * make_device_exclusive() - give a device a page for itself (6.15)
 * @mm: the address space
 * @addr: an address in the page, which is faulted in for writing
 * @owner: given to the notifiers with MMU_NOTIFY_EXCLUSIVE, so that the driver knows its own event
 * @foliop: for the folio of the page, which is locked and has a reference: the caller unlocks it
 *	and drops the reference when the device is ready
 *
 * The page stays where it is, and the CPU's entry for it is replaced. The next access of the CPU,
 * or of another device, announces MMU_NOTIFY_EXCLUSIVE and puts the entry back.
 *
 * Context: the caller holds the mmap lock for reading. May sleep.
 * Return: the page; ERR_PTR(-EFAULT) when there is no such page that can be written to;
 * ERR_PTR(-EOPNOTSUPP) when it is not anonymous.
 */
struct page *make_device_exclusive(struct mm_struct *mm, unsigned long addr, void *owner,
				   struct folio **foliop);
#elif RELEASE_EXCLUSIVE
/**
 * make_device_exclusive_range() - give a device pages for itself (5.14 to 6.14)
 * @mm: the address space
 * @start: page aligned first address
 * @end: page aligned address after the last
 * @pages: for the pages, one an address; NULL for those that could not be had
 * @owner: given to the notifiers with MMU_NOTIFY_EXCLUSIVE, so that the driver knows its own event
 *
 * Each page stays where it is, locked and with a reference that the caller drops, and the CPU's
 * entry for it is replaced. The next access of the CPU, or of another device, announces
 * MMU_NOTIFY_EXCLUSIVE and puts the entry back.
 *
 * Context: the caller holds the mmap lock for reading. May sleep.
 * Return: how many entries of @pages are set, NULL or not: less than asked for when an address
 * cannot be faulted in; -EFAULT when the first cannot.
 */
int make_device_exclusive_range(struct mm_struct *mm, unsigned long start, unsigned long end,
				struct page **pages, void *owner);
#endif

#endif
