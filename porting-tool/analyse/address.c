// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the address of a function goes: what stands to the left of it says so.
 */
#include "callers.h"

static const struct address lost = { .kind = ADDRESS_LOST };

static struct address to_member(const struct unit *unit, uint32_t token)
{
	return (struct address){ .kind = ADDRESS_MEMBER, .symbol = symbol_at(unit, token) };
}

static struct address to_variable(const struct declaration *declaration)
{
	return declaration ? (struct address){ .kind = ADDRESS_VARIABLE,
					       .declaration = declaration } : lost;
}

/* The declared name whose initialiser holds a token. */
static const struct declaration *initialised(const struct unit *unit, uint32_t token)
{
	const struct node *node = node_at(&unit->syntax, token);
	struct declarator *list;
	size_t count = 0;

	if (node->kind == NODE_DECLARATION)
		count = declaration_parse(&unit->syntax, (struct span){ node->first, node->last },
					  &list);
	for (size_t i = 0; i < count; i++)
		if (list[i].value.first <= token && token <= list[i].value.last)
			return declaration_at(unit, list[i].name);
	return NULL;
}

/* "x = ", "x->m = ", "x[i] = ", ".m = ", "[i] = ": what @equals stores into. */
static struct address stored(const struct unit *unit, uint32_t equals)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t at = equals - 1;

	while (at > 0 && code_is(syntax, at, "]") && syntax->match[at] < at)
		at = syntax->match[at] - 1;
	if (code_is(syntax, at, "{") || code_is(syntax, at, ","))
		return to_variable(initialised(unit, equals));
	if (!code_identifier(syntax, at))
		return lost;
	return is_member_name(syntax, at) ? to_member(unit, at) :
					    to_variable(declaration_at(unit, at));
}

/* The tag of the struct that some specifiers name, or NULL. */
static const struct symbol *tag_among(const struct unit *unit, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i < last; i++)
		if (code_is(&unit->syntax, i, "struct") || code_is(&unit->syntax, i, "union"))
			return symbol_at(unit, i + 1);
	return NULL;
}

static struct address nth_member(const struct symbol *tag, size_t index)
{
	const struct declaration *of = symbol_declared(tag, DECLARATION_STRUCT);

	for (; of; of = of->next)
		for (const struct declaration *member = of->members; member; member = member->sibling)
			if (member->index == index)
				return (struct address){ .kind = ADDRESS_MEMBER,
							 .symbol = member->symbol };
	return lost;
}

/* One of the values in the braces of an initialiser, or of a compound literal, without a name. */
static struct address listed(const struct unit *unit, uint32_t open, uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *declaration = initialised(unit, token);
	const struct symbol *tag = NULL;
	size_t index = 0;

	if (open > 0 && code_is(syntax, open - 1, ")"))
		tag = tag_among(unit, syntax->match[open - 1], open - 1);
	else if (declaration)
		tag = tag_among(unit, declaration->declarator.specifiers.first,
				declaration->declarator.specifiers.last);
	if (!tag)
		return to_variable(declaration);
	for (uint32_t at = open + 1; at < token; at++) {
		at = syntax->match[at] > at && syntax->match[at] < token ? syntax->match[at] : at;
		index += code_is(syntax, at, ",");
	}
	return nth_member(tag, index);
}

/* One of the arguments of a call. */
static struct address passed(const struct program *program, const struct unit *unit, uint32_t open,
			     uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	struct symbol *symbol = open ? symbol_at(unit, open - 1) : NULL;
	const struct function *function;
	size_t index = 0;

	/* "if (f)" asks for nothing; "t->run[i](f)" and "t->run(f)" may call anything. */
	if (!symbol && !code_is(syntax, open - 1, "]") && !code_is(syntax, open - 1, ")"))
		return (struct address){ .kind = ADDRESS_UNUSED };
	if (!symbol || is_member_name(syntax, open - 1))
		return lost;
	for (uint32_t at = open + 1; at < token; at++) {
		at = syntax->match[at] > at && syntax->match[at] < token ? syntax->match[at] : at;
		index += code_is(syntax, at, ",");
	}
	function = program_function(program, unit, symbol->name);
	if (function && index < function->parameter_count && function->parameters[index].name)
		return to_variable(declaration_at(function->unit,
						  function->parameters[index].name));
	if (symbol_declared(symbol, DECLARATION_MACRO))
		return (struct address){ .kind = ADDRESS_MACRO, .symbol = symbol, .index = index };
	return lost;
}

/* Whether parentheses only group, or cast: nothing in front of them is called with them. */
static bool is_grouping(const struct syntax *syntax, uint32_t open)
{
	return open > 0 && !code_identifier(syntax, open - 1) && !code_is(syntax, open - 1, ")") &&
	       !code_is(syntax, open - 1, "]") && !code_is(syntax, open - 1, "if") &&
	       !code_is(syntax, open - 1, "while") && !code_is(syntax, open - 1, "for") &&
	       !code_is(syntax, open - 1, "switch") && !code_is(syntax, open - 1, "sizeof");
}

/* Whether a brace opens statements, and no initialiser. */
static bool is_block(const struct syntax *syntax, uint32_t open)
{
	const struct node *node = node_at(syntax, open);

	return node->kind == NODE_FILE || (node->kind == NODE_COMPOUND && node->first == open);
}

struct address address_at(const struct program *program, const struct unit *unit, uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	bool comma = false;

	for (uint32_t at = token; at-- > 0;) {
		if (code_is(syntax, at, "=") && !comma)
			return code_is(syntax, at - 1, ")") ? to_variable(initialised(unit, token)) :
							      stored(unit, at);
		if (code_is(syntax, at, "==") || code_is(syntax, at, "!=") ||
		    code_is(syntax, at, ";") ||
		    (code_is(syntax, at, "}") && is_block(syntax, syntax->match[at])))
			return (struct address){ .kind = ADDRESS_UNUSED };
		if (code_is(syntax, at, "return"))
			return lost;
		if (code_is(syntax, at, "{"))
			return is_block(syntax, at) ?
				       (struct address){ .kind = ADDRESS_UNUSED } :
				       listed(unit, at, token);
		if (code_is(syntax, at, "("))  {
			if (!is_grouping(syntax, at))
				return passed(program, unit, at, token);
			comma = false;
		}
		comma = comma || code_is(syntax, at, ",");
		if (syntax->match[at] < at)
			at = syntax->match[at];
	}
	return lost;
}
