/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looking through folders with several threads.
 */
#ifndef MIGRATE_VMA_FIND_WALK_H
#define MIGRATE_VMA_FIND_WALK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "diagnostic.h"

/**
 * struct candidate - a file that is wanted
 * @path: its path: the folder as the user spelled it, and the rest
 * @device: with @inode, which file this is
 * @inode: with @device, which file this is
 * @named: the user gave this very path
 * @link: it was reached by a symbolic link
 */
struct candidate {
	char *path;
	dev_t device;
	ino_t inode;
	bool named;
	bool link;
};

/**
 * struct candidates - a list of wanted files
 * @list: the files
 * @count: how many
 * @capacity: room in @list
 */
struct candidates {
	struct candidate *list;
	size_t count;
	size_t capacity;
};

/**
 * struct walk_root - a folder to look through
 * @path: the folder
 * @searched: set to the number of files below it that were looked at
 */
struct walk_root {
	const char *path;
	atomic_size_t searched;
};

/**
 * walk() - find the files below folders that mention the API
 * @roots: the folders
 * @count: how many
 * @jobs: threads to use, at least 1
 * @show_progress: keep a line on standard error once it takes long
 * @wanted: what mentions the API is added here, in no particular order
 * @diagnostics: what could not be read is reported here
 *
 * Return: true if everything could be read.
 */
bool walk(struct walk_root *roots, size_t count, unsigned int jobs, bool show_progress,
	  struct candidates *wanted, struct diagnostics *diagnostics);

/** candidates_add() - add a file; takes over @candidate's path. */
void candidates_add(struct candidates *to, struct candidate candidate);

/** candidates_release() - give the list back. */
void candidates_release(struct candidates *candidates);

/** path_join() - "folder/name", from malloc(); without "./" when the folder is ".". */
char *path_join(const char *folder, const char *name);

/** is_source_name() - whether a file of this name is looked at below a folder. */
bool is_source_name(const char *name);

#endif
