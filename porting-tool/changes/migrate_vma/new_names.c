// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names for what a port adds, none of which the driver uses already.
 */
#include <ctype.h>
#include <string.h>

#include "plan.h"

static bool name_in_function(const struct site *site, const char *name)
{
	const struct syntax *syntax = &site->unit->syntax;

	for (uint32_t i = site->function->first; i <= site->function->last; i++)
		if (code_is(syntax, i, name))
			return true;
	return false;
}

static bool block_contains(const struct node *outer, const struct node *inner)
{
	return outer && inner && outer->first <= inner->first && outer->last >= inner->last;
}

/* Where the struct of a call can be seen. */
static const struct node *scope_of(const struct driver *driver, const struct layout *layouts,
				   size_t index)
{
	return layouts[index].braces ? driver->sites[index]->statement : layouts[index].block;
}

/* Another call of the function, in a block around this one or within it, has the name. */
static bool name_near(const struct driver *driver, const struct layout *layouts, size_t index,
		      const char *name)
{
	const struct site *site = driver->sites[index];

	for (size_t i = 0; i < index; i++) {
		const struct node *block = scope_of(driver, layouts, i);
		const struct node *own = scope_of(driver, layouts, index);

		if (driver->sites[i]->function != site->function ||
		    strcmp(driver->sites[i]->variable, name))
			continue;
		if (block_contains(block, own) || block_contains(own, block))
			return true;
	}
	return false;
}

static void name_variable(struct driver *driver, const struct layout *layouts, size_t index)
{
	static const char *const names[] = { "args", "migrate", "migrate_args", "vma_args" };
	struct site *site = driver->sites[index];

	if (layouts[index].sharing) {
		site->variable = layouts[index].sharing->variable;
		return;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (name_in_function(site, names[i]) || name_near(driver, layouts, index, names[i]))
			continue;
		site->variable = names[i];
		return;
	}
	for (int number = 2;; number++) {
		const char *name = arena_printf(driver->arena, "args%d", number);

		if (name_in_function(site, name) || name_near(driver, layouts, index, name))
			continue;
		site->variable = name;
		return;
	}
}

/* card_single for [CARD_SINGLE] of card_ops, card_0 for its first element without a name. */
static char *element_stem(const struct driver *driver, const struct ops_object *ops,
			  const char *stem)
{
	char *label = arena_printf(driver->arena, "%s", ops->label);

	for (char *c = label; *c; c++)
		*c = isalnum((unsigned char)*c) ? tolower((unsigned char)*c) : '_';
	if (!strncmp(label, stem, strlen(stem)))
		return label;
	return arena_printf(driver->arena, "%s_%s", stem, label);
}

/* The names of the ops objects themselves are free once the objects are gone. */
static bool helper_name_taken(const struct driver *driver, const struct ops_object *ops,
			      const char *name)
{
	bool object = false;

	for (size_t i = 0; i < driver->ops_count; i++) {
		if (driver->ops[i] != ops && driver->ops[i]->helper &&
		    !strcmp(driver->ops[i]->helper, name))
			return true;
		object = object || !strcmp(driver->ops[i]->name, name);
	}
	return !object && driver_name_taken(driver, name);
}

/* An object without a name of its own is named after a callback: foo_alloc_and_copy() gives foo. */
static char *callback_stem(const struct driver *driver, const struct ops_object *ops)
{
	static const char *const endings[] = { "_alloc_and_copy", "_finalize_and_map", "_alloc",
					       "_copy", "_finalize" };
	const struct callback *callback = ops->callbacks[ALLOC_AND_COPY]
						  ? ops->callbacks[ALLOC_AND_COPY]
						  : ops->callbacks[FINALIZE_AND_MAP];
	char *stem = arena_printf(driver->arena, "%s", callback ? callback->name : "");

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t length = strlen(stem), ending = strlen(endings[i]);

		if (length > ending && !strcmp(stem + length - ending, endings[i]))
			stem[length - ending] = '\0';
	}
	return stem;
}

/* Whether a function has more than one ops object. */
static bool shares_function(const struct driver *driver, const struct ops_object *ops)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i] != ops && node_function(driver->ops[i]->declaration) ==
						     node_function(ops->declaration))
			return true;
	return false;
}

/* foo_migrate_vma_ops, foo_migrate_ops, foo_ops and foo all give foo_migrate. */
static const char *helper_name(const struct driver *driver, const struct ops_object *ops)
{
	static const char *const endings[] = { "_ops", "_operations", "_vma", "_migrate",
					       "_migration" };
	char *stem = arena_printf(driver->arena, "%s", ops->place == OPS_ELEMENT ? ops->holder : ops->name);
	const struct node *function;
	const char *name;

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t length = strlen(stem), ending = strlen(endings[i]);

		if (length > ending && !strcmp(stem + length - ending, endings[i]))
			stem[length - ending] = '\0';
	}
	if (ops->place == OPS_ELEMENT)
		stem = element_stem(driver, ops, stem);
	if (ops->place == OPS_MEMBER || ops->place == OPS_LITERAL)
		stem = callback_stem(driver, ops);
	/* "ops" says nothing, nor does what need not be told apart outside of its function. */
	function = node_function(ops->declaration);
	/* "g_" says that it is global, which the function is not. */
	if (!strncmp(stem, "g_", 2))
		stem += 2;
	if (!strcmp(stem, "migrate") || !strcmp(stem, "g") || !strcmp(stem, "ops") || !*stem ||
	    (function && ops->place < OPS_MEMBER && !strchr(stem, '_') && !shares_function(driver, ops))) {
		stem = function ? code_text(&ops->unit->syntax, function->name, function->name)
				: driver_stem(driver, ops->unit);
	}
	/* Names that begin with "migrate_" are the kernel's. */
	if (!strncmp(stem, "migrate_", 8)) {
		stem = arena_printf(driver->arena, "%s_%s", driver_stem(driver, ops->unit), stem);
		name = stem;
	} else {
		name = arena_printf(driver->arena, "%s_migrate", stem);
	}
	for (int number = 0; helper_name_taken(driver, ops, name); number++)
		name = number ? arena_printf(driver->arena, "%s_migrate_range%d", stem, number + 1)
			      : arena_printf(driver->arena, "%s_migrate_range", stem);
	return name;
}

void plan_names(struct driver *driver, struct layout *layouts)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];

		name_variable(driver, layouts, i);
		if (site->ops && layouts[i].form != FORM_STEPS && !site->ops->helper)
			site->ops->helper = helper_name(driver, site->ops);
	}
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->indirect && !driver->ops[i]->helper)
			driver->ops[i]->helper = helper_name(driver, driver->ops[i]);
}
