// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calls of migrate_vma(), and what ops object each of them uses.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "analyse/values.h"
#include "driver.h"

/* What can be called in the place of an ops object: a pointer, or a choice of them. */
static bool is_pointer_to_ops(const struct expression *node)
{
	node = expression_inner(node);
	if (!node || node->kind == EXPRESSION_CHOICE)
		return node && (!node->right || is_pointer_to_ops(node->right)) &&
		       is_pointer_to_ops(node->third);
	return (node->kind == EXPRESSION_NAME && strcmp(node->name, "NULL")) ||
	       node->kind == EXPRESSION_MEMBER || node->kind == EXPRESSION_INDEX ||
	       node->kind == EXPRESSION_CALL || expression_is(node, EXPRESSION_PREFIX, "&") ||
	       expression_is(node, EXPRESSION_PREFIX, "*");
}

/* "&name", for which no object was read. */
static void report_missing(struct driver *driver, struct site *site, const char *name)
{
	const struct declaration *object = symbol_declared(symbol_find(&driver->program, name),
							   DECLARATION_VARIABLE);
	uint32_t at = site->call.arguments[ARGUMENT_OPS].first;
	const char *macro = ops_macro(driver);

	if (object)
		driver_block(driver, object->unit, object->token, "ops-shape",
			     "%s is declared in a way that does not show its callbacks; "
			     "declare it as a struct migrate_vma_ops that names them", name);
	else if (macro)
		driver_block(driver, site->unit, at, "ops-missing",
			     "%s is not defined in the files given, unless %s() does it, "
			     "which cannot be read; write the object itself",
			     name, macro);
	else
		driver_block(driver, site->unit, at, "ops-missing",
			     "%s is not defined in the files given; give the file that "
			     "defines it as well",
			     name);
}

static void resolve_ops(struct driver *driver, struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span argument = site->call.arguments[ARGUMENT_OPS];
	const struct expression *node = expression_parse(syntax, argument), *named;
	const char *macro = node && node->kind == EXPRESSION_NAME ?
				    macro_find(site->unit, node->name) : NULL;

	named = macro ? expression_of_text(body_of(&driver->program, site->unit, site->function),
					   macro) : node;
	site->ops = ops_pointed_to(driver, site->unit, site->call.name, named);
	if (site->ops) {
		site->ops->site_count++;
		return;
	}
	named = expression_inner(named);
	if (expression_is(named, EXPRESSION_PREFIX, "&") && named->left->kind == EXPRESSION_NAME) {
		report_missing(driver, site, named->left->name);
	} else if (is_pointer_to_ops(node)) {
		return;
	} else {
		driver_block(driver, site->unit, argument.first, "ops-unknown",
			     "cannot tell which callbacks '%s' stands for; pass the address of an "
			     "ops object, or a pointer",
			     code_line(syntax, argument.first, argument.last));
	}
	site->blocked = true;
}

/* A block within a condition or the head of a loop, which the structure does not show. */
static bool in_hidden_block(const struct site *site, uint32_t at)
{
	const struct syntax *syntax = &site->unit->syntax;

	for (uint32_t i = site->statement->first; i < at; i++)
		if (code_is(syntax, i, "{") && syntax->match[i] > at)
			return true;
	return false;
}

/*
 * Takes a call apart whose name may stand in parentheses: (migrate_vma)(...), (*migrate_vma)(...).
 * @first is where it begins.
 */
static bool parse_call(const struct syntax *syntax, uint32_t at, uint32_t first, struct call *call)
{
	uint32_t last = first < at ? syntax->match[first] : at;

	if (!call_parse(syntax, last, call))
		return false;
	call->name = first;
	return true;
}

/* Where the parentheses around a name begin, or the name itself. */
static uint32_t name_begins(const struct syntax *syntax, uint32_t at)
{
	uint32_t first = at;

	for (uint32_t i = at - 1, last = at; i; i--) {
		if (code_is(syntax, i, "(") && syntax->match[i] == last + 1) {
			last = syntax->match[i];
			first = i;
		} else if (!code_is(syntax, i, "*") && !code_is(syntax, i, "&")) {
			break;
		}
	}
	return code_identifier(syntax, first - 1) ? at : first;
}

