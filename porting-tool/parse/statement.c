// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions and statements, by their shape.
 */
#include "statement.h"

#include <string.h>

/* Deeper than any person nests; guards the stack against made-up input. */
#define DEPTH_MAX 400

struct parser {
	struct syntax *syntax;
	uint32_t at;
	unsigned int depth;
};

static bool is(const struct parser *parser, const char *spelling)
{
	return code_is(parser->syntax, parser->at, spelling);
}

/* The bracket that belongs to the one at @index, or @index. */
static uint32_t partner(const struct parser *parser, uint32_t index)
{
	return parser->syntax->match[index];
}

static bool at_end(const struct parser *parser)
{
	return parser->at >= parser->syntax->code.count;
}

static struct node *new_node(struct parser *parser, enum node_kind kind, struct node *parent)
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

static void finish_links(struct node *file)
{
	for (struct node *node = file; node; node = node_after(node, file))
		if (node->child)
			node->child->previous = NULL;
}

static void end_node(struct parser *parser, struct node *node)
{
	node->last = parser->at ? parser->at - 1 : 0;
	if (node->last < node->first)
		node->last = node->first;
}

/* Skips one token, or a bracket with all that is in it. */
static void skip(struct parser *parser)
{
	uint32_t other = partner(parser, parser->at);

	parser->at = (other > parser->at ? other : parser->at) + 1;
}

