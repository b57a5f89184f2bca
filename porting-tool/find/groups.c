// SPDX-License-Identifier: GPL-2.0-only
#include "groups.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "source/conditional.h"
#include "changes/config_option/build_files.h"

/*
 * A name that ties files together, and the file it was seen in.  One that stands within brackets,
 * such as a variable that is called "ops" in many drivers, is known near its .c file only; in a
 * header it may be known to all who include that, in whatever way.
 */
struct key {
	const char *text;
	size_t length;
	size_t file;
	bool near;
};

struct keys {
	struct key *list;
	size_t count;
	size_t capacity;
};

static void add_key(struct keys *keys, const struct source *source, const struct token *token,
		    size_t file, bool near)
{
	if (token->kind != TOKEN_IDENTIFIER || token_is(source->text, token, "NULL"))
		return;
	keys->list = grow(keys->list, keys->count, &keys->capacity, sizeof(*keys->list));
	keys->list[keys->count++] =
		(struct key){ source->text + token->start, token->end - token->start, file, near };
}

/* The names behind "struct migrate_vma_ops": the object's, and those in its initialiser. */
static void add_object(struct keys *keys, const struct source *source, const struct tokens *tokens,
		       size_t at, size_t file, bool near)
{
	const struct token *list = tokens->list;

	while (at < tokens->count && (token_is(source->text, &list[at], "*") ||
				      token_is(source->text, &list[at], "const")))
		at++;
	add_key(keys, source, &list[at], file, near);
	for (; at < tokens->count && !token_is(source->text, &list[at], ";") &&
	       !token_is(source->text, &list[at], ")");
	     at++)
		if (token_is(source->text, &list[at], "=") && list[at + 1].kind == TOKEN_IDENTIFIER)
			add_key(keys, source, &list[at + 1], file, false);
}

/* The function whose parameters hold token @at: a wrapper that takes an ops object. */
static void add_wrapper(struct keys *keys, const struct source *source, const struct tokens *tokens,
			size_t at, size_t file)
{
	size_t depth = 0;

	while (at-- > 1) {
		if (token_is(source->text, &tokens->list[at], ")"))
			depth++;
		if (token_is(source->text, &tokens->list[at], "(") && !depth--) {
			add_key(keys, source, &tokens->list[at - 1], file, false);
			return;
		}
		if (token_is(source->text, &tokens->list[at], ";") ||
		    token_is(source->text, &tokens->list[at], "}") ||
		    token_is(source->text, &tokens->list[at], "{"))
			return;
	}
}

/* Whether a name is declared static in a file: then no other file means the same. */
static bool is_static(const struct source *source, const struct tokens *tokens,
		      const struct token *name)
{
	const char *text = source->text;
	size_t length = name->end - name->start;

	for (size_t i = 1; i < tokens->count; i++) {
		const struct token *token = &tokens->list[i];

		if (token->kind != TOKEN_IDENTIFIER || token->end - token->start != length ||
		    memcmp(text + token->start, text + name->start, length))
			continue;
		for (size_t back = i; back-- > 0 && (tokens->list[back].kind == TOKEN_IDENTIFIER ||
						     token_is(text, &tokens->list[back], "*"));)
			if (token_is(text, &tokens->list[back], "static"))
				return true;
	}
	return false;
}

/* Forgets the names a file has for itself. */
static void drop_static(struct keys *keys, size_t first, const struct source *source,
			const struct tokens *tokens)
{
	size_t kept = first;

	for (size_t i = first; i < keys->count; i++) {
		struct token name = { keys->list[i].text - source->text,
				      keys->list[i].text - source->text + keys->list[i].length,
				      TOKEN_IDENTIFIER };

		if (!is_static(source, tokens, &name))
			keys->list[kept++] = keys->list[i];
	}
	keys->count = kept;
}

