// SPDX-License-Identifier: GPL-2.0-only
/*
 * observer - looks at the pages of a program without touching them.
 *
 * The tests on a real kernel need to see what the reference implementation shows of a page: where
 * it is, who refers to it, whether it is locked.  /proc shows less, and not for pages of a device.
 * The observer also takes and drops references, as somebody who does I/O to the page would, and
 * keeps the count of the objects of drivers (see count-objects.h).
 *
 * It reads page tables without their locks: whoever calls must keep the program from running.
 */
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "count-objects.h"
#include "observer-ioctl.h"
#include "page-entry.h"

/**
 * struct observer_pin - a reference that a program took
 * @link: in pins
 * @mm: the program's address space, only compared
 * @address: where the page was
 * @page: the page
 */
struct observer_pin {
	struct list_head link;
	struct mm_struct *mm;
	unsigned long address;
	struct page *page;
};

static DEFINE_MUTEX(pins_lock);
static LIST_HEAD(pins);
static unsigned long nr_pins;
static atomic_long_t objects;

void observer_count_objects(long change)
{
	atomic_long_add(change, &objects);
}
EXPORT_SYMBOL_GPL(observer_count_objects);

/* The middle directory's entry of an address, one that is none if there is no such directory. */
static pmd_t *middle_entry_at(struct mm_struct *mm, unsigned long address)
{
	pgd_t *pgd = pgd_offset(mm, address);
	p4d_t *p4d;
	pud_t *pud;

	if (pgd_none(*pgd) || pgd_bad(*pgd))
		return NULL;
	p4d = p4d_offset(pgd, address);
	if (p4d_none(*p4d) || p4d_bad(*p4d))
		return NULL;
	pud = pud_offset(p4d, address);
	if (pud_none(*pud) || pud_bad(*pud))
		return NULL;
	return pmd_offset(pud, address);
}

static void describe_page(struct observer_page *seen, struct page *page)
{
	seen->pfn = page_to_pfn(page);
	seen->refcount = page_count(page);
	seen->mapcount = entries_that_map(page);
	seen->locked = !!PageLocked(page);
	seen->lru = !!PageLRU(page);
	seen->huge = !!PageCompound(page);
	seen->mlocked = is_mlocked(page);
}

static void describe(struct observer_page *seen, pte_t pte)
{
	struct page *page;

	if (pte_none(pte))
		return;

	if (pte_present(pte)) {
		page = pfn_to_page(pte_pfn(pte));
		seen->where = is_zero_pfn(pte_pfn(pte)) ? OBSERVER_ZERO :
			      is_zone_device_page(page) ? OBSERVER_DEVICE : OBSERVER_SYSTEM;
		seen->writable = !!pte_write(pte);
	} else {
		page = page_of_leaf(pte);
		seen->where = leaf_is_device(pte) ? OBSERVER_DEVICE :
			      leaf_is_migration(pte) ? OBSERVER_MIGRATING :
			      leaf_is_exclusive(pte) ? OBSERVER_EXCLUSIVE : OBSERVER_SWAPPED;
		seen->writable = leaf_is_writable(pte);
	}
	if (page)
		describe_page(seen, page);
}

/* The huge page of zeroes is not exported; nothing else that is mapped so belongs to no program. */
static void describe_huge(struct observer_page *seen, pmd_t pmd, unsigned long address)
{
	struct page *page = pfn_to_page(pmd_pfn(pmd) + ((address & ~PMD_MASK) >> PAGE_SHIFT));

	describe_page(seen, page);
	seen->where = PageAnon(page) ? OBSERVER_SYSTEM : OBSERVER_ZERO;
	seen->writable = !!pmd_write(pmd);
}

static void describe_address(struct observer_page *seen, struct mm_struct *mm, unsigned long address)
{
	pmd_t *pmd = middle_entry_at(mm, address);

	memset(seen, 0, sizeof(*seen));
	if (!pmd || pmd_none(*pmd))
		return;
	if (pmd_trans_huge(*pmd) && pmd_present(*pmd))
		describe_huge(seen, *pmd, address);
	else if (!pmd_bad(*pmd))
		describe(seen, READ_ONCE(*pte_offset_kernel(pmd, address)));
}

static long observer_look(const void __user *argument)
{
	struct observer_page __user *pages;
	struct observer_range range;
	unsigned long i;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;
	pages = u64_to_user_ptr(range.pages);

	for (i = 0; i < range.npages; i++) {
		struct observer_page seen;

		mmap_read_lock(current->mm);
		describe_address(&seen, current->mm, range.start + i * PAGE_SIZE);
		mmap_read_unlock(current->mm);
		if (copy_to_user(&pages[i], &seen, sizeof(seen)))
			return -EFAULT;
	}
	return 0;
}

static long observer_pin(unsigned long address)
{
	struct observer_pin *pin = kmalloc(sizeof(*pin), GFP_KERNEL);

	if (!pin)
		return -ENOMEM;
	pin->mm = current->mm;
	pin->address = address & PAGE_MASK;
	if (get_user_pages_fast(pin->address, 1, 0, &pin->page) != 1) {
		kfree(pin);
		return -EFAULT;
	}

	mutex_lock(&pins_lock);
	list_add(&pin->link, &pins);
	nr_pins++;
	mutex_unlock(&pins_lock);
	return 0;
}

/* The caller holds pins_lock, unless nobody else is left. */
static void observer_drop(struct observer_pin *pin)
{
	list_del(&pin->link);
	nr_pins--;
	put_page(pin->page);
	kfree(pin);
}

static long observer_unpin(unsigned long address)
{
	struct observer_pin *pin;
	long ret = -EINVAL;

	mutex_lock(&pins_lock);
	list_for_each_entry(pin, &pins, link) {
		if (pin->mm == current->mm && pin->address == (address & PAGE_MASK)) {
			observer_drop(pin);
			ret = 0;
			break;
		}
	}
	mutex_unlock(&pins_lock);
	return ret;
}

static long observer_counts(void __user *argument)
{
	struct observer_counts counts;

	mutex_lock(&pins_lock);
	counts.pins = nr_pins;
	mutex_unlock(&pins_lock);
	counts.objects = atomic_long_read(&objects);

	return copy_to_user(argument, &counts, sizeof(counts)) ? -EFAULT : 0;
}

static long observer_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	switch (command) {
	case OBSERVER_LOOK:
		return observer_look((const void __user *)argument);
	case OBSERVER_PIN:
		return observer_pin(argument);
	case OBSERVER_UNPIN:
		return observer_unpin(argument);
	case OBSERVER_COUNT:
		return observer_counts((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations observer_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= observer_ioctl,
};

static struct miscdevice observer_device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "observer",
	.fops	= &observer_file_operations,
};

static int __init observer_init(void)
{
	return misc_register(&observer_device);
}

static void __exit observer_exit(void)
{
	struct observer_pin *pin, *next;

	misc_deregister(&observer_device);
	list_for_each_entry_safe(pin, next, &pins, link)
		observer_drop(pin);
}

module_init(observer_init);
module_exit(observer_exit);
MODULE_DESCRIPTION("Tests: looks at the pages of a program without touching them");
MODULE_LICENSE("GPL");
