// SPDX-License-Identifier: GPL-2.0-only
#include "lex.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* A position in the text being cut. */
struct cursor {
	const char *text;
	size_t at;
	size_t end;
	bool line_start;
};

static bool is_name_start(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
	       c >= 0x80;
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static char peek(const struct cursor *cursor, size_t ahead)
{
	return cursor->at + ahead < cursor->end ? cursor->text[cursor->at + ahead] : '\0';
}

/* Length of a backslash with the line ending behind it, or 0. */
static size_t continuation(const struct cursor *cursor, size_t ahead)
{
	if (peek(cursor, ahead) != '\\')
		return 0;
	if (peek(cursor, ahead + 1) == '\n')
		return 2;
	if (peek(cursor, ahead + 1) == '\r' && peek(cursor, ahead + 2) == '\n')
		return 3;
	return 0;
}

static void skip_block_comment(struct cursor *cursor)
{
	cursor->at += 2;
	while (cursor->at < cursor->end && !(peek(cursor, 0) == '*' && peek(cursor, 1) == '/'))
		cursor->at++;
	cursor->at = cursor->at + 2 <= cursor->end ? cursor->at + 2 : cursor->end;
}

/* To the end of the line, without its line ending; continued lines belong to it. */
static void skip_line(struct cursor *cursor)
{
	while (cursor->at < cursor->end) {
		size_t length = continuation(cursor, 0);

		if (length) {
			cursor->at += length;
			continue;
		}
		if (peek(cursor, 0) == '\n' || (peek(cursor, 0) == '\r' && peek(cursor, 1) == '\n'))
			return;
		cursor->at++;
	}
}

static void skip_quoted(struct cursor *cursor, char quote)
{
	cursor->at++;
	while (cursor->at < cursor->end) {
		size_t length = continuation(cursor, 0);
		char c = peek(cursor, 0);

		if (length) {
			cursor->at += length;
		} else if (c == '\n') {
			return;
		} else if (c == '\\' && cursor->at + 1 < cursor->end) {
			cursor->at += 2;
		} else {
			cursor->at++;
			if (c == quote)
				return;
		}
	}
}

/* A directive ends with its line, but a comment in it may hold further lines. */
static void skip_directive(struct cursor *cursor)
{
	while (cursor->at < cursor->end) {
		size_t length = continuation(cursor, 0);
		char c = peek(cursor, 0);

		if (length) {
			cursor->at += length;
		} else if (c == '\n' || (c == '\r' && peek(cursor, 1) == '\n')) {
			return;
		} else if (c == '/' && peek(cursor, 1) == '*') {
			skip_block_comment(cursor);
		} else if (c == '/' && peek(cursor, 1) == '/') {
			skip_line(cursor);
			return;
		} else if (c == '"' || c == '\'') {
			skip_quoted(cursor, c);
		} else {
			cursor->at++;
		}
	}
}

static void skip_number(struct cursor *cursor)
{
	while (cursor->at < cursor->end) {
		unsigned char c = peek(cursor, 0);
		char before = cursor->text[cursor->at - 1];

		if ((c == '+' || c == '-') && !strchr("eEpP", before))
			return;
		if (c != '+' && c != '-' && c != '.' && !is_digit(c) && !is_name_start(c))
			return;
		cursor->at++;
	}
}

static const char *const long_punctuators[] = {
	"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=",
	"&&",  "||",  "*=",  "/=", "%=", "+=", "-=", "&=", "^=", "|=", "##",
};

static void skip_punctuator(struct cursor *cursor)
{
	for (size_t i = 0; i < sizeof(long_punctuators) / sizeof(*long_punctuators); i++) {
		size_t length;

		if (cursor->text[cursor->at] != long_punctuators[i][0])
			continue;
		length = strlen(long_punctuators[i]);
		if (cursor->at + length <= cursor->end &&
		    !memcmp(cursor->text + cursor->at, long_punctuators[i], length)) {
			cursor->at += length;
			return;
		}
	}
	cursor->at++;
}

/* A name may go on behind a backslash at the end of a line; the token holds both then. */
static void skip_name(struct cursor *cursor)
{
	while (cursor->at < cursor->end) {
		size_t length = continuation(cursor, 0);
		unsigned char c = peek(cursor, length);

		if (!is_name_start(c) && !is_digit(c))
			return;
		cursor->at += length + 1;
	}
}

static enum token_kind skip_token(struct cursor *cursor)
{
	unsigned char c = peek(cursor, 0);

	if (c == '#' && cursor->line_start) {
		skip_directive(cursor);
		return TOKEN_DIRECTIVE;
	}
	if (c == '/' && peek(cursor, 1) == '*') {
		skip_block_comment(cursor);
		return TOKEN_COMMENT;
	}
	if (c == '/' && peek(cursor, 1) == '/') {
		skip_line(cursor);
		return TOKEN_COMMENT;
	}
	if (is_name_start(c)) {
		skip_name(cursor);
		if (peek(cursor, 0) != '"' || cursor->text[cursor->at - 1] != 'L')
			return TOKEN_IDENTIFIER;
		c = '"';
	}
	if (is_digit(c) || (c == '.' && is_digit(peek(cursor, 1)))) {
		cursor->at++;
		skip_number(cursor);
		return TOKEN_NUMBER;
	}
	if (c == '"' || c == '\'') {
		skip_quoted(cursor, c);
		return c == '"' ? TOKEN_STRING : TOKEN_CHARACTER;
	}
	skip_punctuator(cursor);
	return TOKEN_PUNCTUATOR;
}

static void add_token(struct tokens *tokens, size_t start, size_t end, enum token_kind kind)
{
	tokens->list = grow(tokens->list, tokens->count, &tokens->capacity, sizeof(*tokens->list));
	tokens->list[tokens->count] = (struct token){ start, end, kind };
}

void lex(const char *text, size_t start, size_t end, struct tokens *tokens)
{
	struct cursor cursor = { text, start, end, true };

	while (cursor.at < end) {
		size_t first = cursor.at;
		size_t length = continuation(&cursor, 0);
		enum token_kind kind;

		if (length) {
			cursor.at += length;
			continue;
		}
		if (strchr(" \t\r\n\f\v", text[first])) {
			if (text[first] == '\n')
				cursor.line_start = true;
			cursor.at++;
			continue;
		}
		kind = skip_token(&cursor);
		if (kind != TOKEN_COMMENT)
			cursor.line_start = false;
		add_token(tokens, first, cursor.at, kind);
		tokens->count++;
	}
	add_token(tokens, end, end, TOKEN_END);
}

size_t tokens_behind(const struct tokens *tokens, size_t offset)
{
	size_t low = 0, high = tokens->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tokens->list[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void tokens_release(struct tokens *tokens)
{
	free(tokens->list);
	*tokens = (struct tokens){ 0 };
}
