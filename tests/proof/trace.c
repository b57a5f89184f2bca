// SPDX-License-Identifier: GPL-2.0-only
/*
 * The form of a trace, and the checks: see trace.h.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace.h"

static const char *step = "start";
static unsigned long failures;
static struct machine_counts after_loading;

static void die(const char *what, int error)
{
	fprintf(stderr, "%s: %s\n", what, strerror(-error));
	exit(1);
}

void trace_begin(const char *scenario)
{
	unsigned int release = machine_release();
	int error;

	/* What was seen before a crash is worth having. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("# %s on Linux %u.%u\n", scenario, release >> 16, release >> 8 & 0xff);

	error = machine_boot();
	if (error)
		die("the machine does not boot", error);
	error = machine_load_driver();
	if (error)
		die("the driver does not load", error);
	after_loading = machine_count();
}

void trace_step(const char *title)
{
	step = title;
	printf("== %s\n", title);
}

/* Only the trace of a driver that is wrong has this line, before what was observed next. */
static void note_broken_rules(void)
{
	static unsigned long told;

	if (machine_violations() > told)
		printf("rule broken: %s\n", machine_last_violation());
	told = machine_violations();
}

void trace_note(const char *what, const char *format, ...)
{
	va_list values;

	note_broken_rules();
	printf("%s: ", what);
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	putchar('\n');
}

static void mismatch(const char *file, int line, const char *what, const char *expected,
		     const char *actual)
{
	failures++;
	fprintf(stderr, "%s:%d: step \"%s\": %s: expected %s, came %s\n",
		file, line, step, what, expected, actual);
}

void expect_number(const char *file, int line, const char *what, long expected, long actual)
{
	char expected_text[24], actual_text[24];

	snprintf(expected_text, sizeof(expected_text), "%ld", expected);
	snprintf(actual_text, sizeof(actual_text), "%ld", actual);
	trace_note(what, "%s", actual_text);
	if (expected != actual)
		mismatch(file, line, what, expected_text, actual_text);
}

/* After a SIGKILL there is no program any more that could go on with the scenario. */
static void stop_if_killed(long result)
{
	if (result != SIGKILL)
		return;
	fprintf(stderr, "step \"%s\": the program was killed, and the scenario stops here\n", step);
	exit(1);
}

static void result_name(char *name, size_t size, long result)
{
	static const struct {
		long result;
		const char *name;
	} names[] = {
		{ 0, "0" }, { -EINVAL, "-EINVAL" }, { -EFAULT, "-EFAULT" }, { -ENOMEM, "-ENOMEM" },
		{ -EIO, "-EIO" }, { -ENOTTY, "-ENOTTY" }, { -ENOENT, "-ENOENT" },
		{ SIGBUS, "SIGBUS" }, { SIGSEGV, "SIGSEGV" }, { SIGKILL, "SIGKILL" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].result == result) {
			snprintf(name, size, "%s", names[i].name);
			return;
		}
	}
	snprintf(name, size, "%ld", result);
}

void expect_result(const char *file, int line, const char *what, long expected, long actual)
{
	char expected_text[24], actual_text[24];

	result_name(expected_text, sizeof(expected_text), expected);
	result_name(actual_text, sizeof(actual_text), actual);
	trace_note(what, "%s", actual_text);
	if (expected != actual)
		mismatch(file, line, what, expected_text, actual_text);
	stop_if_killed(actual);
}

static void move_text(char *text, size_t size, long result, unsigned long moved)
{
	char name[24];

	result_name(name, sizeof(name), result);
	if (result)
		snprintf(text, size, "%lu, %s", moved, name);
	else
		snprintf(text, size, "%lu", moved);
}

void expect_move(const char *file, int line, long expected, unsigned long expected_moved,
		 long actual, unsigned long moved)
{
	char expected_text[64], actual_text[64];

	move_text(expected_text, sizeof(expected_text), expected, expected_moved);
	move_text(actual_text, sizeof(actual_text), actual, moved);
	trace_note("moved", "%s", actual_text);
	if (strcmp(expected_text, actual_text))
		mismatch(file, line, "moved", expected_text, actual_text);
}

static char page_letter(struct program *program, unsigned long addr)
{
	static const char letters[2][7] = {
		[0] = ".0sdxm",		/* cannot be written */
		[1] = ".0SDXM",
	};
	struct program_page_info info = program_page(program, addr);

	return letters[!!info.writable][info.where];
}

