// SPDX-License-Identifier: GPL-2.0-only
#include "conditional.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	enum directive directive;
} directive_names[] = {
	{ "if", DIRECTIVE_IF },		  { "ifdef", DIRECTIVE_IFDEF },
	{ "ifndef", DIRECTIVE_IFNDEF },	  { "elif", DIRECTIVE_ELIF },
	{ "else", DIRECTIVE_ELSE },	  { "endif", DIRECTIVE_ENDIF },
	{ "elifdef", DIRECTIVE_ELIFDEF }, { "elifndef", DIRECTIVE_ELIFNDEF },
	{ "define", DIRECTIVE_DEFINE },	  { "undef", DIRECTIVE_UNDEF },
	{ "include", DIRECTIVE_INCLUDE },
};

enum directive directive_kind(const char *text, const struct token *token, const char **rest)
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

bool include_read(const char *text, const struct token *token, struct include *include)
{
	const char *end = text + token->end, *name, *close;

	if (token->kind != TOKEN_DIRECTIVE ||
	    directive_kind(text, token, &name) != DIRECTIVE_INCLUDE)
		return false;
	name += strspn(name, " \t");
	if (name >= end || (*name != '"' && *name != '<'))
		return false;
	include->quoted = *name++ == '"';
	close = memchr(name, include->quoted ? '"' : '>', end - name);
	include->name = name;
	include->length = close ? close - name : 0;
	return include->length > 0;
}

bool include_next(const struct source *source, size_t *line, struct include *include)
{
	while (*line < source->line_count) {
		struct token token = { source->lines[*line],
				       (uint32_t)source_line_end(source, *line), TOKEN_DIRECTIVE };

		++*line;
		token.start += strspn(source->text + token.start, " \t");
		if (source->text[token.start] == '#' &&
		    include_read(source->text, &token, include))
			return true;
	}
	return false;
}

bool include_names(const struct include *include, const char *path)
{
	const char *name = basename(path);
	size_t length = strlen(name);

	return include->length >= length &&
	       !memcmp(include->name + include->length - length, name, length) &&
	       (include->length == length || include->name[include->length - length - 1] == '/');
}

bool define_read(const char *text, const struct token *token, struct token *name)
{
	const char *at;

	if (token->kind != TOKEN_DIRECTIVE || directive_kind(text, token, &at) != DIRECTIVE_DEFINE)
		return false;
	at += strspn(at, " \t");
	*name = (struct token){ at - text, at - text, TOKEN_IDENTIFIER };
	while (name->end < token->end && name_character(text[name->end]))
		name->end++;
	return name->end > name->start;
}

/* An #ifndef X, #define X around all the code there is. */
static bool is_include_guard(const struct source *source, const struct tokens *all,
			     const struct conditional *group)
{
	const char *rest;
	size_t at = group->arms[0].directive;

	if (group->parent >= 0 || group->arm_count != 1 || group->endif >= all->count ||
	    directive_kind(source->text, &all->list[at], &rest) != DIRECTIVE_IFNDEF)
		return false;
	while (at > 0 && all->list[at - 1].kind == TOKEN_COMMENT)
		at--;
	if (at > 0)
		return false;
	for (at = group->endif + 1; at < all->count; at++)
		if (all->list[at].kind != TOKEN_COMMENT)
			return false;
	return true;
}

/* An arm, and its group. */
struct opened_arm {
	struct conditional_arm arm;
	size_t group;
};

/* Where groups and their arms are put together. */
struct builder {
	struct conditional *groups;
	size_t count;
	size_t capacity;
	struct opened_arm *arms;
	size_t arm_count;
	size_t arm_capacity;
	long open;
};

static void open_arm(struct builder *builder, size_t at)
{
	builder->arms = grow(builder->arms, builder->arm_count, &builder->arm_capacity,
			     sizeof(*builder->arms));
	builder->arms[builder->arm_count++] = (struct opened_arm){
		.arm = { .directive = at, .first = at + 1 },
		.group = (size_t)builder->open,
	};
	builder->groups[builder->open].arm_count++;
}

static void open_group(struct builder *builder, size_t at, size_t end)
{
	builder->groups = grow(builder->groups, builder->count, &builder->capacity,
			       sizeof(*builder->groups));
	builder->groups[builder->count] =
		(struct conditional){ .parent = builder->open, .endif = end };
	builder->open = (long)builder->count++;
	open_arm(builder, at);
}

static void read_directive(struct builder *builder, const struct source *source,
			   const struct tokens *all, size_t at)
{
	const char *rest;

	switch (directive_kind(source->text, &all->list[at], &rest)) {
	case DIRECTIVE_IF:
	case DIRECTIVE_IFDEF:
	case DIRECTIVE_IFNDEF:
		open_group(builder, at, all->count);
		break;
	case DIRECTIVE_ELIF:
	case DIRECTIVE_ELIFDEF:
	case DIRECTIVE_ELIFNDEF:
	case DIRECTIVE_ELSE:
		if (builder->open >= 0)
			open_arm(builder, at);
		break;
	case DIRECTIVE_ENDIF:
		if (builder->open < 0)
			break;
		builder->groups[builder->open].endif = at;
		builder->open = builder->groups[builder->open].parent;
		break;
	default:
		break;
	}
}

/* Gives each group its arms; one ends where the next begins. */
static void hand_out_arms(const struct builder *builder, struct arena *arena,
			  struct conditional *groups)
{
	for (size_t i = 0; i < builder->count; i++) {
		groups[i] = builder->groups[i];
		groups[i].arms = arena_alloc(arena, groups[i].arm_count * sizeof(*groups[i].arms));
		groups[i].arm_count = 0;
	}
	for (size_t i = 0; i < builder->arm_count; i++) {
		struct conditional *group = &groups[builder->arms[i].group];
		struct conditional_arm *arm = &group->arms[group->arm_count++];

		*arm = builder->arms[i].arm;
		arm->last = group->endif;
		if (group->arm_count > 1)
			arm[-1].last = arm->directive;
	}
}

size_t conditionals_find(const struct source *source, const struct tokens *all, struct arena *arena,
			 struct conditional **result)
{
	struct builder builder = { .open = -1 };

	for (size_t at = 0; at < all->count; at++)
		if (all->list[at].kind == TOKEN_DIRECTIVE)
			read_directive(&builder, source, all, at);
	*result = arena_alloc(arena, (builder.count + 1) * sizeof(**result));
	hand_out_arms(&builder, arena, *result);
	for (size_t i = 0; i < builder.count; i++)
		(*result)[i].guard = is_include_guard(source, all, &(*result)[i]);
	free(builder.groups);
	free(builder.arms);
	return builder.count;
}
