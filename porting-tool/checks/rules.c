// SPDX-License-Identifier: GPL-2.0-only
#include "rules.h"

#include <string.h>

#include "check.h"
#include "memory.h"

static const struct rule *const arrays[] = { port_rules, file_rules };

const struct rule *rule_at(size_t index)
{
	for (size_t i = 0; check_at(i); i++)
		if (!index--)
			return &check_at(i)->rule;
	for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); i++)
		for (const struct rule *rule = arrays[i]; rule->name; rule++)
			if (!index--)
				return rule;
	return NULL;
}

const struct rule *rule_find(const char *name)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (!strcmp(rule->name, name))
			return rule;
	return NULL;
}

bool rule_checked(const struct rule *rule)
{
	for (size_t i = 0; check_at(i); i++)
		if (&check_at(i)->rule == rule)
			return true;
	return false;
}

char *rule_code(const struct rule *rule, char other)
{
	char *code, *end;

	if (!rule->code)
		return NULL;
	end = code = xmalloc(strlen(rule->code) + 1);
	for (const char *line = rule->code, *next; *line; line = next) {
		next = line + strcspn(line, "\n") + 1;
		if (*line != other)
			end = mempcpy(end, line + 1, next - line - 1);
	}
	*end = '\0';
	return code;
}

/* Rule names are short; a longer text is like none of them. */
#define NAME_MAX_LENGTH 40

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters must be added, left out or replaced to make one name of the other. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NAME_MAX_LENGTH + 1];
	size_t length = strlen(b);

	for (size_t i = 0; i <= length; i++)
		row[i] = i;
	for (size_t y = 1; a[y - 1]; y++) {
		size_t diagonal = row[0];

		row[0] = y;
		for (size_t x = 1; x <= length; x++) {
			size_t replaced = diagonal + (a[y - 1] != b[x - 1]);

			diagonal = row[x];
			row[x] = least(replaced, least(row[x], row[x - 1]) + 1);
		}
	}
	return row[length];
}

const struct rule *rule_nearest(const char *name)
{
	const struct rule *rule, *best = NULL;
	size_t length = strlen(name), best_distance = length / 2 + 1;

	if (!length || length > NAME_MAX_LENGTH)
		return NULL;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		size_t apart = strlen(rule->name) > NAME_MAX_LENGTH ? NAME_MAX_LENGTH :
								      distance(name, rule->name);

		/* A piece of a name, as in "finalize", is near it. */
		if (length > 3 && strstr(rule->name, name))
			apart = 1;
		if (apart < best_distance) {
			best = rule;
			best_distance = apart;
		}
	}
	return best;
}
