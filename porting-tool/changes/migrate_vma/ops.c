// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ops objects of a driver, and the callbacks they name.
 */
#include <string.h>

#include "driver.h"
#include "syntax/expression.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static const char *const member_names[2] = { "alloc_and_copy", "finalize_and_map" };

static void *append(struct arena *arena, void *list, size_t *count, void *element)
{
	void **longer = arena_alloc(arena, (*count + 1) * sizeof(*longer));

	if (*count)
		memcpy(longer, list, *count * sizeof(*longer));
	longer[(*count)++] = element;
	return longer;
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
	driver->callbacks =
		append(driver->arena, driver->callbacks, &driver->callback_count, callback);
	return callback;
}

/* Whether a value is the name of a function, also &name and with a cast; NULL for a null pointer. */
static bool value_function(const struct expression *value, const char **name)
{
	value = expression_inner(value);
	if (expression_is(value, EXPRESSION_PREFIX, "&"))
		value = expression_inner(value->left);
	*name = NULL;
	if (value && value->kind == EXPRESSION_NUMBER)
		return !strcmp(value->text, "0");
	if (!value || value->kind != EXPRESSION_NAME)
		return false;
	if (strcmp(value->name, "NULL"))
		*name = value->name;
	return true;
}

void ops_take_callback(struct driver *driver, struct unit *unit, struct ops_object *ops,
		       size_t member, const char *name, uint32_t at)
{
	const char *text = macro_find(unit, name), *header;

	/* #define COPY foo_copy */
	if (text && *text && text[strspn(text, NAME_CHARACTERS)] == '\0')
		name = text;
	ops->callbacks[member] = callback_named(driver, unit, name);
	if (ops->callbacks[member]->function)
		return;
	header = header_declaring(driver, unit, name);
	driver_block(driver, unit, at, "callback-missing",
		     "callback %s() is not defined in the files given; give the file that defines "
		     "it as well%s%s",
		     name, header ? ", and the header that names it: " : "", header ? header : "");
}

static void take_value(struct driver *driver, struct unit *unit, struct ops_object *ops,
		       size_t member, const struct expression *value)
{
	const char *name;

	if (!value_function(value, &name))
		driver_block(driver, unit, value->first, "ops-value",
			     "%s of %s is not the name of a function; give it the function's name",
			     member_names[member], ops->name);
	else if (name)
		ops_take_callback(driver, unit, ops, member, name, value->first);
}

void ops_take_member(struct driver *driver, struct unit *unit, struct ops_object *ops,
		     size_t member, struct span value)
{
	take_value(driver, unit, ops, member, expression_parse(&unit->syntax, value));
}

/* { .alloc_and_copy = f, .finalize_and_map = g } or { f, g } */
void ops_take_initialiser(struct driver *driver, struct unit *unit, struct ops_object *ops,
			  struct span value)
{
	const struct expression *braces = expression_parse(&unit->syntax, value);
	size_t member = 0;

	for (const struct expression *one = braces->child; one; one = one->next, member++) {
		for (member = one->name ? 0 : member; one->name && member < 2; member++)
			if (!strcmp(one->name, member_names[member]))
				break;
		if (member < 2 && one->left)
			take_value(driver, unit, ops, member, one->left);
		else
			driver_block(driver, unit, one->left ? one->left->first : one->first,
				     "ops-member",
				     "%s sets a member that struct migrate_vma_ops does not have",
				     ops->name);
	}
}

