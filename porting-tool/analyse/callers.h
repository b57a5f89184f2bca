/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who may call whom: the call graph of a program.
 *
 * Beside functions it has nodes for what lies between a call and the function that runs: a pointer
 * (a variable, a parameter, or a member of whatever struct) that may hold a function's address, and
 * a macro whose text names one.  An edge from A to B says that control may come to B by way of A.
 * What cannot be followed is an edge from the one node that stands for all code out of sight.
 */
#ifndef MIGRATE_VMA_CALLERS_H
#define MIGRATE_VMA_CALLERS_H

#include "symbols.h"

/**
 * enum call_node_kind - what a node of the call graph is
 * @CALL_FUNCTION: a function
 * @CALL_POINTER: a variable, a parameter or a member that functions are called through
 * @CALL_MACRO: a macro whose text names functions, or macros that do
 * @CALL_TEXT: the use of such a macro outside of all functions: what it writes is not seen
 * @CALL_UNREAD: an arm of an #if that is not read
 * @CALL_OUTSIDE: code out of sight
 */
enum call_node_kind {
	CALL_FUNCTION, CALL_POINTER, CALL_MACRO, CALL_TEXT, CALL_UNREAD, CALL_OUTSIDE,
};

/**
 * struct call_edge - control may come from one node to another
 * @caller: where from
 * @callee: where to
 * @at: the name that shows it: of the call, or where an address is stored or lost
 * @next_caller: the next edge to the same @callee
 * @next_callee: the next edge from the same @caller
 */
struct call_edge {
	struct call_node *caller;
	struct call_node *callee;
	const struct reference *at;
	struct call_edge *next_caller;
	struct call_edge *next_callee;
};

/**
 * struct call_node - a node of the call graph
 * @kind: what it is
 * @index: its place among all nodes, for arrays of the caller
 * @function: for CALL_FUNCTION
 * @symbol: the name of a function, pointer or macro
 * @declaration: for CALL_POINTER the variable or parameter, or NULL for a member
 * @text: for CALL_TEXT the macro's use
 * @of_symbol: another pointer or macro of the same name
 * @callers: edges from others to it
 * @callees: edges from it to others
 */
struct call_node {
	enum call_node_kind kind;
	size_t index;
	const struct function *function;
	struct symbol *symbol;
	const struct declaration *declaration;
	const struct reference *text;
	struct call_node *of_symbol;
	struct call_edge *callers;
	struct call_edge *callees;
};

/**
 * struct call_graph - the call graph of a program
 * @nodes: the nodes; those of the functions come first, in the order of the program
 * @count: how many
 * @capacity: room in @nodes
 */
struct call_graph {
	struct call_node **nodes;
	size_t count;
	size_t capacity;
};

/** call_graph() - the call graph of a program, which is built when it is first asked for. */
const struct call_graph *call_graph(struct program *program);

/** call_graph_release() - give back what is not in the arena; program_close() does it. */
void call_graph_release(struct call_graph *graph);

/** call_node() - the node of a function. */
struct call_node *call_node(struct program *program, const struct function *function);

/** call_member() - the node of the members called @name, or NULL when no address gets there. */
struct call_node *call_member(struct program *program, const char *name);

/**
 * call_reach() - mark what control may come to
 * @program: the files
 * @from: the node to begin at
 * @reached: for each node of the graph whether it is reached; those that are marked already are
 *	not passed again
 *
 * Code out of sight is not passed: it may lead anywhere.
 */
void call_reach(struct program *program, const struct call_node *from, bool *reached);

/**
 * enum address_kind - where the address of a function goes
 * @ADDRESS_UNUSED: nowhere: it is compared, or tested
 * @ADDRESS_MEMBER: to a member
 * @ADDRESS_VARIABLE: to a variable, a parameter, or an element of an array
 * @ADDRESS_MACRO: into a macro's arguments
 * @ADDRESS_LOST: out of sight
 */
enum address_kind {
	ADDRESS_UNUSED, ADDRESS_MEMBER, ADDRESS_VARIABLE, ADDRESS_MACRO, ADDRESS_LOST,
};

/**
 * struct address - where an address goes
 * @kind: what sort of place
 * @symbol: the member, or the macro
 * @declaration: the variable or parameter
 * @index: for ADDRESS_MACRO which argument
 */
struct address {
	enum address_kind kind;
	struct symbol *symbol;
	const struct declaration *declaration;
	size_t index;
};

/**
 * address_at() - where the value of a name goes
 * @program: the files
 * @unit: the file
 * @token: the name: a function, or a pointer to one
 *
 * Return: the one place it is stored in, or how it is used else.
 */
struct address address_at(const struct program *program, const struct unit *unit, uint32_t token);

#endif
