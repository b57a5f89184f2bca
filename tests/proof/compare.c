// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare - are these traces of one scenario the same?
 *
 *	compare [--table] NAME=TRACE NAME=TRACE...
 *
 * The first trace is what the others have to equal.  Says nothing but a count if they do.  At the
 * first difference it says which step, which observation, and what each trace has there.
 * --table prints a line for each step before that.
 *
 * Exit status: 0 all the same, 1 a difference, 2 a trace cannot be used.  A trace that does not
 * reach its last step, "end", is a difference even if all of them stop at the same place.
 *
 * The form of a trace is described in trace.h.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_TRACES	8

/* Of the table, in columns. */
#define TABLE_WIDTH	100
#define CELL_WIDTH	20

#define SAME		"same"

/**
 * struct trace - one trace
 * @name: what to call it
 * @lines: its lines without their ends, less those that are not compared
 * @nr_lines: how many
 */
struct trace {
	const char *name;
	char **lines;
	size_t nr_lines;
};

/**
 * struct place - where the traces differ
 * @found: whether they do
 * @line: index into the lines of each trace
 * @step: the title of the step it is in
 */
struct place {
	bool found;
	size_t line;
	const char *step;
};

static const char *red = "", *green = "", *bold = "", *plain = "";

__attribute__((noreturn))
static void unusable(const char *what, const char *why)
{
	fprintf(stderr, "compare: %s: %s\n", what, why);
	exit(2);
}

static bool is_step(const char *line)
{
	return !strncmp(line, "== ", 3);
}

/* What stands there, or NULL behind the end of a trace. */
static const char *line_at(const struct trace *trace, size_t line)
{
	return line < trace->nr_lines ? trace->lines[line] : NULL;
}

static void read_trace(struct trace *trace, char *argument)
{
	char *path = strchr(argument, '='), *line = NULL;
	size_t size = 0;
	ssize_t length;
	FILE *file;

	if (!path)
		unusable(argument, "expected NAME=TRACE");
	*path++ = '\0';
	trace->name = argument;

	file = fopen(path, "r");
	if (!file)
		unusable(path, strerror(errno));

	while ((length = getline(&line, &size, file)) > 0) {
		char **lines;

		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (line[0] == '#')
			continue;
		lines = realloc(trace->lines, (trace->nr_lines + 1) * sizeof(*lines));
		if (!lines)
			unusable(path, strerror(ENOMEM));
		trace->lines = lines;
		lines[trace->nr_lines++] = line;
		line = NULL;
		size = 0;
	}
	free(line);
	if (ferror(file))
		unusable(path, strerror(errno));
	fclose(file);

	if (!trace->nr_lines || !is_step(trace->lines[0]))
		unusable(path, "this is no trace, or one without a single step");
}

static void free_trace(struct trace *trace)
{
	size_t i;

	for (i = 0; i < trace->nr_lines; i++)
		free(trace->lines[i]);
	free(trace->lines);
}

static struct place first_difference(const struct trace *traces, size_t count)
{
	struct place place = { false, 0, "" };

	for (;; place.line++) {
		const char *expected = line_at(&traces[0], place.line);
		size_t i, ended = !expected;

		if (expected && is_step(expected))
			place.step = expected + 3;
		for (i = 1; i < count; i++) {
			const char *actual = line_at(&traces[i], place.line);

			ended += !actual;
			if (expected && actual && strcmp(expected, actual))
				place.found = true;
		}
		if (ended && ended < count)
			place.found = true;
		if (ended == count && strcmp(place.step, "end"))
			place.found = true;
		if (place.found || ended)
			return place;
	}
}

static size_t count_steps(const struct trace *trace)
{
	size_t steps = 0, i;

	for (i = 0; i < trace->nr_lines; i++)
		steps += is_step(trace->lines[i]);
	return steps;
}

/*
 * The first observation of the step that begins at @line: whole if there is room, else its value,
 * which says most in least.
 */
static const char *summary(const struct trace *trace, size_t line)
{
	const char *observation = line_at(trace, line + 1), *value;

	if (!observation || is_step(observation))
		return line_at(trace, line) ? "" : "-";
	if (strlen(observation) <= CELL_WIDTH)
		return observation;
	value = strstr(observation, ": ");
	return value ? value + 2 : observation;
}

/* Where the next step begins, or the number of lines. */
static size_t next_step(const struct trace *trace, size_t line)
{
	do {
		line++;
	} while (line < trace->nr_lines && !is_step(trace->lines[line]));
	return line;
}

