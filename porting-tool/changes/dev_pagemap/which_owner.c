// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of several owners a call is about.
 *
 * A file may have more than one device, each with a dev_pagemap and an owner.  What a call has to
 * do with shows in the names that its function, the callbacks and what they call use: the object
 * itself, its type, or a struct that holds a pointer to one.
 */
#include <string.h>

#include "owner.h"

/* How many functions deep to look for names. */
#define DEPTH 2

/* Structs that lead to the object: its own type, and those that hold it. */
#define TYPES_MAX 8

struct object {
	const struct unit *unit;
	const char *name;
	const char *types[TYPES_MAX];
	size_t type_count;
};

static void add_type(struct object *object, const char *type)
{
	for (size_t i = 0; i < object->type_count; i++)
		if (!strcmp(object->types[i], type))
			return;
	if (object->type_count < TYPES_MAX)
		object->types[object->type_count++] = type;
}

/* Structs with a member of a type that is known already. */
static void add_holders(const struct driver *driver, struct object *object)
{
	const char *type = object->types[0];

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct syntax *syntax = &driver->program.units[u].syntax;

		for (struct node *node = syntax->file->child; node; node = node->next) {
			uint32_t at = node->first;

			if (node->kind != NODE_DECLARATION || !code_is(syntax, at, "struct") ||
			    !code_identifier(syntax, at + 1) || !code_is(syntax, at + 2, "{"))
				continue;
			for (uint32_t i = at + 3; i < syntax->match[at + 2]; i++)
				if (code_is(syntax, i, type) && code_is(syntax, i - 1, "struct"))
					add_type(object, code_text(syntax, at + 1, at + 1));
		}
	}
}

static void find_object(const struct driver *driver, const struct unit *unit, uint32_t at,
			struct object *object)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator declarator;
	struct node *declaration;

	*object = (struct object){ .unit = unit, .name = code_text(syntax, at, at) };
	/* The file itself, then the others. */
	for (size_t u = 0; u <= driver->program.unit_count && !object->type_count; u++) {
		const struct syntax *other = u ? &driver->program.units[u - 1].syntax : syntax;
		uint32_t place = other == syntax ? at : other->code.count - 1;

		if (!other->code.count ||
		    !local_find(other, place, object->name, &declarator, &declaration))
			continue;
		for (uint32_t i = declarator.specifiers.first; i <= declarator.specifiers.last; i++)
			if (code_is(other, i, "struct"))
				add_type(object, code_text(other, i + 1, i + 1));
	}
	if (object->type_count)
		add_holders(driver, object);
}

/* Whether token @at of a file is the object, or with @types names a struct that leads to it. */
static bool is_object(const struct unit *unit, uint32_t at, const struct object *object, bool types)
{
	const struct syntax *syntax = &unit->syntax;
	struct declarator declarator;
	struct node *declaration;

	for (size_t t = 0; types && t < object->type_count; t++)
		if (code_is(syntax, at, object->types[t]) && code_is(syntax, at - 1, "struct"))
			return true;
	return !types && code_is(syntax, at, object->name) && !is_member_name(syntax, at) &&
	       (!local_find(syntax, at, object->name, &declarator, &declaration) ||
		!node_function(declaration));
}

static bool function_names(const struct driver *driver, struct unit *unit,
			   const struct node *function, const struct object *object, bool types,
			   int depth)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = function->first + 1; i <= function->last; i++) {
		const struct function *callee;

		if (is_object(unit, i, object, types))
			return true;
		if (depth <= 0 || !code_identifier(syntax, i) || is_member_name(syntax, i) ||
		    !code_is(syntax, i + 1, "("))
			continue;
		callee = program_function(&driver->program, unit, code_text(syntax, i, i));
		if (callee && callee->node != function &&
		    function_names(driver, callee->unit, callee->node, object, types, depth - 1))
			return true;
	}
	return false;
}

static bool callback_names(const struct driver *driver, const struct site *site, size_t which,
			   const struct object *object, bool types, int depth)
{
	const struct callback *callback = site->ops ? site->ops->callbacks[which] : NULL;

	return callback && callback->function &&
	       function_names(driver, callback->unit, callback->function, object, types, depth);
}

static bool all_name(const struct driver *driver, const struct site *site,
		     const struct object *object, bool types, int depth)
{
	return function_names(driver, site->unit, site->function, object, types, depth) ||
	       callback_names(driver, site, ALLOC_AND_COPY, object, types, depth) ||
	       callback_names(driver, site, FINALIZE_AND_MAP, object, types, depth);
}

bool call_names_object(const struct driver *driver, const struct site *site,
		       const struct unit *unit, uint32_t at, int level)
{
	struct object object;

	find_object(driver, unit, at, &object);
	switch (level) {
	case 0:
		return function_names(driver, site->unit, site->function, &object, false, 0);
	case 1:
		return callback_names(driver, site, ALLOC_AND_COPY, &object, false, 0);
	case 2:
		return all_name(driver, site, &object, false, DEPTH);
	default:
		return all_name(driver, site, &object, true, DEPTH);
	}
}
