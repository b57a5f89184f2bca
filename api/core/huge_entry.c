// SPDX-License-Identifier: GPL-2.0-only
/*
 * huge_entry.c - what a middle level entry that maps a huge page can be turned into
 *
 * Such an entry maps a huge page of system memory, or names one on a device (6.19), or one that is
 * on its way. The 512 small ones below it, which it stands for, say the same of each page.
 */
#include "core/core.h"

/* The huge page of an entry, whatever it is. */
struct page *huge_entry_page(pte_t pte)
{
	return compound_head(pte_present(pte) ? pfn_to_page(pte_pfn(pte)) : leaf_page(pte));
}

/* Whether the entry above @addr maps or names a huge page on a device. */
bool is_huge_device_entry(struct mm_struct *mm, unsigned long addr)
{
	return maps_huge_page(mm, addr) && leaf_is_device_private(*page_table_find(mm, addr));
}

/* Entries that map a huge page or a part of it. */
int huge_mappings(const struct page *head)
{
	int count = head->private;

	for (int i = 0; i < HPAGE_PMD_NR; i++)
		count += atomic_read(&head[i]._mapcount) + 1;
	return count;
}

/* The entry does not map its page any more, but names it as one on its way. Its reference stays. */
void huge_entry_to_migration(struct vm_area_struct *vma, unsigned long start, struct page *head)
{
	pte_t *ptep = page_table_find(vma->vm_mm, start);
	bool writable = pte_present(*ptep) ? pte_write(*ptep) : leaf_is_writable(*ptep);

	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		if (pte_present(ptep[i]) && pte_dirty(ptep[i]))
			SetPageDirty(head);
		set_pte(ptep + i, make_migration_leaf(head + i, writable));
	}
	head->private--;
	if (unlikely(PageMlocked(head)))
		munlock_page(head);
}

/* Makes 512 entries of one, each with the same state as the whole. Nobody is told. */
void huge_entry_open(struct vm_area_struct *vma, unsigned long start)
{
	pte_t *ptep = page_table_find(vma->vm_mm, start);
	struct page *head = huge_entry_page(*ptep);

	pmd_set_huge(page_table_pmd(vma->vm_mm, start), false);
	if (leaf_is_migration(*ptep))
		return;
	for (int i = 0; i < HPAGE_PMD_NR; i++)
		page_add_anon_rmap(head + i, vma);
	head->private--;
	atomic_add(HPAGE_PMD_NR - 1, &head->_refcount);
}

#if RELEASE_COMPOUND
/* One small entry of a huge page; the whole is announced already. */
static void small_to_migration(struct vm_area_struct *vma, pte_t *ptep, struct page *page)
{
	pte_t pte = *ptep;

	if (pte_present(pte) ? pte_pfn(pte) != page_to_pfn(page) :
	    !leaf_is_device_private(pte) || leaf_page(pte) != page)
		return;
	if (pte_present(pte) && pte_dirty(pte))
		SetPageDirty(page);
	set_pte(ptep, make_migration_leaf(page, pte_present(pte) ? pte_write(pte) :
						leaf_is_writable(pte)));
	page_remove_rmap(page);
	put_page(page);
}

static bool maps_head(const struct vm_area_struct *vma, unsigned long addr, const struct page *head)
{
	const pte_t *ptep = page_table_find(vma->vm_mm, addr & PMD_MASK);

	return maps_huge_page(vma->vm_mm, addr) && !leaf_is_migration(*ptep) &&
	       huge_entry_page(*ptep) == head;
}

