/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * card.h - what the drivers of the shapes have in common: device memory and a file in /dev.
 *
 * It stands for the private headers of a driver.  migrate-vma is run without it, as it is run on
 * most drivers; compilers get it.  A shape fills in its struct card and calls card_register() with
 * the function that moves a range of a program's memory to the card.
 */
#ifndef SHAPES_CARD_H
#define SHAPES_CARD_H

#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "device-memory.h"
#include "card-ioctl.h"

#define CARD_PAGES	64

struct card;

/* Moves a range of one mapping; called with the mmap lock held for reading. */
typedef long (*card_move_t)(struct vm_area_struct *vma, unsigned long start, unsigned long end);

/**
 * struct card - a device
 * @memory: its memory; the driver fills in pagemap.type, pagemap.ops and pagemap.owner
 * @misc: its file in /dev
 * @move: what CARD_MOVE does
 * @fail: how many of the next copies are to fail
 * @log: notes of the driver
 * @log_used: how much of @log
 */
struct card {
	struct device_memory memory;
	struct miscdevice misc;
	card_move_t move;
	unsigned long fail;
	struct card_log log;
	size_t log_used;
};

/* The one card there is. */
static struct card *card_of_file;

/* Notes something that has to be the same before and after a port. */
static inline void card_note(struct card *card, const char *what, unsigned long value)
{
	size_t room = sizeof(card->log.text) - card->log_used;
	int length = snprintf(card->log.text + card->log_used, room, "%s %lu\n", what, value);

	if (length > 0 && (size_t)length < room)
		card->log_used += length;
	else
		card->log.text[card->log_used] = '\0';
}

static inline struct card *card_of_page(struct page *page)
{
	return container_of(device_memory_of(page), struct card, memory);
}

/* A free page of the card, locked and with a reference; NULL when there is none. */
static inline struct page *card_alloc(struct card *card)
{
	return device_memory_alloc(&card->memory);
}

/* Gives back a page of either kind that a migration was to use. */
static inline void card_release(struct page *page)
{
	unlock_page(page);
	put_page(page);
}

/* Copies a page, either of which may be on the card; without @from it clears @to. */
static inline int card_copy(struct card *card, struct page *to, struct page *from)
{
	if (card->fail) {
		card->fail--;
		return -EIO;
	}
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

/* One page back, for shapes that are about the way to the card. */
static inline void card_fill_back(struct vm_area_struct *vma, unsigned long addr,
				  const unsigned long *src, unsigned long *dst, int *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, addr);
	if (!dpage) {
		*failed = 1;
		return;
	}
	lock_page(dpage);
	if (card_copy(card_of_page(spage), dpage, spage)) {
		card_release(dpage);
		*failed = 1;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
#ifdef MIGRATE_PFN_LOCKED
	*dst |= MIGRATE_PFN_LOCKED;
#endif
}

/* Pages to the card, for shapes that are about the way back. */
static inline void card_fill(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	struct card *card = card_of_file;
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
#ifdef MIGRATE_PFN_LOCKED
		dst[i] |= MIGRATE_PFN_LOCKED;
#endif
	}
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
static inline void card_back_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					    unsigned long *dst, unsigned long start,
					    unsigned long end, void *private)
{
	card_fill_back(vma, start, src, dst, private);
}

static inline void card_back_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					      const unsigned long *dst, unsigned long start,
					      unsigned long end, void *private)
{
}

static inline void card_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start,
				       unsigned long end, void *private)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static inline long card_to_device(struct vm_area_struct *vma, unsigned long start,
				  unsigned long end)
{
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= card_alloc_and_copy,
		.finalize_and_map	= card_back_finalize_and_map,
	};
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	return migrate_vma(&ops, vma, start, end, src, dst, NULL);
}

static inline vm_fault_t card_migrate_to_ram(struct vm_fault *vmf)
{
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= card_back_alloc_and_copy,
		.finalize_and_map	= card_back_finalize_and_map,
	};
	unsigned long src = 0, dst = 0;
	int failed = 0;

	if (migrate_vma(&ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			&failed) || failed)
		return VM_FAULT_SIGBUS;
	return 0;
}
#else
static inline long card_to_device(struct vm_area_struct *vma, unsigned long start,
				  unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
		.pgmap_owner	= card_of_file->memory.pagemap.owner,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
#endif
	};

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	if (migrate_vma_setup(&args))
		return -EINVAL;
	if (args.cpages) {
		card_fill(src, dst, args.npages);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static inline vm_fault_t card_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int failed = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
		.pgmap_owner	= card_of_page(vmf->page)->memory.pagemap.owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
		.src_owner	= card_of_page(vmf->page)->memory.pagemap.owner,
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
		.fault_page	= vmf->page,
#endif
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		card_fill_back(args.vma, args.start, &src, &dst, &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return failed ? VM_FAULT_SIGBUS : 0;
}
#endif

static inline long card_ioctl_move(struct card *card, void __user *argument)
{
	struct mm_struct *mm = current->mm;
	struct card_range range;
	struct vm_area_struct *vma;
	long ret = -EFAULT;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;
	mmap_read_lock(mm);
	vma = find_vma(mm, range.start);
	if (vma && vma->vm_start <= range.start)
		ret = card->move(vma, range.start, range.start + range.length);
	mmap_read_unlock(mm);
	return ret;
}

static inline long card_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct card *card = card_of_file;

	switch (command) {
	case CARD_MOVE:
		return card_ioctl_move(card, (void __user *)argument);
	case CARD_FAIL:
		card->fail = argument;
		return 0;
	case CARD_LOG:
		if (copy_to_user((void __user *)argument, &card->log, sizeof(card->log)))
			return -EFAULT;
		card->log_used = 0;
		card->log.text[0] = '\0';
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations card_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= card_ioctl,
};

/* Sets up the memory of @card, as its pagemap says, and the file. */
static inline int card_register(struct card *card, card_move_t move)
{
	int ret = device_memory_create(&card->memory, CARD_PAGES);

	if (ret)
		return ret;
	card->move = move;
	card->misc.minor = MISC_DYNAMIC_MINOR;
	card->misc.name = "card";
	card->misc.fops = &card_file_operations;
	card_of_file = card;
	ret = misc_register(&card->misc);
	if (ret)
		device_memory_destroy(&card->memory);
	return ret;
}

static inline void card_unregister(struct card *card)
{
	misc_deregister(&card->misc);
	device_memory_destroy(&card->memory);
}

/* The rest of a module: @init is its function for module_init(). */
#define card_module(card, init)				\
	static void __exit card_module_exit(void)	\
	{						\
		card_unregister(&(card));		\
	}						\
	module_init(init);				\
	module_exit(card_module_exit);			\
	MODULE_LICENSE("GPL")

#endif /* SHAPES_CARD_H */