void expect_pages(const char *file, int line, struct program *program, unsigned long addr,
		  const char *expected)
{
	size_t npages = strlen(expected), i;
	char *actual = calloc(npages + 1, 1);

	if (!actual)
		die("looking at pages", -ENOMEM);
	for (i = 0; i < npages; i++)
		actual[i] = page_letter(program, addr + i * PROGRAM_PAGE_SIZE);

	trace_note("pages", "%s", actual);
	if (strcmp(expected, actual))
		mismatch(file, line, "pages", expected, actual);
	free(actual);
}

/* A generator of Marsaglia's xorshift family: cheap, and no two pages alike. */
static void page_bytes(unsigned char *bytes, unsigned int seed)
{
	unsigned int state = seed * 2654435761u;
	size_t i;

	if (!seed) {
		memset(bytes, 0, PROGRAM_PAGE_SIZE);
		return;
	}
	for (i = 0; i < PROGRAM_PAGE_SIZE; i++) {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		bytes[i] = (unsigned char)(state >> 8);
	}
}

static unsigned int checksum(const unsigned char *bytes, size_t length)
{
	unsigned int sum = 2166136261u;

	while (length--)
		sum = (sum ^ *bytes++) * 16777619u;
	return sum;
}

int fill_pages(struct program *program, unsigned long addr, unsigned long npages,
	       unsigned int seed)
{
	unsigned char bytes[PROGRAM_PAGE_SIZE];
	unsigned long i;
	int signal;

	for (i = 0; i < npages; i++) {
		page_bytes(bytes, seed + (unsigned int)i);
		signal = program_write(program, addr + i * sizeof(bytes), bytes, sizeof(bytes));
		if (signal)
			return signal;
	}
	return 0;
}

int read_page(struct program *program, unsigned long addr)
{
	unsigned char bytes[PROGRAM_PAGE_SIZE];

	return program_read(program, addr, bytes, sizeof(bytes));
}

void expect_bytes(const char *file, int line, struct program *program, unsigned long addr,
		  unsigned long npages, unsigned int seed)
{
	unsigned char expected[PROGRAM_PAGE_SIZE], actual[PROGRAM_PAGE_SIZE];
	char what[64], name[24], sums[8 * 9 + 1];
	unsigned long i, wrong = 0;
	int signal = 0;
	size_t length = 0;
	char *lines = NULL;
	FILE *trace = open_memstream(&lines, &length);

	if (!trace)
		die("comparing bytes", -errno);

	/* The verdict is to stand before the sums, which are known one page at a time. */
	sums[0] = '\0';
	for (i = 0; i < npages && signal != SIGKILL; i++) {
		signal = program_read(program, addr + i * sizeof(actual), actual, sizeof(actual));

		if (i && i % 8 == 0) {
			fprintf(trace, "sums:%s\n", sums);
			sums[0] = '\0';
		}
		if (signal) {
			result_name(name, sizeof(name), signal);
			snprintf(what, sizeof(what), "byte of page %lu", i);
			mismatch(file, line, what, "readable", name);
		} else {
			snprintf(name, sizeof(name), "%08x", checksum(actual, sizeof(actual)));
		}
		snprintf(sums + strlen(sums), sizeof(sums) - strlen(sums), " %.8s", name);

		page_bytes(expected, seed ? seed + (unsigned int)i : 0);
		if (signal || memcmp(expected, actual, sizeof(actual)))
			wrong++;
	}
	fprintf(trace, "sums:%s\n", sums);
	fclose(trace);

	snprintf(what, sizeof(what), "%lu %s", npages, seed ? "as written" : "zeroes");
	snprintf(name, sizeof(name), "%lu wrong", wrong);
	trace_note("read", "%s", wrong ? name : what);
	fputs(lines, stdout);
	free(lines);
	if (wrong)
		mismatch(file, line, "read", what, name);
	stop_if_killed(signal);
}

void expect_counts(const char *file, int line, long system, long device)
{
	struct machine_counts now = machine_count();

	expect_number(file, line, "system pages", system,
		      (long)(now.system_pages - after_loading.system_pages));
	expect_number(file, line, "device pages", device, (long)now.device_pages);
	expect_number(file, line, "locked pages", 0, (long)now.locked_pages);
	expect_number(file, line, "isolated pages", 0, (long)now.isolated_pages);
	expect_number(file, line, "pinned pages", 0, (long)now.pinned_pages);
	trace_note("driver objects", "%ld", (long)(now.slab_objects - after_loading.slab_objects));
}

int trace_end(void)
{
	unsigned long violations;
	int leaks;

	trace_step("end");
	machine_unload_driver();
	violations = machine_violations();
	leaks = machine_shutdown();
	expect_number(HERE, "leaks", 0, leaks);
	expect_number(HERE, "rules broken", 0, (long)violations);

	return failures ? 1 : 0;
}
