/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/module.h>

#include "nv_linux.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define UVM_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

typedef struct
{
    struct card card;
    NvU32 copies;
} uvm_gpu_t;

typedef struct
{
    uvm_gpu_t *gpu;
    NvU32 npages;
    NvU32 failed;
    NV_STATUS status;
} uvm_move_state_t;

static uvm_gpu_t g_uvm_gpu;

/* Only its address counts: it marks the device memory as this driver's. */
char uvm_pgmap_owner;

static void
uvm_alloc_and_copy_to_gpu
(
    const unsigned long *src,
    unsigned long *dst,
    unsigned long start,
    unsigned long outer,
    uvm_move_state_t *state
)
{
    NvU64 addr;
    NvU32 i;

    state->status = NV_OK;

    for (addr = start, i = 0; addr < outer; addr += PAGE_SIZE, i++)
    {
        struct page *dpage;

        if ((src[i] & MIGRATE_PFN_MIGRATE) == 0)
            continue;

        state->npages++;

        dpage = card_alloc(&state->gpu->card);
        if (dpage == NULL)
        {
            state->status = NV_ERR_NO_MEMORY;
            break;
        }

        if (card_copy(&state->gpu->card, dpage, migrate_pfn_to_page(src[i])) != 0)
        {
            card_release(dpage);
            dst[i] = UVM_PFN_ERROR;
            state->failed++;
            continue;
        }

        state->gpu->copies++;
        dst[i] = migrate_pfn(page_to_pfn(dpage));
    }
}

static void
uvm_finalize_to_gpu
(
    const unsigned long *dst_pfns,
    unsigned long start,
    unsigned long outer,
    uvm_move_state_t *state
)
{
    NvU32 i, n = (outer - start) >> PAGE_SHIFT;

    for (i = 0; i < n; i++)
    {
        if (dst_pfns[i] & UVM_PFN_ERROR)
            card_note(&state->gpu->card, "lost", i);
    }
}

static void uvm_alloc_and_copy_to_cpu(struct vm_area_struct *vma, const unsigned long *src,
                                      unsigned long *dst, unsigned long start, NV_STATUS *status)
{
    struct page *spage = migrate_pfn_to_page(src[0]);
    struct page *dpage;

    if (!(src[0] & MIGRATE_PFN_MIGRATE) || !spage)
        return;

    dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
    if (!dpage)
    {
        *status = NV_ERR_NO_MEMORY;
        dst[0] = 0;
        return;
    }

    lock_page(dpage);
    if (card_copy(&g_uvm_gpu.card, dpage, spage))
    {
        card_release(dpage);
        *status = NV_ERR_GENERIC;
        return;
    }
    dst[0] = migrate_pfn(page_to_pfn(dpage));
}

static int uvm_to_gpu_migrate(struct migrate_vma *args, void *private)
{
    int ret;

    ret = migrate_vma_setup(args);
    if (ret || !args->cpages)
        return ret;

    uvm_alloc_and_copy_to_gpu(args->src, args->dst, args->start, args->end, private);
    migrate_vma_pages(args);
    uvm_finalize_to_gpu(args->dst, args->start, args->end, private);
    migrate_vma_finalize(args);
    return 0;
}

static int uvm_to_cpu_migrate(struct migrate_vma *args, void *private)
{
    int ret;

    ret = migrate_vma_setup(args);
    if (ret || !args->cpages)
        return ret;

    uvm_alloc_and_copy_to_cpu(args->vma, args->src, args->dst, args->start, private);
    migrate_vma_pages(args);
    migrate_vma_finalize(args);
    return 0;
}

static long uvm_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
    unsigned long src[CARD_PAGES], dst[CARD_PAGES];
    uvm_move_state_t state = { .gpu = &g_uvm_gpu };
    nv_migrate_args_t args =
    {
        .vma   = vma,
        .start = start,
        .end   = end,
        .src   = src,
        .dst   = dst,
        .priv  = &state,
    };
    NV_STATUS status;

    if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
        return -EINVAL;

    status = nv_migrate_vma(uvm_to_gpu_migrate, &args, NULL);
    if (status == NV_OK)
        status = state.status;
    card_note(&g_uvm_gpu.card, "status", status);
    card_note(&g_uvm_gpu.card, "pages", state.npages);
    return status == NV_OK ? state.failed : -EIO;
}

static vm_fault_t uvm_migrate_to_ram(struct vm_fault *vmf)
{
    unsigned long src = 0, dst = 0;
    NV_STATUS local = NV_OK, status;
    nv_migrate_args_t args = { vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst, &local };

    status = nv_migrate_vma(uvm_to_cpu_migrate, &args, vmf->page);
    return status != NV_OK || local != NV_OK ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops uvm_pagemap_ops =
{
    DEVICE_MEMORY_FREE,
    .migrate_to_ram = uvm_migrate_to_ram,
};

static int __init uvm_init(void)
{
    g_uvm_gpu.card.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
    g_uvm_gpu.card.memory.pagemap.owner = &uvm_pgmap_owner;
    g_uvm_gpu.card.memory.pagemap.ops = &uvm_pagemap_ops;
    return card_register(&g_uvm_gpu.card, uvm_move);
}

card_module(g_uvm_gpu.card, uvm_init);
