// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names a driver has for struct migrate_vma_ops.
 *
 *	typedef struct migrate_vma_ops card_ops_t;
 */
#include <string.h>

#include "analyse/symbols.h"
#include "driver.h"

static bool names_type(const struct driver *driver, const struct symbol *symbol)
{
	for (size_t i = 0; symbol && i < driver->ops_type_count; i++)
		if (driver->ops_types[i] == symbol)
			return true;
	return false;
}

bool ops_type_at(const struct driver *driver, const struct unit *unit, uint32_t at, uint32_t *first)
{
	const struct syntax *syntax = &unit->syntax;
	const struct symbol *symbol = symbol_at(unit, at);
	bool tagged = at && (code_is(syntax, at - 1, "struct") || code_is(syntax, at - 1, "union") ||
			     code_is(syntax, at - 1, "enum"));

	*first = at;
	if (!names_type(driver, symbol) || is_member_name(syntax, at))
		return false;
	if (symbol != driver->ops_types[0])
		return !tagged;
	*first = at - 1;
	return tagged && code_is(syntax, at - 1, "struct");
}

/* The name that a typedef of the type declares, or NULL. */
static struct symbol *typedef_name(const struct driver *driver, const struct unit *unit,
				   const struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	uint32_t first;

	if (node->kind != NODE_DECLARATION || !code_is(syntax, node->first, "typedef") ||
	    declaration_parse(syntax, (struct span){ node->first, node->last }, &list) != 1)
		return NULL;
	return !list[0].stars && !list[0].function && list[0].array.last < list[0].array.first &&
			       ops_type_at(driver, unit, list[0].specifiers.last, &first)
		       ? symbol_at(unit, list[0].name)
		       : NULL;
}

bool ops_typedef(const struct driver *driver, const struct unit *unit, const struct node *node)
{
	return typedef_name(driver, unit, node) != NULL;
}

void understand_ops_types(struct driver *driver)
{
	struct symbol *type = symbol_find(&driver->program, "migrate_vma_ops");

	driver->ops_type_count = 0;
	if (type)
		driver->ops_types = arena_append(driver->arena, driver->ops_types,
						 &driver->ops_type_count, type);
	for (size_t i = 0; i < driver->ops_type_count; i++)
		for (const struct reference *use = driver->ops_types[i]->references; use;
		     use = use->next) {
			const struct node *node = use->kind < REFERENCE_MACRO ?
				node_at(&use->unit->syntax, use->token) : NULL;
			struct symbol *name = node ? typedef_name(driver, use->unit, node) : NULL;

			if (name && !names_type(driver, name))
				driver->ops_types = arena_append(driver->arena, driver->ops_types,
								 &driver->ops_type_count, name);
		}
}
