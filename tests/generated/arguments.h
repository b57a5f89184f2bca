/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * arguments.h - what a call gets, and the variables this takes.
 */
#ifndef GENERATED_ARGUMENTS_H
#define GENERATED_ARGUMENTS_H

#include "driver.h"

/* The arguments of a call, as text. */
struct arguments {
	char ops[128];
	char vma[64];
	char start[96];
	char end[128];
	char src[32];
	char dst[32];
	char private[96];
};

/* Whether the call stands in a loop of the function. */
static inline bool site_loops(const struct site *site)
{
	return site->frame != FRAME_ONE;
}

/* Whether that loop is made of labels: declarations within it are those of the function. */
static inline bool frame_is_goto(const struct site *site)
{
	return site->frame == FRAME_GOTO || site->frame == FRAME_GOTO_TEST;
}

/* Fills in the arguments of the call of a site. */
void arguments_fill(const struct site *site, struct arguments *arguments);

/* Declares the arrays src and dst. */
void arrays_write(const struct site *site, struct text *text);

/* An element of "src" or "dst", as the site reads it; in @room, which is returned. */
const char *array_element(const struct site *site, const char *array, const char *index,
			  char *room, size_t size);

/* Declares what is passed as private. */
void private_write(const struct site *site, struct text *text);

/* Whether a struct @_move is passed. */
bool private_is_move(const struct site *site);

/* The expression of that struct. */
const char *private_move(const struct site *site);

/* Declares the variables that the range is in. */
void range_write(const struct site *site, struct text *text);

/* Writes what happens to the range before the call. */
void range_before_write(const struct site *site, struct text *text);

/* The ends of the range, where it is not that of a loop. */
const char *range_start(const struct site *site);
const char *range_end(const struct site *site);

/* Whether src or dst are looked at behind the call, with an index variable. */
bool read_back_needs_index(const struct site *site);

/* Writes what looks at src and dst behind the call. */
void read_back_write(const struct site *site, struct text *text);

#endif /* GENERATED_ARGUMENTS_H */
