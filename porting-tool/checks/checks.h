/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The linter for drivers that call migrate_vma_setup(), _pages() and _finalize() themselves.
 */
#ifndef MIGRATE_VMA_CHECKS_H
#define MIGRATE_VMA_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "port.h"
#include "kernel/release.h"
#include "source/source.h"

/**
 * check_files() - look for misuse of the three-step API
 * @sources: files of one driver, so that a helper in one file is seen from another
 * @count: how many
 * @target: the release the driver is meant for
 * @setup: how libclang is to read the files; of it only -DNAME, -DNAME=VALUE and -UNAME among the
 *	arguments are used, to choose the arms of #if: the linter goes by the shape of the text and
 *	needs no headers
 * @out: findings are added here, each followed by the notes that explain it, in the order of
 *	path, line and column
 *
 * Every finding carries the name of a rule of rules.h.  A comment "migrate-vma: allow RULE" on its
 * line or the line above keeps it back.  A function is followed along all its paths,
 * into the helpers that these files define.  What cannot be understood is passed over in silence,
 * except a function whose paths are too many to follow: for that there is a note.
 *
 * Context: may be called from several threads at once.
 *
 * Return: number of findings, notes not counted.
 */
size_t check_files(const struct source *sources, size_t count, const struct release *target,
		   const struct clang_setup *setup, struct diagnostics *out);

struct rule;

/** release_finding - what check_for_release() calls for each finding: @offset is in file @file. */
typedef void release_finding(size_t file, size_t offset, const struct rule *rule, const char *text,
			     void *data);

/**
 * check_for_release() - what in a driver's files does not fit a release
 * @sources: the files
 * @count: how many
 * @target: the release
 * @setup: as for check_files()
 * @found: called for each finding, in no order that means anything
 * @data: handed to @found
 *
 * Only the checks whose answer depends on the release are asked.
 */
void check_for_release(const struct source *sources, size_t count, const struct release *target,
		       const struct clang_setup *setup, release_finding *found, void *data);

#endif
