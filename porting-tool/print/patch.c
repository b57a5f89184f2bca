// SPDX-License-Identifier: GPL-2.0-only
#include "patch.h"

#include <ctype.h>
#include <string.h>

#include "diff.h"
#include "patch_name.h"
#include "terminal.h"

#define CONTEXT 3

/* As much of a function's first line as git shows behind the @@. */
#define FUNCTION_LENGTH 80

struct printer {
	FILE *out;
	bool colored;
};

static void print_line(const struct printer *printer, const struct diff_text *side, size_t line,
		       char mark, enum style style)
{
	const char *text = side->text + side->starts[line];
	size_t size = side->starts[line + 1] - side->starts[line];
	bool ended = text[size - 1] == '\n';

	style_begin(printer->out, printer->colored, style);
	putc(mark, printer->out);
	if (printer->colored) {
		bool carriage_return;

		size -= ended;
		carriage_return = size && text[size - 1] == '\r';
		print_harmless(printer->out, text, size - carriage_return);
		style_end(printer->out, printer->colored);
		fputs(carriage_return ? "\r\n" : "\n", printer->out);
	} else {
		fwrite(text, 1, size, printer->out);
		if (!ended)
			putc('\n', printer->out);
	}
	if (!ended)
		fputs("\\ No newline at end of file\n", printer->out);
}

/* Prints the nearest line before @line that looks like the beginning of a function. */
static void print_function(const struct printer *printer, const struct diff_text *side, size_t line)
{
	while (line-- > 0) {
		const char *text = side->text + side->starts[line];
		size_t size = side->starts[line + 1] - side->starts[line];

		if (!isalpha((unsigned char)*text) && *text != '_' && *text != '$')
			continue;
		while (size && isspace((unsigned char)text[size - 1]))
			size--;
		if (size > FUNCTION_LENGTH)
			size = FUNCTION_LENGTH;
		/* Not in the middle of a character of UTF-8. */
		while (size && size == FUNCTION_LENGTH && ((unsigned char)text[size] & 0xc0) == 0x80)
			size--;
		putc(' ', printer->out);
		print_harmless(printer->out, text, size);
		return;
	}
}

/* A range without lines is named by the line before it. */
static void print_range(FILE *out, char mark, size_t line, size_t count)
{
	fprintf(out, "%c%zu", mark, count ? line + 1 : line);
	if (count != 1)
		fprintf(out, ",%zu", count);
}

static size_t context_before(const struct diff_change *change)
{
	return change->old_line < CONTEXT ? change->old_line : CONTEXT;
}

static size_t old_end(const struct diff_change *change)
{
	return change->old_line + change->old_count;
}

static size_t new_end(const struct diff_change *change)
{
	return change->new_line + change->new_count;
}

/* Prints the changes from @first to @last, which are so near that their contexts meet. */
static void print_hunk(const struct printer *printer, const struct diff *diff,
		       const struct diff_change *first, const struct diff_change *last)
{
	size_t before = context_before(first), behind = diff->old.count - old_end(last);
	size_t old = first->old_line - before, new = first->new_line - before;

	if (behind > CONTEXT)
		behind = CONTEXT;
	style_begin(printer->out, printer->colored, STYLE_DIFF_HUNK);
	fputs("@@ ", printer->out);
	print_range(printer->out, '-', old, old_end(last) + behind - old);
	putc(' ', printer->out);
	print_range(printer->out, '+', new, new_end(last) + behind - new);
	fputs(" @@", printer->out);
	style_end(printer->out, printer->colored);
	print_function(printer, &diff->old, old);
	putc('\n', printer->out);

	for (const struct diff_change *change = first; change <= last; change++) {
		while (old < change->old_line)
			print_line(printer, &diff->old, old++, ' ', STYLE_PLAIN);
		while (old < old_end(change))
			print_line(printer, &diff->old, old++, '-', STYLE_DIFF_REMOVED);
		for (size_t line = change->new_line; line < new_end(change); line++)
			print_line(printer, &diff->new, line, '+', STYLE_DIFF_ADDED);
	}
	for (size_t i = 0; i < behind; i++)
		print_line(printer, &diff->old, old++, ' ', STYLE_PLAIN);
}

static void print_file_line(const struct printer *printer, const char *mark, const char *prefix,
			    const char *name)
{
	fputs(mark, printer->out);
	patch_name_print(printer->out, prefix, name);
	/* A tab ends a name that has blanks in it. */
	fputs(strchr(name, ' ') ? "\t\n" : "\n", printer->out);
}

/* The line "diff --git" is what makes git take names from the top of the repository. */
static void print_head(const struct printer *printer, const char *name, bool from_top, bool created)
{
	style_begin(printer->out, printer->colored, STYLE_DIFF_FILE);
	if (from_top) {
		fputs("diff --git ", printer->out);
		patch_name_print(printer->out, "a/", name);
		putc(' ', printer->out);
		patch_name_print(printer->out, "b/", name);
		putc('\n', printer->out);
	}
	if (from_top && created)
		fputs("new file mode 100644\n", printer->out);
	if (created)
		fputs("--- /dev/null\n", printer->out);
	else
		print_file_line(printer, "--- ", "a/", name);
	print_file_line(printer, "+++ ", "b/", name);
	style_end(printer->out, printer->colored);
}

struct patch_size patch_print(FILE *out, const struct patch *patch, bool colored)
{
	const struct printer printer = { .out = out, .colored = colored };
	struct patch_size size = { 0 };
	struct diff diff;

	diff_texts(&diff, patch->old, patch->old_size, patch->new, patch->new_size);
	if (diff.count)
		print_head(&printer, patch->name, patch->from_top, patch->created);
	for (size_t i = 0; i < diff.count; i++) {
		const struct diff_change *first = &diff.changes[i];

		while (i + 1 < diff.count &&
		       diff.changes[i + 1].old_line - old_end(&diff.changes[i]) <= 2 * CONTEXT)
			i++;
		print_hunk(&printer, &diff, first, &diff.changes[i]);
	}
	for (size_t i = 0; i < diff.count; i++) {
		size.added += diff.changes[i].new_count;
		size.removed += diff.changes[i].old_count;
	}
	diff_release(&diff);
	return size;
}
