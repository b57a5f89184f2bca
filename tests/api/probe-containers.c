// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-containers.c - what a driver keeps its objects in
 *
 * Each function is one test, run inside the kernel. It returns 0, or the line of the check that
 * did not hold.
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/hashtable.h>
#include <linux/idr.h>
#include <linux/interval_tree.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#include "probe-device.h"

struct item {
	int value;
	struct list_head link;
};

static int lists(void)
{
	struct item items[3] = { { .value = 1 }, { .value = 2 }, { .value = 3 } };
	struct item *item, *next;
	int sum = 0;
	LIST_HEAD(head);
	LIST_HEAD(other);

	check(list_empty(&head));
	for (int i = 0; i < 3; i++)
		list_add_tail(&items[i].link, &head);
	check(list_first_entry(&head, struct item, link)->value == 1);
	check(list_last_entry(&head, struct item, link)->value == 3);
	list_for_each_entry(item, &head, link)
		sum = sum * 10 + item->value;
	check(sum == 123);
	list_move(&items[2].link, &head);
	check(list_first_entry(&head, struct item, link)->value == 3);
	list_splice_init(&head, &other);
	check(list_empty(&head) && !list_empty(&other));
	list_for_each_entry_safe(item, next, &other, link)
		list_del_init(&item->link);
	check(list_empty(&other));
	return 0;
}

static int bitmaps(void)
{
	DECLARE_BITMAP(map, 130);

	bitmap_zero(map, 130);
	check(bitmap_empty(map, 130));
	bitmap_set(map, 60, 10);
	check(bitmap_weight(map, 130) == 10);
	check(find_first_bit(map, 130) == 60);
	check(find_next_zero_bit(map, 130, 60) == 70);
	check(test_and_clear_bit(64, map) && !test_bit(64, map));
	check(find_next_bit(map, 130, 64) == 65);
	bitmap_clear(map, 60, 10);
	check(find_first_bit(map, 130) == 130);
	return 0;
}

static int xarrays(void)
{
	unsigned long index, sum = 0;
	struct xarray xa;
	void *entry;

	xa_init(&xa);
	check(xa_empty(&xa) && !xa_load(&xa, 7));
	for (index = 1; index < 1000000; index *= 7)
		check(!xa_store(&xa, index, xa_mk_value(index), GFP_KERNEL));
	check(xa_to_value(xa_load(&xa, 7 * 7 * 7)) == 7 * 7 * 7);
	check(!xa_load(&xa, 8));
	check(xa_to_value(xa_store(&xa, 7, xa_mk_value(70), GFP_KERNEL)) == 7);
	xa_for_each_range(&xa, index, entry, 2, 50)
		sum += xa_to_value(entry);
	check(sum == 70 + 49);
	check(xa_insert(&xa, 7, xa_mk_value(1), GFP_KERNEL) == -EBUSY);
	for (index = 1; index < 1000000; index *= 7)
		check(xa_erase(&xa, index));
	check(xa_empty(&xa));
	check(!xa_store(&xa, ULONG_MAX, xa_mk_value(5), GFP_KERNEL));
	check(xa_to_value(xa_load(&xa, ULONG_MAX)) == 5);
	xa_destroy(&xa);
	check(xa_pointer_tag(xa_tag_pointer(&xa, 1)) == 1);
	check(xa_untag_pointer(xa_tag_pointer(&xa, 1)) == &xa);
	return 0;
}

struct sorted {
	struct rb_node rb;
	int key;
};

static void sorted_insert(struct rb_root *root, struct sorted *item)
{
	struct rb_node **link = &root->rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct sorted, rb)->key ? &parent->rb_left :
									      &parent->rb_right;
	}
	rb_link_node(&item->rb, parent, link);
	rb_insert_color(&item->rb, root);
}

/* Whether the keys go up, and how many there are. */
static int sorted_count(struct rb_root *root)
{
	int count = 0, last = -1;

	for (struct rb_node *rb = rb_first(root); rb; rb = rb_next(rb), count++) {
		if (rb_entry(rb, struct sorted, rb)->key < last)
			return -1;
		last = rb_entry(rb, struct sorted, rb)->key;
	}
	return count;
}

