// SPDX-License-Identifier: GPL-2.0-only
#include "trial.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../runner/process.h"
#include "../runner/rig.h"
#include "driver.h"

#define CALLBACK_RELEASE	"5.3"

/* The last release of the newest series is the newest there is a player for. */
static const struct series {
	int major, first, last;
} series[] = { { 5, 4, 19 }, { 6, 0, 19 }, { 7, 0, 0 } };

#define SERIES_COUNT	(sizeof(series) / sizeof(*series))

static unsigned int series_size(size_t i)
{
	int last = series[i].last, major;

	if (i == SERIES_COUNT - 1 && (sscanf(rig_newest(), "%d.%d", &major, &last) != 2 ||
				      major != series[i].major))
		abort();
	return (unsigned int)(last - series[i].first + 1);
}

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_GOOD] = "good",
		[OUTCOME_REFUSED] = "the port is refused for a documented reason",
		[OUTCOME_GENERATOR] = "the generated driver is not a driver",
		[OUTCOME_PORT] = "the port fails",
		[OUTCOME_COMPILE] = "the port does not compile",
		[OUTCOME_TRACE] = "the port behaves differently",
		[OUTCOME_AGAIN] = "the port of the port changes it",
		[OUTCOME_MARKS] = "other text has changed",
		[OUTCOME_CHECK] = "check finds something in the port",
	};

	return names[outcome];
}

unsigned int trial_targets(void)
{
	unsigned int count = 0;
	size_t i;

	for (i = 0; i < SERIES_COUNT; i++)
		count += series_size(i);
	return count;
}

const char *trial_target(unsigned long long seed)
{
	static char name[16];
	/* Neighbouring seeds go to releases that are far from each other. */
	unsigned long long number = seed * 7 % trial_targets();
	size_t i;

	for (i = 0; number >= series_size(i); i++)
		number -= series_size(i);
	snprintf(name, sizeof(name), "%d.%d", series[i].major, series[i].first + (int)number);
	return name;
}

/* Runs a command of the shell in @folder, for a failure.  Return: its exit status. */
static int run(const char *folder, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static int run(const char *folder, const char *format, ...)
{
	char command[1024], *argv[] = { "sh", "-c", command, NULL };
	struct process process = { .argv = argv, .folder = folder };
	va_list values;

	va_start(values, format);
	vsnprintf(command, sizeof(command), format, values);
	va_end(values);
	return process_run(&process);
}

static char *read_in(const char *folder, const char *name)
{
	char *path = process_format("%s/%s", folder, name), *bytes = file_read(path, NULL);

	free(path);
	return bytes;
}

static void say_file(FILE *said, const char *title, const char *folder, const char *name)
{
	char *text, *line, *rest = NULL;
	int lines = 0;

	if (!said)
		return;
	fprintf(said, "%s\n", title);
	text = read_in(folder, name);
	for (line = strtok_r(text, "\n", &rest); line && lines++ < 40;
	     line = strtok_r(NULL, "\n", &rest))
		fprintf(said, "    %s\n", line);
	free(text);
}

static void clear(const char *folder)
{
	static const char *const parts[] = { "before", "after", "away" };
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		char *path = process_format("%s/%s", folder, parts[i]);

		folder_remove(path);
		if (strcmp(parts[i], "after"))
			folder_make(path);
		free(path);
	}
}

/* Writes the files of a driver.  Return: which of them are given to migrate-vma. */
static const char *write_driver(struct choices *choices, const char *folder)
{
	struct driver driver;
	struct files files;
	char path[1024];
	unsigned int f;

	memset(choices->taken, 0, sizeof(choices->taken));
	driver_choose(&driver, choices);
	driver_write(&driver, &files);
	clear(folder);
	for (f = 0; f < files.count; f++) {
		const struct text *text = &files.file[f].text;
		FILE *file;

		snprintf(path, sizeof(path), "%s/before/%s", folder, files.file[f].name);
		file = fopen(path, "wb");
		if (!file || fwrite(text->bytes, 1, text->length, file) != text->length ||
		    fclose(file))
			abort();
	}
	files_release(&files);
	return files.given;
}

/* Compiles and links the driver in @part; what the compiler says is in @part.log. */
static int build(const char *folder, const char *part, const char *release)
{
	char *away = process_format("%s/away", folder), *driver = process_format("%s/%s", folder, part);
	char *log = process_format("%s/compiler.log", folder);
	char *options[] = { "-iquote", away, NULL };
	int status = rig_compile(driver, release, options, log);

	free(away);
	free(driver);
	free(log);
	return status;
}

static int play(const char *folder, const char *part, const char *release, unsigned long long seed)
{
	char *driver = process_format("%s/%s", folder, part), *number = process_format("%llu", seed);
	int status = rig_play(driver, release, number);

	free(driver);
	free(number);
	return status;
}

