// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pointers to ops objects become pointers to the functions that stand for the objects.
 */
#include <string.h>

#include "../edit/lines.h"
#include "plan.h"

#define POINTER_PARAMETERS "(struct migrate_vma *args, void *private)"

static bool declares_object(const struct driver *driver, const struct unit *unit,
			    const struct node *node)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->unit == unit && driver->ops[i]->declaration == node)
			return true;
	return false;
}

/* "extern const struct migrate_vma_ops name;" declares the function instead. */
static bool plan_extern(struct driver *driver, struct unit *unit, struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	struct ops_object *ops;

	if (node->kind != NODE_DECLARATION || !code_is(syntax, node->first, "extern") ||
	    declaration_parse(syntax, (struct span){ node->first, node->last }, &list) != 1 ||
	    list[0].stars || list[0].function)
		return false;
	ops = driver_ops(driver, code_text(syntax, list[0].name, list[0].name));
	if (!ops)
		return false;
	if (!ops->helper)
		remove_lines(&unit->edits, syntax,
			     top_with_comment(syntax, code_start(syntax, node->first)),
			     code_end(syntax, node->last));
	else
		edit_replace(
			&unit->edits, code_start(syntax, node->first), code_end(syntax, node->last),
			arena_printf(driver->arena, "int %s" POINTER_PARAMETERS ";", ops->helper));
	return true;
}

/* A second declaration in the same file: "static const struct migrate_vma_ops name;" */
static bool plan_tentative(struct driver *driver, struct unit *unit, struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	struct ops_object *ops;

	if (node->kind != NODE_DECLARATION || node_function(node) ||
	    declaration_parse(syntax, (struct span){ node->first, node->last }, &list) != 1 ||
	    list[0].stars || list[0].function || list[0].value.last >= list[0].value.first)
		return false;
	ops = driver_ops(driver, code_text(syntax, list[0].name, list[0].name));
	if (!ops || ops->declaration == node)
		return false;
	remove_lines(&unit->edits, syntax, code_start(syntax, node->first),
		     code_end(syntax, node->last));
	return true;
}

/* "const struct migrate_vma_ops *name" around token @at; false when it has another shape. */
static bool plan_pointer(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first = at - 1, star = at + 1, last;
	const char *name = "", *array = "";

	if (code_is(syntax, first - 1, "const"))
		first--;
	while (code_is(syntax, star, "const"))
		star++;
	if (!code_is(syntax, star, "*"))
		return false;
	last = star;
	while (code_is(syntax, last + 1, "const"))
		last++;
	if (code_identifier(syntax, last + 1)) {
		last++;
		name = code_text(syntax, last, last);
	}
	if (code_is(syntax, last + 1, "[")) {
		array = code_text(syntax, last + 1, syntax->match[last + 1]);
		last = syntax->match[last + 1];
	}
	if (!code_is(syntax, last + 1, ",") && !code_is(syntax, last + 1, ")") &&
	    !code_is(syntax, last + 1, ";") && !code_is(syntax, last + 1, "="))
		return false;
	/* "*a, *b;" shares the type with more than one name. */
	if (code_is(syntax, last + 1, ",") && code_is(syntax, last + 2, "*"))
		return false;
	if (!*name && code_is(syntax, last + 1, ")") && code_is(syntax, first - 1, "(") &&
	    !code_identifier(syntax, first - 2))
		return false;
	edit_replace(&unit->edits, code_start(syntax, first), code_end(syntax, last),
		     arena_printf(driver->arena, "int (*%s%s)" POINTER_PARAMETERS, name, array));
	return true;
}

static void plan_type(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);

	if (declares_object(driver, unit, node) || plan_extern(driver, unit, node) ||
	    plan_tentative(driver, unit, node))
		return;
	if (code_is(syntax, at + 1, ";") && node->first + 2 == node->last) {
		remove_lines(&unit->edits, syntax, code_start(syntax, node->first),
			     code_end(syntax, node->last));
		return;
	}
	if (code_is(syntax, at + 1, "{"))
		driver_block(
			driver, unit, at, "own-definition",
			"the driver defines struct migrate_vma_ops itself; take its copy of the "
			"callback API out, and port again");
	else if (!plan_pointer(driver, unit, at))
		driver_block(
			driver, unit, at, "ops-pointer",
			"this use of struct migrate_vma_ops cannot become a pointer to a "
			"function mechanically; pass the ops object to migrate_vma() directly, "
			"or declare one pointer by itself");
}

/* "&ops" becomes the name of the function, except in a call that is written anew as a whole. */
static void plan_reference(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *ops = driver_ops(driver, code_text(syntax, at, at));

	if (!ops || !ops->indirect || is_member_name(syntax, at) || !code_is(syntax, at - 1, "&"))
		return;
	edit_replace(&unit->edits, code_start(syntax, at - 1), code_end(syntax, at), ops->helper);
}

/* #define NAME (&ops): nobody needs the macro any more once its calls are ported. */
static void plan_macro(struct driver *driver, struct unit *unit, const struct token *directive)
{
	const char *text = arena_copy(driver->arena, unit->source->text + directive->start,
				      directive->end - directive->start);

	for (size_t i = 0; i < driver->ops_count; i++) {
		const char *found = strstr(text, driver->ops[i]->name);

		if (!found || !strstr(text, "define") || found == text || found[-1] != '&')
			continue;
		remove_lines(&unit->edits, &unit->syntax, directive->start, directive->end);
	}
}

void plan_indirect(struct driver *driver)
{
	for (size_t u = 0; u < driver->unit_count; u++) {
		struct unit *unit = &driver->units[u];

		for (uint32_t i = 2; i < unit->syntax.code.count; i++) {
			if (code_is(&unit->syntax, i, "migrate_vma_ops"))
				plan_type(driver, unit, i);
			else if (code_identifier(&unit->syntax, i))
				plan_reference(driver, unit, i);
		}
		for (size_t i = 0; i < unit->syntax.all.count; i++)
			if (unit->syntax.all.list[i].kind == TOKEN_DIRECTIVE)
				plan_macro(driver, unit, &unit->syntax.all.list[i]);
	}
}
