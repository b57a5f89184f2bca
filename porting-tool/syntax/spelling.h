/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How expressions are spelled so that equal things are equal: see expression_parse().
 */
#ifndef MIGRATE_VMA_SPELLING_H
#define MIGRATE_VMA_SPELLING_H

#include "expression.h"

/**
 * struct speller - what a spelling is made with
 * @arena: where it lives
 * @token: the token that was reached: it stands for a spelling that would be too long
 */
struct speller {
	struct arena *arena;
	uint32_t token;
};

/** spell() - four pieces as one text. */
const char *spell(const struct speller *speller, const char *a, const char *b, const char *c,
		  const char *d);

/** spelling_of() - the text of a node, "" for NULL. */
const char *spelling_of(const struct expression *node);

/** spell_prefix() - an operator applied to an operand: *&x and &*x are x, and &x[0] is x. */
const char *spell_prefix(const struct speller *speller, const char *operator,
			 const struct expression *left);

/** spell_member() - a member: (*p).m is p->m, and (&s)->m is s.m. */
const char *spell_member(const struct speller *speller, const struct expression *left, bool arrow,
			 const char *name);

#endif
