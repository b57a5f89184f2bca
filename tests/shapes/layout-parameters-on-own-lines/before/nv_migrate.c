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
    const struct migrate_vma_ops *ops,
    nv_migrate_args_t *args
)
{
    int rc;

    if (args->start >= args->end)
        return NV_ERR_INVALID_ADDRESS;

    rc = migrate_vma(ops,
                     args->vma,
                     (unsigned long)args->start,
                     (unsigned long)args->end,
                     args->src,
                     args->dst,
                     args->priv);

    return nv_errno_to_status(rc);
}
#endif
