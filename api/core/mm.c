// SPDX-License-Identifier: GPL-2.0-only
/* mm.c - address spaces: made, shared, copied by fork, and ended */
#include "core/core.h"
#include "host/host.h"

LIST_HEAD(all_mms);

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = host_zalloc(sizeof(*mm));

	if (!mm)
		return NULL;
	if (page_table_init(mm)) {
		host_free(mm);
		return NULL;
	}
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	lock_state_init(&mm->page_table_lock.state, "mm->page_table_lock");
	lock_state_init(&mm_lock(mm)->state, RELEASE_MMAP_LOCK ? "mm->mmap_lock" : "mm->mmap_sem");
	INIT_LIST_HEAD(&mm->interval_notifiers);
	list_add(&mm->all, &all_mms);
	return mm;
}

void mmgrab(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_count);
}

void mmdrop(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_count))
		return;
	mmu_notifiers_check_gone(mm);
	page_table_destroy(mm);
	list_del(&mm->all);
	host_free(mm);
}

void mmget(struct mm_struct *mm)
{
	atomic_inc(&mm->mm_users);
}

bool mmget_not_zero(struct mm_struct *mm)
{
	return atomic_inc_not_zero(&mm->mm_users);
}

/* The last user takes everything that is mapped with it. */
void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	mm->unmapped = true;
	mmu_notifiers_release(mm);
	down_write(mm_lock(mm));
	vma_unmap_all(mm);
	up_write(mm_lock(mm));
	mmdrop(mm);
}

struct mm_struct *get_task_mm(struct task_struct *task)
{
	if (task->mm)
		mmget(task->mm);
	return task->mm;
}

/* How many address spaces somebody still holds. */
unsigned long mm_count_left(void)
{
	unsigned long left = 0;

	for (; !list_empty(&all_mms); left++)
		list_del(all_mms.next);
	return left;
}

/* Both programs share the page from now on, and the first to write to it gets a copy. */
static void fork_pte(struct vm_area_struct *to, pte_t *new, pte_t *old)
{
	struct page *page;

	if (pte_none(*old))
		return;
#if RELEASE_EXCLUSIVE
	if (leaf_is_exclusive(*old))
		exclusive_restore(to, old);
#endif
	if (pte_present(*old) && is_zero_pfn(pte_pfn(*old))) {
		set_pte(new, *old);
		return;
	}
	if (leaf_is_swap(*old)) {
		swap_duplicate(*old);
		set_pte(new, *old);
		return;
	}
	/* The end of the migration finds both, and takes their references then. */
	if (leaf_is_migration(*old)) {
		page = leaf_page(*old);
		set_pte(old, make_migration_leaf(page, false));
		set_pte(new, *old);
		if (PageAnon(page))
			to->vm_mm->anon_pages++;
		else
			to->vm_mm->file_pages++;
		return;
	}
	if (pte_present(*old)) {
		page = pfn_to_page(pte_pfn(*old));
		if (!(to->vm_flags & VM_SHARED))
			set_pte(old, pte_wrprotect(*old));
	} else {
		BUG_ON(!leaf_is_device_private(*old));
		page = leaf_page(*old);
		set_pte(old, make_device_private_leaf(page, false));
	}
	__ClearPageAnonExclusive(page);
	set_pte(new, *old);
	get_page(page);
	if (!PageAnon(page)) {
		page_add_file_rmap(page, to);
		return;
	}
	page_add_anon_rmap(page, to);
	to->vm_mm->anon_pages++;
}

/* What only comes from a file is left to be found there again. */
static int fork_range(struct vm_area_struct *to, const struct vm_area_struct *from)
{
	unsigned long next;

	if (!vma_is_anonymous(from) && !from->anon_vma)
		return 0;
	for (unsigned long addr = from->vm_start; addr < from->vm_end; addr = next) {
		pte_t *old = page_table_find(from->vm_mm, addr), *new;

		next = page_table_next(addr, from->vm_end);
		if (!old)
			continue;
		if (maps_huge_page(from->vm_mm, addr)) {
			if (huge_fork(to, from, addr))
				return -ENOMEM;
			continue;
		}
		new = page_table_get(to->vm_mm, addr);
		if (!new)
			return -ENOMEM;
		for (unsigned long at = addr; at < next; at += PAGE_SIZE)
			fork_pte(to, new++, old++);
		if (maps_huge_zeroes(from->vm_mm, addr))
			page_table_pmd(to->vm_mm, addr)->pmd |= PMD_HUGE_ZEROES;
	}
	return 0;
}

/**
 * mm_fork() - copy an address space as fork() does
 * @from: the address space of the parent
 *
 * Return: the address space of the child, or NULL when out of memory.
 */
struct mm_struct *mm_fork(struct mm_struct *from)
{
	struct mm_struct *to = mm_alloc();
	struct mmu_notifier_range range;
	int ret = 0;

	if (!to)
		return NULL;
	down_write(mm_lock(from));
	notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, NULL, from, 0, TASK_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	to->next_address = from->next_address;
	for (struct vm_area_struct *vma = from->mmap; vma && !ret; vma = vma->vm_next) {
		struct vm_area_struct *copy;

		if (vma->vm_flags & VM_DONTCOPY)
			continue;
		copy = vma_duplicate(vma);
		if (!copy) {
			ret = -ENOMEM;
			break;
		}
		copy->__vm_flags &= ~VM_LOCKED;
		vma_insert(to, copy);
		anon_vma_clone(copy, vma);
		ret = fork_range(copy, vma);
	}
	mmu_notifier_invalidate_range_end(&range);
	up_write(mm_lock(from));
	if (!ret)
		return to;
	mmput(to);
	return NULL;
}
