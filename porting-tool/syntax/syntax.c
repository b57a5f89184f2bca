// SPDX-License-Identifier: GPL-2.0-only
#include "syntax.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "statement.h"

void syntax_lex(struct syntax *syntax, const struct source *source, struct arena *arena)
{
	*syntax = (struct syntax){ .source = source, .arena = arena };
	lex(source->text, 0, source->size, &syntax->all);
	syntax->conditional_count = conditionals_find(source, &syntax->all, arena,
						      &syntax->conditionals);
	for (size_t i = 0; i < syntax->all.count; i++) {
		if (syntax->all.list[i].kind != TOKEN_DIRECTIVE)
			continue;
		syntax->directives = grow(syntax->directives, syntax->directive_count,
					  &syntax->directive_capacity,
					  sizeof(*syntax->directives));
		syntax->directives[syntax->directive_count++] = i;
	}
}

/*
 * The tokens that are read: neither comment nor directive nor in an arm that is not chosen.  An
 * arm in one that is hidden is passed over with it.
 */
static void select_code(struct syntax *syntax)
{
	const struct tokens *all = &syntax->all;
	struct tokens *code = &syntax->code;
	bool *hidden = arena_alloc(syntax->arena, all->count + 1);

	for (size_t g = 0; g < syntax->conditional_count; g++) {
		const struct conditional *group = &syntax->conditionals[g];

		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];

			if (!arm->chosen && arm->last > arm->first && !hidden[arm->directive])
				memset(hidden + arm->first, true, arm->last - arm->first);
		}
	}
	for (size_t i = 0; i <= all->count; i++) {
		enum token_kind kind = all->list[i].kind;

		if (kind == TOKEN_COMMENT || kind == TOKEN_DIRECTIVE || hidden[i])
			continue;
		code->list = grow(code->list, code->count, &code->capacity, sizeof(*code->list));
		code->list[code->count++] = all->list[i];
	}
	code->count--;
}

static char closing(char open)
{
	return open == '(' ? ')' : open == '[' ? ']' : '}';
}

/*
 * Partners of brackets.  A closing bracket that fits none of the open ones is passed over; one that
 * fits an outer one leaves the inner ones without a partner.
 */
static void match_brackets(struct syntax *syntax)
{
	const char *text = syntax->source->text;
	size_t count = syntax->code.count;
	uint32_t *open = xmalloc((count + 1) * sizeof(*open));
	size_t depth = 0;

	syntax->match = xmalloc((count + 1) * sizeof(*syntax->match));
	for (uint32_t i = 0; i <= count; i++) {
		const struct token *token = &syntax->code.list[i];
		char c = token->kind == TOKEN_PUNCTUATOR ? text[token->start] : '\0';
		size_t look;

		syntax->match[i] = i;
		if (token->kind != TOKEN_PUNCTUATOR || token->end - token->start != 1)
			continue;
		if (c == '(' || c == '[' || c == '{')
			open[depth++] = i;
		if (c != ')' && c != ']' && c != '}')
			continue;
		/* A brace closes whatever parentheses were left open in it. */
		for (look = depth; look > 0; look--) {
			char opened = text[syntax->code.list[open[look - 1]].start];

			if (closing(opened) == c || (opened == '{' && c != '}'))
				break;
		}
		if (look == 0 || closing(text[syntax->code.list[open[look - 1]].start]) != c)
			continue;
		depth = look - 1;
		syntax->match[i] = open[depth];
		syntax->match[open[depth]] = i;
	}
	free(open);
}

/* For node_at(): children come behind what they are in, and take their tokens from it. */
static void find_innermost(struct syntax *syntax)
{
	syntax->innermost = arena_alloc(syntax->arena,
					(syntax->code.count + 1) * sizeof(*syntax->innermost));
	for (size_t i = 0; i < syntax->code.count; i++)
		syntax->innermost[i] = syntax->file;
	for (struct node *node = syntax->file->child; node; node = node_after(node, syntax->file))
		for (size_t i = node->first; i <= node->last && i < syntax->code.count; i++)
			syntax->innermost[i] = node;
}

void syntax_build(struct syntax *syntax)
{
	select_code(syntax);
	match_brackets(syntax);
	syntax->file = statement_parse_file(syntax);
	find_innermost(syntax);
}

void syntax_parse(struct syntax *syntax, const struct source *source, struct arena *arena)
{
	syntax_lex(syntax, source, arena);
	for (size_t i = 0; i < syntax->conditional_count; i++)
		syntax->conditionals[i].arms[0].chosen = true;
	syntax_build(syntax);
}

void syntax_release(struct syntax *syntax)
{
	tokens_release(&syntax->code);
	tokens_release(&syntax->all);
	free(syntax->match);
	syntax->match = NULL;
	free(syntax->directives);
	syntax->directives = NULL;
	syntax->directive_count = 0;
}

