// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault.c - what the kernel does when the CPU finds no usable entry for an address
 *
 * Every function returns 0 when the access is to be tried again, or VM_FAULT_* bits.
 */
#include "core/lru.h"
#include "core/verify.h"
#include "kernel/wait.h"

pte_t make_page_pte(struct vm_area_struct *vma, struct page *page, bool writable)
{
	pte_t pte = pfn_pte(page_to_pfn(page), vma->vm_page_prot);

	return writable ? pte_mkwrite(pte_mkdirty(pte)) : pte_wrprotect(pte);
}

/* A read of a hole: the page of zeroes, which is everybody's. */
static vm_fault_t map_zero_page(struct vm_fault *vmf)
{
	set_pte(vmf->pte, make_page_pte(vmf->vma, zero_page(), false));
	return 0;
}

/* A write to a hole or to the page of zeroes: a page of its own. */
static vm_fault_t map_new_page(struct vm_fault *vmf)
{
	struct page *page;

	if (anon_vma_prepare(vmf->vma))
		return VM_FAULT_OOM;
	page = alloc_page_vma(GFP_HIGHUSER_MOVABLE | __GFP_ZERO, vmf->vma, vmf->address);
	if (!page)
		return VM_FAULT_OOM;
	__SetPageUptodate(page);
	page_add_new_anon_rmap(page, vmf->vma, vmf->address);
	lru_cache_add(page);
	vmf->vma->vm_mm->anon_pages++;
	set_pte(vmf->pte, make_page_pte(vmf->vma, page, true));
	return 0;
}

static void notify_replaced(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	notifier_range_init(range, MMU_NOTIFY_CLEAR, vmf->vma, vmf->vma->vm_mm, vmf->address,
			    vmf->address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
}

/* Whether another thread has changed the entry while a driver was told, and may have slept. */
static bool has_changed(const struct vm_fault *vmf)
{
	return !pte_same(*vmf->pte, vmf->orig_pte);
}

static vm_fault_t replace_zero_page(struct vm_fault *vmf)
{
	struct mmu_notifier_range range;
	vm_fault_t ret;

	notify_replaced(vmf, &range);
	ret = has_changed(vmf) ? 0 : map_new_page(vmf);
	mmu_notifier_invalidate_range_end(&range);
	return ret;
}

/* A page with the same bytes, which nobody has yet. */
static struct page *copy_of_page(struct vm_fault *vmf, struct page *old)
{
	struct page *new;

	if (anon_vma_prepare(vmf->vma))
		return NULL;
	new = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vmf->vma, vmf->address);
	if (!new)
		return NULL;
	memcpy(frame_address(new), frame_address(old), PAGE_SIZE);
	__SetPageUptodate(new);
	return new;
}

static vm_fault_t copy_shared_page(struct vm_fault *vmf, struct page *old)
{
	struct mmu_notifier_range range;
	struct page *new = copy_of_page(vmf, old);

	if (!new)
		return VM_FAULT_OOM;
	notify_replaced(vmf, &range);
	if (has_changed(vmf)) {
		mmu_notifier_invalidate_range_end(&range);
		put_page(new);
		return 0;
	}
	if (!PageAnon(old)) {
		vmf->vma->vm_mm->anon_pages++;
		vmf->vma->vm_mm->file_pages--;
	}
	page_add_new_anon_rmap(new, vmf->vma, vmf->address);
	lru_cache_add(new);
	set_pte(vmf->pte, make_page_pte(vmf->vma, new, true));
	page_unmap_and_put(old);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

/* A write through a read only entry of a mapping that allows writes. */
static vm_fault_t write_protected_page(struct vm_fault *vmf)
{
	struct page *page = pfn_to_page(pte_pfn(vmf->orig_pte));

	if (is_zero_pfn(pte_pfn(vmf->orig_pte))) {
		split_huge_entry(vmf->vma, vmf->address);
		return replace_zero_page(vmf);
	}
	if (vmf->vma->vm_flags & VM_SHARED) {
		set_pte(vmf->pte, pte_mkwrite(pte_mkdirty(vmf->orig_pte)));
		return 0;
	}
	if (!PageAnon(page))
		return copy_shared_page(vmf, page);
	if (maps_huge_page(vmf->vma->vm_mm, vmf->address)) {
		if (huge_make_writable(vmf, compound_head(page)))
			return 0;
		split_huge_entry(vmf->vma, vmf->address);
	}
	/* Whoever has locked the page may be writing it out: then the copy is for this program. */
	if (PageSwapCache(page) && !PageLocked(page))
		swap_cache_try_free(page);
	if (!PageAnonExclusive(page) && (page_mapcount(page) > 1 || page_count(page) > 1))
		return copy_shared_page(vmf, page);
	__SetPageAnonExclusive(page);
	set_pte(vmf->pte, make_page_pte(vmf->vma, page, true));
	return 0;
}

/* Nothing is there yet, and whoever made the mapping says what page it is. */
static vm_fault_t map_file_page(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	bool shared = vma->vm_flags & VM_SHARED, writable = shared && (vma->vm_flags & VM_WRITE);
	vm_fault_t ret = vma->vm_ops->fault ? vma->vm_ops->fault(vmf) : VM_FAULT_SIGBUS;
	struct page *page = vmf->page, *copy;

	if (ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY))
		return ret & ~VM_FAULT_LOCKED;
	if (ret & VM_FAULT_LOCKED)
		unlock_page(page);
	if (!(vmf->flags & FAULT_FLAG_WRITE) || shared) {
		page_add_file_rmap(page, vma);
		set_pte(vmf->pte, make_page_pte(vma, page, writable));
		return 0;
	}
	copy = copy_of_page(vmf, page);
	put_page(page);
	if (!copy)
		return VM_FAULT_OOM;
	page_add_new_anon_rmap(copy, vma, vmf->address);
	lru_cache_add(copy);
	vma->vm_mm->anon_pages++;
	set_pte(vmf->pte, make_page_pte(vma, copy, true));
	return 0;
}

