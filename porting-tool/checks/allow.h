/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings that a person has looked at and wants to hear no more of.
 */
#ifndef MIGRATE_VMA_ALLOW_H
#define MIGRATE_VMA_ALLOW_H

#include <stdbool.h>

#include "checker.h"

/**
 * rule_allowed() - whether a comment in the source allows a finding
 * @unit: the file
 * @line: the line of the finding, counted from 0
 * @rule: its rule
 *
 * The comment reads "migrate-vma: allow RULE", with commas between several rules, and stands on
 * the line of the finding or ends on the line above it.
 */
bool rule_allowed(const struct unit *unit, size_t line, const char *rule);

#endif
