/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rbtree.h - sorted trees
 *
 * A driver finds the place of a new node itself, links it there with rb_link_node(), and then calls
 * rb_insert_color().
 *
 * Differs: nodes have no colour and trees are not balanced.
 */
#ifndef _LINUX_RBTREE_H
#define _LINUX_RBTREE_H

#include <linux/container_of.h>
#include <linux/types.h>

struct rb_node {
	struct rb_node *__rb_parent;
	struct rb_node *rb_right;
	struct rb_node *rb_left;
};

struct rb_root {
	struct rb_node *rb_node;
};

struct rb_root_cached {
	struct rb_root rb_root;
};

#define RB_ROOT			((struct rb_root){ NULL })
#define RB_ROOT_CACHED		((struct rb_root_cached){ { NULL } })
#define RB_EMPTY_ROOT(root)	(!(root)->rb_node)
#define RB_CLEAR_NODE(node)	((node)->__rb_parent = (node))
#define RB_EMPTY_NODE(node)	((node)->__rb_parent == (node))
#define rb_parent(node)		((node)->__rb_parent)
#define rb_entry(ptr, type, member)	container_of(ptr, type, member)
#define rb_entry_safe(ptr, type, member) ({ \
	__typeof__(ptr) __node = (ptr); \
	__node ? rb_entry(__node, type, member) : NULL; \
})

static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
	*node = (struct rb_node){ .__rb_parent = parent };
	*link = node;
}

struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
void rb_erase(struct rb_node *node, struct rb_root *root);
void rb_replace_node(struct rb_node *victim, struct rb_node *node, struct rb_root *root);

static inline void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	(void)node;
	(void)root;
}

#define rb_first_cached(root)			rb_first(&(root)->rb_root)
#define rb_erase_cached(node, root)		rb_erase(node, &(root)->rb_root)
#define rb_insert_color_cached(node, root, leftmost) \
	((void)(leftmost), rb_insert_color(node, &(root)->rb_root))

#define rbtree_postorder_for_each_entry_safe(pos, n, root, member) \
	for (pos = rb_entry_safe(rb_first_postorder(root), __typeof__(*pos), member); \
	     pos && ((n = rb_entry_safe(rb_next_postorder(&pos->member), __typeof__(*pos), member)), 1); \
	     pos = n)
struct rb_node *rb_first_postorder(const struct rb_root *root);
struct rb_node *rb_next_postorder(const struct rb_node *node);

#endif
