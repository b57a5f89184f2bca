/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of a driver that are not C: they say when it is built.
 */
#ifndef MIGRATE_VMA_BUILD_FILES_H
#define MIGRATE_VMA_BUILD_FILES_H

#include <stdbool.h>

#include "port.h"

/** is_build_file() - whether a path names a Kconfig file, a Makefile or a Kbuild file. */
bool is_build_file(const char *path);

/** port_build_file() - port the lines that name the option which is gone; result is set then. */
void port_build_file(struct port_file *file);

#endif
