/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which arms of #if the kernel of a release compiles.
 *
 * The release decides comparisons of LINUX_VERSION_CODE and names that came or went with it, -D and
 * -U on the command line decide what they name, and so do the #define lines of the file.  What
 * nothing decides, such as the version of a vendor's kernel, stays unknown.
 */
#ifndef MIGRATE_VMA_PREPROCESS_H
#define MIGRATE_VMA_PREPROCESS_H

#include "condition.h"
#include "port.h"
#include "syntax/syntax.h"

/**
 * struct preprocess - what the #if of some files are evaluated for
 * @context: the release and what is known of names
 * @given: what the command line and preprocess_assume() say
 * @defined: what the file that is read defines
 * @setup: whose -D and -U count, and whose -I says where headers are; may be NULL
 * @two_apis: preprocess_assume() was called: the driver has two APIs
 */
struct preprocess {
	struct condition_context context;
	struct known_names given;
	struct known_names defined;
	const struct clang_setup *setup;
	bool two_apis;
};

/**
 * preprocess_begin() - get ready to read files
 * @arena: where everything about it lives
 * @target: the release; NULL when only what is the same for all of them is to be decided
 * @setup: -D and -U among its arguments count; may be NULL
 */
struct preprocess *preprocess_begin(struct arena *arena, const struct release *target,
				    const struct clang_setup *setup);

/**
 * preprocess_arms() - find out which arms of a file are compiled
 * @preprocess: for what
 * @syntax: the file, behind syntax_lex(); its &conditional_arm.value are set
 */
void preprocess_arms(struct preprocess *preprocess, struct syntax *syntax);

/**
 * preprocess_assume() - take it that an arm of an #if is the one to read, or not
 * @preprocess: goes on to know what follows from that, in all files
 * @syntax: the file, which was the last for preprocess_arms()
 * @arm: the arm
 * @taken: whether it is read
 *
 * Whatever its condition asks for tells the driver's two APIs apart from now on.
 */
void preprocess_assume(struct preprocess *preprocess, const struct syntax *syntax,
		       const struct conditional_arm *arm, bool taken);

/** preprocess_name() - take it that a name is defined, as 1, or is not. */
void preprocess_name(struct preprocess *preprocess, const char *name, bool defined,
		     bool tells_apart);

/**
 * preprocess_left_out() - the directive that keeps a place out of what the target compiles
 * @syntax: the file
 * @offset: the place
 *
 * Return: the directive, or NULL when it is compiled, or may be.
 */
const struct token *preprocess_left_out(const struct syntax *syntax, uint32_t offset);

/** preprocess_undecided() - whether a place is in an arm that nothing decides: it may be for others. */
bool preprocess_undecided(const struct syntax *syntax, uint32_t offset);

#endif
