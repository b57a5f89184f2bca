// SPDX-License-Identifier: GPL-2.0-only
/* rbtree.c - sorted trees, and intervals in them */
#include <linux/interval_tree.h>
#include <linux/rbtree.h>

static struct rb_node *leftmost(struct rb_node *node)
{
	while (node && node->rb_left)
		node = node->rb_left;
	return node;
}

static struct rb_node *rightmost(struct rb_node *node)
{
	while (node && node->rb_right)
		node = node->rb_right;
	return node;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return leftmost(root->rb_node);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return rightmost(root->rb_node);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	if (node->rb_right)
		return leftmost(node->rb_right);
	while (rb_parent(node) && node == rb_parent(node)->rb_right)
		node = rb_parent(node);
	return rb_parent(node);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	if (node->rb_left)
		return rightmost(node->rb_left);
	while (rb_parent(node) && node == rb_parent(node)->rb_left)
		node = rb_parent(node);
	return rb_parent(node);
}

static struct rb_node *lowest(struct rb_node *node)
{
	while (node && (node->rb_left || node->rb_right))
		node = node->rb_left ?: node->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return lowest(root->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent = rb_parent(node);

	if (parent && node == parent->rb_left && parent->rb_right)
		return lowest(parent->rb_right);
	return parent;
}

/* Whatever named @old names @new now. */
static void set_child(struct rb_node *old, struct rb_node *new, struct rb_root *root)
{
	struct rb_node *parent = rb_parent(old);

	if (!parent)
		root->rb_node = new;
	else if (parent->rb_left == old)
		parent->rb_left = new;
	else
		parent->rb_right = new;
	if (new)
		new->__rb_parent = parent;
}

void rb_replace_node(struct rb_node *victim, struct rb_node *node, struct rb_root *root)
{
	set_child(victim, node, root);
	node->rb_left = victim->rb_left;
	node->rb_right = victim->rb_right;
	if (node->rb_left)
		node->rb_left->__rb_parent = node;
	if (node->rb_right)
		node->rb_right->__rb_parent = node;
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *next;

	if (!node->rb_left || !node->rb_right) {
		set_child(node, node->rb_left ?: node->rb_right, root);
		return;
	}
	next = leftmost(node->rb_right);
	set_child(next, next->rb_right, root);
	rb_replace_node(node, next, root);
}

void interval_tree_insert(struct interval_tree_node *node, struct rb_root_cached *root)
{
	struct rb_node **link = &root->rb_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = node->start < rb_entry(parent, struct interval_tree_node, rb)->start ?
			       &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&node->rb, parent, link);
}

void interval_tree_remove(struct interval_tree_node *node, struct rb_root_cached *root)
{
	rb_erase(&node->rb, &root->rb_root);
}

static struct interval_tree_node *first_from(struct rb_node *rb, unsigned long start,
					     unsigned long last)
{
	for (; rb; rb = rb_next(rb)) {
		struct interval_tree_node *node = rb_entry(rb, struct interval_tree_node, rb);

		if (node->start > last)
			return NULL;
		if (node->last >= start)
			return node;
	}
	return NULL;
}

struct interval_tree_node *interval_tree_iter_first(struct rb_root_cached *root,
						    unsigned long start, unsigned long last)
{
	return first_from(rb_first(&root->rb_root), start, last);
}

struct interval_tree_node *interval_tree_iter_next(struct interval_tree_node *node,
						   unsigned long start, unsigned long last)
{
	return first_from(rb_next(&node->rb), start, last);
}
