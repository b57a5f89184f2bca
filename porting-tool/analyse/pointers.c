// SPDX-License-Identifier: GPL-2.0-only
#include "pointers.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/expression.h"

/* A pointer at file scope that is set where it is defined and never set to what may be NULL. */
bool pointer_always_set(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const struct declaration *variable = symbol_declared(symbol, DECLARATION_VARIABLE);
	const struct declarator *declarator = variable ? &variable->declarator : NULL;

	if (!variable || variable->next || !declarator->stars ||
	    declarator->value.last < declarator->value.first ||
	    !code_is(&variable->unit->syntax, declarator->value.first, "&") ||
	    !declared_static(&variable->unit->syntax, declarator->specifiers.first,
			     declarator->specifiers.last))
		return false;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_ADDRESS || use->kind == REFERENCE_MACRO ||
		    use->kind == REFERENCE_UNREAD ||
		    (use->kind == REFERENCE_VALUE &&
		     code_is(&use->unit->syntax, use->token + 1, "=") &&
		     !code_is(&use->unit->syntax, use->token + 2, "&")))
			return false;
	return true;
}

static bool is_address(const struct expression *value)
{
	return expression_is(expression_inner(value), EXPRESSION_PREFIX, "&");
}

/* Whether { ... } gives a member the address of something. */
static bool braces_set(const struct expression *braces, const struct declaration *member)
{
	size_t index = 0;

	if (!braces || braces->kind != EXPRESSION_BRACES)
		return false;
	for (const struct expression *one = braces->child; one; one = one->next, index++)
		if (one->name ? !strcmp(one->name, member->symbol->name) :
				index == member->index && !braces->child->name)
			return is_address(one->left);
	return false;
}

/* The place of a name in "enum { A, B, C }", whose names have no values of their own; or SIZE_MAX. */
static size_t enumerator(const struct program *program, const char *name)
{
	for (const struct reference *use = name_references(program, name); use; use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;
		uint32_t at = use->token, open;
		size_t index = 0;

		if (use->kind >= REFERENCE_MACRO)
			continue;
		while (at > 0 && (code_identifier(syntax, at) || code_is(syntax, at, ",")))
			index += code_is(syntax, at--, ",");
		open = at - code_identifier(syntax, at - 1);
		if (code_is(syntax, at, "{") && code_is(syntax, open - 1, "enum"))
			return index;
	}
	return SIZE_MAX;
}

static size_t constant(const struct program *program, const struct expression *node)
{
	node = expression_inner(node);
	if (node && node->kind == EXPRESSION_NUMBER)
		return strtoul(node->text, NULL, 0);
	return node && node->kind == EXPRESSION_NAME ? enumerator(program, node->name) : SIZE_MAX;
}

/* Whether the elements of a table are written out one after the other, as many as it has. */
static bool is_whole(const struct program *program, const struct unit *unit,
		     const struct declarator *declarator, const struct expression *table)
{
	const struct syntax *syntax = &unit->syntax;
	struct span length = { declarator->array.first + 1, declarator->array.last - 1 };
	size_t count = 0;

	if (!table || table->kind != EXPRESSION_BRACES || !table->child ||
	    syntax->match[declarator->array.first] != declarator->array.last)
		return false;
	for (const struct expression *one = table->child; one; one = one->next, count++)
		if (one->name || (one->right && constant(program, one->right) != count))
			return false;
	return length.last < length.first ||
	       constant(program, expression_parse(syntax, length)) == count;
}

/* An array, all of whose elements are addresses and stay so. */
bool elements_always_set(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const struct declaration *array = symbol_declared(symbol, DECLARATION_VARIABLE);
	const struct expression *table;

	if (!array || array->next || array->declarator.array.last <= array->declarator.array.first)
		return false;
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_MACRO || use->kind == REFERENCE_UNREAD ||
		    use->kind == REFERENCE_ADDRESS || !code_is(&use->unit->syntax, use->token + 1, "[") ||
		    code_is(&use->unit->syntax, use->unit->syntax.match[use->token + 1] + 1, "="))
			return false;
	table = expression_parse(&array->unit->syntax, array->declarator.value);
	if (!is_whole(program, array->unit, &array->declarator, table))
		return false;
	for (const struct expression *one = table->child; one; one = one->next)
		if (!is_address(one->left))
			return false;
	return true;
}

/* "const struct S *p", or "const struct S s = { ... }" with the member set in it. */
static bool use_keeps_set(const struct program *program, const struct reference *tag,
			  const struct declaration *member)
{
	const struct syntax *syntax = &tag->unit->syntax;
	const struct node *node = node_at(syntax, tag->token);
	bool constant = code_is(syntax, tag->token + 1, "const");
	struct declarator *list;
	size_t count;

	if (!constant && !code_is(syntax, tag->token - 2, "const"))
		return false;
	if (code_is(syntax, tag->token + 1 + constant, "*"))
		return true;
	count = node->kind != NODE_DECLARATION ? 0 :
		declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	if (!count || list[0].specifiers.last != tag->token + constant)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct expression *value = expression_parse(syntax, list[i].value);
		bool array = list[i].array.last > list[i].array.first;
		const struct expression *one = array && value ? value->child : NULL;

		if (list[i].stars)
			continue;
		if (array ? !is_whole(program, tag->unit, &list[i], value) :
			    !braces_set(value, member))
			return false;
		for (; one; one = one->next)
			if (!braces_set(one->left, member))
				return false;
	}
	return true;
}

/* Whether all objects of a struct with the member are constant tables that set it. */
static bool struct_keeps_set(const struct program *program, const struct declaration *member)
{
	const struct declaration *of = member->of;
	const struct syntax *syntax = of ? &of->unit->syntax : NULL;

	if (!of || of->next || !code_is(syntax, syntax->match[of->token + 1] + 1, ";"))
		return false;
	for (const struct reference *use = of->symbol->references; use; use = use->next)
		if (use->kind != REFERENCE_TAG || !use_keeps_set(program, use, member))
			return false;
	return true;
}

bool member_always_set(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);
	const struct declaration *member = symbol ? symbol->declarations : NULL;
	size_t members = 0;

	/* Which of several structs a member is of is not asked: it has to hold for each of them. */
	for (; member; member = member->next) {
		if (member->kind != DECLARATION_MEMBER)
			continue;
		if (!struct_keeps_set(program, member))
			return false;
		members++;
	}
	return members > 0;
}
