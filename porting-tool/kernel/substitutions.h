/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changes of the kernel that a driver follows by writing one expression in place of another.
 *
 * A new one is a row in substitutions.c.
 */
#ifndef MIGRATE_VMA_SUBSTITUTIONS_H
#define MIGRATE_VMA_SUBSTITUTIONS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * enum substitution_form - what is written instead
 * @SUBSTITUTE_NAME: another name, wherever the name is used
 * @SUBSTITUTE_CALL: another name, where it is called with @arguments arguments
 * @SUBSTITUTE_MEMBER: another name for a member of any struct that the driver does not declare itself
 * @SUBSTITUTE_MEMBER_CALL: x->name becomes with(x)
 * @SUBSTITUTE_LOCK: name(&mm->mmap_sem) becomes with(mm)
 * @SUBSTITUTE_DROP: of @arguments arguments the one with index @index goes, where it reads @text
 * @SUBSTITUTE_ADD: behind @arguments arguments @text is added; "%s" in it is the first argument,
 *	which must be free of side effects then; the call has the name @with, if there is one
 * @SUBSTITUTE_DEVICE: name(pdev, ...) becomes with(&pdev->dev, ...), with @text behind the last
 *	argument where there is one
 * @SUBSTITUTE_FIRST: the call becomes its first argument, or with(argument)
 * @SUBSTITUTE_STRING: the one argument, a bare name, becomes a string
 * @SUBSTITUTE_FLAGS: "x->name |= f;" becomes "with_set(x, f);", and "&= ~f" becomes "with_clear"
 */
enum substitution_form {
	SUBSTITUTE_NAME, SUBSTITUTE_CALL, SUBSTITUTE_MEMBER, SUBSTITUTE_MEMBER_CALL,
	SUBSTITUTE_LOCK, SUBSTITUTE_DROP, SUBSTITUTE_ADD, SUBSTITUTE_DEVICE,
	SUBSTITUTE_FIRST, SUBSTITUTE_STRING, SUBSTITUTE_FLAGS,
};

/**
 * struct substitution - one change
 * @name: the name that is looked for
 * @since: first release that wants the new form, as RELEASE()
 * @form: what is done
 * @with: the new name, where there is one
 * @of: for members the tag of their struct where the type has to be seen, or NULL for any
 * @arguments: for calls how many arguments the old form has
 * @index: the argument that goes
 * @ignored: the new form has no result: only a call whose result nobody uses is one
 * @text: what that argument reads, with "|" between several; or what is added
 */
struct substitution {
	const char *name;
	int since;
	enum substitution_form form;
	const char *with;
	const char *of;
	size_t arguments;
	size_t index;
	const char *text;
	bool ignored;
};

/** substitution_at() - every row there is, counted from 0; NULL behind the last. */
const struct substitution *substitution_at(size_t index);

#endif