static void take_call(struct driver *driver, struct unit *unit, uint32_t at)
{
	struct site *site = arena_alloc(driver->arena, sizeof(*site));

	unit->file->uses++;
	site->unit = unit;
	site->statement = node_at(&unit->syntax, at);
	site->function = node_function(site->statement);
	if (!parse_call(&unit->syntax, at, name_begins(&unit->syntax, at), &site->call)) {
		driver_block(driver, unit, at, "not-understood",
			     "the brackets of this call do not match; is the file complete?");
		return;
	}
	for (size_t i = 0; i < unit->syntax.directive_count; i++) {
		const struct token *token = &unit->syntax.all.list[unit->syntax.directives[i]];

		if (token->start < code_start(&unit->syntax, at) ||
		    token->end > code_end(&unit->syntax, site->call.close))
			continue;
		diagnose(
			driver->diagnostics, unit->source, token->start, SEVERITY_ERROR,
			"conditional-argument",
			"the arguments of this call depend on an #if, and only one arm can be read; "
			"put the #if around whole calls, or in front of the call into variables");
		unit->file->left++;
		driver->blocked = true;
		return;
	}
	if (site->call.count == ARGUMENT_COUNT + 1) {
		driver_block(driver, unit, at, "unmerged-api",
			     "migrate_vma() with eight arguments was posted but never merged; no "
			     "release tells what it has to do, so convert this call by hand");
		return;
	}
	if (site->call.count != ARGUMENT_COUNT) {
		driver_block(driver, unit, at, "argument-count",
			     "migrate_vma() takes 7 arguments and this call has %zu; convert it by "
			     "hand",
			     site->call.count);
		return;
	}
	if (!site->function || site->statement->kind == NODE_UNKNOWN ||
	    site->statement->kind == NODE_FUNCTION || in_hidden_block(site, at)) {
		driver_block(driver, unit, at, "not-understood",
			     "this call is in no statement that could be recognised; put it in a "
			     "statement of its own");
		return;
	}
	driver->sites = arena_append(driver->arena, driver->sites, &driver->site_count, site);
	resolve_ops(driver, site);
}

static bool is_keyword_of_statement(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at, "return") || code_is(syntax, at, "else") ||
	       code_is(syntax, at, "do");
}

static bool is_prototype(const struct syntax *syntax, uint32_t at)
{
	struct node *node = node_at(syntax, at);
	struct declarator *list;

	if (node->kind == NODE_FUNCTION)
		return node->name == at;
	/* Behind "return" it is a call in a function that was not recognised. */
	return node->kind == NODE_DECLARATION && !node_function(node) &&
	       !is_keyword_of_statement(syntax, at - 1) &&
	       declaration_parse(syntax, (struct span){ node->first, node->last }, &list) &&
	       list[0].function && list[0].name == at;
}

static void understand_name(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first;

	if (is_member_name(syntax, at) || is_prototype(syntax, at) ||
	    code_is(syntax, at - 1, "struct"))
		return;
	first = name_begins(syntax, at);
	if (code_is(syntax, syntax->match[first] + 1, "("))
		take_call(driver, unit, at);
	else
		driver_block(driver, unit, at, "address-taken",
			     "migrate_vma is used here without being called; a function that is "
			     "gone has no address: call it, or remove this use");
}

/* The #if group with a token in an arm that is not read, and that arm. */
static const struct conditional *hidden_by(const struct unit *unit, size_t token,
					   const struct conditional_arm **arm)
{
	for (size_t g = 0; g < unit->syntax.conditional_count; g++)
		for (size_t a = 0; a < unit->syntax.conditionals[g].arm_count; a++) {
			*arm = &unit->syntax.conditionals[g].arms[a];
			if (!(*arm)->chosen && token >= (*arm)->first && token < (*arm)->last)
				return &unit->syntax.conditionals[g];
		}
	return NULL;
}

/* A call in an arm of #if that is not read: it goes with its arm, or a person has to look. */
static void report_unread(struct driver *driver, struct unit *unit, size_t token)
{
	const struct conditional_arm *arm;
	const struct conditional *group = hidden_by(unit, token, &arm);
	uint32_t start = unit->syntax.all.list[token].start;

	if (!group)
		return;
	unit->file->uses++;
	if (arm->goes) {
		unit->file->ported++;
	} else if (arm->zero) {
		unit->file->left++;
		diagnose(driver->diagnostics, unit->source, start, SEVERITY_WARNING, "dead-code",
			 "migrate_vma() is called here under #if 0 and stays as it is; delete it, "
			 "or "
			 "port it by hand");
	} else {
		unit->file->left++;
		driver->blocked = true;
		diagnose(
			driver->diagnostics, unit->source, start, SEVERITY_ERROR, "two-arms",
			"two arms of this #if call migrate_vma() and only one of them can be read; "
			"port one arm at a time, or make the call after the #endif");
	}
}

