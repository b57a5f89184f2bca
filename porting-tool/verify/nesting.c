// SPDX-License-Identifier: GPL-2.0-only
#include "nesting.h"

/* About half of what fills a stack of 8 MiB. */
#define OPERATORS_MAX	1000
#define STATEMENTS_MAX	3000

static bool is_one_of(const struct syntax *syntax, uint32_t token, const char *const *list)
{
	for (; *list; list++)
		if (code_is(syntax, token, *list))
			return true;
	return false;
}

/* An operator whose right side is read before it is done: "=", "?", or one in front of a value. */
static bool nests_operator(const struct syntax *syntax, uint32_t token)
{
	static const char *const assigns[] = { "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
					       "^=", "<<=", ">>=", "?", NULL };
	static const char *const others[] = { "(", ")", "[", "]", "{", "}", ";", ",", NULL };

	if (syntax->code.list[token].kind != TOKEN_PUNCTUATOR)
		return false;
	if (is_one_of(syntax, token, assigns))
		return true;
	return token && syntax->code.list[token - 1].kind == TOKEN_PUNCTUATOR &&
	       !code_is(syntax, token - 1, ")") && !code_is(syntax, token - 1, "]") &&
	       !is_one_of(syntax, token, others);
}

static bool nests_statement(const struct syntax *syntax, uint32_t token)
{
	static const char *const words[] = { "if", "else", "for", "while", "do", "switch", NULL };

	return syntax->code.list[token].kind == TOKEN_IDENTIFIER &&
	       is_one_of(syntax, token, words);
}

static bool unit_too_deep(const struct syntax *syntax, uint32_t *token)
{
	unsigned int operators = 0, statements = 0, parentheses = 0;

	for (uint32_t i = 0; i < syntax->code.count; i++) {
		bool ends = code_is(syntax, i, ";") || code_is(syntax, i, "}");

		operators += nests_operator(syntax, i);
		statements += nests_statement(syntax, i);
		*token = i;
		if (operators > OPERATORS_MAX || statements > STATEMENTS_MAX)
			return true;
		parentheses += code_is(syntax, i, "(");
		parentheses -= parentheses && code_is(syntax, i, ")");
		if (ends || code_is(syntax, i, ",") || code_is(syntax, i, "{"))
			operators = 0;
		if (ends && !parentheses && !code_is(syntax, i + 1, "else"))
			statements = 0;
	}
	return false;
}

bool too_deep(const struct program *program, struct place *place)
{
	for (size_t u = 0; u < program->unit_count; u++) {
		place->unit = &program->units[u];
		if (unit_too_deep(&place->unit->syntax, &place->token))
			return true;
	}
	return false;
}
