// SPDX-License-Identifier: GPL-2.0-only
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/rules.h"

static const char *const severity_names[] = {
	[SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note",
};

static int name_width(void)
{
	const struct rule *rule;
	size_t width = 0;

	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (strlen(rule->name) > width)
			width = strlen(rule->name);
	return (int)width;
}

static void print_rules(bool checked)
{
	const struct rule *rule;
	int width = name_width();

	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (rule_checked(rule) == checked)
			printf("  %-*s  %s\n", width, rule->name, rule->summary);
}

void explain_rules(void)
{
	const struct rule *rule;
	bool of_port = false;

	puts("What `migrate-vma check` looks for in a driver that calls the three steps:\n");
	print_rules(true);
	for (size_t i = 0; (rule = rule_at(i)); i++)
		of_port |= !rule_checked(rule);
	if (of_port) {
		puts("\nWhat `migrate-vma port` has to say:\n");
		print_rules(false);
	}
	puts("\n`migrate-vma explain RULE` shows a rule in full. A comment in the driver,\n"
	     "/* migrate-vma: allow RULE */ on the line or the one above, silences `check` there.\n\n"
	     "`migrate-vma explain NAME` tells what became of a name of the kernel, and\n"
	     "`make 2>&1 | migrate-vma explain -` which changes of the kernel broke a build.");
}

static void print_releases(const struct rule *rule)
{
	if (rule->until)
		printf("%s, for Linux %s to %s\n", severity_names[rule->severity], rule->since,
		       rule->until);
	else
		printf("%s, for Linux %s and newer\n", severity_names[rule->severity], rule->since);
}

#define LINE_WIDTH 80

/* Words of a paragraph, in lines that fit a terminal. */
static void print_filled(const char *text, size_t length)
{
	size_t column = 0;

	for (size_t at = 0; at < length;) {
		size_t word = strcspn(text + at, " \n");

		if (at + word > length)
			word = length - at;
		if (column && column + 1 + word > LINE_WIDTH) {
			putchar('\n');
			column = 0;
		} else if (column && word) {
			putchar(' ');
			column++;
		}
		fwrite(text + at, 1, word, stdout);
		column += word;
		at += word;
		while (at < length && (text[at] == ' ' || text[at] == '\n'))
			at++;
	}
	putchar('\n');
}

/* A paragraph with indented lines is a table, and stays as it is. */
static void print_explanation(const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t length = end ? (size_t)(end - text) : strlen(text);

		if (*text == ' ')
			printf("%.*s\n", (int)length, text);
		else
			print_filled(text, length);
		text += length;
		while (*text == '\n')
			text++;
		if (*text)
			putchar('\n');
	}
}

/* Code is indented, so that it stands out from the text. */
static void print_code(const char *title, const struct rule *rule, char other)
{
	char *whole = rule_code(rule, other), *code = whole;

	if (!code)
		return;
	printf("\n%s:\n\n", title);
	while (*code) {
		size_t length = strcspn(code, "\n");

		printf("%s%.*s\n", length ? "\t" : "", (int)length, code);
		code += length + (code[length] == '\n');
	}
	free(whole);
}

void explain_rule(const struct rule *rule)
{
	printf("%s: %s\n", rule->name, rule->summary);
	print_releases(rule);
	putchar('\n');
	print_explanation(rule->explanation);
	print_code("Wrong", rule, '+');
	print_code("Right", rule, '-');
}
