// SPDX-License-Identifier: GPL-2.0-only
#include "program.h"

#include <string.h>

#include "callers.h"
#include "includes.h"

bool declared_static(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (code_is(syntax, i, "static"))
			return true;
	return false;
}

static size_t count_functions(const struct unit *unit)
{
	size_t count = 0;

	for (const struct node *node = unit->syntax.file->child; node; node = node->next)
		count += node->kind == NODE_FUNCTION;
	return count;
}

static void find_functions(struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;

	for (struct node *node = syntax->file->child; node; node = node->next) {
		struct function *function = &unit->functions[unit->function_count];

		if (node->kind != NODE_FUNCTION)
			continue;
		unit->function_count++;
		function->unit = unit;
		function->node = node;
		function->name = code_text(syntax, node->name, node->name);
		function->private = declared_static(syntax, node->first, node->name);
		function->parameter_count = parameters_parse(syntax, node, &function->parameters);
	}
}

void program_open(struct program *program, struct arena *arena, size_t count)
{
	*program = (struct program){ .arena = arena, .unit_count = count };
	program->units = arena_alloc(arena, (count + 1) * sizeof(*program->units));
	program->headers = headers_none(arena);
}

void program_close(struct program *program)
{
	call_graph_release(program->calls);
	headers_release(program->headers);
	for (size_t i = 0; i < program->function_count; i++)
		flow_release(&program->functions[i].flow);
	for (size_t i = 0; i < program->unit_count; i++)
		syntax_release(&program->units[i].syntax);
}

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

bool program_same_folder(const struct unit *a, const struct unit *b)
{
	size_t length = folder_length(a->source->path);

	return length == folder_length(b->source->path) &&
	       !memcmp(a->source->path, b->source->path, length);
}

void program_lex(struct program *program)
{
	for (size_t i = 0; i < program->unit_count; i++) {
		struct unit *unit = &program->units[i];

		syntax_lex(&unit->syntax, &unit->view, program->arena);
	}
}

void program_build(struct program *program)
{
	struct function *functions;

	for (size_t i = 0; i < program->unit_count; i++) {
		struct unit *unit = &program->units[i];

		syntax_build(&unit->syntax);
		program->function_count += count_functions(unit);
	}
	functions = arena_alloc(program->arena,
				(program->function_count + 1) * sizeof(*functions));
	program->functions = functions;
	for (size_t i = 0; i < program->unit_count; i++) {
		program->units[i].functions = functions;
		find_functions(&program->units[i]);
		functions += program->units[i].function_count;
	}
	symbols_build(program);
}

struct function *program_function(const struct program *program, const struct unit *unit,
				  const char *name)
{
	const struct symbol *symbol = name ? symbol_find(program, name) : NULL;
	struct function *near = NULL, *far = NULL;
	size_t far_count = 0;

	for (const struct declaration *declaration = symbol_declared(symbol, DECLARATION_FUNCTION);
	     declaration; declaration = declaration->next) {
		struct function *function = declaration->function;

		if (declaration->kind != DECLARATION_FUNCTION)
			continue;
		if (function->unit == unit)
			return function;
		if (function->private && (!unit || !unit_includes(unit, function->unit)))
			continue;
		if (unit && program_same_folder(function->unit, unit)) {
			near = near ? near : function;
		} else {
			far = function;
			far_count++;
		}
	}
	/* In a tree of many drivers a name may be taken twice. */
	return near ? near : far_count == 1 ? far : NULL;
}

struct function *unit_function(const struct unit *unit, const struct node *node)
{
	size_t low = 0, high = unit->function_count;

	while (node && low < high) {
		size_t middle = (low + high) / 2;

		if (unit->functions[middle].node->first < node->first)
			low = middle + 1;
		else
			high = middle;
	}
	return node && low < unit->function_count && unit->functions[low].node == node ?
		       &unit->functions[low] : NULL;
}

const struct flow *function_flow(struct function *function)
{
	if (!function->flow.count)
		flow_build(&function->unit->syntax, function->node, &function->flow);
	return &function->flow;
}

unsigned int place_line(struct place place)
{
	return (unsigned int)source_line(place.unit->source,
					 code_start(&place.unit->syntax, place.token)) + 1;
}

const char *place_text(struct place place)
{
	return code_text(&place.unit->syntax, place.token, place.token);
}
