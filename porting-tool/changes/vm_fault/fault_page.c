// SPDX-License-Identifier: GPL-2.0-only
#include "fault_page.h"

#include <string.h>

#include "analyse/fault_path.h"
#include "analyse/includes.h"
#include "changes/dev_pagemap/owner.h"
#include "changes/hmm_devmem/devmem.h"

static bool names_type(const struct syntax *syntax, struct span span, const char *name)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (code_is(syntax, i, name))
			return true;
	return false;
}

/* The parameter of a function that points to a type, or NULL. */
static const char *parameter_of_type(const struct function *function, const char *type)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (size_t i = 0; i < function->parameter_count; i++) {
		const struct declarator *parameter = &function->parameters[i];

		if (parameter->name && parameter->stars == 1 &&
		    names_type(syntax, parameter->specifiers, type))
			return code_text(syntax, parameter->name, parameter->name);
	}
	return NULL;
}

static bool is_devmem_fault(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (size_t i = 0; i < function->parameter_count; i++)
		if (names_type(syntax, function->parameters[i].specifiers, "hmm_devmem"))
			return true;
	return false;
}

const char *fault_page_of(const struct driver *driver, const struct function *function)
{
	const struct faults *faults = driver->faults;
	size_t index = function - driver->program.functions;
	const char *name;

	if (devmem_fault(driver, function))
		return arena_printf(driver->arena, "%s->page",
				    devmem_fault(driver, function)->vmf);
	if (is_devmem_fault(function)) {
		name = parameter_of_type(function, "page");
		return name ? arena_printf(driver->arena, "(struct page *)%s", name) : NULL;
	}
	name = parameter_of_type(function, "vm_fault");
	if (!name || (faults->by_mapping[index] && !faults->by_device[index]))
		return NULL;
	return arena_printf(driver->arena, "%s->page", name);
}

static void reach_member(struct driver *driver, const char *member, bool *reached)
{
	const struct call_node *node = call_member(&driver->program, member);

	if (node)
		call_reach(&driver->program, node, reached);
}

/* The name that a migrate_to_ram is set to, or 0 for NULL and for what is no name. */
static uint32_t handler_name(const struct reference *use)
{
	const struct syntax *syntax = &use->unit->syntax;
	uint32_t at = use->token + 2;

	if (use->kind != REFERENCE_MEMBER || !code_is(syntax, at - 1, "="))
		return 0;
	while (code_is(syntax, at, "&") || code_is(syntax, at, "("))
		at++;
	return code_identifier(syntax, at) && !code_is(syntax, at, "NULL") ? at : 0;
}

/* A handler that a macro writes is what the macro's text gets to. */
static void reach_text(struct driver *driver, const struct symbol *name)
{
	const struct call_graph *graph = call_graph(&driver->program);

	for (size_t i = 0; i < graph->count; i++) {
		const struct call_node *node = graph->nodes[i];
		struct call call;

		if (node->kind != CALL_TEXT ||
		    !call_parse(&node->text->unit->syntax, node->text->token, &call))
			continue;
		for (uint32_t at = call.open; at < call.close; at++)
			if (symbol_at(node->text->unit, at) == name)
				call_reach(&driver->program, node, driver->faults->by_device);
	}
}

/* Handlers that are in none of the files, or written by a macro. */
static void look_for_unseen(struct driver *driver)
{
	const struct symbol *member = symbol_find(&driver->program, "migrate_to_ram");

	for (const struct reference *use = member ? member->references : NULL; use;
	     use = use->next) {
		uint32_t at = handler_name(use);
		const struct symbol *handler = at ? symbol_at(use->unit, at) : NULL;

		if (!handler || program_function(&driver->program, use->unit, handler->name))
			continue;
		reach_text(driver, handler);
		driver->faults->unseen = use;
	}
}