/* All files of @part, one behind the other. */
static char *read_all(const char *folder, const char *part)
{
	char *path = process_format("%s/%s", folder, part), **names, *all;
	size_t size;
	FILE *out = open_memstream(&all, &size);
	int count = folder_list(path, &names), i;

	for (i = 0; i < count; i++) {
		char *text = read_in(path, names[i]);

		fputs(text, out);
		free(text);
	}
	fclose(out);
	folder_release(names, count);
	free(path);
	return all;
}

/* The lines with a mark, each with its end. */
static char *marks_of(char *text)
{
	char *to = text, *line = text, *end;

	for (; *line; line = end) {
		end = strchr(line, '\n');
		end = end ? end + 1 : line + strlen(line);
		for (char *at = line; at + 4 <= end; at++) {
			if (strncmp(at, TEXT_MARK, 4))
				continue;
			memmove(to, line, (size_t)(end - line));
			to += end - line;
			break;
		}
	}
	*to = '\0';
	return text;
}

static bool marks_same(const char *folder)
{
	char *before = marks_of(read_all(folder, "before"));
	char *after = marks_of(read_all(folder, "after"));
	bool same = !strcmp(before, after);

	free(before);
	free(after);
	return same;
}

/* The first remark of the driver that its port has lost, or 0. */
static unsigned long remark_lost(const char *folder)
{
	char *before = read_all(folder, "before");
	char *after = read_all(folder, "after"), *at = before, remark[64];
	unsigned long number, lost = 0;

	while (!lost && (at = strstr(at, TEXT_REMARK " ")) != NULL) {
		at += strlen(TEXT_REMARK " ");
		number = strtoul(at, &at, 10);
		snprintf(remark, sizeof(remark), TEXT_REMARK " %lu%c", number, *at);
		if (!strstr(after, remark))
			lost = number;
	}
	free(before);
	free(after);
	return lost;
}

static enum outcome try_original(struct choices *choices, const char *folder, const char **given, FILE *said)
{
	*given = write_driver(choices, folder);
	if (build(folder, "before", CALLBACK_RELEASE)) {
		say_file(said, "the compiler says:", folder, "compiler.log");
		return OUTCOME_GENERATOR;
	}
	if (play(folder, "before", CALLBACK_RELEASE, choices->seed)) {
		run(folder, "tail -n 15 before.trace >before.tail; cat before.log >>before.tail");
		say_file(said, "the end of its trace:", folder, "before.tail");
		return OUTCOME_GENERATOR;
	}
	return OUTCOME_GOOD;
}

/*
 * What is refused, and by which rule: shapes that are to be taken apart by hand first, ops that may
 * be NULL where other arguments do something, an error in a word that may be valid, and in 5.7
 * and 5.8, where a call takes system memory or device memory, calls that go both ways as far as can
 * be told from their ops objects.
 */
static const struct refusal {
	enum dimension dimension;
	int option;
	const char *rule;
	const char *targets;
} refusals[] = {
	{ DIMENSION_REFUSED, REFUSED_ASSIGNED, "ops-shape", NULL },
	{ DIMENSION_REFUSED, REFUSED_ASSIGNED, "ops-use", NULL },
	{ DIMENSION_REFUSED, REFUSED_COPIED, "ops-use", NULL },
	{ DIMENSION_REFUSED, REFUSED_COPIED, "ops-shape", NULL },
	{ DIMENSION_REFUSED, REFUSED_MACRO, "in-macro", NULL },
	{ DIMENSION_REFUSED, REFUSED_ADDRESS, "address-taken", NULL },
	{ DIMENSION_REFUSED, REFUSED_ADDRESS, "ops-pointer", NULL },
	{ DIMENSION_DOUBT, DOUBT_ERROR, "error-on-valid-word", NULL },
	{ DIMENSION_REACH, REACH_MAYBE_NULL, "ops-may-be-null", NULL },
	{ DIMENSION_COUNT, 0, "direction", "5.7 5.8" },
};

static bool is_listed(const struct choices *choices, const char *rule, const char *target)
{
	size_t i;

	for (i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *refusal = &refusals[i];

		if (!strncmp(rule, refusal->rule, strlen(refusal->rule)) &&
		    (!refusal->targets || strstr(refusal->targets, target)) &&
		    (refusal->dimension == DIMENSION_COUNT ||
		     choices->taken[refusal->dimension][refusal->option]))
			return true;
	}
	return false;
}

/*
 * Whether all that was left is a refusal that is right; then the driver is as it was.  One beside it
 * in the folder has nothing to do with that.
 */
