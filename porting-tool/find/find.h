/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the paths a user gives to the files the work is about.
 */
#ifndef MIGRATE_VMA_FIND_H
#define MIGRATE_VMA_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "source/source.h"

/**
 * struct found_files - the files there is something to do with
 * @list: their texts, sorted by path
 * @count: how many
 * @searched: how many files were looked at, those of @list among them
 * @wrong_path: a path the user gave cannot be worked on; nothing should be written then
 * @incomplete: something below a folder could not be read; the rest can be worked on
 */
struct found_files {
	struct source *list;
	size_t count;
	size_t searched;
	bool wrong_path;
	bool incomplete;
};

/**
 * enum find_goal - which files of a folder are wanted
 * @FIND_USES: those that mention the API, which is enough to show its uses
 * @FIND_DRIVERS: also those a driver with the callback API may be tied to: the files of its folder
 *	and the headers it includes by a name in quotes
 * @FIND_HEADERS: also the headers that those which mention the API include by a name in quotes, and
 *	those that these include
 */
enum find_goal { FIND_USES, FIND_DRIVERS, FIND_HEADERS };

/**
 * find_files() - take the files below the given paths that the work is about
 * @found: filled in; to be given to found_files_release()
 * @paths: files, folders, and "-" for standard input
 * @count: how many
 * @goal: which files of a folder are wanted
 * @jobs: threads to search with, at least 1
 * @show_progress: keep a line on standard error that says how far a long search is
 * @diagnostics: what cannot be read is reported here
 *
 * A file that is named is taken whatever it holds.  Of a folder, every .c and .h file below it is
 * looked at, and every Kconfig file, Makefile and Kbuild file.  A link to a file is followed, a link to a folder is not; a
 * file that is reached in two ways is taken once.
 */
void find_files(struct found_files *found, const char *const *paths, size_t count,
		enum find_goal goal, unsigned int jobs, bool show_progress,
		struct diagnostics *diagnostics);

/** found_files_release() - give the texts back. */
void found_files_release(struct found_files *found);

/**
 * found_source() - the text of a file that was found
 * @found: where to look
 * @path: its path, spelled as in the diagnostics
 *
 * Return: the source, or NULL when there is none of that name.
 */
const struct source *found_source(const struct found_files *found, const char *path);

#endif
