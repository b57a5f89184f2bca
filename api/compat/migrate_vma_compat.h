/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * migrate_vma_compat.h - the migrate_vma() of Linux 5.3 and earlier, for the kernels after it
 *
 * It keeps a callback driver alive until it is ported.  The driver's code stays as it is: copy this
 * file next to it and say in its Kbuild file
 *
 *	CFLAGS_driver.o += -include $(src)/migrate_vma_compat.h
 *
 * or include it in the driver after every other header.  Only migrate_vma() is brought back; what
 * else changed between 5.3 and the kernel at hand, such as how device memory is set up, is left to
 * the driver.  On a kernel that has migrate_vma() this file does nothing.
 *
 * The three calls need to be told more than migrate_vma() was: from 5.7 on who owns the device
 * memory, from 6.1 on which page the CPU faulted on.  Both are found out without the driver's help:
 * memremap_pages() and devm_memremap_pages() become macros that note the owner, and that put a
 * function before the driver's migrate_to_ram() which notes the page.  That is why
 *
 *  - the source file that calls migrate_vma() is the one that calls memremap_pages(),
 *  - migrate_to_ram() calls migrate_vma() itself, not through another thread,
 *  - all device private memory that the file sets up has the same owner, or none.
 *
 * What breaks one of these rules is told in the kernel log and fails.  A driver without device
 * memory, which moves pages within system memory only, defines MIGRATE_VMA_COMPAT_NO_DEVICE_MEMORY
 * before this.
 *
 * What a kernel has is taken from its release number.  For a vendor's kernel that took something
 * over from a later one, define the MIGRATE_VMA_COMPAT_HAS_ macros below to 0 or 1 before this.
 */
#ifndef MIGRATE_VMA_COMPAT_H
#define MIGRATE_VMA_COMPAT_H

#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/version.h>

/**
 * define MIGRATE_VMA_COMPAT_HAS_CALLBACKS - the kernel has migrate_vma() itself
 *
 * Then this file does nothing.  By default until 5.3.
 */
#ifndef MIGRATE_VMA_COMPAT_HAS_CALLBACKS
#define MIGRATE_VMA_COMPAT_HAS_CALLBACKS (LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0))
#endif

/**
 * define MIGRATE_VMA_COMPAT_HAS_OWNER - struct dev_pagemap has a member owner
 *
 * By default from 5.7 on.
 */
#ifndef MIGRATE_VMA_COMPAT_HAS_OWNER
#define MIGRATE_VMA_COMPAT_HAS_OWNER	(LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0))
#endif

/**
 * define MIGRATE_VMA_COMPAT_HAS_FLAGS - struct migrate_vma has members flags and pgmap_owner
 *
 * By default from 5.9 on.  Where they are missing, src_owner stands for both.
 */
#ifndef MIGRATE_VMA_COMPAT_HAS_FLAGS
#define MIGRATE_VMA_COMPAT_HAS_FLAGS	(LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0))
#endif

/**
 * define MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE - struct migrate_vma has a member fault_page
 *
 * By default from 6.1 on.
 */
#ifndef MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE
#define MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0))
#endif

#if !MIGRATE_VMA_COMPAT_HAS_CALLBACKS

/*
 * The flags of a word that the kernel does not have any more get bits that it does not use, so that
 * the driver finds in src what it used to find there, and in dst what it wrote itself.
 */

/**
 * define MIGRATE_PFN_DEVICE - the page is device private memory
 *
 * In src: set by migrate_vma() before it calls alloc_and_copy().  In dst: without a meaning, as
 * before.  It is bit 2 or 4, whichever is free: 6.19 gave bit 4 to MIGRATE_PFN_COMPOUND, and
 * bit 2 was that of MIGRATE_PFN_LOCKED until 5.15.
 */
#ifdef MIGRATE_PFN_LOCKED
#define MIGRATE_PFN_DEVICE	(1UL << 4)
#else
#define MIGRATE_PFN_DEVICE	(1UL << 2)
#endif

/**
 * define MIGRATE_PFN_ERROR - the driver failed
 *
 * Only in dst, from the driver to itself.  The kernel sees an entry without a page.
 */
#define MIGRATE_PFN_ERROR	(1UL << 5)

