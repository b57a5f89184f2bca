/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Places that a check passes over because nothing decides the #if around them.
 */
#ifndef MIGRATE_VMA_HIDDEN_PLACE_H
#define MIGRATE_VMA_HIDDEN_PLACE_H

#include "checker.h"

/**
 * hidden_add() - note that a place was passed over
 * @checker: the files
 * @unit: the file
 * @offset: the place, for which preprocess_undecided() holds
 *
 * What is said of it is said once for all places under the same condition.
 */
void hidden_add(struct checker *checker, const struct unit *unit, size_t offset);

#endif
