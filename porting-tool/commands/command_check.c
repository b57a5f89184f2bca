// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "find/find.h"
#include "print/json.h"
#include "print/report.h"
#include "print/sarif.h"
#include "checks/checks.h"
#include "clang_setup.h"
#include "commands.h"
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

static int check_found(const struct options *options, const struct found_files *found,
		       struct diagnostics *diagnostics)
{
	struct arena arena = { 0 };
	struct clang_setup setup;
	size_t findings = 0;
	bool good = clang_setup_make(&setup, options, &arena);

	if (good) {
		findings = check_files(found->list, found->count, options->target, &setup,
				       diagnostics);
		print_findings(options, found, diagnostics);
		good = output_finish();
	}
	arena_release(&arena);
	if (!good || found->incomplete)
		return STATUS_TROUBLE;
	return findings ? STATUS_LEFT : STATUS_DONE;
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
