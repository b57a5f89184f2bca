/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tokens of a file as it stands: nothing is expanded, nothing is left out.
 */
#ifndef MIGRATE_VMA_LEX_H
#define MIGRATE_VMA_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "source.h"

/**
 * enum token_kind - what a token is
 * @TOKEN_IDENTIFIER: a name or a keyword
 * @TOKEN_NUMBER: a number
 * @TOKEN_STRING: a string literal
 * @TOKEN_CHARACTER: a character constant
 * @TOKEN_PUNCTUATOR: an operator or bracket, as long as C has them
 * @TOKEN_COMMENT: a whole comment
 * @TOKEN_DIRECTIVE: a whole preprocessor line with its continuations, without its line ending
 * @TOKEN_END: after the last one
 */
enum token_kind {
	TOKEN_IDENTIFIER,
	TOKEN_NUMBER,
	TOKEN_STRING,
	TOKEN_CHARACTER,
	TOKEN_PUNCTUATOR,
	TOKEN_COMMENT,
	TOKEN_DIRECTIVE,
	TOKEN_END,
};

/**
 * struct token - where a token stands
 * @start: offset of its first byte
 * @end: offset after its last byte
 * @kind: what it is
 */
struct token {
	uint32_t start;
	uint32_t end;
	enum token_kind kind;
};

/**
 * struct tokens - the tokens of a text in their order
 * @list: the tokens; list[count] is a TOKEN_END at the end of the text
 * @count: how many, without the TOKEN_END
 * @capacity: room in @list
 */
struct tokens {
	struct token *list;
	size_t count;
	size_t capacity;
};

/**
 * lex() - cut a text into tokens
 * @text: the text; need not end with a NUL
 * @start: offset to begin at
 * @end: offset to stop at
 * @tokens: tokens are added after those it holds
 *
 * Never fails: bytes that begin no token of C are taken as punctuators of one byte, an unfinished
 * string ends with its line, an unfinished comment with the text.
 */
void lex(const char *text, size_t start, size_t end, struct tokens *tokens);

/** tokens_behind() - index of the first token that begins at a byte offset or behind it. */
size_t tokens_behind(const struct tokens *tokens, size_t offset);

/** tokens_release() - give the list back. */
void tokens_release(struct tokens *tokens);

/** name_character() - whether a byte can be part of a name. */
static inline bool name_character(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/**
 * token_is() - whether a token of @text reads @spelling
 *
 * Asked more often than anything else, mostly with a spelling of known length: hence inline.
 */
static inline bool token_is(const char *text, const struct token *token, const char *spelling)
{
	size_t length = strlen(spelling);

	return token->end - token->start == length && !memcmp(text + token->start, spelling, length);
}

#endif
