// SPDX-License-Identifier: GPL-2.0-only
#include "clang_setup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel_tree.h"

static bool has_database(const char *folder, struct arena *arena)
{
	return !access(arena_printf(arena, "%s/compile_commands.json", folder), R_OK);
}

/* People give the file as well as its folder. */
static const char *database_folder(const char *given, struct arena *arena)
{
	static const char name[] = "/compile_commands.json";
	size_t length = strlen(given), tail = sizeof(name) - 1;

	if (!strcmp(given, name + 1))
		return ".";
	if (length > tail && !strcmp(given + length - tail, name))
		return arena_copy(arena, given, length - tail);
	return given;
}

/* The default is the newest release, whatever tree is named. */
static void compare_release(const struct options *options, struct arena *arena)
{
	const char *tree = kernel_tree_release(options->kernel, arena), *error;
	const struct release *release = tree ? release_find(tree, &error) : NULL;

	if (options->target_named || options->quiet || !tree || release == options->target)
		return;
	fprintf(stderr, "migrate-vma: --kernel=%s: this is Linux %s, and the target is %s, which "
		"is the default", options->kernel, tree, options->target->name);
	if (release)
		fprintf(stderr, ": say --target=%s for this kernel", release->name);
	fputc('\n', stderr);
}

bool clang_setup_make(struct clang_setup *setup, const struct options *options,
		      struct arena *arena)
{
	struct kernel_arguments kernel = { 0 };
	const char **arguments;

	memset(setup, 0, sizeof(*setup));
	if (options->build_dir) {
		setup->build_dir = database_folder(options->build_dir, arena);
		if (!has_database(setup->build_dir, arena)) {
			fprintf(stderr, "migrate-vma: -p %s: there is no compile_commands.json; "
				"`make compile_commands.json` in the kernel's build folder writes "
				"one, and so does `bear -- make`\n", options->build_dir);
			return false;
		}
	}
	if (options->kernel && !kernel_tree_arguments(&kernel, options->kernel, arena))
		return false;
	if (options->kernel)
		compare_release(options, arena);

	setup->count = kernel.count + options->clang_count;
	arguments = arena_alloc(arena, (setup->count + 1) * sizeof(*arguments));
	if (kernel.count)
		memcpy(arguments, kernel.list, kernel.count * sizeof(*arguments));
	if (options->clang_count)
		memcpy(arguments + kernel.count, options->clang_arguments,
		       options->clang_count * sizeof(*arguments));
	setup->arguments = arguments;
	setup->one_thread = options->jobs == 1;
	setup->real_headers = options->build_dir || options->kernel;
	return true;
}
