/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The structure of a file: functions, statements, declarations, calls.
 *
 * Kernel code without its headers is full of names that only a header would explain: attributes,
 * macros that open a loop, types.  A compiler drops a whole function at the first of them.  This
 * parser goes by shape instead and never gives up: what it cannot place becomes a NODE_UNKNOWN that
 * ends with the next semicolon or brace.  What names mean is found out by analyse/; libclang only
 * compiles the result: see verify/.
 */
#ifndef MIGRATE_VMA_SYNTAX_H
#define MIGRATE_VMA_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"
#include "source/conditional.h"
#include "source/source.h"
#include "source/lex.h"

/**
 * enum node_kind - what a node is
 * @NODE_FILE: the whole file; children: functions, declarations, unknown
 * @NODE_FUNCTION: a function definition; child: its body, a NODE_COMPOUND
 * @NODE_DECLARATION: a declaration, at file scope or in a block, with its semicolon
 * @NODE_COMPOUND: { ... }; children: its statements
 * @NODE_IF: head is the condition; children: the statement, then the else statement if there is one
 * @NODE_FOR: head is the three clauses; child: the body
 * @NODE_WHILE: head is the condition; child: the body
 * @NODE_DO: head is the condition after the body; child: the body
 * @NODE_SWITCH: head is the value; child: the body
 * @NODE_MACRO: a macro followed by a statement, as list_for_each_entry(...) is; head is its
 *	arguments; child: the body
 * @NODE_LABEL: "name:", without the statement after it
 * @NODE_CASE: "case x:" or "default:", without the statement after it
 * @NODE_RETURN: return; head is empty, the value lies between first and last.  This, NODE_DECLARATION
 *	and NODE_EXPRESSION have a child for each statement expression ({ ... }) in them
 * @NODE_GOTO: goto name;
 * @NODE_BREAK: break;
 * @NODE_CONTINUE: continue;
 * @NODE_EXPRESSION: an expression statement with its semicolon
 * @NODE_EMPTY: a lone semicolon
 * @NODE_UNKNOWN: anything else
 */
enum node_kind {
	NODE_FILE,
	NODE_FUNCTION,
	NODE_DECLARATION,
	NODE_COMPOUND,
	NODE_IF,
	NODE_FOR,
	NODE_WHILE,
	NODE_DO,
	NODE_SWITCH,
	NODE_MACRO,
	NODE_LABEL,
	NODE_CASE,
	NODE_RETURN,
	NODE_GOTO,
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_EXPRESSION,
	NODE_EMPTY,
	NODE_UNKNOWN,
};

/**
 * struct node - one piece of the structure
 * @kind: what it is
 * @first: its first token, an index into &syntax.code
 * @last: its last token, inclusive: the semicolon or closing brace
 * @head_open: for those with a head: the "("; for NODE_FUNCTION of its parameters
 * @head_close: the ")" that belongs to it
 * @name: for NODE_FUNCTION and NODE_LABEL: the token of its name; for NODE_GOTO of its label
 * @parent: the node around it; NULL for NODE_FILE
 * @child: the first of its children
 * @next: the next child of @parent
 * @previous: the child of @parent before it
 */
struct node {
	enum node_kind kind;
	uint32_t first;
	uint32_t last;
	uint32_t head_open;
	uint32_t head_close;
	uint32_t name;
	struct node *parent;
	struct node *child;
	struct node *next;
	struct node *previous;
};

/**
 * struct syntax - a file that has been parsed
 * @source: the file
 * @arena: where the nodes live; given back by the caller
 * @code: the tokens that count: comments, directives and the arms of #if that were not chosen are
 *	left out; offsets are those of @source
 * @all: every token
 * @match: for each token of @code that is a bracket the index of its partner, else its own index
 * @file: the root
 * @directives: which of @all are directives
 * @directive_count: how many
 * @directive_capacity: room in @directives
 * @conditionals: the #if groups
 * @conditional_count: how many
 * @innermost: for each token of @code the innermost node that holds it
 */
struct syntax {
	const struct source *source;
	struct arena *arena;
	struct tokens code;
	struct tokens all;
	uint32_t *match;
	struct node *file;
	size_t *directives;
	size_t directive_count;
	size_t directive_capacity;
	struct conditional *conditionals;
	size_t conditional_count;
	struct node **innermost;
};

/**
 * syntax_lex() - cut a file into tokens and find its #if
 * @syntax: filled in; to be given to syntax_release()
 * @source: the file; must stay while @syntax is used
 * @arena: where nodes and texts live
 */
void syntax_lex(struct syntax *syntax, const struct source *source, struct arena *arena);

/** syntax_build() - find out the structure of what was cut, reading the arms of #if chosen since. */
void syntax_build(struct syntax *syntax);

/** syntax_parse() - both, choosing the first arm of each #if. */
void syntax_parse(struct syntax *syntax, const struct source *source, struct arena *arena);

