// SPDX-License-Identifier: GPL-2.0-only
#include "explained.h"

#include <string.h>

#include "analyse/symbols.h"
#include "kernel/substitutions.h"

/* A longer declaration is not searched for an enum. */
#define DECLARATION_MAX 4096

/* What libclang says of a name, up to the name. */
static const char undeclared_function[] = "call to undeclared function '";
static const char undeclared_name[] = "use of undeclared identifier '";
static const char no_member[] = "no member named '";
static const char incomplete_field[] = "field has incomplete type '";
static const char incomplete_variable[] = "variable has incomplete type '";

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* The word before the quotation mark that closes the first quotation: a name, or the tag of a type. */
static const char *quoted_word(const struct driver *driver, const char *text)
{
	const char *start = strchr(text, '\'') + 1, *end = start + strcspn(start, "'");

	for (const char *at = start; at < end; at++)
		if (*at == ' ')
			start = at + 1;
	return arena_printf(driver->arena, "%.*s", (int)(end - start), start);
}

/* A name of the kernel that a substitution brings: the stand-ins for its headers lack most of them. */
static bool is_substitute(const char *text)
{
	const char *name = strchr(text, '\'') + 1;
	const struct substitution *row;

	for (size_t i = 0; (row = substitution_at(i)); i++) {
		size_t length = row->with ? strlen(row->with) : 0;

		/* vm_flags is the beginning of vm_flags_set and vm_flags_clear. */
		if (length && !strncmp(name, row->with, length) &&
		    (name[length] == '\'' || row->form == SUBSTITUTE_FLAGS))
			return true;
	}
	return false;
}

/*
 * A function that the old text named as well and that the file does not define: its prototype is
 * in a header that was not given.
 */
static bool function_was_out_of_sight(const struct driver *driver, const struct unit *unit,
				      const char *text)
{
	const struct syntax *syntax = &unit->syntax;

	if (driver_declares_function(driver, text))
		return false;
	/* In an arm of #if that was not read, and is now. */
	if (name_unread(unit, (struct span){ 0, syntax->code.count - 1 }, text))
		return true;
	for (uint32_t i = 1; i < syntax->code.count; i++) {
		struct node *node;

		if (!code_is(syntax, i, text) || is_member_name(syntax, i))
			continue;
		/* Named above its definition: some header declared it. */
		node = node_at(syntax, i);
		return node->kind != NODE_FUNCTION || node->name != i;
	}
	return false;
}

/* Whether a use is not an enumerator that is declared there, for which the index has no kind. */
static bool is_no_enumerator(const struct reference *reference)
{
	const struct syntax *syntax = &reference->unit->syntax;
	const struct node *node = node_at(syntax, reference->token);

	if (!node || (node->kind == NODE_DECLARATION && node->last - node->first > DECLARATION_MAX))
		return false;
	for (uint32_t i = node->first; node->kind == NODE_DECLARATION && i <= node->last; i++)
		if (code_is(syntax, i, "enum"))
			return false;
	return true;
}

/* A name that the old text of the file used and that no file declares. */
static bool name_was_out_of_sight(const struct symbol *symbol, const struct unit *unit)
{
	bool used = false;

	for (const struct declaration *at = symbol->declarations; at; at = at->next)
		if (at->kind != DECLARATION_MEMBER && at->kind != DECLARATION_STRUCT)
			return false;
	for (const struct reference *at = symbol->references; at; at = at->next) {
		bool value = at->kind == REFERENCE_VALUE || at->kind == REFERENCE_ADDRESS;

		if (!value && at->kind != REFERENCE_MEMBER && at->kind != REFERENCE_TAG)
			return false;
		if (value && !is_no_enumerator(at))
			return false;
		used = used || (value && at->unit == unit);
	}
	return used;
}

/* A struct that no file defines, and of which the old text had an object in the same kind of place. */
static bool type_was_out_of_sight(const struct symbol *symbol, const struct unit *unit, bool field)
{
	const struct syntax *syntax = &unit->syntax;

	if (symbol_declared(symbol, DECLARATION_STRUCT))
		return false;
	for (const struct reference *at = symbol->references; at; at = at->next) {
		const struct declaration *object;

		if (at->kind != REFERENCE_TAG || at->unit != unit ||
		    !code_identifier(syntax, at->token + 1))
			continue;
		object = symbol_at(unit, at->token + 1)->declarations;
		while (object && (object->unit != unit || object->token != at->token + 1))
			object = object->next;
		if (object && object->kind == (field ? DECLARATION_MEMBER : DECLARATION_VARIABLE))
			return true;
	}
	return false;
}

bool error_explained(const struct driver *driver, const struct unit *unit, const char *text, bool bare)
{
	bool function = begins(text, undeclared_function), name = begins(text, undeclared_name);
	bool field = begins(text, incomplete_field);
	const struct symbol *symbol;
	const char *word;

	if (!function && !name && !field && !begins(text, incomplete_variable) &&
	    !begins(text, no_member))
		return false;
	word = quoted_word(driver, text);
	if (function && function_was_out_of_sight(driver, unit, word))
		return true;
	if (!bare)
		return false;
	if (begins(text, no_member) || function || name)
		if (is_substitute(text))
			return true;
	symbol = symbol_find(&driver->program, word);
	if (!symbol || function || begins(text, no_member))
		return false;
	return name ? name_was_out_of_sight(symbol, unit) : type_was_out_of_sight(symbol, unit, field);
}
