// SPDX-License-Identifier: GPL-2.0-only
#include "callers.h"

#include <stdlib.h>
#include <string.h>

/* What is known while the graph is built: nodes by what they stand for. */
struct builder {
	struct program *program;
	struct call_graph *graph;
	struct call_node *outside;
	struct call_node *unread;
};

static struct call_node *add_node(struct builder *builder, enum call_node_kind kind,
				  struct symbol *symbol)
{
	struct call_graph *graph = builder->graph;
	struct call_node *node = arena_alloc(builder->program->arena, sizeof(*node));

	*node = (struct call_node){ .kind = kind, .index = graph->count, .symbol = symbol };
	graph->nodes = grow(graph->nodes, graph->count, &graph->capacity, sizeof(*graph->nodes));
	graph->nodes[graph->count++] = node;
	return node;
}

static void add_edge(struct builder *builder, struct call_node *caller, struct call_node *callee,
		     const struct reference *at)
{
	struct call_edge *edge = arena_alloc(builder->program->arena, sizeof(*edge));

	*edge = (struct call_edge){ .caller = caller, .callee = callee, .at = at,
				    .next_caller = callee->callers,
				    .next_callee = caller->callees };
	callee->callers = edge;
	caller->callees = edge;
}

/* All files mean the same object by the name of one that is not static. */
static const struct declaration *shared_object(const struct declaration *declaration)
{
	const struct declaration *other = declaration->symbol->declarations;

	if (!declaration->scope || declaration->scope->kind != NODE_FILE ||
	    declared_static(&declaration->unit->syntax, declaration->declarator.specifiers.first,
			    declaration->declarator.specifiers.last))
		return declaration;
	while (other->kind != DECLARATION_VARIABLE && other->kind != DECLARATION_EXTERN &&
	       other != declaration)
		other = other->next;
	return other;
}

static struct call_node *pointer_node(struct builder *builder, struct address address)
{
	const struct declaration *declaration =
		address.kind == ADDRESS_VARIABLE ? shared_object(address.declaration) : NULL;
	struct symbol *symbol = declaration ? declaration->symbol : address.symbol;
	struct call_node *node = symbol->call_nodes;

	while (node && (node->kind != CALL_POINTER || node->declaration != declaration))
		node = node->of_symbol;
	if (node)
		return node;
	node = add_node(builder, CALL_POINTER, symbol);
	node->declaration = declaration;
	node->of_symbol = symbol->call_nodes;
	symbol->call_nodes = node;
	return node;
}

static struct call_node *macro_node(struct builder *builder, struct symbol *symbol)
{
	struct call_node *node = symbol->call_nodes;

	while (node && node->kind != CALL_MACRO)
		node = node->of_symbol;
	if (node)
		return node;
	node = add_node(builder, CALL_MACRO, symbol);
	node->of_symbol = symbol->call_nodes;
	symbol->call_nodes = node;
	return node;
}

/* The node of the code that a use is in. */
static struct call_node *around(struct builder *builder, const struct reference *use)
{
	const struct function *function = reference_function(use);
	struct call_node *text;

	if (use->kind == REFERENCE_UNREAD)
		return builder->unread;
	if (use->kind == REFERENCE_MACRO)
		return macro_node(builder, use->macro->symbol);
	if (function)
		return call_node(builder->program, function);
	text = add_node(builder, CALL_TEXT, NULL);
	text->text = use;
	return text;
}

/* The name of a macro's parameter, or NULL. */
static const struct token *macro_parameter(const struct declaration *macro, struct tokens *words,
					   size_t index)
{
	const struct token *line = &macro->unit->syntax.all.list[macro->token];
	const char *text = macro->unit->syntax.source->text;

	lex(text, line->start + 1, line->end, words);
	if (words->count < 4 || words->list[2].start != words->list[1].end ||
	    !token_is(text, &words->list[2], "("))
		return NULL;
	for (size_t i = 3; i < words->count && !token_is(text, &words->list[i], ")"); i++)
		if (words->list[i].kind == TOKEN_IDENTIFIER && !index--)
			return &words->list[i];
	return NULL;
}

