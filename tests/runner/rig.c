// SPDX-License-Identifier: GPL-2.0-only
#include "rig.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

#define WORDS_MAX	64
#define RELEASES_MAX	32
#define TOOL_SECONDS	60
#define PLAY_SECONDS	60

/* main() of migrate-vma, which objcopy has given another name. */
int migrate_vma_main(int argc, char **argv);

static char *compiler[WORDS_MAX];
static char *releases[RELEASES_MAX];
static int release_count;
static const char *players, *sections, *other_tool;

static char *needed(const char *name)
{
	char *value = getenv(name);

	if (value)
		return value;
	fprintf(stderr, "%s is not set; make check-shapes and check-generated set it\n", name);
	exit(2);
}

static int split(char *text, char **words, int room)
{
	char *word, *rest = NULL;
	int count = 0;

	text = strdup(text);
	for (word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		if (count == room - 1) {
			fprintf(stderr, "too many words: %s ...\n", word);
			exit(2);
		}
		words[count++] = word;
	}
	words[count] = NULL;
	return count;
}

void rig_prepare(void)
{
	split(needed("RIG_COMPILER"), compiler, WORDS_MAX);
	release_count = split(needed("RIG_RELEASES"), releases, RELEASES_MAX);
	players = needed("RIG_PLAYERS");
	sections = needed("RIG_SECTIONS");
	other_tool = getenv("MIGRATE_VMA");
	/* Whether that works is the business of migrate-vma, which does it once more. */
	if (!other_tool && !dlopen(LIBCLANG_FILE, RTLD_LAZY | RTLD_LOCAL))
		dlopen(LIBCLANG_NAME, RTLD_LAZY | RTLD_LOCAL);
}

const char *rig_newest(void)
{
	return releases[release_count - 1];
}

static int number_of(const char *release)
{
	int major, minor;

	if (sscanf(release, "%d.%d", &major, &minor) != 2) {
		fprintf(stderr, "%s is no release\n", release);
		exit(2);
	}
	return major * 1000 + minor;
}

const char *rig_player(const char *target)
{
	int i = release_count - 1;

	while (i > 0 && number_of(releases[i]) > number_of(target))
		i--;
	return releases[i];
}

int rig_tool(const char *folder, const char *output, const char *errors, char *const *argv)
{
	char *words[16] = { (char *)other_tool };
	struct process process = {
		.argv = argv, .folder = folder, .output = output, .errors = errors,
		.seconds = TOOL_SECONDS, .call = migrate_vma_main,
	};
	int i;

	if (other_tool) {
		for (i = 1; argv[i] && i < 15; i++)
			words[i] = argv[i];
		process.argv = words;
		process.call = NULL;
	}
	return process_run(&process);
}

static char *with_release(const char *word, const char *release)
{
	int number = number_of(release);

	if (strlen(word) > 6 && !strcmp(word + strlen(word) - 6, "=MAJOR"))
		return process_format("%.*s%d", (int)strlen(word) - 5, word, number / 1000);
	if (strlen(word) > 6 && !strcmp(word + strlen(word) - 6, "=MINOR"))
		return process_format("%.*s%d", (int)strlen(word) - 5, word, number % 1000);
	return strdup(word);
}

static void release_words(char **words, int count)
{
	while (count-- > 0)
		free(words[count]);
}

static int compile_file(const char *file, const char *object, const char *release,
			char *const *options, const char *log)
{
	char *words[2 * WORDS_MAX];
	struct process process = { .argv = words, .output = log, .errors = log };
	int count = 0, status;

	for (; compiler[count]; count++)
		words[count] = with_release(compiler[count], release);
	for (; options && *options; options++)
		words[count++] = strdup(*options);
	words[count++] = strdup("-fPIC");
	words[count++] = strdup("-c");
	words[count++] = strdup("-o");
	words[count++] = strdup(object);
	words[count++] = strdup(file);
	words[count] = NULL;
	status = process_run(&process);
	release_words(words, count);
	return status;
}

int rig_compile(const char *folder, const char *release, char *const *options, const char *log)
{
	/* Without the player, which is not looked at here: what is missing shows when it starts. */
	char *words[WORDS_MAX] = {
		strdup("ld"), strdup("-shared"), strdup("-Bsymbolic"), strdup("-z"),
		strdup("start-stop-visibility=default"), strdup("-o"),
		process_format("%s.built/driver.so", folder), strdup(sections),
	};
	struct process process = { .argv = words, .output = log, .errors = log };
	char *built = process_format("%s.built", folder), **names;
	int files = folder_list(folder, &names), count = 8, i, status = 0;

	folder_remove(built);
	folder_make(built);
	for (i = 0; !status && i < files && count < WORDS_MAX - 1; i++) {
		size_t length = strlen(names[i]);
		char *file;

		if (length < 3 || strcmp(names[i] + length - 2, ".c"))
			continue;
		file = process_format("%s/%s", folder, names[i]);
		words[count] = process_format("%s/%s.o", built, names[i]);
		status = compile_file(file, words[count++], release, options, log);
		free(file);
	}
	words[count] = NULL;
	if (!status)
		status = process_run(&process);
	release_words(words, count);
	folder_release(names, files);
	free(built);
	return status;
}

int rig_play(const char *folder, const char *release, const char *argument)
{
	char *words[] = { process_format("%s%s", players, release), (char *)argument, NULL };
	char *variables[] = {
		process_format("LD_PRELOAD=%s.built/driver.so", folder),
		strdup("LD_BIND_NOW=1"), NULL,
	};
	char *trace = process_format("%s.trace", folder), *log = process_format("%s.log", folder);
	struct process process = {
		.argv = words, .output = trace, .errors = log, .variables = variables,
		.seconds = PLAY_SECONDS,
	};
	int status = process_run(&process);

	free(words[0]);
	release_words(variables, 2);
	free(trace);
	free(log);
	return status;
}