#ifndef MIGRATE_PFN_LOCKED
/**
 * define MIGRATE_PFN_LOCKED - the page is locked
 *
 * No bit at all where the kernel does without it.  The page must be locked all the same.
 */
#define MIGRATE_PFN_LOCKED	0UL
#endif

/**
 * struct migrate_vma_ops - the driver's two parts of a migration
 * @alloc_and_copy: called after the pages of the range are collected, locked and unmapped, to give
 *	those it wants to move a destination in dst, and to copy
 * @finalize_and_map: called after it is known what moved, while all pages are still locked
 *
 * As in Linux 5.3.  Neither is called when no page of the range can move.
 */
struct migrate_vma_ops {
	void (*alloc_and_copy)(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private);
	void (*finalize_and_map)(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private);
};

#if MIGRATE_VMA_COMPAT_HAS_OWNER

/*
 * struct migrate_vma_compat - what is known about this source file's device memory
 * @lock: protects the members below
 * @owner: the owner of all of it, NULL as long as there is none
 * @faults: the calls of migrate_to_ram() that are going on
 */
struct migrate_vma_compat {
	spinlock_t lock;
	void *owner;
	struct list_head faults;
};

static struct migrate_vma_compat migrate_vma_compat = {
	.lock	= __SPIN_LOCK_UNLOCKED(migrate_vma_compat.lock),
	.faults	= LIST_HEAD_INIT(migrate_vma_compat.faults),
};

/* All memory has one owner: the driver's if it names one, else the address of the above. */
static inline int migrate_vma_compat_set_owner(struct dev_pagemap *pgmap)
{
	int ret = 0;

	spin_lock(&migrate_vma_compat.lock);
	if (!pgmap->owner)
		pgmap->owner = &migrate_vma_compat;
	if (!migrate_vma_compat.owner)
		migrate_vma_compat.owner = pgmap->owner;
	if (migrate_vma_compat.owner != pgmap->owner)
		ret = -EINVAL;
	spin_unlock(&migrate_vma_compat.lock);

	WARN_ONCE(ret, "migrate_vma_compat.h: device memory of a second owner\n");
	return ret;
}

static inline void *migrate_vma_compat_owner(void)
{
	void *owner;

	spin_lock(&migrate_vma_compat.lock);
	owner = migrate_vma_compat.owner;
	spin_unlock(&migrate_vma_compat.lock);

#ifdef MIGRATE_VMA_COMPAT_NO_DEVICE_MEMORY
	/* No page has this owner. */
	if (!owner)
		owner = &migrate_vma_compat;
#endif
	WARN_ONCE(!owner, "migrate_vma_compat.h: no memremap_pages() in the file of migrate_vma()\n");
	return owner;
}

#if MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE

/*
 * struct migrate_vma_compat_ops - the operations of a struct dev_pagemap, with ours before the
 *	driver's
 * @ops: what the kernel calls
 * @driver: what the driver gave
 */
struct migrate_vma_compat_ops {
	struct dev_pagemap_ops ops;
	const struct dev_pagemap_ops *driver;
};

/*
 * struct migrate_vma_compat_fault - one call of migrate_to_ram()
 * @link: in migrate_vma_compat.faults
 * @task: who faulted
 * @vmf: on what
 */
struct migrate_vma_compat_fault {
	struct list_head link;
	struct task_struct *task;
	struct vm_fault *vmf;
};

static inline struct migrate_vma_compat_ops *
migrate_vma_compat_ops(const struct dev_pagemap *pgmap)
{
	return container_of(pgmap->ops, struct migrate_vma_compat_ops, ops);
}

static vm_fault_t migrate_vma_compat_to_ram(struct vm_fault *vmf)
{
	struct migrate_vma_compat_fault fault = { .task = current, .vmf = vmf };
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
	const struct dev_pagemap *pgmap = page_pgmap(vmf->page);
#else
	const struct dev_pagemap *pgmap = vmf->page->pgmap;
#endif
	vm_fault_t ret;

	spin_lock(&migrate_vma_compat.lock);
	list_add(&fault.link, &migrate_vma_compat.faults);
	spin_unlock(&migrate_vma_compat.lock);

	ret = migrate_vma_compat_ops(pgmap)->driver->migrate_to_ram(vmf);

	spin_lock(&migrate_vma_compat.lock);
	list_del(&fault.link);
	spin_unlock(&migrate_vma_compat.lock);

	return ret;
}

