// SPDX-License-Identifier: GPL-2.0-only
/* verify_pages.c - are the words of a migration, and the pages they name, as they have to be? */
#include "core/verify.h"

/* Who did what to a page since it was allocated. */
static void note_page(const char *what, const struct page *page)
{
	report_note("%s is %spage %#lx, refcount %d, allocated by %pS", what,
		    is_zone_device_page(page) ? "device " : "", page_to_pfn(page),
		    page_count(page), page_history(page)->allocated_at);
	if (page_history(page)->locked_at)
		report_note("it was last locked by %pS", page_history(page)->locked_at);
	if (page_history(page)->unlocked_at)
		report_note("it was last unlocked by %pS", page_history(page)->unlocked_at);
}

/* What is known of entry @i: its pages, and the steps that led to where it is. */
void verify_history(const struct open_migration *migration, unsigned long i)
{
	const struct page *from = migrate_pfn_to_page(migration->src_was[i]);
	unsigned long word = migration->dst_was ? migration->dst_was[i] :
			     migration->dst ? migration->dst[i] : 0;

	if (from)
		note_page("its source", from);
	if ((word & MIGRATE_PFN_VALID) && pfn_valid(word >> MIGRATE_PFN_SHIFT))
		note_page("its destination", migrate_pfn_to_page(word));
	note_step(migration);
}

/* The flags of src that the core reads again after setup; the others are for the driver only. */
#define SRC_READ_AGAIN	(MIGRATE_PFN_VALID | MIGRATE_PFN_MIGRATE | DST_COMPOUND)
#define SRC_COMPARED	(SRC_READ_AGAIN | ~((1UL << MIGRATE_PFN_SHIFT) - 1))

/* A driver may take MIGRATE away, which is how the core itself says that a page stays. */
static bool src_is_unchanged(unsigned long now, unsigned long was)
{
	now &= SRC_COMPARED;
	was &= SRC_COMPARED;
	return now == was || now == (was & ~MIGRATE_PFN_MIGRATE);
}

static void check_src(struct open_migration *migration)
{
	bool told = false;

	if (!memcmp(migration->src, migration->src_was, migration->npages * sizeof(long)))
		return;

	for (unsigned long i = 0; i < migration->npages; i++) {
		unsigned long now = migration->src[i], was = migration->src_was[i];

		if (likely(src_is_unchanged(now, was)))
			continue;
		if (!told) {
			rule_broken(RULE_SRC_WRITTEN,
				    "src[%lu] is %#lx, and the core left %#lx there; the page at %#lx is lost with it",
				    i, now, was, migration->start + (i << PAGE_SHIFT));
			verify_history(migration, i);
		}
		told = true;
		migration->src[i] = was;
	}
}

static void check_dst(struct open_migration *migration)
{
	bool told = false;

	if (!memcmp(migration->dst, migration->dst_was, migration->npages * sizeof(long)))
		return;

	for (unsigned long i = 0; i < migration->npages; i++) {
		unsigned long now = migration->dst[i], was = migration->dst_was[i];

		if (likely(now == was))
			continue;
		if (!told) {
			rule_broken(RULE_DST_WRITTEN_LATE,
				    "dst[%lu] is %#lx, and was %#lx when the pages step moved the page at %#lx there",
				    i, now, was, migration->start + (i << PAGE_SHIFT));
			verify_history(migration, i);
		}
		told = true;
		migration->dst[i] = was;
	}
}

/* Since the core last saw the arrays; what changed is put back. */
void verify_words_unchanged(struct open_migration *migration)
{
	check_src(migration);
	if (migration->dst_was)
		check_dst(migration);
}

/* The flags that decide, and what they are for a page that the driver may give. */
#define DST_FLAGS	(1UL << PG_in_use | 1UL << PG_locked | 1UL << PG_migrating | \
			 1UL << PG_lru | 1UL << PG_head | 1UL << PG_tail)
#define DST_FLAGS_GOOD	(1UL << PG_in_use | 1UL << PG_locked)

static int count_of_destination(const struct page *page)
{
	return is_zone_device_page(page) && !RELEASE_FREES_AT_ZERO ? 2 : 1;
}

/* The quick test: most often there is nothing wrong, and the page is no huge one. A page that does not exist has no flags. */
static bool is_good_destination(unsigned long word)
{
	const struct page *page = pfn_to_page(word >> MIGRATE_PFN_SHIFT);

	return (word & MIGRATE_PFN_VALID) && word >> MIGRATE_PFN_SHIFT < FRAME_LIMIT &&
	       (page->flags & DST_FLAGS) == DST_FLAGS_GOOD && !step_mapped(page) &&
	       step_count(page) == count_of_destination(page);
}

/* What is wrong with a word of dst; RULE_COUNT if nothing is. */
static enum rule judge_destination(unsigned long word, const char **text)
{
	const struct page *page;

