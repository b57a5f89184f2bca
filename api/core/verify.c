// SPDX-License-Identifier: GPL-2.0-only
/* verify.c - are the steps of a migration called in order, and under the lock? See verify.h. */
#include "core/verify.h"

#include "host/host.h"
#include "kernel/failure.h"

/* The page that the CPU waits for while migrate_to_ram() runs. */
#define page_of_fault	(current->fault_page)

/* Whoever forgets a member forgets it at every fault: once is enough to be told. */
static const void *member_told_to;

static struct open_migration *find_open(const unsigned long *src)
{
	struct open_migration *migration;

	list_for_each_entry(migration, &open_migrations, link)
		if (migration->src == src)
			return migration;
	return NULL;
}

/* The pages of the words are in no migration any more. */
static void unmark_pages(const unsigned long *words, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(words[i]);

		if (page)
			__clear_bit(PG_migrating, &page->flags);
	}
}

/* The last one that was forgotten, for the next. */
static struct open_migration *spare;

static void forget(struct open_migration *migration)
{
	list_del(&migration->link);
	if (migration->npages > FEW_WORDS) {
		host_free(migration->src_was);
		host_free(migration->dst_was);
	}
	host_free(spare);
	spare = migration;
}

static struct open_migration *take_spare(void)
{
	struct open_migration *migration = spare ?: host_zalloc(sizeof(*migration));

	spare = NULL;
	BUG_ON(!migration);
	return migration;
}

/* Room for what src or dst was. */
static unsigned long *words_for(struct open_migration *migration, int which)
{
	unsigned long *words = migration->few[which];

	if (migration->npages > FEW_WORDS)
		words = host_alloc_words(migration->npages);
	BUG_ON(!words);
	return words;
}

static struct open_migration *remember(unsigned long *src, unsigned long npages,
				       const void *caller)
{
	struct open_migration *migration = take_spare();

	*migration = (struct open_migration){
		.src = src,
		.npages = npages,
		.setup_at = caller,
	};
	if (npages) {
		migration->src_was = words_for(migration, 0);
		copy_words(migration->src_was, src, npages);
		for (unsigned long i = 0; i < npages && !migration->owed; i++)
			migration->owed = src[i];
	}
	list_add(&migration->link, &open_migrations);
	return migration;
}

/* Whether the steps work on the page table entry that the CPU waits for. */
static bool serves_fault(const struct migrate_vma *args)
{
	unsigned long addr;

	if (!page_of_fault || !args->vma || !args->vma->anon_vma)
		return false;
	addr = args->vma->vm_start + ((page_of_fault->index - args->vma->vm_pgoff) << PAGE_SHIFT);
	return addr >= args->start && addr < args->end;
}

/* Whether a pointer to a page can be one. */
static bool is_page(const struct page *page)
{
	return page >= pfn_to_page(FRAME_FIRST) && page < pfn_to_page(FRAME_LIMIT) &&
	       ((unsigned long)page - (unsigned long)vmemmap) % sizeof(*page) == 0 &&
	       pfn_valid(page_to_pfn(page));
}

static bool members_hold_no_garbage(const struct migrate_vma *args)
{
	const struct page *fault_page = migration_fault_page(args);

	if (fault_page && !is_page(fault_page)) {
		rule_broken(RULE_NOT_ZEROED, "fault_page is %px, which is no page; setup refuses it",
			    fault_page);
		return false;
	}
#if RELEASE_SELECT_FLAGS
	if (args->flags & ~15UL) {
		rule_broken(RULE_NOT_ZEROED, "flags is %#lx, which has bits that mean nothing",
			    args->flags);
	}
#endif
	return true;
}

/* What the release needs to know and was not told, or NULL. */
static const char *missing_member(const struct migrate_vma *args)
{
	if (RELEASE_FAULT_PAGE && serves_fault(args) && migration_fault_page(args) != page_of_fault)
		return "fault_page is not vmf->page, and the core's own reference on that page looks like somebody else's: it cannot move";
#if RELEASE_SELECT_FLAGS
	if (!args->flags)
		return "flags is 0, which selects no page at all";
	if ((args->flags & MIGRATE_VMA_SELECT_DEVICE_PRIVATE) && !args->pgmap_owner)
		return "pgmap_owner is NULL, so that no device page is selected";
#endif
	return NULL;
}

/* Given out, locked, and nobody's yet. */
static bool is_ready_to_be_moved_to(const struct page *page)
{
	return test_bit(PG_in_use, &page->flags) && PageLocked(page) && !page->mapping &&
	       !test_bit(PG_migrating, &page->flags);
}

/* What is left in dst from before is not; what was put there too early is. */
static void check_prefilled(const struct migrate_vma *args)
{
	unsigned long npages = (args->end - args->start) >> PAGE_SHIFT;

	if (!args->vma || !args->src || !args->dst || args->start >= args->end ||
	    args->end > args->vma->vm_end)
		return;
	for (unsigned long i = 0; i < npages; i++) {
		unsigned long word = args->dst[i], pfn = word >> MIGRATE_PFN_SHIFT;

		if (likely(!(word & MIGRATE_PFN_VALID)) || !pfn_valid(pfn) ||
		    !is_ready_to_be_moved_to(pfn_to_page(pfn)))
			continue;
		rule_broken(RULE_DST_PREFILLED,
			    "migrate_vma_setup() clears dst[%lu], which names page %#lx, locked by %pS",
			    i, pfn, page_history(pfn_to_page(pfn))->locked_at);
		return;
	}
}

