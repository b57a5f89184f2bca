// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules on small drivers.
 *
 * Each file below drivers/wrong/ and drivers/right/ is checked for the release that its comment
 * "target:" names; a folder there is one driver of several files.  A line that a rule has to find
 * ends in a comment "wrong: rule".  Each function is one test: what is found in it must be what its
 * lines say, no more and no less.
 *
 *	drivers-test FOLDER [FILE]	run all, or the tests of one file or folder only
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../porting-tool/memory.h"
#include "../../porting-tool/syntax/syntax.h"
#include "../../porting-tool/checks/checks.h"
#include "../../porting-tool/checks/rules.h"

#define FILES_MAX 16

struct driver {
	struct source files[FILES_MAX];
	size_t count;
	struct diagnostics found;
	const char *only;
};

static unsigned int tests, failures;

static void result(bool good, const char *path, const char *function)
{
	printf("%sok %u - %s: %s\n", good ? "" : "not ", ++tests, path, function);
	failures += !good;
}

/* The text behind "key: " in a comment of a line, up to white space; NULL when there is none. */
static char *value_of(const char *line, size_t length, const char *key)
{
	char *copy = strndup(line, length), *at = strstr(copy, key), *value = NULL;

	if (at) {
		at += strlen(key);
		value = strndup(at, strcspn(at, " \n"));
	}
	free(copy);
	return value;
}

static const char *line_text(const struct source *source, size_t line, size_t *length)
{
	size_t start = source->lines[line];

	*length = source_line_end(source, line) - start;
	return source->text + start;
}

static const struct diagnostic *finding_at(const struct driver *driver, const struct source *source,
					   size_t line, const char *rule)
{
	for (size_t i = 0; i < driver->found.count; i++) {
		const struct diagnostic *one = &driver->found.list[i];

		/* Other notes explain the finding before them. */
		if ((one->severity != SEVERITY_NOTE ||
		     rule_find(one->rule)->severity == SEVERITY_NOTE) && one->line == line + 1 &&
		    !strcmp(one->path, source->path) && (!rule || !strcmp(one->rule, rule)))
			return one;
	}
	return NULL;
}

/* Compares what is found in some lines with what they say. */
static void test_lines(const struct driver *driver, const struct source *source, size_t first,
		       size_t last, const char *name)
{
	bool good = true;

	for (size_t line = first; line <= last; line++) {
		size_t length;
		const char *text = line_text(source, line, &length);
		char *rule = value_of(text, length, "/* wrong: ");
		const struct diagnostic *found = finding_at(driver, source, line, NULL);

		if (rule && !rule_find(rule)) {
			printf("# %s:%zu: there is no rule called %s\n", source->path, line + 1,
			       rule);
			good = false;
		}
		if (rule && !finding_at(driver, source, line, rule)) {
			printf("# expected: %s:%zu: [%s]\n#     came: nothing of that rule\n",
			       source->path, line + 1, rule);
			good = false;
		}
		if (found && (!rule || strcmp(found->rule, rule))) {
			printf("# expected: nothing%s at %s:%zu\n#     came: %s [%s]\n",
			       rule ? " else" : "", source->path, line + 1, found->text,
			       found->rule);
			good = false;
		}
		free(rule);
	}
	if (!good)
		printf("# run it alone: %s tests/rules/drivers %s\n",
		       program_invocation_name, driver->only);
	result(good, source->path, name);
}

static void test_source(const struct driver *driver, const struct source *source)
{
	struct arena arena = { 0 };
	struct syntax syntax;
	size_t next = 0;

	syntax_parse(&syntax, source, &arena);
	for (const struct node *node = syntax.file->child; node; node = node->next) {
		size_t first, last;

		if (node->kind != NODE_FUNCTION)
			continue;
		first = source_line(source, code_start(&syntax, node->first));
		last = source_line(source, code_end(&syntax, node->last));
		if (first > next)
			test_lines(driver, source, next, first - 1, "between the functions");
		test_lines(driver, source, first, last,
			   code_text(&syntax, node->name, node->name));
		next = last + 1;
	}
	if (next < source->line_count)
		test_lines(driver, source, next, source->line_count - 1, "the rest of the file");
	syntax_release(&syntax);
	arena_release(&arena);
}

