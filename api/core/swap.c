// SPDX-License-Identifier: GPL-2.0-only
/*
 * swap.c - pages that are written out to a swap device and read again
 *
 * A slot holds the bytes of one page. Entries of page tables name it, and after the page was read
 * for one of them the page may stay in the swap cache: it keeps its slot, has one reference for it,
 * and the next entry finds it there. A page leaves the cache when it is written to and nobody else
 * needs the slot.
 *
 * Where the device is memory (machine_set_swap()), the page of an entry that alone names its slot is
 * read without the swap cache.
 *
 * Differs: nothing is swapped out by itself, only by program_swap_out(); pages of files never are. A
 * page in the swap cache is read-only after a load; from 6.11 on Linux makes it writable at once if
 * nobody shared it when it was swapped out.
 */
#include "core/lru.h"
#include "core/verify.h"
#include "host/host.h"
#include "kernel/wait.h"

/**
 * struct swap_slot - room for one page on the swap device
 * @users: page table entries that name the slot
 * @cached: the page that was read from it, while it is in the swap cache
 * @bytes: what was written; NULL when the slot is free
 */
struct swap_slot {
	unsigned int users;
	struct page *cached;
	void *bytes;
};

#define MOST_SLOTS	(1UL << 20)

/* Slot 0 is never used. */
static struct swap_slot *slots;
static unsigned long slots_in_use, first_free;

/* A device that is memory; known to be slow otherwise. */
static bool device_is_memory;

void swap_to_memory(bool memory)
{
	device_is_memory = memory;
}

static struct swap_slot *slot_of_entry(pte_t pte)
{
	return &slots[leaf_pfn(pte)];
}

static struct swap_slot *slot_of_page(const struct page *page)
{
	return &slots[page->private];
}

static pte_t make_swap_leaf(const struct swap_slot *slot)
{
	return __pte((unsigned long)LEAF_SWAP << __PTE_TYPE_SHIFT |
		     (unsigned long)(slot - slots) << __PTE_OFFSET_SHIFT);
}

static struct swap_slot *slot_alloc(const void *bytes)
{
	unsigned long i = first_free ?: 1;

	if (!slots)
		slots = host_reserve(MOST_SLOTS * sizeof(*slots));
	while (slots && i < MOST_SLOTS && slots[i].bytes)
		i++;
	if (!slots || i == MOST_SLOTS)
		return NULL;
	slots[i].bytes = host_copy(bytes, PAGE_SIZE);
	if (!slots[i].bytes)
		return NULL;
	first_free = i + 1;
	slots_in_use++;
	return &slots[i];
}

static void slot_free_if_unused(struct swap_slot *slot)
{
	if (slot->users || slot->cached)
		return;
	host_free(slot->bytes);
	*slot = (struct swap_slot){ 0 };
	first_free = min(first_free, (unsigned long)(slot - slots));
	slots_in_use--;
}

/* Returns how many slots are still in use, which are none once all programs are gone. */
unsigned long swap_shutdown(void)
{
	unsigned long left = slots_in_use;

	for (unsigned long i = 1; slots_in_use; i++) {
		if (!slots[i].bytes)
			continue;
		host_free(slots[i].bytes);
		slots_in_use--;
	}
	host_unreserve(slots, MOST_SLOTS * sizeof(*slots));
	slots = NULL;
	first_free = 0;
	device_is_memory = false;
	return left;
}

/* Another entry names the slot of this one. */
void swap_duplicate(pte_t pte)
{
	slot_of_entry(pte)->users++;
}

static void remove_from_cache(struct page *page)
{
	struct swap_slot *slot = slot_of_page(page);

	__clear_bit(PG_swapcache, &page->flags);
	page->private = 0;
	slot->cached = NULL;
	slot_free_if_unused(slot);
	put_page(page);
}

/* An entry that names a slot goes. */
void swap_entry_free(pte_t pte)
{
	struct swap_slot *slot = slot_of_entry(pte);

	slot->users--;
	if (slot->cached && !slot->users && !page_mapped(slot->cached))
		remove_from_cache(slot->cached);
	else
		slot_free_if_unused(slot);
}

/* The last entry that mapped a page of the swap cache is gone. */
void swap_cache_unmapped(struct page *page)
{
	if (!page_mapped(page) && !slot_of_page(page)->users)
		remove_from_cache(page);
}

