/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * `migrate-vma explain`: what a rule means.
 */
#ifndef MIGRATE_VMA_EXPLAIN_H
#define MIGRATE_VMA_EXPLAIN_H

/**
 * explain_main() - print the list of rules, or one rule in full, to standard output
 * @rule: name of a rule, or NULL for the list
 *
 * An unknown name is answered on standard error, with the nearest name there is.
 *
 * Return: exit status: 0, or 2 when there is no such rule or the output could not be written.
 */
int explain_main(const char *rule);

#endif
