// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects that are used other than as "&name" in a call: passed to a wrapper, chosen at run
 * time, kept in a table.  A pointer to such an object becomes a pointer to a function.
 */
#include <string.h>

#include "driver.h"

struct ops_object *driver_declares_ops(const struct driver *driver, const struct unit *unit,
				       const struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *first = NULL;
	struct declarator *list;
	size_t count;

	if (node->kind != NODE_DECLARATION || node_function(node))
		return NULL;
	count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	for (size_t i = 0; i < count; i++) {
		const char *name = code_text(syntax, list[i].name, list[i].name);
		struct ops_object *ops = driver_ops(driver, unit, list[i].name, name);

		if (!ops || ops->declaration == node || list[i].stars || list[i].function ||
		    list[i].value.last >= list[i].value.first)
			return NULL;
		first = first ? first : ops;
	}
	return first;
}

/* Whether token @at is the "&name" in the first argument of a call. */
static bool is_direct(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *site = driver->sites[i];
		struct span argument = site->call.arguments[ARGUMENT_OPS];

		if (site->unit == unit && site->ops && at >= argument.first && at <= argument.last)
			return true;
	}
	return false;
}

static void understand_object(struct driver *driver, struct ops_object *ops)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++) {
			struct node *node;

			if (!code_is(syntax, i, ops->name) || is_member_name(syntax, i) ||
			    is_direct(driver, unit, i) ||
			    driver_ops(driver, unit, i, ops->name) != ops)
				continue;
			node = node_at(syntax, i);
			if (node == ops->declaration || ops_assigns(ops, node))
				continue;
			if ((unit != ops->unit && !ops_is_static(ops)) || code_is(syntax, node->first, "extern"))
				ops->shared = true;
			if (code_is(syntax, node->first, "extern") ||
			    driver_declares_ops(driver, unit, node) == ops)
				continue;
			if (!code_is(syntax, i - 1, "&")) {
				driver_block(driver, unit, i, "ops-use",
					     "%s is used here as an object, and there are no ops "
					     "objects "
					     "any more; pass its address to migrate_vma() or to a "
					     "function that does",
					     ops->name);
				continue;
			}
			ops->indirect = true;
			ops->helper_void = true;
		}
	}
}

/* An array of objects becomes one of functions, so its elements can only be taken by address. */
static void understand_array(struct driver *driver, const struct ops_object *ops)
{
	const struct syntax *syntax = &ops->unit->syntax;

	for (uint32_t i = 1; i < syntax->code.count; i++) {
		if (!code_is(syntax, i, ops->holder) || is_member_name(syntax, i) ||
		    node_at(syntax, i) == ops->declaration)
			continue;
		if (code_is(syntax, i - 1, "&") && code_is(syntax, i + 1, "["))
			continue;
		if (code_is(syntax, i - 1, "(") && code_is(syntax, i - 2, "ARRAY_SIZE"))
			continue;
		driver_block(driver, ops->unit, i, "ops-use",
			     "%s becomes an array of functions, and this use is not the address of "
			     "an element; write &%s[...]",
			     ops->holder, ops->holder);
	}
}

/* An object that other files may use, and none of those that were given does. */
static void report_unused(struct driver *driver, const struct ops_object *ops)
{
	const struct node *node = ops->declaration;

	if (ops->site_count || ops->indirect || node_function(node) ||
	    declared_static(&ops->unit->syntax, node->first, node->last))
		return;
	driver_block(driver, ops->unit, node->first, "ops-unused",
		     "no call in the files given uses %s, which is not static; give the files "
		     "that use it as well, or delete it",
		     ops->name);
}

void understand_indirect(struct driver *driver)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		const struct ops_object *ops = driver->ops[i];

		if (ops->place == OPS_LITERAL && !ops->site_count)
			driver->ops[i]->indirect = driver->ops[i]->helper_void = true;
		else if (ops->place == OPS_VARIABLE)
			understand_object(driver, driver->ops[i]);
		else if (driver_ops_in(driver, OPS_ELEMENT, ops->holder) == ops)
			understand_array(driver, ops);
	}
	for (size_t i = 0; i < driver->site_count; i++) {
		const struct site *site = driver->sites[i];

		/* A call from another file needs a function that can be seen there. */
		if (site->ops && site->ops->unit != site->unit && !ops_is_static(site->ops)) {
			site->ops->indirect = true;
			site->ops->helper_void = true;
			site->ops->shared = true;
		}
	}
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct ops_object *ops = driver->ops[i];

		if (ops->shared)
			ops->helper_void = true;
		report_unused(driver, ops);
	}
}
