/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file is called in a patch.
 */
#ifndef MIGRATE_VMA_PRINT_PATCH_NAME_H
#define MIGRATE_VMA_PRINT_PATCH_NAME_H

#include <stdbool.h>
#include <stdio.h>

/**
 * patch_base_repository() - the top of the git tree that a file is in
 * @path: the file
 *
 * Return: its real path, from malloc(), or NULL when no git tree is around @path.
 */
char *patch_base_repository(const char *path);

/**
 * patch_base() - the folder a patch is applied in
 * @path: the first file that it changes
 *
 * Return: the real path of patch_base_repository(), else of the current folder, from malloc().
 */
char *patch_base(const char *path);

/** patch_base_is_here() - whether @base is the current folder. */
bool patch_base_is_here(const char *base);

/**
 * patch_name() - a file's name in a patch
 * @path: the file
 * @base: real path of the folder the patch is applied in
 *
 * Neither `git apply` nor `patch` takes "..", and neither follows links.  So links are resolved,
 * and a file that is not below @base is named from the root of the file system: for it the patch
 * has to be applied there, with `patch -d / -p1`.
 *
 * Return: the name without a leading slash, from malloc().
 */
char *patch_name(const char *path, const char *base);

/** patch_name_is_below() - whether patch_name() gives @path a name that starts at @base. */
bool patch_name_is_below(const char *path, const char *base);

/**
 * patch_name_print() - print a name the way git does
 * @out: where to
 * @prefix: "a/" or "b/"
 * @name: the name; quoted if it has bytes that need it
 */
void patch_name_print(FILE *out, const char *prefix, const char *name);

#endif
