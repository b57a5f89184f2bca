// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "terminal.h"

static const char *const kind_names[] = {
	[USE_CALL] = "call",
	[USE_OPS] = "ops",
	[USE_CALLBACK] = "callback",
	[USE_FLAG] = "flag",
	[USE_GUARD] = "guard",
	[USE_THREE_STEP] = "three-step",
	[USE_NEIGHBOUR] = "neighbour",
	[USE_OTHER] = "other",
};

/* The longest of them, so that the names behind them stand in a column. */
#define KIND_WIDTH 10

/* Places of this width or less are aligned too. */
#define PLACE_WIDTH 40

const char *use_kind_name(enum use_kind kind)
{
	return kind_names[kind];
}

/* Of the form "PATH:LINE:COLUMN<tab>KIND<tab>NAME", for cut and sort. */
static void print_fields(FILE *out, const struct source *source, const struct use *use)
{
	size_t line = source_line(source, use->offset);
	const char *path = strcmp(source->path, "-") ? source->path : "<stdin>";

	print_harmless(out, path, strlen(path));
	fprintf(out, ":%zu:%zu\t%s\t", line + 1, use->offset - source->lines[line] + 1,
		use_kind_name(use->kind));
	print_harmless(out, use->name, strlen(use->name));
	putc('\n', out);
}

static void print_use(FILE *out, const struct source *source, const struct use *use, bool colored)
{
	size_t line = source_line(source, use->offset), length;
	size_t column = use->offset - source->lines[line];
	const char *path = strcmp(source->path, "-") ? source->path : "<stdin>";
	char place[48];

	snprintf(place, sizeof(place), ":%zu:%zu", line + 1, column + 1);
	style_begin(out, colored, STYLE_PLACE);
	print_harmless(out, path, strlen(path));
	fputs(place, out);
	style_end(out, colored);

	length = strlen(path) + strlen(place);
	fprintf(out, "%*s  %-*s  ", length < PLACE_WIDTH ? (int)(PLACE_WIDTH - length) : 0, "",
		KIND_WIDTH, use_kind_name(use->kind));
	print_harmless(out, use->name, strlen(use->name));
	putc('\n', out);
}

size_t print_uses(FILE *out, const struct found_files *found, bool aligned, bool colored)
{
	size_t total = 0;

	for (size_t i = 0; i < found->count; i++) {
		struct use *uses;
		size_t count = list_uses(&found->list[i], &uses);

		for (size_t j = 0; j < count; j++) {
			if (aligned)
				print_use(out, &found->list[i], &uses[j], colored);
			else
				print_fields(out, &found->list[i], &uses[j]);
			free(uses[j].name);
		}
		free(uses);
		total += count;
	}
	return total;
}
