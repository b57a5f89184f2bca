// SPDX-License-Identifier: GPL-2.0-only
/*
 * contiguous - a program's buffer moves to pages that are neighbours in memory.
 *
 * There is no device memory here: pages go from system memory to system memory.  The imagined
 * device has no scatter-gather list, so before it works on a buffer the pages of the buffer have to
 * lie side by side.  The driver takes a block of memory, and moves page after page into it while
 * the program runs.
 *
 * A buffer with a page that cannot move is of no use to such a device, so the driver leaves all of
 * it where it is.  That is decided before anything is copied, when all words of src are there.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
 */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/log2.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "../device-memory.h"
#include "contiguous-ioctl.h"

/**
 * struct contiguous_driver - the driver
 * @misc: its file in /dev
 * @lock: protects all members below
 * @blocks_to_fail: how many of the next blocks there is to be no memory for
 * @statistics: what the driver did so far
 */
struct contiguous_driver {
	struct miscdevice misc;
	struct mutex lock;
	unsigned long blocks_to_fail;
	struct contiguous_statistics statistics;
};

static struct contiguous_driver contiguous;

/**
 * struct contiguous_move - a buffer on its way
 * @moved: pages that have arrived
 * @run: those of them that have arrived without a gap from the first on
 * @no_memory: there was no block
 */
struct contiguous_move {
	unsigned long moved;
	unsigned long run;
	bool no_memory;
};

/* A block of single pages, each with a reference of its own, or NULL. */
static struct page *contiguous_alloc_block(unsigned int order)
{
	struct page *block = NULL;

	mutex_lock(&contiguous.lock);
	if (contiguous.blocks_to_fail)
		contiguous.blocks_to_fail--;
	else
		block = alloc_pages(GFP_HIGHUSER, order);
	if (block)
		contiguous.statistics.blocks++;
	else
		contiguous.statistics.no_blocks++;
	mutex_unlock(&contiguous.lock);

	if (block)
		split_page(block, order);
	return block;
}

static void contiguous_alloc_and_copy(const unsigned long *src,
				      unsigned long *dst,
				      unsigned long start,
				      unsigned long end,
				      struct contiguous_move *move)
{
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned int order = ilog2(roundup_pow_of_two(npages));
	struct page *block;
	unsigned long i;

	/* All or nothing: dst is still empty, so nothing will move. */
	for (i = 0; i < npages; i++) {
		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			return;
	}

	block = contiguous_alloc_block(order);
	if (!block) {
		move->no_memory = true;
		return;
	}

	for (i = 0; i < npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage = block + i;

		lock_page(dpage);
		if (spage)
			copy_highpage(dpage, spage);
		else
			clear_highpage(dpage);
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}

	/* What is left of the block nobody needs. */
	for (; i < 1UL << order; i++)
		__free_page(block + i);
}

static void contiguous_finalize_and_map(const unsigned long *src,
					const unsigned long *dst,
					unsigned long start,
					unsigned long end,
					struct contiguous_move *move)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (!dst[i] || !(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		if (move->run == i)
			move->run++;
		move->moved++;
	}

	mutex_lock(&contiguous.lock);
	contiguous.statistics.moved += move->moved;
	mutex_unlock(&contiguous.lock);
}

static int contiguous_make(struct contiguous_move *move, unsigned long start, unsigned long end)
{
	unsigned long src[CONTIGUOUS_MOST_PAGES], dst[CONTIGUOUS_MOST_PAGES];
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int ret;
	struct migrate_vma args = {
		.start	= start,
		.end	= end,
		.src	= src,
		.dst	= dst,
		.flags	= MIGRATE_VMA_SELECT_SYSTEM,
	};

	mmap_read_lock(mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	vma = find_vma(mm, start);
	args.vma = vma;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		contiguous_alloc_and_copy(args.src, args.dst, args.start, args.end, move);
		migrate_vma_pages(&args);
		contiguous_finalize_and_map(args.src, args.dst, args.start, args.end, move);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	if (ret)
		return ret;

	return move->no_memory ? -ENOMEM : 0;
}

static long contiguous_ioctl_make(void __user *argument)
{
	struct contiguous_move move = { 0 };
	struct contiguous_buffer buffer;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&buffer, argument, sizeof(buffer)))
		return -EFAULT;

	start = buffer.start;
	end = buffer.start + buffer.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start ||
	    end - start > CONTIGUOUS_MOST_PAGES << PAGE_SHIFT)
		return -EINVAL;

	ret = contiguous_make(&move, start, end);
	buffer.moved = move.moved;
	buffer.run = move.run;
	if (copy_to_user(argument, &buffer, sizeof(buffer)))
		return -EFAULT;

	return ret;
}

static long contiguous_ioctl_fail_blocks(unsigned long blocks)
{
	mutex_lock(&contiguous.lock);
	contiguous.blocks_to_fail = blocks;
	mutex_unlock(&contiguous.lock);

	return 0;
}

static long contiguous_ioctl_statistics(void __user *argument)
{
	struct contiguous_statistics statistics;

	mutex_lock(&contiguous.lock);
	statistics = contiguous.statistics;
	mutex_unlock(&contiguous.lock);

	return copy_to_user(argument, &statistics, sizeof(statistics)) ? -EFAULT : 0;
}

static long contiguous_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	switch (command) {
	case CONTIGUOUS_MAKE:
		return contiguous_ioctl_make((void __user *)argument);
	case CONTIGUOUS_FAIL_BLOCKS:
		return contiguous_ioctl_fail_blocks(argument);
	case CONTIGUOUS_STATISTICS:
		return contiguous_ioctl_statistics((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations contiguous_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= contiguous_ioctl,
};

static int __init contiguous_init(void)
{
	mutex_init(&contiguous.lock);
	contiguous.misc.minor = MISC_DYNAMIC_MINOR;
	contiguous.misc.name = "contiguous";
	contiguous.misc.fops = &contiguous_file_operations;

	return misc_register(&contiguous.misc);
}

static void __exit contiguous_exit(void)
{
	misc_deregister(&contiguous.misc);
}

module_init(contiguous_init);
module_exit(contiguous_exit);
MODULE_DESCRIPTION("Example: a program's buffer moves to pages that are neighbours in memory");
MODULE_LICENSE("GPL");
