// SPDX-License-Identifier: GPL-2.0-only
#include "trial.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "driver.h"

#define CALLBACK_RELEASE	"5.3"
#define COMMAND_SIZE		4096

static const struct {
	int major, first, last;
} series[] = { { 5, 4, 19 }, { 6, 0, 19 }, { 7, 0, 2 } };

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

	for (i = 0; i < sizeof(series) / sizeof(*series); i++)
		count += (unsigned int)(series[i].last - series[i].first + 1);
	return count;
}

const char *trial_target(unsigned long long seed)
{
	static char name[16];
	/* Neighbouring seeds go to releases that are far from each other. */
	unsigned long long number = seed * 7 % trial_targets();
	size_t i;

	for (i = 0; number > (unsigned long long)(series[i].last - series[i].first); i++)
		number -= (unsigned long long)(series[i].last - series[i].first + 1);
	snprintf(name, sizeof(name), "%d.%d", series[i].major, series[i].first + (int)number);
	return name;
}

/* The newest release of the reference implementation that is not newer than @target. */
static void model_of(const struct setting *setting, const char *target, char *name, size_t size)
{
	int major, minor, m, n, used;
	const char *at = setting->releases;

	if (sscanf(target, "%d.%d", &major, &minor) != 2)
		abort();
	while (sscanf(at, "%d.%d%n", &m, &n, &used) == 2) {
		if (m < major || (m == major && n <= minor))
			snprintf(name, size, "%d.%d", m, n);
		at += used;
	}
}

