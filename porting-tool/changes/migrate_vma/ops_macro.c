// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects that a macro of the driver writes.
 *
 *	#define CARD_OPS(name) static const struct migrate_vma_ops name##_ops = {
 *		.alloc_and_copy = name##_alloc_and_copy, ... }
 *	CARD_OPS(card_load);
 */
#include <string.h>

#include "driver.h"

/* A macro, taken apart: its parameters and its text. */
struct macro {
	const char *text;
	struct tokens tokens;
	size_t open;
	size_t body;
};

/* What the tokens from @first to before @last are once the parameters are filled in. */
static const char *expand(const struct syntax *syntax, const struct macro *macro,
			  const struct call *use, size_t first, size_t last)
{
	char *name = arena_printf(syntax->arena, "%s", "");

	for (size_t i = first; i < last; i++) {
		const struct token *token = &macro->tokens.list[i];
		const char *word = arena_copy(syntax->arena, macro->text + token->start,
					      token->end - token->start);
		size_t index = 0;

		if (!strcmp(word, "##") || !strcmp(word, "&"))
			continue;
		for (size_t at = macro->open + 1; at < macro->body; at += 2, index++)
			if (token_is(macro->text, &macro->tokens.list[at], word) &&
			    index < use->count) {
				word = code_text(syntax, use->arguments[index].first,
						 use->arguments[index].last);
				break;
			}
		name = arena_printf(syntax->arena, "%s%s", name, word);
	}
	return name;
}

/* Behind the value that begins at a token: at the "," or "}". */
static size_t value_end(const struct macro *macro, size_t at)
{
	while (at < macro->tokens.count && !token_is(macro->text, &macro->tokens.list[at], ",") &&
	       !token_is(macro->text, &macro->tokens.list[at], "}"))
		at++;
	return at;
}

/* "name##_ops = { .member = value, ... }" after the type; false when it has another shape. */
static bool take_use(struct driver *driver, struct unit *unit, const struct macro *macro,
		     const struct call *use, size_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct token *list = macro->tokens.list;
	const char *callbacks[2] = { NULL, NULL }, *name;
	struct ops_object *ops;
	size_t first = at;

	while (at + 1 < macro->tokens.count && !token_is(macro->text, &list[at], "="))
		at++;
	name = expand(syntax, macro, use, first, at);
	if (!token_is(macro->text, &list[at + 1], "{"))
		return false;
	for (at += 2; at + 3 < macro->tokens.count && token_is(macro->text, &list[at], ".");) {
		bool alloc = token_is(macro->text, &list[at + 1], "alloc_and_copy");
		size_t end = value_end(macro, at + 3);

		if (!alloc && !token_is(macro->text, &list[at + 1], "finalize_and_map"))
			return false;
		callbacks[alloc ? ALLOC_AND_COPY : FINALIZE_AND_MAP] =
			expand(syntax, macro, use, at + 3, end);
		at = end + token_is(macro->text, &list[end], ",");
	}
	if (at >= macro->tokens.count || !token_is(macro->text, &list[at], "}"))
		return false;
	ops = ops_add(driver, unit, node_at(syntax, use->name));
	ops->name = name;
	for (size_t member = 0; member < 2; member++)
		if (callbacks[member] && strcmp(callbacks[member], "NULL"))
			ops_take_callback(driver, unit, ops, member, callbacks[member], use->name);
	return true;
}

/* Splits "#define NAME(a, b) text" and finds the type in the text; 0 when there is none. */
static size_t parse(const struct unit *unit, const struct token *directive, struct macro *macro)
{
	size_t at;

	macro->text = unit->source->text;
	macro->tokens = (struct tokens){ 0 };
	lex(macro->text, directive->start + 1, directive->end, &macro->tokens);
	macro->open = 2;
	if (macro->tokens.count < 6 ||
	    !token_is(macro->text, &macro->tokens.list[0], "define") ||
	    !token_is(macro->text, &macro->tokens.list[2], "("))
		return 0;
	for (at = 3; at < macro->tokens.count; at++)
		if (token_is(macro->text, &macro->tokens.list[at], ")"))
			break;
	macro->body = at;
	for (; at + 2 < macro->tokens.count; at++)
		if (token_is(macro->text, &macro->tokens.list[at], "migrate_vma_ops"))
			return at + 1;
	return 0;
}

/* Every use of a macro that is a declaration by itself; false when there is another use. */
static bool take_uses(struct driver *driver, const struct macro *macro, size_t type)
{
	const struct token *name = &macro->tokens.list[1];
	size_t taken = 0;

	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;
		const char *word = arena_copy(syntax->arena, macro->text + name->start,
					      name->end - name->start);

		if (syntax->code.count &&
		    name_unread(unit, (struct span){ 0, syntax->code.count - 1 }, word))
			return false;
		for (uint32_t i = 1; i < syntax->code.count; i++) {
			struct node *node;
			struct call use;

			if (!code_is(syntax, i, word))
				continue;
			node = node_at(syntax, i);
			if (!call_parse(syntax, i, &use) || node->first != i ||
			    node->last != use.close + 1 || !code_is(syntax, node->last, ";") ||
			    !take_use(driver, unit, macro, &use, type))
				return false;
			taken++;
		}
	}
	return taken > 0;
}

const char *ops_macro(const struct driver *driver)
{
	const char *name = NULL;

	for (size_t u = 0; u < driver->program.unit_count && !name; u++) {
		const struct syntax *syntax = &driver->program.units[u].syntax;

		for (size_t i = 0; i < syntax->directive_count && !name; i++) {
			struct macro macro;

			if (parse(&driver->program.units[u], &syntax->all.list[syntax->directives[i]],
				  &macro))
				name = arena_copy(driver->arena,
						  macro.text + macro.tokens.list[1].start,
						  macro.tokens.list[1].end -
							  macro.tokens.list[1].start);
			tokens_release(&macro.tokens);
		}
	}
	return name;
}

void understand_ops_macros(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (size_t i = 0; i < unit->syntax.directive_count; i++) {
			size_t directive = unit->syntax.directives[i], before = driver->ops_count;
			struct macro macro;
			size_t type = parse(unit, &unit->syntax.all.list[directive], &macro);

			if (type && !take_uses(driver, &macro, type))
				driver->ops_count = before;
			for (size_t o = before; o < driver->ops_count; o++) {
				driver->ops[o]->macro = directive;
				driver->ops[o]->macro_unit = unit;
			}
			tokens_release(&macro.tokens);
		}
	}
}
