// SPDX-License-Identifier: GPL-2.0-only
/*
 * fault_page in a fault handler that makes the three steps itself.
 *
 * Only where all is in sight: the function is a migrate_to_ram(), and sets up one migration, whose
 * struct is its own.  What lies further apart is named as left by the check of members.
 */
#include <string.h>

#include "analyse/symbols.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "fault_page.h"

/* A fault handler and the migration that it sets up. */
struct handler {
	struct function *function;
	const char *fault;
	const char *args;
	uint32_t setup;
};

static bool is_migrate_to_ram(const struct symbol *symbol)
{
	for (const struct reference *use = symbol->references; use; use = use->next)
		if (use->kind == REFERENCE_VALUE &&
		    code_is(&use->unit->syntax, use->token - 1, "=") &&
		    code_is(&use->unit->syntax, use->token - 2, "migrate_to_ram"))
			return true;
	return false;
}

static const char *fault_parameter(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	const struct declarator *parameter = function->parameters;

	if (function->parameter_count != 1 || !parameter->name || parameter->stars != 1 ||
	    !code_is(syntax, parameter->specifiers.last, "vm_fault"))
		return NULL;
	return code_text(syntax, parameter->name, parameter->name);
}

/* Also in an arm of an #if that is not read. */
static bool names_fault_page(const struct driver *driver, const struct unit *unit)
{
	const struct symbol *symbol = symbol_find(&driver->program, "fault_page");

	for (const struct reference *use = symbol ? symbol->references : NULL; use; use = use->next)
		if (use->unit == unit && use->kind == REFERENCE_UNREAD)
			return true;
	return false;
}

/* The one migrate_vma_setup(&args) of the function, where it names no fault_page itself. */
static bool find_setup(struct handler *handler)
{
	const struct function *function = handler->function;
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		if (code_is(syntax, i, "fault_page"))
			return false;
		if (!code_is(syntax, i, "migrate_vma_setup"))
			continue;
		if (handler->setup || !code_is(syntax, i + 1, "(") ||
		    !code_is(syntax, i + 2, "&") || !code_identifier(syntax, i + 3) ||
		    !code_is(syntax, i + 4, ")"))
			return false;
		handler->setup = i;
		handler->args = code_text(syntax, i + 3, i + 3);
	}
	return handler->setup != 0;
}

/* "args.member = value;" as the last such statement of the setup's block in front of it. */
static const struct node *last_assignment(const struct handler *handler)
{
	const struct syntax *syntax = &handler->function->unit->syntax;
	const struct node *setup = node_at(syntax, handler->setup);

	for (const struct node *node = setup->previous; node; node = node->previous)
		if (node->kind == NODE_EXPRESSION && code_is(syntax, node->first, handler->args) &&
		    code_is(syntax, node->first + 1, ".") && code_is(syntax, node->first + 3, "="))
			return node;
	return NULL;
}

/* ".flags = value," at the end of "struct migrate_vma args = { ... };" */
static bool add_to_initialiser(const struct handler *handler)
{
	const struct unit *unit = handler->function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct declaration *declaration = declaration_at(unit, handler->setup + 3);
	const char *text = unit->source->text, *equals, *line;
	uint32_t close, dot;

	if (!declaration || declaration->kind != DECLARATION_VARIABLE ||
	    !node_function(declaration->node) ||
	    !code_is(syntax, declaration->declarator.value.first, "{"))
		return false;
	close = syntax->match[declaration->declarator.value.first];
	if (close != declaration->declarator.value.last || !code_is(syntax, close - 1, ","))
		return false;
	for (dot = close; dot > declaration->declarator.value.first && !code_is(syntax, dot, ".");)
		dot--;
	/* Members that share a line are laid out in a way of their own. */
	line = indent_at(syntax, code_start(syntax, dot));
	if (line_top(unit->source, code_start(syntax, dot)) + strlen(line) !=
	    code_start(syntax, dot))
		return false;
	equals = strchr(text + code_start(syntax, dot), '=');
	edit_insert(unit->edits, code_end(syntax, close - 1),
		    arena_printf(syntax->arena, "\n%s.fault_page%s= %s->page,", line,
				 equals[-1] == '\t' ? "\t" : " ", handler->fault));
	return true;
}

static void add_fault_page(const struct handler *handler)
{
	const struct unit *unit = handler->function->unit;
	const struct syntax *syntax = &unit->syntax;
	const struct node *last;

	if (add_to_initialiser(handler))
		return;
	last = last_assignment(handler);
	if (last)
		edit_insert(unit->edits, end_of_statement(syntax, last->last),
			    arena_printf(syntax->arena, "\n%s%s.fault_page = %s->page;",
					 indent_at(syntax, code_start(syntax, last->first)),
					 handler->args, handler->fault));
}

void rewrite_three_step_faults(struct driver *driver)
{
	for (size_t i = 0; driver->target->fault_page_member && i < driver->program.function_count;
	     i++) {
		struct handler handler = { .function = &driver->program.functions[i] };
		const struct symbol *symbol = symbol_find(&driver->program, handler.function->name);

		handler.fault = fault_parameter(handler.function);
		if (handler.fault && symbol && !names_fault_page(driver, handler.function->unit) && is_migrate_to_ram(symbol) && find_setup(&handler))
			add_fault_page(&handler);
	}
}