static void collect(struct keys *keys, const struct source *source, size_t file)
{
	struct tokens tokens = { 0 };
	size_t before = keys->count;
	long depth = 0;

	lex(source->text, 0, source->size, &tokens);
	for (size_t i = 1; i + 2 < tokens.count; i++) {
		const struct token *token = &tokens.list[i];

		depth += token_is(source->text, token, "(") || token_is(source->text, token, "{");
		depth -= token_is(source->text, token, ")") || token_is(source->text, token, "}");
		if (token_is(source->text, token, "migrate_vma_ops")) {
			add_object(keys, source, &tokens, i + 1, file, depth > 0);
			add_wrapper(keys, source, &tokens, i, file);
		} else if (token_is(source->text, token, "migrate_vma") &&
			   token_is(source->text, &tokens.list[i - 1], "struct") &&
			   token_is(source->text, &tokens.list[i + 1], "{")) {
			/* A struct of the driver's own: all files that use it get its new name. */
			add_key(keys, source, token, file, true);
		} else if (token_is(source->text, token, "migrate_vma") &&
			   token_is(source->text, &tokens.list[i + 1], "(") &&
			   token_is(source->text, &tokens.list[i + 2], "&")) {
			add_key(keys, source, &tokens.list[i + 3], file, true);
		}
	}
	drop_static(keys, before, source, &tokens);
	tokens_release(&tokens);
}

static int compare_keys(const void *left, const void *right)
{
	const struct key *a = left, *b = right;
	size_t length = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->text, b->text, length);

	return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* The names that a file defines at file scope, for others to see: sorted. */
static struct keys defined_names(const struct source *source)
{
	struct tokens tokens = { 0 };
	struct keys names = { 0 };
	const struct token *name = NULL;
	bool private = false, initialiser = false;
	long depth = 0;

	lex(source->text, 0, source->size, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.list[i], *next = token + 1;
		bool opens = token_is(source->text, token, "{");

		if (token_is(source->text, token, "}") || token_is(source->text, token, ")"))
			depth--;
		if (!depth && (opens || token_is(source->text, token, "=")) && name) {
			if (!private)
				add_key(&names, source, name, 0, false);
			initialiser = !opens;
		}
		if (opens || token_is(source->text, token, "("))
			depth++;
		if (depth || token->kind == TOKEN_COMMENT)
			continue;
		if (token_is(source->text, token, ";") ||
		    (token_is(source->text, token, "}") && !initialiser)) {
			name = NULL;
			private = initialiser = false;
		}
		private = private || token_is(source->text, token, "static") ||
			  token_is(source->text, token, "typedef");
		/* "struct s {" defines nothing that a linker sees. */
		if (token->kind == TOKEN_IDENTIFIER && !initialiser &&
		    (token_is(source->text, next, "(") || token_is(source->text, next, "=") ||
		     token_is(source->text, next, "[")))
			name = token;
	}
	tokens_release(&tokens);
	if (names.count)
		qsort(names.list, names.count, sizeof(*names.list), compare_keys);
	return names;
}

static bool is_among(const struct keys *names, const struct key *name)
{
	return names->count && bsearch(name, names->list, names->count, sizeof(*names->list),
				       compare_keys);
}

/* Whether a file uses what another defines, and has no definition of its own. */
static bool uses_names(const struct source *source, const struct keys *own,
		       const struct keys *others)
{
	struct tokens tokens = { 0 };
	bool found = false;

	lex(source->text, 0, source->size, &tokens);
	for (size_t i = 0; i < tokens.count && !found; i++) {
		const struct token *token = &tokens.list[i];
		struct key name = { source->text + token->start, token->end - token->start, 0, 0 };

		found = token->kind == TOKEN_IDENTIFIER && is_among(others, &name) &&
			!is_among(own, &name);
	}
	tokens_release(&tokens);
	return found;
}

static bool mentions(const struct source *source, const char *name, size_t length)
{
	const char *at = source->text, *end = source->text + source->size;

	while ((at = memmem(at, end - at, name, length))) {
		if ((at == source->text || !name_character(at[-1])) && !name_character(at[length]))
			return true;
		at += length;
	}
	return false;
}

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash - path : 0;
}

