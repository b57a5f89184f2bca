// SPDX-License-Identifier: GPL-2.0-only
/*
 * One shape, ported to one release.
 */
#include <stdlib.h>
#include <string.h>

#include "../runner/process.h"
#include "../runner/rig.h"
#include "shape.h"

/* What the driver before is for, where its expect says nothing else. */
#define CALLBACK_RELEASE	"5.3"
#define LINES_SHOWN		80

/**
 * struct test - one test while it runs
 * @shape: what is ported
 * @release: to which release
 * @folder: to work in; it has "driver", which is ported, "before" and "after"
 * @said: for what there is to say
 */
struct test {
	const struct shape *shape;
	const char *release;
	const char *folder;
	FILE *said;
};

static char *path_of(const struct test *test, const char *name)
{
	return process_format("%s/%s", test->folder, name);
}

/* Prints a text with an indent, without the name of the folder it was made in. */
static void say_text(const struct test *test, char *text)
{
	char *line, *rest = NULL, *found;
	size_t length = strlen(test->folder);
	int lines = 0;

	for (line = strtok_r(text, "\n", &rest); line && lines++ < LINES_SHOWN;
	     line = strtok_r(NULL, "\n", &rest)) {
		while ((found = strstr(line, test->folder)))
			memmove(found, found + length + 1, strlen(found + length + 1) + 1);
		fprintf(test->said, "    %s\n", line);
	}
	free(text);
}

static void say_file(const struct test *test, const char *name)
{
	char *path = path_of(test, name);

	say_text(test, file_read(path, NULL));
	free(path);
}

static void say_difference(const struct test *test, const char *what, const char *expected,
			   const char *came)
{
	char *argv[] = { "diff", "-ruN", (char *)expected, (char *)came, NULL };
	struct process process = { .argv = argv, .folder = test->folder, .output = "difference" };
	char *path = path_of(test, "difference"), *text, *at;

	process_run(&process);
	text = file_read(path, NULL);
	/* Of one file the two names say nothing. */
	at = !strncmp(text, "---", 3) ? strstr(text, "\n@@") : NULL;
	if (at)
		memmove(text, at + 1, strlen(at + 1) + 1);
	fprintf(test->said, "%s: - expected, + came\n", what);
	say_text(test, text);
	free(path);
}

static char *setting(const struct test *test, const char *word)
{
	return shape_setting(test->shape, test->release, word);
}

static bool has_setting(const struct test *test, const char *word)
{
	char *value = setting(test, word);

	free(value);
	return value;
}

/* The release that the driver before is for; it ends with the test. */
static const char *release_before(const struct test *test)
{
	static char release[16];
	char *value = setting(test, "before");

	snprintf(release, sizeof(release), "%s", value ? value : CALLBACK_RELEASE);
	free(value);
	return release;
}

static int status_expected(const struct test *test)
{
	char *value = setting(test, "exit");
	int status = value ? atoi(value) : 0;

	free(value);
	return status;
}

static int port(const struct test *test)
{
	char *argv[] = { "migrate-vma", "port", process_format("--target=%s", test->release),
			 "driver", NULL };
	int status = rig_tool(test->folder, "patch", "messages", argv);

	free(argv[2]);
	return status;
}

/* driver/FILE:LINE:COLUMN: SEVERITY: TEXT [RULE], as FILE:LINE SEVERITY RULE */
static char *diagnostics_that_came(const struct test *test)
{
	char *path = path_of(test, "messages"), *text = file_read(path, NULL), *line, *rest = NULL;
	char *found = NULL;
	size_t size;
	FILE *out = open_memstream(&found, &size);

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char file[256], severity[16], *rule = strrchr(line, '[');
		unsigned int number, used = 0;

		if (sscanf(line, "driver/%255[^:]:%u:%*u: %15[a-z]:%n", file, &number, severity,
			   &used) < 3 || !used || !rule || !strchr(rule, ']'))
			continue;
		fprintf(out, "%s:%u %s %.*s\n", file, number, severity, (int)strcspn(rule + 1, "]"),
			rule + 1);
	}
	fclose(out);
	free(text);
	free(path);
	return shape_diagnostics_order(found);
}

/* The cause first: what migrate-vma said where something else was expected. */
static bool check_messages(const struct test *test, int status)
{
	char *expected = shape_diagnostics(test->shape, test->release);
	char *came = diagnostics_that_came(test);
	bool good = status == status_expected(test) && !strcmp(expected, came);

	if (!good) {
		char *one = path_of(test, "expected-diagnostics"), *other = path_of(test, "came-diagnostics");

		fprintf(test->said, "migrate-vma ended with status %d, expected %d, and said\n", status,
			status_expected(test));
		say_file(test, "messages");
		file_write(one, expected, strlen(expected));
		file_write(other, came, strlen(came));
		if (strcmp(expected, came))
			say_difference(test, "diagnostics", one, other);
		free(one);
		free(other);
	}
	free(expected);
	free(came);
	return good;
}

static bool check_result(const struct test *test)
{
	char *argv[] = { "patch", "-p1", "--silent", "--force", "--no-backup-if-mismatch", NULL };
	struct process process = { .argv = argv, .folder = test->folder, .input = "patch",
				   .output = "patch-says", .errors = "patch-says" };
	char *patch = path_of(test, "patch"), *driver = path_of(test, "driver");
	char *after = path_of(test, "after"), *bytes;
	size_t length;
	bool good = true;

	bytes = file_read(patch, &length);
	free(bytes);
	if (length && process_run(&process)) {
		fprintf(test->said, "patch does not apply what migrate-vma wrote:\n");
		say_file(test, "patch-says");
		good = false;
	} else if (!folder_same(after, driver)) {
		say_difference(test, "the driver", "after", "driver");
		good = false;
	}
	free(patch);
	free(driver);
	free(after);
	return good;
}

