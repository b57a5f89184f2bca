// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements, by their shape.
 */
#include "statement.h"

#include <string.h>

#include "parser.h"

/* Deeper than any person nests; guards the stack against made-up input. */
#define DEPTH_MAX 400

bool declaration_starts(const struct syntax *syntax, uint32_t index)
{
	uint32_t at = index + 1;
	bool star = false;

	/* asm volatile ("...") */
	if (code_is(syntax, index, "asm") || code_is(syntax, index, "__asm__") ||
	    code_is(syntax, index, "__asm"))
		return false;
	if (is_type_word(syntax, index))
		return true;
	if (!code_identifier(syntax, index))
		return false;
	for (; code_is(syntax, at, "*"); at++)
		star = true;
	if (!code_identifier(syntax, at))
		return is_type_word(syntax, at) && !star;
	/* "a * b" on its own line is a declaration; so is "a b". */
	return code_is(syntax, at + 1, ";") || code_is(syntax, at + 1, "=") ||
	       code_is(syntax, at + 1, ",") || code_is(syntax, at + 1, "[") ||
	       (!star && code_identifier(syntax, at + 1)) ||
	       (!star && code_is(syntax, at + 1, "*"));
}

static void parse_statement(struct parser *parser, struct node *parent);

void parse_compound(struct parser *parser, struct node *parent)
{
	struct node *node = parser_new_node(parser, NODE_COMPOUND, parent);
	uint32_t close = parser_partner(parser, parser->at);

	if (close == parser->at)
		close = parser->syntax->code.count;
	if (parser->depth >= DEPTH_MAX) {
		node->kind = NODE_UNKNOWN;
		parser->at = close;
	} else {
		parser->at++;
		while (!parser_at_end(parser) && parser->at < close)
			parse_statement(parser, node);
	}
	if (!parser_at_end(parser))
		parser->at = close + 1;
	parser_end_node(parser, node);
}

/* Takes "( ... )" into the head of @node; false when there is none. */
static bool parse_head(struct parser *parser, struct node *node)
{
	if (!parser_is(parser, "(") || parser_partner(parser, parser->at) == parser->at)
		return false;
	node->head_open = parser->at;
	node->head_close = parser_partner(parser, parser->at);
	parser->at = node->head_close + 1;
	return true;
}

static void parse_body(struct parser *parser, struct node *node)
{
	if (!parser_at_end(parser) && !parser_is(parser, "}"))
		parse_statement(parser, node);
}

static void parse_if(struct parser *parser, struct node *parent)
{
	struct node *node = parser_new_node(parser, NODE_IF, parent);

	parser->at++;
	if (!parse_head(parser, node)) {
		node->kind = NODE_UNKNOWN;
		parser_skip_statement(parser);
	} else {
		parse_body(parser, node);
		if (parser_is(parser, "else")) {
			parser->at++;
			parse_body(parser, node);
		}
	}
	parser_end_node(parser, node);
}

static void parse_do(struct parser *parser, struct node *parent)
{
	struct node *node = parser_new_node(parser, NODE_DO, parent);

	parser->at++;
	parse_body(parser, node);
	if (parser_is(parser, "while")) {
		parser->at++;
		parse_head(parser, node);
	}
	if (parser_is(parser, ";"))
		parser->at++;
	parser_end_node(parser, node);
}

static void parse_loop(struct parser *parser, struct node *parent, enum node_kind kind)
{
	struct node *node = parser_new_node(parser, kind, parent);

	parser->at++;
	if (parse_head(parser, node)) {
		parse_body(parser, node);
	} else {
		node->kind = NODE_UNKNOWN;
		parser_skip_statement(parser);
	}
	parser_end_node(parser, node);
}

static void parse_case(struct parser *parser, struct node *parent)
{
	struct node *node = parser_new_node(parser, NODE_CASE, parent);
	unsigned int questions = 0;

	while (!parser_at_end(parser) && !parser_is(parser, "}") && !parser_is(parser, ";")) {
		bool colon = parser_is(parser, ":");

		questions += parser_is(parser, "?");
		parser_skip(parser);
		if (colon && !questions--)
			break;
	}
	parser_end_node(parser, node);
}

/* What is behind a macro call tells whether it opens a statement: list_for_each_entry() { }. */
static bool macro_opens_statement(const struct parser *parser)
{
	static const char *const marks[] = { "for_each", "foreach", "FOREACH",
					     "FOR_EACH", "scoped_", NULL };
	const struct syntax *syntax = parser->syntax;
	uint32_t close = parser_partner(parser, parser->at + 1);
	char *name;

	if (close == parser->at + 1)
		return false;
	if (code_is(syntax, close + 1, "{"))
		return true;
	if (close + 1 >= syntax->code.count ||
	    syntax->code.list[close + 1].kind != TOKEN_IDENTIFIER)
		return false;
	name = code_text(syntax, parser->at, parser->at);
	for (size_t i = 0; marks[i]; i++)
		if (strstr(name, marks[i]))
			return true;
	return false;
}

