// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stops `migrate-vma port -i` at every single system call from the moment it begins to write, and
 * looks at what is on the disk then.  Runs the program that MIGRATE_VMA names.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define FILES 3
#define OLD "int old = migrate_vma(x);\n"
#define NEW "int old = three_steps(x);\n"

static char folder[] = "/tmp/migrate-vma-kill-XXXXXX";
static const char *program;

static char *file_path(int file)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%c.c", folder, 'a' + file);
	return path;
}

static void write_old_files(void)
{
	for (int i = 0; i < FILES; i++) {
		FILE *stream = fopen(file_path(i), "w");

		assert_non_null(stream);
		fputs(OLD, stream);
		assert_int_equal(fclose(stream), 0);
	}
}

/* Return: whether the file is new; anything but old or new fails the test. */
static bool is_new(int file, int call)
{
	FILE *stream = fopen(file_path(file), "r");
	char text[256] = "";

	if (!stream)
		fail_msg("stopped at call %d: %c.c is missing", call, 'a' + file);
	text[fread(text, 1, sizeof(text) - 1, stream)] = '\0';
	fclose(stream);
	if (strcmp(text, OLD) && strcmp(text, NEW))
		fail_msg("stopped at call %d: expected %c.c to be old or new, came \"%s\"", call,
			 'a' + file, text);
	return !strcmp(text, NEW);
}

static bool has_stray_file(void)
{
	char command[128];

	snprintf(command, sizeof(command), "test -n \"$(find %s -name '.*' -type f)\"", folder);
	return !system(command);
}

static pid_t start(void)
{
	pid_t child = fork();

	if (!child) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		/* It cannot look for leaks while it is traced. */
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(77);
		execl(program, program, "port", "-q", "-i", "-j1", folder, NULL);
		_exit(78);
	}
	assert_true(child > 0);
	return child;
}

/* The first thing that leaves a trace on the disk: a file is made. */
static bool makes_file(const struct __ptrace_syscall_info *info)
{
	if (info->op != PTRACE_SYSCALL_INFO_ENTRY || info->entry.nr != SYS_openat)
		return false;
	return (info->entry.args[2] & O_TMPFILE) == O_TMPFILE || (info->entry.args[2] & O_EXCL);
}

/*
 * Runs the program, and sends @signal when it enters its system call number @call, counted from the
 * one that makes the first file.
 *
 * Return: false when it ended before.
 */
static bool stop_at(int call, int signal)
{
	pid_t child = start();
	bool writing = false, sent = false;
	int status, calls = 0, deliver = 0;

	if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
		printf("# skipped: ptrace is not allowed here\n");
		fflush(stdout);
		skip();
	}
	ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	for (;;) {
		struct __ptrace_syscall_info info;

		/* Once it is killed, there is only its end to wait for. */
		if (ptrace(PTRACE_SYSCALL, child, NULL, (void *)(intptr_t)deliver) &&
		    errno != ESRCH)
			fail_msg("ptrace: %s", strerror(errno));
		deliver = 0;
		assert_int_equal(waitpid(child, &status, 0), child);
		if (WIFEXITED(status) || WIFSIGNALED(status))
			return sent;
		if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
			deliver = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
			continue;
		}
		if (ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof(info), &info) < 0)
			continue;
		writing = writing || makes_file(&info);
		if (writing && info.op == PTRACE_SYSCALL_INFO_ENTRY && !sent && calls++ == call) {
			kill(child, signal);
			sent = true;
		}
	}
}

static int set_up(void **state)
{
	(void)state;
	program = getenv("MIGRATE_VMA");
	if (!program) {
		printf("Bail out! MIGRATE_VMA has to name the program\n");
		return -1;
	}
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void the_next_run_takes_away_what_is_left(int call)
{
	write_old_files();
	assert_false(stop_at(1000000, SIGKILL));
	if (has_stray_file())
		fail_msg("stopped at call %d: a file is left even after another run", call);
}

static void killed_at_any_call_each_file_is_old_or_new(void **state)
{
	int some_new = 0, call;

	(void)state;
	for (call = 0; write_old_files(), stop_at(call, SIGKILL); call++) {
		int new = 0;

		for (int i = 0; i < FILES; i++)
			new += is_new(i, call);
		some_new += new > 0 && new < FILES;
		if (has_stray_file())
			the_next_run_takes_away_what_is_left(call);
	}
	/* It was stopped often enough to mean something, in between two renames too. */
	assert_in_range(call, 20, 2000);
	assert_true(some_new > 0);
}

static void interrupted_at_any_call_all_files_are_old_or_all_are_new(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	int old_runs = 0, new_runs = 0;

	(void)state;
	for (int call = 0; write_old_files(), stop_at(call, signals[call % 4]); call++) {
		int new = 0;

		for (int i = 0; i < FILES; i++)
			new += is_new(i, call);
		if (new && new < FILES)
			fail_msg("stopped at call %d: %d of %d files are new", call, new, FILES);
		if (has_stray_file())
			fail_msg("stopped at call %d: a file is left behind", call);
		old_runs += !new;
		new_runs += !!new;
	}
	assert_true(old_runs > 0);
	assert_true(new_runs > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_at_any_call_each_file_is_old_or_new),
		cmocka_unit_test(interrupted_at_any_call_all_files_are_old_or_all_are_new),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
