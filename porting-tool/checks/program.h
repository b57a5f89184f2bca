/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that are checked together, and what was found in them.
 */
#ifndef MIGRATE_VMA_PROGRAM_H
#define MIGRATE_VMA_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "memory.h"
#include "syntax/syntax.h"
#include "port.h"
#include "kernel/release.h"
#include "source/source.h"
#include "analyse/control_flow.h"
#include "rules.h"

/**
 * struct unit - one file
 * @source: the file as the user gave it
 * @view: the file as the target's kernel reads it
 * @syntax: its structure
 * @watches_migration: it looks at the event MMU_NOTIFY_MIGRATE
 */
struct unit {
	const struct source *source;
	struct source view;
	struct syntax syntax;
	bool watches_migration;
};

/**
 * struct function - one function definition
 * @unit: the file it is in
 * @node: where
 * @name: its name
 * @parameters: its parameters
 * @parameter_count: how many
 * @flow: its control flow
 * @private: it is static: only its own file can call it
 * @fault_path: it is, or may be called from, a migrate_to_ram() of the driver
 * @followed: a caller was followed into it
 */
struct function {
	const struct unit *unit;
	const struct node *node;
	const char *name;
	struct declarator *parameters;
	size_t parameter_count;
	struct flow flow;
	bool private;
	bool fault_path;
	bool followed;
};

/**
 * struct place - a token of a file
 * @unit: the file
 * @token: index into the code of its syntax
 */
struct place {
	const struct unit *unit;
	uint32_t token;
};

struct header;
struct finding;

/**
 * struct program - all files of one check
 * @arena: where everything lives
 * @target: the release they are checked for
 * @setup: as for check_files()
 * @headers: headers that were read later: see headers.h
 * @header_count: how many
 * @units: the files
 * @unit_count: how many
 * @functions: the functions of all files
 * @function_count: how many
 * @function_capacity: room in @functions
 * @by_name: the functions, sorted by their names
 * @findings: what was found
 * @finding_count: how many
 * @finding_capacity: room in @findings
 */
struct program {
	struct arena arena;
	const struct release *target;
	const struct clang_setup *setup;
	struct header *headers;
	size_t header_count;
	struct unit *units;
	size_t unit_count;
	struct function *functions;
	size_t function_count;
	size_t function_capacity;
	struct function **by_name;
	struct finding *findings;
	size_t finding_count;
	size_t finding_capacity;
};

/**
 * program_open() - parse files and connect their functions
 * @program: filled in; to be given to program_close()
 * @sources: the files; must stay
 * @count: how many
 * @target: the release they are checked for
 * @setup: as for check_files()
 */
void program_open(struct program *program, const struct source *sources, size_t count,
		  const struct release *target, const struct clang_setup *setup);

/** program_close() - give everything back. */
void program_close(struct program *program);

/**
 * program_function() - the function that a name means in a file
 * @program: the files
 * @unit: the file that uses the name
 * @name: the name
 *
 * A function of the file itself comes first, then one of its folder, then the only one there is.
 *
 * Return: the definition, or NULL when these files have none.
 */
struct function *program_function(const struct program *program, const struct unit *unit,
				  const char *name);

/** program_reaches() - whether a function, or one it names, names one of @names; NULL ends them. */
bool program_reaches(struct program *program, const struct function *function,
		     const char *const *names);

/** program_same_folder() - whether two files are in one folder, as those of a driver are. */
bool program_same_folder(const struct unit *a, const struct unit *b);

/** place_line() - the line of a place, counted from 1. */
unsigned int place_line(struct place place);

/** place_text() - the spelling of a place's token. */
const char *place_text(struct place place);

#endif
