// SPDX-License-Identifier: GPL-2.0-only
/*
 * What rewriting files does when something is in its way; see also in-place-test.sh.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../porting-tool/print/write.h"

static char folder[] = "/tmp/migrate-vma-write-XXXXXX";
static bool without_proc;

/* Takes the place of the C library's: without /proc a file system cannot name a nameless file. */
int access(const char *path, int mode)
{
	if (without_proc && !strncmp(path, "/proc/", 6)) {
		errno = ENOENT;
		return -1;
	}
	return faccessat(AT_FDCWD, path, mode, 0);
}

static char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *stream = fopen(path_of(name), "w");

	assert_non_null(stream);
	fputs(text, stream);
	assert_int_equal(fclose(stream), 0);
}

static void assert_holds(const char *name, const char *expected)
{
	struct source source;

	assert_int_equal(source_read(&source, path_of(name)), SOURCE_OK);
	assert_string_equal(source.text, expected);
	source_release(&source);
}

static void assert_nothing_hidden(void)
{
	char command[128];

	snprintf(command, sizeof(command), "test -z \"$(find %s -name '.*' -type f)\"", folder);
	assert_int_equal(system(command), 0);
}

struct run {
	struct source sources[2];
	struct rewrite files[2];
	struct diagnostics diagnostics;
};

static int set_up(void **state)
{
	struct run *run = calloc(1, sizeof(*run));
	static const char *const names[] = { "a.c", "b.c" };

	if (mkdir(folder, 0700) && errno != EEXIST)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		put(names[i], "old\n");
		source_read(&run->sources[i], path_of(names[i]));
		run->files[i] = (struct rewrite){ &run->sources[i], "new text\n", 9 };
	}
	without_proc = false;
	*state = run;
	return 0;
}

static int tear_down(void **state)
{
	struct run *run = *state;
	char command[128];

	for (size_t i = 0; i < 2; i++)
		source_release(&run->sources[i]);
	diagnostics_release(&run->diagnostics);
	free(run);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void files_are_rewritten_without_proc_too(void **state)
{
	struct run *run = *state;

	chmod(path_of("a.c"), 0640);
	without_proc = true;
	assert_true(write_files(run->files, 2, &run->diagnostics));
	assert_holds("a.c", "new text\n");
	assert_holds("b.c", "new text\n");
	assert_nothing_hidden();
}

static void a_file_that_was_changed_meanwhile_keeps_all_as_they_are(void **state)
{
	struct run *run = *state;

	for (int round = 0; round < 2; round++) {
		without_proc = round;
		put("b.c", "by somebody else\n");
		assert_false(write_files(run->files, 2, &run->diagnostics));
		assert_string_equal(run->diagnostics.list[round].text,
				    "somebody changed it in the meantime: run the command again");
		assert_holds("a.c", "old\n");
		assert_holds("b.c", "by somebody else\n");
		assert_nothing_hidden();
	}
}

static void a_file_that_is_gone_keeps_all_as_they_are(void **state)
{
	struct run *run = *state;

	unlink(path_of("b.c"));
	assert_false(write_files(run->files, 2, &run->diagnostics));
	assert_string_equal(run->diagnostics.list[0].text,
			    "it cannot be found any more: No such file or directory");
	assert_holds("a.c", "old\n");
	assert_nothing_hidden();
}

static void what_is_no_file_any_more_keeps_all_as_they_are(void **state)
{
	struct run *run = *state;

	unlink(path_of("b.c"));
	assert_int_equal(mkfifo(path_of("b.c"), 0600), 0);
	assert_false(write_files(run->files, 2, &run->diagnostics));
	assert_holds("a.c", "old\n");
	assert_nothing_hidden();
}

static void what_an_earlier_run_left_behind_is_no_obstacle(void **state)
{
	struct run *run = *state;
	struct stat status;
	char name[64];

	for (int round = 0; round < 2; round++) {
		without_proc = round;
		put("a.c", "old\n");
		put("b.c", "old\n");
		assert_int_equal(stat(path_of("a.c"), &status), 0);
		snprintf(name, sizeof(name), ".migrate-vma-%ju", (uintmax_t)status.st_ino);
		put(name, "half a tex");
		assert_true(write_files(run->files, 2, &run->diagnostics));
		assert_holds("a.c", "new text\n");
		assert_nothing_hidden();
	}
}

static void no_files_are_no_failure(void **state)
{
	struct run *run = *state;

	assert_true(write_files(run->files, 0, &run->diagnostics));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(files_are_rewritten_without_proc_too, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			a_file_that_was_changed_meanwhile_keeps_all_as_they_are, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_is_gone_keeps_all_as_they_are, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_file_any_more_keeps_all_as_they_are,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_an_earlier_run_left_behind_is_no_obstacle,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_files_are_no_failure, set_up, tear_down),
	};

	if (!mkdtemp(folder))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
