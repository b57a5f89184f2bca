// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <getopt.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "help.h"
#include "version.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FOR(command) (1u << (command))
#define JOBS_MAX 256

enum {
	OPTION_TARGET = 256, OPTION_FOR, OPTION_FORMAT, OPTION_KERNEL, OPTION_COLOR, OPTION_VERSION,
	OPTION_FIX, OPTION_BASELINE, OPTION_WRITE_BASELINE,
};

static const struct option long_options[] = {
	{ "target", required_argument, NULL, OPTION_TARGET },
	{ "for", required_argument, NULL, OPTION_FOR },
	{ "in-place", no_argument, NULL, 'i' },
	{ "format", required_argument, NULL, OPTION_FORMAT },
	{ "fix", no_argument, NULL, OPTION_FIX },
	{ "baseline", required_argument, NULL, OPTION_BASELINE },
	{ "write-baseline", required_argument, NULL, OPTION_WRITE_BASELINE },
	{ "build-dir", required_argument, NULL, 'p' },
	{ "kernel", required_argument, NULL, OPTION_KERNEL },
	{ "jobs", required_argument, NULL, 'j' },
	{ "color", required_argument, NULL, OPTION_COLOR },
	{ "colour", required_argument, NULL, OPTION_COLOR },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ NULL, 0, NULL, 0 },
};

static const struct {
	const char *name;
	enum command command;
} commands[] = {
	{ "port", COMMAND_PORT },
	{ "check", COMMAND_CHECK },
	{ "list", COMMAND_LIST },
	{ "explain", COMMAND_EXPLAIN },
};

/* Which commands take an option; those that are not here go with every command. */
static const struct {
	int option;
	const char *name;
	unsigned int commands;
} taken_by[] = {
	{ OPTION_TARGET, "--target", FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) },
	{ OPTION_FOR, "--for", FOR(COMMAND_PORT) },
	{ 'i', "-i", FOR(COMMAND_PORT) },
	{ OPTION_FIX, "--fix", FOR(COMMAND_CHECK) },
	{ OPTION_BASELINE, "--baseline", FOR(COMMAND_CHECK) },
	{ OPTION_WRITE_BASELINE, "--write-baseline", FOR(COMMAND_CHECK) },
	{ OPTION_FORMAT, "--format", FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) | FOR(COMMAND_LIST) },
	{ 'p', "-p", FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) },
	{ OPTION_KERNEL, "--kernel", FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) },
};

static const struct {
	const char *name;
	enum format format;
	unsigned int commands;
} formats[] = {
	{ "diff", FORMAT_DIFF, FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) },
	{ "mbox", FORMAT_MBOX, FOR(COMMAND_PORT) },
	{ "gcc", FORMAT_GCC, FOR(COMMAND_CHECK) },
	{ "json", FORMAT_JSON, FOR(COMMAND_PORT) | FOR(COMMAND_CHECK) | FOR(COMMAND_LIST) },
	{ "sarif", FORMAT_SARIF, FOR(COMMAND_CHECK) },
};

static const struct {
	const char *name;
	enum color_mode mode;
} colors[] = {
	{ "auto", COLOR_AUTO },
	{ "always", COLOR_ALWAYS },
	{ "never", COLOR_NEVER },
};

__attribute__((format(printf, 1, 2)))
static int wrong(const char *format, ...)
{
	va_list values;

	fputs("migrate-vma: ", stderr);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	putc('\n', stderr);
	return STATUS_TROUBLE;
}

static const char *command_name(enum command command)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (commands[i].command == command)
			return commands[i].name;
	return "";
}

static bool find_command(const char *name, enum command *command)
{
	for (size_t i = 0; i < COUNT(commands); i++) {
		if (!strcmp(commands[i].name, name)) {
			*command = commands[i].command;
			return true;
		}
	}
	return false;
}

