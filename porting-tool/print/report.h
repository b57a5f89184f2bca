/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the program says at the end of a run: the parts that a person reads.
 */
#ifndef MIGRATE_VMA_PRINT_REPORT_H
#define MIGRATE_VMA_PRINT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "diagnostic.h"
#include "find/find.h"
#include "port.h"
#include "kernel/release.h"

/**
 * struct port_report - the outcome of a port
 * @found: the files that were looked at
 * @files: what became of each file of @found
 * @target: the release
 * @diagnostics: what there is to say
 * @in_place: the files are rewritten
 */
struct port_report {
	const struct found_files *found;
	const struct port_file *files;
	const struct release *target;
	const struct diagnostics *diagnostics;
	bool in_place;
};

/**
 * struct port_totals - the outcome in numbers
 * @uses: calls of migrate_vma() in all files
 * @ported: how many of @uses were ported
 * @files: files that have one of @uses
 * @changed: files that get a new text
 * @others: how many of @changed have none of @uses: headers, Kconfig files, makefiles
 * @left: places left for a person
 */
struct port_totals {
	size_t uses;
	size_t ported;
	size_t files;
	size_t changed;
	size_t others;
	size_t left;
};

/** port_totals() - add up. */
struct port_totals port_totals(const struct port_report *report);

/** diagnostics_errors() - how many of the messages are errors. */
size_t diagnostics_errors(const struct diagnostics *diagnostics);

/**
 * print_diagnostics() - messages as a compiler prints them
 * @out: where to
 * @diagnostics: the messages
 * @found: where to take source lines from
 * @colored: with colours
 *
 * Each is "file:line:column: error: text [rule]", followed by the line with a mark below the place.
 */
void print_diagnostics(FILE *out, const struct diagnostics *diagnostics,
		       const struct found_files *found, bool colored);

/** print_port_summary() - one line that says what was ported and what is left. */
void print_port_summary(FILE *out, const struct port_report *report);

/**
 * print_check_summary() - one line that says how many findings there are
 * @out: where to
 * @found: the files that were looked at
 * @diagnostics: the findings
 */
void print_check_summary(FILE *out, const struct found_files *found,
			 const struct diagnostics *diagnostics);

/**
 * print_uses() - what `migrate-vma list` prints, a line a use
 * @out: where to
 * @found: the files to list the uses of
 * @aligned: in columns, for a person; else with a tab between place, kind and name
 * @colored: with colours
 *
 * Return: how many uses.
 */
size_t print_uses(FILE *out, const struct found_files *found, bool aligned, bool colored);

/** use_kind_name() - the word for a kind of use, as it stands in lists and JSON. */
const char *use_kind_name(enum use_kind kind);

#endif
