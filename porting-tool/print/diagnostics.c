// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "report.h"
#include "terminal.h"

/* Behind this column the line is not shown: nobody finds the mark under it. */
#define COLUMN_MAX 160
#define WIDTH_MAX 200

static const struct {
	const char *name;
	enum style style;
} severities[] = {
	[SEVERITY_ERROR] = { "error", STYLE_ERROR },
	[SEVERITY_WARNING] = { "warning", STYLE_WARNING },
	[SEVERITY_NOTE] = { "note", STYLE_NOTE },
};

size_t diagnostics_errors(const struct diagnostics *diagnostics)
{
	size_t errors = 0;

	for (size_t i = 0; i < diagnostics->count; i++)
		errors += diagnostics->list[i].severity == SEVERITY_ERROR;
	return errors;
}

static void print_place(FILE *out, const struct diagnostic *diagnostic, bool colored)
{
	const char *path = strcmp(diagnostic->path, "-") ? diagnostic->path : "<stdin>";

	style_begin(out, colored, STYLE_PLACE);
	print_harmless(out, path, strlen(path));
	if (diagnostic->line)
		fprintf(out, ":%u:%u", diagnostic->line, diagnostic->column);
	fputs(": ", out);
	style_end(out, colored);
}

/* Blanks as wide as what is before the column: tabs stay tabs, a character of UTF-8 is one. */
static void print_indentation(FILE *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\t')
			putc('\t', out);
		else if (((unsigned char)text[i] & 0xc0) != 0x80)
			putc(' ', out);
	}
}

static void print_source_line(FILE *out, const struct source *source,
			      const struct diagnostic *diagnostic, bool colored)
{
	size_t start, size, column = diagnostic->column - 1;
	const char *text;

	if (diagnostic->line > source->line_count || !diagnostic->column)
		return;
	start = source->lines[diagnostic->line - 1];
	size = source_line_end(source, diagnostic->line - 1) - start;
	text = source->text + start;
	if (column > size || column > COLUMN_MAX)
		return;

	fprintf(out, "%5u | ", diagnostic->line);
	print_harmless(out, text, size < WIDTH_MAX ? size : WIDTH_MAX);
	fputs("\n      | ", out);
	print_indentation(out, text, column);
	style_begin(out, colored, STYLE_CARET);
	putc('^', out);
	/* The rest of a name is part of the place. */
	for (size_t i = column + 1; i < size && i < WIDTH_MAX; i++) {
		if (!isalnum((unsigned char)text[i]) && text[i] != '_')
			break;
		putc('~', out);
	}
	style_end(out, colored);
	putc('\n', out);
}

void print_diagnostics(FILE *out, const struct diagnostics *diagnostics,
		       const struct found_files *found, bool colored)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *diagnostic = &diagnostics->list[i];
		const struct source *source = found_source(found, diagnostic->path);

		print_place(out, diagnostic, colored);
		style_begin(out, colored, severities[diagnostic->severity].style);
		fprintf(out, "%s: ", severities[diagnostic->severity].name);
		style_end(out, colored);
		print_harmless(out, diagnostic->text, strlen(diagnostic->text));
		fprintf(out, " [%s]\n", diagnostic->rule);
		if (source && diagnostic->line)
			print_source_line(out, source, diagnostic, colored);
	}
}