static int set_target(struct options *options, const char *name)
{
	const char *error;

	if (!strcmp(name, "list")) {
		help_print_targets();
		return STATUS_DONE;
	}
	options->target_named = true;
	options->target = release_find(name, &error);
	if (!options->target)
		return wrong("--target=%s: %s; releases from %s to %s can be named",
			     name, error, release_list(0), release_newest()->name);
	return -1;
}

/* "5.4..7.3" */
static int set_range(struct options *options, const char *text)
{
	const char *dots = strstr(text, ".."), *error;
	char from[16];

	if (!dots || dots == text || !dots[2] || (size_t)(dots - text) >= sizeof(from))
		return wrong("--for=%s: a range is two releases, as in --for=%s..%s", text,
			     release_list(0), release_newest()->name);
	memcpy(from, text, (size_t)(dots - text));
	from[dots - text] = '\0';
	options->range.from = release_find(from, &error);
	if (options->range.from)
		options->range.to = release_find(dots + 2, &error);
	if (!options->range.from || !options->range.to)
		return wrong("--for=%s: %s: %s; releases from %s to %s can be named", text,
			     options->range.from ? dots + 2 : from, error, release_list(0),
			     release_newest()->name);
	if (options->range.from->number > options->range.to->number)
		return wrong("--for=%s: the older release comes first", text);
	/* One kernel needs no helpers. */
	if (options->range.from == options->range.to) {
		options->target = options->range.from;
		options->range.from = NULL;
	}
	options->range_named = true;
	return -1;
}

static int set_format(struct options *options, const char *name)
{
	bool first = true;

	for (size_t i = 0; i < COUNT(formats); i++) {
		if ((formats[i].commands & FOR(options->command)) &&
		    !strcmp(formats[i].name, name)) {
			options->format = formats[i].format;
			return -1;
		}
	}
	fprintf(stderr, "migrate-vma: --format=%s: %s prints ", name,
		command_name(options->command));
	for (size_t i = 0; i < COUNT(formats); i++) {
		if (formats[i].commands & FOR(options->command)) {
			fprintf(stderr, "%s%s", first ? "" : ", ", formats[i].name);
			first = false;
		}
	}
	putc('\n', stderr);
	return STATUS_TROUBLE;
}

static int set_jobs(struct options *options, const char *text)
{
	char *end;
	long jobs = strtol(text, &end, 10);

	if (end == text || *end || jobs < 1)
		return wrong("-j %s: the number of threads, 1 or more, comes here", text);
	options->jobs = jobs > JOBS_MAX ? JOBS_MAX : (unsigned int)jobs;
	return -1;
}

static int set_color(struct options *options, const char *name)
{
	for (size_t i = 0; i < COUNT(colors); i++) {
		if (!strcmp(colors[i].name, name)) {
			options->color = colors[i].mode;
			return -1;
		}
	}
	return wrong("--color=%s: say auto, always or never", name);
}

/* getopt_long() leaves 0 in optopt for an unknown long option, and else what it stumbled over. */
static int refuse_option(const struct options *options, const char *given)
{
	const char *name = command_name(options->command);

	if (!optopt)
		return wrong("unknown option %s; migrate-vma %s --help shows those it has", given,
			     name);
	if (optopt >= 256 || strchr("ihq", optopt))
		return wrong("%s: this option takes no value", given);
	return wrong("unknown option -%c; migrate-vma %s --help shows those it has", optopt, name);
}