/**
 * swap_cache_try_free() - take a page out of the swap cache
 * @page: a page in the swap cache, on which the caller has a reference
 *
 * Return: false if the slot is still needed.
 */
bool swap_cache_try_free(struct page *page)
{
	if (slot_of_page(page)->users)
		return false;
	remove_from_cache(page);
	return true;
}

/* Another page takes the place of one in the swap cache, and its reference there. */
void swap_cache_move(struct page *to, struct page *from)
{
	to->private = from->private;
	__set_bit(PG_swapcache, &to->flags);
	get_page(to);
	slot_of_page(to)->cached = to;
	__clear_bit(PG_swapcache, &from->flags);
	from->private = 0;
	put_page(from);
}

static bool maps_page(pte_t pte, const struct page *page)
{
	return pte_present(pte) && pte_pfn(pte) == page_to_pfn(page);
}

static void replace_by_swap_leaf(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
				 struct page *page, void *argument)
{
	struct swap_slot *slot = argument;
	struct mmu_notifier_range range;

	if (!maps_page(*ptep, page))
		return;
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	/* A driver was told, and may have slept. */
	if (maps_page(*ptep, page)) {
		page_table_lock(vma->vm_mm);
		slot->users++;
		set_pte(ptep, make_swap_leaf(slot));
		vma->vm_mm->anon_pages--;
		page_remove_rmap(page);
		page_table_unlock(vma->vm_mm);
		put_page(page);
	}
	mmu_notifier_invalidate_range_end(&range);
}

/* A page that has no slot yet gets one, and is in the swap cache from now on. */
static bool add_to_cache(struct page *page)
{
	struct swap_slot *slot = slot_alloc(frame_address(page));

	if (!slot)
		return false;
	slot->cached = page;
	page->private = slot - slots;
	__set_bit(PG_swapcache, &page->flags);
	get_page(page);
	return true;
}

/* A page that its program does not need any more, and has not written to since it said so, goes. */
static void drop_mapping(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			 struct page *page, void *argument)
{
	struct mmu_notifier_range range;

	if (!maps_page(*ptep, page))
		return;
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (maps_page(*ptep, page) && !pte_dirty(*ptep)) {
		set_pte(ptep, __pte(0));
		vma->vm_mm->anon_pages--;
		page_remove_rmap(page);
		put_page(page);
	}
	mmu_notifier_invalidate_range_end(&range);
}

static bool drop(struct page *page)
{
	bool out;

	get_page(page);
	rmap_walk(page, drop_mapping, NULL);
	out = !page_mapped(page);
	if (!out)
		__SetPageSwapBacked(page);
	unlock_page(page);
	put_page(page);
	return out;
}

/**
 * swap_out() - write a page to the swap device and free it, or only free it after MADV_FREE
 * @page: an anonymous page of system memory
 *
 * Return: false if the page is locked in either sense, pinned, off the LRU or there is no room.
 */
bool swap_out(struct page *page)
{
	bool cached = PageSwapCache(page), out = false;

	if (!PageAnon(page) || !PageLRU(page) || is_zone_device_page(page) || PageMlocked(page) ||
	    page_count(page) != page_mapcount(page) + cached || !trylock_page(page))
		return false;
	if (!PageSwapBacked(page))
		return drop(page);
	if (!cached && !add_to_cache(page)) {
		unlock_page(page);
		return false;
	}
	get_page(page);
	rmap_walk(page, replace_by_swap_leaf, slot_of_page(page));

	/*
	 * Only now nobody can write to the page any more. Another thread may have found it in the
	 * swap cache meanwhile, and mapped it again: then it stays there, or is out of it already.
	 */
	if (PageSwapCache(page) && !page_mapped(page)) {
		memcpy(slot_of_page(page)->bytes, frame_address(page), PAGE_SIZE);
		remove_from_cache(page);
		out = true;
	}
	unlock_page(page);
	put_page(page);
	return out;
}

/* A new page with the bytes of a slot. */
static struct page *copy_of_slot(struct vm_fault *vmf, struct swap_slot *slot)
{
	struct page *page = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vmf->vma, vmf->address);

	if (!page)
		return NULL;
	memcpy(frame_address(page), slot->bytes, PAGE_SIZE);
	__SetPageUptodate(page);
	return page;
}

