/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The migration that is followed, and what a function calls its parts.
 *
 * One migration is one struct migrate_vma, or for the calls that work without one
 * (migrate_device_range() and its kin) one pair of arrays.  Each function on the way has names of
 * its own for it: args, &ctx->args, src_pfns.
 */
#ifndef MIGRATE_VMA_SUBJECT_H
#define MIGRATE_VMA_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "syntax/expression.h"
#include "checks/checker.h"

/**
 * enum role - what an expression is to the migration
 * @ROLE_NONE: nothing
 * @ROLE_STRUCT: the struct migrate_vma
 * @ROLE_POINTER: a pointer to it
 * @ROLE_MEMBER: one of its members; for src and dst see below
 * @ROLE_SRC_ARRAY: the array of source words, or a pointer into it
 * @ROLE_SRC_WORD: one of these words
 * @ROLE_DST_ARRAY: the array of destination words, or a pointer into it
 * @ROLE_DST_WORD: one of these words
 * @ROLE_COUNT: number of roles
 */
enum role {
	ROLE_NONE, ROLE_STRUCT, ROLE_POINTER, ROLE_MEMBER, ROLE_SRC_ARRAY, ROLE_SRC_WORD,
	ROLE_DST_ARRAY, ROLE_DST_WORD, ROLE_COUNT,
};

/**
 * struct role_name - a spelling that has a role in a function
 * @text: the text of an expression: see expression_parse()
 * @role: its role
 */
struct role_name {
	const char *text;
	enum role role;
};

/**
 * struct subject - a migration as one function sees it
 * @function: the function
 * @device: it goes by arrays of device pages, without a struct migrate_vma
 * @local: the function owns it: it is a local variable there
 * @part: it is a member of a local variable, which may have been set as a whole
 * @names: spellings and their roles
 * @count: how many
 * @capacity: room in @names
 */
struct subject {
	const struct function *function;
	bool device;
	bool local;
	bool part;
	struct role_name *names;
	size_t count;
	size_t capacity;
};

/**
 * subjects_find() - the migrations that a function takes part in
 * @checker: the files
 * @function: the function
 * @subjects: set to an array in the arena
 *
 * Return: how many.
 */
size_t subjects_find(struct checker *checker, const struct function *function,
		     struct subject **subjects);

/**
 * subject_in_callee() - a migration as a function that is called sees it
 * @checker: the files
 * @subject: as the caller sees it
 * @call: the call
 * @callee: the function
 * @inside: filled in, in the arena
 *
 * Return: whether the call hands any part of the migration over.
 */
bool subject_in_callee(struct checker *checker, const struct subject *subject,
		       const struct expression *call, const struct function *callee,
		       struct subject *inside);

/** subject_add_name() - note that a spelling has a role, unless it has one already. */
void subject_add_name(struct checker *checker, struct subject *subject, const char *text,
		      enum role role);

/** subject_named_role() - the role that was noted for a spelling. */
enum role subject_named_role(const struct subject *subject, const char *text);

/** subject_learn_names() - add the further names that the function gives to parts of it. */
void subject_learn_names(struct checker *checker, struct subject *subject);

/** subject_role() - what an expression is to the migration. */
enum role subject_role(const struct subject *subject, const struct expression *expression);

/** subject_argument_role() - as subject_role(), and a pointer into an array counts as the array. */
enum role subject_argument_role(const struct subject *subject,
				const struct expression *expression);

/** subject_member() - the member's name when an expression is a member of the struct, or NULL. */
const char *subject_member(const struct subject *subject, const struct expression *expression);

/** subject_mentioned() - whether any part of the migration is named in an expression. */
bool subject_mentioned(const struct subject *subject, const struct expression *expression);

#endif
