/* SPDX-License-Identifier: GPL-2.0-only */
#include "nv_linux.h"

NV_STATUS
nv_errno_to_status
(
    int rc
)
{
    switch (rc)
    {
        case 0:
            return NV_OK;
        case -ENOMEM:
            return NV_ERR_NO_MEMORY;
        case -EINVAL:
            return NV_ERR_INVALID_ADDRESS;
        default:
            return NV_ERR_GENERIC;
    }
}

#if NV_MIGRATE_VMA_PRESENT
//
// The one place that calls into the kernel.
//
NV_STATUS
nv_migrate_vma
(
    int (*ops)(struct migrate_vma *args, void *private),
    nv_migrate_args_t *args,
    struct page *fault_page
)
{
    int rc;
    struct migrate_vma migrate = {
        .pgmap_owner = &uvm_pgmap_owner,
        .flags = MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
        .fault_page = fault_page,
    };

    if (args->start >= args->end)
        return NV_ERR_INVALID_ADDRESS;

    migrate.vma = args->vma;
    migrate.start = (unsigned long)args->start & PAGE_MASK;
    migrate.end = (unsigned long)args->end;
    migrate.src = args->src;
    migrate.dst = args->dst;
    rc = ops ? ops(&migrate, args->priv) : -EINVAL;

    return nv_errno_to_status(rc);
}
#endif
