// SPDX-License-Identifier: GPL-2.0-only
#include "absent_names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "analyse/preprocess.h"
#include "kernel/dated_names.h"

/* Names are looked for in these files, for this release. */
struct search {
	const struct program *program;
	struct arena *arena;
	const struct release *target;
	const struct absent_names *wanted;
};

static const char *release_text(const struct search *search, int release)
{
	return arena_printf(search->arena, "%d.%d", release / 1000, release % 1000);
}

/* "it was in <linux/hmm.h> up to 5.2", "it is in <linux/mm.h> only since 6.3" */
static const char *when(const struct search *search, const struct kernel_name *name)
{
	int target = search->target->number;
	int last = kernel_name_last(name, target), first = kernel_name_first(name, target);

	if (last)
		return arena_printf(search->arena, "it was in <linux/%.*s> up to %s",
				    (int)name->header_length, name->header,
				    release_text(search, last));
	return arena_printf(search->arena, "it is in <linux/%.*s> only since %s",
			    (int)name->header_length, name->header, release_text(search, first));
}

static const char *more_places(const struct search *search, size_t more)
{
	return more ? arena_printf(search->arena, " (and %zu more %s)", more,
				   more == 1 ? "place" : "places") : "";
}

static void report(const struct search *search, const struct reference *at, const char *text)
{
	search->wanted->found(at, text, search->wanted->data);
}

/* A place that is read, and no arm of an #if that may be for other releases. */
static bool counts(const struct search *search, const struct reference *at, const char *name)
{
	if (!preprocess_undecided(&at->unit->syntax, at->offset))
		return true;
	if (search->wanted->hidden)
		search->wanted->hidden(at, name, search->wanted->data);
	return false;
}

static bool is_own(const struct search *search, const struct reference *at, const char *name)
{
	return search->wanted->own(at, name, search->wanted->data);
}

static void report_absent(const struct search *search, const struct reference *at,
			  const struct kernel_name *name, size_t more)
{
	const char *dot = memchr(name->name, '.', name->length);
	int tag = dot ? (int)(dot - name->name) : 0;
	int prefix = strncmp(name->name, "struct ", 7) ? 0 : 7;
	const char *what;

	if (dot)
		what = arena_printf(search->arena, "member %.*s of struct %.*s",
				    (int)name->length - tag - 1, dot + 1, tag, name->name);
	else
		what = arena_printf(search->arena, "%.*s", (int)name->length, name->name);
	report(search, at,
	       arena_printf(search->arena, "%s%s is not in Linux %s: %s; `migrate-vma explain "
			    "%.*s` has more", what, more_places(search, more),
			    search->target->name, when(search, name),
			    (int)name->length - prefix, name->name + prefix));
}

/* The changes know better what to do about it, or the port has done it. */
static bool known_to_changes(const char *name)
{
	struct dated_name known;

	return dated_name_of(name, 0, &known);
}

static bool is_absent(const struct search *search, const struct kernel_name *name)
{
	return kernel_name_presence(name, search->target->number) == PRESENCE_NO;
}

/* The enum constant that a token declares: "enum { A, B = 1 }". */
static bool is_enumerator(const struct reference *at)
{
	const struct syntax *syntax = &at->unit->syntax;

	if (!code_is(syntax, at->token - 1, "{") && !code_is(syntax, at->token - 1, ","))
		return false;
	for (uint32_t i = at->token - 1; i > 1; i--) {
		if (syntax->match[i] < i)
			i = syntax->match[i];
		else if (code_is(syntax, i, "{"))
			return code_is(syntax, i - 1, "enum") || code_is(syntax, i - 2, "enum");
		else if (code_is(syntax, i, ";") || code_is(syntax, i, "("))
			return false;
	}
	return false;
}

