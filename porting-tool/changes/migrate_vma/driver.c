// SPDX-License-Identifier: GPL-2.0-only
#include "driver.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

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
		else if (function || declared_static(&ops->unit->syntax, declaration->first,
						     declaration->first + 1))
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

struct ops_object *driver_ops_array(const struct driver *driver, const struct unit *unit,
				    const char *name)
{
	for (size_t i = 0; i < driver->ops_count; i++) {
		struct ops_object *ops = driver->ops[i];

		if (ops->array && ops->unit == unit && !strcmp(ops->array, name))
			return ops;
	}
	return NULL;
}

struct ops_object *driver_ops_member(const struct driver *driver, const char *name)
{
	for (size_t i = 0; name && i < driver->ops_count; i++)
		if (driver->ops[i]->member && !strcmp(driver->ops[i]->member, name))
			return driver->ops[i];
	return NULL;
}

char *driver_stem(const struct driver *driver, const struct unit *unit)
{
	const char *slash = strrchr(unit->source->path, '/');
	char *stem = arena_printf(driver->arena, "%s", slash ? slash + 1 : unit->source->path);

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
 * offset behind the name.
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

/* The names of the macros that have @name in their text. */
static struct tokens macros_with(const struct unit *unit, const char *name)
{
	const char *text = unit->source->text;
	struct tokens macros = { 0 };

	for (size_t i = 0; i < unit->syntax.directive_count; i++) {
		const struct token *directive =
			&unit->syntax.all.list[unit->syntax.directives[i]];
		struct tokens tokens = { 0 };
		bool found = false;

		if (!memmem(text + directive->start, directive->end - directive->start, name,
			    strlen(name)))
			continue;
		if (parse_define(unit->source, directive, &tokens))
			for (size_t t = 1; t < tokens.count; t++)
				found = found || token_is(text, &tokens.list[t], name);
		if (found)
			lex(text, tokens.list[0].start, tokens.list[0].end, &macros);
		tokens_release(&tokens);
	}
	return macros;
}

static bool is_among(const char *text, const struct token *token, const struct tokens *names)
{
	for (size_t i = 0; i < names->count; i++) {
		const struct token *name = &names->list[i];

		if (token->end - token->start == name->end - name->start &&
		    !memcmp(text + token->start, text + name->start, name->end - name->start))
			return true;
	}
	return false;
}

size_t name_unread(const struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	const struct tokens *all = &syntax->all;
	const char *text = unit->source->text;
	size_t count = 0, next = span.first, low = 0, high = all->count;
	uint32_t start, end;

	if (span.first > span.last + 1 || span.last + 1 > syntax->code.count)
		return 0;
	/* What stands before the first of them and behind the last counts as well. */
	start = span.first ? code_end(syntax, span.first - 1) : 0;
	end = code_start(syntax, span.last + 1);
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (all->list[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < all->count && all->list[low].start < end; low++) {
		const struct token *token = &all->list[low];

		while (next < syntax->code.count && syntax->code.list[next].start < token->start)
			next++;
		if (token->kind != TOKEN_IDENTIFIER || (name && !token_is(text, token, name)) ||
		    syntax->code.list[next].start == token->start)
			continue;
		count += !token_is(text, token - 1, ".") && !token_is(text, token - 1, "->");
	}
	return count;
}

size_t name_used(const struct unit *unit, struct span span, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	struct tokens macros = macros_with(unit, name);
	size_t count = name_unread(unit, span, name);

	for (uint32_t i = span.first; i <= span.last && i < syntax->code.count; i++) {
		const struct token *token = &syntax->code.list[i];

		if (token->kind == TOKEN_IDENTIFIER &&
		    (code_is(syntax, i, name) ||
		     is_among(unit->source->text, token, &macros)) &&
		    !is_member_name(syntax, i))
			count++;
	}
	tokens_release(&macros);
	return count;
}

bool token_unread(const struct unit *unit, size_t token)
{
	bool unread = false;

	for (size_t g = 0; g < unit->conditional_count; g++) {
		const struct conditional *group = &unit->conditionals[g];

		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];

			if (token < arm->first || token >= arm->last)
				continue;
			if (arm->zero || (group->both && arm->old))
				return false;
			unread = unread || !arm->chosen;
		}
	}
	return unread;
}

bool driver_defines_ops(const struct driver *driver, const struct node *declaration)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		if (driver->ops[i]->declaration == declaration && !driver->ops[i]->literal)
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
