/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules that need no paths.
 */
#ifndef MIGRATE_VMA_LINT_H
#define MIGRATE_VMA_LINT_H

#include "program.h"

/** lint_chunk_loops() - loops that set up chunk after chunk, and do not get to the next one. */
void lint_chunk_loops(struct program *program);

/**
 * lint_dead_guards() - code in three steps that an option which is gone keeps out
 * @program: the files
 * @out: findings are added here
 *
 * Return: how many.
 */
size_t lint_dead_guards(struct program *program, struct diagnostics *out);

/** lint_names() - names that the target does not have any more, or not yet. */
void lint_names(struct program *program);

#endif
