// SPDX-License-Identifier: GPL-2.0-only
/*
 * What became of a name of the kernel, from the two tables that know: that of the changes, which
 * says what to do, and that of all names.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "kernel/dated_names.h"
#include "kernel/kernel_names.h"
#include "kernel/substitutions.h"

static void print_release(FILE *out, int release)
{
	fprintf(out, "%d.%d", release / 1000, release % 1000);
}

/* "since 6.17, perhaps 6.15": the headers of 6.15 and 6.16 were not read. */
static void print_bound(FILE *out, const char *word, int release, bool newer)
{
	int unread = release_unread(release, newer);

	fputs(word, out);
	print_release(out, release);
	if (unread) {
		fputs(", perhaps ", out);
		print_release(out, unread);
	}
}

static void print_range(FILE *out, int from, int to)
{
	if (!from && !to)
		fputs("in every release", out);
	else if (from && from == to)
		print_bound(out, "in ", from, false);
	else if (!to)
		print_bound(out, "since ", from, false);
	else if (!from)
		print_bound(out, "up to ", to, true);
	else {
		print_bound(out, "from ", from, false);
		print_bound(out, " to ", to, true);
	}
}

static void print_ranges(FILE *out, const char *at, const char *end)
{
	const char *divider = "";
	int from, to;

	while (kernel_name_range(&at, end, &from, &to)) {
		fputs(divider, out);
		print_range(out, from, to);
		divider = "; ";
	}
}

static void print_parameters(FILE *out, const struct kernel_name *name)
{
	const char *at = name->parameters, *end = at + name->parameters_length;

	while (at < end) {
		const char *next = memchr(at, ';', (size_t)(end - at));
		const char *colon = memchr(at, ':', (size_t)(end - at));
		size_t digits;

		if (!next)
			next = end;
		if (!colon)
			return;
		digits = (size_t)(colon - at);
		if (*at == '-')
			fputs("    any number of parameters ", out);
		else
			fprintf(out, "    %.*s parameter%s ", (int)digits, at,
				digits == 1 && *at == '1' ? "" : "s");
		print_ranges(out, colon + 1, next);
		fputc('\n', out);
		at = next + 1;
	}
}

static void print_kernel_name(FILE *out, const struct kernel_name *name)
{
	const char *dot = memchr(name->name, '.', name->length);
	size_t tag = dot ? (size_t)(dot - name->name) : 0;

	if (dot)
		fprintf(out, "  member %.*s of struct %.*s", (int)(name->length - tag - 1), dot + 1,
			(int)tag, name->name);
	else
		fprintf(out, "  %.*s", (int)name->length, name->name);
	fprintf(out, ", <linux/%.*s>: ", (int)name->header_length, name->header);
	print_ranges(out, name->present, name->present + name->present_length);
	fputc('\n', out);
	print_parameters(out, name);
}

static bool is_member(const struct kernel_name *name, const char *member)
{
	size_t length = strlen(member);

	return name->length > length && name->name[name->length - length - 1] == '.' &&
	       !memcmp(name->name + name->length - length, member, length);
}

static bool print_kernel_names(FILE *out, const char *text)
{
	struct kernel_name name = { 0 };
	char tag[80];
	bool any = kernel_name_find(text, strlen(text), &name);

	if (any)
		print_kernel_name(out, &name);
	if (snprintf(tag, sizeof(tag), "struct %s", text) < (int)sizeof(tag) &&
	    kernel_name_find(tag, strlen(tag), &name)) {
		print_kernel_name(out, &name);
		any = true;
	}
	if (any || strchr(text, '.') || !strncmp(text, "struct ", 7))
		return any;
	name = (struct kernel_name){ 0 };
	while (kernel_name_next(&name)) {
		if (!is_member(&name, text))
			continue;
		print_kernel_name(out, &name);
		any = true;
	}
	return any;
}

/* How the kernel's change of a name reads in a driver. */
static void print_substitution(FILE *out, const struct substitution *row)
{
	fprintf(out, "  from %d.%d on ", row->since / 1000, row->since % 1000);
	switch (row->form) {
	case SUBSTITUTE_DROP:
		fprintf(out, "%s() loses its argument %zu, which is %s", row->name, row->index + 1,
			row->text);
		break;
	case SUBSTITUTE_ADD:
		fprintf(out, "%s(x) becomes %s(x, ", row->name, row->with ? row->with : row->name);
		fprintf(out, row->text, "x");
		fputc(')', out);
		break;
	case SUBSTITUTE_DEVICE:
		fprintf(out, "%s(pdev, x) becomes %s(&pdev->dev, x%s)", row->name, row->with,
			row->text ? row->text : "");
		break;
	case SUBSTITUTE_FIRST:
		fprintf(out, "%s(x) becomes %s", row->name, row->with ? row->with : "x");
		if (row->with)
			fputs("(x)", out);
		break;
	case SUBSTITUTE_STRING:
		fprintf(out, "%s(X) becomes %s(\"X\")", row->name, row->name);
		break;
	case SUBSTITUTE_LOCK:
		fprintf(out, "%s(&mm->%s) becomes %s(mm)", row->name, row->of, row->with);
		break;
	case SUBSTITUTE_MEMBER_CALL:
		fprintf(out, "x->%s becomes %s(x)", row->name, row->with);
		break;
	case SUBSTITUTE_FLAGS:
		fprintf(out, "x->%s |= f becomes %s_set(x, f), and &= ~f %s_clear(x, f)", row->name,
			row->with, row->with);
		break;
	default:
		fprintf(out, "%s becomes %s", row->name, row->with);
	}
	fputs("\n    `migrate-vma port` does it.\n", out);
}

static bool print_substitutions(FILE *out, const char *name)
{
	const struct substitution *row;
	bool any = false;

	for (size_t i = 0; (row = substitution_at(i)); i++) {
		if (strcmp(row->name, name) && (!row->with || strcmp(row->with, name)) &&
		    (row->form != SUBSTITUTE_LOCK || strcmp(row->of, name)))
			continue;
		print_substitution(out, row);
		any = true;
	}
	return any;
}

/* What the table of changes knows; its names stand without "struct " and "TAG.". */
static bool print_changes(FILE *out, const char *text)
{
	static const char *const answers[] = {
		[LEFT] = "leaves it to a person, and says where.",
		[WHERE_SEEN] = "does it where it understands the use, and says where it does not.",
		[PORTED] = "does it.",
	};
	const char *dot = strchr(text, '.');
	struct dated_name name;
	bool substituted;
	size_t i;

	if (!strncmp(text, "struct ", 7))
		text += 7;
	if (dot)
		text = dot + 1;
	substituted = print_substitutions(out, text);
	for (i = 0; dated_name_of(text, i, &name); i++) {
		fprintf(out, "  %s%s: ", name.name, name.form);
		if (name.since) {
			fputs("since ", out);
			print_release(out, name.since);
			fputs("; before: ", out);
		}
		if (name.until != INT_MAX) {
			fputs("gone since ", out);
			print_release(out, name.until);
			fputs(": ", out);
		}
		fprintf(out, "%s\n", name.instead);
		if (!substituted)
			fprintf(out, "    `migrate-vma port` %s\n",
				answers[name.port]);
	}
	return i > 0 || substituted;
}

bool explain_change(const char *name, FILE *out)
{
	bool changes = print_changes(out, name);

	return print_kernel_names(out, name) || changes;
}

bool explain_name(const char *name)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool known = out && explain_change(name, out);

	if (out)
		fclose(out);
	if (known)
		printf("%s\n%s", name, text);
	free(text);
	return known;
}
