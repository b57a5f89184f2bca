// SPDX-License-Identifier: GPL-2.0-only
/*
 * Declarations taken apart, and the declaration that a name refers to.
 */
#include <string.h>

#include "statement.h"
#include "syntax.h"

static const struct span nothing = { 1, 0 };

static bool ends_declarator(const struct syntax *syntax, uint32_t index, uint32_t last)
{
	return index > last || code_is(syntax, index, ",") || code_is(syntax, index, ";") ||
	       code_is(syntax, index, "=") || code_is(syntax, index, "[") ||
	       code_is(syntax, index, "(") || code_is(syntax, index, ")") ||
	       code_is(syntax, index, ":");
}

/* "name __ro_after_init =": an attribute behind the name, not a name behind a type. */
static bool attribute_follows(const struct syntax *syntax, uint32_t index, uint32_t last)
{
	uint32_t at = index + 1;

	while (at <= last && syntax->code.list[at].kind == TOKEN_IDENTIFIER &&
	       !strncmp(syntax->source->text + code_start(syntax, at), "__", 2)) {
		at++;
		if (code_is(syntax, at, "(") && syntax->match[at] > at)
			at = syntax->match[at] + 1;
	}
	return at > index + 1 && (at > last || code_is(syntax, at, "=") ||
				  code_is(syntax, at, ";") || code_is(syntax, at, ","));
}

static bool is_tag(const struct syntax *syntax, uint32_t index)
{
	return index > 0 &&
	       (code_is(syntax, index - 1, "struct") || code_is(syntax, index - 1, "union") ||
		code_is(syntax, index - 1, "enum"));
}

/* Behind the words that all declarators share: at the first "*", "(" or name. */
static uint32_t skip_specifiers(const struct syntax *syntax, uint32_t at, uint32_t last)
{
	uint32_t first = at;

	while (at <= last && !code_is(syntax, at, "*")) {
		if (code_is(syntax, at, "{") || code_is(syntax, at, "(")) {
			if (syntax->match[at] == at)
				break;
			/* (*name) is a declarator; typeof(x) and __aligned(8) are specifiers. */
			if (code_is(syntax, at, "(") && code_is(syntax, at + 1, "*"))
				break;
			at = syntax->match[at] + 1;
			continue;
		}
		if (syntax->code.list[at].kind != TOKEN_IDENTIFIER)
			break;
		if (code_identifier(syntax, at) && ends_declarator(syntax, at + 1, last) &&
		    !(code_is(syntax, at + 1, "(") &&
		      !strncmp(syntax->source->text + code_start(syntax, at), "__", 2)))
			break;
		if (at > first && code_identifier(syntax, at) && !is_tag(syntax, at) &&
		    attribute_follows(syntax, at, last))
			break;
		if (code_is(syntax, at, "struct") || code_is(syntax, at, "union") ||
		    code_is(syntax, at, "enum"))
			at++;
		if (at <= last && !code_is(syntax, at, "{"))
			at++;
	}
	return at;
}

static uint32_t skip_value(const struct syntax *syntax, uint32_t at, uint32_t last)
{
	while (at <= last && !code_is(syntax, at, ",") && !code_is(syntax, at, ";"))
		at = (syntax->match[at] > at ? syntax->match[at] : at) + 1;
	return at;
}

/*
 * A word between "*" and the name: const, __restrict, __user, __guarded_by(&lock).  Those that
 * nothing follows in a parameter without a name are told by their spelling.
 */
static bool is_qualifier(const struct syntax *syntax, uint32_t at, uint32_t last)
{
	static const char *const words[] = {
		"const",      "volatile",     "restrict", "__const",   "__volatile__", "__restrict",
		"__restrict__", "_Atomic",    "__user",   "__iomem",   "__rcu",	       "__percpu",
		"__force",    "__attribute__",
	};
	uint32_t next = at + 1;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (code_is(syntax, at, words[i]))
			return true;
	if (!code_identifier(syntax, at))
		return false;
	if (code_is(syntax, next, "(") && !strncmp(syntax->source->text + code_start(syntax, at),
						   "__", 2))
		next = syntax->match[next] + 1;
	return next <= last && syntax->code.list[next].kind == TOKEN_IDENTIFIER &&
	       !attribute_follows(syntax, at, last);
}

/* One declarator; returns the token behind it. */
static uint32_t parse_declarator(const struct syntax *syntax, uint32_t at, uint32_t last,
				 struct declarator *declarator)
{
	declarator->whole.first = at;
	declarator->array = nothing;
	declarator->value = nothing;
	while (at <= last && (code_is(syntax, at, "*") || is_qualifier(syntax, at, last))) {
		declarator->stars += code_is(syntax, at, "*");
		at++;
		if (!code_is(syntax, at - 1, "*") && code_is(syntax, at, "("))
			at = syntax->match[at] + 1;
	}
	if (code_is(syntax, at, "(") && syntax->match[at] > at) {
		/* A pointer to a function or to an array. */
		for (uint32_t i = at; i < syntax->match[at]; i++)
			if (code_identifier(syntax, i) && !declarator->name)
				declarator->name = i;
		at = syntax->match[at] + 1;
		if (code_is(syntax, at, "(") || code_is(syntax, at, "["))
			at = syntax->match[at] + 1;
	} else if (code_identifier(syntax, at)) {
		declarator->name = at++;
	}
	if (code_is(syntax, at, "[")) {
		declarator->array.first = at;
		while (at <= last && code_is(syntax, at, "[") && syntax->match[at] > at) {
			declarator->array.last = syntax->match[at];
			at = syntax->match[at] + 1;
		}
	} else if (code_is(syntax, at, "(") && declarator->name) {
		declarator->function = true;
	}
	while (at <= last && !code_is(syntax, at, "=") && !code_is(syntax, at, ",") &&
	       !code_is(syntax, at, ";"))
		at = (syntax->match[at] > at ? syntax->match[at] : at) + 1;
	if (at <= last && code_is(syntax, at, "=")) {
		declarator->value.first = at + 1;
		at = skip_value(syntax, at + 1, last);
		declarator->value.last = at - 1;
	}
	declarator->whole.last = at - 1;
	return at;
}

