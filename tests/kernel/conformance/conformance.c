// SPDX-License-Identifier: GPL-2.0-only
/*
 * conformance - a driver that does with a migration what it is told, and tells what it sees.
 *
 * It is compiled twice: against the reference implementation, and as a module for a real kernel.
 * The scenario in scenario.c uses it on both, and what it shows has to be the same.
 *
 * There are devices with memory, A, B and from 6.0 on the coherent C, which are owned by different
 * drivers as far as the kernel can tell.  A program's address space is watched by a mmu notifier,
 * whose calls during a migration are told as events.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "../device-memory.h"
#include "conformance-describe.h"
#include "conformance-hold.h"
#include "conformance-ioctl.h"
#include "conformance-select.h"
#include "notifier-events.h"

#define CONFORMANCE_DEVICE_PAGES	16

#define HAS_COHERENT	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0))
#define HAS_FAULT_PAGE	(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0))

#ifdef MIGRATE_PFN_LOCKED
#define DST_LOCKED	MIGRATE_PFN_LOCKED
#else
#define DST_LOCKED	0
#endif

#if HAS_COHERENT
#include "conformance-coherent.h"
#endif

/* The devices A, B and C. */
static struct device_memory memories[3];

static struct miscdevice conformance_misc;

/**
 * struct conformance_client - a program that has opened the device
 * @notifier: on its address space
 * @lock: one request at a time; taken outside the mmap lock
 * @migration: where events go while there is a migration, else NULL
 * @heard: where they go while the program is listened to
 */
struct conformance_client {
	struct mmu_notifier notifier;
	struct mutex lock;
	struct conformance_migration *migration;
	struct conformance_migration *heard;
};

#include "conformance-listen.h"

/* Of the last call of migrate_to_ram(), which knows no client; the scenario is one thread. */
static struct conformance_migration last_fault;
static struct conformance_migration *events_of_fault;
static unsigned long faults_unusual;

/* --- Events -------------------------------------------------------------------------------- */

/* Elsewhere Linux copies and moves pages of the program when it likes. */
static bool is_near(const struct conformance_migration *migration,
		    const struct mmu_notifier_range *range)
{
	return range->end > round_down(migration->start, SZ_2M) &&
	       range->start < round_up(migration->end + 1, SZ_2M);
}

static int conformance_invalidate_start(struct mmu_notifier *notifier,
					const struct mmu_notifier_range *range)
{
	struct conformance_client *client = container_of(notifier, struct conformance_client,
							 notifier);
	struct conformance_migration *migration = client->migration;
	struct conformance_event *event;

	if (!migration)
		migration = READ_ONCE(events_of_fault);
	if (!migration || !is_near(migration, range))
		return 0;
	if (migration->nr_events < CONFORMANCE_EVENTS) {
		event = &migration->event[migration->nr_events];
		strscpy(event->name, notifier_event_name(range), sizeof(event->name));
		event->owner = number_of_owner(notifier_event_owner(range), memories);
		event->start = range->start;
		event->end = range->end;
	}
	migration->nr_events++;
	return 0;
}

static const struct mmu_notifier_ops conformance_notifier_ops = {
	.invalidate_range_start	= conformance_invalidate_start,
};

/* --- Migrating ----------------------------------------------------------------------------- */

static struct page *conformance_destination(__u32 destination, struct page *spage,
					    struct vm_area_struct *vma, unsigned long addr)
{
	bool from_device = spage && is_zone_device_page(spage);
	struct page *dpage;

	switch (destination) {
	case DESTINATION_OTHER:
	case DESTINATION_GIVEN_UP:
		destination = from_device ? DESTINATION_SYSTEM : DESTINATION_A;
		break;
	case DESTINATION_NONE:
		return NULL;
	}

	if (destination == DESTINATION_SYSTEM) {
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, addr);
		if (dpage)
			lock_page(dpage);
		return dpage;
	}
	dpage = device_memory_alloc(&memories[destination - DESTINATION_A]);
	if (dpage)
		hold_next = dpage;
	return dpage;
}

static struct page *bytes_of(struct page *page)
{
	return is_device_private_page(page) ? device_memory_backing(page) : page;
}

static void conformance_alloc_and_copy(struct conformance_migration *migration,
				       struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *spage = migrate_pfn_to_page(args->src[i]), *dpage;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		if (spage && migration->unusual & UNUSUAL_REFERENCE)
			get_page(spage);
		dpage = conformance_destination(migration->destination[i], spage, args->vma,
						args->start + i * PAGE_SIZE);
		if (!dpage)
			continue;
		if (migration->destination[i] == DESTINATION_GIVEN_UP) {
			unlock_page(dpage);
			put_page(dpage);
			continue;
		}
		if (spage)
			copy_highpage(bytes_of(dpage), bytes_of(spage));
		else
			clear_highpage(bytes_of(dpage));
		args->dst[i] = migrate_pfn(page_to_pfn(dpage)) | DST_LOCKED;
	}
}

