// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "find/find.h"
#include "print/json.h"
#include "print/report.h"
#include "print/sarif.h"
#include "checks/baseline.h"
#include "checks/checks.h"
#include "clang_setup.h"
#include "commands.h"
#include "fix.h"
#include "output.h"

static void print_findings(const struct options *options, const struct found_files *found,
			   const struct diagnostics *diagnostics)
{
	switch (options->format) {
	case FORMAT_JSON:
		json_print_check(stdout, found, options->target, diagnostics);
		break;
	case FORMAT_SARIF:
		sarif_print(stdout, found, diagnostics);
		break;
	default:
		print_diagnostics(stderr, diagnostics, found,
				  style_wanted(options->color, stderr));
		if (!options->quiet)
			print_check_summary(stderr, found, diagnostics);
	}
}

/* Findings that are known are left out, or all are written down to be known next time. */
static bool use_baseline(const struct options *options, const struct found_files *found,
			 struct diagnostics *diagnostics, size_t *known)
{
	const char *path = options->baseline;

	if (path && !baseline_apply(path, found, diagnostics, known)) {
		fprintf(stderr, "migrate-vma: --baseline=%s: %s\n", path, strerror(errno));
		return false;
	}
	path = options->write_baseline;
	if (path && !baseline_write(path, found, diagnostics)) {
		fprintf(stderr, "migrate-vma: --write-baseline=%s: %s\n", path, strerror(errno));
		return false;
	}
	return true;
}

static size_t count_findings(const struct diagnostics *diagnostics)
{
	size_t count = 0;

	for (size_t i = 0; i < diagnostics->count; i++)
		count += diagnostics->list[i].severity != SEVERITY_NOTE;
	return count;
}

/* What is left is shown in the files as they are then. */
static bool fix_found(const struct options *options, const struct clang_setup *setup,
		      const struct found_files *found, struct diagnostics *diagnostics,
		      size_t *findings)
{
	struct diagnostics left = { 0 };
	struct fixed_files fixed;
	size_t known = 0;
	bool good;

	fix_files(&fixed, found, diagnostics);
	check_files(fixed.after.list, fixed.after.count, options->target, setup, &left);
	good = use_baseline(options, &fixed.after, &left, &known) &&
	       fixed_files_write(&fixed, found, options->format == FORMAT_DIFF,
				 style_wanted(options->color, stdout), &left);
	print_diagnostics(stderr, &left, &fixed.after, style_wanted(options->color, stderr));
	if (good && !options->quiet) {
		fprintf(stderr, "%zu finding%s %s in %zu file%s; ", fixed.fixes,
			fixed.fixes == 1 ? "" : "s",
			options->format == FORMAT_DIFF ? "can be fixed" : "fixed", fixed.files,
			fixed.files == 1 ? "" : "s");
		print_check_summary(stderr, &fixed.after, &left);
	}
	*findings = count_findings(&left);
	fixed_files_release(&fixed);
	diagnostics_release(&left);
	return good;
}

static int check_found(const struct options *options, const struct found_files *found,
		       struct diagnostics *diagnostics)
{
	struct arena arena = { 0 };
	struct clang_setup setup;
	size_t findings = 0, known = 0;
	bool good = clang_setup_make(&setup, options, &arena);

	if (good) {
		findings = check_files(found->list, found->count, options->target, &setup,
				       diagnostics);
		if (options->fix && findings) {
			good = fix_found(options, &setup, found, diagnostics, &findings);
		} else {
			good = use_baseline(options, found, diagnostics, &known);
			findings -= known;
			print_findings(options, found, diagnostics);
			if (known && !options->quiet && good)
				fprintf(stderr, "%zu more in %s\n", known, options->baseline);
		}
		good = output_finish() && good;
	}
	arena_release(&arena);
	if (!good || found->incomplete)
		return STATUS_TROUBLE;
	return findings && !options->write_baseline ? STATUS_LEFT : STATUS_DONE;
}

int check_main(const struct options *options)
{
	struct diagnostics diagnostics = { 0 };
	struct found_files found;
	int status = STATUS_TROUBLE;

	find_files(&found, options->paths, options->path_count, FIND_HEADERS, options->jobs,
		   !options->quiet, &diagnostics);
	if (found.wrong_path)
		print_diagnostics(stderr, &diagnostics, &found,
				  style_wanted(options->color, stderr));
	else
		status = check_found(options, &found, &diagnostics);
	diagnostics_release(&diagnostics);
	found_files_release(&found);
	return status;
}
