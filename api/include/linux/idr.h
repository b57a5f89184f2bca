/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * idr.h - numbers for pointers
 *
 * Differs: idr_alloc_cyclic() begins at the lowest free number like idr_alloc().
 */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/xarray.h>

struct idr {
	struct xarray idr_rt;
};

#define IDR_INIT(name)		{ .idr_rt = XARRAY_INIT(name.idr_rt, 0) }
#define DEFINE_IDR(name)	struct idr name = IDR_INIT(name)

static inline void idr_init(struct idr *idr)
{
	xa_init(&idr->idr_rt);
}

static inline void idr_destroy(struct idr *idr)
{
	xa_destroy(&idr->idr_rt);
}

static inline void *idr_find(const struct idr *idr, unsigned long id)
{
	return xa_load((struct xarray *)&idr->idr_rt, id);
}

/**
 * idr_alloc() - give a pointer a number
 * @idr: the numbers
 * @ptr: the pointer, not NULL
 * @start: the lowest number that will do
 * @end: the number after the highest; 0 for no limit
 * @gfp: for the nodes of the tree
 *
 * Return: the number, -ENOMEM, or -ENOSPC.
 */
static inline int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	struct xa_limit limit = { .min = start, .max = end > 0 ? end - 1 : INT_MAX };
	u32 id;
	int ret = xa_alloc(&idr->idr_rt, &id, ptr, limit, gfp);

	return ret == -EBUSY ? -ENOSPC : ret ? ret : (int)id;
}
#define idr_alloc_cyclic	idr_alloc

static inline void *idr_remove(struct idr *idr, unsigned long id)
{
	return xa_erase(&idr->idr_rt, id);
}

static inline void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	if (!xa_load(&idr->idr_rt, id))
		return ERR_PTR(-ENOENT);
	return xa_store(&idr->idr_rt, id, ptr, GFP_ATOMIC);
}

static inline bool idr_is_empty(const struct idr *idr)
{
	return xa_empty(&idr->idr_rt);
}

static inline void *__idr_next(struct idr *idr, int *id, unsigned long index, bool after)
{
	void *entry = after ? xa_find_after(&idr->idr_rt, &index, INT_MAX, XA_PRESENT) :
			      xa_find(&idr->idr_rt, &index, INT_MAX, XA_PRESENT);

	*id = index;
	return entry;
}

#define idr_for_each_entry(idr, entry, id) \
	for (entry = __idr_next(idr, &(id), 0, false); entry; \
	     entry = __idr_next(idr, &(id), id, true))

struct ida {
	struct idr idr;
};

#define DEFINE_IDA(name)	struct ida name = { .idr = IDR_INIT(name.idr) }
#define ida_init(ida)		idr_init(&(ida)->idr)
#define ida_destroy(ida)	idr_destroy(&(ida)->idr)
#define ida_alloc_range(ida, min, max, gfp) \
	idr_alloc(&(ida)->idr, xa_mk_value(1), min, (max) == INT_MAX ? 0 : (int)(max) + 1, gfp)
#define ida_alloc(ida, gfp)	ida_alloc_range(ida, 0, INT_MAX, gfp)
#define ida_free(ida, id)	((void)idr_remove(&(ida)->idr, id))

#endif