/* The keywords of C by their first letter: most names are told from them without a comparison. */
static const char *const keywords[UCHAR_MAX + 1][6] = {
	['_'] = { "_Bool" },
	['a'] = { "auto" },
	['b'] = { "break" },
	['c'] = { "case", "char", "const", "continue" },
	['d'] = { "default", "do", "double" },
	['e'] = { "else", "enum", "extern" },
	['f'] = { "float", "for" },
	['g'] = { "goto" },
	['i'] = { "if", "inline", "int" },
	['l'] = { "long" },
	['r'] = { "register", "restrict", "return" },
	['s'] = { "short", "signed", "sizeof", "static", "struct", "switch" },
	['t'] = { "typedef" },
	['u'] = { "union", "unsigned" },
	['v'] = { "void", "volatile" },
	['w'] = { "while" },
};

bool is_keyword(const char *word, size_t length)
{
	const char *const *group = keywords[length ? (unsigned char)*word : 0];

	for (size_t i = 0; i < sizeof(keywords[0]) / sizeof(keywords[0][0]) && group[i]; i++)
		if (!strncmp(group[i], word, length) && !group[i][length])
			return true;
	return false;
}

bool code_identifier(const struct syntax *syntax, uint32_t index)
{
	const struct token *token = &syntax->code.list[index];

	return index < syntax->code.count && token->kind == TOKEN_IDENTIFIER &&
	       !is_keyword(syntax->source->text + token->start, token->end - token->start);
}

uint32_t code_start(const struct syntax *syntax, uint32_t index)
{
	return syntax->code.list[index].start;
}

uint32_t code_end(const struct syntax *syntax, uint32_t index)
{
	return syntax->code.list[index].end;
}

uint32_t unmatched_bracket(const struct syntax *syntax)
{
	for (uint32_t i = 0; i < syntax->code.count; i++) {
		const struct token *token = &syntax->code.list[i];

		if (token->kind == TOKEN_PUNCTUATOR && token->end - token->start == 1 &&
		    syntax->match[i] == i && strchr("()[]{}", syntax->source->text[token->start]))
			return i;
	}
	return syntax->code.count;
}

char *code_text(const struct syntax *syntax, uint32_t first, uint32_t last)
{
	if (last < first || first >= syntax->code.count)
		return arena_copy(syntax->arena, "", 0);
	return arena_copy(syntax->arena, syntax->source->text + code_start(syntax, first),
			  code_end(syntax, last) - code_start(syntax, first));
}

struct node *node_at(const struct syntax *syntax, uint32_t index)
{
	return index < syntax->code.count ? syntax->innermost[index] : syntax->file;
}

struct node *node_function(const struct node *node)
{
	while (node && node->kind != NODE_FUNCTION)
		node = node->parent;
	return (struct node *)node;
}

struct node *node_body(const struct node *function)
{
	return function->child;
}

struct node *node_after(const struct node *node, const struct node *top)
{
	if (node->child)
		return node->child;
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

bool node_leaves(const struct node *node)
{
	const struct node *last;

	switch (node->kind) {
	case NODE_RETURN:
	case NODE_GOTO:
	case NODE_BREAK:
	case NODE_CONTINUE:
		return true;
	case NODE_COMPOUND:
		for (last = node->child; last && last->next; last = last->next)
			;
		return last && node_leaves(last);
	default:
		return false;
	}
}

struct node *function_find(const struct syntax *syntax, const char *name)
{
	for (struct node *node = syntax->file->child; node; node = node->next)
		if (node->kind == NODE_FUNCTION && code_is(syntax, node->name, name))
			return node;
	return NULL;
}

bool call_parse(const struct syntax *syntax, uint32_t name, struct call *call)
{
	uint32_t open = name + 1;
	uint32_t first = open + 1;
	size_t count = 1;

	if (!code_is(syntax, open, "(") || syntax->match[open] == open)
		return false;
	*call = (struct call){ .name = name, .open = open, .close = syntax->match[open] };
	for (uint32_t i = first; i < call->close; i++) {
		count += code_is(syntax, i, ",");
		if (syntax->match[i] > i)
			i = syntax->match[i];
	}
	if (first == call->close)
		return true;
	call->arguments = arena_alloc(syntax->arena, count * sizeof(*call->arguments));
	for (uint32_t i = first; i <= call->close; i++) {
		if (i == call->close || code_is(syntax, i, ",")) {
			call->arguments[call->count++] = (struct span){ first, i - 1 };
			first = i + 1;
		}
		if (i < call->close && syntax->match[i] > i)
			i = syntax->match[i];
	}
	return true;
}
