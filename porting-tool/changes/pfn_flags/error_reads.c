// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether anything can tell an entry of dst that held MIGRATE_PFN_ERROR from an empty one.
 *
 * The flag was not 0, so "if (!dst[i])" was false for a page that was lost.  Where only bits are
 * asked for that the flag did not have, 0 says the same.
 */
#include <string.h>

#include "changes/migrate_vma/plan.h"

/* How many functions deep a pointer to the entries is followed. */
#define DEPTH 4

/* A name by which some code reaches the entries of dst. */
struct entries {
	const struct driver *driver;
	const struct unit *unit;
	struct span span;
	const char *name;
	bool member;
	bool scalar;
	int depth;
};

static bool one_of(const struct syntax *syntax, uint32_t at, const char *const *names)
{
	for (; *names; names++)
		if (code_is(syntax, at, *names))
			return true;
	return false;
}

static bool looked_at(const struct entries *entries);

/* Bits that MIGRATE_PFN_ERROR did not have, alone or in brackets; and the flag itself. */
static bool is_other_mask(const struct syntax *syntax, uint32_t at)
{
	static const char *const bits[] = { "MIGRATE_PFN_VALID",  "MIGRATE_PFN_MIGRATE",
					    "MIGRATE_PFN_LOCKED", "MIGRATE_PFN_WRITE",
					    "MIGRATE_PFN_DEVICE", "MIGRATE_PFN_ERROR",
					    NULL };

	if (!code_is(syntax, at, "("))
		return one_of(syntax, at, bits);
	for (uint32_t i = at + 1; i < syntax->match[at]; i++)
		if (!one_of(syntax, i, bits) && !code_is(syntax, i, "|"))
			return false;
	return syntax->match[at] > at;
}

/* A word is stored, or asked only for what an empty one would answer as well. */
static bool word_is_harmless(const struct syntax *syntax, uint32_t first, uint32_t behind)
{
	static const char *const stores[] = { "=", "|=", "&=", "^=", NULL };

	if (one_of(syntax, behind, stores))
		return true;
	if (code_is(syntax, behind, "&") && is_other_mask(syntax, behind + 1))
		return true;
	if (code_is(syntax, behind, "==") || code_is(syntax, behind, "!="))
		return code_is(syntax, behind + 1, "MIGRATE_PFN_ERROR");
	if (code_is(syntax, behind, ">>"))
		return code_is(syntax, behind + 1, "MIGRATE_PFN_SHIFT");
	return code_is(syntax, first - 1, "(") &&
	       code_is(syntax, first - 2, "migrate_pfn_to_page") && code_is(syntax, behind, ")");
}

/* The call that a token is an argument of, and which one; false when there is none. */
static bool enclosing_call(const struct entries *entries, uint32_t at, struct call *call,
			   size_t *index)
{
	const struct syntax *syntax = &entries->unit->syntax;

	for (uint32_t open = at; open-- > entries->span.first;) {
		if (syntax->match[open] < open) {
			open = syntax->match[open];
			continue;
		}
		if (code_is(syntax, open, ";") || code_is(syntax, open, "{"))
			return false;
		if (!code_is(syntax, open, "(") ||
		    !code_identifier(syntax, open - 1) || !call_parse(syntax, open - 1, call))
			continue;
		for (*index = 0; *index < call->count; (*index)++)
			if (at <= call->arguments[*index].last)
				return true;
		return false;
	}
	return false;
}

/* A pointer to the entries goes to another function. */
static bool passed_on(const struct entries *entries, uint32_t at)
{
	static const char *const harmless[] = { "migrate_vma", "kfree",	     "kvfree", "vfree",
						"memset",      "ARRAY_SIZE", NULL };
	const struct syntax *syntax = &entries->unit->syntax;
	const struct function *function;
	struct entries inner = *entries;
	struct call call;
	size_t index;

	if (!enclosing_call(entries, at, &call, &index))
		return true;
	if (one_of(syntax, call.name, harmless))
		return false;
	function = program_function(&entries->driver->program, entries->unit,
				    code_text(syntax, call.name, call.name));
	if (!function || entries->depth <= 0 || index >= function->parameter_count ||
	    !function->parameters[index].name)
		return true;
	inner.unit = function->unit;
	inner.span = (struct span){ node_body(function->node)->first, function->node->last };
	inner.name = code_text(&inner.unit->syntax, function->parameters[index].name,
			       function->parameters[index].name);
	inner.member = inner.scalar = false;
	inner.depth--;
	return looked_at(&inner);
}

static bool is_declared_here(const struct syntax *syntax, uint32_t at)
{
	struct node *node = node_at(syntax, at);
	struct declarator *list;
	size_t count;

	if (node->kind != NODE_DECLARATION)
		return false;
	count = declaration_parse(syntax, (struct span){ node->first, node->last }, &list);
	for (size_t i = 0; i < count; i++)
		if (list[i].name == at)
			return true;
	return false;
}

