// SPDX-License-Identifier: GPL-2.0-only
/*
 * Most of a driver is not changed by its port.  What libclang does not have to read twice makes the
 * check of the port faster, and finds the same errors: those in bodies that are left out would be
 * in the old text as well.
 */
#include "reduce.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 16384

/* A stretch of text: a name, or a declaration. */
struct words {
	const char *text;
	size_t size;
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

struct mention {
	struct item *item;
	struct mention *next;
};

/* A name, or a declaration's text. */
struct entry {
	struct words words;
	bool changed;			/* what it means may differ in the new text */
	struct entry *later;		/* the next one whose mentions are to be followed */
	struct mention *mentions;	/* the declarations of the new text that have the name */
	const struct node *function;	/* of that name in the old text */
	bool twice;			/* it has another one */
	struct entry *next;
};

struct table {
	struct arena *arena;
	struct entry **buckets;
	struct entry *to_follow;
};

static bool same(struct words a, struct words b)
{
	return a.size == b.size && !memcmp(a.text, b.text, a.size);
}

static struct table table_new(struct arena *arena)
{
	return (struct table){
		.arena = arena,
		.buckets = arena_alloc(arena, BUCKETS * sizeof(struct entry *)),
	};
}

static struct entry **bucket(const struct table *table, struct words words)
{
	size_t hash = words.size;

	for (size_t i = 0; i < words.size; i++)
		hash = hash * 31 + (unsigned char)words.text[i];
	return &table->buckets[(hash ^ hash >> 16) % BUCKETS];
}

static struct entry *find(const struct table *table, struct words words)
{
	struct entry *entry = *bucket(table, words);

	while (entry && !same(entry->words, words))
		entry = entry->next;
	return entry;
}

static struct entry *find_or_add(struct table *table, struct words words)
{
	struct entry **first = bucket(table, words), *entry = find(table, words);

	if (entry)
		return entry;
	entry = arena_alloc(table->arena, sizeof(*entry));
	entry->words = words;
	entry->next = *first;
	*first = entry;
	return entry;
}

/* Notes that a name may mean something else now. */
static void add(struct table *names, struct words word)
{
	struct entry *entry = find_or_add(names, word);

	if (entry->changed)
		return;
	entry->changed = true;
	entry->later = names->to_follow;
	names->to_follow = entry;
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

static void mark_changed(struct items *items, const struct items *others, struct arena *arena)
{
	struct table texts = table_new(arena);

	for (size_t i = 0; i < others->count; i++)
		find_or_add(&texts, others->list[i].words);
	for (size_t i = 0; i < items->count; i++)
		items->list[i].changed = !find(&texts, items->list[i].words);
}

/* Every identifier of a text: each mentions @item, or is changed where that is NULL. */
static void take_identifiers(struct table *names, struct words words, struct item *item)
{
	struct tokens tokens = { 0 };
	/* The # of a directive would make all of it one token. */
	size_t start = words.size && words.text[0] == '#';

	lex(words.text, start, words.size, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.list[i];
		struct words word = { words.text + token->start, token->end - token->start };
		struct mention *mention;
		struct entry *entry;

		if (token->kind != TOKEN_IDENTIFIER || is_keyword(word.text, word.size))
			continue;
		if (!item) {
			add(names, word);
			continue;
		}
		entry = find_or_add(names, word);
		mention = arena_alloc(names->arena, sizeof(*mention));
		*mention = (struct mention){ item, entry->mentions };
		entry->mentions = mention;
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
static void add_names(struct table *names, const struct item *item)
{
	struct declarator *declarators;
	size_t count = 0;

	if (!item->node) {
		take_identifiers(names, item->words, NULL);
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
		take_identifiers(names, item->words, NULL);
	for (size_t i = 0; i < count; i++)
		add(names, token_words(item->syntax, declarators[i].name));
}

/* A declaration that names what has changed has changed as well. */
static void spread(struct table *names)
{
	while (names->to_follow) {
		struct entry *entry = names->to_follow;

		names->to_follow = entry->later;
		for (struct mention *mention = entry->mentions; mention; mention = mention->next) {
			if (mention->item->changed)
				continue;
			mention->item->changed = true;
			add_names(names, mention->item);
		}
	}
}

static void take_names(struct table *names, const struct syntax *old, const struct syntax *new)
{
	struct items before = { 0 }, after = { 0 };

	take_items(&before, old);
	take_items(&after, new);
	mark_changed(&before, &after, names->arena);
	mark_changed(&after, &before, names->arena);
	for (size_t i = 0; i < before.count; i++)
		if (before.list[i].changed)
			add_names(names, &before.list[i]);
	for (size_t i = 0; i < after.count; i++) {
		take_identifiers(names, after.list[i].words, &after.list[i]);
		if (after.list[i].changed)
			add_names(names, &after.list[i]);
	}
	spread(names);
	free(before.list);
	free(after.list);
}

static void take_functions(struct table *names, const struct syntax *syntax)
{
	for (const struct node *node = syntax->file->child; node; node = node->next) {
		struct entry *entry;

		if (node->kind != NODE_FUNCTION)
			continue;
		entry = find_or_add(names, token_words(syntax, node->name));
		entry->twice = entry->function != NULL;
		entry->function = node;
	}
}

static bool body_names_one(const struct syntax *syntax, const struct node *body,
			   const struct table *names)
{
	for (uint32_t i = body->first; i <= body->last; i++) {
		const struct entry *entry = syntax->code.list[i].kind == TOKEN_IDENTIFIER ?
						    find(names, token_words(syntax, i)) : NULL;

		if (entry && entry->changed)
			return true;
	}
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

void reduce(const struct syntax *old, const struct syntax *new, char *old_text, char *new_text)
{
	struct arena arena = { 0 };
	struct table names = table_new(&arena);

	take_names(&names, old, new);
	take_functions(&names, old);
	for (const struct node *node = new->file->child; node; node = node->next) {
		const struct node *body, *other;
		const struct entry *entry;

		if (node->kind != NODE_FUNCTION || !(body = node_body(node)) ||
		    body->last <= body->first + 1)
			continue;
		entry = find(&names, token_words(new, node->name));
		other = entry && !entry->twice ? entry->function : NULL;
		if (!other || !node_body(other) ||
		    !same(span_words(old, other->first, other->last),
			  span_words(new, node->first, node->last)) ||
		    has_directive(span_words(new, body->first + 1, body->last - 1)) ||
		    body_names_one(new, body, &names))
			continue;
		blank(new_text, code_start(new, body->first) + 1, code_start(new, body->last));
		blank(old_text, code_start(old, node_body(other)->first) + 1,
		      code_start(old, node_body(other)->last));
	}
	arena_release(&arena);
}
