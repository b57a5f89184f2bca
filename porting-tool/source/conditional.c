// SPDX-License-Identifier: GPL-2.0-only
#include "conditional.h"

#include <stdlib.h>
#include <string.h>

/* Names that make an arm one of the callback API. */
static const char *const old_names[] = {
	"migrate_vma_ops",
	"MIGRATE_PFN_ERROR",
	"MIGRATE_PFN_DEVICE",
	NULL,
};

static const char *const new_names[] = { "migrate_vma_setup", NULL };

/* A call of migrate_vma(); "struct migrate_vma" belongs to the three steps. */
static bool arm_calls(const char *text, const struct tokens *all, const struct conditional_arm *arm)
{
	for (size_t i = arm->first; i < arm->last; i++)
		if (token_is(text, &all->list[i], "migrate_vma") &&
		    token_is(text, &all->list[i + 1], "("))
			return true;
	return false;
}

enum directive {
	DIRECTIVE_OTHER,
	DIRECTIVE_IF,
	DIRECTIVE_IFDEF,
	DIRECTIVE_IFNDEF,
	DIRECTIVE_ELIF,
	DIRECTIVE_ELSE,
	DIRECTIVE_ENDIF,
};

static const struct {
	const char *name;
	enum directive directive;
} directive_names[] = {
	{ "if", DIRECTIVE_IF },		{ "ifdef", DIRECTIVE_IFDEF },
	{ "ifndef", DIRECTIVE_IFNDEF }, { "elif", DIRECTIVE_ELIF },
	{ "else", DIRECTIVE_ELSE },	{ "endif", DIRECTIVE_ENDIF },
	{ "elifdef", DIRECTIVE_ELIF },	{ "elifndef", DIRECTIVE_ELIF },
};

/* Sets *rest to the text behind the directive's name. */
static enum directive directive_kind(const char *text, const struct token *token, const char **rest)
{
	const char *at = text + token->start + 1;
	const char *end = text + token->end;
	size_t length = 0;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	while (at + length < end && at[length] >= 'a' && at[length] <= 'z')
		length++;
	*rest = at + length;
	for (size_t i = 0; i < sizeof(directive_names) / sizeof(*directive_names); i++)
		if (strlen(directive_names[i].name) == length &&
		    !memcmp(directive_names[i].name, at, length))
			return directive_names[i].directive;
	return DIRECTIVE_OTHER;
}

/* "0" and nothing else but white space and comments. */
static bool condition_is_zero(const char *text, const struct token *token)
{
	struct tokens tokens = { 0 };
	const char *rest;
	bool zero;

	if (directive_kind(text, token, &rest) != DIRECTIVE_IF)
		return false;
	lex(text, rest - text, token->end, &tokens);
	zero = tokens.count >= 1 && token_is(text, &tokens.list[0], "0") &&
	       (tokens.count == 1 || tokens.list[1].kind == TOKEN_COMMENT);
	tokens_release(&tokens);
	return zero;
}

static bool arm_names(const char *text, const struct tokens *all, const struct conditional_arm *arm,
		      const char *const *names)
{
	for (size_t i = arm->first; i < arm->last; i++) {
		if (all->list[i].kind != TOKEN_IDENTIFIER)
			continue;
		for (size_t n = 0; names[n]; n++)
			if (token_is(text, &all->list[i], names[n]))
				return true;
	}
	return false;
}

static void choose_arm(const struct source *source, const struct tokens *all,
		       struct conditional *group)
{
	struct conditional_arm *chosen = NULL;
	bool old = false, three_step = false;

	for (size_t i = 0; i < group->arm_count; i++) {
		struct conditional_arm *arm = &group->arms[i];

		arm->zero = condition_is_zero(source->text, &all->list[arm->directive]);
		arm->old = arm_names(source->text, all, arm, old_names) ||
			   arm_calls(source->text, all, arm);
		arm->three_step = !arm->old && arm_names(source->text, all, arm, new_names);
		old = old || (arm->old && !arm->zero);
		three_step = three_step || (arm->three_step && !arm->zero);
	}
	group->both = old && three_step;
	for (size_t i = 0; i < group->arm_count; i++) {
		struct conditional_arm *arm = &group->arms[i];

		if (arm->zero)
			continue;
		if (!chosen || (group->both ? arm->three_step && !chosen->three_step
					    : arm->old && !chosen->old))
			chosen = arm;
	}
	if (chosen)
		chosen->chosen = true;
}

/* How many braces are open in front of a token. */
static long depth_at(const char *text, const struct tokens *all, size_t at)
{
	long depth = 0;

	for (size_t i = 0; i < at; i++)
		depth += token_is(text, &all->list[i], "{") - token_is(text, &all->list[i], "}");
	return depth;
}

/* Whether an arm is one statement, without a block: "ret = migrate_vma(...);" */
static bool is_statement(const char *text, const struct tokens *all,
			 const struct conditional_arm *arm)
{
	bool ended = false;
	long depth = 0;

	for (size_t i = arm->first; i < arm->last; i++) {
		const struct token *token = &all->list[i];

		if (token->kind == TOKEN_COMMENT)
			continue;
		if (ended || token->kind == TOKEN_DIRECTIVE || token_is(text, token, "{") ||
		    token_is(text, token, "}") || token_is(text, token, "if") ||
		    token_is(text, token, "else") || token_is(text, token, "for") ||
		    token_is(text, token, "while") || token_is(text, token, "do"))
			return false;
		depth += token_is(text, token, "(") - token_is(text, token, ")");
		ended = !depth && token_is(text, token, ";");
	}
	return ended;
}

