// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card stoat;

// One page on its way.
struct stoat_copy
{
    struct card *card;
    bool done;
};

static void stoat_alloc_and_copy(const unsigned long *src,
                                 unsigned long *dst,
                                 struct stoat_copy *copy)
{
    struct page *dpage = NULL;

    if (*src & MIGRATE_PFN_MIGRATE)
        dpage = card_alloc(copy->card);

    if (dpage == NULL)
    {
        // Full.
        return;
    }

    card_copy(copy->card, dpage, migrate_pfn_to_page(*src));
    *dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void stoat_finalize_and_map(const unsigned long *src, struct stoat_copy *copy)
{
    if (*src & MIGRATE_PFN_MIGRATE)
    {
        copy->done = true;
    }
}

static long stoat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
    unsigned long addr;
    int ret = 0;

    for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE)
    {
        struct stoat_copy copy = { .card = &stoat };
        unsigned long src = 0, dst = 0;
        struct migrate_vma args = {
            .vma = vma,
            .start = addr,
            .end = addr + PAGE_SIZE,
            .src = &src,
            .dst = &dst,
        };

        ret = migrate_vma_setup(&args);
        if (ret < 0)
        {
            break;
        }
        if (args.cpages)
        {
            stoat_alloc_and_copy(args.src, args.dst, &copy);
            migrate_vma_pages(&args);
            stoat_finalize_and_map(args.src, &copy);
            migrate_vma_finalize(&args);
        }

        card_note(&stoat, "done", copy.done);
    }

    return ret;
}

static const struct dev_pagemap_ops stoat_pagemap_ops =
{
    DEVICE_MEMORY_FREE,
    .migrate_to_ram = card_migrate_to_ram,
};

static int __init stoat_init(void)
{
    stoat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
    stoat.memory.pagemap.ops = &stoat_pagemap_ops;
    return card_register(&stoat, stoat_move);
}

card_module(stoat, stoat_init);
