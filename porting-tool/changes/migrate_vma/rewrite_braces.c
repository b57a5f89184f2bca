// SPDX-License-Identifier: GPL-2.0-only
/*
 * Braces around a statement that has to become several, and around the other arms of its if.
 */
#include <string.h>

#include "edit/lines.h"
#include "plan.h"

static const char *outer_indent(const struct syntax *syntax, const struct node *node)
{
	return indent_at(syntax, code_start(syntax, node->parent->first));
}

static void remember(struct driver *driver, struct unit *unit, const struct node *node)
{
	size_t count = driver->braced_count + 1;
	const struct node **nodes = arena_alloc(driver->arena, count * sizeof(*nodes));
	struct unit **units = arena_alloc(driver->arena, count * sizeof(*units));

	if (driver->braced_count) {
		memcpy(nodes, driver->braced, driver->braced_count * sizeof(*nodes));
		memcpy(units, driver->braced_units, driver->braced_count * sizeof(*units));
	}
	nodes[count - 1] = node;
	units[count - 1] = unit;
	driver->braced = nodes;
	driver->braced_units = units;
	driver->braced_count = count;
}

const char *braces_open(struct driver *driver, struct unit *unit, const struct node *node,
			const char *text)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t before = code_end(syntax, node->first - 1);
	uint32_t start = code_start(syntax, node->first);
	const char *outer = outer_indent(syntax, node);
	const char *inner = indent_deeper(driver->arena, unit->style, outer);
	const char *gap = arena_copy(driver->arena, syntax->source->text + before, start - before);

	remember(driver, unit, node);
	edit_insert(unit->edits, before,
		    unit->style->allman ? arena_printf(driver->arena, "\n%s{", outer) : " {");
	if (!strchr(gap, '\n'))
		edit_replace(unit->edits, before, start,
			     arena_printf(driver->arena, "\n%s%s%s", text, *text ? "\n" : "",
					  inner));
	else if (*text)
		edit_insert(unit->edits, start,
			    arena_printf(driver->arena, "%s\n%s", text + strspn(text, " \t"),
					 inner));
	return inner;
}

void braces_close(const struct driver *driver, struct unit *unit, const struct node *node,
		  const struct node *last)
{
	const struct syntax *syntax = &unit->syntax;
	const char *close = arena_printf(driver->arena, "\n%s}", outer_indent(syntax, node));
	uint32_t at = end_of_statement(syntax, last->last);

	edit_insert(unit->edits, at, close);
	if ((code_is(syntax, last->last + 1, "else") || node->parent->kind == NODE_DO) &&
	    !unit->style->allman) {
		/* else, or the while of a do */
		uint32_t other = code_start(syntax, last->last + 1);

		if (strspn(syntax->source->text + at, " \t\r\n") == other - at)
			edit_replace(unit->edits, at, other, " ");
	}
}

/* The "if" that an "else if" belongs to, as far up as it goes. */
static struct node *chain_root(struct node *node)
{
	while (node->parent && node->parent->kind == NODE_IF && node->previous &&
	       node->previous->parent == node->parent)
		node = node->parent;
	return node;
}

static bool has_braces(const struct driver *driver, const struct node *node)
{
	for (size_t i = 0; i < driver->braced_count; i++)
		if (driver->braced[i] == node)
			return true;
	return node->kind == NODE_COMPOUND;
}

/* Every arm of the chain that is a plain statement without braces so far. */
static void brace_arms(struct driver *driver, struct unit *unit, struct node *chain)
{
	for (struct node *arm = chain->child; arm; arm = arm->next) {
		if (arm->kind == NODE_IF && arm->previous) {
			brace_arms(driver, unit, arm);
		} else if (!has_braces(driver, arm)) {
			braces_open(driver, unit, arm, "");
			braces_close(driver, unit, arm, arm);
		}
	}
}

void plan_other_arms(struct driver *driver)
{
	size_t count = driver->braced_count;

	for (size_t i = 0; i < count; i++)
		if (driver->braced[i]->parent->kind == NODE_IF)
			brace_arms(driver, driver->braced_units[i],
				   chain_root(driver->braced[i]->parent));
}
