// SPDX-License-Identifier: GPL-2.0-only
#include "macros.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/includes.h"
#include "driver.h"

/* One #define: the names in its text but for its parameters. */
struct macro {
	const char *name;
	const char **words;
	size_t word_count;
	bool number;
	size_t question;
};

static bool is_parameter(const char *text, const struct tokens *tokens, size_t body, size_t at)
{
	const struct token *word = &tokens->list[at];

	for (size_t i = 2; i < body; i++)
		if (tokens->list[i].end - tokens->list[i].start == word->end - word->start &&
		    !memcmp(text + tokens->list[i].start, text + word->start,
			    word->end - word->start))
			return true;
	return false;
}

/* Where the text begins: behind the parameters, if "(" follows the name at once. */
static size_t body_of(const char *text, const struct tokens *tokens)
{
	size_t at = 1;

	if (tokens->count < 2 || !token_is(text, &tokens->list[1], "(") ||
	    tokens->list[1].start != tokens->list[0].end)
		return 1;
	while (at < tokens->count && !token_is(text, &tokens->list[at], ")"))
		at++;
	return at < tokens->count ? at + 1 : at;
}

static void add_macro(struct driver *driver, const char *text, const struct tokens *tokens)
{
	struct macros *macros = &driver->macros;
	size_t body = body_of(text, tokens);
	struct macro macro = { 0 };

	macro.name = arena_copy(driver->arena, text + tokens->list[0].start,
				tokens->list[0].end - tokens->list[0].start);
	macro.words = arena_alloc(driver->arena, (tokens->count + 1) * sizeof(*macro.words));
	for (size_t i = body; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		macro.number = macro.number || token->kind == TOKEN_NUMBER;
		if (token->kind == TOKEN_IDENTIFIER && !is_parameter(text, tokens, body, i) &&
		    !token_is(text, token - 1, ".") && !token_is(text, token - 1, "->"))
			macro.words[macro.word_count++] = arena_copy(
				driver->arena, text + token->start, token->end - token->start);
	}
	macros->list = grow(macros->list, macros->count, &macros->room, sizeof(*macros->list));
	macros->list[macros->count++] = macro;
}

static void add_directive(struct driver *driver, const char *text, const struct token *directive)
{
	const char *word = text + directive->start + 1;
	struct tokens tokens = { 0 };

	word += strspn(word, " \t");
	if (strncmp(word, "define", 6))
		return;
	lex(text, word + 6 - text, directive->end, &tokens);
	if (tokens.count && tokens.list[0].kind == TOKEN_IDENTIFIER)
		add_macro(driver, text, &tokens);
	tokens_release(&tokens);
}

static bool add_unit(const struct unit *unit, void *driver)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < syntax->directive_count; i++)
		add_directive(driver, syntax->source->text,
			      &syntax->all.list[syntax->directives[i]]);
	return true;
}

static int by_name(const void *left, const void *right)
{
	const struct macro *a = left, *b = right;

	return strcmp(a->name, b->name);
}

void macros_find(struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		add_unit(&driver->program.units[u], driver);
		headers_visit(&driver->program, &driver->program.units[u], add_unit, driver);
	}
	if (driver->macros.count)
		qsort(driver->macros.list, driver->macros.count, sizeof(*driver->macros.list),
		      by_name);
}

void macros_release(struct macros *macros)
{
	free(macros->list);
	*macros = (struct macros){ 0 };
}

/* The first of the definitions of a macro, or NULL. */
static struct macro *first_of(const struct macros *macros, const char *name)
{
	const struct macro key = { .name = name };
	struct macro *found =
		macros->count ? bsearch(&key, macros->list, macros->count, sizeof(key), by_name)
			      : NULL;

	while (found && found > macros->list && !strcmp(found[-1].name, name))
		found--;
	return found;
}

static bool is_next(const struct macros *macros, const struct macro *macro, const char *name)
{
	return macro && macro < macros->list + macros->count && !strcmp(macro->name, name);
}

bool macro_known(const struct macros *macros, const char *name)
{
	return first_of(macros, name) != NULL;
}

/* Each macro is looked at once for a question. */
static bool uses(struct macros *macros, const char *name, const char *wanted)
{
	for (struct macro *macro = first_of(macros, name); is_next(macros, macro, name); macro++) {
		if (macro->question == macros->question)
			return false;
		macro->question = macros->question;
		for (size_t i = 0; i < macro->word_count; i++)
			if (!strcmp(macro->words[i], wanted) ||
			    uses(macros, macro->words[i], wanted))
				return true;
	}
	return false;
}

bool macro_uses(struct macros *macros, const char *macro, const char *name)
{
	macros->question++;
	return uses(macros, macro, name);
}

bool macro_has_number(const struct macros *macros, const char *name)
{
	for (const struct macro *macro = first_of(macros, name); is_next(macros, macro, name);
	     macro++)
		if (macro->number)
			return true;
	return false;
}