/* A macro without a semicolon, as DEBUG("here") at the end of a line. */
static bool macro_stands_alone(const struct parser *parser)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t close = parser_partner(parser, parser->at + 1);
	const char *text = syntax->source->text;

	if (close == parser->at + 1 || close + 1 >= syntax->code.count)
		return false;
	if (syntax->code.list[close + 1].kind != TOKEN_IDENTIFIER &&
	    !code_is(syntax, close + 1, "}"))
		return false;
	return memchr(text + code_end(syntax, close), '\n',
		      code_start(syntax, close + 1) - code_end(syntax, close)) != NULL;
}

/* ({ ... }) within a statement: its block becomes a child. */
static void parse_inner_blocks(struct parser *parser, struct node *node)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t behind = parser->at;

	for (uint32_t i = node->first; i + 1 < behind; i++) {
		if (!code_is(syntax, i, "(") || !code_is(syntax, i + 1, "{") ||
		    parser_partner(parser, i + 1) + 1 != parser_partner(parser, i))
			continue;
		parser->at = i + 1;
		parse_compound(parser, node);
		i = parser_partner(parser, i);
	}
	parser->at = behind;
}

static void parse_simple(struct parser *parser, struct node *parent)
{
	static const struct {
		const char *word;
		enum node_kind kind;
	} words[] = {
		{ "return", NODE_RETURN },     { "goto", NODE_GOTO }, { "break", NODE_BREAK },
		{ "continue", NODE_CONTINUE }, { ";", NODE_EMPTY },
	};
	enum node_kind kind = NODE_EXPRESSION;
	struct node *node;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (parser_is(parser, words[i].word))
			kind = words[i].kind;
	if (kind == NODE_EXPRESSION && declaration_starts(parser->syntax, parser->at))
		kind = NODE_DECLARATION;
	node = parser_new_node(parser, kind, parent);
	if (kind == NODE_GOTO)
		node->name = parser->at + 1;
	parser_skip_statement(parser);
	parse_inner_blocks(parser, node);
	parser_end_node(parser, node);
}

static void parse_macro(struct parser *parser, struct node *parent, bool opens)
{
	struct node *node = parser_new_node(parser, opens ? NODE_MACRO : NODE_EXPRESSION, parent);

	parser->at++;
	node->head_open = parser->at;
	node->head_close = parser_partner(parser, parser->at);
	parser->at = node->head_close + 1;
	if (opens)
		parse_body(parser, node);
	parser_end_node(parser, node);
}

static void parse_one(struct parser *parser, struct node *parent)
{
	const struct syntax *syntax = parser->syntax;

	if (parser_is(parser, "{")) {
		parse_compound(parser, parent);
	} else if (parser_is(parser, "if")) {
		parse_if(parser, parent);
	} else if (parser_is(parser, "for")) {
		parse_loop(parser, parent, NODE_FOR);
	} else if (parser_is(parser, "while")) {
		parse_loop(parser, parent, NODE_WHILE);
	} else if (parser_is(parser, "switch")) {
		parse_loop(parser, parent, NODE_SWITCH);
	} else if (parser_is(parser, "do")) {
		parse_do(parser, parent);
	} else if (parser_is(parser, "case") ||
		   (parser_is(parser, "default") && code_is(syntax, parser->at + 1, ":"))) {
		parse_case(parser, parent);
	} else if (code_identifier(syntax, parser->at) && code_is(syntax, parser->at + 1, ":")) {
		struct node *node = parser_new_node(parser, NODE_LABEL, parent);

		node->name = parser->at;
		parser->at += 2;
		parser_end_node(parser, node);
	} else if (code_identifier(syntax, parser->at) && code_is(syntax, parser->at + 1, "(") &&
		   (macro_opens_statement(parser) || macro_stands_alone(parser))) {
		parse_macro(parser, parent, macro_opens_statement(parser));
	} else {
		parse_simple(parser, parent);
	}
}

static void parse_statement(struct parser *parser, struct node *parent)
{
	uint32_t before = parser->at;

	if (parser->depth >= DEPTH_MAX) {
		struct node *node = parser_new_node(parser, NODE_UNKNOWN, parent);

		parser_skip_statement(parser);
		parser_end_node(parser, node);
	} else {
		parser->depth++;
		parse_one(parser, parent);
		parser->depth--;
	}
	/* A brace that closes nothing, or brackets out of step: go on behind it. */
	if (parser->at == before) {
		struct node *node = parser_new_node(parser, NODE_UNKNOWN, parent);

		parser->at++;
		parser_end_node(parser, node);
	}
}
