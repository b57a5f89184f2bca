/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line.
 */
#ifndef MIGRATE_VMA_OPTIONS_H
#define MIGRATE_VMA_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "print/terminal.h"
#include "kernel/release.h"

/** enum command - the first word after the program's name */
enum command { COMMAND_PORT, COMMAND_CHECK, COMMAND_LIST, COMMAND_EXPLAIN };

/**
 * enum format - what goes to standard output
 * @FORMAT_DEFAULT: none was asked for: a diff for port, lines for check and list
 * @FORMAT_DIFF: a unified diff
 * @FORMAT_MBOX: a patch with a commit message, as `git am` takes it
 * @FORMAT_JSON: one JSON object
 * @FORMAT_GCC: lines as a compiler prints them
 * @FORMAT_SARIF: SARIF 2.1.0
 */
enum format {
	FORMAT_DEFAULT, FORMAT_DIFF, FORMAT_MBOX, FORMAT_JSON, FORMAT_GCC, FORMAT_SARIF,
};

/**
 * struct options - what the user asked for
 * @command: what to do
 * @target: release to port to or to check for
 * @range: the releases that one source is for; from is NULL when it is for @target
 * @target_named: the user said which, so that it is not the default
 * @fix: make the changes of findings that have one right answer
 * @baseline: file of findings that are known, or NULL
 * @write_baseline: file to write those of this run to, or NULL
 * @range_named: the user named a range, of one release or more
 * @in_place: rewrite files instead of printing a diff
 * @quiet: no summary and no progress, only diagnostics
 * @build_dir: folder that holds a compile_commands.json, or NULL
 * @kernel: a configured kernel tree, or NULL
 * @jobs: threads to use, at least 1
 * @format: what to print
 * @color: when to use colours
 * @paths: files and folders; for explain the name of a rule
 * @path_count: how many
 * @clang_arguments: what stood after "--"
 * @clang_count: how many
 */
struct options {
	enum command command;
	const struct release *target;
	struct release_range range;
	bool target_named;
	bool fix;
	const char *baseline;
	const char *write_baseline;
	bool range_named;
	bool in_place;
	bool quiet;
	const char *build_dir;
	const char *kernel;
	unsigned int jobs;
	enum format format;
	enum color_mode color;
	const char *const *paths;
	size_t path_count;
	const char *const *clang_arguments;
	size_t clang_count;
};

/* Exit statuses: see "What the exit status says" in the manual page. */
#define STATUS_DONE 0
#define STATUS_LEFT 1
#define STATUS_TROUBLE 2

/**
 * options_parse() - read the command line
 * @options: filled in; points into @argv
 * @argc: as for main()
 * @argv: as for main(); its elements are put into another order
 *
 * Prints what --help and --version ask for, and what is wrong and how to do it right.
 *
 * Return: -1 to go on, or the status to exit with.
 */
int options_parse(struct options *options, int argc, char **argv);

#endif
