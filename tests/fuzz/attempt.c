// SPDX-License-Identifier: GPL-2.0-only
#include "attempt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../porting-tool/diagnostic.h"
#include "../../porting-tool/port.h"
#include "../../porting-tool/kernel/release.h"
#include "../../porting-tool/checks/checks.h"
#include "../../porting-tool/source/source.h"

/* LeakSanitizer trips over threads now and then. */
static const struct clang_setup no_setup = { .one_thread = true };

/* Any release the tool knows. */
static const struct release *release_of(unsigned int target)
{
	const struct release *release;
	const char *error;
	size_t count = 0;

	while (release_list(count))
		count++;
	release = release_find(release_list(target % count), &error);
	if (!release)
		abort();
	return release;
}

static void list(const struct source *source)
{
	struct use *uses = NULL;
	size_t count = list_uses(source, &uses), i;

	for (i = 0; i < count; i++) {
		if (uses[i].offset > source->size || (i && uses[i].offset < uses[i - 1].offset))
			abort();
		free(uses[i].name);
	}
	free(uses);
}

static void check(const struct source *source, const struct release *release)
{
	struct diagnostics diagnostics = { 0 };

	check_files(source, 1, release, &no_setup, &diagnostics);
	diagnostics_release(&diagnostics);
}

/* Return: the new text, or NULL where it stays as it is. */
static char *port(const struct source *source, const struct release *release, size_t *size)
{
	struct port_file file = { .source = source };
	struct diagnostics diagnostics = { 0 };

	port_files(&file, 1, release, &no_setup, &diagnostics);
	diagnostics_release(&diagnostics);
	*size = file.result_size;
	return file.result;
}

/* The place where two texts begin to differ, in words. */
static char *difference(const char *first, const char *second, const char *release)
{
	size_t line = 1, at = 0;
	char *text = NULL;

	for (; first[at] && first[at] == second[at]; at++)
		line += first[at] == '\n';
	if (asprintf(&text, "porting the result to %s again changes it from line %zu on", release,
		     line) < 0)
		abort();
	return text;
}

char *attempt(const char *text, size_t size, unsigned int target)
{
	const struct release *release = release_of(target);
	struct source source, result;
	char *ported, *again, *wrong = NULL;
	size_t ported_size, again_size;

	if (source_set(&source, "driver.c", text, size) != SOURCE_OK)
		return NULL;
	list(&source);
	check(&source, release);
	ported = port(&source, release, &ported_size);
	if (ported) {
		if (source_set(&result, "driver.c", ported, ported_size) != SOURCE_OK)
			abort();
		check(&result, release);
		again = port(&result, release, &again_size);
		if (again)
			wrong = difference(ported, again, release->name);
		free(again);
		source_release(&result);
	}
	free(ported);
	source_release(&source);
	return wrong;
}