static int set_option(struct options *options, int option, const char *given)
{
	for (size_t i = 0; i < COUNT(taken_by); i++)
		if (taken_by[i].option == option &&
		    !(taken_by[i].commands & FOR(options->command)))
			return wrong("%s is no option of migrate-vma %s", taken_by[i].name,
				     command_name(options->command));

	switch (option) {
	case OPTION_TARGET:
		return set_target(options, optarg);
	case OPTION_FOR:
		return set_range(options, optarg);
	case OPTION_FORMAT:
		return set_format(options, optarg);
	case OPTION_KERNEL:
		options->kernel = optarg;
		return -1;
	case OPTION_COLOR:
		return set_color(options, optarg);
	case OPTION_VERSION:
		puts("migrate-vma " MIGRATE_VMA_VERSION);
		return STATUS_DONE;
	case OPTION_FIX:
		options->fix = true;
		return -1;
	case OPTION_BASELINE:
		options->baseline = optarg;
		return -1;
	case OPTION_WRITE_BASELINE:
		options->write_baseline = optarg;
		return -1;
	case 'i':
		options->in_place = true;
		return -1;
	case 'p':
		options->build_dir = optarg;
		return -1;
	case 'j':
		return set_jobs(options, optarg);
	case 'q':
		options->quiet = true;
		return -1;
	case 'h':
		help_print_command(options->command);
		return STATUS_DONE;
	case ':':
		return wrong("%s needs a value; migrate-vma %s --help says which", given,
			     command_name(options->command));
	default:
		return refuse_option(options, given);
	}
}

/* Options that are given before any command, and a command that is none. */
static int without_command(int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : NULL;

	if (!first) {
		help_print(stderr);
		return STATUS_TROUBLE;
	}
	if (!strcmp(first, "--help") || !strcmp(first, "-h") || !strcmp(first, "help")) {
		enum command command;

		if (argc == 2) {
			help_print(stdout);
			return STATUS_DONE;
		}
		if (!find_command(argv[2], &command))
			return wrong("%s is no command; migrate-vma --help shows them", argv[2]);
		help_print_command(command);
		return STATUS_DONE;
	}
	if (!strcmp(first, "--version")) {
		puts("migrate-vma " MIGRATE_VMA_VERSION);
		return STATUS_DONE;
	}
	if (*first == '-' && first[1])
		return wrong("a command comes first: port, check, list or explain");
	if (!strcmp(first, "-") || !access(first, F_OK))
		return wrong("a command comes first: to port this, migrate-vma port %s", first);
	return wrong("%s is no command; there are port, check, list and explain", first);
}

/* The processors this process may run on, which in a container are fewer than there are. */
static unsigned int processors(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);

	return count < 1 ? 1 : count > JOBS_MAX ? JOBS_MAX : (unsigned int)count;
}

static int check_paths(const struct options *options)
{
	if (options->command == COMMAND_EXPLAIN) {
		if (options->path_count > 1)
			return wrong("explain takes one rule or name at a time");
		return -1;
	}
	if (!options->path_count)
		return wrong("%s what? Name files or folders, . for this folder, or - for standard "
			     "input", command_name(options->command));
	if (options->command == COMMAND_CHECK && options->format == FORMAT_DIFF && !options->fix)
		return wrong("--format=diff shows what --fix would change: give that as well");
	if (options->range_named && options->target_named)
		return wrong("--target is for one kernel and --for is for several: name one of them");
	if (options->clang_count && options->command == COMMAND_LIST)
		return wrong("list does not run clang: there is nothing to follow --");
	return -1;
}

int options_parse(struct options *options, int argc, char **argv)
{
	int option, paths_end = argc;

	memset(options, 0, sizeof(*options));
	options->target = release_newest();
	options->jobs = processors();
	if (argc < 2 || !find_command(argv[1], &options->command))
		return without_command(argc, argv);

	/* What follows "--" is clang's, so getopt_long() is not shown it. */
	for (int i = 2; i < argc; i++) {
		if (!strcmp(argv[i], "--")) {
			options->clang_arguments = (const char *const *)argv + i + 1;
			options->clang_count = (size_t)(argc - i - 1);
			paths_end = i;
			break;
		}
	}

	opterr = 0;
	optind = 2;
	while ((option = getopt_long(paths_end, argv, ":hiqp:j:", long_options, NULL)) != -1) {
		int status = set_option(options, option, argv[optind - 1]);

		if (status >= 0)
			return status;
	}
	options->paths = (const char *const *)argv + optind;
	options->path_count = (size_t)(paths_end - optind);
	return check_paths(options);
}
