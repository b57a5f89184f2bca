// SPDX-License-Identifier: GPL-2.0-only
/*
 * The owner that a driver's dev_pagemap has already, and what it is called at a call.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "owner.h"
#include "setup.h"

/* Whether a file declares an object at file scope in front of a token. */
static bool is_file_scope(const struct unit *unit, const char *name, uint32_t before)
{
	const struct syntax *syntax = &unit->syntax;

	for (struct node *node = syntax->file->child; node && node->first < before;
	     node = node->next) {
		struct declarator *list;
		size_t count;

		if (node->kind != NODE_DECLARATION)
			continue;
		count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
		for (size_t i = 0; i < count; i++)
			if (code_is(syntax, list[i].name, name) && !list[i].function)
				return true;
	}
	return false;
}

/* "X.owner = VALUE" or "X->owner = VALUE" for a pagemap: the span of VALUE. */
static bool find_owner(const struct unit *unit, uint32_t at, struct span *value)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);
	bool pagemap = false;

	if (!code_is(syntax, at, "owner") || !is_member_name(syntax, at) ||
	    !code_is(syntax, at + 1, "="))
		return false;
	if (node->kind == NODE_EXPRESSION) {
		for (uint32_t i = node->first; i < at; i++) {
			char *word = code_text(syntax, i, i);

			pagemap = pagemap || strstr(word, "pagemap") || strstr(word, "pgmap");
		}
	} else if (node->kind == NODE_DECLARATION) {
		for (uint32_t i = node->first; i < at; i++)
			pagemap = pagemap || code_is(syntax, i, "dev_pagemap");
	}
	value->first = at + 2;
	value->last = at + 1;
	while (!code_is(syntax, value->last + 1, ";") && !code_is(syntax, value->last + 1, ",") &&
	       !code_is(syntax, value->last + 1, "}") && value->last < node->last)
		value->last++;
	return pagemap && value->last >= value->first;
}

/* Whether a file or one of the driver's headers declares an object. */
static bool is_declared_for(const struct driver *driver, const struct unit *unit, const char *name)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct unit *other = &driver->program.units[u];

		if ((other == unit || source_is_header(other->source)) &&
		    is_file_scope(other, name, other->syntax.code.count))
			return true;
	}
	return false;
}

/*
 * Whether a name that a file uses comes from outside of it: a header that may not have been given.
 * @at is a use.
 */
static bool is_from_header(const struct unit *unit, uint32_t at)
{
	struct declarator declarator;
	struct node *declaration;

	return !local_find(&unit->syntax, at, code_text(&unit->syntax, at, at), &declarator,
			   &declaration);
}

/* Whether a function has a variable or a parameter of a name. */
static bool is_local_name(const struct unit *unit, const struct node *function, const char *name)
{
	struct declarator declarator;
	struct node *declaration;

	return local_find(&unit->syntax, function->last - 1, name, &declarator, &declaration) &&
	       node_function(declaration);
}

/* Whether another file uses a name that it does not declare. */
static bool uses_from_header(const struct unit *unit, const char *name)
{
	for (uint32_t i = 1; i < unit->syntax.code.count; i++)
		if (code_is(&unit->syntax, i, name) && !is_member_name(&unit->syntax, i))
			return is_from_header(unit, i);
	return false;
}

bool owner_nameable(const struct driver *driver, const struct unit *unit, uint32_t at,
		    const struct site *site)
{
	const char *name = code_text(&unit->syntax, at, at);

	if (is_local_name(site->unit, site->function, name))
		return false;
	if (unit == site->unit)
		return is_file_scope(unit, name, site->function->first) || is_from_header(unit, at);
	return is_declared_for(driver, site->unit, name) ||
	       (is_from_header(unit, at) && uses_from_header(site->unit, name));
}

/* The name that an owner's expression begins with: "card" in "&card" and "card->id"; or 0. */
static uint32_t first_name(const struct syntax *syntax, struct span value)
{
	for (uint32_t i = value.first; i <= value.last; i++)
		if (code_identifier(syntax, i) && !is_member_name(syntax, i))
			return i;
	return 0;
}

/* The next place behind @reference, or the first, where an owner is set; NULL when there is none. */
static const struct reference *next_owner(const struct driver *driver,
					  const struct reference *reference, struct span *value)
{
	const struct symbol *owner = symbol_find(&driver->program, "owner");

	reference = reference ? reference->next : owner ? owner->references : NULL;
	while (reference && (reference->kind != REFERENCE_MEMBER ||
			     !find_owner(reference->unit, reference->token, value)))
		reference = reference->next;
	return reference;
}

