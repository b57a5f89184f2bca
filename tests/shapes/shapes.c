// SPDX-License-Identifier: GPL-2.0-only
/*
 * What tests/shapes/run does, which describes it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../runner/process.h"
#include "../runner/rig.h"
#include "shape.h"

#define WORKERS_MAX	16

static char work[] = "/tmp/shapes-XXXXXX";

/* What the workers have in common: the next shape, and whether all was good. */
static struct shared {
	int next;
	int failed;
} *shared;

static void print_said(FILE *out, const char *said)
{
	const char *end;

	for (; *said; said = end + 1) {
		end = strchrnul(said, '\n');
		fprintf(out, "# %.*s\n", (int)(end - said), said);
		if (!*end)
			break;
	}
}

static void test_one(FILE *out, const struct shape *shape, const char *release, const char *folder,
		     bool asked_for)
{
	char *said = NULL, *defect = shape_setting(shape, release, "known-defect");
	size_t size;
	FILE *file = open_memstream(&said, &size);
	bool good = shape_test(shape, release, folder, file);

	fclose(file);
	if (good) {
		fprintf(out, "ok - %s %s\n", shape->name, release);
	} else if (defect && !asked_for) {
		fprintf(out, "ok - %s %s # SKIP %s\n", shape->name, release, defect);
	} else {
		fprintf(out, "not ok - %s %s\n", shape->name, release);
		print_said(out, said);
		fprintf(out, "# run it alone: tests/shapes/run %s %s\n", shape->name, release);
		__atomic_store_n(&shared->failed, 1, __ATOMIC_RELAXED);
	}
	free(said);
	free(defect);
}

/* A worker takes one shape after another, with all its releases. */
static void work_on(struct shape *shapes, int count, const char *target)
{
	int i, r;

	while ((i = __atomic_fetch_add(&shared->next, 1, __ATOMIC_RELAXED)) < count) {
		char *folder = process_format("%s/%d", work, i);
		char *output = process_format("%s.output", folder);
		FILE *out = fopen(output, "w");

		if (!out)
			_exit(2);
		folder_make(folder);
		for (r = 0; r < shapes[i].count; r++)
			if (!target || !strcmp(shapes[i].releases[r], target))
				test_one(out, &shapes[i], shapes[i].releases[r], folder, target);
		fclose(out);
		folder_remove(folder);
		free(folder);
		free(output);
	}
	_exit(0);
}

static int run_workers(struct shape *shapes, int count, const char *target, int tests)
{
	const char *asked = getenv("SHAPES_JOBS");
	long workers = asked ? atol(asked) : sysconf(_SC_NPROCESSORS_ONLN);
	int i, number = 0, bad = 0, status;

	if (workers < 1 || workers > WORKERS_MAX)
		workers = 1;
	printf("1..%d\n", tests);
	fflush(stdout);
	for (i = 0; i < workers; i++)
		if (!fork())
			work_on(shapes, count, target);
	while (wait(&status) > 0)
		bad |= status;
	for (i = 0; i < count; i++) {
		char *output = process_format("%s/%d.output", work, i), *text = file_read(output, NULL);
		char *line, *rest = NULL;

		for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
			char *dash = *line == '#' ? NULL : strstr(line, "ok - ");

			if (dash)
				printf("%.*sok %d - %s\n", (int)(dash - line), line, ++number,
				       dash + strlen("ok - "));
			else
				printf("%s\n", line);
		}
		free(text);
		free(output);
	}
	return shared->failed || bad || number != tests;
}

/* Shapes whose name begins with @name, or the one of that name if there is a @target. */
static int run(const char *name, const char *target)
{
	static struct shape shapes[2048];
	char **names;
	int names_count = folder_list(SHAPES_FOLDER, &names), count = 0, tests = 0, i, r, status;

	for (i = 0; i < names_count && count < 2048; i++) {
		struct shape *shape = &shapes[count];

		if (strncmp(names[i], name, strlen(name)) || (target && strcmp(names[i], name)) ||
		    !shape_find(shape, names[i]))
			continue;
		count++;
		for (r = 0; r < shape->count; r++)
			tests += !target || !strcmp(shape->releases[r], target);
	}
	status = run_workers(shapes, count, target, tests);
	while (count > 0)
		shape_release(&shapes[--count]);
	folder_release(names, names_count);
	return status;
}