/* The page that the calling thread faulted on, if it lies in the range. */
static inline struct page *migrate_vma_compat_fault_page(const struct vm_area_struct *vma,
							 unsigned long start, unsigned long end)
{
	struct migrate_vma_compat_fault *fault;
	struct page *page = NULL;

	spin_lock(&migrate_vma_compat.lock);
	list_for_each_entry(fault, &migrate_vma_compat.faults, link) {
		if (fault->task == current && fault->vmf->vma == vma &&
		    fault->vmf->address >= start && fault->vmf->address < end) {
			page = fault->vmf->page;
			break;
		}
	}
	spin_unlock(&migrate_vma_compat.lock);

	return page;
}

static inline void migrate_vma_compat_replace_ops(struct dev_pagemap *pgmap,
						  struct migrate_vma_compat_ops *ops)
{
	ops->ops = *pgmap->ops;
	ops->driver = pgmap->ops;
	ops->ops.migrate_to_ram = migrate_vma_compat_to_ram;
	pgmap->ops = &ops->ops;
}

static inline struct migrate_vma_compat_ops *
migrate_vma_compat_restore_ops(struct dev_pagemap *pgmap)
{
	struct migrate_vma_compat_ops *ops = migrate_vma_compat_ops(pgmap);

	pgmap->ops = ops->driver;
	return ops;
}

static inline bool migrate_vma_compat_concerns(const struct dev_pagemap *pgmap)
{
	return pgmap->type == MEMORY_DEVICE_PRIVATE && pgmap->ops && pgmap->ops->migrate_to_ram;
}

static inline void *migrate_vma_compat_memremap_pages(struct dev_pagemap *pgmap, int nid)
{
	struct migrate_vma_compat_ops *ops;
	void *address;

	if (!migrate_vma_compat_concerns(pgmap))
		return memremap_pages(pgmap, nid);
	if (migrate_vma_compat_set_owner(pgmap))
		return ERR_PTR(-EINVAL);
	ops = kzalloc(sizeof(*ops), GFP_KERNEL);
	if (!ops)
		return ERR_PTR(-ENOMEM);

	migrate_vma_compat_replace_ops(pgmap, ops);
	address = memremap_pages(pgmap, nid);
	if (IS_ERR(address))
		kfree(migrate_vma_compat_restore_ops(pgmap));
	return address;
}

static inline void migrate_vma_compat_memunmap_pages(struct dev_pagemap *pgmap)
{
	bool concerned = migrate_vma_compat_concerns(pgmap);

	memunmap_pages(pgmap);
	if (concerned)
		kfree(migrate_vma_compat_restore_ops(pgmap));
}

/* The operations are freed after the memory when the device goes, which is the order devm keeps. */
static inline void *migrate_vma_compat_devm_memremap_pages(struct device *dev,
							   struct dev_pagemap *pgmap)
{
	struct migrate_vma_compat_ops *ops;
	void *address;

	if (!migrate_vma_compat_concerns(pgmap))
		return devm_memremap_pages(dev, pgmap);
	if (migrate_vma_compat_set_owner(pgmap))
		return ERR_PTR(-EINVAL);
	ops = devm_kzalloc(dev, sizeof(*ops), GFP_KERNEL);
	if (!ops)
		return ERR_PTR(-ENOMEM);

	migrate_vma_compat_replace_ops(pgmap, ops);
	address = devm_memremap_pages(dev, pgmap);
	if (IS_ERR(address))
		devm_kfree(dev, migrate_vma_compat_restore_ops(pgmap));
	return address;
}

static inline void migrate_vma_compat_devm_memunmap_pages(struct device *dev,
							  struct dev_pagemap *pgmap)
{
	bool concerned = migrate_vma_compat_concerns(pgmap);

	devm_memunmap_pages(dev, pgmap);
	if (concerned)
		devm_kfree(dev, migrate_vma_compat_restore_ops(pgmap));
}

#define memunmap_pages(pgmap)		migrate_vma_compat_memunmap_pages(pgmap)
#define devm_memunmap_pages(dev, pgmap)	migrate_vma_compat_devm_memunmap_pages(dev, pgmap)

