/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_KCONFIG_H
#define MIGRATE_VMA_KCONFIG_H

#include <stdbool.h>

#include "port.h"

/** is_kconfig() - whether a path names a Kconfig file. */
bool is_kconfig(const char *path);

/**
 * port_kconfig() - port the lines of a Kconfig file that name MIGRATE_VMA_HELPER
 * @file: the file; its result is set when a line changes
 *
 * "select" becomes "depends on DEVICE_PRIVATE", since that is an option of its own that a user
 * turns on; any other mention becomes DEVICE_PRIVATE.
 */
void port_kconfig(struct port_file *file);

#endif
