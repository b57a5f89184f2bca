// SPDX-License-Identifier: GPL-2.0-only
/*
 * What keeps a callback as it is: calls that are not the core's, declarations out of reach, and
 * what depends on the places or the names of its parameters.
 */
#include <string.h>

#include "analyse/includes.h"
#include "driver.h"

/* Whether a string literal holds a name and nothing else. */
static bool string_is(const struct syntax *syntax, uint32_t at, const char *name)
{
	const char *text = code_text(syntax, at, at);

	return *text == '"' && !strncmp(text + 1, name, strlen(name)) &&
	       !strcmp(text + 1 + strlen(name), "\"");
}

/*
 * Whether a head says more of a parameter than its place: an attribute with the parameter's number
 * or its name, as nonnull(2), __printf(1, 2) and __must_hold(&vma->lock) do, or a macro for one.
 * A weak function is another one at times, which has all the parameters.
 */
static bool head_is_fixed(struct driver *driver, const struct callback *callback,
			  const struct syntax *syntax, struct span head, uint32_t name)
{
	uint32_t open = name + 1, close = syntax->match[open];

	for (uint32_t i = head.first; i <= head.last; i++) {
		const char *word = code_text(syntax, i, i);

		if (i >= name && i <= close)
			continue;
		if (syntax->code.list[i].kind == TOKEN_NUMBER || !strcmp(word, "__weak") ||
		    !strcmp(word, "weak") || macro_has_number(&driver->macros, word) ||
		    macro_uses(&driver->macros, word, "weak") ||
		    macro_uses(&driver->macros, word, "__weak"))
			return true;
		for (size_t role = 0; i > close && role < PARAMETER_COUNT; role++)
			if (*callback_parameter(callback, role) &&
			    !strcmp(word, callback_parameter(callback, role)))
				return true;
	}
	return false;
}

/* Whether the definition or a prototype fixes the parameters, or a string names the function. */
static bool declared_fixed(struct driver *driver, const struct callback *callback)
{
	const struct node *function = callback->function;
	uint32_t last = node_body(function)->first - 1;

	/* The parameters of an old-style definition are declared after the list. */
	if (code_is(&callback->unit->syntax, last, ";"))
		last = function->head_close;
	if (head_is_fixed(driver, callback, &callback->unit->syntax,
			  (struct span){ function->first, last }, function->name))
		return true;
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct syntax *syntax = &driver->program.units[u].syntax;

		for (uint32_t i = 1; i + 1 < syntax->code.count; i++) {
			const struct node *node = node_at(syntax, i);

			if (syntax->code.list[i].kind == TOKEN_STRING &&
			    string_is(syntax, i, callback->name))
				return true;
			if (code_is(syntax, i, callback->name) && code_is(syntax, i + 1, "(") &&
			    node->kind == NODE_DECLARATION && !node_function(node) &&
			    head_is_fixed(driver, callback, syntax,
					  (struct span){ node->first, node->last }, i))
				return true;
		}
	}
	return false;
}

/* Other mentions of the callback: prototypes, which follow it, and calls, which do not. */
static void understand_mentions(struct driver *driver, struct callback *callback)
{
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;
		const struct function *meant =
			program_function(&driver->program, unit, callback->name);

		for (uint32_t i = 0; i < syntax->code.count; i++) {
			struct node *node;

			if (!code_is(syntax, i, callback->name) || is_member_name(syntax, i) ||
			    (meant ? meant->node : NULL) != callback->function)
				continue;
			node = node_at(syntax, i);
			if (node == callback->function && node->name == i)
				continue;
			if (ops_literal_at(driver, unit, i))
				continue;
			for (size_t o = 0; node && o < driver->ops_count; o++)
				if (driver->ops[o]->declaration == node ||
				    ops_assigns(driver->ops[o], node))
					node = NULL;
			if (!node)
				continue;
			if (node->kind == NODE_DECLARATION && !node_function(node) &&
			    code_is(syntax, i + 1, "("))
				continue;
			callback->keeps_signature = true;
		}
	}
}

/* A name that nothing in the files explains, and that people give to macros: FOO_PAGES, foo(). */
static bool may_be_macro(const struct driver *driver, const struct unit *unit, uint32_t at)
{
	static const char *const known[] = { "MIGRATE_", "PAGE_", "GFP_", "VM_", "KERN_", "DMA_",
					     "WARN", "BUG", "IS_", "NULL", "HZ", "READ_ONCE",
					     "WRITE_ONCE", "HPAGE_", "PMD_", "MAX_", "ERR_",
					     "PTR_ERR", "ARRAY_SIZE", "DIV_", "BIT", "SZ_" };
	const struct syntax *syntax = &unit->syntax;
	const char *word;
	bool capital;

	if (!code_identifier(syntax, at) || is_member_name(syntax, at))
		return false;
	word = code_text(syntax, at, at);
	capital = strlen(word) > 1 &&
		  strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == strlen(word);
	if (macro_known(&driver->macros, word) || (*word == 'E' && !strchr(word, '_')) ||
	    (!capital && !(code_is(syntax, at + 1, "(") && code_is(syntax, at + 2, ")"))))
		return false;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strncmp(word, known[i], strlen(known[i])))
			return false;
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		const struct syntax *other = &driver->program.units[u].syntax;

		for (uint32_t i = 1; i < other->code.count; i++)
			if (code_is(other, i, word) && !node_function(node_at(other, i)))
				return false;
		if (function_find(other, word))
			return false;
	}
	return true;
}

/* A macro of a header that cannot be read may use the parameters. */
static void understand_missing_header(struct driver *driver, struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *header = header_missing(&driver->program, callback->unit);
	struct span body = callback_body(callback);

	for (uint32_t i = body.first; header && !callback->keeps_signature && i <= body.last; i++) {
		if (!may_be_macro(driver, callback->unit, i))
			continue;
		callback->keeps_signature = true;
		diagnose(driver->diagnostics, callback->unit->source, code_start(syntax, i),
			 SEVERITY_NOTE, "callback-macro",
			 "%s() keeps its parameters, because %s may be a macro of %s that uses "
			 "them; give that header as well to have them changed",
			 callback->name, code_text(syntax, i, i), header);
	}
}

/* A prototype in a header that was not given would contradict a new head. */
static void understand_header(struct driver *driver, struct callback *callback)
{
	const struct syntax *syntax = &callback->unit->syntax;
	const char *header;

	if (callback->keeps_signature ||
	    declared_static(syntax, callback->function->first, callback->function->name))
		return;
	header = header_bringing(&driver->program, callback->unit, callback->name);
	if (!header && !driver_declares_function(driver, callback->name))
		header = header_missing(&driver->program, callback->unit);
	if (!header)
		return;
	callback->keeps_signature = true;
	diagnose(driver->diagnostics, callback->unit->source,
		 code_start(syntax, callback->function->name), SEVERITY_NOTE, "callback-declared",
		 "%s() keeps its parameters, because %s declares it, or may; give that header as "
		 "well to have both changed",
		 callback->name, header);
}

void understand_kept(struct driver *driver, struct callback *callback)
{
	if (declared_fixed(driver, callback))
		callback->keeps_signature = true;
	understand_mentions(driver, callback);
	understand_header(driver, callback);
	understand_missing_header(driver, callback);
}
