// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects that are filled by assignments, as a driver's init function may do it.
 */
#include <string.h>

#include "driver.h"

bool ops_assigns(const struct ops_object *ops, const struct node *node)
{
	return node && (node == ops->assignments[ALLOC_AND_COPY] ||
			node == ops->assignments[FINALIZE_AND_MAP]);
}

/* Nothing decides whether the statement runs but its function being called. */
static bool always_runs(const struct node *node)
{
	return node->parent && node->parent->kind == NODE_COMPOUND && node->parent->parent &&
	       node->parent->parent->kind == NODE_FUNCTION;
}

/* "name.member = value;" at a token: which member, or 2 when it is something else. */
static size_t assigned_member(const struct syntax *syntax, uint32_t at, struct node **node)
{
	*node = node_at(syntax, at);
	if ((*node)->kind != NODE_EXPRESSION || (*node)->first != at ||
	    !code_is(syntax, at + 1, ".") || !code_is(syntax, at + 3, "="))
		return 2;
	if (code_is(syntax, at + 2, "alloc_and_copy"))
		return ALLOC_AND_COPY;
	return code_is(syntax, at + 2, "finalize_and_map") ? FINALIZE_AND_MAP : 2;
}

bool understand_assignments(struct driver *driver, struct ops_object *ops)
{
	struct unit *unit = ops->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *scope = node_function(ops->declaration);
	struct node *found[2] = { NULL, NULL };

	/* Other files may set what is not static. */
	if (!scope && !declared_static(syntax, ops->declaration->first, ops->declaration->last))
		return false;
	for (uint32_t i = scope ? scope->first : 1; i < syntax->code.count; i++) {
		struct node *node;
		size_t member;

		if (scope && i > scope->last)
			break;
		if (!code_is(syntax, i, ops->name) || is_member_name(syntax, i) ||
		    !code_is(syntax, i + 1, "."))
			continue;
		member = assigned_member(syntax, i, &node);
		if (member == 2 || found[member] || !always_runs(node)) {
			ops->obstacle = i;
			return false;
		}
		found[member] = node;
	}
	if (!found[ALLOC_AND_COPY] && !found[FINALIZE_AND_MAP])
		return false;
	for (size_t member = 0; member < 2; member++) {
		ops->assignments[member] = found[member];
		if (found[member])
			ops_take_member(driver, unit, ops, member,
					(struct span){ found[member]->first + 4,
						       found[member]->last - 1 });
	}
	return true;
}
