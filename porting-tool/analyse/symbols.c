// SPDX-License-Identifier: GPL-2.0-only
#include "symbols.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/statement.h"

/**
 * struct symbols - the names, by hash
 * @slots: a power of two of them, at most half of them taken
 * @slot_count: how many
 * @count: names
 */
struct symbols {
	struct symbol **slots;
	size_t slot_count;
	size_t count;
};

/* What a token of the code is, beside a use of the kinds of enum reference_kind. */
enum { ROLE_OPEN, ROLE_DECLARED, ROLE_TYPE };

/* What is known while a file is gone through. */
struct indexer {
	struct program *program;
	struct unit *unit;
	const struct syntax *syntax;
	unsigned char *roles;
	/* The declarations that hold at the place that was reached, and what each of them hides. */
	struct hidden {
		struct symbol *symbol;
		const struct declaration *before;
	} *hidden;
	size_t hidden_count;
	size_t hidden_capacity;
};

static uint64_t hash_name(const char *name, size_t length)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 1099511628211u;
	return hash ^ hash >> 32;
}

static struct symbol **slot_of(const struct symbols *symbols, const char *name, size_t length)
{
	size_t at = hash_name(name, length) & (symbols->slot_count - 1);

	while (symbols->slots[at] && (symbols->slots[at]->length != length ||
				      memcmp(symbols->slots[at]->name, name, length)))
		at = (at + 1) & (symbols->slot_count - 1);
	return &symbols->slots[at];
}

static void widen(struct symbols *symbols, struct arena *arena)
{
	struct symbol **old = symbols->slots;
	size_t count = symbols->slot_count;

	symbols->slot_count = count ? count * 2 : 256;
	symbols->slots = arena_alloc(arena, symbols->slot_count * sizeof(*symbols->slots));
	for (size_t i = 0; i < count; i++)
		if (old[i])
			*slot_of(symbols, old[i]->name, old[i]->length) = old[i];
}

static struct symbol *intern(struct program *program, const char *name, size_t length)
{
	struct symbols *symbols = program->symbols;
	struct symbol **slot;

	if (symbols->count * 2 >= symbols->slot_count)
		widen(symbols, program->arena);
	slot = slot_of(symbols, name, length);
	if (!*slot) {
		*slot = arena_alloc(program->arena, sizeof(**slot));
		(*slot)->name = arena_copy(program->arena, name, length);
		(*slot)->length = length;
		symbols->count++;
	}
	return *slot;
}

struct symbol *symbol_find(const struct program *program, const char *name)
{
	return program->symbols->slot_count ? *slot_of(program->symbols, name, strlen(name)) : NULL;
}

const struct reference *name_references(const struct program *program, const char *name)
{
	const struct symbol *symbol = symbol_find(program, name);

	return symbol ? symbol->references : NULL;
}

static struct declaration *declare(struct indexer *indexer, enum declaration_kind kind,
				   struct symbol *symbol, uint32_t token)
{
	struct declaration *declaration =
		arena_alloc(indexer->program->arena, sizeof(*declaration));

	declaration->kind = kind;
	declaration->symbol = symbol;
	declaration->unit = indexer->unit;
	declaration->token = token;
	if (symbol->last_declaration)
		symbol->last_declaration->next = declaration;
	else
		symbol->declarations = declaration;
	symbol->last_declaration = declaration;
	return declaration;
}

/* From here on to the end of the scope a name means this. */
static void hold(struct indexer *indexer, const struct declaration *declaration)
{
	struct symbol *symbol = declaration->symbol;

	indexer->hidden = grow(indexer->hidden, indexer->hidden_count, &indexer->hidden_capacity,
			       sizeof(*indexer->hidden));
	indexer->hidden[indexer->hidden_count++] = (struct hidden){ symbol, symbol->meaning };
	symbol->meaning = declaration;
}

static void end_scope(struct indexer *indexer, size_t count)
{
	while (indexer->hidden_count > count) {
		const struct hidden *hidden = &indexer->hidden[--indexer->hidden_count];

		hidden->symbol->meaning = hidden->before;
	}
}

/* Names of types, and of parameters in the parentheses of a prototype, are no uses of objects. */
static void mark_types(struct indexer *indexer, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last && i < indexer->syntax->code.count; i++)
		if (indexer->roles[i] == ROLE_OPEN)
			indexer->roles[i] = ROLE_TYPE;
}

