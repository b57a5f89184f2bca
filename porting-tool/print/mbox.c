// SPDX-License-Identifier: GPL-2.0-only
#include "mbox.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "memory.h"
#include "version.h"
#include "author.h"
#include "patch.h"
#include "patch_name.h"
#include "stream.h"
#include "utf8.h"

/* Bars of the diffstat are not longer than this. */
#define BAR_WIDTH 40
#define WRAP_COLUMN 72

static const char *ending(size_t count)
{
	return count == 1 ? "" : "s";
}

/* The time of the run, or the one that makes a build reproducible. */
static void print_date(FILE *out)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t now = fixed && *fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
	struct tm date;
	char text[64];

	if (fixed && *fixed)
		gmtime_r(&now, &date);
	else
		localtime_r(&now, &date);
	/* The program does not call setlocale(), so the names are those RFC 2822 asks for. */
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S %z", &date);
	fprintf(out, "Date: %s\n", text);
}

/* A name for a mail header: plain, in quotes, or as RFC 2047 wants anything but ASCII. */
static void print_name(FILE *out, const char *name)
{
	bool ascii = true;

	for (const char *at = name; *at; at++)
		ascii = ascii && (unsigned char)*at < 0x80;
	if (!ascii) {
		fputs("=?UTF-8?q?", out);
		for (const char *at = name; *at; at++)
			fprintf(out, "=%02X", (unsigned char)*at);
		fputs("?=", out);
	} else if (strpbrk(name, "\"\\().,:;@[]")) {
		putc('"', out);
		for (const char *at = name; *at; at++)
			fprintf(out, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
		putc('"', out);
	} else {
		fputs(name, out);
	}
}

/* What a kernel commit begins with: the driver's only file without its ending, or its folder. */
static char *subject_prefix(const struct port_report *report, const char *first)
{
	char *name = patch_name(first, "/"), *slash, *prefix;
	struct port_totals totals = port_totals(report);

	slash = strrchr(name, '/');
	if (totals.changed > 1 && slash) {
		*slash = '\0';
		slash = strrchr(name, '/');
	} else if (strrchr(slash ? slash : name, '.')) {
		*strrchr(name, '.') = '\0';
	}
	prefix = strdup(slash ? slash + 1 : name);
	free(name);
	return prefix ? prefix : strcpy(xmalloc(1), "");
}

/* How many uses of a kind are in the texts before, and not in the texts after. */
static size_t gone(const struct port_report *report, enum use_kind kind)
{
	size_t before = 0, after = 0;

	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];
		struct source results[2] = { *file->source };
		size_t *counts[] = { &before, &after };

		if (!file->result || source_set(&results[1], file->source->path, file->result,
						file->result_size) != SOURCE_OK)
			continue;
		for (size_t side = 0; side < 2; side++) {
			struct use *uses;
			size_t count = list_uses(&results[side], &uses);

			for (size_t j = 0; j < count; j++) {
				*counts[side] += uses[j].kind == kind;
				free(uses[j].name);
			}
			free(uses);
		}
		source_release(&results[1]);
	}
	return before > after ? before - after : 0;
}

/* Prints words with line breaks in between, the lines behind the first indented. */
static void print_wrapped(FILE *out, const char *text, size_t column, size_t indentation)
{
	while (*text) {
		size_t length = strcspn(text, " ");

		if (column > indentation && column + 1 + length > WRAP_COLUMN) {
			fprintf(out, "\n%*s", (int)indentation, "");
			column = indentation;
		} else if (column > indentation) {
			putc(' ', out);
			column++;
		}
		fwrite(text, 1, length, out);
		column += length;
		text += length + strspn(text + length, " ");
	}
	putc('\n', out);
}

static void print_left(FILE *out, const struct port_report *report)
{
	bool first = true;

	for (size_t i = 0; i < report->diagnostics->count; i++) {
		const struct diagnostic *diagnostic = &report->diagnostics->list[i];
		char *text;

		if (diagnostic->severity == SEVERITY_NOTE)
			continue;
		if (first)
			fputs("\nLeft to be done:\n", out);
		first = false;
		if (asprintf(&text, "%s:%u: %s", diagnostic->path, diagnostic->line,
			     diagnostic->text) < 0)
			continue;
		/* Indented, so that no line can be taken for the beginning of the patch. */
		fputs("  - ", out);
		print_wrapped(out, text, 4, 4);
		free(text);
	}
}

static void print_counts(FILE *out, const struct port_report *report,
			 const struct port_totals *totals)
{
	size_t callbacks = gone(report, USE_CALLBACK), objects = gone(report, USE_OPS), size;
	char *text;
	FILE *stream = stream_to_memory(&text, &size);

	if (totals->uses)
		fprintf(stream, "Port %zu of %zu call%s in %zu file%s to Linux %s. ",
			totals->ported, totals->uses, ending(totals->uses), totals->files,
			ending(totals->files), report->target->name);
	if (callbacks || objects)
		fprintf(stream, "%zu callback%s and %zu ops object%s give way to plain functions "
			"and to code at the calls. ", callbacks, ending(callbacks), objects,
			ending(objects));
	fputs("No change in behaviour is intended.", stream);
	fclose(stream);
	print_wrapped(out, text, 0, 0);
	free(text);
}

