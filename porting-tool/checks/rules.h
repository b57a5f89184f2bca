/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rules: every name that stands in brackets behind a diagnostic, and what it means.
 *
 * Those that `check` applies are part of a struct check: see check.h.  Those of the port and of
 * files that cannot be read are in arrays, which rules.c lists.
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
 * @code: code that breaks the rule and the same code as it should be, as the lines of a diff without
 *	@@: "-" begins a line of the wrong code, "+" of the right one; NULL where there is nothing
 */
struct rule {
	const char *name;
	const char *summary;
	enum severity severity;
	const char *since;
	const char *until;
	const char *example;
	const char *explanation;
	const char *code;
};

/* Each ended by an entry without a name. */
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

/**
 * rule_code() - one of the two codes of @rule
 * @rule: the rule
 * @other: how a line begins that only the other code has: '+' for the wrong code, '-' for the right
 *
 * Return: the code, from malloc(), or NULL where the rule has none.
 */
char *rule_code(const struct rule *rule, char other);

/** rule_nearest() - the rule whose name is most like @name, or NULL when none is. */
const struct rule *rule_nearest(const char *name);

#endif