	if (!(word & MIGRATE_PFN_VALID) || !pfn_valid(word >> MIGRATE_PFN_SHIFT)) {
		*text = "is no word that migrate_pfn() makes of the number of a page";
		return RULE_DST_NOT_A_PAGE;
	}
	page = pfn_to_page(word >> MIGRATE_PFN_SHIFT);
	if (!test_bit(PG_in_use, &page->flags)) {
		*text = "is a page that has been freed";
		return RULE_DST_FREED;
	}
	if (test_bit(PG_migrating, &page->flags)) {
		*text = "is a page that stands in another entry, or is itself a source";
		return RULE_DST_IN_USE;
	}
	if (test_bit(PG_tail, &page->flags)) {
		*text = "is a part of a huge page: only the whole can be given, by its first page";
		return RULE_DST_NOT_A_PAGE;
	}
	if (page_mapped(page) || PageLRU(page)) {
		*text = "is a page that is in use: it is mapped, or on an LRU list";
		return RULE_DST_IN_USE;
	}
	if (!PageLocked(page)) {
		*text = page_history(page)->unlocked_at ? "is a page that has been unlocked" :
					    "is a page that nobody has locked";
		return page_history(page)->unlocked_at ? RULE_DST_FREED : RULE_DST_UNLOCKED;
	}
	if (page_count(page) != count_of_destination(page)) {
		*text = "is a page on which somebody has another reference: it cannot be moved on or freed until that is gone";
		return RULE_DST_REFERENCED;
	}
	return RULE_COUNT;
}

/*
 * Without MIGRATE_PFN_VALID the core sees an empty entry, so a driver may leave itself a message
 * there, like MIGRATE_PFN_ERROR until 5.3.  Only the number of a page that exists is a mistake.
 */
static bool is_empty(unsigned long word)
{
	unsigned long pfn = word >> MIGRATE_PFN_SHIFT;

	return !(word & MIGRATE_PFN_VALID) && (!pfn || !pfn_valid(pfn));
}

static bool is_in_use(unsigned long word)
{
	return test_bit(PG_in_use, &migrate_pfn_to_page(word)->flags);
}

/* Before the core uses them. A page that it cannot use is taken out of dst, or made usable. */
void verify_destinations(struct open_migration *migration)
{
	unsigned long told = 0;

	for (unsigned long i = 0; i < migration->npages; i++) {
		unsigned long word = migration->dst[i];
		const char *text = NULL;
		enum rule rule;

		if (likely(is_good_destination(word))) {
			__set_bit(PG_migrating, &migrate_pfn_to_page(word)->flags);
			continue;
		}
		if (is_empty(word))
			continue;
		rule = judge_destination(word, &text);
		if (rule == RULE_COUNT) {
			__set_bit(PG_migrating, &migrate_pfn_to_page(word)->flags);
			continue;
		}
		if (!(told & 1UL << rule)) {
			rule_broken(rule, "dst[%lu], %#lx, %s", i, word, text);
			verify_history(migration, i);
		}
		told |= 1UL << rule;
		if (rule == RULE_DST_UNLOCKED || (rule == RULE_DST_FREED && is_in_use(word)))
			lock_page(migrate_pfn_to_page(word));
		else if (rule != RULE_DST_REFERENCED)
			migration->dst[i] = 0;
		if (migration->dst[i])
			__set_bit(PG_migrating, &migrate_pfn_to_page(word)->flags);
	}
}

/* The migration that holds a page, and at which entry. */
static struct open_migration *find_holder(const struct page *page, unsigned long *entry,
					  bool *is_source)
{
	struct open_migration *migration;

	list_for_each_entry(migration, &open_migrations, link) {
		for (unsigned long i = 0; i < migration->npages; i++) {
			unsigned long to = migration->dst_was ? migration->dst_was[i] : 0;

			*entry = i;
			*is_source = migrate_pfn_to_page(migration->src_was[i]) == page;
			if (*is_source || (to && migrate_pfn_to_page(to) == page))
				return migration;
		}
	}
	return NULL;
}

/* Whether the task that asks is itself moving a page, so that it must not wait for it. */
bool verify_task_migrates(const struct page *page)
{
	unsigned long entry;
	bool is_source;

	return page == current->fault_page || find_holder(page, &entry, &is_source);
}

static bool tell_of_page(struct page *page, const char *done)
{
	struct open_migration *migration;
	unsigned long entry;
	bool is_source;

	migration = find_holder(page, &entry, &is_source);
	if (!migration)
		return true;
	rule_broken(is_source ? RULE_SRC_FREED : RULE_DST_FREED,
		    "page %#lx is %s while it is the %s of entry %lu of a migration; finalize does that",
		    page_to_pfn(page), done, is_source ? "source" : "destination", entry);
	verify_history(migration, entry);
	return false;
}

bool verify_page_unlock(struct page *page)
{
	return tell_of_page(page, "unlocked");
}

/* The references of its mappings and the one that finalize drops have to stay. */
bool verify_page_put(struct page *page)
{
	int needed = 1 + page_mapcount(page);

	if (is_zone_device_page(page) && !RELEASE_FREES_AT_ZERO)
		needed++;
	return page_count(page) > needed || tell_of_page(page, "let go of");
}
