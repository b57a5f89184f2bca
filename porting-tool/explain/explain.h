/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * `migrate-vma explain`: what a rule means, what became of a kernel name, why a build failed.
 */
#ifndef MIGRATE_VMA_EXPLAIN_H
#define MIGRATE_VMA_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "checks/rules.h"

/**
 * explain_main() - print the list of rules, or what there is to know of one thing
 * @what: name of a rule or of the kernel, "-" for a build's output on standard input, or NULL for
 *	the list
 *
 * A name that nothing is known of is answered on standard error, with the nearest rule there is.
 *
 * Return: exit status: 0; 1 when nothing in a build's output is a change of the kernel; 2 when there
 * is no such name, or something could not be read or written.
 */
int explain_main(const char *what);

/** explain_rules() - print the list of rules. */
void explain_rules(void);

/** explain_rule() - print a rule in full. */
void explain_rule(const struct rule *rule);

/**
 * explain_name() - print what became of a name, release by release
 * @name: a name, a member "TAG.member" or "member", or "struct TAG"
 *
 * Return: whether anything is known of it.
 */
bool explain_name(const char *name);

/**
 * explain_change() - print in a few lines what changed about a name
 * @name: as for explain_name()
 * @out: where to
 *
 * Return: whether anything is known of it.
 */
bool explain_change(const char *name, FILE *out);

/**
 * explain_log() - say for each error of a failed build which change of the kernel it comes from
 * @log: what make, gcc, clang, modpost or the kernel printed
 *
 * Return: number of errors that were explained.
 */
size_t explain_log(FILE *log);

#endif
