// SPDX-License-Identifier: GPL-2.0-only
#include "expression.h"

#include <string.h>

#include "spelling.h"

/* Deeper than any person nests, and longer than any chain; guards against made-up input. */
#define DEPTH_MAX 200
#define CHAIN_MAX 500

struct reader {
	const struct syntax *syntax;
	uint32_t at;
	uint32_t end;
	unsigned int depth;
};

/* Binary operators and how tightly they bind. */
static const struct {
	const char *name;
	int strength;
} operators[] = {
	{ "||", 1 }, { "&&", 2 }, { "|", 3 },  { "^", 4 },  { "&", 5 },	 { "==", 6 },
	{ "!=", 6 }, { "<", 7 },  { ">", 7 },  { "<=", 7 }, { ">=", 7 }, { "<<", 8 },
	{ ">>", 8 }, { "+", 9 },  { "-", 9 },  { "*", 10 }, { "/", 10 }, { "%", 10 },
};

static const char *const assignments[] = {
	"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=",
};

static const char *const prefixes[] = { "++", "--", "!", "~", "-", "+", "&", "*" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is(const struct reader *reader, const char *spelling)
{
	return reader->at < reader->end && code_is(reader->syntax, reader->at, spelling);
}

static enum token_kind kind_at(const struct reader *reader, uint32_t index)
{
	return index < reader->end ? reader->syntax->code.list[index].kind : TOKEN_END;
}

static struct expression *new_expression(const struct reader *reader, enum expression_kind kind,
					 uint32_t first)
{
	struct expression *node = arena_alloc(reader->syntax->arena, sizeof(*node));

	node->kind = kind;
	node->first = first;
	node->last = first;
	return node;
}

static struct speller speller_of(const struct reader *reader)
{
	return (struct speller){ reader->syntax->arena, reader->at };
}

static const char *spell_here(const struct reader *reader, const char *a, const char *b,
			      const char *c, const char *d)
{
	struct speller speller = speller_of(reader);

	return spell(&speller, a, b, c, d);
}

static struct expression *read_braces(struct reader *reader);
static struct expression *read_comma(struct reader *reader);
static struct expression *read_assignment(struct reader *reader);
static struct expression *read_unary(struct reader *reader);

/* Takes all that is left. */
static struct expression *read_unknown(struct reader *reader)
{
	struct expression *node = new_expression(reader, EXPRESSION_UNKNOWN, reader->at);

	node->last = reader->end - 1;
	node->text = code_text(reader->syntax, node->first, node->last);
	reader->at = reader->end;
	return node;
}

static struct expression *read_span(const struct syntax *syntax, uint32_t first, uint32_t end,
				    unsigned int depth)
{
	struct reader reader = { syntax, first, end, depth };
	struct expression *node;

	if (first >= end)
		return NULL;
	if (depth < DEPTH_MAX && code_is(syntax, first, "{") && syntax->match[first] == end - 1)
		return read_braces(&reader);
	node = depth >= DEPTH_MAX ? read_unknown(&reader) : read_comma(&reader);
	if (!node || reader.at != end) {
		reader.at = first;
		node = read_unknown(&reader);
	}
	return node;
}

/* .name = value, name: value, [index] = value, or a value alone; it ends before @end. */
static struct expression *read_element(const struct reader *reader, uint32_t first, uint32_t end)
{
	const struct syntax *syntax = reader->syntax;
	struct expression *node = new_expression(reader, EXPRESSION_ELEMENT, first);
	uint32_t value = first, close = syntax->match[first];

	node->last = end - 1;
	if (code_is(syntax, first, ".") && code_is(syntax, first + 2, "=")) {
		node->name = code_text(syntax, first + 1, first + 1);
		value = first + 3;
	} else if (code_identifier(syntax, first) && code_is(syntax, first + 1, ":")) {
		node->name = code_text(syntax, first, first);
		value = first + 2;
	} else if (code_is(syntax, first, "[") && code_is(syntax, close + 1, "=")) {
		node->right = read_span(syntax, first + 1, close, reader->depth + 1);
		value = close + 2;
	}
	node->left = read_span(syntax, value, end, reader->depth + 1);
	node->text = spelling_of(node->left);
	return node;
}

/* The elements between brackets that commas divide. */
static struct expression *read_list(const struct reader *reader, uint32_t open, bool elements,
				    const char **text)
{
	const struct syntax *syntax = reader->syntax;
	uint32_t close = syntax->match[open];
	uint32_t first = open + 1;
	struct expression *list = NULL, **tail = &list;

	*text = "";
	for (uint32_t i = first; i <= close; i++) {
		struct expression *node;

		if (i < close && syntax->match[i] > i)
			i = syntax->match[i];
		if (i != close && !code_is(syntax, i, ","))
			continue;
		if (first < i) {
			node = elements ? read_element(reader, first, i)
					: read_span(syntax, first, i, reader->depth + 1);
			*text = spell_here(reader, *text, **text ? "," : "", spelling_of(node), "");
			*tail = node;
			tail = &node->next;
		}
		first = i + 1;
	}
	return list;
}

static struct expression *read_braces(struct reader *reader)
{
	struct expression *node = new_expression(reader, EXPRESSION_BRACES, reader->at);
	uint32_t close = reader->syntax->match[reader->at];
	const char *list;

	node->child = read_list(reader, reader->at, true, &list);
	node->last = close;
	node->text = spell_here(reader, "{", list, "}", "");
	reader->at = close + 1;
	return node;
}

/* Whether what stands between parentheses can only be a type. */
static bool holds_type(const struct reader *reader, uint32_t open)
{
	static const char *const words[] = {
		"struct", "union", "enum", "const", "volatile", "unsigned", "signed", "int",
		"char", "short", "long", "void", "float", "double", "_Bool", "bool", "typeof",
		"__typeof__", "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "size_t",
		"ssize_t", "gfp_t", "dma_addr_t", "phys_addr_t", "resource_size_t", "pgoff_t",
		"vm_fault_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t", "uintptr_t", "__u32",
		"__u64",
	};
	const struct syntax *syntax = reader->syntax;
	uint32_t close = syntax->match[open];

	for (size_t i = 0; i < COUNT(words); i++)
		if (code_is(syntax, open + 1, words[i]))
			return true;
	if (close < open + 2 || !code_identifier(syntax, open + 1))
		return false;
	/* (name *) or (name) before a name, a number or a string. */
	if (code_is(syntax, close - 1, "*") && close > open + 2)
		return true;
	return close == open + 2 && close + 1 < reader->end &&
	       (kind_at(reader, close + 1) == TOKEN_IDENTIFIER ||
		kind_at(reader, close + 1) == TOKEN_NUMBER ||
		kind_at(reader, close + 1) == TOKEN_STRING);
}

static struct expression *read_parentheses(struct reader *reader)
{
	uint32_t open = reader->at;
	uint32_t close = reader->syntax->match[open];
	struct expression *node, *inner;

	if (close == open || close >= reader->end || code_is(reader->syntax, open + 1, "{"))
		return NULL;
	if (holds_type(reader, open)) {
		node = new_expression(reader, EXPRESSION_CAST, open);
		reader->at = close + 1;
		node->name = code_text(reader->syntax, open + 1, close - 1);
		node->left = is(reader, "{") && reader->syntax->match[reader->at] > reader->at ?
				     read_braces(reader) : read_unary(reader);
		if (!node->left)
			return NULL;
		node->last = node->left->last;
		node->text = node->left->text;
		return node;
	}
	inner = read_span(reader->syntax, open + 1, close, reader->depth + 1);
	if (!inner)
		return NULL;
	/* The parentheses are part of it: a reader is shown the whole. */
	inner->first = open;
	inner->last = close;
	reader->at = close + 1;
	return inner;
}

static struct expression *read_primary(struct reader *reader)
{
	struct expression *node;
	uint32_t first = reader->at;

	if (is(reader, "("))
		return read_parentheses(reader);
	switch (kind_at(reader, first)) {
	case TOKEN_IDENTIFIER:
		if (!code_identifier(reader->syntax, first) && !is(reader, "sizeof"))
			return NULL;
		node = new_expression(reader, EXPRESSION_NAME, first);
		node->name = code_text(reader->syntax, first, first);
		break;
	case TOKEN_NUMBER:
	case TOKEN_CHARACTER:
		node = new_expression(reader, EXPRESSION_NUMBER, first);
		break;
	case TOKEN_STRING:
		node = new_expression(reader, EXPRESSION_STRING, first);
		while (kind_at(reader, reader->at + 1) == TOKEN_STRING)
			reader->at++;
		node->last = reader->at;
		break;
	default:
		return NULL;
	}
	node->text = code_text(reader->syntax, first, node->last);
	reader->at++;
	return node;
}

static struct expression *read_call(struct reader *reader, struct expression *callee)
{
	struct expression *node = new_expression(reader, EXPRESSION_CALL, callee->first);
	uint32_t close = reader->syntax->match[reader->at];
	const char *list;

	node->left = callee;
	node->name = callee->kind == EXPRESSION_NAME ? callee->name : NULL;
	node->child = read_list(reader, reader->at, false, &list);
	node->last = close;
	node->text = spell_here(reader, callee->text, "(", list, ")");
	reader->at = close + 1;
	return node;
}

static struct expression *read_index(struct reader *reader, struct expression *base)
{
	struct expression *node = new_expression(reader, EXPRESSION_INDEX, base->first);
	uint32_t close = reader->syntax->match[reader->at];

	node->left = base;
	node->right = read_span(reader->syntax, reader->at + 1, close, reader->depth + 1);
	node->last = close;
	if (!strcmp(spelling_of(node->right), "0"))
		node->text = spell_here(reader, "*", base->text, "", "");
	else
		node->text = spell_here(reader, base->text, "[", spelling_of(node->right), "]");
	reader->at = close + 1;
	return node;
}

static struct expression *read_member(struct reader *reader, struct expression *base)
{
	struct expression *node;
	struct speller speller;
	bool arrow = is(reader, "->");

	if (kind_at(reader, reader->at + 1) != TOKEN_IDENTIFIER)
		return NULL;
	node = new_expression(reader, EXPRESSION_MEMBER, base->first);
	node->left = base;
	node->last = reader->at + 1;
	node->name = code_text(reader->syntax, node->last, node->last);
	node->arrow = arrow;
	speller = speller_of(reader);
	node->text = spell_member(&speller, base, arrow, node->name);
	reader->at += 2;
	return node;
}

static struct expression *read_postfix(struct reader *reader)
{
	struct expression *node = read_primary(reader);
	unsigned int chain = 0;

	while (node && chain++ < CHAIN_MAX) {
		uint32_t close = reader->at < reader->end ? reader->syntax->match[reader->at] : 0;
		bool bracket = close > reader->at && close < reader->end;

		if (is(reader, "(") && bracket) {
			node = read_call(reader, node);
		} else if (is(reader, "[") && bracket) {
			node = read_index(reader, node);
		} else if (is(reader, ".") || is(reader, "->")) {
			node = read_member(reader, node);
		} else if (is(reader, "++") || is(reader, "--")) {
			struct expression *outer =
				new_expression(reader, EXPRESSION_POSTFIX, node->first);

			outer->left = node;
			outer->last = reader->at;
			outer->name = code_text(reader->syntax, reader->at, reader->at);
			outer->text = spell_here(reader, node->text, outer->name, "", "");
			reader->at++;
			node = outer;
		} else {
			break;
		}
	}
	return node;
}

static struct expression *read_prefix(struct reader *reader, const char *operator)
{
	struct expression *node = new_expression(reader, EXPRESSION_PREFIX, reader->at);
	struct speller speller;

	node->name = operator;
	reader->at++;
	node->left = read_unary(reader);
	if (!node->left)
		return NULL;
	node->last = node->left->last;
	speller = speller_of(reader);
	node->text = spell_prefix(&speller, operator, node->left);
	return node;
}

static struct expression *read_unary(struct reader *reader)
{
	struct expression *node;

	if (reader->depth >= DEPTH_MAX)
		return NULL;
	reader->depth++;
	node = NULL;
	for (size_t i = 0; i < COUNT(prefixes) && !node; i++)
		if (is(reader, prefixes[i])) {
			node = read_prefix(reader, prefixes[i]);
			reader->depth--;
			return node;
		}
	if (is(reader, "sizeof") && !code_is(reader->syntax, reader->at + 1, "("))
		node = read_prefix(reader, "sizeof ");
	else
		node = read_postfix(reader);
	reader->depth--;
	return node;
}

static int strength_at(const struct reader *reader, const char **name)
{
	for (size_t i = 0; i < COUNT(operators); i++)
		if (is(reader, operators[i].name)) {
			*name = operators[i].name;
			return operators[i].strength;
		}
	return 0;
}

static struct expression *join(const struct reader *reader, enum expression_kind kind,
			       const char *name, struct expression *left, struct expression *right)
{
	struct expression *node = new_expression(reader, kind, left->first);

	node->name = name;
	node->left = left;
	node->right = right;
	node->last = right->last;
	node->text = spell_here(reader, left->text, name, right->text, "");
	return node;
}

static struct expression *read_binary(struct reader *reader, int weakest)
{
	struct expression *left = read_unary(reader);
	const char *name = NULL;
	unsigned int chain = 0;
	int strength;

	while (left && chain++ < CHAIN_MAX) {
		struct expression *right;

		strength = strength_at(reader, &name);
		if (!strength || strength < weakest)
			break;
		reader->at++;
		right = read_binary(reader, strength + 1);
		if (!right)
			return NULL;
		left = join(reader, EXPRESSION_BINARY, name, left, right);
	}
	return left;
}

static struct expression *read_choice(struct reader *reader)
{
	struct expression *left = read_binary(reader, 1);
	struct expression *node;

	if (!left || !is(reader, "?"))
		return left;
	node = new_expression(reader, EXPRESSION_CHOICE, left->first);
	node->left = left;
	reader->at++;
	if (!is(reader, ":"))
		node->right = read_comma(reader);
	if (!is(reader, ":"))
		return NULL;
	reader->at++;
	node->third = read_assignment(reader);
	if (!node->third)
		return NULL;
	node->last = node->third->last;
	node->text = spell_here(reader, spell_here(reader, left->text, "?", spelling_of(node->right), ":"),
			   node->third->text, "", "");
	return node;
}

static struct expression *read_assignment(struct reader *reader)
{
	struct expression *left, *right;

	if (reader->depth >= DEPTH_MAX)
		return NULL;
	left = read_choice(reader);
	for (size_t i = 0; left && i < COUNT(assignments); i++) {
		if (!is(reader, assignments[i]))
			continue;
		reader->at++;
		reader->depth++;
		right = is(reader, "{") && reader->syntax->match[reader->at] > reader->at ?
				read_braces(reader) : read_assignment(reader);
		reader->depth--;
		return right ? join(reader, EXPRESSION_ASSIGN, assignments[i], left, right) : NULL;
	}
	return left;
}

static struct expression *read_comma(struct reader *reader)
{
	struct expression *left = read_assignment(reader);
	unsigned int chain = 0;

	while (left && chain++ < CHAIN_MAX && is(reader, ",")) {
		struct expression *right;

		reader->at++;
		right = read_assignment(reader);
		if (!right)
			return NULL;
		left = join(reader, EXPRESSION_COMMA, ",", left, right);
	}
	return left;
}

struct expression *expression_parse(const struct syntax *syntax, struct span span)
{
	if (span.last < span.first || span.last >= syntax->code.count)
		return NULL;
	return read_span(syntax, span.first, span.last + 1, 0);
}