static int sorted_trees(void)
{
	struct rb_root root = RB_ROOT;
	struct sorted items[64];

	check(RB_EMPTY_ROOT(&root) && !rb_first(&root));
	for (int i = 0; i < 64; i++) {
		items[i].key = i * 37 % 64;
		sorted_insert(&root, &items[i]);
		check(sorted_count(&root) == i + 1);
	}
	check(rb_entry(rb_last(&root), struct sorted, rb)->key == 63);
	check(!rb_prev(rb_first(&root)));
	for (int i = 0; i < 64; i++) {
		rb_erase(&items[i * 29 % 64].rb, &root);
		check(sorted_count(&root) == 63 - i);
	}
	check(RB_EMPTY_ROOT(&root));
	return 0;
}

static int interval_trees(void)
{
	struct interval_tree_node nodes[4] = {
		{ .start = 10, .last = 19 }, { .start = 0, .last = 4 },
		{ .start = 15, .last = 40 }, { .start = 50, .last = 50 },
	};
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct interval_tree_node *node;

	for (int i = 0; i < 4; i++)
		interval_tree_insert(&nodes[i], &root);
	node = interval_tree_iter_first(&root, 18, 50);
	check(node == &nodes[0]);
	node = interval_tree_iter_next(node, 18, 50);
	check(node == &nodes[2]);
	node = interval_tree_iter_next(node, 18, 50);
	check(node == &nodes[3]);
	check(!interval_tree_iter_next(node, 18, 50));
	check(!interval_tree_iter_first(&root, 5, 9));
	interval_tree_remove(&nodes[0], &root);
	check(interval_tree_iter_first(&root, 10, 20) == &nodes[2]);
	return 0;
}

static int numbers_of_pointers(void)
{
	DEFINE_IDR(idr);
	int some, other, id, seen = 0;
	int *pointer;

	check(idr_alloc(&idr, &some, 5, 0, GFP_KERNEL) == 5);
	check(idr_alloc(&idr, &other, 5, 0, GFP_KERNEL) == 6);
	check(idr_alloc(&idr, &other, 5, 7, GFP_KERNEL) == -ENOSPC);
	check(idr_find(&idr, 6) == &other && !idr_find(&idr, 7));
	idr_for_each_entry(&idr, pointer, id)
		seen += id;
	check(seen == 11);
	check(idr_remove(&idr, 5) == &some);
	check(idr_alloc(&idr, &some, 0, 0, GFP_KERNEL) == 0);
	idr_destroy(&idr);
	check(idr_is_empty(&idr));
	return 0;
}

struct hashed {
	struct hlist_node node;
	unsigned long key;
};

static int hash_tables(void)
{
	DECLARE_HASHTABLE(table, 3);
	struct hashed items[20], *item;
	struct hlist_node *next;
	int bucket, count = 0;

	hash_init(table);
	check(hash_empty(table));
	for (unsigned long i = 0; i < 20; i++) {
		items[i].key = i;
		hash_add(table, &items[i].node, i);
	}
	hash_for_each(table, bucket, item, node)
		count++;
	check(count == 20);
	hash_for_each_possible(table, item, node, 7UL)
		if (item->key == 7)
			break;
	check(item == &items[7]);
	hash_for_each_safe(table, bucket, next, item, node)
		hash_del(&item->node);
	check(hash_empty(table));
	return 0;
}

static const struct {
	const char *name;
	int (*function)(void);
} container_tests[] = {
	{ "lists", lists },
	{ "bitmaps", bitmaps },
	{ "xarrays", xarrays },
	{ "sorted_trees", sorted_trees },
	{ "interval_trees", interval_trees },
	{ "numbers_of_pointers", numbers_of_pointers },
	{ "hash_tables", hash_tables },
};

int probe_containers(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(container_tests); i++)
		if (!strcmp(container_tests[i].name, name))
			return container_tests[i].function();
	return -ENOENT;
}
