/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What need not be read to find the errors that a port brought.
 */
#ifndef MIGRATE_VMA_VERIFY_REDUCE_H
#define MIGRATE_VMA_VERIFY_REDUCE_H

#include "syntax/syntax.h"

/**
 * reduce() - blank the bodies of functions in which a port cannot have made an error
 * @old: the file as it was
 * @new: the file as it is now
 * @old_text: a copy of the text of @old; bodies are blanked there
 * @new_text: the same of @new
 *
 * A body says the same as before if it reads the same, and names nothing that is declared in
 * another way now.  Line numbers stay what they were.
 */
void reduce(const struct syntax *old, const struct syntax *new, char *old_text, char *new_text);

#endif
