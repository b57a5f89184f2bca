/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * choices.h - which options a driver takes, by its seed.
 */
#ifndef GENERATED_CHOICES_H
#define GENERATED_CHOICES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "dimensions.h"

#define OPTIONS_MAX	32

/**
 * struct choices - the options of one driver
 * @seed: decides all of them
 * @off: options that are not to be taken
 * @taken: how often each was taken
 */
struct choices {
	uint64_t seed;
	bool off[DIMENSION_COUNT][OPTIONS_MAX];
	unsigned int taken[DIMENSION_COUNT][OPTIONS_MAX];
};

/* The bit of an option in the @allowed of choose(). */
#define ONLY(option)	(1UL << (option))
#define ALL_OPTIONS	(~0UL)

/**
 * choose() - take an option of a dimension
 * @choices: of the driver; the option is counted
 * @dimension: which
 * @where: what of the driver it is for, "" for the whole driver
 * @allowed: options that are possible there; the lowest of them is the plainest
 *
 * Return: the option.
 */
int choose(struct choices *choices, enum dimension dimension, const char *where,
	   unsigned long allowed);

/**
 * choose_number() - take a number
 * @choices: of the driver
 * @what: what it is for
 * @limit: the number is below it
 *
 * Return: the number.
 */
unsigned long choose_number(const struct choices *choices, const char *what, unsigned long limit);

/**
 * option_count() - how many options a dimension has
 * @dimension: which
 *
 * Return: the number.
 */
int option_count(enum dimension dimension);

/**
 * option_name() - the name of an option, like "CONTEXT_RETURN"
 * @dimension: which
 * @option: which of its options
 *
 * Return: a constant string.
 */
const char *option_name(enum dimension dimension, int option);

/**
 * option_off() - switch an option off by its name
 * @choices: of the driver
 * @name: the name
 *
 * Return: false if there is no such option, or if it is the plainest of its dimension.
 */
bool option_off(struct choices *choices, const char *name);

#endif /* GENERATED_CHOICES_H */