/* What the text of a macro does with an argument that is a function's address. */
static void follow_argument(struct builder *builder, struct call_node *node,
			    const struct reference *use, struct address address)
{
	const struct declaration *macro = symbol_declared(address.symbol, DECLARATION_MACRO);
	const char *text = macro->unit->syntax.source->text;
	struct tokens words = { 0 };
	const struct token *name = macro_parameter(macro, &words, address.index);
	bool known = name;

	for (size_t i = 4; name && i + 1 < words.count; i++) {
		const struct token *word = &words.list[i];
		size_t length = name->end - name->start;

		if (word->end - word->start != length || word <= name ||
		    memcmp(text + word->start, text + name->start, length))
			continue;
		if (token_is(text, word - 1, "=") && (word - 2)->kind == TOKEN_IDENTIFIER &&
		    (token_is(text, word - 3, ".") || token_is(text, word - 3, "->"))) {
			char *member = arena_copy(builder->program->arena, text + (word - 2)->start,
						  (word - 2)->end - (word - 2)->start);

			address = (struct address){ .kind = ADDRESS_MEMBER,
						    .symbol = symbol_find(builder->program,
									  member) };
			add_edge(builder, pointer_node(builder, address), node, use);
		} else if (token_is(text, word + 1, "(")) {
			add_edge(builder, around(builder, use), node, use);
		} else {
			known = false;
		}
	}
	if (!known)
		add_edge(builder, builder->outside, node, use);
	tokens_release(&words);
}

/* The address of what @node stands for is taken here. */
static void follow_address(struct builder *builder, struct call_node *node,
			   const struct reference *use)
{
	struct address address = address_at(builder->program, use->unit, use->token);

	switch (address.kind) {
	case ADDRESS_UNUSED:
		break;
	case ADDRESS_MEMBER:
	case ADDRESS_VARIABLE:
		if (pointer_node(builder, address) != node)
			add_edge(builder, pointer_node(builder, address), node, use);
		break;
	case ADDRESS_MACRO:
		follow_argument(builder, node, use, address);
		break;
	case ADDRESS_LOST:
		add_edge(builder, builder->outside, node, use);
		break;
	}
}

/* Whether a name at a place is the function: no variable of that name, and not another's. */
static bool means_function(const struct program *program, const struct reference *use,
			   const struct function *function)
{
	const struct declaration *meant =
		use->kind < REFERENCE_MACRO ? declaration_at(use->unit, use->token) : NULL;

	return (!meant || meant->kind == DECLARATION_FUNCTION ||
		meant->kind == DECLARATION_PROTOTYPE) &&
	       program_function(program, use->unit, function->name) == function;
}

/* The token behind "p", "p[i]" and "(*p)". */
static uint32_t behind(const struct syntax *syntax, uint32_t token)
{
	uint32_t at = token + 1;

	while (code_is(syntax, at, "[") || code_is(syntax, at, ")")) {
		if (code_is(syntax, at, ")") && !code_is(syntax, at + 1, "("))
			break;
		at = (syntax->match[at] > at ? syntax->match[at] : at) + 1;
	}
	return at;
}

static void look_at_function(struct builder *builder, struct call_node *node)
{
	const struct reference *use = node->symbol->references;

	for (; use; use = use->next) {
		if (use->kind == REFERENCE_MEMBER || use->kind == REFERENCE_TAG ||
		    use->kind == REFERENCE_TYPE || use->kind == REFERENCE_DIRECTIVE ||
		    !means_function(builder->program, use, node->function))
			continue;
		if (use->kind <= REFERENCE_VALUE && use->kind != REFERENCE_CALL &&
		    !code_is(&use->unit->syntax, behind(&use->unit->syntax, use->token), "("))
			follow_address(builder, node, use);
		else
			add_edge(builder, around(builder, use), node, use);
	}
}