static const struct release *driver_target(const struct driver *driver)
{
	const struct release *target = NULL;
	const char *error;

	for (size_t i = 0; i < driver->count && !target; i++) {
		char *name = value_of(driver->files[i].text, driver->files[i].size, "/* target: ");

		if (name)
			target = release_find(name, &error);
		free(name);
	}
	return target;
}

static void test_driver(struct driver *driver, const char *path)
{
	const struct release *target = driver_target(driver);
	struct clang_setup setup = { 0 };
	size_t count, findings = 0;

	driver->only = path;
	if (!target) {
		printf("# %s names no target\n", path);
		result(false, path, "target");
		return;
	}
	count = check_files(driver->files, driver->count, target, &setup, &driver->found);
	for (size_t i = 0; i < driver->found.count; i++)
		findings += driver->found.list[i].severity != SEVERITY_NOTE;
	if (count != findings)
		printf("# check_files() counted %zu findings and gave %zu\n", count, findings);
	result(count == findings, path, "number of findings");
	for (size_t i = 0; i < driver->count; i++)
		test_source(driver, &driver->files[i]);
}

static void read_into(struct driver *driver, const char *path)
{
	if (driver->count == FILES_MAX ||
	    source_read(&driver->files[driver->count], path) != SOURCE_OK) {
		printf("# cannot read %s\n", path);
		result(false, path, "is read");
		return;
	}
	driver->count++;
}

/* A file, or a folder of files that belong together. */
static void run_one(const char *path)
{
	struct driver driver = { 0 };
	struct dirent **entries;
	struct stat status;
	int count;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
		count = scandir(path, &entries, NULL, alphasort);
		for (int i = 0; i < count; i++) {
			char *file;

			if (entries[i]->d_name[0] != '.' &&
			    asprintf(&file, "%s/%s", path, entries[i]->d_name) > 0) {
				read_into(&driver, file);
				free(file);
			}
			free(entries[i]);
		}
		if (count >= 0)
			free(entries);
	} else {
		read_into(&driver, path);
	}
	if (driver.count)
		test_driver(&driver, path);
	for (size_t i = 0; i < driver.count; i++)
		source_release(&driver.files[i]);
	diagnostics_release(&driver.found);
}

static void run_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char *path;

		if (entries[i]->d_name[0] != '.' &&
		    asprintf(&path, "%s/%s", folder, entries[i]->d_name) > 0) {
			run_one(path);
			free(path);
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	else
		result(false, folder, "is a folder");
}

/* Every rule that `check` applies has to have been expected somewhere. */
static void test_that_all_rules_are_shown(const char *folder)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++) {
		char *command;
		bool shown;

		if (!rule_checked(rule) || !rule->code)
			continue;
		if (asprintf(&command, "grep -rq 'wrong: %s \\*/' %s/wrong", rule->name,
			     folder) < 0)
			abort();
		shown = system(command) == 0;
		if (!shown)
			printf("# no driver in %s/wrong breaks the rule\n", folder);
		result(shown, rule->name, "a driver shows it");
		free(command);
	}
}

int main(int count, char **arguments)
{
	if (count == 2) {
		char *path;

		if (asprintf(&path, "%s/wrong", arguments[1]) < 0)
			return 2;
		run_folder(path);
		free(path);
		if (asprintf(&path, "%s/right", arguments[1]) < 0)
			return 2;
		run_folder(path);
		free(path);
		test_that_all_rules_are_shown(arguments[1]);
	} else if (count == 3) {
		run_one(arguments[2]);
	} else {
		fprintf(stderr, "usage: drivers-test FOLDER [FILE]\n");
		return 2;
	}
	printf("1..%u\n", tests);
	return failures != 0;
}
