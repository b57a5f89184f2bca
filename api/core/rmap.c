// SPDX-License-Identifier: GPL-2.0-only
/*
 * rmap.c - from a page to the page table entries that map it
 *
 * page->mapping of an anonymous page names a struct anon_vma, that of another its file. Either lists
 * every mapping that may contain the page; page->index says at which place.
 *
 * Differs: Linux gives each forked child a struct anon_vma of its own, to search fewer mappings;
 * here a whole family shares one, and finds the same entries.
 */
#include "core/core.h"
#include "host/host.h"
#include "kernel/wait.h"

struct anon_vma {
	struct list_head vmas;
	struct list_head all;
};

/* A page can outlive its mappings, so what it names stays until the machine is shut down. */
static LIST_HEAD(all_anon_vmas);

int anon_vma_prepare(struct vm_area_struct *vma)
{
	struct anon_vma *anon_vma;

	if (vma->anon_vma)
		return 0;
	anon_vma = host_zalloc(sizeof(*anon_vma));
	if (!anon_vma)
		return -ENOMEM;
	INIT_LIST_HEAD(&anon_vma->vmas);
	list_add(&anon_vma->all, &all_anon_vmas);
	vma->anon_vma = anon_vma;
	list_add(&vma->anon_vma_link, &anon_vma->vmas);
	return 0;
}

/* Lets pages of @from be found in @to as well: after a split, or in a forked child. */
int anon_vma_clone(struct vm_area_struct *to, struct vm_area_struct *from)
{
	to->anon_vma = from->anon_vma;
	if (to->anon_vma)
		list_add_tail(&to->anon_vma_link, &to->anon_vma->vmas);
	return 0;
}

void anon_vma_unlink(struct vm_area_struct *vma)
{
	if (!vma->anon_vma)
		return;
	vma->anon_vma = NULL;
	list_del(&vma->anon_vma_link);
}

void rmap_shutdown(void)
{
	struct anon_vma *anon_vma, *next;

	list_for_each_entry_safe(anon_vma, next, &all_anon_vmas, all)
		host_free(anon_vma);
	INIT_LIST_HEAD(&all_anon_vmas);
}

static struct anon_vma *page_anon_vma(const struct page *page)
{
	if (!PageAnon(page))
		return NULL;
	return (struct anon_vma *)((unsigned long)page->mapping & ~PAGE_MAPPING_ANON);
}

/* A page that no entry mapped before becomes the page of @addr. */
void page_add_new_anon_rmap(struct page *page, struct vm_area_struct *vma, unsigned long addr)
{
	page->mapping = (struct address_space *)((unsigned long)vma->anon_vma | PAGE_MAPPING_ANON);
	page->index = linear_page_index(vma, addr);
	__SetPageSwapBacked(page);
	__SetPageAnonExclusive(page);
	atomic_set(&page->_mapcount, 0);
	if (unlikely(vma->vm_flags & VM_LOCKED) && !is_zone_device_page(page))
		mlock_page(page);
}

void page_add_anon_rmap(struct page *page, struct vm_area_struct *vma)
{
	count_up(&page->_mapcount);
	if (unlikely(vma->vm_flags & VM_LOCKED))
		mlock_page(page);
}

void page_add_file_rmap(struct page *page, struct vm_area_struct *vma)
{
	vma->vm_mm->file_pages++;
	page_add_anon_rmap(page, vma);
}

/* A walk may sleep where it tells a driver. The mappings that it goes through stay until its end. */
static unsigned int walkers;

void rmap_wait_for_walks(void)
{
	if (tasks_can_wait)
		task_wait_until(!walkers, "a walk through the mappings of a page");
}

/* Where a mapping has the entry for the page's place, if the page is within the mapping. */
static inline pte_t *entry_in(const struct vm_area_struct *vma, const struct page *page,
		       unsigned long *addr)
{
	unsigned long place = page->index - vma->vm_pgoff;

	if (page->index < vma->vm_pgoff || place >= vma_pages(vma))
		return NULL;
	*addr = vma->vm_start + (place << PAGE_SHIFT);
	return page_table_find(vma->vm_mm, *addr);
}

/* Calls @visit for the entry at the page's place in every mapping that may contain the page. */
static __always_inline void walk(struct page *page,
				 void (*visit)(struct vm_area_struct *vma, unsigned long addr,
					       pte_t *ptep, struct page *page, void *argument),
				 void *argument)
{
	struct anon_vma *anon_vma = page_anon_vma(page);
	struct vm_area_struct *vma;
	unsigned long addr;
	pte_t *ptep;

	walkers++;
	if (anon_vma) {
		list_for_each_entry(vma, &anon_vma->vmas, anon_vma_link) {
			ptep = entry_in(vma, page, &addr);
			if (ptep)
				visit(vma, addr, ptep, page, argument);
		}
	} else if (page->mapping) {
		list_for_each_entry(vma, &page->mapping->vmas, mapping_link) {
			ptep = entry_in(vma, page, &addr);
			if (ptep)
				visit(vma, addr, ptep, page, argument);
		}
	}
	walkers--;
	tasks_wake();
}

