// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's own prefix: the word that most of its functions begin with.
 */
#include "one_source.h"

#include <ctype.h>
#include <string.h>

#include "syntax/syntax.h"

/* A word, and how many functions begin with it. */
struct vote {
	const char *word;
	size_t length;
	size_t count;
};

#define VOTES_MAX 256

/* A name counts for its first word, or for its first two where it begins with @first. */
static void vote(struct vote *votes, const char *name, size_t length, const struct vote *first)
{
	size_t known = first ? first->length + 1 : 0;
	const char *end = known < length ? memchr(name + known, '_', length - known) : NULL;
	size_t word = end ? (size_t)(end - name) : 0;
	struct vote *at = votes;

	if (word < 2 || (first && (memcmp(name, first->word, first->length) ||
				   name[first->length] != '_')))
		return;
	while (at->word && (at->length != word || memcmp(at->word, name, word)))
		at++;
	if (at == votes + VOTES_MAX - 1)
		return;
	at->word = name;
	at->length = word;
	at->count++;
}

/* The letters of a name that may stand in C. */
static const char *as_identifier(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char *text = arena_copy(arena, name, strcspn(name, "."));

	for (char *at = text; *at; at++)
		*at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
	return isdigit((unsigned char)*text) || !*text ? arena_printf(arena, "drv_%s", text) : text;
}

/* The word that most functions vote for. */
static bool count_votes(struct one_source *driver, const struct vote *first, struct vote *result)
{
	struct vote votes[VOTES_MAX] = { 0 };

	for (size_t i = 0; i < driver->count; i++) {
		struct syntax syntax;

		if (source_is_header(&driver->files[i].now))
			continue;
		syntax_parse(&syntax, &driver->files[i].now, driver->arena);
		for (const struct node *node = syntax.file->child; node; node = node->next)
			if (node->kind == NODE_FUNCTION)
				vote(votes, syntax.source->text + code_start(&syntax, node->name),
				     code_end(&syntax, node->name) - code_start(&syntax, node->name),
				     first);
		syntax_release(&syntax);
	}
	*result = votes[0];
	for (const struct vote *at = votes; at->word; at++)
		if (at->count > result->count)
			*result = *at;
	return result->word;
}

/* Whether the driver has a name of its own that a helper's would be. */
static bool is_taken(const struct one_source *driver, const char *prefix)
{
	for (size_t i = 0; i < driver->count; i++) {
		const char *text = driver->files[i].now.text;
		const struct form_api *api;

		for (size_t at = 0; (api = form_api_at(at)); at++) {
			for (size_t use = 0; use < api->use_count; use++) {
				const struct form_use *one = &api->uses[use];
				const char *name = arena_printf(driver->arena, "%s_%s", prefix,
								one->helper ? one->helper : one->name);

				if (strcasestr(text, name))
					return true;
			}
		}
		if (strcasestr(text, arena_printf(driver->arena, "%s_folio", prefix)) ||
		    strcasestr(text, arena_printf(driver->arena, "%s_have_", prefix)))
			return true;
	}
	return false;
}

static const char *most_wanted(struct one_source *driver)
{
	struct vote most, longer;
	char *word;

	if (!count_votes(driver, NULL, &most) || most.count < 2)
		return as_identifier(driver->arena, driver->files[0].now.path);
	if (count_votes(driver, &most, &longer) && 4 * longer.count >= 3 * most.count)
		most = longer;
	word = arena_copy(driver->arena, most.word, most.length);
	for (char *at = word; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return word;
}

const char *one_source_prefix(struct one_source *driver)
{
	const char *prefix = most_wanted(driver);

	while (is_taken(driver, prefix))
		prefix = arena_printf(driver->arena, "%s_kernel", prefix);
	return prefix;
}