void note_step(const struct open_migration *migration)
{
	report_note("its setup was called from %pS", migration->setup_at);
	if (migration->pages_at)
		report_note("its pages step was called from %pS", migration->pages_at);
	if (migration->unlocked_at)
		report_note("the mmap lock was let go in %pS", migration->unlocked_at);
}

/**
 * verify_setup() - a migration begins
 * @args: what the driver asks for
 * @caller: who asks
 *
 * Return: false if setup has to refuse it, because it would read garbage.
 */
bool verify_setup(const struct migrate_vma *args, const void *caller)
{
	struct open_migration *before = find_open(args->src);
	const char *missing;

	if (before && before->owed) {
		rule_broken(RULE_FINALIZE_MISSING,
			    "migrate_vma_setup() is given arrays whose last migration is not finalized");
		note_step(before);
	}
	if (before)
		forget(before);
	if (!members_hold_no_garbage(args))
		return false;
	missing = caller == member_told_to ? NULL : missing_member(args);
	if (missing) {
		member_told_to = caller;
		rule_broken(RULE_MEMBER_MISSING, "%s", missing);
	}
	check_prefilled(args);
	return true;
}

void verify_setup_done(const struct migrate_vma *args, int ret, const void *caller)
{
	struct open_migration *migration;

	migration = remember(args->src, ret ? 0 : args->npages, caller);
	migration->step = ret ? STEP_REFUSED : STEP_COLLECTED;
	if (ret)
		return;
	migration->dst = args->dst;
	migration->start = args->start;
	migration->lock = &mm_lock(args->vma->vm_mm)->state;
	/* It was not held in the first place, and that has been told. */
	if (!lock_state_is_held(migration->lock))
		migration->lock = NULL;
}

void verify_device_setup_done(unsigned long *src, unsigned long npages, const void *caller)
{
	struct open_migration *before = find_open(src);

	if (before && before->owed) {
		rule_broken(RULE_FINALIZE_MISSING,
			    "migrate_device_range() is given an array whose last migration is not finalized");
		note_step(before);
	}
	if (before)
		forget(before);
	remember(src, npages, caller)->step = STEP_COLLECTED;
}

/* The migration that a step belongs to; NULL if there is none, which is reported. */
static struct open_migration *find_for_step(const unsigned long *src, const char *step)
{
	struct open_migration *migration = find_open(src);

	if (!migration) {
		rule_broken(RULE_STEP_ORDER, "%s step without a migration that was set up before",
			    step);
		return NULL;
	}
	if (migration->step == STEP_REFUSED) {
		rule_broken(RULE_AFTER_FAILED_SETUP,
			    "%s step, and the setup before it returned an error: the arrays hold nothing of this migration",
			    step);
		note_step(migration);
		return NULL;
	}
	return migration;
}

static bool is_in(const unsigned long *words, const void *object, unsigned long size)
{
	return words && (const char *)words >= (const char *)object &&
	       (const char *)words < (const char *)object + size;
}

static void check_lock(struct open_migration *migration, const char *step)
{
	if (!migration->lock || !migration->owed ||
	    (!migration->unlocked_at && lock_state_is_held(migration->lock)))
		return;
	rule_broken(RULE_MMAP_LOCK_DROPPED,
		    "%s step of a migration during which the mmap lock was let go: the mapping may have gone meanwhile",
		    step);
	note_step(migration);
	migration->lock = NULL;
}

static bool arrays_are_gone(struct open_migration *migration, const char *step)
{
	if (!migration->freed_at)
		return false;
	rule_broken(RULE_ARRAYS_FREED, "%s step of a migration whose arrays were freed by %pS", step,
		    migration->freed_at);
	note_step(migration);
	return true;
}

/**
 * verify_pages() - the second step begins
 * @src: the driver's array
 * @dst: the driver's other array
 * @caller: who calls
 *
 * Return: false if the step is not to be carried out.
 */
bool verify_pages(unsigned long *src, unsigned long *dst, const void *caller)
{
	struct open_migration *migration = find_for_step(src, "pages");

	if (!migration || arrays_are_gone(migration, "pages"))
		return false;
	if (migration->step == STEP_MOVED) {
		rule_broken(RULE_STEP_ORDER,
			    "pages step for the second time, and the pages have moved already");
		note_step(migration);
		return false;
	}
	check_lock(migration, "pages");
	migration->dst = dst;
	verify_words_unchanged(migration);
	verify_destinations(migration);
	migration->pages_at = caller;
	return true;
}

void verify_pages_done(unsigned long *src)
{
	struct open_migration *migration = find_open(src);

	migration->step = STEP_MOVED;
	if (!migration->npages)
		return;
	copy_words(migration->src_was, src, migration->npages);
	migration->dst_was = words_for(migration, 1);
	copy_words(migration->dst_was, migration->dst, migration->npages);
}

