// SPDX-License-Identifier: GPL-2.0-only
#include "shape.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../runner/process.h"
#include "../runner/rig.h"

#define LINES_MAX	256

/* Whether there is FOLDER/NAME or FOLDER/NAME.c. */
static bool has(const struct shape *shape, const char *name)
{
	char *folder = process_format("%s/%s", shape->folder, name);
	char *file = process_format("%s.c", folder);
	bool there = file_exists(folder) || file_exists(file);

	free(folder);
	free(file);
	return there;
}

/* What the older releases differ from. */
static const char *base(const struct shape *shape)
{
	return has(shape, "after") ? "after" : "before";
}

static char *patch_of(const struct shape *shape, const char *release)
{
	return process_format("%s/after-%s.patch", shape->folder, release);
}

static int by_release(const void *one, const void *other)
{
	return strverscmp(*(char *const *)one, *(char *const *)other);
}

bool shape_find(struct shape *shape, const char *name)
{
	char **names;
	int count, i;

	*shape = (struct shape){ .name = name };
	shape->folder = process_format("%s/%s", SHAPES_FOLDER, name);
	count = folder_list(shape->folder, &names);
	for (i = 0; i < count; i++) {
		const char *end = strstr(names[i], ".patch");

		if (!strncmp(names[i], "after-", 6) && end && shape->count < SHAPE_RELEASES_MAX - 1)
			shape->releases[shape->count++] =
				process_format("%.*s", (int)(end - names[i]) - 6, names[i] + 6);
	}
	folder_release(names, count);
	qsort(shape->releases, (size_t)shape->count, sizeof(*shape->releases), by_release);
	/* One that becomes nothing new for the newest may be tested with others only. */
	if (has(shape, "after") || !shape->count)
		shape->releases[shape->count++] = strdup(rig_newest());
	return has(shape, "expect") && has(shape, "before");
}

void shape_release(struct shape *shape)
{
	while (shape->count > 0)
		free(shape->releases[--shape->count]);
	free(shape->folder);
}

static char *expect_of(const struct shape *shape, const char *release)
{
	char *special = process_format("%s/expect-%s", shape->folder, release);
	char *general = process_format("%s/expect", shape->folder);
	char *text = file_read(file_exists(special) ? special : general, NULL);

	free(special);
	free(general);
	return text;
}

char *shape_setting(const struct shape *shape, const char *release, const char *word)
{
	char *text = expect_of(shape, release), *line, *rest = NULL, *found = NULL;
	size_t length = strlen(word);

	for (line = strtok_r(text, "\n", &rest); line && !found; line = strtok_r(NULL, "\n", &rest))
		if (!strncmp(line, word, length) && (line[length] == ' ' || !line[length]))
			found = strdup(line + length + (line[length] == ' '));
	free(text);
	return found;
}

static char *file_name(const struct shape *shape, const char *release)
{
	char *name = shape_setting(shape, release, "file");

	return name ? name : strdup("driver.c");
}

/* By file and then by number. */
static int by_place(const void *one, const void *other)
{
	return strverscmp(*(char *const *)one, *(char *const *)other);
}

char *shape_diagnostics_order(char *text)
{
	char *lines[LINES_MAX], *line, *rest = NULL, *ordered, *to;
	int count = 0, i;

	to = ordered = malloc(strlen(text) + 2);
	for (line = strtok_r(text, "\n", &rest); line && count < LINES_MAX;
	     line = strtok_r(NULL, "\n", &rest))
		lines[count++] = line;
	qsort(lines, (size_t)count, sizeof(*lines), by_place);
	for (i = 0; i < count; i++)
		to += sprintf(to, "%s\n", lines[i]);
	*to = '\0';
	free(text);
	return ordered;
}

char *shape_diagnostics(const struct shape *shape, const char *release)
{
	static const char digits[] = "0123456789";
	char *text = expect_of(shape, release), *only = file_name(shape, release);
	char *line, *rest = NULL, *found = NULL;
	size_t size;
	FILE *out = open_memstream(&found, &size);

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		const char *colon = strchr(line, ':'), *blank = strchr(line, ' ');

		if (*line == '#' || !blank)
			continue;
		if (strspn(line, digits) == (size_t)(blank - line))
			fprintf(out, "%s:%s\n", only, line);
		else if (colon && colon < blank)
			fprintf(out, "%s\n", line);
	}
	fclose(out);
	free(text);
	free(only);
	return shape_diagnostics_order(found);
}

