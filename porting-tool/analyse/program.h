/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of a driver that are read together, and the functions in them.
 *
 * Port and check both begin here.  What is asked of a program knows C and nothing of migration.
 */
#ifndef MIGRATE_VMA_PROGRAM_H
#define MIGRATE_VMA_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "control_flow.h"
#include "memory.h"
#include "source/conditional.h"
#include "source/source.h"
#include "syntax/syntax.h"

struct body;
struct edits;
struct preprocess;
struct port_file;
struct call_graph;
struct declaration;
struct headers;
struct style;
struct symbol;
struct symbols;

/**
 * struct unit - one file
 * @source: the file as the user gave it
 * @view: what of it is read: all of it, or what a release's kernel reads
 * @syntax: the structure of @view
 * @functions: its functions in the order of the text
 * @function_count: how many
 * @names: for each token of its code the name it is, or NULL: see symbols.h
 * @meanings: for each token of its code what the name means, or NULL: see symbols.h
 * @style: how it is written; for the port
 * @file: where the result goes; for the port
 * @edits: what is to change in it; only what rewrites can look inside: see edit.h
 * @walk: the last walk over #include lines that came here: see includes.h
 */
struct unit {
	const struct source *source;
	struct source view;
	struct syntax syntax;
	struct function *functions;
	size_t function_count;
	struct symbol **names;
	const struct declaration **meanings;
	struct style *style;
	struct port_file *file;
	struct edits *edits;
	size_t walk;
};

/**
 * struct function - one function definition
 * @unit: the file it is in
 * @node: where
 * @name: its name
 * @parameters: its parameters
 * @parameter_count: how many
 * @private: it is static: only its own file can name it
 * @flow: its control flow, once function_flow() was asked for it
 * @body: what is known of its variables, once body_of() was asked for it: see values.h
 */
struct function {
	struct unit *unit;
	struct node *node;
	const char *name;
	struct declarator *parameters;
	size_t parameter_count;
	bool private;
	struct flow flow;
	struct body *body;
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

/**
 * struct program - files that are read together
 * @arena: where everything about them lives
 * @units: the files
 * @unit_count: how many
 * @functions: the functions of all files, in the order of the files
 * @function_count: how many
 * @calls: who may call whom, once somebody asked: see callers.h
 * @symbols: all names in them: see symbols.h
 * @preprocess: what decides which arms of #if are read
 * @headers: the headers they include that were read as well: see includes.h
 */
struct program {
	struct arena *arena;
	struct unit *units;
	size_t unit_count;
	struct function *functions;
	size_t function_count;
	struct call_graph *calls;
	struct symbols *symbols;
	struct preprocess *preprocess;
	struct headers *headers;
};

/**
 * program_open() - make room for files
 * @program: filled in; to be given to program_close()
 * @arena: where everything about it is to live
 * @count: how many files
 *
 * The caller sets source and view of each unit, calls program_lex(), chooses the arms of #if to
 * read, and calls program_build() then.
 */
void program_open(struct program *program, struct arena *arena, size_t count);

/** program_lex() - cut the files into tokens. */
void program_lex(struct program *program);

/** program_build() - find the structure of the files and their functions, and index their names. */
void program_build(struct program *program);

/** program_close() - give back what is not in the arena. */
void program_close(struct program *program);

/**
 * program_function() - the function that a name means in a file
 * @program: the files
 * @unit: the file that uses the name; NULL for none of them
 * @name: the name, or NULL
 *
 * A function of the file itself comes first, then one of its folder, then the only one there is.
 *
 * Return: the definition, or NULL when these files have none.
 */
struct function *program_function(const struct program *program, const struct unit *unit,
				  const char *name);

/** unit_function() - the function of a file that a NODE_FUNCTION is the definition of, or NULL. */
struct function *unit_function(const struct unit *unit, const struct node *node);

/** function_flow() - the control flow of a function. */
const struct flow *function_flow(struct function *function);

/** program_same_folder() - whether two files are in one folder, as those of a driver are. */
bool program_same_folder(const struct unit *a, const struct unit *b);

/** place_line() - the line of a place, counted from 1. */
unsigned int place_line(struct place place);

/** place_text() - the spelling of a place's token. */
const char *place_text(struct place place);

/** declared_static() - whether "static" stands among some tokens. */
bool declared_static(const struct syntax *syntax, uint32_t first, uint32_t last);

#endif
