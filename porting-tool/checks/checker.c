// SPDX-License-Identifier: GPL-2.0-only
#include "checker.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/fault_path.h"
#include "changes/config_option/build_files.h"
#include "changes/migrate_vma/two_apis.h"

static bool reaches(const struct checker *checker, const struct function *function,
		    const char *const *names, bool *visited)
{
	const struct syntax *syntax = &function->unit->syntax;

	if (visited[function_index(checker, function)])
		return false;
	visited[function_index(checker, function)] = true;
	for (uint32_t i = function->node->head_close; i <= function->node->last; i++) {
		const struct function *called;

		if (!code_identifier(syntax, i))
			continue;
		for (const char *const *name = names; *name; name++)
			if (code_is(syntax, i, *name))
				return true;
		called = program_function(&checker->program, function->unit, code_text(syntax, i, i));
		if (called && reaches(checker, called, names, visited))
			return true;
	}
	return false;
}

bool checker_reaches(struct checker *checker, const struct function *function,
		     const char *const *names)
{
	bool *visited = arena_alloc(&checker->arena, checker->program.function_count);

	return reaches(checker, function, names, visited);
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

/* By what is stored in a migrate_to_ram, and by the look of functions that are stored elsewhere. */
static void find_fault_paths(struct checker *checker)
{
	struct program *program = &checker->program;

	checker->fault_path = arena_alloc(&checker->arena, call_graph(program)->count + 1);
	fault_path_reach(program, checker->fault_path);
	for (size_t i = 0; i < program->function_count; i++)
		if (looks_like_handler(&program->functions[i]))
			call_reach(program, call_node(program, &program->functions[i]),
				   checker->fault_path);
}

static bool watches_migration(const struct unit *unit)
{
	for (uint32_t i = 0; i < unit->syntax.code.count; i++)
		if (code_is(&unit->syntax, i, "MMU_NOTIFY_MIGRATE") ||
		    code_is(&unit->syntax, i, "migrate_pgmap_owner"))
			return true;
	return false;
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

void checker_open(struct checker *checker, const struct source *sources, size_t count,
		  const struct release *target, const struct clang_setup *setup)
{
	struct program *program = &checker->program;

	*checker = (struct checker){ .target = target, .setup = setup };
	program_open(program, &checker->arena, count);
	for (size_t i = 0; i < count; i++) {
		program->units[i].source = &sources[i];
		program->units[i].view = is_build_file(sources[i].path) ?
				     without_text(&sources[i], &checker->arena) : sources[i];
	}
	two_apis_read(program, target, setup, true);
	checker->followed = arena_alloc(&checker->arena, program->function_count + 1);
	checker->watches_migration = arena_alloc(&checker->arena, count + 1);
	for (size_t i = 0; i < program->function_count; i++)
		function_flow(&program->functions[i]);
	for (size_t i = 0; i < count; i++)
		checker->watches_migration[i] = watches_migration(&program->units[i]);
	find_fault_paths(checker);
}

void checker_close(struct checker *checker)
{
	program_close(&checker->program);
	free(checker->findings);
	arena_release(&checker->arena);
}
