// SPDX-License-Identifier: GPL-2.0-only
#include "choices.h"

#include <string.h>

#include "random.h"

struct option {
	const char *name;
	unsigned int weight;
};

#define OPTION_ENTRY(option, weight)	{ #option, weight },
#define DIMENSION_OPTIONS(name) \
	static const struct option options_##name[] = { OPTIONS_##name(OPTION_ENTRY) };
DIMENSIONS(DIMENSION_OPTIONS)

#define DIMENSION_ENTRY(name)	{ #name, options_##name, name##_OPTIONS },
static const struct {
	const char *name;
	const struct option *options;
	int count;
} dimensions[] = { DIMENSIONS(DIMENSION_ENTRY) };

#define DIMENSION_FITS(name) \
	_Static_assert((int)name##_OPTIONS <= OPTIONS_MAX, "too many options: " #name);
DIMENSIONS(DIMENSION_FITS)

unsigned long choose_number(const struct choices *choices, const char *what, unsigned long limit)
{
	return random_number(choices->seed, what) % limit;
}

int choose(struct choices *choices, enum dimension dimension, const char *where,
	   unsigned long allowed)
{
	const struct option *options = dimensions[dimension].options;
	int count = dimensions[dimension].count, option, plainest = -1;
	unsigned long weights = 0, point;
	char what[64];

	for (option = 0; option < count; option++) {
		if (!(allowed & ONLY(option)))
			continue;
		if (plainest < 0)
			plainest = option;
		weights += options[option].weight;
	}
	snprintf(what, sizeof(what), "%s %s", dimensions[dimension].name, where);
	point = choose_number(choices, what, weights);
	for (option = 0; option < count; option++) {
		if (!(allowed & ONLY(option)))
			continue;
		if (point < options[option].weight)
			break;
		point -= options[option].weight;
	}
	if (choices->off[dimension][option])
		option = plainest;
	choices->taken[dimension][option]++;
	return option;
}

int option_count(enum dimension dimension)
{
	return dimensions[dimension].count;
}

const char *option_name(enum dimension dimension, int option)
{
	return dimensions[dimension].options[option].name;
}

bool option_off(struct choices *choices, const char *name)
{
	int d, o;

	for (d = 0; d < DIMENSION_COUNT; d++) {
		for (o = 1; o < dimensions[d].count; o++) {
			if (!strcmp(dimensions[d].options[o].name, name)) {
				choices->off[d][o] = true;
				return true;
			}
		}
	}
	return false;
}
