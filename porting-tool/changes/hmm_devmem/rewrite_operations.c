// SPDX-License-Identifier: GPL-2.0-only
/*
 * free() and fault() of struct hmm_devmem_ops, which are page_free() and migrate_to_ram() of struct
 * dev_pagemap_ops.
 *
 * The functions keep their bodies: what were parameters become variables, where they are used.
 */
#include "devmem.h"

#include "analyse/preprocess.h"
#include "edit/edit.h"
#include "edit/style.h"
#include "kernel/release.h"

/* The parameters of fault(), and where its successor finds them. */
static const struct {
	const char *type;
	const char *member;
} fault_parameters[] = {
	{ NULL, NULL },
	{ "struct vm_area_struct *", "vma" },
	{ "unsigned long ", "address" },
	{ "const struct page *", "page" },
	{ "unsigned int ", "flags" },
	{ "pmd_t *", "pmd" },
};

static bool is_used(const struct function *function, size_t index)
{
	const struct node *body = node_body(function->node);

	for (uint32_t i = body->first; i <= body->last; i++) {
		const struct declaration *meaning = declaration_at(function->unit, i);

		if (meaning && meaning->kind == DECLARATION_PARAMETER &&
		    meaning->function == function && meaning->index == index)
			return true;
	}
	return false;
}

static const char *parameter(const struct function *function, size_t index)
{
	return code_text(&function->unit->syntax, function->parameters[index].name,
			 function->parameters[index].name);
}

/* The struct that the page belongs to. */
static const char *devmem_of(const struct driver *driver, const char *page)
{
	return arena_printf(driver->arena,
			    driver->target->number >= SINCE_PAGE_PGMAP ?
				    "container_of(page_pgmap(%s), struct %s, pagemap)" :
				    "container_of(%s->pgmap, struct %s, pagemap)",
			    page, driver->devmem->type);
}

static const char *variable(const struct driver *driver, const struct function *function,
			    const char *before, const char *type, const char *name,
			    const char *value)
{
	const struct style *style = function->unit->style;
	const char *line = arena_printf(driver->arena, "%s%s%s = %s;", style->unit, type, name, value);

	if (text_columns(line, 0) > style->width)
		line = arena_printf(driver->arena, "%s%s%s =\n%s%s%s;", style->unit, type, name,
				    style->unit, style->unit, value);
	return arena_printf(driver->arena, "%s\n%s", before, line);
}

static const char *fault_variables(const struct driver *driver,
				   const struct devmem_operation *operation)
{
	const struct function *function = operation->function;
	const char *text = "";

	if (is_used(function, 0))
		text = variable(driver, function, text,
				arena_printf(driver->arena, "struct %s *", driver->devmem->type),
				parameter(function, 0),
				devmem_of(driver, arena_printf(driver->arena, "%s->page",
							       operation->vmf)));
	for (size_t i = 1; i < function->parameter_count; i++)
		if (is_used(function, i))
			text = variable(driver, function, text, fault_parameters[i].type,
					parameter(function, i),
					arena_printf(driver->arena, "%s->%s", operation->vmf,
						     fault_parameters[i].member));
	return text;
}

static bool gets_folio(const struct driver *driver)
{
	return driver->target->number >= SINCE_FOLIO_FREE;
}

static const char *free_variables(const struct driver *driver, const struct function *function)
{
	const char *text = "";

	if (gets_folio(driver) && (is_used(function, 1) || is_used(function, 0)))
		text = variable(driver, function, text, "struct page *", parameter(function, 1),
				"&folio->page");
	if (is_used(function, 0))
		text = variable(driver, function, text,
				arena_printf(driver->arena, "struct %s *", driver->devmem->type),
				parameter(function, 0), devmem_of(driver, parameter(function, 1)));
	return text;
}

static const char *new_parameter(const struct driver *driver,
				 const struct devmem_operation *operation)
{
	if (operation->fault)
		return arena_printf(driver->arena, "struct vm_fault *%s", operation->vmf);
	if (gets_folio(driver))
		return "struct folio *folio";
	return arena_printf(driver->arena, "struct page *%s", parameter(operation->function, 1));
}

