// SPDX-License-Identifier: GPL-2.0-only
#include "pieces.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../generated/random.h"

/* A part of the text; all parts together are the text. */
struct piece {
	const char *text;
	size_t size;
};

struct pieces {
	struct piece *list;
	size_t count;
};

static const char *const names[] = {
	[DELETE_TOKENS] = "delete-tokens", [DUPLICATE_TOKENS] = "duplicate-tokens",
	[SWAP_TOKENS] = "swap-tokens", [DELETE_LINES] = "delete-lines",
	[DUPLICATE_LINES] = "duplicate-lines", [SWAP_LINES] = "swap-lines", [CUT_OFF] = "cut-off",
};

const char *mutation_name(enum mutation kind)
{
	return names[kind];
}

enum mutation mutation_find(const char *name)
{
	int kind;

	for (kind = 0; kind < MUTATION_COUNT; kind++)
		if (!strcmp(names[kind], name))
			break;
	return (enum mutation)kind;
}

/* Words, runs of blanks, and every other byte by itself. */
static size_t token_size(const char *text, size_t size)
{
	size_t length = 1;

	if (isalnum((unsigned char)*text) || *text == '_')
		while (length < size && (isalnum((unsigned char)text[length]) ||
					 text[length] == '_'))
			length++;
	else if (isspace((unsigned char)*text))
		while (length < size && isspace((unsigned char)text[length]))
			length++;
	return length;
}

static size_t line_size(const char *text, size_t size)
{
	const char *end = memchr(text, '\n', size);

	return end ? (size_t)(end - text) + 1 : size;
}

static struct pieces take_apart(const char *text, size_t size, bool lines)
{
	struct pieces pieces = { .list = malloc((size + 1) * sizeof(struct piece)) };
	size_t at, length;

	if (!pieces.list)
		abort();
	for (at = 0; at < size; at += length) {
		length = lines ? line_size(text + at, size - at) : token_size(text + at, size - at);
		/* A mistake in blanks is none. */
		if (!lines && pieces.count && isspace((unsigned char)text[at]))
			pieces.list[pieces.count - 1].size += length;
		else
			pieces.list[pieces.count++] = (struct piece){ text + at, length };
	}
	return pieces;
}

static size_t pick(const char *what, unsigned int turn, unsigned int number, size_t count)
{
	char name[64];

	snprintf(name, sizeof(name), "%s %u", what, turn);
	return random_number(number, name) % count;
}

static char *put_together(const struct pieces *pieces, const unsigned char *times, size_t *size)
{
	char *text, *to;
	unsigned char t;
	size_t i;

	*size = 0;
	for (i = 0; i < pieces->count; i++)
		*size += times[i] * pieces->list[i].size;
	to = text = malloc(*size + 1);
	if (!text)
		abort();
	for (i = 0; i < pieces->count; i++) {
		for (t = 0; t < times[i]; t++) {
			memcpy(to, pieces->list[i].text, pieces->list[i].size);
			to += pieces->list[i].size;
		}
	}
	*to = '\0';
	return text;
}

static void swap(struct pieces *pieces, size_t a, size_t b)
{
	struct piece piece = pieces->list[a];

	pieces->list[a] = pieces->list[b];
	pieces->list[b] = piece;
}

char *mutate(const char *text, size_t size, enum mutation kind, unsigned int number,
	     size_t *mutated_size)
{
	bool lines = kind >= DELETE_LINES && kind <= SWAP_LINES;
	struct pieces pieces = take_apart(text, size, lines);
	unsigned char *times = malloc(pieces.count + 1);
	unsigned int turn, turns = 1 + number % 3;
	char *mutated;
	size_t at;

	if (!times)
		abort();
	memset(times, 1, pieces.count + 1);
	for (turn = 0; pieces.count && turn < turns; turn++) {
		at = pick(names[kind], turn, number, pieces.count);
		switch (kind) {
		case DELETE_TOKENS:
		case DELETE_LINES:
			times[at] = 0;
			break;
		case DUPLICATE_TOKENS:
		case DUPLICATE_LINES:
			times[at] = 2;
			break;
		case CUT_OFF:
			pieces.count = at;
			break;
		default:
			swap(&pieces, at, pick("other", turn, number, pieces.count));
			break;
		}
	}
	mutated = put_together(&pieces, times, mutated_size);
	free(times);
	free(pieces.list);
	return mutated;
}
