// SPDX-License-Identifier: GPL-2.0-only
/* mm.c - address spaces: made, shared, copied by fork, and ended */
#include "core/core.h"
#include "core/lru.h"
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
	mm->taken_at = __builtin_return_address(0);
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
	mm->taken_at = __builtin_return_address(0);
	atomic_inc(&mm->mm_users);
}

bool mmget_not_zero(struct mm_struct *mm)
{
	if (!atomic_inc_not_zero(&mm->mm_users))
		return false;
	mm->taken_at = __builtin_return_address(0);
	return true;
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
	if (!task->mm)
		return NULL;
	mmget(task->mm);
	task->mm->taken_at = __builtin_return_address(0);
	return task->mm;
}

/* How many address spaces somebody still holds, with a report for each. */
unsigned long mm_count_left(void)
{
	struct mm_struct *mm, *next;
	unsigned long left = 0;

	list_for_each_entry_safe(mm, next, &all_mms, all) {
		rule_broken(RULE_LEAK,
			    "an address space is still referenced, as if %d more used it and %d more knew it; a reference was taken last by %pS",
			    atomic_read(&mm->mm_users),
			    atomic_read(&mm->mm_count) - (atomic_read(&mm->mm_users) ? 1 : 0),
			    mm->taken_at);
		list_del(&mm->all);
		left++;
	}
	return left;
}

/* Somebody holds the page and goes on using it, so it has to stay with the parent. */
static bool needs_own_page(const struct vm_area_struct *vma, pte_t pte)
{
	return RELEASE_FORK_COPIES_PINNED && pte_present(pte) && !is_zero_pfn(pte_pfn(pte)) &&
	       !(vma->vm_flags & VM_SHARED) && PageAnon(pfn_to_page(pte_pfn(pte))) &&
	       page_maybe_pinned(pfn_to_page(pte_pfn(pte)));
}

static int copy_to_child(struct vm_area_struct *to, unsigned long addr, pte_t *new, pte_t old)
{
	struct page *page = alloc_page_vma(GFP_HIGHUSER_MOVABLE, to, addr);

	if (!page)
		return -ENOMEM;
	memcpy(frame_address(page), frame_address(pfn_to_page(pte_pfn(old))), PAGE_SIZE);
	__SetPageUptodate(page);
	page_add_new_anon_rmap(page, to, addr);
	lru_cache_add(page);
	to->vm_mm->anon_pages++;
	set_pte(new, make_page_pte(to, page, to->vm_flags & VM_WRITE));
	return 0;
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

/* What a fault would find again, in a file or as the page of zeroes, is left to it. */
static bool needs_copy(const struct vm_area_struct *vma)
{
	return vma->anon_vma || (vma->vm_flags & (VM_MIXEDMAP | VM_PFNMAP));
}

static int fork_range(struct vm_area_struct *to, const struct vm_area_struct *from)
{
	unsigned long next;

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
		for (unsigned long at = addr; at < next; at += PAGE_SIZE, new++, old++) {
			if (!needs_own_page(from, *old))
				fork_pte(to, new, old);
			else if (copy_to_child(to, at, new, *old))
				return -ENOMEM;
		}
		if (maps_huge_zeroes(from->vm_mm, addr))
			page_table_pmd(to->vm_mm, addr)->pmd |= PMD_HUGE_ZEROES;
	}
	return 0;
}

/* Drivers hear of each mapping whose pages the two share from now on until one writes. */
static int fork_vma(struct mm_struct *to, struct vm_area_struct *vma)
{
	bool shares = (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
	struct vm_area_struct *copy = vma_duplicate(vma);
	struct mmu_notifier_range range;
	int ret;

	if (!copy)
		return -ENOMEM;
	copy->__vm_flags &= ~VM_LOCKED;
	vma_insert(to, copy);
	anon_vma_clone(copy, vma);
	if (copy->vm_ops && copy->vm_ops->open)
		copy->vm_ops->open(copy);
	if (!needs_copy(vma))
		return 0;
	if (!shares)
		return fork_range(copy, vma);
	notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, vma, vma->vm_mm, vma->vm_start,
			    vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	ret = fork_range(copy, vma);
	mmu_notifier_invalidate_range_end(&range);
	return ret;
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
	int ret = 0;

	if (!to)
		return NULL;
	down_write(mm_lock(from));
	to->next_address = from->next_address;
	for (struct vm_area_struct *vma = from->mmap; vma && !ret; vma = vma->vm_next)
		if (!(vma->vm_flags & VM_DONTCOPY))
			ret = fork_vma(to, vma);
	up_write(mm_lock(from));
	if (!ret)
		return to;
	mmput(to);
	return NULL;
}
