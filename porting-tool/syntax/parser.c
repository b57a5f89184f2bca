// SPDX-License-Identifier: GPL-2.0-only
#include "parser.h"

bool parser_is(const struct parser *parser, const char *spelling)
{
	return code_is(parser->syntax, parser->at, spelling);
}

uint32_t parser_partner(const struct parser *parser, uint32_t index)
{
	return parser->syntax->match[index];
}

bool parser_at_end(const struct parser *parser)
{
	return parser->at >= parser->syntax->code.count;
}

struct node *parser_new_node(struct parser *parser, enum node_kind kind, struct node *parent)
{
	struct node *node = arena_alloc(parser->syntax->arena, sizeof(*node));
	struct node *last = parent ? parent->child : NULL;

	*node = (struct node){
		.kind = kind, .parent = parent, .first = parser->at, .last = parser->at
	};
	if (!parent)
		return node;
	if (!last) {
		parent->child = node;
		node->previous = node;
		return node;
	}
	/* The first child's previous is the last one while the tree grows: see finish_links(). */
	node->previous = last->previous;
	last->previous->next = node;
	last->previous = node;
	return node;
}

void parser_end_node(struct parser *parser, struct node *node)
{
	node->last = parser->at ? parser->at - 1 : 0;
	if (node->last < node->first)
		node->last = node->first;
}

void parser_skip(struct parser *parser)
{
	uint32_t other = parser_partner(parser, parser->at);

	parser->at = (other > parser->at ? other : parser->at) + 1;
}

void parser_skip_statement(struct parser *parser)
{
	while (!parser_at_end(parser) && !parser_is(parser, "}")) {
		bool semicolon = parser_is(parser, ";");

		parser_skip(parser);
		if (semicolon)
			return;
	}
}

static bool is_one_of(const struct syntax *syntax, uint32_t index, const char *const *list)
{
	for (; *list; list++)
		if (code_is(syntax, index, *list))
			return true;
	return false;
}

bool is_type_word(const struct syntax *syntax, uint32_t index)
{
	static const char *const words[] = {
		"struct",   "union",	"enum",	      "typedef", "static", "extern", "const",
		"volatile", "register", "auto",	      "inline",	 "int",	   "char",   "short",
		"long",	    "unsigned", "signed",     "float",	 "double", "void",   "_Bool",
		"bool",	    "typeof",	"__typeof__", NULL,
	};

	return is_one_of(syntax, index, words);
}
