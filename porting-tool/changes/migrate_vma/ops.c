// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ops objects of a driver, and the callbacks they name: variables, elements of arrays, members
 * of other structs and compound literals.  All of them are read as expression trees.
 */
#include <string.h>

#include "analyse/includes.h"
#include "analyse/symbols.h"
#include "driver.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static const char *const member_names[2] = { "alloc_and_copy", "finalize_and_map" };

size_t ops_member_index(const char *name)
{
	return !strcmp(name, member_names[0]) ? 0 : !strcmp(name, member_names[1]) ? 1 : 2;
}

/* The function that a declaration makes a name another name of: alias("target"), or NULL. */
static const char *alias_target(const struct syntax *syntax, const char *name)
{
	for (struct node *node = syntax->file->child; node; node = node->next) {
		bool named = false;

		for (uint32_t i = node->first; node->kind == NODE_DECLARATION && i < node->last; i++) {
			const char *word = code_text(syntax, i, i);

			named = named || !strcmp(word, name);
			if (named && strstr(word, "alias") &&
			    syntax->code.list[i + 2].kind == TOKEN_STRING)
				return arena_printf(syntax->arena, "%.*s",
						    (int)(code_end(syntax, i + 2) -
							  code_start(syntax, i + 2) - 2),
						    code_text(syntax, i + 2, i + 2) + 1);
			if (named && strstr(word, "alias") && code_is(syntax, i + 1, "("))
				return code_text(syntax, i + 2, i + 2);
		}
	}
	return NULL;
}

static struct callback *callback_named(struct driver *driver, const struct unit *from,
				       const char *name)
{
	const struct function *function = program_function(&driver->program, from, name);
	const char *alias = function ? NULL : alias_target(&from->syntax, name);
	struct node *definition;
	struct callback *callback;

	if (alias)
		function = program_function(&driver->program, from, alias);
	definition = function ? function->node : NULL;

	for (size_t i = 0; i < driver->callback_count; i++)
		if (!strcmp(driver->callbacks[i]->name, name) &&
		    driver->callbacks[i]->function == definition)
			return driver->callbacks[i];
	callback = arena_alloc(driver->arena, sizeof(*callback));
	callback->name = name;
	callback->function = definition;
	callback->unit = function ? function->unit : NULL;
	callback->keeps_signature = alias;
	driver->callbacks = arena_append(driver->arena, driver->callbacks, &driver->callback_count,
					 callback);
	return callback;
}

/* The name of a function, which may be a macro for it: #define COPY foo_copy */
static void take_function(struct driver *driver, struct ops_object *ops, size_t member,
			  const char *name, uint32_t at)
{
	struct unit *unit = ops->unit;
	const char *text = macro_find(unit, name), *header;

	if (text && *text && text[strspn(text, NAME_CHARACTERS)] == '\0')
		name = text;
	ops->callbacks[member] = callback_named(driver, unit, name);
	if (ops->callbacks[member]->function)
		return;
	header = header_bringing(&driver->program, unit, name);
	driver_block(driver, unit, at, "callback-missing",
		     "callback %s() is not defined in the files given; give the file that defines "
		     "it as well%s%s",
		     name, header ? ", and the header that names it: " : "", header ? header : "");
}

/* f, &f and (cast)f name a function; NULL and 0 none. */
static void take_value(struct driver *driver, struct ops_object *ops, size_t member,
		       const struct expression *value, uint32_t at)
{
	const struct expression *inner = expression_inner(value);

	if (expression_is(inner, EXPRESSION_PREFIX, "&"))
		inner = expression_inner(inner->left);
	if (!inner || (inner->kind != EXPRESSION_NAME && strcmp(inner->text, "0")))
		driver_block(driver, ops->unit, at, "ops-value",
			     "%s of %s is not the name of a function; give it the function's name",
			     member_names[member], ops->name);
	else if (inner->kind == EXPRESSION_NAME && strcmp(inner->name, "NULL"))
		take_function(driver, ops, member, inner->name, at);
}

void ops_take_braces(struct driver *driver, struct ops_object *ops,
		     const struct expression *braces, uint32_t macro)
{
	size_t member = 0;

	for (const struct expression *one = braces->child; one; one = one->next, member++) {
		uint32_t at = macro ? macro : one->left ? one->left->first : one->first;

		if (one->name)
			member = ops_member_index(one->name);
		if (member < 2 && one->left)
			take_value(driver, ops, member, one->left, at);
		else
			driver_block(driver, ops->unit, at, "ops-member",
				     "%s sets a member that struct migrate_vma_ops does not have",
				     ops->name);
	}
}

struct ops_object *ops_add(struct driver *driver, struct unit *unit, struct node *declaration)
{
	struct ops_object *ops = arena_alloc(driver->arena, sizeof(*ops));

	ops->name = "";
	ops->unit = unit;
	ops->declaration = declaration;
	driver->ops = arena_append(driver->arena, driver->ops, &driver->ops_count, ops);
	return ops;
}