static bool refused(const struct choices *choices, const char *folder, const char *target)
{
	char *before = process_format("%s/before", folder), *after = process_format("%s/after", folder);
	char *log = read_in(folder, "port.log"), *line, *rest = NULL;
	bool right = folder_same(before, after) ||
		     choices->taken[DIMENSION_FILES][FILES_NEIGHBOUR];
	unsigned int errors = 0;

	for (line = strtok_r(log, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char *rule = strrchr(line, '[');

		if (!strstr(line, ": error: "))
			continue;
		errors++;
		right = right && rule && is_listed(choices, rule + 1, target);
	}
	free(before);
	free(after);
	free(log);
	return right && errors;
}

/*
 * Whether the driver is ported but for the owner of its device memory, which the person is asked
 * for: where it is set up cannot always be found.  What the port does without one says nothing.
 */
static bool asks_for_owner(const struct choices *choices, const char *folder)
{
	char *log = read_in(folder, "port.log"), *line, *rest = NULL;
	bool asks = choices->taken[DIMENSION_OWNER][OWNER_IN_HELPER] ||
		    choices->taken[DIMENSION_OWNER][OWNER_IN_MACRO] ||
		    choices->taken[DIMENSION_OWNER][OWNER_IN_LITERAL] ||
		    choices->taken[DIMENSION_OWNER][OWNER_UNBRACED];
	unsigned int asked = 0;

	for (line = strtok_r(log, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		asks = asks && !strstr(line, ": error: ");
		asked += strstr(line, "[owner-unknown]") != NULL;
	}
	free(log);
	return asks && asked;
}

static bool must_be_refused(const struct choices *choices)
{
	return !choices->taken[DIMENSION_REFUSED][REFUSED_NOTHING];
}

/* Runs migrate-vma on what is given of the port; what it says is in @log. */
static int tool(const char *folder, const char *command, const char *option, const char *target,
		const char *given, const char *output, const char *log)
{
	char *argv[] = {
		"migrate-vma", (char *)command, process_format("--target=%s", target),
		process_format("after%s", given), (char *)option, NULL,
	};
	int status = rig_tool(folder, output, log, argv);

	free(argv[2]);
	free(argv[3]);
	return status;
}

static bool traces_same(const char *folder)
{
	char *before = read_in(folder, "before.trace"), *after = read_in(folder, "after.trace");
	bool same = !strcmp(before, after);

	free(before);
	free(after);
	return same;
}

static enum outcome try_port(const struct setting *setting, struct choices *choices,
			     const char *target, const char *folder, const char *given,
			     FILE *said)
{
	char *before = process_format("%s/before", folder), *after = process_format("%s/after", folder);
	const char *player = rig_player(target);
	int status;

	folder_copy(before, after);
	free(before);
	free(after);
	status = tool(folder, "port", "-i", target, given, "port.out", "port.log");
	if (status == 1 && (refused(choices, folder, target) || asks_for_owner(choices, folder)))
		return OUTCOME_REFUSED;
	if (!status && must_be_refused(choices)) {
		say_file(said, "it is ported, and should have been refused:", folder, "port.log");
		return OUTCOME_PORT;
	}
	if (status) {
		if (said)
			fprintf(said, "migrate-vma ends with status %d\n", status);
		run(folder, "grep -A2 error: port.log >port.errors || tail port.log >port.errors");
		say_file(said, "it says:", folder, "port.errors");
		return OUTCOME_PORT;
	}
	if (setting->spoil && run(folder, "sed -i -E '%s' after/*", setting->spoil))
		return OUTCOME_GENERATOR;
	if (build(folder, "after", player)) {
		say_file(said, "the compiler says:", folder, "compiler.log");
		return OUTCOME_COMPILE;
	}
	status = play(folder, "after", player, choices->seed);
	if (!traces_same(folder) || status) {
		run(folder, "diff -U2 before.trace after.trace >trace.diff");
		say_file(said, "traces, - of the driver, + of its port:", folder, "trace.diff");
		say_file(said, "the port says:", folder, "after.log");
		return OUTCOME_TRACE;
	}
	return OUTCOME_GOOD;
}

static enum outcome try_text(const char *target, const char *folder, const char *given, FILE *said)
{
	unsigned long remark;
	int status = tool(folder, "port", NULL, target, given, "again.diff", "again.log");
	char *again = read_in(folder, "again.diff");
	bool changes = *again;

	free(again);
	if (status || changes) {
		say_file(said, "it says:", folder, "again.log");
		say_file(said, "and changes:", folder, "again.diff");
		return OUTCOME_AGAIN;
	}
	if (!marks_same(folder)) {
		run(folder, "grep -ah %s before/* >before.marks; "
		    "grep -ah %s after/* >after.marks; diff before.marks after.marks >marks.diff",
		    TEXT_MARK, TEXT_MARK);
		say_file(said, "lines with marks:", folder, "marks.diff");
		return OUTCOME_MARKS;
	}
	remark = remark_lost(folder);
	if (remark) {
		if (said)
			fprintf(said, "a comment is lost: " TEXT_REMARK " %lu\n", remark);
		return OUTCOME_MARKS;
	}
	if (tool(folder, "check", NULL, target, given, "check.log", "check.log")) {
		say_file(said, "it says:", folder, "check.log");
		return OUTCOME_CHECK;
	}
	return OUTCOME_GOOD;
}

enum outcome trial(const struct setting *setting, struct choices *choices, const char *target,
		   const char *folder, FILE *said)
{
	const char *given;
	enum outcome outcome = try_original(choices, folder, &given, said);

	if (outcome == OUTCOME_GOOD)
		outcome = try_port(setting, choices, target, folder, given, said);
	if (outcome == OUTCOME_GOOD)
		outcome = try_text(target, folder, given, said);
	return outcome;
}
