/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * `check --fix`: the changes of the findings that have one right answer.
 */
#ifndef MIGRATE_VMA_COMMANDS_FIX_H
#define MIGRATE_VMA_COMMANDS_FIX_H

#include "diagnostic.h"
#include "find/find.h"

/**
 * struct fixed_files - files with the changes made
 * @after: the files as they are with the changes
 * @changed: for each of them whether its text is another one
 * @fixes: how many findings are gone
 * @files: how many files have another text
 */
struct fixed_files {
	struct found_files after;
	bool *changed;
	size_t fixes;
	size_t files;
};

/**
 * fix_files() - make the changes that findings name
 * @fixed: filled in; to be given to fixed_files_release()
 * @found: the files
 * @diagnostics: the findings
 *
 * All changes of a finding are made, or none: where they meet those of another, the first one wins,
 * and the other is left for the next run.
 */
void fix_files(struct fixed_files *fixed, const struct found_files *found,
	       const struct diagnostics *diagnostics);

/**
 * fixed_files_write() - give the files their new texts, all of them or none
 * @fixed: the files
 * @before: the files as they were read
 * @as_diff: print a diff to standard output, and leave the files as they are
 * @colored: with colours
 * @diagnostics: why nothing was written is added here
 *
 * What came from standard input goes to standard output.
 *
 * Return: whether that was done.
 */
bool fixed_files_write(const struct fixed_files *fixed, const struct found_files *before,
		       bool as_diff, bool colored, struct diagnostics *diagnostics);

/** fixed_files_release() - give the texts back. */
void fixed_files_release(struct fixed_files *fixed);

#endif
