/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * random.h - random numbers that have names.
 *
 * A number depends on the seed and on what it is for, and on nothing else.  So a driver that is
 * generated once more without one of its features keeps all the others.
 */
#ifndef GENERATED_RANDOM_H
#define GENERATED_RANDOM_H

#include <stdint.h>

/**
 * random_number() - the random number of a name
 * @seed: of the run
 * @name: what it is for
 *
 * Return: 64 bits that look random.
 */
static inline uint64_t random_number(uint64_t seed, const char *name)
{
	uint64_t number = 0xcbf29ce484222325 ^ seed * 0x9e3779b97f4a7c15;

	for (; *name; name++)
		number = (number ^ (unsigned char)*name) * 0x100000001b3;
	/* Sebastiano Vigna's splitmix64 spreads the bits. */
	number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9;
	number = (number ^ number >> 27) * 0x94d049bb133111eb;
	return number ^ number >> 31;
}

#endif /* GENERATED_RANDOM_H */
