/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verify.h - the rules of a migration, watched while a driver carries one out
 *
 * The steps call in here. A struct open_migration remembers, from migrate_vma_setup() until
 * migrate_vma_finalize(), who called what from where and what the core left in the arrays, so that
 * a report can tell what changed and since when. A driver that breaks a rule is told, and what it
 * did is undone where that keeps the machine sound: one mistake gives one report.
 *
 * Nothing in here changes what a driver sees that breaks no rule.
 */
#ifndef API_VERIFY_H
#define API_VERIFY_H

#include "core/migration.h"

enum migration_step {
	STEP_REFUSED,		/* setup returned an error */
	STEP_COLLECTED,		/* setup is done */
	STEP_MOVED,		/* pages() is done as well */
};

/* A migration of a fault needs no memory of its own. */
#define FEW_WORDS	8

/**
 * struct open_migration - one migration between its first and its last call
 * @link: on the task's list of them, the latest first
 * @step: how far it is
 * @owed: something was collected, so that finalize has to be called
 * @lock: the mmap lock of the address space; NULL for a migration by page numbers
 * @src: the driver's array, by which the next call is recognised
 * @dst: the driver's other array; NULL while it is not known
 * @npages: words in each
 * @start: address of the first page, 0 for a migration by page numbers
 * @src_was: the words of src as the core left them
 * @dst_was: the words of dst as migrate_vma_pages() saw them
 * @few: room for the two, when there are few words
 * @setup_at: who called setup
 * @pages_at: who called pages()
 * @unlocked_at: who let go of the mmap lock; NULL while it is held
 * @freed_at: who freed an array; NULL while both are there. The words are in @src_was and @dst_was then
 */
struct open_migration {
	struct list_head link;
	enum migration_step step;
	bool owed;
	const struct lock_state *lock;
	unsigned long *src;
	unsigned long *dst;
	unsigned long npages;
	unsigned long start;
	unsigned long *src_was;
	unsigned long *dst_was;
	unsigned long few[2][FEW_WORDS];
	const void *setup_at;
	const void *pages_at;
	const void *unlocked_at;
	const void *freed_at;
};

/* A migration belongs to the task that began it. */
#define open_migrations		(current->open_migrations)

static inline void copy_words(unsigned long *to, const unsigned long *from, unsigned long count)
{
#pragma GCC unroll 8
	for (unsigned long i = 0; i < count; i++)
		to[i] = from[i];
}

/* Around the three steps; a step that is told false does nothing. */
bool verify_setup(const struct migrate_vma *args, const void *caller);
void verify_setup_done(const struct migrate_vma *args, int ret, const void *caller);
void verify_device_setup_done(unsigned long *src, unsigned long npages, const void *caller);
bool verify_pages(unsigned long *src, unsigned long *dst, const void *caller);
void verify_pages_done(unsigned long *src);
bool verify_finalize(unsigned long *src, unsigned long *dst, const void *caller);

/* Around everything that runs a driver: at its end no migration is open that was not before. */
struct list_head *verify_enter(void);
void verify_leave(struct list_head *before);

/* Around migrate_to_ram(): which page the CPU waits for. Returns what was there before. */
struct page *verify_fault_page(struct page *page);

/* Called from elsewhere when a migration is open. */
void verify_lock_released(const struct lock_state *lock, const void *caller);
void verify_user_access(unsigned long addr);
bool verify_task_migrates(const struct page *page);
void verify_object_gone(const void *object, unsigned long size, const void *caller);
void verify_forget_all(void);

/* verify_pages.c: single pages. A change that is told false is left out. */
bool verify_page_unlock(struct page *page);
bool verify_page_put(struct page *page);
void verify_destinations(struct open_migration *migration);
void verify_words_unchanged(struct open_migration *migration);
void verify_history(const struct open_migration *migration, unsigned long i);
void note_step(const struct open_migration *migration);

#endif
