/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings as SARIF 2.1.0, the format that code scanning services read (OASIS, 2020).
 */
#ifndef MIGRATE_VMA_PRINT_SARIF_H
#define MIGRATE_VMA_PRINT_SARIF_H

#include <stdio.h>

#include "report.h"

/**
 * sarif_print() - print a SARIF log with one run
 * @out: where to
 * @found: the files, to count characters in
 * @diagnostics: the findings; a note becomes a related location of what it belongs to
 *
 * All rules that `check` applies are described in it.  Columns are characters, as SARIF wants
 * them, not bytes.
 */
void sarif_print(FILE *out, const struct found_files *found,
		 const struct diagnostics *diagnostics);

#endif
