/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * xarray.h - a sparse array of pointers
 *
 * Differs: the functions take no lock. Marks, multi-index entries and the functions for a caller
 * who holds the lock are missing.
 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct xarray_node;

/**
 * struct xarray - a sparse array
 * @xa_lock: for the driver: taken by no function in here
 * @top: the tree
 * @height: levels of the tree
 * @allocates: of the machine itself: xa_alloc() may be used
 */
struct xarray {
	spinlock_t xa_lock;
	struct xarray_node *top;
	unsigned int height;
	bool allocates;
};

struct xa_limit {
	u32 max;
	u32 min;
};
#define XA_LIMIT(low, high)	((struct xa_limit){ .min = (low), .max = (high) })
#define xa_limit_32b		XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define XA_FLAGS_ALLOC		1u
#define XA_FLAGS_LOCK_IRQ	2u

#define XARRAY_INIT(name, flags)	{ .xa_lock = __SPIN_LOCK_UNLOCKED(name.xa_lock) }
#define DEFINE_XARRAY(name)		struct xarray name = XARRAY_INIT(name, 0)
#define DEFINE_XARRAY_ALLOC(name)	struct xarray name = XARRAY_INIT(name, XA_FLAGS_ALLOC)

void xa_init(struct xarray *xa);
void xa_init_flags(struct xarray *xa, gfp_t flags);
void xa_destroy(struct xarray *xa);
void *xa_load(struct xarray *xa, unsigned long index);

/**
 * xa_store() - put a pointer in the array
 * @xa: the array
 * @index: where
 * @entry: the pointer, NULL to clear
 * @gfp: for the nodes of the tree
 *
 * Return: what was there before, or an error that xa_is_err() knows.
 */
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long last, unsigned int filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long last,
		    unsigned int filter);
#define XA_PRESENT	8u

static inline bool xa_empty(const struct xarray *xa)
{
	return !xa->top;
}

static inline bool xa_is_err(const void *entry)
{
	return IS_ERR(entry);
}

static inline int xa_err(void *entry)
{
	return IS_ERR(entry) ? (int)PTR_ERR(entry) : 0;
}

static inline void *xa_mk_value(unsigned long value)
{
	return (void *)(value << 1 | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

static inline void *xa_tag_pointer(void *p, unsigned long tag)
{
	return (void *)((unsigned long)p | tag);
}

static inline void *xa_untag_pointer(void *entry)
{
	return (void *)((unsigned long)entry & ~3UL);
}

static inline unsigned int xa_pointer_tag(void *entry)
{
	return (unsigned long)entry & 3UL;
}

#define xa_lock(xa)	spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)	spin_unlock(&(xa)->xa_lock)

#define xa_for_each_range(xa, index, entry, start, last) \
	for (index = start, entry = xa_find(xa, &index, last, XA_PRESENT); \
	     entry; \
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ~0UL)
#define xa_for_each(xa, index, entry)	xa_for_each_start(xa, index, entry, 0)

#endif
