// SPDX-License-Identifier: GPL-2.0-only
#include "condition.h"

#include <string.h>

static size_t hash(const char *name, size_t length)
{
	size_t value = length;

	for (size_t i = 0; i < length; i++)
		value = value * 31 + (unsigned char)name[i];
	return value % KNOWN_BUCKETS;
}

struct known_name *known_find(const struct known_names *macros, const char *name, size_t length)
{
	struct known_name *macro = macros->buckets[hash(name, length)];

	while (macro && (macro->length != length || memcmp(macro->name, name, length)))
		macro = macro->next;
	return macro;
}

struct known_name *known_add(struct known_names *macros, struct arena *arena, const char *name,
			 size_t length)
{
	struct known_name **bucket = &macros->buckets[hash(name, length)];
	struct known_name *macro = known_find(macros, name, length);

	if (macro)
		return macro;
	macro = arena_alloc(arena, sizeof(*macro));
	macro->name = name;
	macro->length = length;
	macro->next = *bucket;
	*bucket = macro;
	return macro;
}

const char *known_replace(struct arena *arena, const struct known_name *macro, const char *text,
			  const struct token *list, size_t first, size_t close)
{
	struct tokens parameters = { 0 }, body = { 0 };
	const char *result = arena_copy(arena, "", 0);
	size_t names = 0;
	const char *arguments[16];
	size_t count = 0, depth = 0;

	for (size_t i = first; i <= close && count < 16; i++) {
		const struct token *token = &list[i];

		if (!depth && (i == close || token_is(text, token, ","))) {
			uint32_t start = list[first].start;

			arguments[count++] = arena_copy(arena, text + start,
							token->start - start);
			first = i + 1;
		}
		depth += token_is(text, token, "(");
		depth -= depth && token_is(text, token, ")");
	}
	lex(macro->parameters, 0, strcspn(macro->parameters, ")"), &parameters);
	lex(macro->text, 0, macro->text_length, &body);
	for (size_t i = 0; i < body.count; i++) {
		const struct token *token = &body.list[i];
		const char *word = macro->text + token->start;
		int length = (int)(token->end - token->start);

		names = 0;
		for (size_t p = 0; p < parameters.count && names < count; p++) {
			const struct token *parameter = &parameters.list[p];

			if (parameter->kind != TOKEN_IDENTIFIER)
				continue;
			if ((int)(parameter->end - parameter->start) == length &&
			    !memcmp(macro->parameters + parameter->start, word, length)) {
				word = arguments[names];
				length = (int)strlen(word);
				break;
			}
			names++;
		}
		result = arena_printf(arena, "%s %.*s", result, length, word);
		if (strlen(result) > 4096)
			break;
	}
	tokens_release(&parameters);
	tokens_release(&body);
	return result;
}
