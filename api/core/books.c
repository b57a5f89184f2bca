// SPDX-License-Identifier: GPL-2.0-only
/*
 * books.c - do the counts of all pages agree with what the page tables say?
 *
 * Goes through every page table and every page. Meant for tests, between two operations: no driver
 * runs, so each reference is that of an entry, of a cache or of program_pin().
 */
#include "core/core.h"
#include "host/host.h"

/* Entries that map a page, small ones and huge ones. */
struct seen {
	unsigned int small;
	unsigned int huge;
};

/**
 * struct books - what was counted
 * @wrong: how much did not agree
 * @seen: by page frame number; for a huge page, huge entries stand at its head
 * @in_use: pages by what their flags say
 * @references: that neither an entry nor a cache explains
 * @exclusive: entries that hold a reference without mapping their page
 */
struct books {
	unsigned long wrong;
	struct seen *seen;
	struct in_use in_use;
	long references;
	long exclusive;
};

static void complain_of_page(struct books *books, const struct page *page, const char *what,
			     long came, long expected)
{
	if (books->wrong++ < 10)
		printk("books: page %#lx: %s is %ld, expected %ld; allocated by %pS\n",
		       page_to_pfn(page), what, came, expected, page_history(page)->allocated_at);
}

static void complain_of_count(struct books *books, const char *what, long came, long expected)
{
	if (came != expected && books->wrong++ < 10)
		printk("books: %s: %ld, expected %ld\n", what, came, expected);
}

static void count_entry(struct books *books, pte_t pte, long *anon, long *file)
{
	struct page *page;

	if (pte_none(pte) || leaf_is_swap(pte) || (pte_present(pte) && is_zero_pfn(pte_pfn(pte))))
		return;
	page = pte_present(pte) ? pfn_to_page(pte_pfn(pte)) : leaf_page(pte);
	if (!test_bit(PG_in_use, &page->flags))
		complain_of_page(books, page, "a mapped page's being in use", 0, 1);
	if (PageAnon(page))
		++*anon;
	else
		++*file;
	if (leaf_is_migration(pte))
		complain_of_page(books, page, "migration entries", 1, 0);
	if (leaf_is_exclusive(pte))
		books->exclusive++;
	else
		books->seen[page_to_pfn(page)].small++;
}

static void count_mm(struct books *books, struct mm_struct *mm)
{
	long anon = 0, file = 0;

	for (struct vm_area_struct *vma = mm->mmap; vma; vma = vma->vm_next) {
		for (unsigned long addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE) {
			const pte_t *ptep = page_table_find(mm, addr);

			if (!ptep) {
				addr = page_table_next(addr, vma->vm_end) - PAGE_SIZE;
			} else if (maps_huge_page(mm, addr)) {
				books->seen[page_to_pfn(huge_entry_page(*ptep))].huge++;
				anon += HPAGE_PMD_NR;
				addr += PMD_SIZE - PAGE_SIZE;
			} else {
				count_entry(books, *ptep, &anon, &file);
			}
		}
	}
	complain_of_count(books, "anonymous pages of an address space", mm->anon_pages, anon);
	complain_of_count(books, "other pages of an address space", mm->file_pages, file);
}

/* References that a huge page, or another, has for its mappings and for a cache. */
static long explained_references(const struct page *page)
{
	long count = page_is_cached(page);

	if (!PageCompound(page))
		return count + page_mapcount(page);
	count += page->private;
	for (int i = 0; i < HPAGE_PMD_NR; i++)
		count += atomic_read(&page[i]._mapcount) + 1;
	return count;
}

static void check_page(struct books *books, const struct page *page)
{
	const struct seen *seen = &books->seen[page_to_pfn(page)];
	bool device = is_zone_device_page(page), in_use = test_bit(PG_in_use, &page->flags);

	/* The page of zeroes can be pinned too. */
	if (test_bit(PG_kernel, &page->flags)) {
		books->references += page_count(page) - 1;
		return;
	}
	if (in_use && device)
		books->in_use.device_pages++;
	else if (in_use)
		books->in_use.system_pages++;
	books->in_use.locked_pages += test_bit(PG_locked, &page->flags);
	books->in_use.isolated_pages += test_bit(PG_isolated, &page->flags);
	if (in_use && (int)seen->small != atomic_read(&page->_mapcount) + 1)
		complain_of_page(books, page, "the map count", atomic_read(&page->_mapcount) + 1,
				 seen->small);
	if (test_bit(PG_head, &page->flags) && seen->huge != page->private)
		complain_of_page(books, page, "the count of huge entries", page->private,
				 seen->huge);
	if (test_bit(PG_migrating, &page->flags))
		complain_of_page(books, page, "being in a migration", 1, 0);
	if (in_use && page->mapping && !test_bit(PG_tail, &page->flags))
		books->references += page_count(page) - explained_references(page) -
				     (device && !RELEASE_FREES_AT_ZERO);
}

/**
 * books_check() - compare all counts with what they count
 *
 * Context: no driver runs, and no task holds a lock.
 * Return: how much does not agree; the first of it is printed.
 */
unsigned long books_check(void)
{
	struct books books = { .seen = host_reserve(FRAME_LIMIT * sizeof(*books.seen)) };
	struct mm_struct *mm;

	BUG_ON(!books.seen);
	list_for_each_entry(mm, &all_mms, all)
		count_mm(&books, mm);
	for (unsigned long pfn = FRAME_FIRST; pfn < frames_end(); pfn++)
		check_page(&books, pfn_to_page(pfn));
	for (unsigned long pfn = FRAME_END; (pfn = device_pfn_from(pfn)); pfn++)
		check_page(&books, pfn_to_page(pfn));

	complain_of_count(&books, "system pages in use", in_use.system_pages,
			  books.in_use.system_pages);
	complain_of_count(&books, "device pages in use", in_use.device_pages,
			  books.in_use.device_pages);
	complain_of_count(&books, "locked pages", in_use.locked_pages, books.in_use.locked_pages);
	complain_of_count(&books, "isolated pages", in_use.isolated_pages,
			  books.in_use.isolated_pages);
	complain_of_count(&books, "references of program_pin()", books.references - books.exclusive,
			  in_use.pinned_pages);
	host_unreserve(books.seen, FRAME_LIMIT * sizeof(*books.seen));
	return books.wrong;
}
