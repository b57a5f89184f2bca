// SPDX-License-Identifier: GPL-2.0-only
/*
 * Most of a driver is not changed by its port.  What libclang does not have to read twice makes the
 * check of the port faster, and finds the same errors: those in bodies that are left out would be
 * in the old text as well.
 */
#include "reduce.h"

#include <stdlib.h>
#include <string.h>

/* A stretch of text: a name, or a declaration. */
struct words {
	const char *text;
	size_t size;
};

struct list {
	struct words *words;
	size_t count;
	size_t capacity;
};

/* A function's head, a declaration or a #define: what others can be affected by. */
struct item {
	const struct syntax *syntax;
	const struct node *node;	/* NULL for a directive */
	struct words words;
	bool changed;
};

struct items {
	struct item *list;
	size_t count;
	size_t capacity;
};

static bool same(struct words a, struct words b)
{
	return a.size == b.size && !memcmp(a.text, b.text, a.size);
}

static bool holds(const struct list *list, struct words word)
{
	for (size_t i = 0; i < list->count; i++)
		if (same(list->words[i], word))
			return true;
	return false;
}

static void add(struct list *list, struct words word)
{
	if (holds(list, word))
		return;
	list->words = grow(list->words, list->count, &list->capacity, sizeof(*list->words));
	list->words[list->count++] = word;
}

static struct words token_words(const struct syntax *syntax, uint32_t token)
{
	uint32_t start = code_start(syntax, token);

	return (struct words){ syntax->source->text + start, code_end(syntax, token) - start };
}

static struct words span_words(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	uint32_t start = code_start(syntax, first);

	return (struct words){ syntax->source->text + start, code_end(syntax, last) - start };
}

static void add_item(struct items *items, struct item item)
{
	items->list = grow(items->list, items->count, &items->capacity, sizeof(*items->list));
	items->list[items->count++] = item;
}

/* Where the head of a function ends: in front of its body. */
static uint32_t head_end(const struct node *function)
{
	const struct node *body = node_body(function);

	return body && body->first > function->first ? body->first - 1 : function->last;
}

static void take_items(struct items *items, const struct syntax *syntax)
{
	for (const struct node *node = syntax->file->child; node; node = node->next) {
		uint32_t last = node->kind == NODE_FUNCTION ? head_end(node) : node->last;

		add_item(items, (struct item){ syntax, node, span_words(syntax, node->first, last),
					       false });
	}
	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind == TOKEN_DIRECTIVE)
			add_item(items, (struct item){
				syntax, NULL, { syntax->source->text + token->start,
						token->end - token->start }, false });
	}
}

static void mark_changed(struct items *items, const struct items *others)
{
	for (size_t i = 0; i < items->count; i++) {
		bool found = false;

		for (size_t j = 0; j < others->count && !found; j++)
			found = same(items->list[i].words, others->list[j].words);
		items->list[i].changed = !found;
	}
}

/* Every identifier of a text, for those whose parts are not told apart. */
static void add_identifiers(struct list *names, struct words words)
{
	struct tokens tokens = { 0 };
	/* The # of a directive would make all of it one token. */
	size_t start = words.size && words.text[0] == '#';

	lex(words.text, start, words.size, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.list[i];
		struct words word = { words.text + token->start, token->end - token->start };

		if (token->kind == TOKEN_IDENTIFIER && !is_keyword(word.text, word.size))
			add(names, word);
	}
	tokens_release(&tokens);
}

/* Whether the words before a name define a struct, a union or an enum. */
static bool has_type(const struct syntax *syntax, struct span specifiers)
{
	for (uint32_t i = specifiers.first; i <= specifiers.last; i++)
		if (code_is(syntax, i, "{"))
			return true;
	return false;
}

/* The names that an item declares; more than these for what is not a plain declaration. */
static void add_names(struct list *names, const struct item *item)
{
	struct declarator *declarators;
	size_t count = 0;

	if (!item->node) {
		add_identifiers(names, item->words);
		return;
	}
	if (item->node->kind == NODE_FUNCTION) {
		add(names, token_words(item->syntax, item->node->name));
		return;
	}
	if (item->node->kind == NODE_DECLARATION)
		count = declaration_parse(item->syntax,
					  (struct span){ item->node->first, item->node->last },
					  &declarators);
	if (!count || has_type(item->syntax, declarators[0].specifiers))
		add_identifiers(names, item->words);
	for (size_t i = 0; i < count; i++)
		add(names, token_words(item->syntax, declarators[i].name));
}

static bool names_one(const struct item *item, const struct list *names)
{
	struct list own = { 0 };
	bool found = false;

	add_identifiers(&own, item->words);
	for (size_t i = 0; i < own.count && !found; i++)
		found = holds(names, own.words[i]);
	free(own.words);
	return found;
}

/* A declaration that names what has changed has changed as well. */
static void spread(struct items *items, struct list *names)
{
	size_t before;

	do {
		before = names->count;
		for (size_t i = 0; i < items->count; i++) {
			struct item *item = &items->list[i];

			if (item->changed || !names_one(item, names))
				continue;
			item->changed = true;
			add_names(names, item);
		}
	} while (names->count != before);
}

static void take_names(struct list *names, const struct syntax *old, const struct syntax *new)
{
	struct items before = { 0 }, after = { 0 };

	take_items(&before, old);
	take_items(&after, new);
	mark_changed(&before, &after);
	mark_changed(&after, &before);
	for (size_t i = 0; i < before.count; i++)
		if (before.list[i].changed)
			add_names(names, &before.list[i]);
	for (size_t i = 0; i < after.count; i++)
		if (after.list[i].changed)
			add_names(names, &after.list[i]);
	spread(&after, names);
	free(before.list);
	free(after.list);
}

static bool body_names_one(const struct syntax *syntax, const struct node *body,
			   const struct list *names)
{
	for (uint32_t i = body->first; i <= body->last; i++)
		if (syntax->code.list[i].kind == TOKEN_IDENTIFIER &&
		    holds(names, token_words(syntax, i)))
			return true;
	return false;
}

static bool has_directive(struct words body)
{
	return memchr(body.text, '#', body.size) != NULL;
}

static void blank(char *text, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

/* The one function of that name whose text is the same, or NULL. */
static const struct node *find_same(const struct syntax *syntax, struct words name,
				    struct words whole)
{
	const struct node *found = NULL;

	for (const struct node *node = syntax->file->child; node; node = node->next) {
		if (node->kind != NODE_FUNCTION || !same(token_words(syntax, node->name), name))
			continue;
		if (found || !same(span_words(syntax, node->first, node->last), whole))
			return NULL;
		found = node;
	}
	return found;
}

void reduce(const struct syntax *old, const struct syntax *new, char *old_text, char *new_text)
{
	struct list names = { 0 };

	take_names(&names, old, new);
	for (const struct node *node = new->file->child; node; node = node->next) {
		const struct node *body, *other;
		struct words whole, inside;

		if (node->kind != NODE_FUNCTION || !(body = node_body(node)) ||
		    body->last <= body->first + 1)
			continue;
		whole = span_words(new, node->first, node->last);
		inside = span_words(new, body->first + 1, body->last - 1);
		other = find_same(old, token_words(new, node->name), whole);
		if (!other || !node_body(other) || has_directive(inside) ||
		    body_names_one(new, body, &names))
			continue;
		blank(new_text, code_start(new, body->first) + 1, code_start(new, body->last));
		blank(old_text, code_start(old, node_body(other)->first) + 1,
		      code_start(old, node_body(other)->last));
	}
	free(names.words);
}
