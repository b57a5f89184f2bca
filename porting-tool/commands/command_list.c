// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <unistd.h>

#include "find/find.h"
#include "print/json.h"
#include "print/report.h"
#include "commands.h"
#include "output.h"

static int list_found(const struct options *options, const struct found_files *found,
		      const struct diagnostics *diagnostics)
{
	size_t uses = 0;

	if (options->format == FORMAT_JSON)
		json_print_uses(stdout, found, diagnostics);
	else
		uses = print_uses(stdout, found, isatty(STDOUT_FILENO),
				  style_wanted(options->color, stdout));
	if (!output_finish())
		return STATUS_TROUBLE;
	if (options->format != FORMAT_JSON && !options->quiet) {
		if (uses)
			fprintf(stderr, "%zu use%s in %zu file%s, of %zu searched\n", uses,
				uses == 1 ? "" : "s", found->count, found->count == 1 ? "" : "s",
				found->searched);
		else
			fprintf(stderr, "no use of migrate_vma in %zu file%s\n", found->searched,
				found->searched == 1 ? "" : "s");
	}
	return found->incomplete ? STATUS_TROUBLE : STATUS_DONE;
}

int list_main(const struct options *options)
{
	struct diagnostics diagnostics = { 0 };
	struct found_files found;
	int status = STATUS_TROUBLE;

	find_files(&found, options->paths, options->path_count, FIND_USES, options->jobs,
		   !options->quiet, &diagnostics);
	diagnostics_sort(&diagnostics);
	if (options->format != FORMAT_JSON || found.wrong_path)
		print_diagnostics(stderr, &diagnostics, &found,
				  style_wanted(options->color, stderr));
	if (!found.wrong_path)
		status = list_found(options, &found, &diagnostics);
	diagnostics_release(&diagnostics);
	found_files_release(&found);
	return status;
}
