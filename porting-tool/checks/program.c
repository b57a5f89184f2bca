// SPDX-License-Identifier: GPL-2.0-only
#include "program.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "changes/config_option/build_files.h"
#include "analyse/arms.h"
#include "driver_headers.h"

static bool is_private(const struct unit *unit, const struct node *node)
{
	for (uint32_t i = node->first; i < node->name; i++)
		if (code_is(&unit->syntax, i, "static"))
			return true;
	return false;
}

static void add_functions(struct program *program, const struct unit *unit)
{
	for (const struct node *node = unit->syntax.file->child; node; node = node->next) {
		struct function *function;

		if (node->kind != NODE_FUNCTION)
			continue;
		program->functions = grow(program->functions, program->function_count,
					  &program->function_capacity, sizeof(*function));
		function = &program->functions[program->function_count++];
		*function = (struct function){ .unit = unit, .node = node };
		function->name = code_text(&unit->syntax, node->name, node->name);
		function->private = is_private(unit, node);
		function->parameter_count =
			parameters_parse(&unit->syntax, node, &function->parameters);
		flow_build(&unit->syntax, node, &function->flow);
	}
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

static int compare_names(const void *left, const void *right)
{
	const struct function *const *a = left, *const *b = right;
	int order = strcmp((*a)->name, (*b)->name);

	/* In the order of the files where names are equal. */
	return order ? order : (*a > *b) - (*a < *b);
}

static void sort_functions(struct program *program)
{
	program->by_name = arena_alloc(&program->arena, (program->function_count + 1) *
				       sizeof(*program->by_name));
	for (size_t i = 0; i < program->function_count; i++)
		program->by_name[i] = &program->functions[i];
	qsort(program->by_name, program->function_count, sizeof(*program->by_name), compare_names);
}

/* Index of the first function with a name, or where it would be. */
static size_t find_name(const struct program *program, const char *name)
{
	size_t low = 0, high = program->function_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(program->by_name[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct function *program_function(const struct program *program, const struct unit *unit,
				  const char *name)
{
	struct function *near = NULL, *far = NULL;
	size_t far_count = 0;

	if (!name)
		return NULL;
	for (size_t i = find_name(program, name); i < program->function_count; i++) {
		struct function *function = program->by_name[i];

		if (strcmp(function->name, name))
			break;
		if (function->unit == unit)
			return function;
		if (function->private)
			continue;
		if (program_same_folder(function->unit, unit)) {
			near = function;
		} else {
			far = function;
			far_count++;
		}
	}
	/* In a tree of many drivers a name may be taken twice. */
	return near ? near : far_count == 1 ? far : NULL;
}

/* Marks a function and all that it names: a callback counts as called. */
static void mark_fault_path(struct program *program, struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	if (function->fault_path)
		return;
	function->fault_path = true;
	for (uint32_t i = function->node->first; i <= function->node->last; i++) {
		struct function *called;

		if (!code_identifier(syntax, i))
			continue;
		called = program_function(program, function->unit, code_text(syntax, i, i));
		if (called)
			mark_fault_path(program, called);
	}
}

static bool reaches(const struct program *program, const struct function *function,
		    const char *const *names, bool *visited)
{
	const struct syntax *syntax = &function->unit->syntax;

	if (visited[function - program->functions])
		return false;
	visited[function - program->functions] = true;
	for (uint32_t i = function->node->head_close; i <= function->node->last; i++) {
		const struct function *called;

		if (!code_identifier(syntax, i))
			continue;
		for (const char *const *name = names; *name; name++)
			if (code_is(syntax, i, *name))
				return true;
		called = program_function(program, function->unit, code_text(syntax, i, i));
		if (called && reaches(program, called, names, visited))
			return true;
	}
	return false;
}

bool program_reaches(struct program *program, const struct function *function,
		     const char *const *names)
{
	bool *visited = arena_alloc(&program->arena, program->function_count);

	return reaches(program, function, names, visited);
}

/* A function whose type and use of vmf->page make it a migrate_to_ram() wherever it is named. */
static bool looks_like_handler(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	const char *name;

	if (function->parameter_count != 1 || !function->parameters[0].name ||
	    !text_mentions(code_text(syntax, function->parameters[0].whole.first,
				     function->parameters[0].whole.last), "*") ||
	    !code_is(syntax, function->parameters[0].specifiers.last, "vm_fault"))
		return false;
	name = code_text(syntax, function->parameters[0].name, function->parameters[0].name);
	for (uint32_t i = function->node->first; i + 2 <= function->node->last; i++)
		if (code_is(syntax, i, name) && code_is(syntax, i + 1, "->") &&
		    code_is(syntax, i + 2, "page"))
			return true;
	return false;
}

/* Functions that are a .migrate_to_ram, or look like one. */
static void find_fault_paths(struct program *program, const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < program->function_count; i++)
		if (program->functions[i].unit == unit &&
		    looks_like_handler(&program->functions[i]))
			mark_fault_path(program, &program->functions[i]);
	for (uint32_t i = 0; i + 2 < syntax->code.count; i++) {
		struct function *handler;

		if (!code_is(syntax, i, "migrate_to_ram") || !code_is(syntax, i + 1, "="))
			continue;
		i += 2;
		if (code_is(syntax, i, "&"))
			i++;
		handler = program_function(program, unit, code_text(syntax, i, i));
		if (handler)
			mark_fault_path(program, handler);
	}
}

static void look_at_names(struct unit *unit)
{
	for (uint32_t i = 0; i < unit->syntax.code.count; i++)
		if (code_is(&unit->syntax, i, "MMU_NOTIFY_MIGRATE") ||
		    code_is(&unit->syntax, i, "migrate_pgmap_owner"))
			unit->watches_migration = true;
}

/* A file that is not C, with nothing in it that could be taken for C. */
static struct source without_text(const struct source *source, struct arena *arena)
{
	struct source empty = *source;
	char *text = arena_alloc(arena, source->size + 1);

	for (size_t i = 0; i < source->size; i++)
		text[i] = source->text[i] == '\n' ? '\n' : ' ';
	empty.text = text;
	return empty;
}

void program_open(struct program *program, const struct source *sources, size_t count,
		  const struct release *target, const struct clang_setup *setup)
{
	*program = (struct program){ .target = target, .setup = setup, .unit_count = count };
	program->units = xmalloc(count * sizeof(*program->units));
	memset(program->units, 0, count * sizeof(*program->units));
	for (size_t i = 0; i < count; i++) {
		struct unit *unit = &program->units[i];

		unit->source = &sources[i];
		unit->view = is_build_file(sources[i].path) ?
				     without_text(&sources[i], &program->arena) :
				     arms_select(&sources[i], target, setup, &program->arena);
		syntax_parse(&unit->syntax, &unit->view, &program->arena);
		add_functions(program, unit);
		look_at_names(unit);
	}
	sort_functions(program);
	for (size_t i = 0; i < count; i++)
		find_fault_paths(program, &program->units[i]);
}

void program_close(struct program *program)
{
	headers_release(program);
	for (size_t i = 0; i < program->function_count; i++)
		flow_release(&program->functions[i].flow);
	for (size_t i = 0; i < program->unit_count; i++)
		syntax_release(&program->units[i].syntax);
	free(program->units);
	free(program->functions);
	free(program->findings);
	arena_release(&program->arena);
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
