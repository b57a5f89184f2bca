/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Headers of the driver that were not among the files given.
 */
#ifndef MIGRATE_VMA_RULES_HEADERS_H
#define MIGRATE_VMA_RULES_HEADERS_H

#include <stdbool.h>

#include "checker.h"

/** unit_defines() - whether a file defines a function or a macro called @name. */
bool unit_defines(const struct unit *unit, const char *name);

/**
 * headers_define() - whether a header that a file includes by a name in quotes defines something
 * @checker: the files; headers that are read are kept in it
 * @unit: the file
 * @name: name of a function or a macro
 *
 * A header is looked for beside the file and in the folders of -I.  One that is not found counts as
 * empty.
 */
bool headers_define(struct checker *checker, const struct unit *unit, const char *name);

/** headers_release() - give back the headers that were read. */
void headers_release(struct checker *checker);

#endif