static void mark_declarator(struct indexer *indexer, const struct declarator *declarator)
{
	uint32_t end = declarator->value.first <= declarator->value.last ?
			       declarator->value.first - 1 : declarator->whole.last;

	indexer->roles[declarator->name] = ROLE_DECLARED;
	for (uint32_t i = declarator->whole.first; i <= end; i++)
		if (i < declarator->array.first || i > declarator->array.last)
			mark_types(indexer, i, i);
}

static void declare_structs(struct indexer *indexer, struct node *node, struct span span);

static void declare_members(struct indexer *indexer, struct node *node, uint32_t open,
			    struct declaration *of)
{
	const struct syntax *syntax = indexer->syntax;
	struct declaration *last = NULL;
	uint32_t close = syntax->match[open];
	size_t index = 0;

	for (uint32_t first = open + 1, at = first; at < close; at++) {
		struct declarator *list;
		size_t count;

		at = syntax->match[at] > at ? syntax->match[at] : at;
		if (!code_is(syntax, at, ";"))
			continue;
		count = declaration_parse(syntax, (struct span){ first, at }, &list);
		declare_structs(indexer, node, (struct span){ first, at });
		for (size_t i = 0; i < count; i++) {
			struct declaration *member =
				declare(indexer, DECLARATION_MEMBER,
					indexer->unit->names[list[i].name], list[i].name);

			member->node = node;
			member->declarator = list[i];
			member->of = of;
			member->index = index++;
			if (last)
				last->sibling = member;
			else if (of)
				of->members = member;
			last = member;
			mark_declarator(indexer, &list[i]);
		}
		mark_types(indexer, first, at);
		first = at + 1;
	}
}

/* The structs and unions that a declaration defines. */
static void declare_structs(struct indexer *indexer, struct node *node, struct span span)
{
	const struct syntax *syntax = indexer->syntax;

	for (uint32_t i = span.first; i < span.last; i++) {
		uint32_t open = i + 1;
		struct declaration *of = NULL;

		if (!code_is(syntax, i, "struct") && !code_is(syntax, i, "union")) {
			if (code_is(syntax, i, "{") && syntax->match[i] > i)
				i = syntax->match[i];
			continue;
		}
		while (open < span.last && code_identifier(syntax, open) &&
		       !code_is(syntax, open, "{"))
			open++;
		if (!code_is(syntax, open, "{") || syntax->match[open] <= open)
			continue;
		if (open > i + 1) {
			of = declare(indexer, DECLARATION_STRUCT, indexer->unit->names[i + 1], i + 1);
			of->node = node;
			indexer->roles[i + 1] = ROLE_DECLARED;
		}
		declare_members(indexer, node, open, of);
		i = syntax->match[open];
	}
}

static bool among(const struct syntax *syntax, struct span span, const char *word)
{
	for (uint32_t i = span.first; i <= span.last; i++)
		if (code_is(syntax, i, word))
			return true;
	return false;
}

static enum declaration_kind kind_of(const struct syntax *syntax,
				     const struct declarator *declarator)
{
	if (among(syntax, declarator->specifiers, "typedef"))
		return DECLARATION_TYPE;
	if (declarator->function)
		return DECLARATION_PROTOTYPE;
	return among(syntax, declarator->specifiers, "extern") &&
	       declarator->value.first > declarator->value.last ?
		       DECLARATION_EXTERN : DECLARATION_VARIABLE;
}

static void declare_names(struct indexer *indexer, struct node *node, struct span span)
{
	struct declarator *list;
	size_t count = declaration_parse(indexer->syntax, span, &list);

	if (node->kind == NODE_DECLARATION)
		declare_structs(indexer, node, span);
	if (count)
		mark_types(indexer, list[0].specifiers.first, list[0].specifiers.last);
	for (size_t i = 0; i < count; i++) {
		struct declaration *declaration =
			declare(indexer, kind_of(indexer->syntax, &list[i]),
				indexer->unit->names[list[i].name], list[i].name);

		declaration->node = node;
		declaration->scope = node->kind == NODE_FOR ? node : node->parent;
		declaration->declarator = list[i];
		mark_declarator(indexer, &list[i]);
		hold(indexer, declaration);
	}
}