/* The pointer itself is moved or compared. */
static bool pointer_is_harmless(const struct syntax *syntax, uint32_t first, uint32_t behind)
{
	static const char *const after[] = { "=",  "++", "--", "+=", "-=",
					     "==", "!=", "&&", "||", NULL };
	static const char *const before[] = { "++", "--", "!", "sizeof", NULL };

	return one_of(syntax, behind, after) || one_of(syntax, first - 1, before) ||
	       (code_is(syntax, first - 1, "(") && code_is(syntax, first - 2, "sizeof"));
}

static bool use_looks(const struct entries *entries, uint32_t at)
{
	const struct syntax *syntax = &entries->unit->syntax;
	uint32_t first = at, behind = at + 1;
	bool word = entries->scalar;

	if (!entries->member && is_declared_here(syntax, at))
		return false;
	while (is_member_name(syntax, first) && first >= 2)
		first -= 2;
	for (; code_is(syntax, behind, "["); behind = syntax->match[behind] + 1)
		word = true;
	/* *dst++ is a word, whatever becomes of the pointer. */
	if (code_is(syntax, first - 1, "*") && !code_identifier(syntax, first - 2) &&
	    !code_is(syntax, first - 2, ")") && !code_is(syntax, first - 2, "]")) {
		word = true;
		first--;
		behind += code_is(syntax, behind, "++") || code_is(syntax, behind, "--");
	}
	if (code_is(syntax, first - 1, "&") && !code_identifier(syntax, first - 2) &&
	    !code_is(syntax, first - 2, ")") && !code_is(syntax, first - 2, "]"))
		return passed_on(entries, at);
	if (word)
		return !word_is_harmless(syntax, first, behind);
	return !pointer_is_harmless(syntax, first, behind) && passed_on(entries, at);
}

static bool looked_at(const struct entries *entries)
{
	const struct syntax *syntax = &entries->unit->syntax;

	for (uint32_t i = entries->span.first; i <= entries->span.last; i++)
		if (code_is(syntax, i, entries->name) &&
		    is_member_name(syntax, i) == entries->member && use_looks(entries, i))
			return true;
	return false;
}

static bool callback_looks(const struct driver *driver, const struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	uint32_t name = callback->parameters[PARAMETER_DST].name;
	struct entries entries = { driver,
				   callback->unit,
				   { node_body(callback->function)->first,
				     callback->function->last },
				   name ? code_text(syntax, name, name) : "",
				   false,
				   false,
				   DEPTH };

	/* Without a name in sight a macro may have it. */
	return !name || looked_at(&entries);
}

/* Members of one name are taken for the same, wherever they are. */
static bool member_looks(const struct driver *driver, const char *name)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct unit *unit = &driver->program.units[u];
		struct entries entries = {
			driver, unit, { 1, unit->syntax.code.count - 1 }, name, true, false, DEPTH
		};

		if (unit->syntax.code.count > 1 && looked_at(&entries))
			return true;
	}
	return false;
}

static bool site_looks(const struct driver *driver, const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span argument = site->call.arguments[ARGUMENT_DST];
	struct declarator declarator;
	struct node *declaration;
	struct entries entries = { driver, site->unit, { 0, 0 }, NULL, false, false, DEPTH };

	if (!code_identifier(syntax, argument.last))
		return true;
	entries.name = code_text(syntax, argument.last, argument.last);
	if (is_member_name(syntax, argument.last))
		return member_looks(driver, entries.name);
	argument.first += code_is(syntax, argument.first, "&");
	if (argument.first != argument.last ||
	    !local_find(syntax, site->call.name, entries.name, &declarator, &declaration) ||
	    declaration->kind == NODE_FUNCTION || !node_function(declaration))
		return true;
	entries.scalar = !declarator.stars && declarator.array.last < declarator.array.first;
	entries.span = (struct span){ declaration->parent->first, declaration->parent->last };
	return looked_at(&entries);
}

bool dst_is_looked_at(const struct driver *driver, const struct error_part *part)
{
	for (size_t i = 0; i < driver->ops_count; i++)
		for (size_t which = 0; which < 2; which++) {
			const struct callback *callback = driver->ops[i]->callbacks[which];

			if (callback && part_has_object(driver, part, driver->ops[i]) &&
			    callback_looks(driver, callback))
				return true;
		}
	for (size_t i = 0; i < driver->site_count; i++)
		if (part_has_object(driver, part, driver->sites[i]->ops) &&
		    site_looks(driver, driver->sites[i]))
			return true;
	return false;
}
