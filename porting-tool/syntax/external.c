// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions and declarations at file scope, by their shape.
 */
#include <string.h>

#include "parser.h"
#include "statement.h"

static void finish_links(struct node *file)
{
	for (struct node *node = file; node; node = node_after(node, file))
		if (node->child)
			node->child->previous = NULL;
}

/*
 * The name of a function whose body begins at @brace: the last "name (" before it that is no
 * attribute, or the first when all look like one.  0 when there is none.
 */
static uint32_t function_name(const struct parser *parser, uint32_t first, uint32_t brace)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t best = 0, any = 0;

	for (uint32_t i = first; i < brace; i++) {
		if (code_identifier(syntax, i) && code_is(syntax, i + 1, "(")) {
			if (!any)
				any = i;
			if (strncmp(syntax->source->text + code_start(syntax, i), "__", 2))
				best = i;
		}
		if (parser_partner(parser, i) > i)
			i = parser_partner(parser, i);
	}
	return best ? best : any;
}

/* Names of old-style parameters only, as in f(a, b) int a; char *b; { } */
static bool old_style_parameters(const struct parser *parser, uint32_t open)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t close = parser_partner(parser, open);

	if (close <= open + 1 || !is_type_word(syntax, close + 1))
		return false;
	for (uint32_t i = open + 1; i < close; i++)
		if (!code_identifier(syntax, i) && !code_is(syntax, i, ","))
			return false;
	return true;
}

static bool file_macro_alone(const struct parser *parser)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t close;

	if (!code_identifier(syntax, parser->at) || !code_is(syntax, parser->at + 1, "("))
		return false;
	close = parser_partner(parser, parser->at + 1);
	return close > parser->at + 1 && close + 1 < syntax->code.count &&
	       is_type_word(syntax, close + 1) && !old_style_parameters(parser, parser->at + 1);
}

static void parse_function(struct parser *parser, struct node *node, uint32_t name)
{
	uint32_t brace = parser->at;

	node->kind = NODE_FUNCTION;
	node->name = name;
	node->head_open = name + 1;
	node->head_close = parser_partner(parser, name + 1);
	parser->at = brace;
	parse_compound(parser, node);
}

static void parse_external(struct parser *parser, struct node *file)
{
	struct node *node = parser_new_node(parser, NODE_DECLARATION, file);
	const struct syntax *syntax = parser->syntax;
	uint32_t first = parser->at;
	bool value = false, old_style = false, type_body = false;

	if (file_macro_alone(parser)) {
		node->kind = NODE_UNKNOWN;
		parser->at = parser_partner(parser, parser->at + 1) + 1;
		parser_end_node(parser, node);
		return;
	}
	while (!parser_at_end(parser)) {
		if (parser_is(parser, ";") && !old_style)
			break;
		if (parser_is(parser, "="))
			value = true;
		if (parser_is(parser, "(") && !value && parser->at > first)
			old_style = old_style || old_style_parameters(parser, parser->at);
		if (parser_is(parser, "{") && !value) {
			uint32_t name = function_name(parser, first, parser->at);

			/* "struct s {" has no parameters, nor has "struct __packed(1) s {". */
			type_body = code_is(syntax, parser->at - 1, "struct") ||
				    code_is(syntax, parser->at - 1, "union") ||
				    code_is(syntax, parser->at - 1, "enum") ||
				    code_is(syntax, parser->at - 2, "struct") ||
				    code_is(syntax, parser->at - 2, "union") ||
				    code_is(syntax, parser->at - 2, "enum");
			if (name && !type_body && parser_partner(parser, name + 1) > name + 1) {
				parse_function(parser, node, name);
				parser_end_node(parser, node);
				return;
			}
			if (!type_body && !code_is(syntax, first, "struct") &&
			    !code_is(syntax, first, "typedef") && !code_is(syntax, first, "enum") &&
			    !code_is(syntax, first, "union") && !code_is(syntax, first, "static")) {
				/* A block that nothing explains: look inside as at file scope. */
				node->kind = NODE_UNKNOWN;
				parser->at++;
				parser_end_node(parser, node);
				return;
			}
		}
		if (parser_is(parser, "}") && parser_partner(parser, parser->at) <= parser->at) {
			node->kind = NODE_UNKNOWN;
			break;
		}
		parser_skip(parser);
	}
	if (!parser_at_end(parser))
		parser->at++;
	parser_end_node(parser, node);
}

struct node *statement_parse_file(struct syntax *syntax)
{
	struct parser parser = { .syntax = syntax };
	struct node *file = parser_new_node(&parser, NODE_FILE, NULL);

	while (!parser_at_end(&parser))
		parse_external(&parser, file);
	parser_end_node(&parser, file);
	finish_links(file);
	return file;
}
