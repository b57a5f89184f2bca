// SPDX-License-Identifier: GPL-2.0-only
#include "allow.h"

#include <string.h>

static const char mark[] = "migrate-vma: allow ";

static bool is_rule_character(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-';
}

/* Whether a list such as "setup-result, chunk-loop" names a rule. */
static bool list_names(const char *list, const char *end, const char *rule)
{
	size_t length = strlen(rule);

	while (list < end && (is_rule_character(*list) || *list == ',' || *list == ' ')) {
		const char *word = list;

		while (list < end && is_rule_character(*list))
			list++;
		if ((size_t)(list - word) == length && !memcmp(word, rule, length))
			return true;
		if (list == word)
			list++;
	}
	return false;
}

static bool comment_allows(const char *comment, const char *end, const char *rule)
{
	for (const char *at = comment; (size_t)(end - at) > sizeof(mark) - 1; at++)
		if (!memcmp(at, mark, sizeof(mark) - 1))
			return list_names(at + sizeof(mark) - 1, end, rule);
	return false;
}

bool rule_allowed(const struct unit *unit, size_t line, const char *rule)
{
	const struct tokens *all = &unit->syntax.all;

	for (size_t i = 0; i < all->count; i++) {
		const struct token *token = &all->list[i];
		size_t last;

		if (token->kind != TOKEN_COMMENT)
			continue;
		last = source_line(unit->source, token->end);
		if (last > line)
			break;
		if ((last == line || last + 1 == line) &&
		    comment_allows(unit->view.text + token->start, unit->view.text + token->end,
				   rule))
			return true;
	}
	return false;
}