/* The token behind "migrate_vma(&" in an arm, or NULL. */
static const struct token *named_object(const char *text, const struct tokens *all,
					const struct conditional_arm *arm)
{
	for (size_t i = arm->first; i + 3 < arm->last; i++)
		if (token_is(text, &all->list[i], "migrate_vma") &&
		    token_is(text, &all->list[i + 1], "(") &&
		    token_is(text, &all->list[i + 2], "&"))
			return &all->list[i + 3];
	return NULL;
}

static bool same_object(const char *text, const struct token *one, const struct token *other)
{
	return one && other && one->end - one->start == other->end - other->start &&
	       !memcmp(text + one->start, text + other->start, one->end - one->start);
}

/*
 * Each arm is one statement of a function and calls migrate_vma() with the same ops object: all of
 * them can be read.
 */
static void choose_statements(const struct source *source, const struct tokens *all,
			      struct conditional *group)
{
	const struct token *object = named_object(source->text, all, &group->arms[0]);
	size_t before = group->arms[0].directive;

	if (group->both || group->arm_count < 2 || group->parent >= 0)
		return;
	for (size_t i = 0; i < group->arm_count; i++) {
		const struct conditional_arm *arm = &group->arms[i];

		if (arm->zero || !is_statement(source->text, all, arm) ||
		    !same_object(source->text, object, named_object(source->text, all, arm)))
			return;
	}
	while (before > 0 && all->list[before - 1].kind == TOKEN_COMMENT)
		before--;
	if (!before || depth_at(source->text, all, before) <= 0 ||
	    (!token_is(source->text, &all->list[before - 1], ";") &&
	     !token_is(source->text, &all->list[before - 1], "{") &&
	     !token_is(source->text, &all->list[before - 1], "}")))
		return;
	group->statements = true;
	for (size_t i = 0; i < group->arm_count; i++)
		group->arms[i].chosen = true;
}

/* An #ifndef X, #define X around all the code there is. */
static bool is_include_guard(const struct source *source, const struct tokens *all,
			     const struct conditional *group)
{
	const char *rest;
	size_t at = 0;

	while (at < all->count && all->list[at].kind == TOKEN_COMMENT)
		at++;
	if (at != group->arms[0].directive || group->arm_count != 1 ||
	    directive_kind(source->text, &all->list[at], &rest) != DIRECTIVE_IFNDEF)
		return false;
	for (at = group->endif + 1; at < all->count; at++)
		if (all->list[at].kind != TOKEN_COMMENT)
			return false;
	return group->endif < all->count;
}

static void close_arm(struct conditional *group, size_t at)
{
	if (group->arm_count)
		group->arms[group->arm_count - 1].last = at;
}

static void open_arm(struct arena *arena, struct conditional *group, size_t at)
{
	struct conditional_arm *arms = arena_alloc(arena, (group->arm_count + 1) * sizeof(*arms));

	if (group->arm_count)
		memcpy(arms, group->arms, group->arm_count * sizeof(*arms));
	group->arms = arms;
	arms[group->arm_count++] = (struct conditional_arm){ .directive = at, .first = at + 1 };
}

size_t conditionals_find(const struct source *source, const struct tokens *all, struct arena *arena,
			 struct conditional **result)
{
	struct conditional *groups = NULL;
	size_t count = 0, capacity = 0;
	long open = -1;

	for (size_t at = 0; at < all->count; at++) {
		const char *rest;
		enum directive kind;

		if (all->list[at].kind != TOKEN_DIRECTIVE)
			continue;
		kind = directive_kind(source->text, &all->list[at], &rest);
		switch (kind) {
		case DIRECTIVE_IF:
		case DIRECTIVE_IFDEF:
		case DIRECTIVE_IFNDEF:
			groups = grow(groups, count, &capacity, sizeof(*groups));
			groups[count] = (struct conditional){ .parent = open, .endif = all->count };
			open_arm(arena, &groups[count], at);
			open = count++;
			break;
		case DIRECTIVE_ELIF:
		case DIRECTIVE_ELSE:
			if (open < 0)
				break;
			close_arm(&groups[open], at);
			open_arm(arena, &groups[open], at);
			break;
		case DIRECTIVE_ENDIF:
			if (open < 0)
				break;
			close_arm(&groups[open], at);
			groups[open].endif = at;
			open = groups[open].parent;
			break;
		case DIRECTIVE_OTHER:
			break;
		}
	}
	for (; open >= 0; open = groups[open].parent)
		close_arm(&groups[open], all->count);
	*result = arena_alloc(arena, (count + 1) * sizeof(*groups));
	if (count)
		memcpy(*result, groups, count * sizeof(*groups));
	free(groups);
	for (size_t i = 0; i < count; i++) {
		choose_arm(source, all, &(*result)[i]);
		choose_statements(source, all, &(*result)[i]);
		(*result)[i].guard = is_include_guard(source, all, &(*result)[i]);
	}
	return count;
}
