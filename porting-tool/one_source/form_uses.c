// SPDX-License-Identifier: GPL-2.0-only
#include "form_uses.h"

#include <string.h>

#define CALLBACK "folio_free"

static bool closes(const struct use_reader *reader, size_t at)
{
	return use_is(reader, at, ")") || use_is(reader, at, "]") || use_is(reader, at, "}");
}

static bool opens(const struct use_reader *reader, size_t at)
{
	return use_is(reader, at, "(") || use_is(reader, at, "[") || use_is(reader, at, "{");
}

static void add_name(struct use_reader *reader, size_t at, const char *tag, size_t tag_length)
{
	struct use_names *names = reader->names;
	const struct token *token = &reader->tokens.list[at];

	if (names->count == names->room) {
		struct use_name *list;

		names->room = names->room * 2 + 64;
		list = arena_alloc(names->arena, names->room * sizeof(*list));
		if (names->count)
			memcpy(list, names->list, names->count * sizeof(*list));
		names->list = list;
	}
	names->list[names->count++] = (struct use_name){
		.text = reader->file->now.text + token->start, .length = token->end - token->start,
		.tag = tag, .tag_length = tag_length,
	};
}

static bool has_name(const struct use_reader *reader, size_t at, const char *tag)
{
	const struct token *token = &reader->tokens.list[at];
	const char *text = reader->file->now.text + token->start;
	size_t length = token->end - token->start, tag_length = strlen(tag);

	for (size_t i = 0; i < reader->names->count; i++) {
		const struct use_name *name = &reader->names->list[i];

		if (name->length == length && !memcmp(name->text, text, length) &&
		    name->tag_length == tag_length && !memcmp(name->tag, tag, tag_length))
			return true;
	}
	return false;
}

/* struct TAG **name, and name(...) { */
static void note_names(struct use_reader *reader)
{
	for (size_t at = 0; at + 2 < reader->tokens.count; at++) {
		const struct token *tag = &reader->tokens.list[at + 1];
		size_t name = at + 2;

		if (use_is(reader, at, "struct") && tag->kind == TOKEN_IDENTIFIER) {
			while (use_is(reader, name, "*") || use_is(reader, name, "const"))
				name++;
			if (name < reader->tokens.count &&
			    reader->tokens.list[name].kind == TOKEN_IDENTIFIER)
				add_name(reader, name, reader->file->now.text + tag->start,
					 tag->end - tag->start);
		}
		if (reader->tokens.list[at].kind == TOKEN_IDENTIFIER && use_is(reader, at + 1, "(") &&
		    use_is(reader, bracket_end(reader, at + 1) + 1, "{") &&
		    at && reader->tokens.list[at - 1].kind == TOKEN_IDENTIFIER)
			add_name(reader, at, "", 0);
	}
}

void use_reader_open(struct use_reader *reader)
{
	const char *text = reader->file->now.text;

	lex(text, 0, reader->file->now.size, &reader->all);
	for (size_t i = 0; i < reader->all.count; i++) {
		const struct token *token = &reader->all.list[i];
		const char *rest;

		if (token->kind == TOKEN_DIRECTIVE &&
		    directive_kind(text, token, &rest) == DIRECTIVE_DEFINE) {
			lex(text, (size_t)(rest - text), token->end, &reader->tokens);
		} else if (token->kind != TOKEN_DIRECTIVE && token->kind != TOKEN_COMMENT) {
			lex(text, token->start, token->end, &reader->tokens);
		}
	}
	note_names(reader);
}

void use_reader_close(struct use_reader *reader)
{
	tokens_release(&reader->all);
	tokens_release(&reader->tokens);
	edits_release(&reader->edits);
}

bool same_token(const struct use_reader *reader, size_t a, size_t b)
{
	const struct token *one = &reader->tokens.list[a], *other = &reader->tokens.list[b];
	size_t length = one->end - one->start;

	return length == other->end - other->start &&
	       !memcmp(reader->file->now.text + one->start, reader->file->now.text + other->start,
		       length);
}

const char *token_text(const struct use_reader *reader, size_t at)
{
	const struct token *token = &reader->tokens.list[at];

	return arena_copy(reader->driver->arena, reader->file->now.text + token->start,
			  token->end - token->start);
}

size_t bracket_end(const struct use_reader *reader, size_t open)
{
	size_t depth = 0;

	for (size_t at = open; at < reader->tokens.count; at++) {
		depth += opens(reader, at);
		depth -= closes(reader, at);
		if (!depth)
			return at;
	}
	return reader->tokens.count;
}

static size_t bracket_begin(const struct use_reader *reader, size_t close)
{
	size_t depth = 0;

	for (size_t at = close;; at--) {
		depth += closes(reader, at);
		depth -= opens(reader, at);
		if (!depth || !at)
			return at;
	}
}

size_t postfix_begin(const struct use_reader *reader, size_t last)
{
	size_t at = last;

	for (;;) {
		while (at && closes(reader, at)) {
			at = bracket_begin(reader, at);
			if (at && (reader->tokens.list[at - 1].kind == TOKEN_IDENTIFIER ||
				   closes(reader, at - 1)))
				at--;
		}
		if (at < 2 || (!use_is(reader, at - 1, "->") && !use_is(reader, at - 1, ".")))
			return at;
		at -= 2;
	}
}

bool begins_statement(const struct use_reader *reader, size_t at)
{
	return at && (use_is(reader, at - 1, ";") || use_is(reader, at - 1, "{") ||
		      use_is(reader, at - 1, "}") || use_is(reader, at - 1, ")") ||
		      use_is(reader, at - 1, "else") || use_is(reader, at - 1, ":"));
}

/* The token before the "=" of the initialiser that a token is in, or 0. */
static size_t initialised(const struct use_reader *reader, size_t at)
{
	while (at--) {
		if (closes(reader, at))
			at = bracket_begin(reader, at);
		else if (use_is(reader, at, "{"))
			return at >= 2 && use_is(reader, at - 1, "=") ? at - 2 : 0;
		else if (use_is(reader, at, ";"))
			return 0;
	}
	return 0;
}

bool member_of(const struct use_reader *reader, size_t at, const char *tag)
{
	size_t object;

	if (at < 2)
		return false;
	if (use_is(reader, at - 1, ".") && (use_is(reader, at - 2, ",") || use_is(reader, at - 2, "{")))
		object = initialised(reader, at);
	else
		object = use_is(reader, at - 2, "]") ? bracket_begin(reader, at - 2) - 1 : at - 2;
	return object && has_name(reader, object, tag);
}

bool declared_here(const struct use_reader *reader, size_t at)
{
	return has_name(reader, at, "");
}

void note_callback(struct use_reader *reader, size_t at)
{
	add_name(reader, at, CALLBACK, sizeof(CALLBACK) - 1);
}

bool is_callback(const struct use_reader *reader, size_t at)
{
	return has_name(reader, at, CALLBACK);
}
