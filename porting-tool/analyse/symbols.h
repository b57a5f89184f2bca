/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every name in the files of a program: where it is declared, and where it is used.
 *
 * The index is built once, in time that grows with the size of the files; asking costs the length
 * of the answer.  A name that several things share (a local variable of many functions, a member of
 * several structs) is one symbol with several declarations.
 */
#ifndef MIGRATE_VMA_SYMBOLS_H
#define MIGRATE_VMA_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program.h"

/**
 * enum declaration_kind - what is declared
 * @DECLARATION_FUNCTION: a function, with its body
 * @DECLARATION_PROTOTYPE: a function, without
 * @DECLARATION_VARIABLE: an object that gets its memory here, at file scope or in a function
 * @DECLARATION_EXTERN: an object that is defined elsewhere
 * @DECLARATION_PARAMETER: a parameter of a function definition
 * @DECLARATION_TYPE: a typedef
 * @DECLARATION_STRUCT: the tag of a struct or union, with its members
 * @DECLARATION_MEMBER: a member of a struct or union
 * @DECLARATION_MACRO: a macro
 */
enum declaration_kind {
	DECLARATION_FUNCTION, DECLARATION_PROTOTYPE, DECLARATION_VARIABLE, DECLARATION_EXTERN,
	DECLARATION_PARAMETER, DECLARATION_TYPE, DECLARATION_STRUCT, DECLARATION_MEMBER,
	DECLARATION_MACRO,
};

/**
 * struct declaration - one place that declares a name
 * @kind: what is declared
 * @symbol: the name
 * @unit: the file
 * @token: the name, an index into the code of the file's syntax; for a macro the directive's index
 *	among all tokens
 * @node: the statement or definition that declares it; NULL for a macro
 * @scope: where the name holds: a block, a loop, a function, or the file
 * @declarator: the parts of the declaration; nothing for functions, structs and macros
 * @function: for a function its definition; for a parameter the function it is one of
 * @index: of a parameter or a member, counted from 0
 * @of: for a member the struct, or NULL for one without a tag
 * @members: for a struct its first member
 * @sibling: for a member the one behind it
 * @next: the next declaration of the name, in the order of the files
 */
struct declaration {
	enum declaration_kind kind;
	struct symbol *symbol;
	struct unit *unit;
	uint32_t token;
	struct node *node;
	const struct node *scope;
	struct declarator declarator;
	struct function *function;
	size_t index;
	const struct declaration *of;
	struct declaration *members;
	struct declaration *sibling;
	struct declaration *next;
};

/**
 * enum reference_kind - how a name is used
 * @REFERENCE_CALL: called, or a macro that is given arguments
 * @REFERENCE_ADDRESS: behind "&"
 * @REFERENCE_VALUE: any other part of an expression: an argument, an initialiser, a variable
 * @REFERENCE_MEMBER: behind "." or "->"
 * @REFERENCE_TAG: behind "struct", "union" or "enum"
 * @REFERENCE_TYPE: part of a declaration: its type, or what stands in a prototype's parentheses
 * @REFERENCE_MACRO: in the text of a macro
 * @REFERENCE_DIRECTIVE: in another line that begins with "#"
 * @REFERENCE_UNREAD: in an arm of an #if that is not read
 */
enum reference_kind {
	REFERENCE_CALL, REFERENCE_ADDRESS, REFERENCE_VALUE, REFERENCE_MEMBER, REFERENCE_TAG,
	REFERENCE_TYPE, REFERENCE_MACRO, REFERENCE_DIRECTIVE, REFERENCE_UNREAD,
};

/**
 * struct reference - one place that uses a name
 * @kind: how
 * @unit: the file
 * @token: index into the code of the file's syntax; for the last three kinds among all its tokens,
 *	of the directive where it is in one
 * @offset: the name's first byte
 * @macro: for REFERENCE_MACRO the macro
 * @next: the next use of the name, in the order of the files
 */
struct reference {
	enum reference_kind kind;
	struct unit *unit;
	uint32_t token;
	uint32_t offset;
	const struct declaration *macro;
	struct reference *next;
};

/**
 * struct symbol - a name
 * @name: its text
 * @length: bytes in @name
 * @declarations: where it is declared, or NULL
 * @references: where it is used, or NULL
 * @call_nodes: the pointers and macros of this name in the call graph: see callers.h
 * @meaning: the innermost declaration while the index is built
 */
struct symbol {
	const char *name;
	size_t length;
	struct declaration *declarations, *last_declaration;
	struct reference *references, *last_reference;
	struct call_node *call_nodes;
	const struct declaration *meaning;
};

/** symbols_build() - index the files of a program; program_read() does it. */
void symbols_build(struct program *program);

/** symbol_find() - a name that stands somewhere in the files, or NULL. */
struct symbol *symbol_find(const struct program *program, const char *name);

/** name_references() - where a name is used, or NULL. */
const struct reference *name_references(const struct program *program, const char *name);

/**
 * symbol_next() - all names, one after the other, in no order that means anything
 * @program: the files
 * @at: 0 at first; moves on
 *
 * Return: a name, or NULL behind the last.
 */
const struct symbol *symbol_next(const struct program *program, size_t *at);

/** symbol_at() - the name at a token, or NULL for what is no name. */
static inline struct symbol *symbol_at(const struct unit *unit, uint32_t token)
{
	return token < unit->syntax.code.count ? unit->names[token] : NULL;
}

/**
 * declaration_at() - what the name at a token means
 * @unit: the file
 * @token: a use, or the name in a declaration
 *
 * A member, a tag and a macro are other things than a variable of their name.
 *
 * Return: the variable, parameter, function or type, as this file declares it; or NULL.
 */
static inline const struct declaration *declaration_at(const struct unit *unit, uint32_t token)
{
	return token < unit->syntax.code.count ? unit->meanings[token] : NULL;
}

/** symbol_declared() - the first declaration of a kind, in any file; NULL also for no symbol. */
const struct declaration *symbol_declared(const struct symbol *symbol, enum declaration_kind kind);

/** symbol_is_own_call() - whether the driver brings a function or macro of this name itself. */
bool symbol_is_own_call(const struct symbol *symbol);

/** reference_function() - the function that a use is in, or NULL at file scope. */
struct function *reference_function(const struct reference *reference);

#endif