static void print_message(FILE *out, const struct port_report *report)
{
	struct port_totals totals = port_totals(report);

	print_wrapped(out, "migrate_vma() and struct migrate_vma_ops are gone since Linux 5.4: a "
		      "driver calls migrate_vma_setup(), migrate_vma_pages() and "
		      "migrate_vma_finalize() itself, and does between them what its callbacks "
		      "did.", 0, 0);
	putc('\n', out);
	print_counts(out, report, &totals);
	print_left(out, report);
	fprintf(out, "\nPorted with migrate-vma %s.\n", MIGRATE_VMA_VERSION);
}

struct changed_file {
	char *name;
	struct patch_size size;
};

static void print_bar(FILE *out, char mark, size_t count, size_t total)
{
	size_t width = total <= BAR_WIDTH ? count : (count * BAR_WIDTH + total - 1) / total;

	while (width--)
		putc(mark, out);
}

static void print_statistics(FILE *out, const struct changed_file *files, size_t count)
{
	struct patch_size total = { 0 };
	size_t most = 0;
	int width = 0;

	for (size_t i = 0; i < count; i++) {
		size_t lines = files[i].size.added + files[i].size.removed;

		most = lines > most ? lines : most;
		width = (int)strlen(files[i].name) > width ? (int)strlen(files[i].name) : width;
	}
	for (size_t i = 0; i < count; i++) {
		const struct patch_size *size = &files[i].size;

		fprintf(out, " %-*s | %4zu ", width, files[i].name, size->added + size->removed);
		print_bar(out, '+', size->added, most);
		print_bar(out, '-', size->removed, most);
		putc('\n', out);
		total.added += size->added;
		total.removed += size->removed;
	}
	fprintf(out, " %zu file%s changed, %zu insertion%s(+), %zu deletion%s(-)\n\n", count,
		ending(count), total.added, ending(total.added), total.removed,
		ending(total.removed));
}

/* Prints message and patch; the statistics stand before the patch they are counted from. */
static void print_body(FILE *out, const struct port_report *report, const char *base)
{
	struct changed_file *files = xmalloc(report->found->count * sizeof(*files));
	char *patches;
	size_t size, count = 0;
	FILE *stream = stream_to_memory(&patches, &size);

	print_message(out, report);
	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];
		struct patch patch = {
			.old = file->source->text,
			.old_size = file->source->size,
			.new = file->result,
			.new_size = file->result_size,
			.created = file->created,
			.from_top = true,
		};

		if (!file->result)
			continue;
		files[count].name = patch_name(file->source->path, base);
		patch.name = files[count].name;
		files[count++].size = patch_print(stream, &patch, false);
	}
	fclose(stream);

	fputs("---\n", out);
	print_statistics(out, files, count);
	fwrite(patches, 1, size, out);
	fputs("-- \nmigrate-vma " MIGRATE_VMA_VERSION "\n\n", out);
	for (size_t i = 0; i < count; i++)
		free(files[i].name);
	free(files);
	free(patches);
}

static void print_base64(FILE *out, const char *text, size_t size)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *bytes = (const unsigned char *)text;

	for (size_t i = 0; i < size; i += 3) {
		unsigned long group = (unsigned long)bytes[i] << 16;

		if (i + 1 < size)
			group |= (unsigned long)bytes[i + 1] << 8;
		if (i + 2 < size)
			group |= bytes[i + 2];
		putc(digits[group >> 18], out);
		putc(digits[group >> 12 & 63], out);
		putc(i + 1 < size ? digits[group >> 6 & 63] : '=', out);
		putc(i + 2 < size ? digits[group & 63] : '=', out);
		if (i % 57 == 54)
			putc('\n', out);
	}
	fputs("\n\n", out);
}

static const struct source *first_changed(const struct port_report *report)
{
	for (size_t i = 0; i < report->found->count; i++)
		if (report->files[i].result)
			return &report->found->list[i];
	return NULL;
}

void mbox_print(FILE *out, const struct port_report *report)
{
	const struct source *first = first_changed(report);
	char *base, *prefix, *body;
	struct author author;
	size_t size;
	FILE *stream;
	bool plain;

	if (!first)
		return;
	base = patch_base(first->path);
	author_find(&author, base);
	prefix = subject_prefix(report, first->path);
	stream = stream_to_memory(&body, &size);
	print_body(stream, report, base);
	fclose(stream);

	plain = utf8_is_valid(body, size) && !memchr(body, '\r', size);
	fputs("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: ", out);
	print_name(out, author.name);
	fprintf(out, " <%s>\n", author.email);
	print_date(out);
	fprintf(out, "Subject: [PATCH] %s: port to the migrate_vma_setup() API of Linux %s\n", prefix,
		report->target->name);
	fprintf(out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
		"Content-Transfer-Encoding: %s\n\n", plain ? "8bit" : "base64");
	if (plain)
		fwrite(body, 1, size, out);
	else
		print_base64(out, body, size);
	free(body);
	free(prefix);
	free(base);
	author_release(&author);
}