void understand_faults(struct driver *driver)
{
	static const char *const mapping_members[] = { "fault", "huge_fault", "page_mkwrite",
						       "pfn_mkwrite", "map_pages" };
	struct program *program = &driver->program;
	size_t count = call_graph(program)->count;
	struct faults *faults = arena_alloc(driver->arena, sizeof(*faults));

	driver->faults = faults;
	faults->by_device = arena_alloc(driver->arena, count);
	faults->by_mapping = arena_alloc(driver->arena, count);
	faults->gets_page = arena_alloc(driver->arena, program->function_count + 1);
	for (size_t i = 0; i < sizeof(mapping_members) / sizeof(*mapping_members); i++)
		reach_member(driver, mapping_members[i], faults->by_mapping);
	fault_path_reach(program, faults->by_device);
	for (size_t i = 0; i < program->function_count; i++) {
		const struct function *function = &program->functions[i];

		/* By its parameters, wherever its address goes. */
		if (is_devmem_fault(function) ||
		    (parameter_of_type(function, "vm_fault") && !faults->by_mapping[i]))
			call_reach(program, call_node(program, function), faults->by_device);
	}
	look_for_unseen(driver);
}

/* Nodes that are to be looked at, each once. */
struct worklist {
	const struct call_node **list;
	size_t count;
	bool *listed;
};

static void put(struct worklist *work, const struct call_node *node)
{
	if (!work->listed[node->index])
		work->list[work->count++] = node;
	work->listed[node->index] = true;
}

static struct worklist worklist_with(struct driver *driver, const struct call_node *node)
{
	size_t count = call_graph(&driver->program)->count;
	struct worklist work = { .list = arena_alloc(driver->arena, count * sizeof(*work.list)),
				 .listed = arena_alloc(driver->arena, count) };

	put(&work, node);
	return work;
}

bool only_for_faults(struct driver *driver, const struct function *function)
{
	struct worklist work = worklist_with(driver, call_node(&driver->program, function));

	for (size_t i = 0; i < work.count; i++) {
		const struct call_edge *edge = work.list[i]->callers;

		if (!edge || !work.list[i]->function->private)
			return false;
		for (; edge; edge = edge->next_caller) {
			const struct call_node *caller = edge->caller;

			if (caller->kind != CALL_FUNCTION ||
			    !driver->faults->by_device[caller->index])
				return false;
			if (!fault_page_of(driver, caller->function))
				put(&work, caller);
		}
	}
	return true;
}

bool next_unread(const struct unit *unit, const char *name, size_t *at, size_t *close)
{
	const struct tokens *all = &unit->syntax.all;
	const char *text = unit->source->text;
	size_t depth = 0, end;

	for (; *at + 2 < all->count; (*at)++)
		if (*at && token_is(text, &all->list[*at], name) && token_unread(unit, *at))
			break;
	if (*at + 2 >= all->count)
		return false;
	*close = 0;
	end = *at + 1;
	do {
		depth += token_is(text, &all->list[end], "(");
		depth -= depth && token_is(text, &all->list[end], ")");
	} while (depth && ++end < all->count);
	if (end > *at + 1 && end + 1 < all->count &&
	    (token_is(text, &all->list[end + 1], "{") ||
	     token_is(text, &all->list[end + 1], ";")) &&
	    (all->list[*at - 1].kind == TOKEN_IDENTIFIER ||
	     token_is(text, &all->list[*at - 1], "*")) &&
	    !token_is(text, &all->list[*at - 1], "return"))
		*close = end;
	(*at)++;
	return true;
}

static bool called_unread(const struct unit *unit, const char *name)
{
	size_t at = 0, close;

	while (next_unread(unit, name, &at, &close))
		if (!close)
			return true;
	return false;
}

/* A place that a warning is about, and what its author is told to do. */
struct warned_place {
	struct unit *unit;
	uint32_t token;
	const char *advice;
};

/* Why a function cannot get the page as a parameter, or NULL. */
static const char *obstacle_at(struct driver *driver, const struct call_node *node)
{
	const struct function *function = node->function;
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->first; i <= function->node->last; i++)
		if (code_is(syntax, i, "fault_page"))
			return "uses the name fault_page already";
	if (header_bringing(&driver->program, function->unit, function->name))
		return "is declared in a header that was not given";
	for (size_t u = 0; u < driver->program.unit_count; u++)
		if (called_unread(&driver->program.units[u], function->name))
			return "is called in an arm of an #if that is not read";
	for (const struct call_edge *edge = node->callers; edge; edge = edge->next_caller) {
		if (edge->caller->kind == CALL_MACRO)
			return arena_printf(driver->arena, "the text of the macro %s calls",
					    edge->caller->symbol->name);
		if (edge->caller->kind == CALL_POINTER)
			return arena_printf(driver->arena, "is called through the pointer %s",
					    edge->caller->symbol->name);
		if (edge->caller->kind == CALL_OUTSIDE || edge->caller->kind == CALL_TEXT)
			return "is called by code that is not seen";
	}
	return NULL;
}

