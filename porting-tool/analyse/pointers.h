/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_POINTERS_H
#define MIGRATE_VMA_POINTERS_H

#include "symbols.h"

/** pointer_always_set() - whether a pointer at file scope is never NULL. */
bool pointer_always_set(const struct program *program, const char *name);

/** elements_always_set() - whether no element of an array of pointers is NULL. */
bool elements_always_set(const struct program *program, const char *name);

/** member_always_set() - whether a pointer in tables that are never written is nowhere NULL. */
bool member_always_set(const struct program *program, const char *name);

#endif
