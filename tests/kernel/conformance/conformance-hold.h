/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-hold.h - what keeps a page from moving: its lock, or a reference to a device page.
 */
#ifndef CONFORMANCE_HOLD_H
#define CONFORMANCE_HOLD_H

#include <linux/mm.h>
#include <linux/pagemap.h>

static struct page *locked_page, *held_page;

/* The device page that was given out last. */
static struct page *hold_next;

/* The reference is dropped at once: the program keeps the page, and the lock stays. */
static inline long conformance_ioctl_lock(unsigned long address)
{
	struct page *page;

	if (locked_page || get_user_pages_fast(address, 1, 0, &page) != 1)
		return -EFAULT;
	lock_page(page);
	put_page(page);
	locked_page = page;
	return 0;
}

static inline long conformance_ioctl_unlock(void)
{
	if (!locked_page)
		return -EINVAL;
	unlock_page(locked_page);
	locked_page = NULL;
	return 0;
}

static inline long conformance_ioctl_get(void)
{
	if (held_page || !hold_next)
		return -EINVAL;
	held_page = hold_next;
	get_page(held_page);
	return 0;
}

static inline long conformance_ioctl_put(void)
{
	if (!held_page)
		return -EINVAL;
	put_page(held_page);
	held_page = NULL;
	return 0;
}

#endif /* CONFORMANCE_HOLD_H */