static void look_at_macro(struct builder *builder, struct call_node *node)
{
	const struct reference *use = node->symbol->references;

	for (; use; use = use->next)
		if (use->kind == REFERENCE_CALL || use->kind == REFERENCE_VALUE ||
		    use->kind == REFERENCE_UNREAD || use->kind == REFERENCE_ADDRESS ||
		    use->kind == REFERENCE_TYPE ||
		    (use->kind == REFERENCE_MACRO && use->macro->symbol != node->symbol))
			add_edge(builder, around(builder, use), node, use);
}

static bool means_pointer(const struct call_node *node, const struct reference *use)
{
	const struct declaration *meant;

	if (!node->declaration)
		return use->kind == REFERENCE_MEMBER;
	if (use->kind > REFERENCE_VALUE)
		return false;
	meant = declaration_at(use->unit, use->token);
	return meant && shared_object(meant) == node->declaration;
}

static void look_at_pointer(struct builder *builder, struct call_node *node)
{
	const struct reference *use = node->symbol->references;
	bool known = node->declaration ||
		     symbol_declared(node->symbol, DECLARATION_MEMBER);

	/* A struct that is declared out of sight is used there as well. */
	if (!known)
		add_edge(builder, builder->outside, node, use);
	for (; use; use = use->next) {
		const struct syntax *syntax = &use->unit->syntax;
		uint32_t after;

		if (use->kind == REFERENCE_MACRO && !node->declaration) {
			if (use->macro->symbol != node->symbol)
				add_edge(builder, around(builder, use), node, use);
			continue;
		}
		if (!means_pointer(node, use))
			continue;
		after = behind(syntax, use->token);
		if (code_is(syntax, after, "("))
			add_edge(builder, around(builder, use), node, use);
		else if (use->kind == REFERENCE_ADDRESS)
			add_edge(builder, builder->outside, node, use);
		else if (!code_is(syntax, after, "="))
			follow_address(builder, node, use);
	}
}

const struct call_graph *call_graph(struct program *program)
{
	struct builder builder = { .program = program };

	if (program->calls)
		return program->calls;
	program->calls = arena_alloc(program->arena, sizeof(*program->calls));
	builder.graph = program->calls;
	for (size_t i = 0; i < program->function_count; i++)
		add_node(&builder, CALL_FUNCTION,
			 symbol_find(program, program->functions[i].name))->function =
			&program->functions[i];
	builder.outside = add_node(&builder, CALL_OUTSIDE, NULL);
	builder.unread = add_node(&builder, CALL_UNREAD, NULL);
	/* Nodes are added while this goes on. */
	for (size_t i = 0; i < builder.graph->count; i++) {
		struct call_node *node = builder.graph->nodes[i];

		if (node->kind == CALL_FUNCTION)
			look_at_function(&builder, node);
		else if (node->kind == CALL_MACRO)
			look_at_macro(&builder, node);
		else if (node->kind == CALL_POINTER)
			look_at_pointer(&builder, node);
	}
	return program->calls;
}

void call_graph_release(struct call_graph *graph)
{
	if (graph)
		free(graph->nodes);
}

struct call_node *call_node(struct program *program, const struct function *function)
{
	return call_graph(program)->nodes[function - program->functions];
}

struct call_node *call_member(struct program *program, const char *name)
{
	struct symbol *symbol = symbol_find(program, name);
	struct call_node *node;

	call_graph(program);
	for (node = symbol ? symbol->call_nodes : NULL; node; node = node->of_symbol)
		if (node->kind == CALL_POINTER && !node->declaration)
			return node;
	return NULL;
}

void call_reach(struct program *program, const struct call_node *from, bool *reached)
{
	const struct call_graph *graph = call_graph(program);
	const struct call_node **list = xmalloc((graph->count + 1) * sizeof(*list));
	size_t count = 0;

	if (from->kind != CALL_OUTSIDE && !reached[from->index])
		list[count++] = from;
	reached[from->index] = true;
	while (count) {
		const struct call_node *node = list[--count];

		for (const struct call_edge *edge = node->callees; edge; edge = edge->next_callee) {
			if (reached[edge->callee->index])
				continue;
			reached[edge->callee->index] = true;
			if (edge->callee->kind != CALL_OUTSIDE)
				list[count++] = edge->callee;
		}
	}
	free(list);
}