void rmap_walk(struct page *page,
	       void (*visit)(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			     struct page *page, void *argument),
	       void *argument)
{
	walk(page, visit, argument);
}

/* The part of a mapping that a huge page has its place in. false if there is none. */
static bool part_in(const struct vm_area_struct *vma, const struct page *head, unsigned long *start,
		    unsigned long *end)
{
	unsigned long first = max(head->index, vma->vm_pgoff);
	unsigned long last = min(head->index + HPAGE_PMD_NR, vma->vm_pgoff + vma_pages(vma));

	if (first >= last)
		return false;
	*start = vma->vm_start + ((first - vma->vm_pgoff) << PAGE_SHIFT);
	*end = *start + ((last - first) << PAGE_SHIFT);
	return true;
}

/**
 * rmap_walk_huge() - go through the mappings that a part of a huge page may be in
 * @head: the huge page, which is anonymous
 * @visit: called for each of them with that part of the mapping; may sleep
 */
void rmap_walk_huge(struct page *head,
		    void (*visit)(struct vm_area_struct *vma, struct page *head,
				  unsigned long start, unsigned long end))
{
	struct vm_area_struct *vma;
	unsigned long start, end;

	walkers++;
	list_for_each_entry(vma, &page_anon_vma(head)->vmas, anon_vma_link) {
		if (part_in(vma, head, &start, &end))
			visit(vma, head, start, end);
	}
	walkers--;
	tasks_wake();
}

/* Whether an entry is that of a page, of the system or of a device. */
bool entry_maps(pte_t pte, const struct page *page)
{
	if (pte_present(pte))
		return pte_pfn(pte) == page_to_pfn(page);
	return leaf_is_device_private(pte) && leaf_page(pte) == page;
}

static void replace_by_migration_leaf(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
				      struct page *page, void *argument)
{
	struct mmu_notifier_range range;
	pte_t pte;

	/* Announced before it is known whether the page is mapped here, or is not any more. */
	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = *ptep;
	if (!entry_maps(pte, page)) {
		mmu_notifier_invalidate_range_end(&range);
		return;
	}

	page_table_lock(vma->vm_mm);
	if (pte_present(pte) && pte_dirty(pte))
		__SetPageDirty(page);
	set_pte(ptep, make_migration_leaf(page, pte_present(pte) ? pte_write(pte) :
						leaf_is_writable(pte)));
	page_remove_rmap(page);
	page_table_unlock(vma->vm_mm);
	put_page(page);

	mmu_notifier_invalidate_range_end(&range);
}

/**
 * try_to_migrate() - replace every mapping of a page by a migration entry
 * @page: the page, locked, with a reference of the caller
 */
void try_to_migrate(struct page *page)
{
	rmap_walk(page, replace_by_migration_leaf, NULL);
}

static inline void restore_mapping(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			    struct page *new, void *argument)
{
	struct page *old = argument;
	pte_t pte = *ptep;
	bool writable;

	if (!leaf_is_migration(pte) || leaf_page(pte) != old)
		return;
	writable = leaf_is_writable(pte);
	count_up(&new->_refcount);

	page_table_lock(vma->vm_mm);
	if (is_device_private_page(new)) {
		pte = make_device_private_leaf(new, writable);
	} else {
		pte = pte_wrprotect(pfn_pte(page_to_pfn(new), vma->vm_page_prot));
		if (PageDirty(new))
			pte = pte_mkdirty(pte);
		if (writable && (vma->vm_flags & VM_WRITE))
			pte = pte_mkwrite(pte);
	}
	set_new_pte(ptep, pte);
	page_add_anon_rmap(new, vma);
	page_table_unlock(vma->vm_mm);
}

/**
 * remove_migration_pte() - replace the only migration entry of a page by a mapping
 * @vma: the mapping that the entry is in
 * @addr: its address
 * @old: the page that the entry names
 * @new: the page to map; @old itself when it did not move
 */
void remove_migration_pte(struct vm_area_struct *vma, unsigned long addr, struct page *old,
			  struct page *new)
{
	pte_t *ptep = page_table_find(vma->vm_mm, addr);

	if (ptep)
		restore_mapping(vma, addr, ptep, new, old);
}

/**
 * remove_migration_ptes() - replace every migration entry of a page by a mapping
 * @old: the page that the entries name
 * @new: the page to map; @old itself when it did not move
 *
 * Finds the entries through @new, so that page must have taken over the place of @old before.
 */
void remove_migration_ptes(struct page *old, struct page *new)
{
	walk(new, restore_mapping, old);
}