static bool same_folder(const char *left, const char *right)
{
	size_t length = folder_length(left);

	return length == folder_length(right) && !strncmp(left, right, length);
}

static void join(size_t *group, size_t count, size_t left, size_t right)
{
	size_t from = group[left] > group[right] ? group[left] : group[right];
	size_t to = group[left] < group[right] ? group[left] : group[right];

	for (size_t i = 0; i < count; i++)
		if (group[i] == from)
			group[i] = to;
}

/* Whether a file has #include "header.h", from whatever folder. */
static bool includes(const struct source *file, const struct source *header)
{
	const char *name = basename(header->path);
	struct include include;

	/* Asked of pairs of files, most of which have nothing to do with each other. */
	if (!memmem(file->text, file->size, name, strlen(name)))
		return false;
	for (size_t line = 0; include_next(file, &line, &include);)
		if (include.quoted && include_names(&include, name))
			return true;
	return false;
}

/* A function that gets the page that faulted is changed together with those that call it. */
static bool calls_first_step(const struct source *left, const struct keys *left_names,
			     const struct source *right, const struct keys *right_names)
{
	static const char step[] = "migrate_vma_setup";

	return !source_is_header(right) && same_folder(left->path, right->path) &&
	       mentions(right, step, strlen(step)) && uses_names(left, left_names, right_names);
}

/*
 * Files that move device memory belong to those that set it up, and to the headers they share.  Two
 * that both set it up may be two drivers, or a driver and its copy.
 */
static bool belong_together(const struct source *left, const struct keys *left_names,
			    const struct source *right, const struct keys *right_names)
{
	static const char setup[] = "MEMORY_DEVICE_PRIVATE", call[] = "migrate_vma";
	bool moves = mentions(left, call, strlen(call));

	if (source_is_header(right) && !source_is_header(left))
		return (moves || mentions(left, setup, strlen(setup))) && includes(left, right);
	if (!moves || !mentions(right, setup, strlen(setup)) ||
	    !same_folder(left->path, right->path))
		return false;
	return !mentions(left, setup, strlen(setup)) ||
	       uses_names(left, left_names, right_names) ||
	       uses_names(right, right_names, left_names);
}

/* A name that both files define is two things. */
static bool is_tied(const struct source *file, const struct keys *names, const struct key *key,
		    const struct source *where, const struct keys *where_names)
{
	return mentions(file, key->text, key->length) &&
	       !(is_among(names, key) && is_among(where_names, key)) &&
	       (!key->near || source_is_header(where) || same_folder(file->path, where->path) ||
		includes(file, where));
}

void groups_find(const struct port_file *files, size_t count, size_t *group)
{
	struct keys keys = { 0 }, *names;

	for (size_t i = 0; i < count; i++)
		group[i] = i;
	if (count < 2)
		return;
	names = xmalloc(count * sizeof(*names));
	memset(names, 0, count * sizeof(*names));
	for (size_t i = 0; i < count; i++)
		if (!is_build_file(files[i].source->path)) {
			collect(&keys, files[i].source, i);
			names[i] = defined_names(files[i].source);
		}
	for (size_t k = 0; k < keys.count; k++)
		for (size_t i = 0; i < count; i++)
			if (group[i] != group[keys.list[k].file] &&
			    !is_build_file(files[i].source->path) &&
			    is_tied(files[i].source, &names[i], &keys.list[k],
				    files[keys.list[k].file].source, &names[keys.list[k].file]))
				join(group, count, i, keys.list[k].file);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			if (group[i] != group[j] && !is_build_file(files[i].source->path) &&
			    !is_build_file(files[j].source->path) &&
			    (belong_together(files[i].source, &names[i], files[j].source,
					     &names[j]) ||
			     calls_first_step(files[i].source, &names[i], files[j].source,
					      &names[j])))
				join(group, count, i, j);
	for (size_t i = 0; i < count; i++)
		free(names[i].list);
	free(names);
	free(keys.list);
}