/* What to do about it differs: a call of the callbacks can be told by a comment. */
static const char for_callbacks[] =
	"bring the page here, and say in a comment above what it is called: "
	"/* migrate-vma: fault_page=NAME */, or NULL where no fault handler gets here";
static const char for_three_steps[] = "bring the page here as a parameter";

static void warn(struct driver *driver, const struct warned_place *place, const char *what)
{
	driver_warn(driver, place->unit, place->token, "fault-page",
		    "%s, and since 6.1 it has to set fault_page to vmf->page then, or the page never "
		    "comes back: %s",
		    what, place->advice);
}

/* Whether a handler that is not seen may get to a function: by its name, or through a table. */
static bool is_open(struct driver *driver, const struct call_node *node)
{
	struct worklist work = worklist_with(driver, node);

	for (size_t i = 0; i < work.count; i++) {
		if (work.list[i]->kind == CALL_FUNCTION && !work.list[i]->function->private)
			return true;
		for (const struct call_edge *edge = work.list[i]->callers; edge;
		     edge = edge->next_caller) {
			if (work.list[i]->kind == CALL_POINTER &&
			    edge->caller->kind == CALL_OUTSIDE)
				return true;
			put(&work, edge->caller);
		}
	}
	return false;
}

/* The functions between a call and the handlers; false when one of them is in the way. */
static bool find_chain(struct driver *driver, const struct warned_place *place,
		       const struct call_node *node)
{
	const struct faults *faults = driver->faults;
	struct worklist work = worklist_with(driver, node);

	for (size_t i = 0; i < work.count; i++) {
		const char *obstacle = obstacle_at(driver, work.list[i]);

		if (obstacle) {
			warn(driver, place,
			     arena_printf(driver->arena,
					  "a fault handler may get here by way of %s(), which %s",
					  work.list[i]->function->name, obstacle));
			return false;
		}
		for (const struct call_edge *edge = work.list[i]->callers; edge;
		     edge = edge->next_caller)
			if (edge->caller->kind == CALL_FUNCTION &&
			    faults->by_device[edge->caller->index] &&
			    !fault_page_of(driver, edge->caller->function))
				put(&work, edge->caller);
	}
	for (size_t i = 0; i < work.count; i++)
		faults->gets_page[work.list[i]->index] = true;
	return true;
}

void understand_fault_page(struct driver *driver, struct site *site)
{
	const struct reference *unseen = driver->faults->unseen;
	const char *said = comment_word(site, "fault_page=");
	const struct warned_place place = { site->unit, site->call.name, for_callbacks };
	const struct call_node *node;

	if (said)
		site->fault_page = strcmp(said, "NULL") ? said : NULL;
	if (said || site->fault_page || !driver->target->fault_page_member)
		return;
	node = call_node(&driver->program, unit_function(site->unit, site->function));
	if (driver->faults->gets_page[node->index] ||
	    (driver->faults->by_device[node->index] && find_chain(driver, &place, node)))
		site->fault_page = "fault_page";
	else if (!driver->faults->by_device[node->index] && unseen && is_open(driver, node))
		warn(driver, &place,
		     arena_printf(driver->arena,
				  "%s(), which is in none of the files given, may get here",
				  symbol_at(unseen->unit, handler_name(unseen))->name));
}

const char *page_for_setup(struct driver *driver, struct function *function, uint32_t token)
{
	const struct warned_place place = { function->unit, token, for_three_steps };
	const struct call_node *node = call_node(&driver->program, function);
	const char *page = fault_page_of(driver, function);

	if (!driver->faults->by_device[node->index] || page)
		return page;
	return driver->faults->gets_page[node->index] || find_chain(driver, &place, node) ?
		       "fault_page" : NULL;
}
