/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tokens of a file, and what they say about uses of the kernel's APIs.
 */
#ifndef MIGRATE_VMA_FORM_USES_H
#define MIGRATE_VMA_FORM_USES_H

#include <stdlib.h>

#include "edit/edit.h"
#include "one_source.h"
#include "source/conditional.h"
#include "source/lex.h"

/**
 * struct use_name - a name that the driver declares
 * @text: the name
 * @length: of it
 * @tag: the struct that it is, or points to; "" for a function that has a body here, and "folio_free"
 *	for one that is the value of that member
 * @tag_length: of it
 */
struct use_name {
	const char *text;
	size_t length;
	const char *tag;
	size_t tag_length;
};

/**
 * struct use_names - those of all files of a driver
 * @arena: where they live
 * @list: the names
 * @count: how many
 */
struct use_names {
	struct arena *arena;
	struct use_name *list;
	size_t count;
	size_t room;
};

/**
 * struct use_reader - one file
 * @driver: the driver
 * @file: the file
 * @names: what the driver declares
 * @all: its tokens
 * @tokens: those that count: no comments, and the text of macros in the place of #define
 * @edits: what is to change
 * @api: the API whose uses are looked for
 * @api_index: its index
 */
struct use_reader {
	struct one_source *driver;
	struct one_source_file *file;
	struct use_names *names;
	struct tokens all;
	struct tokens tokens;
	struct edits edits;
	const struct form_api *api;
	size_t api_index;
};

/** use_reader_open() - take a file apart, and note what it declares. */
void use_reader_open(struct use_reader *reader);

/** use_reader_close() - give back what is not in the arena. */
void use_reader_close(struct use_reader *reader);

/** use_is() - whether the token at an index reads @spelling. */
static inline bool use_is(const struct use_reader *reader, size_t at, const char *spelling)
{
	return at < reader->tokens.count &&
	       token_is(reader->file->now.text, &reader->tokens.list[at], spelling);
}

/** same_token() - whether two tokens read the same. */
bool same_token(const struct use_reader *reader, size_t a, size_t b);

/** token_text() - the spelling of a token, in the arena. */
const char *token_text(const struct use_reader *reader, size_t at);

/** bracket_end() - the bracket that closes the one at @open, or the number of tokens. */
size_t bracket_end(const struct use_reader *reader, size_t open);

/** postfix_begin() - the first token of the expression that ends at @last: a->b[i].c */
size_t postfix_begin(const struct use_reader *reader, size_t last);

/** begins_statement() - whether a statement begins at a token. */
bool begins_statement(const struct use_reader *reader, size_t at);

/** member_of() - whether the member at a token is one of a struct with this tag. */
bool member_of(const struct use_reader *reader, size_t at, const char *tag);

/** declared_here() - whether the driver has a function of its own with the name at a token. */
bool declared_here(const struct use_reader *reader, size_t at);

/** note_callback() - the name at a token is a function for folio_free. */
void note_callback(struct use_reader *reader, size_t at);

/** is_callback() - whether the name at a token is one. */
bool is_callback(const struct use_reader *reader, size_t at);

#endif
