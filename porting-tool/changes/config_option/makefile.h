/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_MAKEFILE_H
#define MIGRATE_VMA_MAKEFILE_H

#include <stdbool.h>

#include "port.h"

/** is_makefile() - whether a path names a Makefile or a Kbuild file. */
bool is_makefile(const char *path);

/**
 * port_makefile() - port the lines of a makefile that name CONFIG_MIGRATE_VMA_HELPER
 * @file: the file; its result is set when a line changes
 *
 * What is built with the option is built with CONFIG_DEVICE_PRIVATE.  A -D that defines the option
 * goes: nothing looks at it any more, and the other one belongs to the kernel.
 */
void port_makefile(struct port_file *file);

#endif
