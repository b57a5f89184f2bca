/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of the kernel that came or went between releases, with what a driver does instead: one
 * table for `port`, which says what it leaves, and for `check`.
 */
#ifndef MIGRATE_VMA_DATED_NAMES_H
#define MIGRATE_VMA_DATED_NAMES_H

#include "release.h"
#include "source/conditional.h"
#include "syntax/syntax.h"

/**
 * enum dated_port - what `migrate-vma port` does about a name that is gone
 * @LEFT: nothing but to say where it is
 * @WHERE_SEEN: takes care of it where it understands the use, and says where it does not
 * @PORTED: always takes care of it
 */
enum dated_port { LEFT, WHERE_SEEN, PORTED };

/**
 * struct dated_name - a name, and the releases that have it
 * @name: the name
 * @form: what stands behind it in a message, for instance "()"
 * @since: the first release that has it, as RELEASE(); 0 if it was there before 5.3
 * @until: the first release that has it no more; INT_MAX if there is none yet
 * @instead: what a driver does where it is missing, as a demand: "use ..."
 * @port: what `migrate-vma port` does about it
 */
struct dated_name {
	const char *name;
	const char *form;
	int since;
	int until;
	const char *instead;
	enum dated_port port;
};

/** dated_name_of_struct() - whether a token is a member that counts in one struct alone. */
bool dated_name_of_struct(const struct syntax *syntax, uint32_t token);

/**
 * dated_name_at() - what a token says about the releases that a driver is for
 * @syntax: the file
 * @token: an index into &syntax.code
 * @tag: for a member the struct that it is known to be of, or NULL; see dated_use_at()
 * @release: a release, as RELEASE()
 * @found: filled in
 *
 * A name counts only where it has this meaning: a function where it is called, a member behind "."
 * or "->" of the struct it belongs to.
 *
 * INT_MAX - 1 is a release that has no name any more that any release has lost.
 *
 * Return: whether the token is a name that @release does not have.
 */
bool dated_name_at(const struct syntax *syntax, uint32_t token, const char *tag, int release,
		   struct dated_name *found);

/**
 * dated_name_of() - what the table says of a name, wherever it stands
 * @name: the name
 * @index: which of its entries, from 0
 * @found: filled in
 *
 * Return: false behind the last.
 */
bool dated_name_of(const char *name, size_t index, struct dated_name *found);

/**
 * macro_of_release() - what a release says of a name that the preprocessor may be asked for
 * @name: the name; need not end with a NUL
 * @length: of it
 * @target: the release; NULL for all of them
 * @defined: set to whether it is defined
 * @value: set to its value where it is
 *
 * The configuration is that of a kernel with device memory.
 *
 * Return: false when nothing is known of the name.
 */
bool macro_of_release(const char *name, size_t length, const struct release *target,
		      enum truth *defined, long *value);

/**
 * old_name_at() - whether a token is a name of the callback API
 * @text: the file's text
 * @token: the token; another one is behind it
 */
bool old_name_at(const char *text, const struct token *token);

/** name_is_everywhere() - whether that is the same for all releases. */
bool name_is_everywhere(const char *name, size_t length);

#endif
