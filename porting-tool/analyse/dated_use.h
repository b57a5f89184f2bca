/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_DATED_USE_H
#define MIGRATE_VMA_DATED_USE_H

#include "kernel/dated_names.h"
#include "program.h"

/**
 * dated_use_at() - dated_name_at() for a file of a program, whose types tell what a member is of
 * @program: the files
 * @unit: the file
 * @token: an index into the code of its syntax
 * @release: a release, as RELEASE()
 * @found: filled in
 *
 * Return: whether the token is a name that @release does not have.
 */
bool dated_use_at(const struct program *program, const struct unit *unit, uint32_t token,
		  int release, struct dated_name *found);

#endif
