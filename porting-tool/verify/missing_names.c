// SPDX-License-Identifier: GPL-2.0-only
#include "left.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "analyse/preprocess.h"
#include "analyse/symbols.h"
#include "changes/migrate_vma/headers.h"
#include "changes/migrate_vma/two_apis.h"
#include "edit/edit.h"
#include "kernel/dated_names.h"
#include "kernel/kernel_names.h"

/* A name, in the file where it is looked at. */
struct left_use {
	struct driver *driver;
	struct unit *unit;		/* as the user gave it */
	const struct unit *result;	/* as it is now */
	const struct reference *reference;
	size_t more;
};

static size_t offset_of(const struct left_use *use)
{
	if (!use->unit->file->result)
		return use->reference->offset;
	return edits_origin(use->unit->edits, use->reference->offset);
}

static const char *more_places(const struct left_use *use)
{
	if (!use->more)
		return "";
	return arena_printf(use->driver->arena, " (and %zu more %s)", use->more,
			    use->more == 1 ? "place" : "places");
}

static const char *release_text(const struct driver *driver, int release)
{
	return arena_printf(driver->arena, "%d.%d", release / 1000, release % 1000);
}

/* "it was in <linux/hmm.h> up to 5.2", "it is in <linux/mm.h> only since 6.3" */
static const char *when(const struct driver *driver, const struct kernel_name *name)
{
	int target = driver->target->number;
	int last = kernel_name_last(name, target), first = kernel_name_first(name, target);

	if (last)
		return arena_printf(driver->arena, "it was in <linux/%.*s> up to %s",
				    (int)name->header_length, name->header,
				    release_text(driver, last));
	return arena_printf(driver->arena, "it is in <linux/%.*s> only since %s",
			    (int)name->header_length, name->header, release_text(driver, first));
}

static void report_absent(const struct left_use *use, const struct kernel_name *name)
{
	const struct driver *driver = use->driver;
	const char *dot = memchr(name->name, '.', name->length);
	int tag = dot ? (int)(dot - name->name) : 0;
	const char *what;

	if (dot)
		what = arena_printf(driver->arena, "member %.*s of struct %.*s",
				    (int)name->length - tag - 1, dot + 1, tag, name->name);
	else
		what = arena_printf(driver->arena, "%.*s", (int)name->length, name->name);
	use->unit->file->left++;
	diagnose(driver->diagnostics, use->unit->source, offset_of(use), SEVERITY_WARNING,
		 "kernel-name", "%s%s is not in Linux %s: %s; `migrate-vma explain %.*s` has more",
		 what, more_places(use), driver->target->name, when(driver, name),
		 (int)name->length - (strncmp(name->name, "struct ", 7) ? 0 : 7),
		 name->name + (strncmp(name->name, "struct ", 7) ? 0 : 7));
}

/* The changes know better what to do about it, or the port has done it. */
static bool known_to_changes(const char *name)
{
	struct dated_name known;

	return dated_name_of(name, 0, &known);
}

