// SPDX-License-Identifier: GPL-2.0-only
/*
 * xarray.c - a sparse array: a tree with 64 slots a node that grows at the top
 *
 * A node is freed with its last entry, so an array that is emptied holds no memory.
 */
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "core/core.h"
#include "host/host.h"

#define SLOT_BITS	6
#define SLOTS		(1UL << SLOT_BITS)

struct xarray_node {
	unsigned int used;
	void *slot[SLOTS];
};

void xa_init_flags(struct xarray *xa, gfp_t flags)
{
	*xa = (struct xarray){ 0 };
	spin_lock_init(&xa->xa_lock);
}

void xa_init(struct xarray *xa)
{
	xa_init_flags(xa, 0);
}

/* How many indices a tree of @height levels covers, less 1. */
static unsigned long highest_index(unsigned int height)
{
	if (height * SLOT_BITS >= BITS_PER_LONG)
		return ULONG_MAX;
	return (1UL << (height * SLOT_BITS)) - 1;
}

static unsigned long slot_of(unsigned long index, unsigned int level)
{
	return (index >> (level * SLOT_BITS)) & (SLOTS - 1);
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	struct xarray_node *node = xa->top;

	if (!node || index > highest_index(xa->height))
		return NULL;
	for (unsigned int level = xa->height - 1; level && node; level--)
		node = node->slot[slot_of(index, level)];
	return node ? node->slot[slot_of(index, 0)] : NULL;
}

static struct xarray_node *node_make(void)
{
	return host_zalloc(sizeof(struct xarray_node));
}

static int grow_to(struct xarray *xa, unsigned long index)
{
	while (!xa->top || index > highest_index(xa->height)) {
		struct xarray_node *node = node_make();

		if (!node)
			return -ENOMEM;
		if (xa->top) {
			node->slot[0] = xa->top;
			node->used = 1;
		}
		xa->top = node;
		xa->height++;
	}
	return 0;
}

static void *store(struct xarray *xa, unsigned long index, void *entry)
{
	struct xarray_node *node;
	void *old;

	if (grow_to(xa, index))
		return ERR_PTR(-ENOMEM);
	node = xa->top;
	for (unsigned int level = xa->height - 1; level; level--) {
		void **slot = &node->slot[slot_of(index, level)];

		if (!*slot) {
			*slot = node_make();
			if (!*slot)
				return ERR_PTR(-ENOMEM);
			node->used++;
		}
		node = *slot;
	}
	old = node->slot[slot_of(index, 0)];
	node->slot[slot_of(index, 0)] = entry;
	node->used += !old;
	return old;
}

/* Clears an entry below @node and frees the nodes that become empty. */
static void *clear(struct xarray_node **nodep, unsigned long index, unsigned int level)
{
	struct xarray_node *node = *nodep;
	void **slot = &node->slot[slot_of(index, level)];
	void *old = *slot;

	if (!old)
		return NULL;
	if (level)
		old = clear((struct xarray_node **)slot, index, level - 1);
	else
		*slot = NULL;
	if (!*slot && --node->used == 0) {
		host_free(node);
		*nodep = NULL;
	}
	return old;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *old;

	if (!xa->top || index > highest_index(xa->height))
		return NULL;
	old = clear(&xa->top, index, xa->height - 1);
	if (!xa->top)
		xa->height = 0;
	return old;
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		might_sleep();
	return entry ? store(xa, index, entry) : xa_erase(xa, index);
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (xa_load(xa, index))
		return -EBUSY;
	return xa_err(xa_store(xa, index, entry, gfp));
}

int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
{
	for (unsigned long index = limit.min; index <= limit.max; index++) {
		if (xa_load(xa, index))
			continue;
		*id = index;
		return xa_err(xa_store(xa, index, entry, gfp));
	}
	return -EBUSY;
}

/* The first entry from @index on in a tree of @level + 1 levels whose first index is @base. */
static void *find_below(struct xarray_node *node, unsigned int level, unsigned long base,
			unsigned long *index, unsigned long last)
{
	for (unsigned long i = 0; i < SLOTS; i++) {
		unsigned long first = base + (i << (level * SLOT_BITS));
		void *entry = node->slot[i];

		if (!entry || first + highest_index(level) < *index)
			continue;
		if (first > last)
			return NULL;
		if (level)
			entry = find_below(entry, level - 1, first, index, last);
		else
			*index = first;
		if (entry)
			return entry;
	}
	return NULL;
}

void *xa_find(struct xarray *xa, unsigned long *index, unsigned long last, unsigned int filter)
{
	if (!xa->top || *index > last)
		return NULL;
	return find_below(xa->top, xa->height - 1, 0, index, last);
}

void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long last,
		    unsigned int filter)
{
	if (*index == ULONG_MAX)
		return NULL;
	++*index;
	return xa_find(xa, index, last, filter);
}

static void destroy(struct xarray_node *node, unsigned int level)
{
	for (unsigned long i = 0; level && i < SLOTS; i++)
		if (node->slot[i])
			destroy(node->slot[i], level - 1);
	host_free(node);
}

void xa_destroy(struct xarray *xa)
{
	if (xa->top)
		destroy(xa->top, xa->height - 1);
	xa->top = NULL;
	xa->height = 0;
}
