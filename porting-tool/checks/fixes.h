/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `check --fix` does about findings: the changes that several checks make.
 */
#ifndef MIGRATE_VMA_FIXES_H
#define MIGRATE_VMA_FIXES_H

#include "findings.h"

/** fix_token() - put another name in the place of a token of the finding's file. */
void fix_token(struct checker *checker, struct finding *finding, uint32_t token, const char *text);

/**
 * fix_statement_before() - put a statement in front of another
 * @checker: where the finding is
 * @finding: the finding, or NULL
 * @token: a token of the other statement
 * @text: the statement, with its semicolon
 *
 * A statement that is all there is to an if or a loop gets braces.  Does nothing where that cannot be
 * done safely: behind a label, or where the statement shares its line.
 */
void fix_statement_before(struct checker *checker, struct finding *finding, uint32_t token,
			  const char *text);

#endif