size_t declaration_parse(const struct syntax *syntax, struct span span,
			 struct declarator **declarators)
{
	struct span specifiers = { span.first, 0 };
	struct declarator *list;
	size_t count = 0, room = 1;
	uint32_t at;

	*declarators = NULL;
	if (span.last < span.first)
		return 0;
	if (code_is(syntax, span.last, ";"))
		span.last--;
	at = skip_specifiers(syntax, span.first, span.last);
	if (at == span.first || at > span.last)
		return 0;
	specifiers.last = at - 1;
	for (uint32_t i = at; i <= span.last; i++)
		room += code_is(syntax, i, ",");
	list = arena_alloc(syntax->arena, room * sizeof(*list));
	while (at <= span.last && count < room) {
		struct declarator *declarator = &list[count];

		declarator->specifiers = specifiers;
		at = parse_declarator(syntax, at, span.last, declarator);
		if (declarator->name)
			count++;
		else
			*declarator = (struct declarator){ 0 };
		at++;
	}
	*declarators = list;
	return count;
}

/* The types of old-style parameters stand between ")" and "{". */
static void type_old_parameter(const struct syntax *syntax, const struct node *function,
			       struct declarator *parameter)
{
	uint32_t first = function->head_close + 1;
	uint32_t brace = node_body(function)->first;

	for (uint32_t at = first; at < brace; at++) {
		struct declarator *list;
		size_t count;

		if (!code_is(syntax, at, ";"))
			continue;
		count = declaration_parse(syntax, (struct span){ first, at }, &list);
		for (size_t i = 0; i < count; i++)
			if (!strcmp(code_text(syntax, list[i].name, list[i].name),
				    code_text(syntax, parameter->name, parameter->name))) {
				uint32_t name = parameter->name;

				*parameter = list[i];
				parameter->name = name;
				return;
			}
		first = at + 1;
	}
}

size_t parameters_parse(const struct syntax *syntax, const struct node *function,
			struct declarator **parameters)
{
	struct call head;
	struct declarator *list;

	*parameters = NULL;
	if (!call_parse(syntax, function->name, &head) || !head.count)
		return 0;
	if (head.count == 1 && head.arguments[0].first == head.arguments[0].last &&
	    code_is(syntax, head.arguments[0].first, "void"))
		return 0;
	list = arena_alloc(syntax->arena, head.count * sizeof(*list));
	for (size_t i = 0; i < head.count; i++) {
		struct declarator *one;
		struct span span = head.arguments[i];

		if (declaration_parse(syntax, span, &one)) {
			list[i] = *one;
			continue;
		}
		list[i].whole = span;
		list[i].specifiers = span;
		list[i].array = nothing;
		list[i].value = nothing;
		if (span.first == span.last && code_identifier(syntax, span.first)) {
			list[i].name = span.first;
			type_old_parameter(syntax, function, &list[i]);
		}
	}
	*parameters = list;
	return head.count;
}

static bool same_name(const struct syntax *syntax, uint32_t token, const char *name)
{
	return token && code_is(syntax, token, name);
}

static bool find_in(const struct syntax *syntax, struct span span, const char *name,
		    struct declarator *declarator)
{
	struct declarator *list;
	size_t count = declaration_parse(syntax, span, &list);

	for (size_t i = 0; i < count; i++)
		if (same_name(syntax, list[i].name, name)) {
			*declarator = list[i];
			return true;
		}
	return false;
}

static bool find_in_children(const struct syntax *syntax, const struct node *block, uint32_t place,
			     const char *name, struct declarator *declarator,
			     struct node **declaration)
{
	for (struct node *node = block->child; node && node->first <= place; node = node->next)
		if (node->kind == NODE_DECLARATION &&
		    find_in(syntax, (struct span){ node->first, node->last }, name, declarator)) {
			*declaration = node;
			return true;
		}
	return false;
}

static bool find_in_for(const struct syntax *syntax, struct node *loop, const char *name,
			struct declarator *declarator)
{
	uint32_t end = loop->head_open + 1;

	while (end < loop->head_close && !code_is(syntax, end, ";"))
		end++;
	return declaration_starts(syntax, loop->head_open + 1) &&
	       find_in(syntax, (struct span){ loop->head_open + 1, end }, name, declarator);
}

static bool find_parameter(const struct syntax *syntax, const struct node *function,
			   const char *name, struct declarator *declarator)
{
	struct declarator *list;
	size_t count = parameters_parse(syntax, function, &list);

	for (size_t i = 0; i < count; i++)
		if (same_name(syntax, list[i].name, name)) {
			*declarator = list[i];
			return true;
		}
	return false;
}

bool local_find(const struct syntax *syntax, uint32_t place, const char *name,
		struct declarator *declarator, struct node **declaration)
{
	for (struct node *node = node_at(syntax, place); node; node = node->parent) {
		*declaration = node;
		switch (node->kind) {
		case NODE_COMPOUND:
		case NODE_FILE:
			if (find_in_children(syntax, node, place, name, declarator, declaration))
				return true;
			break;
		case NODE_FOR:
			if (find_in_for(syntax, node, name, declarator))
				return true;
			break;
		case NODE_FUNCTION:
			if (find_parameter(syntax, node, name, declarator))
				return true;
			break;
		default:
			break;
		}
	}
	*declaration = NULL;
	return false;
}