/* The page of a slot, read if it is not in the cache. */
static struct page *read_page(struct vm_fault *vmf, struct swap_slot *slot)
{
	struct page *page = slot->cached;

	if (page)
		return page;
	page = copy_of_slot(vmf, slot);
	if (!page)
		return NULL;
	__set_bit(PG_swapcache, &page->flags);
	page->private = slot - slots;
	slot->cached = page;
	lru_cache_add(page);
	return page;
}

/* A page that was read for this mapping, to which it belongs from now on. */
static void add_read_page(struct page *page, struct vm_fault *vmf)
{
	page_add_new_anon_rmap(page, vmf->vma, vmf->address);
	if (RELEASE_SWAP_IN_FORGETS_LOCK)
		__clear_bit(PG_mlocked, &page->flags);
}

/* Nobody else needs the slot, and reading it again would cost next to nothing. */
static vm_fault_t swap_in_without_cache(struct vm_fault *vmf, struct swap_slot *slot)
{
	struct page *page = copy_of_slot(vmf, slot);
	bool writable;

	if (!page)
		return VM_FAULT_OOM;
	slot->users--;
	slot_free_if_unused(slot);
	add_read_page(page, vmf);
	lru_cache_add(page);
	vmf->vma->vm_mm->anon_pages++;
	writable = RELEASE_SWAP_IN_WRITABLE ? vmf->vma->vm_flags & VM_WRITE :
					      vmf->flags & FAULT_FLAG_WRITE;
	set_pte(vmf->pte, make_page_pte(vmf->vma, page, writable));
	return VM_FAULT_MAJOR;
}

/**
 * swap_in() - serve a fault on an entry that names a slot
 * @vmf: the fault
 *
 * A load leaves the page in the swap cache, and its entry read only. So does a store while another
 * entry names the slot or maps the page; it faults again and gets a copy.
 *
 * Return: 0, or VM_FAULT_OOM.
 */
vm_fault_t swap_in(struct vm_fault *vmf)
{
	struct swap_slot *slot = slot_of_entry(vmf->orig_pte);
	struct page *page = slot->cached;
	bool alone;

	/* Whoever has locked the page may be moving it, or writing it out. */
	if (page && PageLocked(page) && tasks_can_wait && !verify_task_migrates(page)) {
		task_wait_until(!pte_same(*vmf->pte, vmf->orig_pte) || !PageLocked(page),
				"a page of the swap cache");
		return 0;
	}
	if (!page && device_is_memory && slot->users == 1)
		return swap_in_without_cache(vmf, slot);
	page = read_page(vmf, slot);
	if (!page)
		return VM_FAULT_OOM;
	slot->users--;
	alone = !slot->users && !page_mapped(page);
	if (page->mapping)
		page_add_anon_rmap(page, vmf->vma);
	else
		add_read_page(page, vmf);
	if (!alone)
		__ClearPageAnonExclusive(page);
	get_page(page);
	vmf->vma->vm_mm->anon_pages++;
	if (alone && (vmf->flags & FAULT_FLAG_WRITE))
		remove_from_cache(page);
	else
		alone = false;
	set_pte(vmf->pte, make_page_pte(vmf->vma, page, alone));
	return VM_FAULT_MAJOR;
}

static bool has_locked_mapping(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);

	while (vma && vma->vm_start < end && !(vma->vm_flags & VM_LOCKED))
		vma = vma->vm_next;
	return vma && vma->vm_start < end;
}

/*
 * The pages of a range, as far as they can go, huge ones split. Returns how many went, or -EINVAL,
 * also when part of the range is locked.
 */
long swap_out_range(struct mm_struct *mm, unsigned long start, unsigned long length)
{
	unsigned long end = start + PAGE_ALIGN(length);
	long pages = 0;

	if (!PAGE_ALIGNED(start) || end <= start || has_locked_mapping(mm, start, end))
		return -EINVAL;
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE) {
		pte_t *ptep = page_table_find(mm, addr);
		struct page *page;

		if (!ptep || !pte_present(*ptep) || is_zero_pfn(pte_pfn(*ptep)))
			continue;
		page = pfn_to_page(pte_pfn(*ptep));
		if (!PageCompound(page) || !lock_and_split_huge_page(page))
			pages += swap_out(page);
	}
	return pages;
}
