/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_ALIKE_H
#define MIGRATE_VMA_ALIKE_H

#include "source.h"

/**
 * place_alike() - where a place of a changed text was before
 * @source: the text before
 * @changed: the text as it is now, ended by a NUL
 * @offset: the place in it, at a name
 *
 * For texts that were changed more than once, so that their edits do not lead back.
 *
 * Return: the place in the line that reads the same and is nearest, else the first use of the name,
 * else the offset where the text is as long.
 */
size_t place_alike(const struct source *source, const char *changed, size_t offset);

#endif