static void declare_function(struct indexer *indexer, struct node *node)
{
	struct function *function = unit_function(indexer->unit, node);
	struct declaration *declaration = declare(indexer, DECLARATION_FUNCTION,
						  indexer->unit->names[node->name], node->name);

	declaration->node = node;
	declaration->scope = node->parent;
	declaration->function = function;
	indexer->roles[node->name] = ROLE_DECLARED;
	hold(indexer, declaration);
}

static void declare_parameters(struct indexer *indexer, struct node *node)
{
	struct function *function = unit_function(indexer->unit, node);

	for (size_t i = 0; i < function->parameter_count; i++) {
		const struct declarator *parameter = &function->parameters[i];
		struct declaration *declaration;

		if (!parameter->name)
			continue;
		declaration = declare(indexer, DECLARATION_PARAMETER,
				      indexer->unit->names[parameter->name], parameter->name);
		declaration->node = node;
		declaration->scope = node;
		declaration->declarator = *parameter;
		declaration->function = function;
		declaration->index = i;
		indexer->roles[parameter->name] = ROLE_DECLARED;
		hold(indexer, declaration);
	}
	mark_types(indexer, node->first, node_body(node)->first);
}

static void take_meanings(struct indexer *indexer, uint32_t first, uint32_t end)
{
	struct unit *unit = indexer->unit;

	for (uint32_t i = first; i < end && i < unit->syntax.code.count; i++)
		if (unit->names[i])
			unit->meanings[i] = unit->names[i]->meaning;
}

/* Goes through the text once, with the declarations that hold at each place. */
static void index_node(struct indexer *indexer, struct node *node)
{
	size_t outer;
	uint32_t at = node->first;

	if (node->kind == NODE_FUNCTION)
		declare_function(indexer, node);
	if (node->kind == NODE_DECLARATION)
		declare_names(indexer, node, (struct span){ node->first, node->last });
	outer = indexer->hidden_count;
	if (node->kind == NODE_FUNCTION)
		declare_parameters(indexer, node);
	if (node->kind == NODE_FOR && declaration_starts(indexer->syntax, node->head_open + 1)) {
		uint32_t end = node->head_open + 1;

		while (end < node->head_close && !code_is(indexer->syntax, end, ";"))
			end++;
		declare_names(indexer, node, (struct span){ node->head_open + 1, end });
	}
	for (struct node *child = node->child; child; child = child->next) {
		take_meanings(indexer, at, child->first);
		index_node(indexer, child);
		at = child->last + 1;
	}
	take_meanings(indexer, at, node->last + 1);
	if (node->kind != NODE_DECLARATION)
		end_scope(indexer, outer);
}

static enum reference_kind kind_at(const struct syntax *syntax, uint32_t token, unsigned char role)
{
	if (is_member_name(syntax, token))
		return REFERENCE_MEMBER;
	if (token && (code_is(syntax, token - 1, "struct") || code_is(syntax, token - 1, "union") ||
		      code_is(syntax, token - 1, "enum")))
		return REFERENCE_TAG;
	if (role == ROLE_TYPE)
		return REFERENCE_TYPE;
	if (code_is(syntax, token + 1, "("))
		return REFERENCE_CALL;
	/* "a & b" is no address. */
	if (token > 1 && code_is(syntax, token - 1, "&") &&
	    syntax->code.list[token - 2].kind != TOKEN_NUMBER &&
	    !code_is(syntax, token - 2, ")") && !code_is(syntax, token - 2, "]") &&
	    !code_identifier(syntax, token - 2))
		return REFERENCE_ADDRESS;
	return REFERENCE_VALUE;
}

static void refer(struct indexer *indexer, struct symbol *symbol, struct reference reference)
{
	struct reference *added = arena_alloc(indexer->program->arena, sizeof(*added));

	*added = reference;
	added->unit = indexer->unit;
	if (symbol->last_reference)
		symbol->last_reference->next = added;
	else
		symbol->references = added;
	symbol->last_reference = added;
}