/* The references of UNUSUAL_REFERENCE; those pages cannot have moved. */
static void conformance_put_sources(const struct conformance_migration *migration,
				    const struct migrate_vma *args, struct page **held)
{
	unsigned long i;

	if (!(migration->unusual & UNUSUAL_REFERENCE))
		return;
	for (i = 0; i < args->npages; i++) {
		if (held[i])
			put_page(held[i]);
	}
}

/* Between a successful setup and its finalize; the caller holds the mmap lock. */
static void conformance_steps(struct conformance_migration *migration, struct migrate_vma *args)
{
	struct page *held[CONFORMANCE_PAGES] = { NULL };
	unsigned long i;

	if (!args->cpages && !(migration->unusual & UNUSUAL_FINALIZE))
		return;

	for (i = 0; i < args->npages; i++) {
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			held[i] = migrate_pfn_to_page(args->src[i]);
	}
	conformance_alloc_and_copy(migration, args);
	if (!(migration->unusual & UNUSUAL_NO_PAGES))
		migrate_vma_pages(args);
	describe_point(migration, 1, args, memories);
	migrate_vma_finalize(args);
	describe_point(migration, 2, args, memories);
	conformance_put_sources(migration, args, held);
}

static void conformance_migrate(struct conformance_migration *migration,
				struct vm_area_struct *vma, struct page *fault_page)
{
	unsigned long src[CONFORMANCE_PAGES], dst[CONFORMANCE_PAGES];
	struct migrate_vma args = {
		.vma	= migration->unusual & UNUSUAL_NO_VMA ? NULL : vma,
		.start	= migration->start,
		.end	= migration->end,
		.src	= migration->unusual & UNUSUAL_NO_SRC ? NULL : src,
		.dst	= migration->unusual & UNUSUAL_NO_DST ? NULL : dst,
	};

	select_pages(&args, migration, memories);
#if HAS_FAULT_PAGE
	args.fault_page = fault_page;
	if (migration->unusual & UNUSUAL_FAULT_PAGE)
		args.fault_page = memories[0].backing[0];
	if (migration->unusual & UNUSUAL_UNLOCKED_FAULT)
		args.fault_page = hold_next;
#endif
	/* What setup has to overwrite. */
	memset(src, 0xa5, sizeof(src));
	memset(dst, 0xa5, sizeof(dst));

	migration->ret = migrate_vma_setup(&args);
	migration->npages = args.npages;
	migration->start_after = args.start;
	migration->end_after = args.end;
	if (migration->ret)
		return;
	describe_point(migration, 0, &args, memories);
	conformance_steps(migration, &args);
}

static vm_fault_t conformance_migrate_to_ram(struct vm_fault *vmf)
{
	struct conformance_migration *migration = &last_fault;
	struct page *fault_page = vmf->page;

	memset(migration, 0, sizeof(*migration));
	migration->start = vmf->address & PAGE_MASK;
	migration->end = migration->start + PAGE_SIZE;
	migration->select = SELECT_DEVICE;
	migration->owner = (__u32)number_of_owner(device_memory_of(vmf->page), memories);
	migration->unusual = (__u32)(faults_unusual & ~UNUSUAL_NO_PAGES);
	if (!(faults_unusual & UNUSUAL_NO_PAGES))
		migration->destination[0] = DESTINATION_OTHER;

	WRITE_ONCE(events_of_fault, migration);
	conformance_migrate(migration, vmf->vma, fault_page);
	WRITE_ONCE(events_of_fault, NULL);

	return faults_unusual & UNUSUAL_NO_PAGES ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops conformance_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= conformance_migrate_to_ram,
};

/* --- Requests ------------------------------------------------------------------------------ */

static long conformance_ioctl_migrate(struct conformance_client *client, void __user *argument)
{
	struct conformance_migration *migration;
	struct mm_struct *mm = current->mm;
	long ret = 0;

	migration = kzalloc(sizeof(*migration), GFP_KERNEL);
	if (!migration)
		return -ENOMEM;
	if (copy_from_user(migration, argument, sizeof(*migration))) {
		kfree(migration);
		return -EFAULT;
	}

	mutex_lock(&client->lock);
	mmap_read_lock(mm);
	client->migration = migration;
	conformance_migrate(migration, find_vma(mm, migration->start), NULL);
	client->migration = NULL;
	mmap_read_unlock(mm);
	mutex_unlock(&client->lock);

	if (copy_to_user(argument, migration, sizeof(*migration)))
		ret = -EFAULT;
	kfree(migration);
	return ret;
}

static long conformance_ioctl_fault(void __user *argument)
{
	if (copy_to_user(argument, &last_fault, sizeof(last_fault)))
		return -EFAULT;
	memset(&last_fault, 0, sizeof(last_fault));
	last_fault.ret = -ENODATA;
	return 0;
}