/* The files of "before" or "after". */
static void put(const struct shape *shape, const char *what, const char *folder)
{
	char *from = process_format("%s/%s", shape->folder, what);

	if (file_exists(from)) {
		folder_copy(from, folder);
	} else {
		char *source = process_format("%s.c", from);
		char *name = file_name(shape, ""), *target = process_format("%s/%s", folder, name);
		size_t length;
		char *bytes = file_read(source, &length);

		folder_make(folder);
		file_write(target, bytes, length);
		free(bytes);
		free(source);
		free(name);
		free(target);
	}
	free(from);
}

void shape_put_before(const struct shape *shape, const char *folder)
{
	put(shape, "before", folder);
}

bool shape_put_expected(const struct shape *shape, const char *release, const char *folder)
{
	static const char option[] = "--directory=";
	char *patch = patch_of(shape, release), *text = file_read(patch, NULL);
	char *argv[] = {
		"patch", process_format("%s%s", option, folder), "-p1", "--silent", "--force",
		"--fuzz=0", "--binary", "--no-backup-if-mismatch", "--reject-file=-", NULL,
	};
	struct process process = { .argv = argv, .input = patch };
	bool fits = true;

	put(shape, base(shape), folder);
	/* One without a hunk says that it is the same as for the newest. */
	if (strstr(text, "\n@@"))
		fits = !process_run(&process);
	free(argv[1]);
	free(patch);
	free(text);
	return fits;
}

/* What differs between two folders, as the patch of a release. */
static void write_patch(const struct shape *shape, const char *release, const char *from,
			const char *to)
{
	char **names, *text, *patch = patch_of(shape, release), *part;
	int count = folder_list(from, &names), i;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	fprintf(out, "# SPDX-License-Identifier: GPL-2.0-only\n");
	part = process_format("%s.diff", to);
	for (i = 0; i < count; i++) {
		char *argv[] = {
			"diff", "-U1", "--label", process_format("a/%s", names[i]),
			"--label", process_format("b/%s", names[i]),
			process_format("%s/%s", from, names[i]), process_format("%s/%s", to, names[i]),
			NULL,
		};
		struct process process = { .argv = argv, .output = part };
		char *differs;

		process_run(&process);
		differs = file_read(part, NULL);
		fputs(differs, out);
		free(differs);
		free(argv[3]);
		free(argv[5]);
		free(argv[6]);
		free(argv[7]);
	}
	fclose(out);
	file_write(patch, text, size);
	folder_release(names, count);
	free(part);
	free(patch);
	free(text);
}

/* The whole files for the newest release; none if the driver stays as it is. */
static void write_newest(const struct shape *shape, const char *folder, const char *before)
{
	char *many = process_format("%s/after", shape->folder);
	char *one = process_format("%s/after.c", shape->folder);
	char *from = process_format("%s/before", shape->folder);

	folder_remove(many);
	unlink(one);
	if (folder_same(folder, before)) {
		; /* nothing to write */
	} else if (file_exists(from)) {
		folder_copy(folder, many);
	} else {
		char *name = file_name(shape, ""), *path = process_format("%s/%s", folder, name);
		size_t length;
		char *bytes = file_read(path, &length);

		file_write(one, bytes, length);
		free(bytes);
		free(name);
		free(path);
	}
	free(many);
	free(one);
	free(from);
}

bool shape_keep(const struct shape *shape, const char *folder)
{
	char *before = process_format("%s/before", folder), *from, **names;
	int count, i;
	bool fits = true;

	for (i = 0; i < shape->count; i++) {
		char *known = process_format("%s/%s", folder, shape->releases[i]);

		if (!file_exists(known) && !shape_put_expected(shape, shape->releases[i], known))
			fits = false;
		free(known);
	}
	if (!fits)
		return false;
	count = folder_list(folder, &names);
	shape_put_before(shape, before);
	from = process_format("%s/%s", folder, rig_newest());
	if (file_exists(from))
		write_newest(shape, from, before);
	free(from);
	from = process_format("%s/base", folder);
	put(shape, base(shape), from);
	for (i = 0; i < count; i++) {
		char *to = process_format("%s/%s", folder, names[i]);

		if (strcmp(names[i], rig_newest()))
			write_patch(shape, names[i], from, to);
		free(to);
	}
	folder_release(names, count);
	free(before);
	free(from);
	return true;
}
