// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names a driver has for struct migrate_vma_ops.
 *
 *	typedef struct migrate_vma_ops card_ops_t;
 */
#include <string.h>

#include "driver.h"

static bool is_type_name(const struct driver *driver, const struct syntax *syntax, uint32_t at)
{
	if (!code_identifier(syntax, at) || is_member_name(syntax, at) ||
	    (at && (code_is(syntax, at - 1, "struct") || code_is(syntax, at - 1, "union") ||
		    code_is(syntax, at - 1, "enum"))))
		return false;
	for (size_t i = 0; i < driver->ops_type_count; i++)
		if (code_is(syntax, at, driver->ops_types[i]))
			return true;
	return false;
}

bool ops_type_at(const struct driver *driver, const struct unit *unit, uint32_t at, uint32_t *first)
{
	const struct syntax *syntax = &unit->syntax;

	*first = at;
	if (at && code_is(syntax, at, "migrate_vma_ops") && code_is(syntax, at - 1, "struct")) {
		*first = at - 1;
		return true;
	}
	return driver->ops_type_count && is_type_name(driver, syntax, at);
}

/* The name that a typedef of the type declares, or 0. */
static uint32_t typedef_name(const struct driver *driver, const struct unit *unit,
			     const struct node *node)
{
	struct declarator *list;
	uint32_t first;

	if (node->kind != NODE_DECLARATION || !code_is(&unit->syntax, node->first, "typedef") ||
	    declaration_parse(&unit->syntax, (struct span){ node->first, node->last }, &list) != 1)
		return 0;
	return !list[0].stars && !list[0].function && list[0].array.last < list[0].array.first &&
			       ops_type_at(driver, unit, list[0].specifiers.last, &first)
		       ? list[0].name
		       : 0;
}

bool ops_typedef(const struct driver *driver, const struct unit *unit, const struct node *node)
{
	return typedef_name(driver, unit, node) != 0;
}

static bool add_typedef(struct driver *driver, const struct unit *unit, const struct node *node)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t name = typedef_name(driver, unit, node);
	const char **longer;

	if (!name)
		return false;
	for (size_t i = 0; i < driver->ops_type_count; i++)
		if (code_is(syntax, name, driver->ops_types[i]))
			return false;
	longer = arena_alloc(driver->arena, (driver->ops_type_count + 1) * sizeof(*longer));
	if (driver->ops_type_count)
		memcpy(longer, driver->ops_types, driver->ops_type_count * sizeof(*longer));
	longer[driver->ops_type_count++] = code_text(syntax, name, name);
	driver->ops_types = longer;
	return true;
}

void understand_ops_types(struct driver *driver)
{
	bool more = true;

	/* Once more for a typedef of a typedef in a file that comes earlier. */
	while (more) {
		more = false;
		for (size_t u = 0; u < driver->program.unit_count; u++)
			for (struct node *node = driver->program.units[u].syntax.file->child; node;
			     node = node->next)
				more = add_typedef(driver, &driver->program.units[u], node) || more;
	}
}