/* The head of the function or of a prototype: its result and its parameters. */
static void rewrite_head(const struct driver *driver, const struct devmem_operation *operation,
			 const struct unit *unit, uint32_t first, uint32_t name)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = first; operation->fault && i < name; i++)
		if (code_is(syntax, i, "int"))
			edit_replace(unit->edits, code_start(syntax, i), code_end(syntax, i),
				     "vm_fault_t");
	edit_supersede(unit->edits, code_start(syntax, name + 2),
		       code_end(syntax, syntax->match[name + 1] - 1),
		       new_parameter(driver, operation));
}

static void rewrite_function(const struct driver *driver, const struct devmem_operation *operation)
{
	const struct function *function = operation->function;
	const struct syntax *syntax = &function->unit->syntax;
	const struct node *node = function->node, *body = node_body(node);
	const char *variables = operation->fault ? fault_variables(driver, operation) :
						   free_variables(driver, function);

	rewrite_head(driver, operation, function->unit, node->first, node->name);
	for (const struct declaration *one = operation->symbol->declarations; one; one = one->next)
		if (one->kind == DECLARATION_PROTOTYPE)
			rewrite_head(driver, operation, one->unit, one->node->first, one->token);
	if (*variables)
		edit_insert(function->unit->edits, code_end(syntax, body->first),
			    arena_printf(driver->arena, "%s%s", variables,
					 body->child && body->child->kind != NODE_DECLARATION ?
						 "\n" : ""));
}

/* ".free = f" keeps what stands between the name and "=": a space, or tabs. */
static void rewrite_designator(const struct driver *driver, const struct devmem_designator *one)
{
	const struct syntax *syntax = &one->unit->syntax;
	const char *name = one->fault ? "migrate_to_ram" :
			   gets_folio(driver) ? "folio_free" : "page_free";
	uint32_t end = code_end(syntax, one->name);
	bool tabs = one->unit->source->text[end] == '\t';

	edit_replace(one->unit->edits, code_start(syntax, one->name),
		     code_start(syntax, one->name + 1),
		     arena_printf(driver->arena, "%s%s", name, tabs ? "\t" : " "));
}

static void rename_tags(const struct driver *driver, const char *old, const char *new)
{
	for (const struct reference *use = name_references(&driver->program, old); use;
	     use = use->next)
		edit_replace(use->unit->edits, use->offset, use->offset + strlen(old), new);
}

/* "page->pgmap->data" was the struct hmm_devmem of the page. */
static void rewrite_pagemap_data(const struct driver *driver)
{
	const struct symbol *symbol = symbol_find(&driver->program, "data");

	/* A struct of the driver has a member of the name, so this may be that one. */
	if (symbol_declared(symbol_find(&driver->program, "pgmap"), DECLARATION_MEMBER))
		return;
	for (const struct reference *use = symbol ? symbol->references : NULL; use;
	     use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;
		uint32_t page = use->token - 4;

		if (use->kind != REFERENCE_MEMBER || !code_is(syntax, use->token - 2, "pgmap") ||
		    !code_is(syntax, use->token - 3, "->") || !code_identifier(syntax, page) ||
		    is_member_name(syntax, page) ||
		    preprocess_undecided(syntax, use->offset))
			continue;
		edit_replace(use->unit->edits, code_start(syntax, page),
			     code_end(syntax, use->token),
			     devmem_of(driver, code_text(syntax, page, page)));
	}
}

void devmem_rewrite_operations(struct driver *driver)
{
	const struct devmem *devmem = driver->devmem;

	rename_tags(driver, "hmm_devmem", devmem->type);
	rename_tags(driver, "hmm_devmem_ops", "dev_pagemap_ops");
	for (size_t i = 0; i < devmem->operation_count; i++)
		rewrite_function(driver, &devmem->operations[i]);
	rewrite_pagemap_data(driver);
	for (size_t i = 0; i < devmem->designator_count; i++)
		rewrite_designator(driver, &devmem->designators[i]);
}
