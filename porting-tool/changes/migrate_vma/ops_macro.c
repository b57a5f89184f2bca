// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ops objects that a macro of the driver writes.
 *
 *	#define CARD_OPS(name) static const struct migrate_vma_ops name##_ops = {
 *		.alloc_and_copy = name##_alloc_and_copy, ... }
 *	CARD_OPS(card_load);
 */
#include <string.h>

#include "analyse/symbols.h"
#include "driver.h"

/* The argument for a parameter of a macro, or the word itself. */
static const char *replaced(const struct syntax *syntax, const struct tokens *line, size_t close,
			    const struct call *use, const char *text, const struct token *word)
{
	for (size_t i = 3; i < close && (i - 3) / 2 < use->count; i += 2)
		if (word->kind == TOKEN_IDENTIFIER &&
		    line->list[i].end - line->list[i].start == word->end - word->start &&
		    !memcmp(text + line->list[i].start, text + word->start,
			    word->end - word->start)) {
			const struct span argument = use->arguments[(i - 3) / 2];

			return code_text(syntax, argument.first, argument.last);
		}
	return arena_copy(syntax->arena, text + word->start, word->end - word->start);
}

/* What the use of "#define NAME(a, b) text" stands for; NULL when it is not written so. */
static const char *expansion(const struct declaration *macro, const struct unit *unit,
			     const struct call *use)
{
	const char *text = macro->unit->source->text, *result = NULL;
	const struct token *directive = &macro->unit->syntax.all.list[macro->token];
	struct tokens line = { 0 };
	size_t close = 2;
	bool paste = true;

	lex(text, directive->start + 1, directive->end, &line);
	while (close < line.count && !token_is(text, &line.list[close], ")"))
		close++;
	if (close < line.count && token_is(text, &line.list[2], "("))
		result = "";
	for (size_t i = close + 1; result && i < line.count; i++) {
		if (token_is(text, &line.list[i], "##")) {
			paste = true;
			continue;
		}
		result = arena_printf(unit->syntax.arena, "%s%s%s", result, paste ? "" : " ",
				      replaced(&unit->syntax, &line, close, use, text,
					       &line.list[i]));
		paste = false;
	}
	tokens_release(&line);
	return result;
}

/* Reads the one object that a macro has written; false when there is something else. */
static bool take_text(struct driver *driver, struct unit *unit, uint32_t at, const char *text)
{
	const struct expression *value = NULL;
	struct source source;
	struct syntax syntax;
	struct declarator *list;

	if (source_set(&source, unit->source->path, text, strlen(text)) != SOURCE_OK)
		return false;
	syntax_parse(&syntax, &source, driver->arena);
	if (syntax.file->child && syntax.file->child->kind == NODE_DECLARATION &&
	    declaration_parse(&syntax, (struct span){ syntax.file->first, syntax.file->last },
			      &list) == 1)
		value = expression_parse(&syntax, list[0].value);
	if (value && value->kind == EXPRESSION_BRACES) {
		struct ops_object *ops = ops_add(driver, unit, node_at(&unit->syntax, at));

		ops->name = code_text(&syntax, list[0].name, list[0].name);
		ops_take_braces(driver, ops, value, at);
	}
	syntax_release(&syntax);
	source_release(&source);
	return value && value->kind == EXPRESSION_BRACES;
}

/* Every use of a macro that is a declaration by itself; false when there is another use. */
static bool take_uses(struct driver *driver, const struct declaration *macro)
{
	const struct reference *use = macro->symbol->references;

	for (; use; use = use->next) {
		struct unit *unit = use->unit;
		const struct syntax *syntax = &unit->syntax;
		const struct node *node;
		const char *text;
		struct call call;

		if (use->kind >= REFERENCE_MACRO)
			return false;
		node = node_at(syntax, use->token);
		if (!call_parse(syntax, use->token, &call) || node->first != use->token ||
		    node->last != call.close + 1 || !code_is(syntax, node->last, ";"))
			return false;
		text = expansion(macro, unit, &call);
		if (!text || !take_text(driver, unit, use->token,
					arena_printf(driver->arena, "%s;", text)))
			return false;
	}
	return macro->symbol->references != NULL;
}

/* The next macro with parameters that names the type behind a reference to it. */
static const struct reference *next_macro(const struct driver *driver,
					  const struct reference *use)
{
	const struct symbol *type = driver->ops_type_count ? driver->ops_types[0] : NULL;

	for (use = use ? use->next : type ? type->references : NULL; use; use = use->next) {
		const struct token *line = use->kind != REFERENCE_MACRO ? NULL :
			&use->unit->syntax.all.list[use->token];
		const char *name = line ? memmem(use->unit->source->text + line->start,
						 line->end - line->start,
						 use->macro->symbol->name,
						 use->macro->symbol->length) : NULL;

		if (name && name[use->macro->symbol->length] == '(')
			return use;
	}
	return NULL;
}

const char *ops_macro(const struct driver *driver)
{
	const struct reference *use = next_macro(driver, NULL);

	return use ? use->macro->symbol->name : NULL;
}

void understand_ops_macros(struct driver *driver)
{
	const struct reference *use = NULL;

	while ((use = next_macro(driver, use))) {
		size_t before = driver->ops_count;

		if (!take_uses(driver, use->macro))
			driver->ops_count = before;
		for (size_t i = before; i < driver->ops_count; i++)
			driver->ops[i]->macro = use->macro;
	}
}
