/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The errors that libclang sees in a text.
 */
#ifndef MIGRATE_VMA_VERIFY_ERRORS_H
#define MIGRATE_VMA_VERIFY_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"
#include "port.h"

/**
 * struct clang_text - what libclang is given to read
 * @path: the name it reads it by; the file itself is not read
 * @text: the bytes
 * @size: how many
 * @stand_ins: declarations to read before it, or NULL
 * @strict: errors are also what the kernel's makefile makes errors of, as with @stand_ins
 * @others: texts of which only the first three members count: files that it may include, as they
 *	are to be
 * @other_count: how many
 * @setup: how to read it
 */
struct clang_text {
	const char *path;
	const char *text;
	size_t size;
	const char *stand_ins;
	bool strict;
	const struct clang_text *others;
	size_t other_count;
	const struct clang_setup *setup;
};

/**
 * struct clang_error - an error
 * @text: what libclang says
 * @line: where
 * @elsewhere: in a file that the text includes
 * @path: that file
 */
struct clang_error {
	const char *text;
	unsigned int line;
	bool elsewhere;
	const char *path;
};

/**
 * struct clang_errors - the errors of one text
 * @list: the errors in their order
 * @count: how many
 * @unread: libclang gave up, for instance because of its arguments
 * @arena: where they live; to be released
 */
struct clang_errors {
	struct clang_error *list;
	size_t count;
	bool unread;
	struct arena arena;
};

/**
 * find_errors() - read a text with libclang
 * @errors: filled in
 * @text: what to read
 *
 * May run in several threads at once.
 */
void find_errors(struct clang_errors *errors, const struct clang_text *text);

/** has_error() - whether one of the errors reads @text. */
bool has_error(const struct clang_errors *errors, const char *text);

#endif
