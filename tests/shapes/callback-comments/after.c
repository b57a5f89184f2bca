// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lesson 7: memory on the other side of the bus.
 *
 * The module has one device file.  Writing "in START LENGTH" to it (both in hex) calls migrate_vma()
 * to move that range to the card.  What comes back comes back by itself, page by page.
 *
 * Exercise: what happens when migrate_vma() is called twice for the same range?
 */
#define pr_fmt(fmt)	KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/mm.h>
#include <linux/migrate.h>	/* migrate_vma(), struct migrate_vma_ops */

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define LESSON_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card lesson;

/* Step 1: a struct for what the two callbacks share. */
struct lesson_state {
	int	count;		/* pages that were found */
	int	copied;		/* pages that were copied */
	int	moved;		/* pages that went */
	bool	verbose;
};

/*
 * Step 2: alloc_and_copy.
 *
 * It is called by migrate_vma() once all pages that can be moved are unmapped.  For each of them it
 * allocates a page of the card and copies what is in it.
 */
static void lesson_alloc_and_copy(const unsigned long *src,	/* what there is */
				  unsigned long *dst,		/* what there is going to be */
				  unsigned long start,		/* first address */
				  unsigned long end,		/* behind the last */
				  struct lesson_state *state)		/* our struct lesson_state */
{
	unsigned long addr;
	int i = 0;

	for (addr = start; addr < end; addr += PAGE_SIZE) {
		struct page *page;

		/* Can it be moved? */
		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			goto next;
		state->count++;

		/* A page of the card comes locked. */
		page = card_alloc(&lesson);
		if (!page)
			goto next;

		if (card_copy(&lesson, page, migrate_pfn_to_page(src[i])) == 0) {
			state->copied++;
			dst[i] = migrate_pfn(page_to_pfn(page));
		} else {
			card_release(page);
			dst[i] = LESSON_PFN_ERROR;	/* tell finalize_and_map */
		}
next:
		i++;
	}
}

/* Step 3: finalize_and_map.  Nothing has to be mapped here, so it only counts. */
static void lesson_finalize_and_map(const unsigned long *src,
				    const unsigned long *dst,
				    unsigned long start,
				    unsigned long end,
				    struct lesson_state *state)
{
	unsigned long i;

	for (i = 0; i < (end - start) / PAGE_SIZE; i++) {
		if (dst[i] & LESSON_PFN_ERROR) {
			pr_warn_once("page %lu was lost\n", i);
			continue;
		}
		state->moved += (src[i] & MIGRATE_PFN_MIGRATE) ? 1 : 0;
	}
}

/* Step 5: call migrate_vma(). */
static long lesson_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct lesson_state state = { .verbose = true };
	unsigned long *arrays, npages;
	int error;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.pgmap_owner	= &lesson,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* migrate_vma() rounds both down. */
	npages = (PAGE_ALIGN(end) - (start & PAGE_MASK)) >> PAGE_SHIFT;

	arrays = kcalloc(npages, 2 * sizeof(*arrays), GFP_KERNEL);
	if (arrays == NULL)
		return -ENOMEM;

	/* This is the call this lesson is about. */
	args.src = arrays; /* src */
	args.dst = arrays + npages; /* dst */
	error = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
	if (!error && args.cpages) {
		lesson_alloc_and_copy(args.src, args.dst, args.start, args.end, &state);
		migrate_vma_pages(&args);
		lesson_finalize_and_map(args.src, args.dst, args.start, args.end, &state);
		migrate_vma_finalize(&args);
	}

	if (state.verbose)
		card_note(&lesson, "count", state.count);
	card_note(&lesson, "copied", state.copied);
	card_note(&lesson, "moved", state.moved);

	kfree(arrays);
	if (error)
		return error;
	return state.moved;
}

static const struct dev_pagemap_ops lesson_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram = card_migrate_to_ram,
};

static int __init lesson_init(void)
{
	lesson.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lesson.memory.pagemap.owner = &lesson;
	lesson.memory.pagemap.ops = &lesson_pagemap_ops;
	return card_register(&lesson, lesson_move);
}

card_module(lesson, lesson_init);