/* What declares a name, other than a member or a tag: then it is not the kernel's. */
static bool declared_by_driver(const struct symbol *symbol)
{
	static const enum declaration_kind kinds[] = {
		DECLARATION_FUNCTION, DECLARATION_PROTOTYPE, DECLARATION_VARIABLE,
		DECLARATION_EXTERN, DECLARATION_PARAMETER, DECLARATION_TYPE, DECLARATION_MACRO,
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (symbol_declared(symbol, kinds[i]))
			return true;
	for (const struct reference *at = symbol->references; at; at = at->next)
		if (at->kind == REFERENCE_VALUE && is_enumerator(at))
			return true;
	return false;
}

static bool looks_like_constant(const char *name)
{
	for (; *name; name++)
		if (islower((unsigned char)*name))
			return false;
	return true;
}

/* Whether a use is one of the thing that the table has under the symbol's own name. */
static bool uses_name(const struct symbol *symbol, const struct reference *reference)
{
	switch (reference->kind) {
	case REFERENCE_CALL:
	case REFERENCE_ADDRESS:
	case REFERENCE_TYPE:
		return true;
	case REFERENCE_VALUE:
		return looks_like_constant(symbol->name);
	default:
		return false;
	}
}

/* "struct T *" compiles without T. */
static bool needs_struct(const struct symbol *symbol, const struct reference *reference)
{
	const struct syntax *syntax = &reference->unit->syntax;

	return symbol->length && reference->kind == REFERENCE_TAG &&
	       code_is(syntax, reference->token - 1, "struct") &&
	       !code_is(syntax, reference->token + 1, "*") &&
	       !code_is(syntax, reference->token + 1, ";");
}

typedef bool reference_test(const struct symbol *symbol, const struct reference *reference);

/* Reports a name once for each file that uses it. */
static void report_uses(const struct search *search, const struct symbol *symbol,
			const struct kernel_name *name, reference_test *wanted)
{
	const struct reference *at = symbol->references;

	while (at) {
		const struct reference *first = NULL;
		const struct unit *unit = at->unit;
		size_t more = 0;

		for (; at && at->unit == unit; at = at->next) {
			if (!wanted(symbol, at) || !counts(search, at, symbol->name))
				continue;
			if (first)
				more++;
			else
				first = at;
		}
		if (first && !is_own(search, first, symbol->name))
			report_absent(search, first, name, more);
	}
}

static void look_at_name(const struct search *search, const struct symbol *symbol)
{
	struct kernel_name name;
	char tag[100];

	if (kernel_name_find(symbol->name, symbol->length, &name) && is_absent(search, &name) &&
	    !declared_by_driver(symbol))
		report_uses(search, symbol, &name, uses_name);
	if (symbol->length + 8 > sizeof(tag) || symbol_declared(symbol, DECLARATION_STRUCT))
		return;
	snprintf(tag, sizeof(tag), "struct %s", symbol->name);
	if (kernel_name_find(tag, symbol->length + 7, &name) && is_absent(search, &name))
		report_uses(search, symbol, &name, needs_struct);
}

static void report_count(const struct search *search, const struct reference *at,
			 const struct kernel_name *name, size_t given)
{
	report(search, at,
	       arena_printf(search->arena, "%.*s() has %zu arguments here, and takes %d in Linux "
			    "%s; `migrate-vma explain %.*s` has more", (int)name->length,
			    name->name, given,
			    kernel_name_parameters(name, search->target->number),
			    search->target->name, (int)name->length, name->name));
}

/* Calls with another number of arguments than the target's function takes. */
static void look_at_calls(const struct search *search, const struct symbol *symbol)
{
	struct kernel_name name;
	int wanted;

	if (!kernel_name_find(symbol->name, symbol->length, &name) || declared_by_driver(symbol))
		return;
	wanted = kernel_name_parameters(&name, search->target->number);
	if (wanted < 0)
		return;
	for (const struct reference *at = symbol->references; at; at = at->next) {
		struct call call;

		if (at->kind == REFERENCE_CALL && call_parse(&at->unit->syntax, at->token, &call) &&
		    call.count != (size_t)wanted && counts(search, at, symbol->name) &&
		    !is_own(search, at, symbol->name))
			report_count(search, at, &name, call.count);
	}
}

/* The tag of the struct that some specifiers name, or NULL. */
static const char *struct_of(const struct syntax *syntax, struct span specifiers)
{
	for (uint32_t i = specifiers.first; i < specifiers.last; i++)
		if (code_is(syntax, i, "struct"))
			return code_text(syntax, i + 1, i + 1);
	return NULL;
}

/* x.member of a struct T x, x->member of a struct T *x */
static const char *struct_of_variable(const struct unit *unit, uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *declaration = token > 2 ? declaration_at(unit, token - 2) : NULL;
	bool arrow = code_is(syntax, token - 1, "->");

	if (!declaration || (declaration->kind != DECLARATION_VARIABLE &&
			     declaration->kind != DECLARATION_PARAMETER) ||
	    declaration->declarator.stars != arrow || is_member_name(syntax, token - 2))
		return NULL;
	return struct_of(&declaration->unit->syntax, declaration->declarator.specifiers);
}

/* struct T x = { .member = value } */
static const char *struct_of_initialiser(const struct unit *unit, uint32_t token)
{
	const struct syntax *syntax = &unit->syntax;
	const struct node *node = node_at(syntax, token);
	struct declarator *declarators;

	if (!code_is(syntax, token - 1, ".") || node->kind != NODE_DECLARATION ||
	    declaration_parse(syntax, (struct span){ node->first, node->last }, &declarators) != 1 ||
	    declarators->array.last >= declarators->array.first)
		return NULL;
	for (uint32_t i = token - 1; i > node->first; i--) {
		if (syntax->match[i] < i)
			i = syntax->match[i];
		else if (code_is(syntax, i, "{"))
			return code_is(syntax, i - 1, "=") ?
				       struct_of(syntax, declarators->specifiers) : NULL;
	}
	return NULL;
}

const char *struct_of_member(const struct unit *unit, uint32_t token)
{
	const char *tag = struct_of_variable(unit, token);

	return tag ? tag : struct_of_initialiser(unit, token);
}

static void look_at_members(const struct search *search, const struct symbol *symbol)
{
	for (const struct reference *at = symbol->references; at; at = at->next) {
		const char *tag, *key;
		struct kernel_name name;

		if (at->kind != REFERENCE_MEMBER)
			continue;
		tag = struct_of_member(at->unit, at->token);
		if (!tag || known_to_changes(tag))
			continue;
		key = arena_printf(search->arena, "%s.%s", tag, symbol->name);
		if (kernel_name_find(key, strlen(key), &name) && is_absent(search, &name) &&
		    !symbol_declared(symbol_find(search->program, tag), DECLARATION_STRUCT) &&
		    counts(search, at, symbol->name))
			report_absent(search, at, &name, 0);
	}
}

void absent_names_find(struct program *program, struct arena *arena, const struct release *target,
		       const struct absent_names *wanted)
{
	const struct search search = { program, arena, target, wanted };
	const struct symbol *symbol;
	size_t at = 0;

	while ((symbol = symbol_next(program, &at))) {
		if (!symbol->references || known_to_changes(symbol->name))
			continue;
		look_at_name(&search, symbol);
		look_at_calls(&search, symbol);
		look_at_members(&search, symbol);
	}
}
