// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "terminal.h"

static const char *ending(size_t count)
{
	return count == 1 ? "" : "s";
}

struct port_totals port_totals(const struct port_report *report)
{
	struct port_totals totals = { 0 };

	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];

		totals.uses += file->uses;
		totals.ported += file->ported;
		totals.files += file->uses != 0;
		totals.changed += file->result != NULL;
		totals.others += file->result && !file->uses;
		totals.left += file->left;
	}
	return totals;
}

static size_t three_step_files(const struct found_files *found)
{
	size_t files = 0;

	for (size_t i = 0; i < found->count; i++) {
		struct use *uses;
		size_t count = list_uses(&found->list[i], &uses);
		bool has_steps = false;

		for (size_t j = 0; j < count; j++) {
			has_steps = has_steps || uses[j].kind == USE_THREE_STEP;
			free(uses[j].name);
		}
		free(uses);
		files += has_steps;
	}
	return files;
}

/* There was nothing to port: says what there was. */
static void print_nothing(FILE *out, const struct port_report *report)
{
	size_t searched = report->found->searched, files = three_step_files(report->found);

	fprintf(out, "nothing to port: no call of migrate_vma() in %zu file%s", searched,
		ending(searched));
	if (files)
		fprintf(out, "; %zu already use%s the three calls", files, files == 1 ? "s" : "");
}

/* More names than this are not shown. */
#define NAMES 4

/* Files that changed without having a call. */
static void print_others(FILE *out, const struct port_report *report, size_t others)
{
	size_t shown = 0;

	fprintf(out, ", and %zu file%s more: ", others, ending(others));
	for (size_t i = 0; i < report->found->count && shown < NAMES; i++) {
		const char *path = report->found->list[i].path, *slash = strrchr(path, '/');

		if (!report->files[i].result || report->files[i].uses)
			continue;
		if (shown++)
			fputs(", ", out);
		path = slash ? slash + 1 : path;
		print_harmless(out, path, strlen(path));
	}
	if (shown < others)
		fputs(", ...", out);
}

void print_port_summary(FILE *out, const struct port_report *report)
{
	struct port_totals totals = port_totals(report);

	if (totals.uses)
		fprintf(out, "%zu of %zu call%s in %zu file%s ported to %s", totals.ported,
			totals.uses, ending(totals.uses), totals.files, ending(totals.files),
			report->target->name);
	else if (totals.changed)
		fprintf(out, "%zu file%s without calls ported to %s", totals.changed,
			ending(totals.changed), report->target->name);
	else
		print_nothing(out, report);
	if (totals.uses && totals.others)
		print_others(out, report, totals.others);

	if (report->in_place && totals.changed)
		fprintf(out, ", %zu file%s rewritten", totals.changed, ending(totals.changed));
	if (totals.left)
		fprintf(out, "; %zu left for you: see the messages above\n", totals.left);
	else if (diagnostics_errors(report->diagnostics))
		fputs("; see the errors above\n", out);
	else
		fputs(totals.uses || totals.changed ? "; nothing left\n" : "\n", out);
}

void print_check_summary(FILE *out, const struct found_files *found,
			 const struct diagnostics *diagnostics)
{
	size_t counts[] = { [SEVERITY_ERROR] = 0, [SEVERITY_WARNING] = 0, [SEVERITY_NOTE] = 0 };

	for (size_t i = 0; i < diagnostics->count; i++)
		counts[diagnostics->list[i].severity]++;
	if (!counts[SEVERITY_ERROR] && !counts[SEVERITY_WARNING])
		fprintf(out, "no findings in %zu file%s", found->count, ending(found->count));
	else
		fprintf(out, "%zu error%s, %zu warning%s in %zu file%s", counts[SEVERITY_ERROR],
			ending(counts[SEVERITY_ERROR]), counts[SEVERITY_WARNING],
			ending(counts[SEVERITY_WARNING]), found->count, ending(found->count));
	if (found->searched > found->count)
		fprintf(out, " that have to do with migration, of %zu", found->searched);
	if (counts[SEVERITY_ERROR] || counts[SEVERITY_WARNING])
		fputs("; migrate-vma explain RULE has the details", out);
	fputc('\n', out);
}
