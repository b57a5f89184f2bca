// SPDX-License-Identifier: GPL-2.0-only
/*
 * mistakes - a driver that makes one mistake of those that the kernel's own checks are for.
 *
 * The kernels of these tests have the checks on, and a clean log is taken for a good sign.  It is one
 * only if a driver that deserves a complaint gets it.
 */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static char *mistake = "";
module_param(mistake, charp, 0444);
MODULE_PARM_DESC(mistake, "Which mistake to make");

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

/* Nothing waits for ever here, as there is one thread; two of them could. */
static void __init lock_order(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);

	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
}

static DEFINE_SPINLOCK(spinning);

static void __init sleep_under_spinlock(void)
{
	spin_lock(&spinning);
	kfree(kmalloc(100, GFP_KERNEL));
	spin_unlock(&spinning);
}

static void __init list_added_twice(void)
{
	static struct list_head entry;
	static LIST_HEAD(list);

	list_add(&entry, &list);
	list_add(&entry, &list);
}

/* What a page or an object is given out for next, is looked at first. */
static void __init freed_object_written(void)
{
	char *object = kmalloc(100, GFP_KERNEL);
	char *volatile freed = object;

	kfree(object);
	if (object)
		freed[8] = 1;
	kfree(kmalloc(100, GFP_KERNEL));
}

static void __init freed_page_written(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	char *volatile freed = page ? page_address(page) : NULL;

	if (!page)
		return;
	__free_page(page);
	freed[8] = 1;
	page = alloc_page(GFP_KERNEL);
	if (page)
		__free_page(page);
}

static void __init object_lost(void)
{
	static void *volatile object;

	object = kmalloc(100, GFP_KERNEL);
	object = NULL;
}

static const struct {
	const char *name;
	void (*make)(void);
} mistakes[] __initconst = {
	{ "lock-order", lock_order },
	{ "sleep-under-spinlock", sleep_under_spinlock },
	{ "list-added-twice", list_added_twice },
	{ "freed-object-written", freed_object_written },
	{ "freed-page-written", freed_page_written },
	{ "object-lost", object_lost },
};

static int __init mistakes_init(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mistakes); i++) {
		if (!strcmp(mistake, mistakes[i].name)) {
			mistakes[i].make();
			return 0;
		}
	}
	return -EINVAL;
}

static void __exit mistakes_exit(void)
{
}

module_init(mistakes_init);
module_exit(mistakes_exit);
MODULE_DESCRIPTION("Tests: makes a mistake that the kernel has to notice");
MODULE_LICENSE("GPL");
