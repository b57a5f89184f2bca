// SPDX-License-Identifier: GPL-2.0-only
/*
 * The output of a failed build, and which changes of the kernel its errors come from.
 *
 * Compilers word their errors differently, but all quote the names that an error is about.  So an
 * error is looked up by what it quotes, first as a struct and its member.
 */
#include <stdlib.h>
#include <string.h>

#include "explain.h"

#define NAMES_MAX 8
#define NAME_SIZE 80

/* What a line quotes. */
struct quoted {
	char names[NAMES_MAX][NAME_SIZE];
	size_t count;
};

/* Errors that quote nothing, or whose words say more than the name does. */
static const struct {
	const char *words;
	const char *name;
	const char *meaning;
} messages[] = {
	{ "Missing owner", "dev_pagemap.owner",
	  "memremap_pages() refuses device memory without an owner since 5.7" },
	{ "nr_range must be specified", "dev_pagemap.nr_range",
	  "since 5.10 a range counts only with nr_range = 1" },
	{ "Missing migrate_to_ram method", "dev_pagemap_ops.migrate_to_ram",
	  "the pagemap's ops are not set, or lack the function" },
	{ "Missing page_free method", "dev_pagemap_ops.page_free",
	  "the pagemap's ops lack the function that is told of free pages" },
	{ "Missing folio_free method", "dev_pagemap_ops.folio_free",
	  "the pagemap's ops lack the function that is told of free pages" },
	{ "GPL-incompatible module", NULL,
	  "exported to modules under the GPL only: another module cannot use it" },
	{ "GPL-only symbol", NULL,
	  "exported to modules under the GPL only: another module cannot use it" },
	{ "undefined!", NULL,
	  "not exported by this kernel: gone, or an option that it needs is off" },
	{ "incomplete type", NULL, "is its header included?  Others no longer bring it in" },
	{ "undefined type", NULL, "is its header included?  Others no longer bring it in" },
	{ "incomplete definition of type", NULL,
	  "is its header included?  Others no longer bring it in" },
	{ "read-only member 'vm_flags'", "vm_flags_set",
	  "vm_flags is changed by functions since 6.3" },
};

/* What opens and closes a name: gcc's quotation marks in UTF-8, those in ASCII, modpost's. */
static const struct {
	const char *open, *close;
} marks[] = { { "\xe2\x80\x98", "\xe2\x80\x99" }, { "'", "'" }, { "`", "'" }, { "\"", "\"" } };

static void add_name(struct quoted *quoted, const char *name, size_t length)
{
	char *to = quoted->names[quoted->count];

	if (length > 6 && !strncmp(name, "const ", 6)) {
		name += 6;
		length -= 6;
	}
	/* "struct hmm_devmem_ops *" is about the struct. */
	while (length && (name[length - 1] == '*' || name[length - 1] == ' '))
		length--;
	if (!length || length >= NAME_SIZE || quoted->count == NAMES_MAX)
		return;
	memcpy(to, name, length);
	to[length] = '\0';
	quoted->count++;
}

static void find_quoted(const char *line, struct quoted *quoted)
{
	for (const char *at = line; *at;) {
		const char *name = NULL, *end = NULL;

		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks) && !end; i++) {
			if (strncmp(at, marks[i].open, strlen(marks[i].open)))
				continue;
			name = at + strlen(marks[i].open);
			end = strstr(name, marks[i].close);
			if (end)
				at = end + strlen(marks[i].close);
		}
		if (end)
			add_name(quoted, name, (size_t)(end - name));
		else
			at++;
	}
}

static const char *tag_of(const char *name)
{
	return strncmp(name, "struct ", 7) ? NULL : name + 7;
}

/* Return: whether something is known of what is quoted; @out has got it. */
static bool look_up(const struct quoted *quoted, FILE *out)
{
	char member[2 * NAME_SIZE];

	for (size_t i = 0; i < quoted->count; i++) {
		const char *tag = tag_of(quoted->names[i]);

		for (size_t j = 0; tag && j < quoted->count; j++) {
			if (j == i || tag_of(quoted->names[j]))
				continue;
			snprintf(member, sizeof(member), "%s.%s", tag, quoted->names[j]);
			if (explain_change(member, out))
				return true;
		}
	}
	for (size_t i = 0; i < quoted->count; i++)
		if (explain_change(quoted->names[i], out))
			return true;
	return false;
}

static bool is_error(const char *line)
{
	return strstr(line, "error:") || strstr(line, "ERROR:") || strstr(line, "FATAL:");
}

static bool ends_error(const char *line)
{
	return is_error(line) || strstr(line, "warning:") || strstr(line, "WARNING:");
}

/* Return: whether the line says something that is known without a name, or more than the name. */
static bool look_up_message(const char *line, FILE *out)
{
	bool known = false;

	for (size_t i = 0; i < sizeof(messages) / sizeof(*messages); i++) {
		if (!strstr(line, messages[i].words))
			continue;
		fprintf(out, "  %s\n", messages[i].meaning);
		if (messages[i].name) {
			explain_change(messages[i].name, out);
			known = true;
		}
		break;
	}
	return known;
}

/* The error that was read last, until something explains it. */
struct pending {
	char *line;
	bool error;
};

static bool explain_line(const char *line, bool is_note, struct pending *pending)
{
	struct quoted quoted = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool known = false;

	if (!out)
		return false;
	find_quoted(line, &quoted);
	if (!is_note)
		known = look_up_message(line, out);
	known = known || look_up(&quoted, out);
	fclose(out);
	if (known)
		printf("%s%s", pending->line, text);
	free(text);
	return known;
}

size_t explain_log(FILE *log)
{
	struct pending pending = { 0 };
	char *line = NULL;
	size_t capacity = 0, errors = 0, known = 0;

	while (getline(&line, &capacity, log) > 0) {
		bool error = is_error(line) || strstr(line, "Missing ") ||
			     strstr(line, "must be specified");

		/* A warning, or what follows it, explains nothing. */
		if (!error && ends_error(line))
			pending.error = false;
		if (error) {
			free(pending.line);
			pending.line = strdup(line);
			pending.error = true;
			errors++;
		}
		/* clang names a function only in the note that follows. */
		if (!pending.error || !pending.line || (!error && !strstr(line, "note:")) ||
		    !explain_line(line, !error, &pending))
			continue;
		pending.error = false;
		known++;
	}
	free(line);
	free(pending.line);
	printf("%s%zu of %zu error%s %s from a change of the kernel that is known here\n",
	       known ? "\n" : "", known, errors, errors == 1 ? "" : "s",
	       known == 1 ? "comes" : "come");
	return known;
}