/*
 * The entry names a page that somebody else has locked, or is moving. When that is over the access
 * is tried again; but if it is the task itself that has the page, it never is.
 */
static vm_fault_t wait_for_entry(struct vm_fault *vmf, const char *what)
{
	struct page *page = leaf_page(vmf->orig_pte);

	if (!tasks_can_wait || verify_task_migrates(page))
		return VM_FAULT_NEVER_ENDS;
	task_wait_until(has_changed(vmf) || !PageLocked(page), what);
	return 0;
}

/*
 * The page is on a device. From 6.1 on the page cannot go away while the driver brings it back:
 * it has one more reference, and from 6.15 on it is locked as well.
 */
static vm_fault_t device_private_page(struct vm_fault *vmf)
{
	struct page *page = leaf_page(vmf->orig_pte);
	bool huge = RELEASE_COMPOUND && PageCompound(page) &&
		    maps_huge_page(vmf->vma->vm_mm, vmf->address);
	struct dev_pagemap *pgmap = device_page_region(compound_head(page));
	unsigned int depth = current->core_depth;
	struct list_head *open;
	struct page *outer;
	vm_fault_t ret;

	if (huge)
		page = compound_head(page);
	if (RELEASE_FAULT_PAGE_LOCKED) {
		if (!trylock_page(page)) {
			if (RELEASE_FAULT_WAITS_FOR_LOCK && !huge)
				return wait_for_entry(vmf, "the lock of a device page");
			return 0;
		}
	}
	if (RELEASE_FAULT_PAGE)
		get_page(page);

	vmf->page = page;
	if (huge)
		vmf->pte = NULL;
	open = verify_enter();
	outer = verify_fault_page(page);
	current->core_depth = 0;
	ret = pgmap->ops->migrate_to_ram(vmf);
	current->core_depth = depth;
	verify_fault_page(outer);
	verify_leave(open);

	if (RELEASE_FAULT_PAGE_LOCKED && !PageLocked(page))
		rule_broken(RULE_PAGE_LOCK,
			    "migrate_to_ram() has let go of the lock of vmf->page, which is the core's: it was unlocked by %pS",
			    page_history(page)->unlocked_at);
	else if (RELEASE_FAULT_PAGE_LOCKED)
		unlock_page(page);
	if (RELEASE_FAULT_PAGE)
		put_page(page);
	return ret;
}

static vm_fault_t serve_fault(struct vm_area_struct *vma, unsigned long addr, unsigned int flags)
{
	struct vm_fault vmf = {
		.vma = vma,
		.flags = flags,
		.gfp_mask = GFP_HIGHUSER_MOVABLE,
		.address = addr & PAGE_MASK,
		.pgoff = linear_page_index(vma, addr),
	};

	if (vma_is_anonymous(vma) &&
	    (flags & FAULT_FLAG_WRITE ? huge_fault(vma, addr) : huge_zeroes_fault(vma, addr)))
		return 0;
	vmf.pte = page_table_get(vma->vm_mm, addr);
	if (!vmf.pte)
		return VM_FAULT_OOM;
	vmf.pmd = page_table_pmd(vma->vm_mm, addr);
	vmf.orig_pte = *vmf.pte;
	sync_acquired(&vma->vm_mm->page_table_lock);

	if (pte_none(vmf.orig_pte) && !vma_is_anonymous(vma))
		return map_file_page(&vmf);
	if (pte_none(vmf.orig_pte))
		return flags & FAULT_FLAG_WRITE ? map_new_page(&vmf) : map_zero_page(&vmf);
	if (leaf_is_device_private(vmf.orig_pte))
		return device_private_page(&vmf);
	if (leaf_is_swap(vmf.orig_pte))
		return swap_in(&vmf);
	if (leaf_is_migration(vmf.orig_pte))
		return wait_for_entry(&vmf, "a page that migrates");
#if RELEASE_EXCLUSIVE
	if (leaf_is_exclusive(vmf.orig_pte))
		return exclusive_fault(&vmf);
#endif
	if ((flags & FAULT_FLAG_WRITE) && !pte_write(vmf.orig_pte))
		return write_protected_page(&vmf);
	return 0;
}

/**
 * handle_mm_fault() - serve a page fault
 * @vma: the mapping, which allows the access
 * @addr: the address
 * @flags: FAULT_FLAG_WRITE for a store
 *
 * Context: the caller holds the mmap lock for reading.
 * Return: 0 when the access is to be tried again, VM_FAULT_OOM, VM_FAULT_SIGBUS, or
 * VM_FAULT_NEVER_ENDS.
 */
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long addr, unsigned int flags)
{
	vm_fault_t ret;

	current->core_depth++;
	ret = serve_fault(vma, addr, flags);
	current->core_depth--;
	return ret;
}