/* What is left can only be what was left the first time. */
static bool check_again(const struct test *test)
{
	int status = port(test);
	char *path = path_of(test, "patch"), *patch = file_read(path, NULL);
	bool good = true;

	if (*patch) {
		fprintf(test->said, "porting the result again changes it:\n");
		say_file(test, "patch");
		good = false;
	} else if (status && status != status_expected(test)) {
		fprintf(test->said, "porting the result again ends with status %d:\n", status);
		say_file(test, "messages");
		good = false;
	}
	free(path);
	free(patch);
	return good;
}

static bool compile(const struct test *test, const char *release, const char *name,
		    char *const *options)
{
	char *folder = path_of(test, name), *log = path_of(test, "compiler");
	int status = rig_compile(folder, release, options, log);

	if (status) {
		fprintf(test->said, "does not compile for %s without a warning:\n", release);
		say_file(test, "compiler");
	}
	free(folder);
	free(log);
	return !status;
}

/* What the driver shows, and how it ended, is to be in NAME.trace. */
static void play(const struct test *test, const char *release, const char *name)
{
	char *folder = path_of(test, name), *trace = process_format("%s.trace", folder);
	int status = rig_play(folder, release, NULL);
	FILE *file = fopen(trace, "a");

	if (file) {
		fprintf(file, "# ended with status %d\n", status);
		fclose(file);
	}
	free(folder);
	free(trace);
}

/* The driver before is compiled and run once for all releases. */
static bool run_before(const struct test *test)
{
	/* The port is looked at with the eyes of an optimising compiler; this is not. */
	static char *const options[] = { "-O0", NULL };
	char *folder = path_of(test, "before");
	bool good = true;

	if (!file_exists(folder)) {
		shape_put_before(test->shape, folder);
		good = compile(test, release_before(test), "before", options);
		if (!good)
			folder_remove(folder);
		else if (!has_setting(test, "no-run"))
			play(test, release_before(test), "before");
	}
	free(folder);
	return good;
}

/* Which release it was, and how much memory the two APIs take, is no difference. */
static void write_observations(const struct test *test, const char *name, char **last)
{
	char *from = process_format("%s/%s.trace", test->folder, name);
	char *to = process_format("%s/%s.shows", test->folder, name);
	char *text = file_read(from, NULL), *line, *rest = NULL;
	FILE *out = fopen(to, "w");

	*last = NULL;
	for (line = strtok_r(text, "\n", &rest); line && out; line = strtok_r(NULL, "\n", &rest)) {
		char *objects = strrchr(line, ',');

		if (!strncmp(line, "# shape on Linux", 16))
			continue;
		if (!strncmp(line, "in use:", 7) && objects && strstr(objects, " objects"))
			*objects = '\0';
		fprintf(out, "%s\n", line);
		free(*last);
		*last = strdup(line);
	}
	if (out)
		fclose(out);
	free(text);
	free(from);
	free(to);
}

static bool check_run(const struct test *test)
{
	const char *player = rig_player(test->release);
	char *before = NULL, *after = NULL, *one, *other, *one_text, *other_text;
	bool good = false;

	if (!compile(test, test->release, "after", NULL))
		return false;
	if (has_setting(test, "no-run"))
		return true;
	play(test, player, "after");
	write_observations(test, "before", &before);
	write_observations(test, "after", &after);
	one = path_of(test, "before.shows");
	other = path_of(test, "after.shows");
	one_text = file_read(one, NULL);
	other_text = file_read(other, NULL);
	if (strcmp(one_text, other_text)) {
		fprintf(test->said, "the port behaves differently on %s than the driver on %s\n",
			player, release_before(test));
		say_file(test, "after.log");
		say_difference(test, "scenario", one, other);
	} else if (!before || strcmp(before, "# ended with status 0")) {
		/* A scenario that stops half way compares nothing. */
		fprintf(test->said, "the scenario does not come to a good end, before and after alike"
			" (if it is not a whole module, expect should say no-run):\n    %s\n", before);
		say_file(test, "before.log");
	} else {
		good = true;
	}
	free(one_text);
	free(other_text);
	free(one);
	free(other);
	free(before);
	free(after);
	return good;
}

static bool test_port(const struct test *test)
{
	bool by_hand = getenv("SHAPES_BY_HAND"), compiles = !has_setting(test, "no-compile");
	char *driver = path_of(test, "driver"), *after = path_of(test, "after");
	bool stays, fits, good;

	folder_remove(driver);
	folder_remove(after);
	shape_put_before(test->shape, driver);
	fits = shape_put_expected(test->shape, test->release, after);
	stays = folder_same(driver, after);
	free(driver);
	free(after);
	if (!fits) {
		fprintf(test->said, "after-%s.patch does not fit the files of the newest release: "
			"record or keep it anew, see tests/shapes/run\n", test->release);
		return false;
	}
	if (compiles && !run_before(test))
		return false;
	if (!by_hand) {
		good = check_messages(test, port(test));
		if (!check_result(test) || !good)
			return false;
	}
	if (stays)
		return true;
	return (by_hand || check_again(test)) && (!compiles || check_run(test));
}

bool shape_test(const struct shape *shape, const char *release, const char *folder, FILE *said)
{
	const struct test test = { shape, release, folder, said };

	return test_port(&test);
}