bool part_has_owner(const struct driver *driver, const struct setups *setups, size_t part)
{
	const struct reference *at = NULL;
	struct span value;

	while ((at = next_owner(driver, at, &value)))
		if (setup_part(driver, setups, at->unit) == part)
			return true;
	return false;
}

bool several_owners(const struct driver *driver)
{
	const struct reference *at = NULL;
	const char *first = NULL;
	struct span value;

	while ((at = next_owner(driver, at, &value))) {
		const char *text = code_line(&at->unit->syntax, value.first, value.last);

		if (first && strcmp(first, text))
			return true;
		first = text;
	}
	return false;
}

/* The only owner that a call has to do with, as far as a level of evidence shows. */
static const char *owner_at_level(const struct driver *driver, const struct site *site, int level,
				  bool *found)
{
	const char *owner = NULL, *seen = NULL;
	const struct reference *at = NULL;
	struct span value;

	while ((at = next_owner(driver, at, &value))) {
		const struct syntax *syntax = &at->unit->syntax;
		const char *text = code_line(syntax, value.first, value.last);
		uint32_t name = first_name(syntax, value);

		if (level >= 0 &&
		    (!name || !call_names_object(driver, site, at->unit, name, level)))
			continue;
		*found = true;
		if (seen && strcmp(seen, text))
			return NULL;
		seen = text;
		if (name && owner_nameable(driver, at->unit, name, site))
			owner = text;
	}
	return owner;
}

const char *existing_owner(const struct driver *driver, const struct site *site)
{
	const char *owner = NULL;
	bool found = false;

	if (!several_owners(driver))
		return owner_at_level(driver, site, -1, &found);
	for (int level = 0; level < EVIDENCE_LEVELS && !found; level++)
		owner = owner_at_level(driver, site, level, &found);
	return owner;
}

/* The T of "struct T *name", or NULL for any other declaration. */
static const char *struct_pointed_to(const struct syntax *syntax,
				     const struct declarator *declarator)
{
	uint32_t at = declarator->specifiers.last;

	if (declarator->stars != 1 || declarator->function ||
	    declarator->array.last >= declarator->array.first || !at ||
	    !code_is(syntax, at - 1, "struct"))
		return NULL;
	return code_text(syntax, at, at);
}

/* The one name of type @type in a function that is declared before a token, or NULL. */
static const char *name_of_type(const struct unit *unit, const struct node *function,
				uint32_t before, const char *type)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator *list;
	const char *name = NULL;
	struct declarator found;
	struct node *declaration;
	size_t count = parameters_parse(syntax, function, &list);

	for (const struct node *node = function; node; node = node_after(node, function)) {
		if (node->first >= before)
			break;
		if (node != function) {
			if (node->kind != NODE_DECLARATION)
				continue;
			count = declaration_parse(syntax, (struct span){ node->first, node->last },
						  &list);
		}
		for (size_t i = 0; i < count; i++) {
			const char *pointed = struct_pointed_to(syntax, &list[i]);

			if (!list[i].name || !pointed || strcmp(pointed, type))
				continue;
			if (name)
				return NULL;
			name = code_text(syntax, list[i].name, list[i].name);
		}
	}
	/* Not one of an inner block that has ended. */
	return name && local_find(syntax, before, name, &found, &declaration) ? name : NULL;
}

const char *owner_of_type(struct driver *driver, const struct site *site)
{
	const struct reference *at = NULL;
	struct span value;

	while ((at = next_owner(driver, at, &value))) {
		const struct syntax *syntax = &at->unit->syntax;
		struct declarator declarator;
		struct node *declaration;
		const char *name, *type;

		if (value.first != value.last ||
		    !local_find(syntax, at->token, code_text(syntax, value.first, value.first),
				&declarator, &declaration))
			continue;
		type = struct_pointed_to(syntax, &declarator);
		name = type ? name_of_type(site->unit, site->function, site->call.name, type) :
			      NULL;
		if (!name)
			continue;
		diagnose(driver->diagnostics, site->unit->source,
			 code_start(&site->unit->syntax, site->call.name), SEVERITY_NOTE,
			 "owner-by-type",
			 "the owner is taken to be %s, because a pointer to struct %s is "
			 "set as the dev_pagemap's owner in %s, line %zu",
			 name, type, at->unit->source->path,
			 source_line(at->unit->source, at->offset) + 1);
		return name;
	}
	return NULL;
}

bool has_owner(const struct driver *driver)
{
	struct span value;

	return next_owner(driver, NULL, &value) != NULL;
}