/* #define NAME migrate_vma */
static bool is_alias(const char *text, const struct tokens *directive, size_t at)
{
	return at >= 2 && token_is(text, &directive->list[0], "define") &&
	       !token_is(text, &directive->list[at - 1], "struct") &&
	       !token_is(text, &directive->list[at - 1], ".") &&
	       !token_is(text, &directive->list[at - 1], "->");
}

/* A name with a line break in it is not compared with anything, so that a use would be missed. */
static void report_spliced(struct driver *driver, struct unit *unit, const struct token *token)
{
	if (token->kind != TOKEN_IDENTIFIER ||
	    !memchr(unit->source->text + token->start, '\\', token->end - token->start))
		return;
	unit->file->left++;
	driver->blocked = true;
	diagnose(driver->diagnostics, unit->source, token->start, SEVERITY_ERROR, "not-understood",
		 "a backslash at the end of the line splits this name, so that it is not known "
		 "whether it is one of the callback API; write it on one line");
}

static void report_macro(struct driver *driver, struct unit *unit, const struct token *directive)
{
	const char *text = unit->source->text;
	struct tokens inner = { 0 };

	lex(text, directive->start + 1, directive->end, &inner);
	for (size_t t = 0; t < inner.count; t++)
		report_spliced(driver, unit, &inner.list[t]);
	for (size_t t = 0; t < inner.count; t++) {
		bool call = t + 1 < inner.count && token_is(text, &inner.list[t + 1], "(");

		if (!token_is(text, &inner.list[t], "migrate_vma") ||
		    (!call && !is_alias(text, &inner, t)))
			continue;
		unit->file->uses++;
		unit->file->left++;
		driver->blocked = true;
		diagnose(driver->diagnostics, unit->source, inner.list[t].start, SEVERITY_ERROR,
			 "in-macro",
			 call ? "migrate_vma() is called in the text of a macro, which is not "
				"edited; make the macro a function, or call migrate_vma() where "
				"the macro is used"
			      : "this macro is another name for migrate_vma(); write "
				"migrate_vma() where the macro is used, and delete it");
	}
	tokens_release(&inner);
}

/* Calls that are in the text but not among the tokens that are read. */
static void report_hidden(struct driver *driver, struct unit *unit)
{
	const struct tokens *all = &unit->syntax.all;
	const struct tokens *code = &unit->syntax.code;

	for (size_t i = 0, next = 0; i < all->count; i++) {
		const struct token *token = &all->list[i];

		while (next < code->count && code->list[next].start < token->start)
			next++;
		report_spliced(driver, unit, token);
		if (token->kind == TOKEN_DIRECTIVE)
			report_macro(driver, unit, token);
		else if (code->list[next].start != token->start &&
			 token_is(unit->source->text, token, "migrate_vma") &&
			 (token_is(unit->source->text, &all->list[i + 1], "(") ||
			  (i && token_is(unit->source->text, &all->list[i - 1], "("))))
			report_unread(driver, unit, i);
	}
}

/* An API before this one, that was posted only. */
static void report_ancestor(struct driver *driver, struct unit *unit, uint32_t at)
{
	if (is_member_name(&unit->syntax, at) || !code_is(&unit->syntax, at + 1, "("))
		return;
	driver_block(
		driver, unit, at, "unmerged-api",
		"migrate_dma() was posted but never merged, so no release tells what it has to "
		"do; convert this call by hand");
}

static bool report_local_function(struct driver *driver)
{
	const struct program *program = &driver->program;
	const struct function *function = program_function(program, NULL, "migrate_vma");

	for (size_t u = 0; u < program->unit_count && !function; u++)
		function = program_function(program, &program->units[u], "migrate_vma");
	if (!function)
		return false;
	diagnose(driver->diagnostics, function->unit->source,
		 code_start(&function->unit->syntax, function->node->name), SEVERITY_NOTE, "local-function",
		 "migrate_vma() is a function of this driver here, so its calls stay as they are");
	return true;
}

void understand_sites(struct driver *driver)
{
	if (report_local_function(driver))
		return;
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];

		for (uint32_t i = 1; i < unit->syntax.code.count; i++)
			if (code_is(&unit->syntax, i, "migrate_vma"))
				understand_name(driver, unit, i);
			else if (code_is(&unit->syntax, i, "migrate_dma"))
				report_ancestor(driver, unit, i);
		report_hidden(driver, unit);
	}
}
