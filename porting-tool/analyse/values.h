/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values in a function: what may write them, and whether they are the same at two places.
 *
 * Everything is answered on expression trees and the control-flow graph.  What cannot be seen
 * (an unknown macro, an arm of #if that is not read, a pointer to a variable) counts as a write.
 */
#ifndef MIGRATE_VMA_VALUES_H
#define MIGRATE_VMA_VALUES_H

#include "program.h"

/**
 * enum value_type - what is known of a variable's type
 * @TYPE_OTHER: nothing
 * @TYPE_WORD: unsigned and as wide as an address
 * @TYPE_NARROW: unsigned and narrower
 * @TYPE_SIGNED: an int or a long
 * @TYPE_POINTER: a pointer
 */
enum value_type { TYPE_OTHER, TYPE_WORD, TYPE_NARROW, TYPE_SIGNED, TYPE_POINTER };

/**
 * struct variable - a parameter or a local variable of a function
 * @name: its name
 * @declarator: its declaration
 * @type: its type
 * @index: which parameter it is, or SIZE_MAX
 * @last: the last token that declares the name
 * @known: only the function's own assignments to it by name can write it; false for one that is
 *	static, whose address is taken, whose name is declared twice or stands in text that is not
 *	read
 */
struct variable {
	const char *name;
	const struct declarator *declarator;
	enum value_type type;
	size_t index;
	uint32_t last;
	bool known;
};

/**
 * struct walk - room for a walk over the steps of a flow
 * @list: steps still to be visited
 * @seen: for each step the walk that saw it last
 * @number: of the walk
 */
struct walk {
	uint32_t *list;
	uint32_t *seen;
	uint32_t number;
};

/**
 * struct body - a function that is looked into
 * @program: the files
 * @unit: its file
 * @function: its definition
 * @flow: its control-flow graph, linked
 * @variables: its parameters and local variables
 * @variable_count: how many
 * @hidden_jumps: it has jumps that the flow does not show: to a label's address, or out of asm
 * @walk: room for a walk over the steps
 */
struct body {
	const struct program *program;
	const struct unit *unit;
	const struct node *function;
	struct flow flow;
	struct variable *variables;
	size_t variable_count;
	bool hidden_jumps;
	struct walk *walk;
};

/** body_of() - a function, looked into once. */
const struct body *body_of(const struct program *program, const struct unit *unit,
			   const struct node *function);

/** body_variable() - the parameter or local variable of that name, or NULL. */
const struct variable *body_variable(const struct body *body, const char *name);

/** body_step() - the step of the flow that evaluates a token, or FLOW_NONE. */
uint32_t body_step(const struct body *body, uint32_t token);

/** may_write() - whether evaluating an expression may give a name another value. */
bool may_write(const struct body *body, const struct expression *expression, const char *name);

/** may_store() - whether it may change what pointers point to, or global variables. */
bool may_store(const struct body *body, const struct expression *expression);

/** step_may_write() - may_write() for a step of the flow. */
bool step_may_write(const struct body *body, const struct flow_step *step, const char *name);

/** step_may_store() - may_store() for a step of the flow. */
bool step_may_store(const struct body *body, const struct flow_step *step);

/** macro_text() - the replacement text of a macro of the driver, or NULL. */
const char *macro_text(const struct body *body, const char *name);

/** expression_of_text() - an expression that stands in no file, or NULL when it is none. */
const struct expression *expression_of_text(const struct body *body, const char *text);

/** is_constant() - whether a name is that of a constant: in capitals, and no variable. */
bool is_constant(const struct body *body, const char *name);

/** reads_memory() - whether an expression's value depends on memory: a member, an element. */
bool reads_memory(const struct body *body, const struct expression *expression);

/** has_effect() - whether evaluating an expression does more than give a value. */
bool has_effect(const struct body *body, const struct expression *expression);

/**
 * flow_reaches() - whether control can go from one step to another
 * @body: the function
 * @from: the one
 * @to: the other, which may be the same
 * @declaration: a declaration that must not run on the way
 */
bool flow_reaches(const struct body *body, uint32_t from, uint32_t to,
		  const struct node *declaration);

/**
 * value_stays() - whether an expression may be evaluated earlier than where it stands
 * @body: the function
 * @expression: the expression
 * @step: the step that evaluates it
 * @block: the block to whose beginning it is to go
 * @declared: the token behind the declarations that open the block
 * @surely: whether @step evaluates it whenever it runs, and before anything else it does
 *
 * Return: true when the value is the same there, and evaluating it cannot fault.
 */
bool value_stays(const struct body *body, const struct expression *expression, uint32_t step,
		 const struct node *block, uint32_t declared, bool surely);

#endif
