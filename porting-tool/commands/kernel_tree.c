// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARGUMENTS_MAX 64

/* What a kernel build calls an architecture, and what clang does. */
static const struct {
	const char *folder;
	const char *target;
} architectures[] = {
	{ "x86", "x86_64-linux-gnu" },
	{ "arm64", "aarch64-linux-gnu" },
	{ "powerpc", "powerpc64le-linux-gnu" },
	{ "riscv", "riscv64-linux-gnu" },
	{ "s390", "s390x-linux-gnu" },
	{ "loongarch", "loongarch64-linux-gnu" },
	{ "sparc", "sparc64-linux-gnu" },
};

struct tree {
	const char *source;
	const char *build;
	const char *architecture;
	const char *target;
	struct arena *arena;
};

static bool exists(const struct tree *tree, const char *folder, const char *name)
{
	return !access(arena_printf(tree->arena, "%s/%s", folder, name), F_OK);
}

/* A build folder has a Makefile that includes that of the source, or a link to the source. */
static const char *find_source(const struct tree *tree)
{
	const char *source = NULL;
	size_t room = 0;
	char *line = NULL;
	FILE *makefile;

	if (exists(tree, tree->build, "include/linux/kernel.h"))
		return tree->build;
	if (exists(tree, tree->build, "source/include/linux/kernel.h"))
		return arena_printf(tree->arena, "%s/source", tree->build);

	makefile = fopen(arena_printf(tree->arena, "%s/Makefile", tree->build), "re");
	while (makefile && !source && getline(&line, &room, makefile) > 0) {
		size_t length;

		if (strncmp(line, "include ", 8))
			continue;
		length = strcspn(line + 8, "\n");
		if (length > 9 && !strncmp(line + 8 + length - 9, "/Makefile", 9)) {
			source = arena_copy(tree->arena, line + 8, length - 9);
			if (*source != '/')
				source = arena_printf(tree->arena, "%s/%s", tree->build, source);
			if (!exists(tree, source, "include/linux/kernel.h"))
				source = NULL;
		}
	}
	free(line);
	if (makefile)
		fclose(makefile);
	return source;
}

static bool find_architecture(struct tree *tree)
{
	for (size_t i = 0; i < sizeof(architectures) / sizeof(architectures[0]); i++) {
		const char *name = arena_printf(tree->arena, "arch/%s/include/generated",
						architectures[i].folder);

		if (exists(tree, tree->build, name)) {
			tree->architecture = architectures[i].folder;
			tree->target = architectures[i].target;
			return true;
		}
	}
	return false;
}

static void add(struct kernel_arguments *arguments, const char *argument)
{
	if (arguments->count < ARGUMENTS_MAX)
		arguments->list[arguments->count++] = argument;
}

static void add_folder(struct kernel_arguments *arguments, const struct tree *tree,
		       const char *folder, const char *name)
{
	if (exists(tree, folder, name))
		add(arguments, arena_printf(tree->arena, "-I%s/%s", folder, name));
}

static void add_header(struct kernel_arguments *arguments, const struct tree *tree,
		       const char *name)
{
	if (exists(tree, tree->source, name)) {
		add(arguments, "-include");
		add(arguments, arena_printf(tree->arena, "%s/%s", tree->source, name));
	}
}

static bool refuse(const char *folder, const char *why)
{
	fprintf(stderr, "migrate-vma: --kernel=%s: %s\n", folder, why);
	return false;
}

bool kernel_tree_arguments(struct kernel_arguments *arguments, const char *folder,
			   struct arena *arena)
{
	struct tree tree = { .build = folder, .arena = arena };
	const char *arch;

	tree.source = find_source(&tree);
	if (!tree.source)
		return refuse(folder, "this is no kernel tree: include/linux/kernel.h is missing. "
			      "Leave the option out, or name a source tree, a build folder or "
			      "/lib/modules/RELEASE/build");
	if (!exists(&tree, tree.build, "include/generated/autoconf.h"))
		return refuse(folder, "this kernel tree is not configured: run `make defconfig "
			      "prepare` in it");
	if (!find_architecture(&tree))
		return refuse(folder, "no folder arch/*/include/generated of an architecture with "
			      "device memory is in it: run `make prepare` in it");

	arch = arena_printf(arena, "arch/%s/include", tree.architecture);
	arguments->list = arena_alloc(arena, ARGUMENTS_MAX * sizeof(*arguments->list));
	arguments->count = 0;
	add(arguments, arena_printf(arena, "--target=%s", tree.target));
	add(arguments, "-nostdlibinc");
	add(arguments, "-std=gnu11");
	add(arguments, "-D__KERNEL__");
	add(arguments, "-DMODULE");
	add(arguments, "-DKBUILD_MODNAME=\"driver\"");
	add(arguments, "-DKBUILD_BASENAME=\"driver\"");
	add_folder(arguments, &tree, tree.source, arch);
	add_folder(arguments, &tree, tree.build, arena_printf(arena, "%s/generated", arch));
	add_folder(arguments, &tree, tree.source, "include");
	if (strcmp(tree.source, tree.build))
		add_folder(arguments, &tree, tree.build, "include");
	add_folder(arguments, &tree, tree.source, arena_printf(arena, "%s/uapi", arch));
	add_folder(arguments, &tree, tree.build, arena_printf(arena, "%s/generated/uapi", arch));
	add_folder(arguments, &tree, tree.source, "include/uapi");
	add_folder(arguments, &tree, tree.build, "include/generated/uapi");
	add_header(arguments, &tree, "include/linux/compiler-version.h");
	add_header(arguments, &tree, "include/linux/kconfig.h");
	add_header(arguments, &tree, "include/linux/compiler_types.h");
	return true;
}

const char *kernel_tree_release(const char *folder, struct arena *arena)
{
	char line[256] = "";
	FILE *file = fopen(arena_printf(arena, "%s/include/generated/utsrelease.h", folder), "re");
	const char *text = NULL;

	while (file && !text && fgets(line, sizeof(line), file))
		if (!strncmp(line, "#define UTS_RELEASE \"", 21))
			text = arena_copy(arena, line + 21, strcspn(line + 21, "\"\n"));
	if (file)
		fclose(file);
	return text;
}
