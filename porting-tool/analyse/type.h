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

#endif