/** syntax_release() - give back what is not in the arena. */
void syntax_release(struct syntax *syntax);

/** code_is() - whether the token with index @index of &syntax.code reads @spelling. */
static inline bool code_is(const struct syntax *syntax, uint32_t index, const char *spelling)
{
	return index < syntax->code.count &&
	       token_is(syntax->source->text, &syntax->code.list[index], spelling);
}

/** is_keyword() - whether a word is a keyword of C. */
bool is_keyword(const char *word, size_t length);

/** code_identifier() - whether that token is a name that is no keyword of C. */
bool code_identifier(const struct syntax *syntax, uint32_t index);

/** is_member_name() - whether a token stands behind "." or "->". */
static inline bool is_member_name(const struct syntax *syntax, uint32_t index)
{
	return index > 0 &&
	       (code_is(syntax, index - 1, ".") || code_is(syntax, index - 1, "->"));
}

/** unmatched_bracket() - the first bracket without a partner, or the number of tokens. */
uint32_t unmatched_bracket(const struct syntax *syntax);

/** code_text() - the text from token @first to token @last inclusive, copied into the arena. */
char *code_text(const struct syntax *syntax, uint32_t first, uint32_t last);

/** code_start() - byte offset of a token. */
uint32_t code_start(const struct syntax *syntax, uint32_t index);

/** code_end() - byte offset behind a token. */
uint32_t code_end(const struct syntax *syntax, uint32_t index);

/** node_at() - the innermost node that holds a token. */
struct node *node_at(const struct syntax *syntax, uint32_t index);

/** node_function() - the function a node is in (or is), or NULL at file scope. */
struct node *node_function(const struct node *node);

/** node_body() - the NODE_COMPOUND of a NODE_FUNCTION. */
struct node *node_body(const struct node *function);

/** node_after() - the next node in the order of the text below @top; children come first. */
struct node *node_after(const struct node *node, const struct node *top);

/** node_leaves() - whether control never goes on behind a statement: return, goto, break, ... */
bool node_leaves(const struct node *node);

/** function_find() - the definition of the function called @name in a file, or NULL. */
struct node *function_find(const struct syntax *syntax, const char *name);

/**
 * struct span - tokens from first to last inclusive
 * @first: index into &syntax.code
 * @last: index; smaller than @first when there are none
 */
struct span {
	uint32_t first;
	uint32_t last;
};

/**
 * struct call - a call, a macro use or a parameter list: name(a, b, c)
 * @name: token of the name
 * @open: token of "("
 * @close: token of ")"
 * @arguments: one span each, in the arena
 * @count: how many
 */
struct call {
	uint32_t name;
	uint32_t open;
	uint32_t close;
	struct span *arguments;
	size_t count;
};

/**
 * call_parse() - take apart what follows a name
 * @syntax: the file
 * @name: the token of the name
 * @call: filled in
 *
 * Return: whether "(" follows the name and is closed.
 */
bool call_parse(const struct syntax *syntax, uint32_t name, struct call *call);

/**
 * struct declarator - one name that a declaration declares
 * @name: token of the name
 * @specifiers: the type and storage words that all names of the declaration share
 * @stars: number of "*" before the name
 * @array: from "[" to "]", or an empty span
 * @function: whether "(" follows the name: a prototype
 * @value: the initialiser behind "=", or an empty span
 * @whole: from the first star to the end of the initialiser
 */
struct declarator {
	uint32_t name;
	struct span specifiers;
	unsigned int stars;
	struct span array;
	bool function;
	struct span value;
	struct span whole;
};

/**
 * declaration_parse() - take a declaration apart
 * @syntax: the file
 * @span: the declaration, with or without its semicolon; also a parameter, which has one declarator
 * @declarators: set to an array in the arena
 *
 * Return: number of declarators; 0 for "struct s { ... };" and the like.
 */
size_t declaration_parse(const struct syntax *syntax, struct span span,
			 struct declarator **declarators);

/**
 * parameters_parse() - the parameters of a function definition
 * @syntax: the file
 * @function: a NODE_FUNCTION
 * @parameters: set to an array in the arena; name is 0 for one without a name
 *
 * Return: how many; 0 for (void).
 */
size_t parameters_parse(const struct syntax *syntax, const struct node *function,
			struct declarator **parameters);

/**
 * local_find() - the declaration that a name refers to at a place in a function
 * @syntax: the file
 * @place: token of a use
 * @name: the name
 * @declarator: filled in: a block's declaration, a for loop's, a parameter or one at file scope
 * @declaration: set to the NODE_DECLARATION or NODE_FOR, or for a parameter to the NODE_FUNCTION
 *
 * Return: whether one was found in this file.
 */
bool local_find(const struct syntax *syntax, uint32_t place, const char *name,
		struct declarator *declarator, struct node **declaration);

#endif
