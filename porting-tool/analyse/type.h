/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_TYPE_H
#define MIGRATE_VMA_TYPE_H

#include "symbols.h"

/**
 * pointed_to() - what an expression is a pointer to
 * @program: the files; types that only other headers know stay unknown
 * @unit: the file
 * @span: the expression
 *
 * Return: the type as "struct T *" or "const int *", "void *" also for what converts to any pointer;
 * NULL for what is no pointer to an object, or not known.
 */
const char *pointed_to(const struct program *program, const struct unit *unit, struct span span);

/**
 * struct_before() - the struct that a member's use is of
 * @program: the files
 * @unit: the file
 * @token: the member, behind "." or "->"
 *
 * Return: its tag, or NULL where what stands before is no variable, parameter or member that these
 * files declare, or where members of that name are of several types.
 */
const char *struct_before(const struct program *program, const struct unit *unit, uint32_t token);

#endif
