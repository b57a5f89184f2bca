/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that a driver may be tied to without naming the API: a header that only declares a callback,
 * a file that only calls one, or that calls a function with the three steps in it.
 */
#ifndef MIGRATE_VMA_FIND_RELATED_H
#define MIGRATE_VMA_FIND_RELATED_H

#include "source/source.h"
#include "walk.h"

/**
 * related_find() - the files of a driver's folder and the headers it includes by a quoted name
 * @source: a file that was found below one of @roots
 * @roots: the folders the user gave; nothing outside them is looked at
 * @root_count: how many
 * @related: files that may be tied to @source are added, also those that are in it already
 *
 * Does nothing for a file with neither a struct migrate_vma_ops nor a migrate_vma_setup().
 */
void related_find(const struct source *source, const struct walk_root *roots, size_t root_count,
		  struct candidates *related);

/**
 * related_headers() - the headers that a file includes by a quoted name
 * @source: the file
 * @roots: the folders the user gave; nothing outside them is looked at
 * @root_count: how many
 * @related: the headers are added; each is looked for beside @source, then in the folders above it
 */
void related_headers(const struct source *source, const struct walk_root *roots,
		     size_t root_count, struct candidates *related);

#endif
