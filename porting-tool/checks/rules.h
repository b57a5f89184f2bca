/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules: every name that stands in brackets behind a diagnostic, and what it means.
 *
 * To add a rule, add an entry to one of the arrays that rules.c lists; a new array gets its own
 * file and one line there.  Tests check that names are unique, that the wrong code of a rule that
 * `check` applies is found by that rule and no other, and that the right code is clean.
 */
#ifndef MIGRATE_VMA_RULES_H
#define MIGRATE_VMA_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"

/**
 * struct rule - one rule
 * @name: stable name, in lower case with dashes; NULL ends an array of rules
 * @summary: one line without a full stop, shown in lists
 * @severity: weight of its diagnostics
 * @since: first release it applies to, as in "5.4"
 * @until: last release it applies to, or NULL when it still does
 * @example: release the two pieces of code are written for; NULL for the newest
 * @explanation: paragraphs, divided by empty lines: what goes wrong, why, and what to do
 * @wrong: code that breaks the rule; NULL where there is nothing to show
 * @right: the same code as it should be
 */
struct rule {
	const char *name;
	const char *summary;
	enum severity severity;
	const char *since;
	const char *until;
	const char *example;
	const char *explanation;
	const char *wrong;
	const char *right;
};

/* The arrays of rules, each ended by an entry without a name; every one is listed in rules.c. */
extern const struct rule step_rules[];
extern const struct rule array_rules[];
extern const struct rule argument_rules[];
extern const struct rule name_rules[];
extern const struct rule port_rules[];
extern const struct rule file_rules[];

/**
 * rule_at() - every rule there is, in the order they are shown
 * @index: counted from 0
 *
 * Return: the rule, or NULL behind the last.
 */
const struct rule *rule_at(size_t index);

/** rule_find() - the rule called @name, or NULL. */
const struct rule *rule_find(const char *name);

/** rule_checked() - whether `migrate-vma check` applies @rule, not only the port. */
bool rule_checked(const struct rule *rule);

/** rule_nearest() - the rule whose name is most like @name, or NULL when none is. */
const struct rule *rule_nearest(const char *name);

#endif