/* Do the observations of a step, from one line up to another, equal those of the first trace? */
static bool same_step(const struct trace *first, const struct trace *other, size_t from, size_t to)
{
	for (; from < to; from++) {
		const char *expected = line_at(first, from), *actual = line_at(other, from);

		if (!actual || strcmp(expected, actual))
			return false;
	}
	return true;
}

/* The column of the first trace has what happened, the others whether that happened there too. */
static const char *cell(const struct trace *traces, size_t i, size_t line)
{
	const char *expected = summary(&traces[0], line), *actual = summary(&traces[i], line);

	if (i == 0)
		return expected;
	if (same_step(&traces[0], &traces[i], line, next_step(&traces[0], line)))
		return SAME;
	return strcmp(expected, actual) ? actual : "differs";
}

static void widen(int *width, const char *text, int limit)
{
	int length = (int)strlen(text);

	if (length > limit)
		length = limit;
	if (length > *width)
		*width = length;
}

static void print_cell(const char *colour, int width, const char *text, bool last)
{
	printf(" | %s%-*.*s%s%s", colour, last ? 0 : width, width, text, plain, last ? "\n" : "");
}

static void print_step(int width, const char *title)
{
	const char *more = (int)strlen(title) > width ? "..." : "";
	int room = width - (int)strlen(more);

	printf("%-*.*s%s", room, room, title, more);
}

/* Rows are the steps of the first trace, up to the one with the first difference. */
static void print_table(const struct trace *traces, size_t count, const struct place *difference)
{
	int step_width = TABLE_WIDTH, widths[MAX_TRACES] = { 0 };
	size_t line, last = traces[0].nr_lines, i;

	if (difference->found && difference->line < last)
		last = difference->line + 1;

	for (i = 0; i < count; i++) {
		widen(&widths[i], traces[i].name, CELL_WIDTH);
		for (line = 0; line < last; line = next_step(&traces[0], line))
			widen(&widths[i], cell(traces, i, line), CELL_WIDTH);
		step_width -= widths[i] + (int)strlen(" | ");
	}

	printf("%s%-*s%s", bold, step_width, "step", plain);
	for (i = 0; i < count; i++)
		print_cell(bold, widths[i], traces[i].name, i == count - 1);

	for (line = 0; line < last; line = next_step(&traces[0], line)) {
		print_step(step_width, traces[0].lines[line] + strlen("== "));
		for (i = 0; i < count; i++) {
			const char *text = cell(traces, i, line);

			print_cell(!i ? "" : strcmp(text, SAME) ? red : green, widths[i], text,
				   i == count - 1);
		}
	}
}

static void print_difference(const struct trace *traces, size_t count,
			     const struct place *difference)
{
	size_t i;

	printf("%sthe traces differ in step \"%s\":%s\n", red, difference->step, plain);
	for (i = 0; i < count; i++) {
		const char *line = line_at(&traces[i], difference->line);

		printf("  %-22s %s\n", traces[i].name,
		       line ? line : "(stops here, before the end of the scenario)");
	}
}

int main(int argc, char **argv)
{
	struct trace traces[MAX_TRACES] = { 0 };
	struct place difference;
	bool table = false;
	size_t count = 0, i;

	if (isatty(STDOUT_FILENO) && !getenv("NO_COLOR")) {
		red = "\033[31m";
		green = "\033[32m";
		bold = "\033[1m";
		plain = "\033[0m";
	}
	if (argc > 1 && !strcmp(argv[1], "--table")) {
		table = true;
		argc--;
		argv++;
	}
	if (argc < 3 || argc > MAX_TRACES + 1) {
		fprintf(stderr, "usage: compare [--table] NAME=TRACE NAME=TRACE...\n");
		return 2;
	}
	for (i = 1; i < (size_t)argc; i++)
		read_trace(&traces[count++], argv[i]);

	difference = first_difference(traces, count);
	if (table)
		print_table(traces, count, &difference);
	if (difference.found)
		print_difference(traces, count, &difference);
	else
		printf("%s%zu traces, %zu steps, %zu observations each: all the same%s\n", green,
		       count, count_steps(&traces[0]),
		       traces[0].nr_lines - count_steps(&traces[0]), plain);

	for (i = 0; i < count; i++)
		free_trace(&traces[i]);
	return difference.found ? 1 : 0;
}
