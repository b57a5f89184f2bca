/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The value of a condition of the preprocessor, and the macros that it depends on.
 */
#ifndef MIGRATE_VMA_CONDITION_H
#define MIGRATE_VMA_CONDITION_H

#include "kernel/release.h"
#include "memory.h"
#include "source/conditional.h"

/**
 * struct known_name - what is known of a name, or of a macro with its arguments
 * @name: "NAME", or "NAME(4,2)" without white space
 * @length: of @name
 * @known: false when only @tells_apart is set
 * @defined: whether there is a macro of that name
 * @text: what it stands for; NULL when that is not known
 * @text_length: of @text
 * @parameters: from behind "(" to ")", or NULL
 * @tells_apart: it tells the driver's two APIs apart
 * @next: another macro with the same hash
 */
struct known_name {
	const char *name;
	size_t length;
	bool known;
	enum truth defined;
	const char *text;
	size_t text_length;
	const char *parameters;
	bool tells_apart;
	struct known_name *next;
};

#define KNOWN_BUCKETS 4096

/**
 * struct known_names - a set of macros
 * @buckets: lists of macros
 */
struct known_names {
	struct known_name *buckets[KNOWN_BUCKETS];
};

/** known_find() - the macro of a name, or NULL. */
struct known_name *known_find(const struct known_names *macros, const char *name, size_t length);

/** known_add() - the same, made when there is none. */
struct known_name *known_add(struct known_names *macros, struct arena *arena, const char *name,
			 size_t length);

/**
 * known_replace() - the text of a macro with its parameters replaced
 * @arena: where it lives
 * @macro: a macro with parameters
 * @text: the text that @list is of
 * @list: tokens
 * @first: index of the first token of the arguments
 * @close: of the ")" behind them
 */
const char *known_replace(struct arena *arena, const struct known_name *macro, const char *text,
			  const struct token *list, size_t first, size_t close);

/**
 * struct condition_context - what a condition is evaluated for
 * @arena: where texts live
 * @target: the release, or NULL: then only what is the same for all of them is known
 * @given: what the command line, and the choice between two APIs, say of names
 * @defined: what the lines before the condition say
 * @marking: names that are asked for from now on tell two APIs apart
 * @asked: a name was asked for
 * @asked_api: one was asked for that tells two APIs apart
 * @asked_option: one was asked for that some configurations of every release have
 * @steps: how often a name may still be replaced
 */
struct condition_context {
	struct arena *arena;
	const struct release *target;
	struct known_names *given;
	struct known_names *defined;
	bool marking;
	bool asked;
	bool asked_api;
	bool asked_option;
	unsigned int steps;
};

/**
 * condition_value() - whether the condition of a directive holds
 * @context: what it is evaluated for; @asked and @asked_api are set
 * @text: the file's text
 * @directive: an #if, #ifdef, #ifndef, #elif, ...; an #else holds
 *
 * As the preprocessor would evaluate it, but a name that nothing is known of may have any value.
 *
 * Return: TRUTH_UNKNOWN also when it is no condition.
 */
enum truth condition_value(struct condition_context *context, const char *text,
			   const struct token *directive);

/**
 * condition_assume() - note what follows for a name when a condition is known to hold, or not
 * @context: where; goes to @context->given
 * @text: the file's text
 * @directive: the condition
 * @holds: whether it holds
 *
 * One that asks for one name says something about the name; any other, about conditions that are
 * the same word for word.
 */
void condition_assume(struct condition_context *context, const char *text,
		      const struct token *directive, bool holds);

#endif
