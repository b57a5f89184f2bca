// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects without a name, written where their address is needed:
 *
 *	migrate_vma(&(struct migrate_vma_ops){ .alloc_and_copy = f, ... }, ...)
 */
#include "driver.h"

struct ops_object *ops_literal_at(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct ops_object *ops = driver->ops[i];

		if (ops->literal && ops->unit == unit && at >= ops->element.first &&
		    at <= ops->element.last)
			return ops;
	}
	return NULL;
}

bool understand_literal(struct driver *driver, struct unit *unit, uint32_t first, uint32_t last)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *ops;
	uint32_t brace;

	while (first && (code_is(syntax, first - 1, "const") || code_is(syntax, first - 1, "static")))
		first--;
	while (code_is(syntax, last + 1, "const"))
		last++;
	brace = last + 2;
	if (first < 2 || !code_is(syntax, first - 1, "(") || !code_is(syntax, first - 2, "&") ||
	    syntax->match[first - 1] != last + 1 || !code_is(syntax, brace, "{"))
		return false;
	ops = ops_add(driver, unit, node_at(syntax, first));
	ops->literal = true;
	ops->element = (struct span){ first - 2, syntax->match[brace] };
	if (!ops_unconditional(driver, unit, ops->element, "this object"))
		return true;
	ops_take_initialiser(driver, unit, ops, (struct span){ brace, syntax->match[brace] });
	return true;
}
