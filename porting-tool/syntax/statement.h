/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_STATEMENT_H
#define MIGRATE_VMA_STATEMENT_H

#include "syntax.h"

/**
 * statement_parse_file() - build the tree of a file whose tokens and brackets are known
 * @syntax: the file
 *
 * Return: a NODE_FILE in the arena.
 */
struct node *statement_parse_file(struct syntax *syntax);

/** declaration_starts() - whether a declaration, by its shape, begins at a token. */
bool declaration_starts(const struct syntax *syntax, uint32_t index);

#endif