#else /* !MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE */

static inline void *migrate_vma_compat_memremap_pages(struct dev_pagemap *pgmap, int nid)
{
	if (pgmap->type == MEMORY_DEVICE_PRIVATE && migrate_vma_compat_set_owner(pgmap))
		return ERR_PTR(-EINVAL);
	return memremap_pages(pgmap, nid);
}

static inline void *migrate_vma_compat_devm_memremap_pages(struct device *dev,
							   struct dev_pagemap *pgmap)
{
	if (pgmap->type == MEMORY_DEVICE_PRIVATE && migrate_vma_compat_set_owner(pgmap))
		return ERR_PTR(-EINVAL);
	return devm_memremap_pages(dev, pgmap);
}

#endif /* MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE */

#define memremap_pages(pgmap, nid)	migrate_vma_compat_memremap_pages(pgmap, nid)
#define devm_memremap_pages(dev, pgmap)	migrate_vma_compat_devm_memremap_pages(dev, pgmap)

#endif /* MIGRATE_VMA_COMPAT_HAS_OWNER */

/* In src, what the kernel does not say any more. */
static inline void migrate_vma_compat_mark_device_pages(unsigned long *src, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(src[i]);

		if (page && is_device_private_page(page))
			src[i] |= MIGRATE_PFN_DEVICE;
	}
}

#if MIGRATE_VMA_COMPAT_HAS_OWNER && !MIGRATE_VMA_COMPAT_HAS_FLAGS

/*
 * 5.7 and 5.8 collect either pages of system memory or pages of the device.  Two migrations of the
 * same range collect both, and each goes on with the entries that are its own; the driver is shown
 * the two as one.  If there is no memory for that, no page moves, which may happen at any time.
 */
struct migrate_vma_compat_pair {
	struct migrate_vma system;
	struct migrate_vma device;
};

static inline bool migrate_vma_compat_is_system(const struct migrate_vma_compat_pair *pair,
						unsigned long i)
{
	return pair->system.src[i] & MIGRATE_PFN_MIGRATE;
}

static inline int migrate_vma_compat_setup(struct migrate_vma_compat_pair *pair,
					   struct vm_area_struct *vma, unsigned long start,
					   unsigned long end, unsigned long *src)
{
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned long *words = pair->system.src;
	unsigned long i;
	int ret;

	pair->system = (struct migrate_vma) { .vma = vma, .start = start, .end = end,
					      .src = words, .dst = words + npages };
	pair->device = (struct migrate_vma) { .vma = vma, .start = start, .end = end,
					      .src = words + 2 * npages, .dst = words + 3 * npages,
					      .src_owner = migrate_vma_compat_owner() };
	ret = pair->device.src_owner ? migrate_vma_setup(&pair->system) : -EINVAL;
	if (!ret)
		ret = migrate_vma_setup(&pair->device);
	if (ret)
		return ret;

	/* Both collect holes, and nothing is held for a hole. */
	for (i = 0; i < npages; i++) {
		if (migrate_vma_compat_is_system(pair, i))
			pair->device.src[i] = 0;
		src[i] = pair->system.src[i] | pair->device.src[i];
	}
	return 0;
}

static inline void migrate_vma_compat_pages(struct migrate_vma_compat_pair *pair,
					    unsigned long *src, const unsigned long *dst)
{
	unsigned long npages = pair->system.npages;
	unsigned long i;

	for (i = 0; i < npages; i++) {
		if (migrate_vma_compat_is_system(pair, i))
			pair->system.dst[i] = dst[i];
		else
			pair->device.dst[i] = dst[i];
	}
	migrate_vma_pages(&pair->system);
	migrate_vma_pages(&pair->device);
	for (i = 0; i < npages; i++) {
		if (!((pair->system.src[i] | pair->device.src[i]) & MIGRATE_PFN_MIGRATE))
			src[i] &= ~MIGRATE_PFN_MIGRATE;
	}
}

