// SPDX-License-Identifier: GPL-2.0-only
#include "driver.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "analyse/includes.h"

static void say(struct driver *driver, struct unit *unit, uint32_t token, enum severity severity,
		const char *rule, const char *format, va_list values)
{
	diagnose(driver->diagnostics, unit->source, code_start(&unit->syntax, token), severity,
		 rule, "%s", arena_vprintf(driver->arena, format, values));
}

void driver_block(struct driver *driver, struct unit *unit, uint32_t token, const char *rule,
		  const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(driver, unit, token, SEVERITY_ERROR, rule, format, values);
	va_end(values);
	unit->file->left++;
	driver->blocked = true;
}

void driver_warn(struct driver *driver, struct unit *unit, uint32_t token, const char *rule,
		 const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(driver, unit, token, SEVERITY_WARNING, rule, format, values);
	va_end(values);
	unit->file->left++;
}

bool ops_is_static(const struct ops_object *ops)
{
	return declared_static(&ops->unit->syntax, ops->declaration->first,
			       ops->declaration->first + 1);
}

struct ops_object *driver_ops(const struct driver *driver, const struct unit *unit, uint32_t token,
			      const char *name)
{
	struct ops_object *best = NULL;
	int best_rank = 0;

	for (size_t i = 0; i < driver->ops_count; i++) {
		struct ops_object *ops = driver->ops[i];
		const struct node *declaration = ops->declaration;
		const struct node *function = node_function(declaration);
		int rank = 1;

		if (strcmp(ops->name, name))
			continue;
		if (ops->unit == unit)
			rank = 2;
		else if (function || (ops_is_static(ops) && !unit_includes(unit, ops->unit)))
			continue;
		if (function && (token < function->first || token > function->last))
			continue;
		if (function)
			rank = 3;
		if (rank > best_rank) {
			best = ops;
			best_rank = rank;
		}
	}
	return best;
}

struct ops_object *driver_ops_in(const struct driver *driver, enum ops_place place,
				 const char *name)
{
	for (size_t i = 0; name && i < driver->ops_count; i++)
		if (driver->ops[i]->place == place && !strcmp(driver->ops[i]->holder, name))
			return driver->ops[i];
	return NULL;
}

struct ops_object *ops_literal_at(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct ops_object *ops = driver->ops[i];

		if (ops->place == OPS_LITERAL && ops->unit == unit && at >= ops->part.first &&
		    at <= ops->part.last)
			return ops;
	}
	return NULL;
}

struct ops_object *ops_pointed_to(const struct driver *driver, const struct unit *unit,
				  uint32_t at, const struct expression *pointer)
{
	const struct expression *operand;

	pointer = expression_inner(pointer);
	if (!expression_is(pointer, EXPRESSION_PREFIX, "&"))
		return NULL;
	operand = expression_inner(pointer->left);
	if (operand->kind == EXPRESSION_NAME)
		return driver_ops(driver, unit, at, operand->name);
	return operand->kind == EXPRESSION_BRACES ? ops_literal_at(driver, unit, operand->first) : NULL;
}

const struct expression *ops_part_addressed(const struct driver *driver,
					    const struct expression *pointer)
{
	const struct expression *operand;

	pointer = expression_inner(pointer);
	if (!expression_is(pointer, EXPRESSION_PREFIX, "&"))
		return NULL;
	operand = expression_inner(pointer->left);
	if (operand->kind == EXPRESSION_INDEX && operand->left->kind == EXPRESSION_NAME)
		return driver_ops_in(driver, OPS_ELEMENT, operand->left->name) ? operand : NULL;
	return operand->kind == EXPRESSION_MEMBER && driver_ops_in(driver, OPS_MEMBER, operand->name)
		       ? operand : NULL;
}

/* Length of what two names have in common, in whole words: "card" for card_move and card_map. */
static size_t common_words(const char *a, const char *b)
{
	size_t length = 0, words = 0;

	for (; a[length] && a[length] == b[length]; length++)
		if (a[length] == '_' && length)
			words = length;
	return words;
}

static size_t first_word(const char *name)
{
	size_t length = strcspn(name + (*name == '_'), "_") + (*name == '_');

	return name[length] ? length : 0;
}

/* How many functions of a file begin with the first word of a name. */
static size_t count_prefix(const struct unit *unit, const char *name)
{
	size_t count = 0, length = first_word(name);

	for (size_t i = 0; length && i < unit->function_count; i++)
		count += !strncmp(unit->functions[i].name, name, length + 1);
	return count;
}

/* The words that most functions of a file begin with, or NULL when none has several words. */
static char *function_prefix(const struct driver *driver, const struct unit *unit)
{
	const char *best = NULL;
	size_t most = 0, length;

	for (size_t i = 0; i < unit->function_count; i++) {
		size_t count = count_prefix(unit, unit->functions[i].name);

		if (count <= most || !strncmp(unit->functions[i].name, "migrate_", 8))
			continue;
		most = count;
		best = unit->functions[i].name;
	}
	if (!best)
		return NULL;
	length = strlen(best);
	for (size_t i = 0; i < unit->function_count; i++) {
		size_t common = common_words(best, unit->functions[i].name);

		if (common && common < length)
			length = common;
	}
	return length < strlen(best) ? arena_copy(driver->arena, best, length) : NULL;
}