static void part_to_migration(struct vm_area_struct *vma, struct page *head, unsigned long start,
			      unsigned long end)
{
	struct mmu_notifier_range range;
	unsigned long first = linear_page_index(vma, start) - head->index;

	notifier_range_init(&range, MMU_NOTIFY_CLEAR, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	if (maps_head(vma, start, head)) {
		huge_entry_to_migration(vma, start, head);
		put_page(head);
	} else {
		for (unsigned long addr = start; addr < end; addr += PAGE_SIZE, first++) {
			pte_t *ptep = page_table_find(vma->vm_mm, addr);

			if (ptep && !maps_huge_page(vma->vm_mm, addr))
				small_to_migration(vma, ptep, head + first);
		}
	}
	mmu_notifier_invalidate_range_end(&range);
}

/**
 * try_to_migrate_huge() - replace every mapping of a huge page by a migration entry
 * @head: the page, locked, with a reference of the caller
 */
void try_to_migrate_huge(struct page *head)
{
	rmap_walk_huge(head, part_to_migration);
}

static pte_t entry_for(struct vm_area_struct *vma, struct page *page, bool writable, bool dirty)
{
	pte_t pte;

	if (is_device_private_page(page))
		return make_device_private_leaf(page, writable);
	pte = pte_wrprotect(pfn_pte(page_to_pfn(page), vma->vm_page_prot));
	if (dirty)
		pte = pte_mkdirty(pte);
	return writable && (vma->vm_flags & VM_WRITE) ? pte_mkwrite(pte) : pte;
}

/* The page that is restored: the walk goes by the page that takes its place. */
static struct page *restored_from;

static void restore_part(struct vm_area_struct *vma, struct page *head, unsigned long start,
			 unsigned long end)
{
	bool huge = maps_huge_page(vma->vm_mm, start), found = false;
	unsigned long i = linear_page_index(vma, start) - head->index;

	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE, i++) {
		pte_t *ptep = page_table_find(vma->vm_mm, addr);
		bool writable;

		if (!ptep || !leaf_is_migration(*ptep) || leaf_page(*ptep) != restored_from + i)
			continue;
		writable = leaf_is_writable(*ptep);
		set_new_pte(ptep, entry_for(vma, head + i, writable, PageDirty(head)));
		found = true;
		if (!huge) {
			get_page(head);
			page_add_anon_rmap(head + i, vma);
		}
	}
	if (!huge || !found)
		return;
	get_page(head);
	head->private++;
	if ((vma->vm_flags & VM_LOCKED) && !is_zone_device_page(head))
		__set_bit(PG_mlocked, &head->flags);
}

/**
 * remove_huge_migration_entries() - replace every migration entry of a huge page by a mapping
 * @old: the page that the entries name
 * @new: the huge page to map; @old itself when it did not move
 */
void remove_huge_migration_entries(struct page *old, struct page *new)
{
	restored_from = old;
	rmap_walk_huge(new, restore_part);
}

/**
 * huge_insert() - map a huge page where there was nothing
 * @vma: the mapping, which is anonymous
 * @start: the address, a multiple of 2 MiB
 * @head: the page, in system memory or on a device
 *
 * Return: false when there is something by now.
 */
bool huge_insert(struct vm_area_struct *vma, unsigned long start, struct page *head)
{
	struct mm_struct *mm = vma->vm_mm;
	pte_t *ptep = page_table_get(mm, start);

	if (!ptep || anon_vma_prepare(vma) || maps_huge_page(mm, start))
		return false;
	if (maps_huge_zeroes(mm, start)) {
		page_table_pmd(mm, start)->pmd &= ~PMD_HUGE_ZEROES;
	} else {
		for (int i = 0; i < HPAGE_PMD_NR; i++)
			if (!pte_none(ptep[i]))
				return false;
	}
	for (int i = 0; i < HPAGE_PMD_NR; i++) {
		page_add_new_anon_rmap(head + i, vma, start + i * PAGE_SIZE);
		atomic_set(&head[i]._mapcount, -1);
		__SetPageUptodate(head + i);
		if (i)
			__clear_bit(PG_mlocked, &head[i].flags);
		set_pte(ptep + i, entry_for(vma, head + i, vma->vm_flags & VM_WRITE, true));
	}
	head->private = 1;
	if (!is_zone_device_page(head))
		SetPageLRU(head);
	get_page(head);
	mm->anon_pages += HPAGE_PMD_NR;
	pmd_set_huge(page_table_pmd(mm, start), true);
	return true;
}
#endif
