/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands, each from its options to its exit status.
 */
#ifndef MIGRATE_VMA_COMMANDS_H
#define MIGRATE_VMA_COMMANDS_H

#include "options.h"

/** port_main() - `migrate-vma port`.  Return: exit status. */
int port_main(const struct options *options);

/** check_main() - `migrate-vma check`.  Return: exit status. */
int check_main(const struct options *options);

/** list_main() - `migrate-vma list`.  Return: exit status. */
int list_main(const struct options *options);

#endif