bool ops_unconditional(struct driver *driver, struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind != TOKEN_DIRECTIVE || token->start <= code_start(syntax, span.first) ||
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

struct ops_object *ops_add(struct driver *driver, struct unit *unit, struct node *declaration)
{
	struct ops_object *ops = arena_alloc(driver->arena, sizeof(*ops));

	ops->name = "";
	ops->unit = unit;
	ops->declaration = declaration;
	driver->ops = append(driver->arena, driver->ops, &driver->ops_count, ops);
	return ops;
}

/* { [A] = { ... }, { ... } }: an object for each element. */
static void take_array(struct driver *driver, struct unit *unit, struct node *declaration,
		       const struct declarator *declarator)
{
	const struct syntax *syntax = &unit->syntax;
	const struct expression *braces = expression_parse(syntax, declarator->value);
	size_t index = 0;

	for (const struct expression *one = braces->child; one; one = one->next, index++) {
		struct ops_object *ops;

		if (!one->left || one->left->kind != EXPRESSION_BRACES) {
			driver_block(driver, unit, one->first, "ops-shape",
				     "this element is not an ops object that is written out");
			return;
		}
		ops = ops_add(driver, unit, declaration);
		ops->label = one->right ? code_line(syntax, one->right->first, one->right->last)
					: arena_printf(driver->arena, "%zu", index);
		ops->array = code_text(syntax, declarator->name, declarator->name);
		ops->element = (struct span){ one->left->first, one->left->last };
		ops->indirect = true;
		ops->helper_void = true;
		ops_take_initialiser(driver, unit, ops, ops->element);
	}
}

/* No initialiser, or "{ }", "{ 0 }". */
static bool is_empty(const struct syntax *syntax, struct span value)
{
	return value.last < value.first ||
	       (code_is(syntax, value.first, "{") &&
		(value.last == value.first + 1 ||
		 (value.last == value.first + 2 && code_is(syntax, value.first + 1, "0"))));
}

static void take_object(struct driver *driver, struct unit *unit, struct node *declaration,
			const struct declarator *declarator)
{
	const struct syntax *syntax = &unit->syntax;
	struct ops_object *ops = ops_add(driver, unit, declaration);
	struct span value = declarator->value;

	ops->name = code_text(syntax, declarator->name, declarator->name);
	if (!ops_unconditional(driver, unit, (struct span){ declaration->first, declaration->last },
			       ops->name))
		return;
	if (declarator->stars || declarator->array.last >= declarator->array.first) {
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is not a single ops object; declare each object by itself",
			     ops->name);
		return;
	}
	if (is_empty(syntax, declarator->value) && understand_assignments(driver, ops))
		return;
	/* = (struct migrate_vma_ops){ ... } */
	if (code_is(syntax, value.first, "(") &&
	    code_is(syntax, syntax->match[value.first] + 1, "{"))
		value.first = syntax->match[value.first] + 1;
	if (value.first == value.last && code_identifier(syntax, value.first)) {
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is a copy of %s, and there are no ops objects any more; pass the "
			     "address of %s itself",
			     ops->name, code_text(syntax, value.first, value.first),
			     code_text(syntax, value.first, value.first));
		return;
	}
	if (ops->obstacle) {
		driver_block(driver, unit, ops->obstacle, "ops-shape",
			     "%s is set here, but not in the only place or not every time, so it is "
			     "not known which callbacks a call uses; name them where the object is "
			     "declared",
			     ops->name);
		return;
	}
	if (!code_is(syntax, value.first, "{")) {
		driver_block(driver, unit, declarator->name, "ops-shape",
			     "%s is not initialised where it is declared, and not set once and for "
			     "all elsewhere; name its callbacks there",
			     ops->name);
		return;
	}
	ops_take_initialiser(driver, unit, ops, value);
}

/* "static const struct migrate_vma_ops name;" above the definition with the callbacks. */
static bool is_defined_elsewhere(const struct syntax *syntax, const struct node *declaration,
				 uint32_t name)
{
	const char *text = code_text(syntax, name, name);

	for (struct node *node = syntax->file->child; node; node = node->next) {
		struct declarator *list;
		size_t count;

		if (node == declaration || node->kind != NODE_DECLARATION)
			continue;
		count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
		for (size_t i = 0; i < count; i++)
			if (code_is(syntax, list[i].name, text) &&
			    list[i].value.last >= list[i].value.first)
				return true;
	}
	return false;
}

/* Whether a declaration declares objects of the type that ends with token @at. */
static bool declares_ops(const struct syntax *syntax, const struct declarator *list, uint32_t at)
{
	/* Not "struct { struct migrate_vma_ops ops; } name;". */
	for (uint32_t i = list->specifiers.first; i < at; i++)
		if (code_is(syntax, i, "{") && syntax->match[i] > at)
			return false;
	return at >= list->specifiers.first && at <= list->specifiers.last &&
	       !code_is(syntax, at + 1, "{") &&
	       !code_is(syntax, list->specifiers.first, "typedef");
}

static void understand_mention(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	struct node *node = node_at(syntax, at);
	struct declarator *list;
	size_t count;

	if (node->kind != NODE_DECLARATION || understand_embedded(driver, unit, at))
		return;
	count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	if (!count || !declares_ops(syntax, list, at) || list[0].function || list[0].stars ||
	    code_is(syntax, node->first, "extern"))
		return;
	if (count == 1 && !node_function(node) && list[0].value.last < list[0].value.first &&
	    is_defined_elsewhere(syntax, node, list[0].name))
		return;
	if (count == 1 && list[0].array.last >= list[0].array.first && !node_function(node) &&
	    code_is(syntax, list[0].value.first, "{")) {
		if (ops_unconditional(driver, unit, (struct span){ node->first, node->last },
				      code_text(syntax, list[0].name, list[0].name)))
			take_array(driver, unit, node, &list[0]);
		return;
	}
	for (size_t i = 0; i < count; i++)
		take_object(driver, unit, node, &list[i]);
}

/*
 * "ops->alloc_and_copy(...)": the driver calls what only the core called.  "ops->alloc_and_copy = f"
 * fills an object that cannot be followed.
 */
static void report_member_use(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t member = 0; member < 2; member++) {
		if (!code_is(syntax, at, member_names[member]) || !is_member_name(syntax, at))
			continue;
		if (code_is(syntax, at + 1, "=") && code_is(syntax, at - 1, "->"))
			driver_block(driver, unit, at, "ops-use",
				     "%s is set here through a pointer, so it is not known which "
				     "calls use it; declare an ops object that names its callbacks, "
				     "and take its address",
				     member_names[member]);
		if (code_is(syntax, at + 1, "("))
			driver_block(driver, unit, at, "ops-use",
				     "%s() is called here through an ops object, and there are no "
				     "ops objects any more; call the function itself",
				     member_names[member]);
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
			if (!ops_type_at(driver, unit, i, &first))
				report_member_use(driver, unit, i);
			else if (!understand_literal(driver, unit, first, i))
				understand_mention(driver, unit, i);
	}
}