/* A word of dst beside a source that still looks as if it had moved. */
static bool pages_were_skipped(const struct open_migration *migration, unsigned long i)
{
	return (migration->src[i] & MIGRATE_PFN_MIGRATE) && migrate_pfn_to_page(migration->dst[i]);
}

static void check_pages_skipped(struct open_migration *migration)
{
	for (unsigned long i = 0; i < migration->npages; i++) {
		if (!pages_were_skipped(migration, i))
			continue;
		rule_broken(RULE_PAGES_SKIPPED,
			    "finalize step without the pages step before it, and dst[%lu] has a page: it is taken for one that the mapping has moved to",
			    i);
		verify_history(migration, i);
		break;
	}
	/* With Linux the source would go now, and its page table entry lead to a free page. */
	for (unsigned long i = 0; i < migration->npages; i++)
		if (pages_were_skipped(migration, i))
			migration->src[i] &= ~MIGRATE_PFN_MIGRATE;
}

/* The arrays are there for the last time. Whoever finalizes nevertheless is told, and that is done. */
static void keep_words(struct open_migration *migration, const void *caller)
{
	migration->freed_at = caller;
	copy_words(migration->src_was, migration->src, migration->npages);
	if (!migration->dst)
		return;
	if (!migration->dst_was)
		migration->dst_was = words_for(migration, 1);
	copy_words(migration->dst_was, migration->dst, migration->npages);
}

/* Memory of the driver is about to be freed. */
void verify_object_gone(const void *object, unsigned long size, const void *caller)
{
	struct open_migration *migration;

	list_for_each_entry(migration, &open_migrations, link)
		if (migration->owed && !migration->freed_at &&
		    (is_in(migration->src, object, size) || is_in(migration->dst, object, size)))
			keep_words(migration, caller);
}

static void finalize_kept_words(struct open_migration *migration)
{
	struct page *fault_page = RELEASE_FAULT_PAGE ? page_of_fault : NULL;

	for (unsigned long i = 0; migration->step == STEP_COLLECTED && i < migration->npages; i++)
		migration->src_was[i] &= ~MIGRATE_PFN_MIGRATE;
	finalize_entries(migration->src_was, migration->dst_was, migration->npages, fault_page, NULL);
}

/**
 * verify_finalize() - the third step begins
 * @src: the driver's array
 * @dst: the driver's other array
 * @caller: who calls
 *
 * Return: false if the step is not to be carried out.
 */
bool verify_finalize(unsigned long *src, unsigned long *dst, const void *caller)
{
	struct open_migration *migration = find_for_step(src, "finalize");

	if (!migration)
		return false;
	if (arrays_are_gone(migration, "finalize")) {
		if (migration->dst_was)
			finalize_kept_words(migration);
		forget(migration);
		return false;
	}
	check_lock(migration, "finalize");
	migration->dst = dst;
	verify_words_unchanged(migration);
	if (migration->step == STEP_COLLECTED)
		check_pages_skipped(migration);
	forget(migration);
	return true;
}

struct list_head *verify_enter(void)
{
	failures_driver_begins();
	return open_migrations.next;
}

void verify_leave(struct list_head *before)
{
	failures_driver_ends();
	while (open_migrations.next != before && !list_empty(&open_migrations)) {
		struct open_migration *migration;

		migration = list_first_entry(&open_migrations, struct open_migration, link);
		if (migration->owed) {
			rule_broken(RULE_FINALIZE_MISSING,
				    "the driver returns and leaves a migration of %lu page(s) from %#lx open: they stay locked, and who touches them sleeps forever",
				    migration->npages, migration->start);
			note_step(migration);
			unmark_pages(migration->src_was, migration->npages);
			if (migration->dst_was)
				unmark_pages(migration->dst_was, migration->npages);
		}
		forget(migration);
	}
}

struct page *verify_fault_page(struct page *page)
{
	struct page *before = page_of_fault;

	page_of_fault = page;
	return before;
}

void verify_lock_released(const struct lock_state *lock, const void *caller)
{
	struct open_migration *migration;

	list_for_each_entry(migration, &open_migrations, link)
		if (migration->lock == lock && !migration->unlocked_at)
			migration->unlocked_at = caller;
}

/* A driver copies from or to its program. */
void verify_user_access(unsigned long addr)
{
	struct open_migration *migration;

	list_for_each_entry(migration, &open_migrations, link) {
		if (!migration->owed || !migration->lock || migration->unlocked_at)
			continue;
		rule_broken(RULE_USER_ACCESS_INSIDE,
			    "user memory at %#lx is accessed while a migration of %lu page(s) from %#lx is open",
			    addr, migration->npages, migration->start);
		note_step(migration);
		return;
	}
}

void verify_forget_all(void)
{
	while (!list_empty(&open_migrations))
		forget(list_first_entry(&open_migrations, struct open_migration, link));
	host_free(spare);
	spare = NULL;
	page_of_fault = NULL;
	member_told_to = NULL;
}
