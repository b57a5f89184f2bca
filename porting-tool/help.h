/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What --help prints.
 */
#ifndef MIGRATE_VMA_HELP_H
#define MIGRATE_VMA_HELP_H

#include <stdio.h>

#include "options.h"

/** help_print() - the page about the whole program. */
void help_print(FILE *out);

/** help_print_command() - the page about one command, to standard output. */
void help_print_command(enum command command);

/** help_print_targets() - the releases --target accepts, one a line, to standard output. */
void help_print_targets(void);

#endif
