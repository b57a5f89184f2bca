// SPDX-License-Identifier: GPL-2.0-only
#include "expansion.h"

#include <string.h>

/* The largest drivers there are have a million words with everything they include. */
#define WORDS_MAX 4e6
#define BUCKETS 1024
#define DEPTH_MAX 200

/*
 * What a macro stands for: so many words of its own, and so many times what it is given.  It is an
 * upper bound: all arguments of a call are taken together.
 */
struct length {
	double own;
	double given;
};

struct macro_text {
	const char *name;
	size_t name_length;
	const struct unit *unit;
	const struct token *directive;
	bool measured;
	struct length length;
	struct macro_text *next;
};

struct measure {
	struct macro_text *buckets[BUCKETS];
	unsigned int depth;
	double limit;
};

static struct length macro_length(struct measure *measure, struct macro_text *macro);

static struct macro_text **bucket_of(struct measure *measure, const char *name, size_t length)
{
	size_t hash = length;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)name[i];
	return &measure->buckets[hash % BUCKETS];
}

/* The macro that a word names, or NULL. */
static struct macro_text *macro_of(struct measure *measure, const char *word, size_t length)
{
	struct macro_text *macro = *bucket_of(measure, word, length);

	while (macro && (macro->name_length != length || memcmp(macro->name, word, length)))
		macro = macro->next;
	return macro;
}

static void take_macros(struct measure *measure, const struct unit *unit, struct arena *arena)
{
	const struct syntax *syntax = &unit->syntax;

	for (size_t i = 0; i < syntax->directive_count; i++) {
		const struct token *directive = &syntax->all.list[syntax->directives[i]];
		struct tokens name = { 0 };
		const char *text = unit->view.text, *rest;
		struct macro_text *macro, **bucket;

		if (directive_kind(text, directive, &rest) != DIRECTIVE_DEFINE)
			continue;
		lex(text, rest - text, directive->end, &name);
		if (name.count) {
			macro = arena_alloc(arena, sizeof(*macro));
			macro->name = text + name.list[0].start;
			macro->name_length = name.list[0].end - name.list[0].start;
			macro->unit = unit;
			macro->directive = directive;
			bucket = bucket_of(measure, macro->name, macro->name_length);
			macro->next = *bucket;
			*bucket = macro;
		}
		tokens_release(&name);
	}
}

/*
 * A parameter counts as what is given; a macro, as what it stands for, and its arguments follow.
 * Ends at *@last when the length gets out of hand.
 */
static struct length text_length(struct measure *measure, const char *text,
				 const struct tokens *tokens, size_t first, size_t parameters,
				 size_t *last)
{
	struct length length = { 0, 0 };
	/* What stands in the parentheses of a macro comes as often as its text names a parameter. */
	double times[DEPTH_MAX] = { 1 };
	size_t depth = 0;
	double next = 1;

	for (size_t i = first; i < tokens->count && length.own <= measure->limit; i++) {
		const struct token *token = &tokens->list[i];
		size_t words = token->end - token->start;
		struct macro_text *macro;
		bool parameter = false;

		*last = i;
		if (token_is(text, token, "(") && depth + 1 < DEPTH_MAX) {
			times[depth + 1] = times[depth] * next;
			depth++;
		} else if (token_is(text, token, ")") && depth) {
			depth--;
		}
		next = 1;
		if (token->kind != TOKEN_IDENTIFIER) {
			length.own += times[depth];
			continue;
		}
		for (size_t p = 0; p < parameters && !parameter; p++)
			parameter = tokens->list[p].end - tokens->list[p].start == words &&
				    !memcmp(text + tokens->list[p].start, text + token->start,
					    words);
		macro = parameter ? NULL : macro_of(measure, text + token->start, words);
		if (parameter) {
			length.given += times[depth];
		} else if (macro) {
			struct length inner = macro_length(measure, macro);

			length.own += inner.own * times[depth];
			next = inner.given > 1 ? inner.given : 1;
		} else {
			length.own += times[depth];
		}
	}
	return length;
}

static struct length macro_length(struct measure *measure, struct macro_text *macro)
{
	const struct token *directive = macro->directive;
	const char *text = macro->unit->view.text;
	struct tokens tokens = { 0 };
	size_t first = 2, parameters = 0, last;

	if (macro->measured)
		return macro->length;
	/* One that names itself is not replaced a second time. */
	macro->measured = true;
	macro->length = (struct length){ 1, 0 };
	if (measure->depth >= DEPTH_MAX)
		return macro->length;
	measure->depth++;
	lex(text, directive->start + 1, directive->end, &tokens);
	if (tokens.count > 2 && tokens.list[2].start == tokens.list[1].end &&
	    token_is(text, &tokens.list[2], "(")) {
		while (first < tokens.count && !token_is(text, &tokens.list[first], ")"))
			first++;
		parameters = ++first;
	}
	if (first <= tokens.count)
		macro->length = text_length(measure, text, &tokens, first, parameters,
					       &last);
	measure->depth--;
	tokens_release(&tokens);
	return macro->length;
}

bool too_long_use(const struct program *program, struct place *place)
{
	struct measure measure = { 0 };
	bool found = false;

	for (size_t u = 0; u < program->unit_count; u++)
		take_macros(&measure, &program->units[u], program->arena);

	for (size_t u = 0; u < program->unit_count && !found; u++) {
		const struct unit *unit = &program->units[u];
		size_t last = 0;

		measure.limit = WORDS_MAX + unit->syntax.code.count;
		found = text_length(&measure, unit->view.text, &unit->syntax.code, 0, 0, &last)
				.own > measure.limit;
		*place = (struct place){ unit, (uint32_t)last };
	}
	return found;
}
