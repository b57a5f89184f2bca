/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_COMMANDS_CLANG_SETUP_H
#define MIGRATE_VMA_COMMANDS_CLANG_SETUP_H

#include <stdbool.h>

#include "memory.h"
#include "options.h"
#include "port.h"

/**
 * clang_setup_make() - how to read the files, from the options
 * @setup: filled in
 * @options: -p, --kernel and what follows --
 * @arena: where the arguments live
 *
 * Return: false, after a message, if a folder is not what the option needs.
 */
bool clang_setup_make(struct clang_setup *setup, const struct options *options,
		      struct arena *arena);

#endif
