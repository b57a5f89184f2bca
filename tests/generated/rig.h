/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rig.h - what all generated drivers have in common: device memory, a file in /dev, and notes of
 * everything that a wrong port could change.
 *
 * It stands for the private headers of a driver: migrate-vma does not get to see it, compilers do.
 */
#ifndef GENERATED_RIG_H
#define GENERATED_RIG_H

#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "device-memory.h"
#include "rig-ioctl.h"

/* Moves a range of one mapping; called with the mmap lock held for reading. */
typedef long (*rig_move_t)(struct vm_area_struct *vma, unsigned long start, unsigned long end);

struct rig_site {
	const char *name;
	rig_move_t move;
	enum rig_direction direction;
	unsigned long max_pages;
};

/**
 * struct rig - a device
 * @memory: its memory; the driver fills in pagemap.type, pagemap.ops and pagemap.owner
 * @misc: its file in /dev
 * @sites: what the program can ask for
 * @nr_sites: how many
 * @failures: what is to go wrong
 * @copies: how many pages were copied, or were to be
 * @asked: how often rig_ask() was called
 * @mute: no notes are taken
 * @log: the notes
 * @log_used: how much of @log
 */
struct rig {
	struct device_memory memory;
	struct miscdevice misc;
	const struct rig_site *sites;
	unsigned long nr_sites;
	struct rig_failures failures;
	unsigned long copies;
	unsigned long asked;
	bool mute;
	struct rig_log log;
	size_t log_used;
};

/* The one rig there is. */
static struct rig *rig_of_file __maybe_unused;

/* Notes something that has to be the same before and after a port. */
static inline void rig_note(struct rig *rig, const char *what, long value)
{
	size_t room = sizeof(rig->log.text) - rig->log_used;
	int length;

	if (rig->mute)
		return;
	length = snprintf(rig->log.text + rig->log_used, room, "%s %ld\n", what, value);
	if (length > 0 && (size_t)length < room)
		rig->log_used += length;
	else
		rig->log.text[rig->log_used] = '\0';
}

/* Notes a value and returns it, as an expression whose evaluation can be seen. */
static inline long rig_say(struct rig *rig, const char *what, long value)
{
	rig_note(rig, what, value);
	return value;
}

/* Notes that it was asked and says yes two times of three, so that its calls can be counted. */
static inline bool rig_ask(struct rig *rig, const char *what)
{
	bool yes = rig->asked++ % 3 != 1;

	rig_note(rig, what, yes);
	return yes;
}

/* Changes a range behind a pointer: takes its first page away when there are three or more. */
static inline void rig_trim(struct rig *rig, unsigned long *start, unsigned long end)
{
	if (end > *start && end - *start >= 3 * PAGE_SIZE)
		*start += PAGE_SIZE;
	rig_note(rig, "trim", *start >> PAGE_SHIFT);
}

/* A macro that looks like a function and writes the variable it gets. */
#define rig_skip(_start, _end) do { \
	if ((_end) > (_start) && (_end) - (_start) >= 3 * PAGE_SIZE) \
		(_start) += PAGE_SIZE; \
} while (0)

static inline bool rig_fails(__u64 *failures)
{
	bool fails = *failures & 1;

	*failures >>= 1;
	return fails;
}

/* A free page of the device, locked and with a reference; NULL when there is none. */
static inline struct page *rig_alloc(struct rig *rig)
{
	if (rig_fails(&rig->failures.pages))
		return NULL;
	return device_memory_alloc(&rig->memory);
}

/* Gives back a page of either kind that a migration was to use. */
static inline void rig_release(struct page *page)
{
	unlock_page(page);
	put_page(page);
}

/* Copies a page, either of which may be on the device; without @from it clears @to. */
static inline int rig_copy(struct rig *rig, struct page *to, struct page *from)
{
	rig->copies++;
	if (rig_fails(&rig->failures.copies))
		return -EIO;
	if (is_device_private_page(to))
		to = device_memory_backing(to);
	if (from && is_device_private_page(from))
		from = device_memory_backing(from);
	if (from)
		copy_highpage(to, from);
	else
		clear_highpage(to);
	return 0;
}

static inline long rig_ioctl_sites(struct rig *rig, void __user *argument)
{
	static struct rig_sites sites;
	unsigned long i;

	sites.count = rig->nr_sites;
	for (i = 0; i < rig->nr_sites; i++) {
		snprintf(sites.site[i].name, RIG_NAME_SIZE, "%s", rig->sites[i].name);
		sites.site[i].direction = rig->sites[i].direction;
		sites.site[i].max_pages = rig->sites[i].max_pages;
	}
	return copy_to_user(argument, &sites, sizeof(sites)) ? -EFAULT : 0;
}

static inline long rig_ioctl_move(struct rig *rig, void __user *argument)
{
	struct mm_struct *mm = current->mm;
	struct rig_range range;
	struct vm_area_struct *vma;
	long ret = -EFAULT;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;
	if (range.site >= rig->nr_sites)
		return -ENOENT;
	mmap_read_lock(mm);
	vma = find_vma(mm, range.start);
	if (vma && vma->vm_start <= range.start)
		ret = rig->sites[range.site].move(vma, range.start, range.start + range.length);
	mmap_read_unlock(mm);
	return ret;
}

static inline long rig_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct rig *rig = rig_of_file;

	switch (command) {
	case RIG_SITES:
		return rig_ioctl_sites(rig, (void __user *)argument);
	case RIG_MOVE:
		return rig_ioctl_move(rig, (void __user *)argument);
	case RIG_FAIL:
		if (copy_from_user(&rig->failures, (void __user *)argument, sizeof(rig->failures)))
			return -EFAULT;
		return 0;
	case RIG_LOG:
		if (copy_to_user((void __user *)argument, &rig->log, sizeof(rig->log)))
			return -EFAULT;
		rig->log_used = 0;
		rig->log.text[0] = '\0';
		return 0;
	case RIG_MUTE:
		rig->mute = argument;
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations rig_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= rig_ioctl,
};

/* Sets up @pages pages of memory for @rig, as its pagemap says, and the file. */
static inline int rig_register(struct rig *rig, const struct rig_site *sites,
			       unsigned long nr_sites, unsigned long pages)
{
	int ret = device_memory_create(&rig->memory, pages);

	if (ret)
		return ret;
	rig->sites = sites;
	rig->nr_sites = nr_sites;
	rig->misc.minor = MISC_DYNAMIC_MINOR;
	rig->misc.name = "rig";
	rig->misc.fops = &rig_file_operations;
	rig_of_file = rig;
	ret = misc_register(&rig->misc);
	if (ret)
		device_memory_destroy(&rig->memory);
	return ret;
}

static inline void rig_unregister(struct rig *rig)
{
	misc_deregister(&rig->misc);
	device_memory_destroy(&rig->memory);
}

#endif /* GENERATED_RIG_H */
