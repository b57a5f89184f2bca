/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A changed file as a unified diff.
 */
#ifndef MIGRATE_VMA_PRINT_PATCH_H
#define MIGRATE_VMA_PRINT_PATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * struct patch - one file of a patch
 * @name: the file's name in the patch: see patch_name()
 * @old: its text
 * @old_size: bytes in @old
 * @new: what it becomes
 * @new_size: bytes in @new
 * @from_top: @name starts at the top of a repository.  Without it `git apply` takes @name from the
 *	current folder, as `patch` does.
 * @created: there was no such file
 */
struct patch {
	const char *name;
	const char *old;
	size_t old_size;
	const char *new;
	size_t new_size;
	bool from_top;
	bool created;
};

/**
 * struct patch_size - how much a patch changes
 * @added: lines that come
 * @removed: lines that go
 */
struct patch_size {
	size_t added;
	size_t removed;
};

/**
 * patch_print() - print a unified diff with three lines of context
 * @out: where to
 * @patch: the file
 * @colored: with colours, for a person to read
 *
 * `git apply`, `git am` and `patch -p1` accept it.  Bytes of the texts are printed as they are,
 * line endings included, except with colours.
 *
 * Return: the number of lines in it that come and go; nothing is printed for equal texts.
 */
struct patch_size patch_print(FILE *out, const struct patch *patch, bool colored);

#endif