static __maybe_unused int migrate_vma(const struct migrate_vma_ops *ops,
				      struct vm_area_struct *vma, unsigned long start,
				      unsigned long end, unsigned long *src, unsigned long *dst,
				      void *private)
{
	struct migrate_vma_compat_pair pair;
	unsigned long npages;
	int ret;

	start &= PAGE_MASK;
	end &= PAGE_MASK;
	if (!ops || !src || !dst || start >= end || !vma || start < vma->vm_start ||
	    end > vma->vm_end)
		return -EINVAL;

	npages = (end - start) >> PAGE_SHIFT;
	memset(src, 0, npages * sizeof(*src));
	memset(dst, 0, npages * sizeof(*dst));
	pair.system.src = kvcalloc(npages, 4 * sizeof(*src), GFP_KERNEL);
	if (!pair.system.src)
		return 0;

	ret = migrate_vma_compat_setup(&pair, vma, start, end, src);
	if (!ret && (pair.system.cpages || pair.device.cpages)) {
		migrate_vma_compat_mark_device_pages(src, npages);
		ops->alloc_and_copy(vma, src, dst, start, end, private);
		migrate_vma_compat_pages(&pair, src, dst);
		ops->finalize_and_map(vma, src, dst, start, end, private);
		migrate_vma_finalize(&pair.system);
		migrate_vma_finalize(&pair.device);
	}
	kvfree(pair.system.src);
	return ret;
}

#else

/**
 * migrate_vma() - migrate a range of one mapping through callbacks
 * @ops: the driver's callbacks, needed until the call returns
 * @vma: the mapping
 * @start: first address; rounded down to a page
 * @end: the address after the last; rounded down to a page
 * @src: array of the caller with one word a page; its contents on entry do not matter
 * @dst: array of the caller with one word a page; cleared before the first callback
 * @private: passed to the callbacks
 *
 * As Linux 5.3 did it, out of migrate_vma_setup(), migrate_vma_pages() and migrate_vma_finalize().
 * Pages of system memory and of the driver's device memory are collected alike, in both directions;
 * those of other drivers' memory are not, where the kernel can tell them (5.7).  Empty entries of
 * mappings of a file, which never moved, are not offered any more (5.9).
 *
 * Context: the caller holds @vma's mmap lock (mmap_sem until 5.7), for reading or writing, and no
 * lock that its own mmu notifier callbacks take.  May sleep.
 * Return: 0 when the range was gone through, whether or not a page moved; what moved is in @src and
 * @dst.  -EINVAL, with nothing called, when @ops is NULL, when @vma is NULL or of a kind that
 * cannot migrate, when the range is empty or not inside @vma, when @src or @dst is NULL, and when
 * a rule at the top of this file is broken.
 */
static __maybe_unused int migrate_vma(const struct migrate_vma_ops *ops,
				      struct vm_area_struct *vma, unsigned long start,
				      unsigned long end, unsigned long *src, unsigned long *dst,
				      void *private)
{
	/* The three calls take the length before they round. */
	struct migrate_vma migrate = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end & PAGE_MASK,
		.src		= src,
		.dst		= dst,
#if MIGRATE_VMA_COMPAT_HAS_FLAGS
		.pgmap_owner	= migrate_vma_compat_owner(),
		.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
#endif
	};
	int ret;

	/* migrate_vma_setup() does not notice an end before the start, and clears far too much. */
	if (!ops || migrate.start >= migrate.end)
		return -EINVAL;
#if MIGRATE_VMA_COMPAT_HAS_FLAGS
	if (!migrate.pgmap_owner)
		return -EINVAL;
#endif
#if MIGRATE_VMA_COMPAT_HAS_FAULT_PAGE
	migrate.fault_page = migrate_vma_compat_fault_page(vma, migrate.start, migrate.end);
#endif

	ret = migrate_vma_setup(&migrate);
	if (ret || !migrate.cpages)
		return ret;

	migrate_vma_compat_mark_device_pages(src, migrate.npages);
	ops->alloc_and_copy(vma, src, dst, migrate.start, migrate.end, private);
	migrate_vma_pages(&migrate);
	ops->finalize_and_map(vma, src, dst, migrate.start, migrate.end, private);
	migrate_vma_finalize(&migrate);
	return 0;
}

#endif

#endif /* !MIGRATE_VMA_COMPAT_HAS_CALLBACKS */
#endif /* MIGRATE_VMA_COMPAT_H */
