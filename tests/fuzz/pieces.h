/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pieces.h - mistakes in a text, by number.
 */
#ifndef FUZZ_PIECES_H
#define FUZZ_PIECES_H

#include <stddef.h>

/* What happens to pieces of a text. */
enum mutation {
	DELETE_TOKENS, DUPLICATE_TOKENS, SWAP_TOKENS,
	DELETE_LINES, DUPLICATE_LINES, SWAP_LINES,
	CUT_OFF, MUTATION_COUNT,
};

/* The name of a kind, for messages and options. */
const char *mutation_name(enum mutation kind);

/* Return: the kind with a name, or MUTATION_COUNT. */
enum mutation mutation_find(const char *name);

/**
 * mutate() - make a mistake
 * @text: the bytes
 * @size: how many
 * @kind: what is done; to one piece or to several
 * @number: decides to which
 * @mutated_size: set to the size of the result
 *
 * Return: the text with the mistake, from malloc().
 */
char *mutate(const char *text, size_t size, enum mutation kind, unsigned int number,
	     size_t *mutated_size);

#endif /* FUZZ_PIECES_H */