#if HAS_FAULT_PAGE
/* Nothing of this knows a vma, so the words are gathered in a struct migrate_vma only to show. */
static long conformance_ioctl_evict(void __user *argument)
{
	unsigned long src[CONFORMANCE_DEVICE_PAGES], dst[CONFORMANCE_DEVICE_PAGES] = { 0 };
	struct migrate_vma args = { .src = src, .dst = dst, .npages = CONFORMANCE_DEVICE_PAGES };
	struct conformance_migration *migration;
	unsigned long i;
	long ret = 0;

	migration = kzalloc(sizeof(*migration), GFP_KERNEL);
	if (!migration)
		return -ENOMEM;

	migration->npages = args.npages;
	migration->ret = migrate_device_range(src, memories[0].first_pfn, args.npages);
	describe_point(migration, 0, &args, memories);
	for (i = 0; i < args.npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]), *dpage;

		if (!spage || !(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = alloc_page(GFP_HIGHUSER_MOVABLE);
		if (!dpage)
			continue;
		lock_page(dpage);
		copy_highpage(dpage, device_memory_backing(spage));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | DST_LOCKED;
	}
	migrate_device_pages(src, dst, args.npages);
	describe_point(migration, 1, &args, memories);
	migrate_device_finalize(src, dst, args.npages);
	describe_point(migration, 2, &args, memories);

	if (copy_to_user(argument, migration, sizeof(*migration)))
		ret = -EFAULT;
	kfree(migration);
	return ret;
}
#else
static long conformance_ioctl_evict(void __user *argument)
{
	return -EOPNOTSUPP;
}
#endif

static long conformance_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct conformance_client *client = file->private_data;

	switch (command) {
	case CONFORMANCE_MIGRATE:
		return conformance_ioctl_migrate(client, (void __user *)argument);
	case CONFORMANCE_FAULT:
		return conformance_ioctl_fault((void __user *)argument);
	case CONFORMANCE_FAULTS:
		faults_unusual = argument;
		return 0;
	case CONFORMANCE_EVICT:
		return conformance_ioctl_evict((void __user *)argument);
	case CONFORMANCE_LOCK:
		return conformance_ioctl_lock(argument);
	case CONFORMANCE_UNLOCK:
		return conformance_ioctl_unlock();
	case CONFORMANCE_GET:
		return conformance_ioctl_get();
	case CONFORMANCE_PUT:
		return conformance_ioctl_put();
	case CONFORMANCE_LISTEN:
		return conformance_ioctl_listen(client, argument);
	case CONFORMANCE_HEARD:
		return conformance_ioctl_heard(client, (void __user *)argument);
	case CONFORMANCE_FREE:
		return argument >= OWNER_A && argument < OWNER_A + ARRAY_SIZE(memories) ?
		       (long)READ_ONCE(memories[argument - OWNER_A].nr_free) : -EINVAL;
	default:
		return -ENOTTY;
	}
}

static int conformance_open(struct inode *inode, struct file *file)
{
	struct conformance_client *client;
	int ret;

	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return -ENOMEM;

	mutex_init(&client->lock);
	client->notifier.ops = &conformance_notifier_ops;
	ret = mmu_notifier_register(&client->notifier, current->mm);
	if (ret) {
		kfree(client);
		return ret;
	}
	file->private_data = client;
	return 0;
}

static int conformance_release(struct inode *inode, struct file *file)
{
	struct conformance_client *client = file->private_data;

	mmu_notifier_unregister(&client->notifier, client->notifier.mm);
	kfree(client);
	return 0;
}

static const struct file_operations conformance_file_operations = {
	.owner		= THIS_MODULE,
	.open		= conformance_open,
	.release	= conformance_release,
	.unlocked_ioctl	= conformance_ioctl,
};

static int __init conformance_create_private(struct device_memory *memory)
{
	memory->pagemap.type = MEMORY_DEVICE_PRIVATE;
	memory->pagemap.ops = &conformance_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	memory->pagemap.owner = memory;
#endif
	return device_memory_create(memory, CONFORMANCE_DEVICE_PAGES);
}

static void conformance_destroy(void)
{
#if HAS_COHERENT
	if (memories[2].nr_pages)
		coherent_destroy(&memories[2]);
#endif
	if (memories[1].nr_pages)
		device_memory_destroy(&memories[1]);
	if (memories[0].nr_pages)
		device_memory_destroy(&memories[0]);
}

/* A device that was not created has no pages. */
static int __init conformance_create(void)
{
	int i, ret;

	for (i = 0; i < 2; i++) {
		ret = conformance_create_private(&memories[i]);
		if (ret) {
			memories[i].nr_pages = 0;
			return ret;
		}
	}
#if HAS_COHERENT
	ret = coherent_create(&memories[2], CONFORMANCE_DEVICE_PAGES);
#endif
	return ret;
}

static int __init conformance_init(void)
{
	int ret;

	last_fault.ret = -ENODATA;
	ret = conformance_create();
	if (!ret) {
		conformance_misc.minor = MISC_DYNAMIC_MINOR;
		conformance_misc.name = "conformance";
		conformance_misc.fops = &conformance_file_operations;
		ret = misc_register(&conformance_misc);
	}
	if (ret)
		conformance_destroy();
	return ret;
}

static void __exit conformance_exit(void)
{
	misc_deregister(&conformance_misc);
	conformance_destroy();
}

module_init(conformance_init);
module_exit(conformance_exit);
MODULE_DESCRIPTION("Tests: does with a migration what it is told, and tells what it sees");
MODULE_LICENSE("GPL");
