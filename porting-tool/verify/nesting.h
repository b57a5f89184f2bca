/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_NESTING_H
#define MIGRATE_VMA_NESTING_H

#include "analyse/program.h"

/**
 * too_deep() - whether some statement nests deeper than libclang can read
 * @program: the files
 * @place: set to the token where it becomes too deep
 *
 * libclang calls itself for each level and ends with the whole program when its stack is full.
 * Brackets are not counted here: it has a limit for them, and reports an error.
 *
 * Return: whether one does.
 */
bool too_deep(const struct program *program, struct place *place);

#endif
