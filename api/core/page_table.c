// SPDX-License-Identifier: GPL-2.0-only
/*
 * page_table.c - the four levels of tables between an address and its entry
 *
 * A table is made when an address below it is first needed, and goes when no mapping is left there.
 *
 * Differs: one lock protects all tables.
 */
#include "core/core.h"
#include "host/host.h"

/*
 * One table. Tables are aligned to the size of their entries, so that the table of an entry is found
 * from the address of the entry.
 */
struct page_table {
	unsigned long entry[PTRS_PER_TABLE];
	unsigned long first_address;
};

#define TABLE_SIZE	(PTRS_PER_TABLE * sizeof(unsigned long))

#define TABLE_PRESENT	1UL

static inline unsigned long table_index(unsigned long addr, unsigned int shift)
{
	return (addr >> shift) & (PTRS_PER_TABLE - 1);
}

static inline struct page_table *table_below(unsigned long entry)
{
	return (struct page_table *)(entry & ~(TABLE_PRESENT | PMD_HUGE | PMD_HUGE_ZEROES));
}

static struct page_table *table_make(struct mm_struct *mm, unsigned long *entry,
				     unsigned long first_address)
{
	struct page_table *table = host_zalloc_aligned(sizeof(*table), TABLE_SIZE);

	if (!table)
		return NULL;
	table->first_address = first_address;
	mm->page_tables++;
	*entry = (unsigned long)table | TABLE_PRESENT;
	return table;
}

int page_table_init(struct mm_struct *mm)
{
	mm->pgd = host_zalloc_aligned(sizeof(struct page_table), TABLE_SIZE);
	return mm->pgd ? 0 : -ENOMEM;
}

static unsigned long *entry_find(struct mm_struct *mm, unsigned long addr, unsigned int shift);

static void table_destroy(struct mm_struct *mm, struct page_table *table, unsigned int shift)
{
	for (int i = 0; shift > PAGE_SHIFT && i < PTRS_PER_TABLE; i++) {
		if (!table->entry[i])
			continue;
		table_destroy(mm, table_below(table->entry[i]), shift - 9);
		mm->page_tables--;
	}
	host_free(table);
}

void page_table_destroy(struct mm_struct *mm)
{
	table_destroy(mm, (struct page_table *)mm->pgd, PGDIR_SHIFT);
	mm->pgd = NULL;
}

/* Takes the table for an address at the level below @shift away, if there is one. */
static void table_remove(struct mm_struct *mm, unsigned long addr, unsigned int shift)
{
	unsigned long *entry = entry_find(mm, addr, shift);

	if (!entry || !*entry)
		return;
	table_destroy(mm, table_below(*entry), shift - 9);
	mm->page_tables--;
	*entry = 0;
	mm->last_table = NULL;
}

/**
 * page_table_free() - free the tables of a range that nothing is mapped in any more
 * @mm: the address space
 * @start: first address
 * @end: the address after the last
 *
 * Those that another mapping needs stay.
 */
void page_table_free(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	for (unsigned int shift = PMD_SHIFT; shift <= PGDIR_SHIFT; shift += 9) {
		unsigned long size = 1UL << shift;

		for (unsigned long at = start & ~(size - 1); at < end; at += size)
			if (!find_vma_intersection(mm, at, at + size))
				table_remove(mm, at, shift);
	}
}

/* The entries of one lowest table have been moved, all of them. */
void page_table_moved(struct mm_struct *mm, unsigned long addr)
{
	table_remove(mm, addr, PMD_SHIFT);
}

/* The entry for @addr in the table at level @shift, or NULL when a table on the way is missing. */
static unsigned long *entry_find(struct mm_struct *mm, unsigned long addr, unsigned int shift)
{
	struct page_table *table = (struct page_table *)mm->pgd;

	for (unsigned int level = PGDIR_SHIFT; level > shift; level -= 9) {
		unsigned long entry = table->entry[table_index(addr, level)];

		if (!entry)
			return NULL;
		table = table_below(entry);
	}
	return &table->entry[table_index(addr, shift)];
}

pmd_t *page_table_pmd(struct mm_struct *mm, unsigned long addr)
{
	return (pmd_t *)entry_find(mm, addr, PMD_SHIFT);
}

/* Through all levels. What is found is remembered: most often the next address is near. */
pte_t *page_table_walk(struct mm_struct *mm, unsigned long addr)
{
	pte_t *ptep = (pte_t *)entry_find(mm, addr, PAGE_SHIFT);

	if (ptep) {
		mm->last_table = ptep - table_index(addr, PAGE_SHIFT);
		mm->last_table_address = addr & PMD_MASK;
	}
	return ptep;
}

/* As page_table_find(), but makes the missing tables. NULL when there is no memory for them. */
pte_t *page_table_get(struct mm_struct *mm, unsigned long addr)
{
	struct page_table *table = (struct page_table *)mm->pgd;
	pte_t *ptep = page_table_find(mm, addr);

	if (ptep)
		return ptep;
	for (unsigned int level = PGDIR_SHIFT; level > PAGE_SHIFT; level -= 9) {
		unsigned long *entry = &table->entry[table_index(addr, level)];

		table = *entry ? table_below(*entry) : table_make(mm, entry, addr >> level << level);
		if (!table)
			return NULL;
	}
	return (pte_t *)&table->entry[table_index(addr, PAGE_SHIFT)];
}

/* The address that a lowest level entry is for. */
unsigned long page_table_address(const pte_t *ptep)
{
	const struct page_table *table;

	table = (const struct page_table *)((unsigned long)ptep & ~(TABLE_SIZE - 1));
	return table->first_address +
	       (((const unsigned long *)ptep - table->entry) << PAGE_SHIFT);
}
