/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_COMMANDS_KERNEL_TREE_H
#define MIGRATE_VMA_COMMANDS_KERNEL_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "memory.h"

/**
 * struct kernel_arguments - options for clang, in the order they are needed
 * @list: the options, in an arena
 * @count: how many
 */
struct kernel_arguments {
	const char **list;
	size_t count;
};

/**
 * kernel_tree_arguments() - what clang has to be told to read a file as a kernel build does
 * @arguments: filled in
 * @folder: a configured source tree, a build folder (make O=), or the headers a distribution
 *	installs, such as /lib/modules/$(uname -r)/build
 * @arena: where the options live
 *
 * Return: false, after a message that says what to do, if @folder is none of these.
 */
bool kernel_tree_arguments(struct kernel_arguments *arguments, const char *folder,
			   struct arena *arena);

/**
 * kernel_tree_release() - which release a configured kernel tree is
 * @folder: as for kernel_tree_arguments()
 * @arena: where the text lives
 *
 * Return: what `uname -r` prints on that kernel, or NULL when the tree does not say it.
 */
const char *kernel_tree_release(const char *folder, struct arena *arena);

#endif
