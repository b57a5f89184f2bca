/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NV_LINUX_H_
#define _NV_LINUX_H_

#include <linux/version.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include "card.h"

typedef unsigned int NvU32;
typedef unsigned long long NvU64;
typedef unsigned char NvBool;
typedef NvU32 NV_STATUS;

#define NV_OK                   0
#define NV_ERR_NO_MEMORY        1
#define NV_ERR_INVALID_ADDRESS  2
#define NV_ERR_GENERIC          3
#define NV_TRUE                 ((NvBool)1)
#define NV_FALSE                ((NvBool)0)

#if defined(CONFIG_DEVICE_PRIVATE)
#define NV_MIGRATE_VMA_PRESENT 1
#else
#define NV_MIGRATE_VMA_PRESENT 1
#endif

/*
 * nv_migrate_args_t -- what the layers above hand down.
 */
typedef struct nv_migrate_args_s
{
    struct vm_area_struct *vma;
    NvU64 start;
    NvU64 end;
    unsigned long *src;
    unsigned long *dst;
    void *priv;
} nv_migrate_args_t;

#if NV_MIGRATE_VMA_PRESENT
extern NV_STATUS nv_migrate_vma(int (*ops)(struct migrate_vma *args, void *private),
                                nv_migrate_args_t *args,
                                struct page *fault_page);
#else
static inline NV_STATUS nv_migrate_vma(const void *ops, nv_migrate_args_t *args,
                                       struct page *fault_page)
{
    return NV_ERR_GENERIC;
}
#endif

extern NV_STATUS nv_errno_to_status(int rc);

extern char uvm_pgmap_owner;

#endif /* _NV_LINUX_H_ */
