/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_GROUPS_H
#define MIGRATE_VMA_GROUPS_H

#include "port.h"

/**
 * groups_find() - which files need each other
 * @files: the files
 * @count: how many
 * @group: set, for each file, to the index of the first file of its group
 *
 * Files belong together when one declares an ops object or names a callback and another mentions
 * that name, or when one moves device memory and another in the same folder sets it up.  A name
 * that both define, as a driver and its copy do, ties nothing.
 */
void groups_find(const struct port_file *files, size_t count, size_t *group);

#endif