static bool is_absent(const struct driver *driver, const struct kernel_name *name)
{
	return kernel_name_presence(name, driver->target->number) == PRESENCE_NO;
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
static void report_uses(struct driver *driver, struct program *result,
			const struct symbol *symbol, const struct kernel_name *name,
			reference_test *counts)
{
	const struct reference *at = symbol->references;

	while (at) {
		struct left_use use = {
			.driver = driver, .unit = &driver->program.units[at->unit - result->units],
			.result = at->unit,
		};

		for (; at && at->unit == use.result; at = at->next) {
			if (!counts(symbol, at) || preprocess_undecided(&at->unit->syntax, at->offset))
				continue;
			if (use.reference)
				use.more++;
			else
				use.reference = at;
		}
		if (use.reference && !header_defining(driver, use.unit, symbol->name))
			report_absent(&use, name);
	}
}

static void look_at_name(struct driver *driver, struct program *result,
			 const struct symbol *symbol)
{
	struct kernel_name name;
	char tag[100];

	if (kernel_name_find(symbol->name, symbol->length, &name) && is_absent(driver, &name) &&
	    !declared_by_driver(symbol))
		report_uses(driver, result, symbol, &name, uses_name);
	if (symbol->length + 8 > sizeof(tag) || symbol_declared(symbol, DECLARATION_STRUCT))
		return;
	snprintf(tag, sizeof(tag), "struct %s", symbol->name);
	if (kernel_name_find(tag, symbol->length + 7, &name) && is_absent(driver, &name))
		report_uses(driver, result, symbol, &name, needs_struct);
}

static void report_count(const struct left_use *use, const struct kernel_name *name, size_t given)
{
	int wanted = kernel_name_parameters(name, use->driver->target->number);

	use->unit->file->left++;
	diagnose(use->driver->diagnostics, use->unit->source, offset_of(use), SEVERITY_WARNING,
		 "kernel-name",
		 "%.*s() has %zu arguments here%s, and takes %d in Linux %s; "
		 "`migrate-vma explain %.*s` has more",
		 (int)name->length, name->name, given, more_places(use), wanted,
		 use->driver->target->name, (int)name->length, name->name);
}

/* Calls with another number of arguments than the target's function takes. */
static void look_at_calls(struct driver *driver, struct program *result,
			  const struct symbol *symbol)
{
	struct kernel_name name;
	int wanted;

	if (!kernel_name_find(symbol->name, symbol->length, &name) || declared_by_driver(symbol))
		return;
	wanted = kernel_name_parameters(&name, driver->target->number);
	if (wanted < 0)
		return;
	for (const struct reference *at = symbol->references; at; at = at->next) {
		struct left_use use = {
			.driver = driver, .unit = &driver->program.units[at->unit - result->units],
			.result = at->unit, .reference = at,
		};
		struct call call;

		if (at->kind == REFERENCE_CALL && !preprocess_undecided(&at->unit->syntax, at->offset) &&
		    call_parse(&at->unit->syntax, at->token, &call) &&
		    call.count != (size_t)wanted &&
		    !header_defining(driver, use.unit, symbol->name))
			report_count(&use, &name, call.count);
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

/* The struct that the member at a token is one of, where the file shows it; or NULL. */
static const char *struct_of_member(const struct unit *unit, uint32_t token)
{
	const char *tag = struct_of_variable(unit, token);

	return tag ? tag : struct_of_initialiser(unit, token);
}

static void look_at_members(struct driver *driver, struct program *result,
			    const struct symbol *symbol)
{
	for (const struct reference *at = symbol->references; at; at = at->next) {
		struct left_use use = {
			.driver = driver, .unit = &driver->program.units[at->unit - result->units],
			.result = at->unit, .reference = at,
		};
		const char *tag, *key;
		struct kernel_name name;

		if (at->kind != REFERENCE_MEMBER || preprocess_undecided(&at->unit->syntax, at->offset))
			continue;
		tag = struct_of_member(at->unit, at->token);
		if (!tag || known_to_changes(tag))
			continue;
		key = arena_printf(driver->arena, "%s.%s", tag, symbol->name);
		if (kernel_name_find(key, strlen(key), &name) && is_absent(driver, &name) &&
		    !symbol_declared(symbol_find(result, tag), DECLARATION_STRUCT))
			report_absent(&use, &name);
	}
}

/* The driver's files as they are now. */
static void read_result(struct driver *driver, struct program *result, struct source *sources)
{
	program_open(result, driver->arena, driver->program.unit_count);
	for (size_t i = 0; i < result->unit_count; i++) {
		const struct port_file *file = driver->program.units[i].file;
		struct unit *unit = &result->units[i];

		unit->source = file->source;
		if (file->result && source_set(&sources[i], file->source->path, file->result,
					       file->result_size) == SOURCE_OK)
			unit->source = &sources[i];
		unit->view = *unit->source;
	}
	two_apis_read(result, driver->target, driver->setup, true);
}

void report_missing_names(struct driver *driver)
{
	struct source *sources = arena_alloc(driver->arena, (driver->program.unit_count + 1) *
							    sizeof(*sources));
	const struct symbol *symbol;
	struct program result;
	size_t at = 0;

	read_result(driver, &result, sources);
	while ((symbol = symbol_next(&result, &at))) {
		if (!symbol->references || known_to_changes(symbol->name))
			continue;
		look_at_name(driver, &result, symbol);
		look_at_calls(driver, &result, symbol);
		look_at_members(driver, &result, symbol);
	}
	program_close(&result);
	for (size_t i = 0; i < driver->program.unit_count; i++)
		source_release(&sources[i]);
}
