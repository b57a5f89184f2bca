// SPDX-License-Identifier: GPL-2.0-only
/*
 * exclusive.c - pages that a device has for itself, and how the CPU gets them back
 *
 * The entry of such a page is not present but keeps the reference that it had when it was, and
 * names the page. The page stays in system memory.
 */
#include <linux/rmap.h>

#include "core/core.h"

#if RELEASE_EXCLUSIVE
static void announce(struct mmu_notifier_range *range, enum mmu_notifier_event event,
		     struct vm_area_struct *vma, unsigned long addr, void *owner)
{
	notifier_range_init(range, event, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	notifier_range_set_owner(range, owner);
	mmu_notifier_invalidate_range_start(range);
}

/* Takes a page, locked, out of the CPU's reach. false when it is not mapped here any more. */
static bool make_exclusive(struct vm_area_struct *vma, unsigned long addr, struct page *page,
			   void *owner)
{
	pte_t *ptep = page_table_find(vma->vm_mm, addr);
	struct mmu_notifier_range range;
	bool done = false;

	if (!PageAnon(page))
		return false;
	split_huge_entry(vma, addr);
	announce(&range, MMU_NOTIFY_EXCLUSIVE, vma, addr, owner);
	spin_lock(&vma->vm_mm->page_table_lock);
	if (pte_present(*ptep) && pte_pfn(*ptep) == page_to_pfn(page)) {
		if (pte_dirty(*ptep))
			SetPageDirty(page);
		set_pte(ptep, make_exclusive_leaf(page, pte_write(*ptep)));
		page_remove_rmap(page);
		done = true;
	}
	spin_unlock(&vma->vm_mm->page_table_lock);
	mmu_notifier_invalidate_range_end(&range);
	return done;
}

/* The entry takes over the reference of the one it replaces, and gives it back here. */
void exclusive_restore(struct vm_area_struct *vma, pte_t *ptep)
{
	struct page *page = leaf_page(*ptep);
	pte_t pte = pfn_pte(page_to_pfn(page), vma->vm_page_prot);

	if (leaf_is_writable(*ptep) && (vma->vm_flags & VM_WRITE))
		pte = pte_mkwrite(pte_mkdirty(pte));
	set_pte(ptep, pte);
	page_add_anon_rmap(page, vma);
}

/**
 * exclusive_fault() - the CPU wants a page back that a device has for itself
 * @vmf: the fault
 *
 * Return: 0.
 */
vm_fault_t exclusive_fault(struct vm_fault *vmf)
{
	struct page *page = leaf_page(vmf->orig_pte);
	struct mmu_notifier_range range;

	get_page(page);
	lock_page(page);
	announce(&range, RELEASE_EXCLUSIVE_ENDS_WITH_CLEAR ? MMU_NOTIFY_CLEAR : MMU_NOTIFY_EXCLUSIVE,
		 vmf->vma, vmf->address, NULL);
	spin_lock(&vmf->vma->vm_mm->page_table_lock);
	if (pte_same(*vmf->pte, vmf->orig_pte))
		exclusive_restore(vmf->vma, vmf->pte);
	spin_unlock(&vmf->vma->vm_mm->page_table_lock);
	unlock_page(page);
	put_page(page);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
#endif

#if RELEASE_EXCLUSIVE_ONE
struct page *make_device_exclusive(struct mm_struct *mm, unsigned long addr, void *owner,
				   struct folio **foliop)
{
	struct page *page;
	int error;

	lockdep_assert_held(mm_lock(mm));
	addr &= PAGE_MASK;
	for (;;) {
		page = get_user_page_locked(mm, addr, true, &error);
		if (!page)
			return ERR_PTR(error);
		lock_page(page);
		if (make_exclusive(find_vma(mm, addr), addr, page, owner))
			break;
		error = PageAnon(page) ? 0 : -EOPNOTSUPP;
		unlock_page(page);
		put_page(page);
		if (error)
			return ERR_PTR(error);
	}
	*foliop = page_folio(page);
	return page;
}
EXPORT_SYMBOL_GPL(make_device_exclusive);
#elif RELEASE_EXCLUSIVE
static int pin_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		     struct page **pages)
{
	int pinned = 0, error = 0;

	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE, pinned++) {
		pages[pinned] = get_user_page_locked(mm, addr, true, &error);
		if (!pages[pinned])
			break;
	}
	return pinned ?: error;
}

int make_device_exclusive_range(struct mm_struct *mm, unsigned long start, unsigned long end,
				struct page **pages, void *owner)
{
	int pinned;

	lockdep_assert_held(mm_lock(mm));
	pinned = pin_range(mm, start, end, pages);
	for (int i = 0; i < pinned; i++) {
		unsigned long addr = start + i * PAGE_SIZE;

		if (!trylock_page(pages[i])) {
			put_page(pages[i]);
			pages[i] = NULL;
			continue;
		}
		if (make_exclusive(find_vma(mm, addr), addr, pages[i], owner))
			continue;
		unlock_page(pages[i]);
		put_page(pages[i]);
		pages[i] = NULL;
	}
	return pinned;
}
EXPORT_SYMBOL_GPL(make_device_exclusive_range);
#endif