struct ops_object *ops_add_part(struct driver *driver, struct unit *unit, struct node *declaration,
				enum ops_place place, const char *holder,
				const struct expression *part)
{
	struct ops_object *ops = ops_add(driver, unit, declaration);

	ops->place = place;
	ops->holder = holder;
	ops->part = (struct span){ part->first, part->last };
	ops->indirect = ops->helper_void = place != OPS_LITERAL;
	return ops;
}

/* Whether no #if decides what an object says; the port is blocked if one does. */
static bool is_unconditional(struct driver *driver, struct unit *unit, struct span span,
			     const char *name)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < syntax->directive_count; i++) {
		const struct token *token = &syntax->all.list[syntax->directives[i]];

		if (token->start <= code_start(syntax, span.first) ||
		    token->end >= code_end(syntax, span.last))
			continue;
		diagnose(driver->diagnostics, unit->source, token->start, SEVERITY_ERROR,
			 "ops-conditional",
			 "which callbacks %s names depends on this #if, and only one arm can be "
			 "read; put the #if into the callback, or around two whole objects with "
			 "calls of their own",
			 name);
		unit->file->left++;
		driver->blocked = true;
		return false;
	}
	return true;
}

/* { [A] = { ... }, { ... } }: an object for each element. */
static void take_array(struct driver *driver, struct unit *unit, struct node *declaration,
		       const struct declarator *declarator)
{
	const struct syntax *syntax = &unit->syntax;
	const char *name = code_text(syntax, declarator->name, declarator->name);
	const struct expression *braces = expression_parse(syntax, declarator->value);
	size_t index = 0;

	for (const struct expression *one = braces->child; one; one = one->next, index++) {
		struct ops_object *ops;

		if (!one->left || one->left->kind != EXPRESSION_BRACES) {
			driver_block(driver, unit, one->first, "ops-shape",
				     "this element is not an ops object that is written out");
			return;
		}
		ops = ops_add_part(driver, unit, declaration, OPS_ELEMENT, name, one->left);
		ops->label = one->right ? code_line(syntax, one->right->first, one->right->last)
					: arena_printf(driver->arena, "%zu", index);
		ops_take_braces(driver, ops, one->left, 0);
	}
}

/*
 * "ops.alloc_and_copy = f;" counts when it is the only one for its member, and always runs when its
 * function does.
 */
static bool take_assignments(struct driver *driver, struct ops_object *ops, uint32_t name)
{
	struct unit *unit = ops->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct expression *values[2] = { NULL, NULL };

	/* Other files may set what is not static. */
	if (!node_function(ops->declaration) &&
	    !declared_static(syntax, ops->declaration->first, ops->declaration->last))
		return false;
	for (const struct reference *use = symbol_at(unit, name)->references; use; use = use->next) {
		const struct expression *store;
		struct node *node;
		size_t member;

		if (use->kind != REFERENCE_VALUE || use->unit != unit ||
		    !code_is(syntax, use->token + 1, ".") ||
		    declaration_at(unit, use->token) != declaration_at(unit, name))
			continue;
		node = node_at(syntax, use->token);
		store = expression_parse(syntax, (struct span){ node->first, node->last - 1 });
		member = ops_member_index(code_text(syntax, use->token + 2, use->token + 2));
		if (node->kind != NODE_EXPRESSION || node->first != use->token || member > 1 ||
		    values[member] || !expression_is(store, EXPRESSION_ASSIGN, "=") ||
		    store->left->last != use->token + 2 ||
		    node->parent->kind != NODE_COMPOUND ||
		    node->parent->parent->kind != NODE_FUNCTION) {
			ops->obstacle = use->token;
			return false;
		}
		values[member] = store->right;
		ops->assignments[member] = node;
	}
	for (size_t member = 0; member < 2; member++)
		if (values[member])
			take_value(driver, ops, member, values[member], values[member]->first);
	return values[0] || values[1];
}

bool ops_assigns(const struct ops_object *ops, const struct node *node)
{
	return node && (node == ops->assignments[ALLOC_AND_COPY] ||
			node == ops->assignments[FINALIZE_AND_MAP]);
}

static void take_object(struct driver *driver, struct unit *unit, struct node *declaration,
			const struct declarator *declarator)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *ops = ops_add(driver, unit, declaration);
	const struct expression *value = expression_parse(syntax, declarator->value);
	/* = (struct migrate_vma_ops){ ... } */
	const struct expression *inner = expression_inner(value);
	bool empty = !value || !strcmp(value->text, "{}") || !strcmp(value->text, "{0}");

	ops->name = code_text(syntax, declarator->name, declarator->name);
	if (!is_unconditional(driver, unit, (struct span){ declaration->first, declaration->last },
			      ops->name))
		return;
	if (declarator->stars || declarator->array.last >= declarator->array.first)
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is not a single ops object; declare each object by itself",
			     ops->name);
	else if (empty && take_assignments(driver, ops, declarator->name))
		return;
	else if (inner && inner->kind == EXPRESSION_NAME)
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is a copy of %s, and there are no ops objects any more; pass the "
			     "address of %s itself",
			     ops->name, inner->name, inner->name);
	else if (ops->obstacle)
		driver_block(driver, unit, ops->obstacle, "ops-shape",
			     "%s is set here, but not in the only place or not every time, so it is "
			     "not known which callbacks a call uses; name them where the object is "
			     "declared",
			     ops->name);
	else if (!inner || inner->kind != EXPRESSION_BRACES)
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is not initialised where it is declared, and not set once and for "
			     "all elsewhere; name its callbacks there",
			     ops->name);
	else
		ops_take_braces(driver, ops, inner, 0);
}

