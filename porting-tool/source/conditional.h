/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Directives, and the #if groups that they make.
 *
 * Here is only how a file is put together.  What a condition says is found out by
 * analyse/preprocess.c; which arm is read where it says nothing, by changes/migrate_vma/two_apis.c.
 */
#ifndef MIGRATE_VMA_CONDITIONAL_H
#define MIGRATE_VMA_CONDITIONAL_H

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"
#include "source.h"
#include "lex.h"

/** enum directive - what a line that begins with "#" is; #elifdef and #elifndef are an #elif */
enum directive {
	DIRECTIVE_OTHER,
	DIRECTIVE_IF,
	DIRECTIVE_IFDEF,
	DIRECTIVE_IFNDEF,
	DIRECTIVE_ELIF,
	DIRECTIVE_ELIFDEF,
	DIRECTIVE_ELIFNDEF,
	DIRECTIVE_ELSE,
	DIRECTIVE_ENDIF,
	DIRECTIVE_DEFINE,
	DIRECTIVE_UNDEF,
	DIRECTIVE_INCLUDE,
};

/**
 * directive_kind() - what a directive is
 * @text: the file's text
 * @token: the directive
 * @rest: set to the text behind its name
 */
enum directive directive_kind(const char *text, const struct token *token, const char **rest);

/**
 * struct include - an #include of a name in quotes or angle brackets
 * @name: the name, without a NUL behind it
 * @length: bytes of the name
 * @quoted: it stands in quotes
 */
struct include {
	const char *name;
	size_t length;
	bool quoted;
};

/**
 * include_read() - take an #include apart
 * @text: the file's text
 * @token: a directive
 * @include: filled in
 *
 * Return: false for another directive, and for one that names a macro.
 */
bool include_read(const char *text, const struct token *token, struct include *include);

/**
 * include_next() - the next #include of a file that has not been cut into tokens
 * @source: the file
 * @line: index of the line to begin with; moves on behind the one that was found
 * @include: filled in
 */
bool include_next(const struct source *source, size_t *line, struct include *include);

/** include_names() - whether an #include names a file, from whatever folder. */
bool include_names(const struct include *include, const char *path);

/**
 * define_read() - take a #define apart
 * @text: the file's text
 * @token: a directive
 * @name: set to the macro's name
 *
 * Return: false for another directive.
 */
bool define_read(const char *text, const struct token *token, struct token *name);

/** enum truth - whether something holds, as far as it is known */
enum truth { TRUTH_UNKNOWN, TRUTH_NO, TRUTH_YES };

/**
 * struct conditional_arm - one arm of an #if
 * @directive: index of its #if, #ifdef, #ifndef, #elif or #else in &syntax.all
 * @first: index of the first token behind the directive
 * @last: index behind its last token: the next directive of the group
 * @value: whether the target compiles it, as far as its own #if decides that
 * @zero: no kernel compiles it
 * @chosen: whether it is read
 * @old: whether it uses the callback API
 * @three_step: whether it calls migrate_vma_setup()
 * @goes: it is for the callback API, and the driver has the other one as well
 */
struct conditional_arm {
	size_t directive;
	size_t first;
	size_t last;
	enum truth value;
	bool zero;
	bool chosen;
	bool old;
	bool three_step;
	bool goes;
};

/**
 * struct conditional - an #if ... #endif
 * @arms: its arms, in the arena
 * @arm_count: how many
 * @endif: index of the #endif in &syntax.all; the number of tokens when it is missing
 * @parent: index of the #if around it, or -1
 * @guard: it is the include guard around a whole header
 * @decided: it is known of each arm whether the target compiles it
 * @tells_apart: it asks what tells the driver's two APIs apart
 * @both: one arm has the callback API and another the three steps
 * @statements: several arms are read, each a statement that calls migrate_vma()
 */
struct conditional {
	struct conditional_arm *arms;
	size_t arm_count;
	size_t endif;
	long parent;
	bool guard;
	bool decided;
	bool tells_apart;
	bool both;
	bool statements;
};

/**
 * conditionals_find() - the #if groups of a file, in the order they begin
 * @source: the file
 * @all: all its tokens
 * @arena: where the result lives
 * @groups: set to an array
 *
 * Return: how many.
 */
size_t conditionals_find(const struct source *source, const struct tokens *all, struct arena *arena,
			 struct conditional **groups);

#endif
