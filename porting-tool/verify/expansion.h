/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How long the text is that a driver's macros stand for.
 */
#ifndef MIGRATE_VMA_VERIFY_EXPANSION_H
#define MIGRATE_VMA_VERIFY_EXPANSION_H

#include "analyse/program.h"

/**
 * too_long_use() - a use of a macro that stands for more text than a compiler should be given
 * @program: the files
 * @place: set to the use
 *
 * Macros that name each other grow without a bound: forty lines can stand for 2^39 words.
 *
 * Return: whether there is one.
 */
bool too_long_use(const struct program *program, struct place *place);

#endif