/* "static const struct migrate_vma_ops name;" above the definition with the callbacks. */
static bool is_defined_elsewhere(const struct unit *unit, uint32_t name)
{
	const struct declaration *other = symbol_at(unit, name)->declarations;

	for (; other; other = other->next)
		if (other->unit == unit && other->token != name &&
		    other->kind == DECLARATION_VARIABLE && !node_function(other->node) &&
		    other->declarator.value.last >= other->declarator.value.first)
			return true;
	return false;
}

/* The variables that a declaration of the type declares. */
static void take_variables(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);
	struct declarator *list;
	size_t count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	bool alone = count == 1 && !node_function(node);

	if (!count || list[0].function || list[0].stars || at < list[0].specifiers.first ||
	    at > list[0].specifiers.last || code_is(syntax, at + 1, "{") ||
	    code_is(syntax, node->first, "typedef") || code_is(syntax, node->first, "extern"))
		return;
	/* Not "struct { struct migrate_vma_ops ops; } name;". */
	for (uint32_t i = list[0].specifiers.first; i < at; i++)
		if (code_is(syntax, i, "{") && syntax->match[i] > at)
			return;
	if (alone && list[0].value.last < list[0].value.first &&
	    is_defined_elsewhere(unit, list[0].name))
		return;
	if (alone && list[0].array.last >= list[0].array.first &&
	    code_is(syntax, list[0].value.first, "{")) {
		if (is_unconditional(driver, unit, (struct span){ node->first, node->last },
				     code_text(syntax, list[0].name, list[0].name)))
			take_array(driver, unit, node, &list[0]);
		return;
	}
	for (size_t i = 0; i < count; i++)
		take_object(driver, unit, node, &list[i]);
}

/* &(struct migrate_vma_ops){ ... }; @first and @last are the tokens of the type. */
static bool take_literal(struct driver *driver, struct unit *unit, uint32_t first, uint32_t last)
{
	const struct syntax *syntax = &unit->syntax;
	const struct expression *whole, *braces;
	struct ops_object *ops;

	while (first && (code_is(syntax, first - 1, "const") || code_is(syntax, first - 1, "static")))
		first--;
	while (code_is(syntax, last + 1, "const"))
		last++;
	if (first < 2 || !code_is(syntax, first - 1, "(") || !code_is(syntax, first - 2, "&") ||
	    syntax->match[first - 1] != last + 1 || !code_is(syntax, last + 2, "{"))
		return false;
	braces = expression_parse(syntax, (struct span){ last + 2, syntax->match[last + 2] });
	whole = &(struct expression){ .first = first - 2, .last = braces->last };
	ops = ops_add_part(driver, unit, node_at(syntax, first), OPS_LITERAL, NULL, whole);
	if (is_unconditional(driver, unit, ops->part, "this object"))
		ops_take_braces(driver, ops, braces, 0);
	return true;
}

/*
 * "ops->alloc_and_copy(...)": the driver calls what only the core called.  "ops->alloc_and_copy = f"
 * fills an object that cannot be followed.
 */
static void report_member_uses(struct driver *driver, const char *member)
{
	for (const struct reference *use = name_references(&driver->program, member); use;
	     use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;

		if (use->kind != REFERENCE_MEMBER)
			continue;
		if (code_is(syntax, use->token + 1, "=") && code_is(syntax, use->token - 1, "->"))
			driver_block(driver, use->unit, use->token, "ops-use",
				     "%s is set here through a pointer, so it is not known which "
				     "calls use it; declare an ops object that names its callbacks, "
				     "and take its address",
				     member);
		if (code_is(syntax, use->token + 1, "("))
			driver_block(driver, use->unit, use->token, "ops-use",
				     "%s() is called here through an ops object, and there are no "
				     "ops objects any more; call the function itself",
				     member);
	}
}

void understand_ops(struct driver *driver)
{
	understand_ops_types(driver);
	understand_ops_macros(driver);
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		uint32_t first;

		for (uint32_t i = 1; i < unit->syntax.code.count; i++)
			if (ops_type_at(driver, unit, i, &first) &&
			    !take_literal(driver, unit, first, i) &&
			    node_at(&unit->syntax, i)->kind == NODE_DECLARATION &&
			    !understand_embedded(driver, unit, i))
				take_variables(driver, unit, i);
	}
	for (size_t member = 0; member < 2; member++)
		report_member_uses(driver, member_names[member]);
}