char *driver_stem(const struct driver *driver, const struct unit *unit)
{
	const char *slash = strrchr(unit->source->path, '/');
	char *stem = function_prefix(driver, unit);

	if (stem)
		return stem;
	stem = arena_printf(driver->arena, "%s", slash ? slash + 1 : unit->source->path);
	stem[strcspn(stem, ".")] = '\0';
	for (char *c = stem; *c; c++)
		if (!isascii(*c) || !isalnum((unsigned char)*c))
			*c = '_';
	if (!*stem || !strcmp(stem, "_"))
		return arena_printf(driver->arena, "driver");
	if (isdigit((unsigned char)*stem))
		return arena_printf(driver->arena, "_%s", stem);
	return stem;
}

bool driver_name_taken(const struct driver *driver, const char *name)
{
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		const struct tokens *all = &driver->program.units[i].syntax.all;
		const char *text = driver->program.units[i].source->text;

		for (size_t t = 0; t < all->count; t++) {
			if (all->list[t].kind == TOKEN_IDENTIFIER &&
			    token_is(text, &all->list[t], name))
				return true;
			if (all->list[t].kind == TOKEN_DIRECTIVE &&
			    memmem(text + all->list[t].start, all->list[t].end - all->list[t].start,
				   name, strlen(name)))
				return true;
		}
	}
	return false;
}

/*
 * Splits "#define NAME text" or "#define NAME(a) text"; false for other directives.  @rest is the
 * offset after the name.
 */
static bool parse_define(const struct source *source, const struct token *directive,
			 struct tokens *tokens)
{
	const char *at = source->text + directive->start + 1;

	at += strspn(at, " \t");
	if (strncmp(at, "define", 6))
		return false;
	lex(source->text, at + 6 - source->text, directive->end, tokens);
	return tokens->count > 0 && tokens->list[0].kind == TOKEN_IDENTIFIER;
}

const char *macro_find(const struct unit *unit, const char *name)
{
	const struct source *source = unit->source;
	const char *found = NULL;

	for (size_t i = 0; i < unit->syntax.directive_count && !found; i++) {
		const struct token *directive =
			&unit->syntax.all.list[unit->syntax.directives[i]];
		struct tokens tokens = { 0 };

		if (!memmem(source->text + directive->start, directive->end - directive->start,
			    name, strlen(name)))
			continue;
		if (parse_define(source, directive, &tokens) &&
		    token_is(source->text, &tokens.list[0], name) && tokens.count > 1)
			found = arena_copy(unit->syntax.arena, source->text + tokens.list[1].start,
					   tokens.list[tokens.count - 1].end -
						   tokens.list[1].start);
		tokens_release(&tokens);
	}
	return found;
}

/*
 * All tokens around and between those of a span, also in arms that are not read: from the end of
 * the token before it to the start of the token after it.
 */
static void whole_span(const struct syntax *syntax, struct span span, size_t *first, size_t *end)
{
	*first = *end = 0;
	if (span.first > span.last + 1 || span.last + 1 > syntax->code.count)
		return;
	*first = tokens_behind(&syntax->all, span.first ? code_end(syntax, span.first - 1) : 0);
	*end = tokens_behind(&syntax->all, code_start(syntax, span.last + 1));
}

static bool is_plain_name(const struct syntax *syntax, size_t token)
{
	const struct token *list = syntax->all.list;
	const char *text = syntax->source->text;

	return list[token].kind == TOKEN_IDENTIFIER &&
	       (!token || (!token_is(text, &list[token - 1], ".") &&
			   !token_is(text, &list[token - 1], "->")));
}

size_t name_unread(const struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	size_t count = 0, next = span.first, first, end;

	if (!syntax->conditional_count)
		return 0;
	whole_span(syntax, span, &first, &end);
	for (size_t i = first; i < end; i++) {
		const struct token *token = &syntax->all.list[i];

		if ((name && !token_is(syntax->source->text, token, name)) ||
		    !is_plain_name(syntax, i))
			continue;
		while (next < syntax->code.count && syntax->code.list[next].start < token->start)
			next++;
		count += syntax->code.list[next].start != token->start;
	}
	return count;
}

size_t name_used(struct driver *driver, const struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	size_t count = 0, first, end;

	whole_span(syntax, span, &first, &end);
	for (size_t i = first; i < end; i++) {
		const struct token *token = &syntax->all.list[i];
		const char *word = unit->source->text + token->start;

		count += is_plain_name(syntax, i) &&
			 (token_is(unit->source->text, token, name) ||
			  macro_uses(&driver->macros,
				     arena_copy(driver->arena, word, token->end - token->start),
				     name));
	}
	return count;
}

bool token_unread(const struct unit *unit, size_t token)
{
	bool unread = false;

	for (size_t g = 0; g < unit->syntax.conditional_count; g++) {
		const struct conditional *group = &unit->syntax.conditionals[g];

		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];

			if (token < arm->first || token >= arm->last)
				continue;
			if (arm->zero || arm->goes)
				return false;
			unread = unread || !arm->chosen;
		}
	}
	return unread;
}

bool driver_defines_ops(const struct driver *driver, const struct node *declaration)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->declaration == declaration && driver->ops[i]->place != OPS_LITERAL)
			return true;
	return false;
}

bool driver_declares_function(const struct driver *driver, const char *name)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct syntax *syntax = &driver->program.units[u].syntax;

		for (struct node *node = syntax->file->child; node; node = node->next) {
			struct declarator *list;

			if (node->kind == NODE_DECLARATION &&
			    declaration_parse(syntax, (struct span){ node->first, node->last },
					      &list) &&
			    list[0].function && code_is(syntax, list[0].name, name))
				return true;
		}
	}
	return false;
}
