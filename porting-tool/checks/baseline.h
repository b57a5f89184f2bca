/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings that are known, so that new ones stand out.
 */
#ifndef MIGRATE_VMA_BASELINE_H
#define MIGRATE_VMA_BASELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "find/find.h"

/**
 * baseline_write() - write down what was found
 * @path: the file to write
 * @found: the files
 * @diagnostics: the findings
 *
 * A line is the rule, the file and the text of the source line, so that findings are known again
 * when lines above them change.
 *
 * Return: false with errno set when it could not be written.
 */
bool baseline_write(const char *path, const struct found_files *found,
		    const struct diagnostics *diagnostics);

/**
 * baseline_apply() - take away the findings that were written down
 * @path: the file that baseline_write() wrote
 * @found: the files
 * @diagnostics: the findings; those that are known go, with their notes
 * @known: set to how many went
 *
 * A line of the file stands for one finding.
 *
 * Return: false with errno set when it could not be read.
 */
bool baseline_apply(const char *path, const struct found_files *found,
		    struct diagnostics *diagnostics, size_t *known);

#endif
