/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parsers of statements and of file scope share: a place among the tokens, and nodes.
 */
#ifndef MIGRATE_VMA_PARSER_H
#define MIGRATE_VMA_PARSER_H

#include "syntax.h"

/**
 * struct parser - how far a file has been read
 * @syntax: the file
 * @at: the next token
 * @depth: how deep statements are nested
 */
struct parser {
	struct syntax *syntax;
	uint32_t at;
	unsigned int depth;
};

/** parser_is() - whether the next token reads @spelling. */
bool parser_is(const struct parser *parser, const char *spelling);

/** parser_partner() - the bracket that belongs to the one at @index, or @index. */
uint32_t parser_partner(const struct parser *parser, uint32_t index);

/** parser_at_end() - whether all tokens are read. */
bool parser_at_end(const struct parser *parser);

/**
 * parser_new_node() - begin a node at the next token
 * @parser: where
 * @kind: what it is
 * @parent: the node it is added to as the last child, or NULL
 *
 * While the tree grows the first child's previous is the last one.
 *
 * Return: the node.
 */
struct node *parser_new_node(struct parser *parser, enum node_kind kind, struct node *parent);

/** parser_end_node() - let a node end with the token before the next. */
void parser_end_node(struct parser *parser, struct node *node);

/** parser_skip() - go over one token, or over a bracket with all that is in it. */
void parser_skip(struct parser *parser);

/** parser_skip_statement() - go behind the next semicolon; stops before a brace that closes more. */
void parser_skip_statement(struct parser *parser);

/** is_type_word() - whether a token can only begin a declaration. */
bool is_type_word(const struct syntax *syntax, uint32_t index);

/** parse_compound() - read a block; the next token is its "{". */
void parse_compound(struct parser *parser, struct node *parent);

#endif