static int run(const char *folder, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Runs a command with the shell, in @folder.  Return: its exit status. */
static int run(const char *folder, const char *format, ...)
{
	char command[2 * COMMAND_SIZE];
	va_list values;
	int used = snprintf(command, sizeof(command), "cd '%s' && ", folder), status;

	va_start(values, format);
	vsnprintf(command + used, sizeof(command) - (size_t)used, format, values);
	va_end(values);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *read_file(const char *folder, const char *name)
{
	char path[1024], *bytes = NULL;
	size_t length = 0, room = 0, got;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	do {
		if (length + 65536 > room) {
			room = 2 * room + 65536 * 2;
			bytes = realloc(bytes, room);
			if (!bytes)
				abort();
		}
		got = file ? fread(bytes + length, 1, 65536, file) : 0;
		length += got;
	} while (got);
	bytes[length] = '\0';
	if (file)
		fclose(file);
	return bytes;
}

static void say_file(FILE *said, const char *title, const char *folder, const char *name)
{
	char *text, *line, *rest = NULL;
	int lines = 0;

	if (!said)
		return;
	fprintf(said, "%s\n", title);
	text = read_file(folder, name);
	for (line = strtok_r(text, "\n", &rest); line && lines++ < 40;
	     line = strtok_r(NULL, "\n", &rest))
		fprintf(said, "    %s\n", line);
	free(text);
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
	if (run(folder, "rm -rf before after away *.o && mkdir before away"))
		abort();
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
static int build(const struct setting *setting, const char *folder, const char *part,
		 const char *release)
{
	char compiler[COMMAND_SIZE], *to = compiler;
	const char *from = setting->compiler;
	int major, minor;

	if (sscanf(release, "%d.%d", &major, &minor) != 2)
		abort();
	while (*from && to < compiler + sizeof(compiler) - 16) {
		if (!strncmp(from, "=MAJOR", 6)) {
			to += sprintf(to, "=%d", major);
			from += 6;
		} else if (!strncmp(from, "=MINOR", 6)) {
			to += sprintf(to, "=%d", minor);
			from += 6;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return run(folder, "for file in %s/*.c; do %s -iquote away -Werror -c -o $file.o $file "
		   "|| exit; done >%s.log 2>&1; gcc -o %s.program %s/*.o '%s' '%s/%s/libmigrate.a' "
		   ">>%s.log 2>&1; status=$?; rm -f %s/*.o; exit $status", part, compiler, part,
		   part, part, setting->scenario, setting->build, release, part, part);
}

static int play(const char *folder, const char *part, unsigned long long seed)
{
	return run(folder, "timeout -k 1 20 ./%s.program %llu >%s.trace 2>%s.errors", part, seed,
		   part, part);
}

/* The lines with a mark, each with its end. */
static char *marks_of(const char *folder, const char *name)
{
	char *text = read_file(folder, name), *to = text, *line = text, *end;

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
	char *before, *after;
	bool same;

	run(folder, "cat before/* >before.all; cat after/* >after.all");
	before = marks_of(folder, "before.all");
	after = marks_of(folder, "after.all");
	same = !strcmp(before, after);

	free(before);
	free(after);
	return same;
}

/* The first remark of the driver that its port has lost, or 0. */
static unsigned long remark_lost(const char *folder)
{
	char *before = read_file(folder, "before.all");
	char *after = read_file(folder, "after.all"), *at = before, remark[64];
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

static enum outcome try_original(const struct setting *setting, struct choices *choices,
				 const char *folder, const char **given, FILE *said)
{
	*given = write_driver(choices, folder);
	if (build(setting, folder, "before", CALLBACK_RELEASE)) {
		say_file(said, "the compiler says:", folder, "before.log");
		return OUTCOME_GENERATOR;
	}
	if (play(folder, "before", choices->seed)) {
		run(folder, "tail -n 15 before.trace >before.tail; cat before.errors >>before.tail");
		say_file(said, "the end of its trace:", folder, "before.tail");
		return OUTCOME_GENERATOR;
	}
	return OUTCOME_GOOD;
}

/*
 * What is refused, and by which rule: shapes that are to be taken apart by hand first, and in 5.7
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

/* Whether all errors are refusals that are right, and the driver is as it was. */
static bool refused(const struct choices *choices, const char *folder, const char *target)
{
	char *log = read_file(folder, "port.log"), *line, *rest = NULL;
	bool right = !run(folder, "diff -r before after >refused.diff");
	unsigned int errors = 0;

	for (line = strtok_r(log, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char *rule = strrchr(line, '[');

		if (!strstr(line, ": error: "))
			continue;
		errors++;
		right = right && rule && is_listed(choices, rule + 1, target);
	}
	free(log);
	return right && errors;
}

static bool must_be_refused(const struct choices *choices)
{
	return !choices->taken[DIMENSION_REFUSED][REFUSED_NOTHING];
}

static enum outcome try_port(const struct setting *setting, struct choices *choices,
			     const char *target, const char *folder, const char *given,
			     FILE *said)
{
	char model[16] = "";
	int status = run(folder, "rm -rf after && cp -r before after && timeout 60 '%s' port -i "
			 "--target=%s after%s >port.out 2>port.log", setting->tool, target, given);

	if (status == 1 && refused(choices, folder, target))
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
	model_of(setting, target, model, sizeof(model));
	if (build(setting, folder, "after", model)) {
		say_file(said, "the compiler says:", folder, "after.log");
		return OUTCOME_COMPILE;
	}
	status = play(folder, "after", choices->seed);
	if (run(folder, "diff -U2 before.trace after.trace >trace.diff") || status) {
		say_file(said, "traces, - of the driver, + of its port:", folder, "trace.diff");
		say_file(said, "the port says:", folder, "after.errors");
		return OUTCOME_TRACE;
	}
	return OUTCOME_GOOD;
}

static enum outcome try_text(const struct setting *setting, const char *target,
			     const char *folder, const char *given, FILE *said)
{
	unsigned long remark;

	if (run(folder, "timeout 60 '%s' port --target=%s after%s >again.diff 2>again.log",
		setting->tool, target, given) || run(folder, "! test -s again.diff")) {
		say_file(said, "it says:", folder, "again.log");
		say_file(said, "and changes:", folder, "again.diff");
		return OUTCOME_AGAIN;
	}
	if (!marks_same(folder)) {
		run(folder, "grep -a %s before.all >before.marks; "
		    "grep -a %s after.all >after.marks; diff before.marks after.marks >marks.diff",
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
	if (run(folder, "timeout 60 '%s' check --target=%s after%s >check.log 2>&1", setting->tool,
		target, given)) {
		say_file(said, "it says:", folder, "check.log");
		return OUTCOME_CHECK;
	}
	return OUTCOME_GOOD;
}

enum outcome trial(const struct setting *setting, struct choices *choices, const char *target,
		   const char *folder, FILE *said)
{
	const char *given;
	enum outcome outcome = try_original(setting, choices, folder, &given, said);

	if (outcome == OUTCOME_GOOD)
		outcome = try_port(setting, choices, target, folder, given, said);
	if (outcome == OUTCOME_GOOD)
		outcome = try_text(setting, target, folder, given, said);
	return outcome;
}
