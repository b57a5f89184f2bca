/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rewriting files in place.
 */
#ifndef MIGRATE_VMA_PRINT_WRITE_H
#define MIGRATE_VMA_PRINT_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "source/source.h"

/**
 * struct rewrite - a file that gets a new text
 * @source: the file as it was read
 * @text: its new text
 * @size: bytes in @text
 * @created: there is no file of that name yet
 */
struct rewrite {
	const struct source *source;
	const char *text;
	size_t size;
	bool created;
};

/**
 * write_files() - give files their new texts, all of them or none
 * @files: the files
 * @count: how many
 * @diagnostics: why nothing was written is added here
 *
 * All new texts are on the disk before the first file is replaced, and a file is replaced by a
 * rename.  So whatever happens, a loss of power included, each file is either as it was or as it
 * should be.  Mode, owner, extended attributes and access lists stay; a file that a symbolic link
 * names is replaced where it is, and the link stays.  A file that is not as it was read any more,
 * or that the user may not write, is not touched.
 *
 * Context: blocks SIGINT, SIGTERM, SIGHUP and SIGQUIT in the calling thread; one that comes before
 * the first file is replaced is let through then, and nothing is written.
 *
 * Return: true if all files have their new texts.
 */
bool write_files(const struct rewrite *files, size_t count, struct diagnostics *diagnostics);

#endif
