// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "find/find.h"
#include "one_source/one_source.h"
#include "port.h"
#include "print/json.h"
#include "print/mbox.h"
#include "print/patch.h"
#include "print/patch_name.h"
#include "print/report.h"
#include "print/write.h"
#include "clang_setup.h"
#include "commands.h"
#include "output.h"

static bool is_standard_input(const struct port_file *file)
{
	return !strcmp(file->source->path, "-");
}

static const char *first_changed(const struct port_report *report)
{
	for (size_t i = 0; i < report->found->count; i++)
		if (report->files[i].result)
			return report->found->list[i].path;
	return "-";
}

/* Where the patch has to be applied, unless that is here. */
static void say_where(const char *base, size_t outside)
{
	if (outside)
		fprintf(stderr, "the patch names files from the root of the file system, because "
			"they are not below %s: apply it with patch -d / -p1\n", base);
	else if (!patch_base_is_here(base))
		fprintf(stderr, "the patch is for the top of the git tree: git apply, or "
			"patch -d %s -p1\n", base);
}

static void print_diff(const struct port_report *report, bool colored, bool quiet)
{
	char *base = patch_base(first_changed(report));
	size_t outside = 0, changed = 0;

	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];
		struct patch patch = {
			.old = file->source->text,
			.old_size = file->source->size,
			.new = file->result,
			.new_size = file->result_size,
			.created = file->created,
		};
		char *name;

		if (!file->result)
			continue;
		name = patch_name(file->source->path, base);
		patch.name = name;
		patch_print(stdout, &patch, colored);
		outside += !patch_name_is_below(file->source->path, base);
		changed++;
		free(name);
	}
	if (changed && !quiet)
		say_where(base, outside);
	free(base);
}

static bool rewrite(const struct port_report *report, struct diagnostics *diagnostics)
{
	struct rewrite *files = xmalloc(report->found->count * sizeof(*files));
	size_t count = 0;
	bool good;

	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];

		/* What came from standard input goes on to standard output, changed or not. */
		if (is_standard_input(file))
			fwrite(file->result ? file->result : file->source->text, 1,
			       file->result ? file->result_size : file->source->size, stdout);
		else if (file->result)
			files[count++] = (struct rewrite){ .source = file->source,
							   .text = file->result,
							   .created = file->created,
							   .size = file->result_size };
	}
	good = output_finish() && write_files(files, count, diagnostics);
	free(files);
	return good;
}

static void print_result(const struct port_report *report, const struct options *options)
{
	switch (options->format) {
	case FORMAT_JSON:
		json_print_port(stdout, report);
		break;
	case FORMAT_MBOX:
		mbox_print(stdout, report);
		break;
	case FORMAT_DEFAULT:
		if (options->in_place)
			break;
		/* fall through */
	default:
		print_diff(report, style_wanted(options->color, stdout), options->quiet);
		break;
	}
}

static int exit_status(const struct port_report *report)
{
	if (report->found->incomplete)
		return STATUS_TROUBLE;
	if (port_totals(report).left || diagnostics_errors(report->diagnostics))
		return STATUS_LEFT;
	return STATUS_DONE;
}

static int finish(const struct port_report *report, const struct options *options)
{
	bool colored = style_wanted(options->color, stderr);
	struct diagnostics trouble = { 0 };
	bool written = true;

	print_result(report, options);
	if (options->format != FORMAT_JSON)
		print_diagnostics(stderr, report->diagnostics, report->found, colored);
	if (options->in_place)
		written = rewrite(report, &trouble);
	if (!output_finish())
		written = false;
	print_diagnostics(stderr, &trouble, report->found, colored);
	diagnostics_release(&trouble);
	if (!written) {
		if (options->in_place)
			fputs("migrate-vma: not all files were rewritten\n", stderr);
		return STATUS_TROUBLE;
	}
	if (!options->quiet && options->format != FORMAT_JSON)
		print_port_summary(stderr, report);
	return exit_status(report);
}

/* The files that come are shown and written with the others. */
static struct port_file *append(struct port_file *files, struct found_files *found,
				const struct new_files *added)
{
	size_t count = found->count + added->count;
	struct source *list = xmalloc((count + 1) * sizeof(*list));
	struct port_file *all = xmalloc((count + 1) * sizeof(*all));

	if (found->count) {
		memcpy(list, found->list, found->count * sizeof(*list));
		memcpy(all, files, found->count * sizeof(*all));
	}
	for (size_t i = 0; i < added->count; i++) {
		list[found->count + i] = *added->list[i].source;
		all[found->count + i] = added->list[i];
	}
	for (size_t i = 0; i < count; i++)
		all[i].source = &list[i];
	for (size_t i = 0; i < added->count; i++)
		free((void *)added->list[i].source);
	free(added->list);
	free(found->list);
	free(files);
	found->list = list;
	found->count = count;
	return all;
}

static int port_found(const struct options *options, struct found_files *found,
		      struct diagnostics *diagnostics)
{
	struct port_file *files = xmalloc((found->count + 1) * sizeof(*files));
	struct port_report report = {
		.found = found,
		.files = files,
		.target = options->target,
		.diagnostics = diagnostics,
		.in_place = options->in_place,
	};
	struct arena arena = { 0 };
	struct clang_setup setup;
	int status = STATUS_TROUBLE;

	memset(files, 0, (found->count + 1) * sizeof(*files));
	for (size_t i = 0; i < found->count; i++)
		files[i].source = &found->list[i];
	if (clang_setup_make(&setup, options, &arena)) {
		if (options->range.from) {
			struct new_files added = { 0 };

			one_source_port(files, found->count, &options->range, &setup, &added,
					diagnostics);
			files = append(files, found, &added);
			report.files = files;
		} else {
			port_files(files, found->count, options->target, &setup, diagnostics);
		}
		diagnostics_sort(diagnostics);
		status = finish(&report, options);
	}
	for (size_t i = 0; i < found->count; i++)
		free(files[i].result);
	free(files);
	arena_release(&arena);
	return status;
}

int port_main(const struct options *options)
{
	struct diagnostics diagnostics = { 0 };
	struct found_files found;
	int status = STATUS_TROUBLE;

	find_files(&found, options->paths, options->path_count, FIND_DRIVERS, options->jobs,
		   !options->quiet, &diagnostics);
	if (found.wrong_path)
		print_diagnostics(stderr, &diagnostics, &found,
				  style_wanted(options->color, stderr));
	else
		status = port_found(options, &found, &diagnostics);
	diagnostics_release(&diagnostics);
	found_files_release(&found);
	return status;
}