static void index_directive(struct indexer *indexer, uint32_t directive)
{
	const struct token *line = &indexer->syntax->all.list[directive];
	const char *text = indexer->syntax->source->text;
	struct declaration *macro = NULL;
	struct tokens words = { 0 };

	lex(text, line->start + 1, line->end, &words);
	for (size_t i = 1; i < words.count; i++) {
		const struct token *word = &words.list[i];
		struct symbol *symbol;

		if (word->kind != TOKEN_IDENTIFIER ||
		    is_keyword(text + word->start, word->end - word->start))
			continue;
		symbol = intern(indexer->program, text + word->start, word->end - word->start);
		if (i == 1 && token_is(text, &words.list[0], "define"))
			macro = declare(indexer, DECLARATION_MACRO, symbol, directive);
		else
			refer(indexer, symbol, (struct reference){
				.kind = macro ? REFERENCE_MACRO : REFERENCE_DIRECTIVE,
				.token = directive, .offset = word->start, .macro = macro });
	}
	tokens_release(&words);
}

/* All uses, in the order of the text. */
static void index_references(struct indexer *indexer)
{
	const struct syntax *syntax = indexer->syntax;
	const char *text = syntax->source->text;
	uint32_t code = 0;

	for (uint32_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];
		size_t length = token->end - token->start;
		struct reference reference = { .token = code, .offset = token->start };

		if (token->kind == TOKEN_DIRECTIVE)
			index_directive(indexer, i);
		if (code < syntax->code.count && syntax->code.list[code].start == token->start) {
			struct symbol *symbol = indexer->unit->names[code];
			unsigned char role = indexer->roles[code];

			reference.kind = kind_at(syntax, code++, role);
			if (symbol && role != ROLE_DECLARED)
				refer(indexer, symbol, reference);
		} else if (token->kind == TOKEN_IDENTIFIER &&
			   !is_keyword(text + token->start, length)) {
			reference.kind = REFERENCE_UNREAD;
			reference.token = i;
			refer(indexer, intern(indexer->program, text + token->start, length),
			      reference);
		}
	}
}

static void index_unit(struct indexer *indexer, struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;
	struct program *program = indexer->program;
	size_t count = syntax->code.count + 1;

	indexer->unit = unit;
	indexer->syntax = syntax;
	indexer->roles = arena_alloc(program->arena, count);
	unit->names = arena_alloc(program->arena, count * sizeof(*unit->names));
	unit->meanings = arena_alloc(program->arena, count * sizeof(*unit->meanings));
	for (uint32_t i = 0; i < syntax->code.count; i++)
		if (code_identifier(syntax, i))
			unit->names[i] = intern(program,
						syntax->source->text + code_start(syntax, i),
						code_end(syntax, i) - code_start(syntax, i));
	index_node(indexer, syntax->file);
	index_references(indexer);
}

void symbols_build(struct program *program)
{
	struct indexer indexer = { .program = program };

	program->symbols = arena_alloc(program->arena, sizeof(*program->symbols));
	for (size_t i = 0; i < program->unit_count; i++)
		index_unit(&indexer, &program->units[i]);
	free(indexer.hidden);
}

const struct declaration *symbol_declared(const struct symbol *symbol, enum declaration_kind kind)
{
	const struct declaration *declaration = symbol ? symbol->declarations : NULL;

	while (declaration && declaration->kind != kind)
		declaration = declaration->next;
	return declaration;
}

bool symbol_is_own_call(const struct symbol *symbol)
{
	return symbol_declared(symbol, DECLARATION_FUNCTION) ||
	       symbol_declared(symbol, DECLARATION_PROTOTYPE) ||
	       symbol_declared(symbol, DECLARATION_MACRO);
}

struct function *reference_function(const struct reference *reference)
{
	const struct node *node;

	if (reference->kind >= REFERENCE_MACRO)
		return NULL;
	node = node_function(node_at(&reference->unit->syntax, reference->token));
	/* A macro without a semicolon in front of a function looks like a part of its type. */
	if (node && reference->token < node->name)
		return NULL;
	return unit_function(reference->unit, node);
}

const struct symbol *symbol_next(const struct program *program, size_t *at)
{
	const struct symbols *symbols = program->symbols;

	while (*at < symbols->slot_count)
		if (symbols->slots[(*at)++])
			return symbols->slots[*at - 1];
	return NULL;
}