/* Behind the semicolon that ends what begins here; stops before a brace that closes more. */
static void skip_to_semicolon(struct parser *parser)
{
	while (!at_end(parser) && !is(parser, "}")) {
		bool semicolon = is(parser, ";");

		skip(parser);
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

static bool type_word(const struct syntax *syntax, uint32_t index)
{
	static const char *const words[] = {
		"struct",   "union",	"enum",	      "typedef", "static", "extern", "const",
		"volatile", "register", "auto",	      "inline",	 "int",	   "char",   "short",
		"long",	    "unsigned", "signed",     "float",	 "double", "void",   "_Bool",
		"bool",	    "typeof",	"__typeof__", NULL,
	};

	return is_one_of(syntax, index, words);
}

bool declaration_starts(const struct syntax *syntax, uint32_t index)
{
	uint32_t at = index + 1;
	bool star = false;

	if (type_word(syntax, index))
		return true;
	if (!code_identifier(syntax, index))
		return false;
	for (; code_is(syntax, at, "*"); at++)
		star = true;
	if (!code_identifier(syntax, at))
		return type_word(syntax, at) && !star;
	/* "a * b" on its own line is a declaration; so is "a b". */
	return code_is(syntax, at + 1, ";") || code_is(syntax, at + 1, "=") ||
	       code_is(syntax, at + 1, ",") || code_is(syntax, at + 1, "[") ||
	       (!star && code_identifier(syntax, at + 1)) ||
	       (!star && code_is(syntax, at + 1, "*"));
}

static void parse_statement(struct parser *parser, struct node *parent);

static void parse_compound(struct parser *parser, struct node *parent)
{
	struct node *node = new_node(parser, NODE_COMPOUND, parent);
	uint32_t close = partner(parser, parser->at);

	if (close == parser->at)
		close = parser->syntax->code.count;
	if (parser->depth >= DEPTH_MAX) {
		node->kind = NODE_UNKNOWN;
		parser->at = close;
	} else {
		parser->at++;
		while (!at_end(parser) && parser->at < close)
			parse_statement(parser, node);
	}
	if (!at_end(parser))
		parser->at = close + 1;
	end_node(parser, node);
}

/* Takes "( ... )" into the head of @node; false when there is none. */
static bool parse_head(struct parser *parser, struct node *node)
{
	if (!is(parser, "(") || partner(parser, parser->at) == parser->at)
		return false;
	node->head_open = parser->at;
	node->head_close = partner(parser, parser->at);
	parser->at = node->head_close + 1;
	return true;
}

static void parse_body(struct parser *parser, struct node *node)
{
	if (!at_end(parser) && !is(parser, "}"))
		parse_statement(parser, node);
}

static void parse_if(struct parser *parser, struct node *parent)
{
	struct node *node = new_node(parser, NODE_IF, parent);

	parser->at++;
	if (!parse_head(parser, node)) {
		node->kind = NODE_UNKNOWN;
		skip_to_semicolon(parser);
	} else {
		parse_body(parser, node);
		if (is(parser, "else")) {
			parser->at++;
			parse_body(parser, node);
		}
	}
	end_node(parser, node);
}

static void parse_do(struct parser *parser, struct node *parent)
{
	struct node *node = new_node(parser, NODE_DO, parent);

	parser->at++;
	parse_body(parser, node);
	if (is(parser, "while")) {
		parser->at++;
		parse_head(parser, node);
	}
	if (is(parser, ";"))
		parser->at++;
	end_node(parser, node);
}

static void parse_loop(struct parser *parser, struct node *parent, enum node_kind kind)
{
	struct node *node = new_node(parser, kind, parent);

	parser->at++;
	if (parse_head(parser, node)) {
		parse_body(parser, node);
	} else {
		node->kind = NODE_UNKNOWN;
		skip_to_semicolon(parser);
	}
	end_node(parser, node);
}

static void parse_case(struct parser *parser, struct node *parent)
{
	struct node *node = new_node(parser, NODE_CASE, parent);
	unsigned int questions = 0;

	while (!at_end(parser) && !is(parser, "}") && !is(parser, ";")) {
		bool colon = is(parser, ":");

		questions += is(parser, "?");
		skip(parser);
		if (colon && !questions--)
			break;
	}
	end_node(parser, node);
}

/* What is behind a macro call tells whether it opens a statement: list_for_each_entry() { }. */
static bool macro_opens_statement(const struct parser *parser)
{
	static const char *const marks[] = { "for_each", "foreach", "FOREACH",
					     "FOR_EACH", "scoped_", NULL };
	const struct syntax *syntax = parser->syntax;
	uint32_t close = partner(parser, parser->at + 1);
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
	uint32_t close = partner(parser, parser->at + 1);
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
		    partner(parser, i + 1) + 1 != partner(parser, i))
			continue;
		parser->at = i + 1;
		parse_compound(parser, node);
		i = partner(parser, i);
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
		if (is(parser, words[i].word))
			kind = words[i].kind;
	if (kind == NODE_EXPRESSION && declaration_starts(parser->syntax, parser->at))
		kind = NODE_DECLARATION;
	node = new_node(parser, kind, parent);
	if (kind == NODE_GOTO)
		node->name = parser->at + 1;
	skip_to_semicolon(parser);
	parse_inner_blocks(parser, node);
	end_node(parser, node);
}

static void parse_macro(struct parser *parser, struct node *parent, bool opens)
{
	struct node *node = new_node(parser, opens ? NODE_MACRO : NODE_EXPRESSION, parent);

	parser->at++;
	node->head_open = parser->at;
	node->head_close = partner(parser, parser->at);
	parser->at = node->head_close + 1;
	if (opens)
		parse_body(parser, node);
	end_node(parser, node);
}

static void parse_one(struct parser *parser, struct node *parent)
{
	const struct syntax *syntax = parser->syntax;

	if (is(parser, "{")) {
		parse_compound(parser, parent);
	} else if (is(parser, "if")) {
		parse_if(parser, parent);
	} else if (is(parser, "for")) {
		parse_loop(parser, parent, NODE_FOR);
	} else if (is(parser, "while")) {
		parse_loop(parser, parent, NODE_WHILE);
	} else if (is(parser, "switch")) {
		parse_loop(parser, parent, NODE_SWITCH);
	} else if (is(parser, "do")) {
		parse_do(parser, parent);
	} else if (is(parser, "case") ||
		   (is(parser, "default") && code_is(syntax, parser->at + 1, ":"))) {
		parse_case(parser, parent);
	} else if (code_identifier(syntax, parser->at) && code_is(syntax, parser->at + 1, ":")) {
		struct node *node = new_node(parser, NODE_LABEL, parent);

		node->name = parser->at;
		parser->at += 2;
		end_node(parser, node);
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
		struct node *node = new_node(parser, NODE_UNKNOWN, parent);

		skip_to_semicolon(parser);
		end_node(parser, node);
	} else {
		parser->depth++;
		parse_one(parser, parent);
		parser->depth--;
	}
	/* A brace that closes nothing, or brackets out of step: go on behind it. */
	if (parser->at == before) {
		struct node *node = new_node(parser, NODE_UNKNOWN, parent);

		parser->at++;
		end_node(parser, node);
	}
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
		if (partner(parser, i) > i)
			i = partner(parser, i);
	}
	return best ? best : any;
}

