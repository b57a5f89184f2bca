// SPDX-License-Identifier: GPL-2.0-only
/* probe-mistakes.c - what a driver must not do, done on purpose so that it is seen to be caught */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "probe-device.h"

static DEFINE_MUTEX(some_mutex);
static DEFINE_SPINLOCK(some_spinlock);

static void free_locked_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	lock_page(page);
	__free_page(page);
}

static void free_object_twice(void)
{
	void *object = kmalloc(100, GFP_KERNEL);

	kfree(object);
	kfree(object);
}

static void free_page_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	put_page(page);
	put_page(page);
}

static void unlock_page_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	lock_page(page);
	unlock_page(page);
	unlock_page(page);
	__free_page(page);
}

static void lock_page_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	lock_page(page);
	lock_page(page);
}

static struct device some_device = { .init_name = "some" };

static void unmap_twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t addr = dma_map_page(&some_device, page, 0, PAGE_SIZE, DMA_TO_DEVICE);

	dma_unmap_page(&some_device, addr, PAGE_SIZE, DMA_TO_DEVICE);
	dma_unmap_page(&some_device, addr, PAGE_SIZE, DMA_TO_DEVICE);
	__free_page(page);
}

static void leave_mapping(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	dma_map_page(&some_device, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	__free_page(page);
}

static void sleep_under_spinlock(void)
{
	spin_lock(&some_spinlock);
	kfree(kmalloc(1, GFP_KERNEL));
	spin_unlock(&some_spinlock);
}

static void take_mmap_lock_twice(void)
{
	down_read(probe_mmap_lock(current->mm));
	down_read(probe_mmap_lock(current->mm));
	up_read(probe_mmap_lock(current->mm));
	up_read(probe_mmap_lock(current->mm));
}

static void take_device_page_twice(void)
{
	struct probe_memory *memory = &probe_memory[0];
	struct page *page = probe_page_take(memory);

	unlock_page(page);
	memory->free[memory->nfree++] = page;
	probe_page_take(memory);
}

long probe_make_mistake(enum probe_mistake mistake)
{
	DECLARE_COMPLETION_ONSTACK(nobody_completes);
	char byte = 0;

	switch (mistake) {
	case MISTAKE_DOUBLE_UNLOCK_PAGE:
		unlock_page_twice();
		break;
	case MISTAKE_DOUBLE_PUT_PAGE:
		free_page_twice();
		break;
	case MISTAKE_FREE_LOCKED_PAGE:
		free_locked_page();
		break;
	case MISTAKE_LOCK_PAGE_TWICE:
		lock_page_twice();
		break;
	case MISTAKE_KMAP_DEVICE_PAGE:
		clear_highpage(probe_page_take(&probe_memory[0]));
		break;
	case MISTAKE_DOUBLE_KFREE:
		free_object_twice();
		break;
	case MISTAKE_LEAK_OBJECT:
		return kmalloc(100, GFP_KERNEL) ? 0 : -ENOMEM;
	case MISTAKE_LEAK_PAGE:
		return alloc_page(GFP_KERNEL) ? 0 : -ENOMEM;
	case MISTAKE_LEAK_LOCK:
		mutex_lock(&some_mutex);
		break;
	case MISTAKE_MUTEX_TWICE:
		mutex_lock(&some_mutex);
		mutex_lock(&some_mutex);
		break;
	case MISTAKE_UNLOCK_MUTEX:
		mutex_unlock(&some_mutex);
		break;
	case MISTAKE_SLEEP_UNDER_SPINLOCK:
		sleep_under_spinlock();
		break;
	case MISTAKE_MMAP_LOCK_TWICE:
		take_mmap_lock_twice();
		break;
	case MISTAKE_COPY_UNDER_MMAP_WRITE_LOCK:
		down_write(probe_mmap_lock(current->mm));
		return copy_to_user((void *)current->mm->mmap->vm_start, &byte, 1);
	case MISTAKE_WAIT_FOR_NOTHING:
		wait_for_completion(&nobody_completes);
		break;
	case MISTAKE_BUG:
		BUG_ON(byte == 0);
		break;
	case MISTAKE_WARN:
		WARN_ON(byte == 0);
		break;
	case MISTAKE_TAKE_DEVICE_PAGE_TWICE:
		take_device_page_twice();
		break;
	case MISTAKE_USE_POINTER:
		return *(volatile char *)current->mm->mmap->vm_start;
	case MISTAKE_DMA_UNMAP_TWICE:
		unmap_twice();
		break;
	case MISTAKE_LEAK_DMA:
		leave_mapping();
		break;
	case MISTAKE_LEAVE_NOTIFIER:
		return probe_watch(&(struct probe_interval){ .length = PAGE_SIZE });
	}
	return 0;
}