/* The files of all releases are in folders of @work; those of @release come from @path. */
static void take(const struct shape *shape, const char *release, const char *path)
{
	char *folder = process_format("%s/%s", work, release);

	shape_put_before(shape, folder);
	if (path) {
		char *is_folder = process_format("%s/.", path);

		if (file_exists(is_folder)) {
			folder_copy(path, folder);
		} else {
			char **names, *to;
			size_t length;
			char *bytes = file_read(path, &length);

			folder_list(folder, &names);
			to = process_format("%s/%s", folder, names[0]);
			file_write(to, bytes, length);
			free(bytes);
			free(to);
		}
		free(is_folder);
	} else {
		char *argv[] = { "migrate-vma", "port", "-i", "--quiet",
				 process_format("--target=%s", release), (char *)release, NULL };

		if (rig_tool(work, "output", "messages", argv)) {
			char *messages = process_format("%s/messages", work), *said = file_read(messages, NULL);

			fprintf(stderr, "%s", said);
			free(messages);
			free(said);
		}
		free(argv[4]);
	}
	free(folder);
}

static int keep(struct shape *shape, const char *release, const char *path)
{
	char *output = process_format("%s/output", work), *messages = process_format("%s/messages", work);
	int i;

	for (i = 0; i < shape->count; i++)
		if (!release || !strcmp(release, shape->releases[i]))
			take(shape, shape->releases[i], path);
	/* One that it was not tested with before. */
	if (release && !file_exists(process_format("%s/%s", work, release)))
		take(shape, release, path);
	unlink(output);
	unlink(messages);
	if (shape_keep(shape, work))
		return 0;
	fprintf(stderr, "a patch does not fit the files of the newest release: keep that one first, by hand\n");
	return 1;
}

static int show(const struct shape *shape, const char *release, bool difference)
{
	char *argv[] = { "diff", "-ru", "before", "after", NULL };
	struct process process = { .argv = argv, .folder = work, .output = "/dev/stdout" };
	char *before = process_format("%s/before", work), *after = process_format("%s/after", work);
	char **names;
	int count, i;

	shape_put_before(shape, before);
	if (!shape_put_expected(shape, release, after))
		fprintf(stderr, "the patch for %s does not fit\n", release);
	if (difference) {
		process_run(&process);
		return 0;
	}
	count = folder_list(after, &names);
	for (i = 0; i < count; i++) {
		char *path = process_format("%s/%s", after, names[i]), *text = file_read(path, NULL);

		if (count > 1)
			printf("==> %s <==\n", names[i]);
		fputs(text, stdout);
		free(text);
		free(path);
	}
	return 0;
}

static int put_all(const char *folder)
{
	char **names;
	int count = folder_list(SHAPES_FOLDER, &names), i, r;

	folder_make(folder);
	for (i = 0; i < count; i++) {
		struct shape shape;

		if (!shape_find(&shape, names[i]))
			continue;
		for (r = 0; r < shape.count; r++) {
			char *release = process_format("%s/%s", folder, shape.releases[r]);
			char *to = process_format("%s/%s", release, shape.name);

			folder_make(release);
			if (!shape_put_expected(&shape, shape.releases[r], to))
				return 1;
			free(release);
			free(to);
		}
	}
	return 0;
}

static int one_shape(const char *action, const char *name, const char *release, const char *path)
{
	struct shape shape;

	if (!shape_find(&shape, name)) {
		fprintf(stderr, "there is no shape %s with before and expect\n", name);
		return 2;
	}
	if (!strcmp(action, "--record"))
		return keep(&shape, release, NULL);
	if (!strcmp(action, "--keep") && release && path)
		return keep(&shape, release, path);
	if (!strcmp(action, "--show"))
		return show(&shape, release ? release : rig_newest(), false);
	if (!strcmp(action, "--port"))
		return show(&shape, release ? release : rig_newest(), true);
	fprintf(stderr, "tests/shapes/run says how it is called\n");
	return 2;
}

int main(int argc, char **argv)
{
	const char *first = argc > 1 ? argv[1] : "", *second = argc > 2 ? argv[2] : NULL;
	int status;

	rig_prepare();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || !mkdtemp(work))
		return 2;
	if (!strcmp(first, "--put") && second)
		status = put_all(second);
	else if (!strncmp(first, "--", 2))
		status = one_shape(first, second ? second : "", argc > 3 ? argv[3] : NULL,
				   argc > 4 ? argv[4] : NULL);
	else
		status = run(first, second);
	folder_remove(work);
	return status;
}