/* Names of old-style parameters only, as in f(a, b) int a; char *b; { } */
static bool old_style_parameters(const struct parser *parser, uint32_t open)
{
	const struct syntax *syntax = parser->syntax;
	uint32_t close = partner(parser, open);

	if (close <= open + 1 || !type_word(syntax, close + 1))
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
	close = partner(parser, parser->at + 1);
	return close > parser->at + 1 && close + 1 < syntax->code.count &&
	       type_word(syntax, close + 1) && !old_style_parameters(parser, parser->at + 1);
}

static void parse_function(struct parser *parser, struct node *node, uint32_t name)
{
	uint32_t brace = parser->at;

	node->kind = NODE_FUNCTION;
	node->name = name;
	node->head_open = name + 1;
	node->head_close = partner(parser, name + 1);
	parser->at = brace;
	parse_compound(parser, node);
}

static void parse_external(struct parser *parser, struct node *file)
{
	struct node *node = new_node(parser, NODE_DECLARATION, file);
	const struct syntax *syntax = parser->syntax;
	uint32_t first = parser->at;
	bool value = false, old_style = false, type_body = false;

	if (file_macro_alone(parser)) {
		node->kind = NODE_UNKNOWN;
		parser->at = partner(parser, parser->at + 1) + 1;
		end_node(parser, node);
		return;
	}
	while (!at_end(parser)) {
		if (is(parser, ";") && !old_style)
			break;
		if (is(parser, "="))
			value = true;
		if (is(parser, "(") && !value && parser->at > first)
			old_style = old_style || old_style_parameters(parser, parser->at);
		if (is(parser, "{") && !value) {
			uint32_t name = function_name(parser, first, parser->at);

			/* "struct s {" has no parameters, nor has "struct __packed(1) s {". */
			type_body = code_is(syntax, parser->at - 1, "struct") ||
				    code_is(syntax, parser->at - 1, "union") ||
				    code_is(syntax, parser->at - 1, "enum") ||
				    code_is(syntax, parser->at - 2, "struct") ||
				    code_is(syntax, parser->at - 2, "union") ||
				    code_is(syntax, parser->at - 2, "enum");
			if (name && !type_body && partner(parser, name + 1) > name + 1) {
				parse_function(parser, node, name);
				end_node(parser, node);
				return;
			}
			if (!type_body && !code_is(syntax, first, "struct") &&
			    !code_is(syntax, first, "typedef") && !code_is(syntax, first, "enum") &&
			    !code_is(syntax, first, "union") && !code_is(syntax, first, "static")) {
				/* A block that nothing explains: look inside as at file scope. */
				node->kind = NODE_UNKNOWN;
				parser->at++;
				end_node(parser, node);
				return;
			}
		}
		if (is(parser, "}") && partner(parser, parser->at) <= parser->at) {
			node->kind = NODE_UNKNOWN;
			break;
		}
		skip(parser);
	}
	if (!at_end(parser))
		parser->at++;
	end_node(parser, node);
}

struct node *statement_parse_file(struct syntax *syntax)
{
	struct parser parser = { .syntax = syntax };
	struct node *file = new_node(&parser, NODE_FILE, NULL);

	while (!at_end(&parser))
		parse_external(&parser, file);
	end_node(&parser, file);
	finish_links(file);
	return file;
}
