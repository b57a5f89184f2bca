// SPDX-License-Identifier: GPL-2.0-only
#include "device_pages.h"

#include <string.h>

#include "fault_path.h"
#include "syntax/expression.h"
#include "values.h"

/* A page is handed from function to function at most so often. */
#define HANDED_ON_MAX 4

static bool names_device(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at, "MIGRATE_VMA_SELECT_DEVICE_PRIVATE") ||
	       code_is(syntax, at, "MIGRATE_VMA_SELECT_DEVICE_COHERENT");
}

/* What a function that sets up a migration selects, as far as it says so itself. */
static void selected(const struct function *function, bool *system, bool *device)
{
	const struct syntax *syntax = &function->unit->syntax;
	bool sets_up = false;

	*system = *device = false;
	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		*system |= code_is(syntax, i, "MIGRATE_VMA_SELECT_SYSTEM");
		*device |= names_device(syntax, i);
		sets_up |= code_is(syntax, i, "migrate_vma_setup");
	}
	*system &= sets_up;
}

void to_device_reach(struct program *program, bool *reached)
{
	bool system, device;

	for (size_t i = 0; i < program->function_count; i++) {
		selected(&program->functions[i], &system, &device);
		if (system && !device)
			call_reach(program, call_node(program, &program->functions[i]), reached);
	}
}

void only_to_device(struct program *program, bool *reached)
{
	size_t count = call_graph(program)->count;
	bool *others = arena_alloc(program->arena, count + 1);
	bool system, device;

	fault_path_reach(program, others);
	for (size_t i = 0; i < program->function_count; i++) {
		selected(&program->functions[i], &system, &device);
		if (device)
			call_reach(program, call_node(program, &program->functions[i]), others);
	}
	for (size_t i = 0; i < count; i++)
		reached[i] &= !others[i];
}

/* "page->zone_device_data = owner": what a driver does with a page that it hands out. */
static bool is_written(const struct syntax *syntax, uint32_t at)
{
	if (code_is(syntax, at + 1, "->"))
		return code_is(syntax, at + 2, "zone_device_data") && code_is(syntax, at + 3, "=");
	return code_is(syntax, at - 1, "(") &&
	       code_is(syntax, at - 2, "hmm_devmem_page_set_drvdata");
}

/* "list = page->zone_device_data", where "page = list" came before: the first of a list is taken. */
static bool is_popped(const struct syntax *syntax, uint32_t at, const char *list)
{
	const struct node *node = node_at(syntax, at);
	const struct expression *tree;

	if (node->kind != NODE_EXPRESSION || node->first == at ||
	    (!code_is(syntax, at + 2, "zone_device_data") &&
	     !code_is(syntax, at - 2, "hmm_devmem_page_get_drvdata")))
		return false;
	tree = expression_parse(syntax, (struct span){ node->first, node->last - 1 });
	return list && expression_is(tree, EXPRESSION_ASSIGN, "=") && !strcmp(tree->left->text, list);
}

/* What a page is set to at a token, when that is all of a statement, or NULL. */
static const char *assigned(const struct syntax *syntax, uint32_t at)
{
	const struct node *node = node_at(syntax, at);
	const struct expression *value;

	if (!code_is(syntax, at + 1, "=") || node->last < at + 3)
		return NULL;
	value = expression_parse(syntax, (struct span){ at + 2, node->last - 1 });
	return value ? value->text : NULL;
}

/* "page_to_pfn(page)", or a macro of the driver that does this. */
static bool gives_number(struct program *program, const struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const char *text;

	if (!code_is(syntax, at - 1, "(") || !code_is(syntax, at + 1, ")") ||
	    !code_identifier(syntax, at - 2))
		return false;
	if (code_is(syntax, at - 2, "page_to_pfn"))
		return true;
	text = macro_text(body_of(program, unit, node_function(node_at(syntax, at))),
			  code_text(syntax, at - 2, at - 2));
	return text && strstr(text, "page_to_pfn");
}

static bool is_handed_to_dst(struct program *program, const bool *to_device,
			     const struct unit *unit, uint32_t page, int handed_on);

/* What callers of a function do with the page that it returns. */
static bool result_becomes_destination(struct program *program, const bool *to_device,
				       const struct function *function, int handed_on)
{
	const struct call_edge *edge = call_node(program, function)->callers;

	for (; edge && handed_on < HANDED_ON_MAX; edge = edge->next_caller) {
		const struct unit *unit = edge->at->unit;
		uint32_t at = edge->at->token;

		if (edge->caller->kind != CALL_FUNCTION)
			continue;
		if (code_is(&unit->syntax, at - 1, "return") &&
		    result_becomes_destination(program, to_device, edge->caller->function,
					       handed_on + 1))
			return true;
		if (code_is(&unit->syntax, at - 1, "=") && code_identifier(&unit->syntax, at - 2) &&
		    is_handed_to_dst(program, to_device, unit, at - 2, handed_on + 1))
			return true;
	}
	return false;
}

static bool is_handed_to_dst(struct program *program, const bool *to_device,
			     const struct unit *unit, uint32_t page, int handed_on)
{
	const struct declaration *declaration = declaration_at(unit, page);
	const struct node *node = node_function(node_at(&unit->syntax, page));
	const struct function *function = node ? unit_function(unit, node) : NULL;
	bool returned = false;

	if (!declaration || declaration->kind != DECLARATION_VARIABLE || !function)
		return false;
	for (uint32_t i = node->first; i <= node->last; i++) {
		if (declaration_at(unit, i) != declaration)
			continue;
		if (to_device[call_node(program, function)->index] && gives_number(program, unit, i))
			return true;
		returned |= code_is(&unit->syntax, i - 1, "return");
	}
	return returned && result_becomes_destination(program, to_device, function, handed_on);
}

bool becomes_destination(struct program *program, const bool *to_device, const struct unit *unit,
			 uint32_t page)
{
	return is_handed_to_dst(program, to_device, unit, page, 0);
}

bool is_fresh_page(struct program *program, const bool *to_device, const struct unit *unit,
		   uint32_t page)
{
	const struct declaration *declaration = declaration_at(unit, page);
	const struct node *function = node_function(node_at(&unit->syntax, page));
	const char *list = NULL;

	if (!declaration || declaration->kind != DECLARATION_VARIABLE || !function)
		return false;
	for (uint32_t i = function->first; i <= function->last; i++) {
		if (declaration_at(unit, i) != declaration)
			continue;
		if (assigned(&unit->syntax, i))
			list = assigned(&unit->syntax, i);
		/* Such a page has its reference already: another is meant. */
		if (list && (strstr(list, "alloc_page") || strstr(list, "migrate_pfn_to_page")))
			return false;
		if (is_written(&unit->syntax, i) || is_popped(&unit->syntax, i, list))
			return true;
	}
	return becomes_destination(program, to_device, unit, page);
}
