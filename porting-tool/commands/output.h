/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_COMMANDS_OUTPUT_H
#define MIGRATE_VMA_COMMANDS_OUTPUT_H

#include <stdbool.h>

/**
 * output_finish() - make sure that all of standard output got where it should
 *
 * A full disk is reported; a reader that went away, as `head` does, is not.
 *
 * Return: false if something is missing.
 */
bool output_finish(void);

/** output_prepare() - to be called once before any output. */
void output_prepare(void);

#endif
