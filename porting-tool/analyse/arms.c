// SPDX-License-Identifier: GPL-2.0-only
#include "arms.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/conditional.h"
#include "source/lex.h"

/* A condition's value that the release does not decide. */
#define UNDECIDED LONG_MIN

/* Names of the preprocessor that say which release it is: @since to before @until. */
static const struct {
	const char *name;
	int since;
	int until;
	long value;
} known_names[] = {
	{ "CONFIG_MIGRATE_VMA_HELPER", 0, RELEASE(5, 4), 1 },
	{ "MIGRATE_PFN_ERROR", 0, RELEASE(5, 4), 1 },
	{ "MIGRATE_PFN_DEVICE", 0, RELEASE(5, 4), 1 },
	{ "MIGRATE_PFN_LOCKED", 0, RELEASE(5, 16), 1 },
	{ "MIGRATE_PFN_COMPOUND", RELEASE(6, 19), INT_MAX, 1 },
	{ "CONFIG_MIGRATION", 0, INT_MAX, 1 },
	{ "CONFIG_DEVICE_PRIVATE", 0, INT_MAX, 1 },
	{ "CONFIG_ZONE_DEVICE", 0, INT_MAX, 1 },
};

struct condition {
	const char *text;
	struct tokens tokens;
	size_t at;
	unsigned int depth;
	const struct release *target;
	const struct clang_setup *setup;
};

static long version_code(int major, int minor)
{
	return ((long)major << 16) + ((long)minor << 8);
}

static bool is(const struct condition *condition, const char *spelling)
{
	return condition->at < condition->tokens.count &&
	       token_is(condition->text, &condition->tokens.list[condition->at], spelling);
}

static bool take(struct condition *condition, const char *spelling)
{
	bool found = is(condition, spelling);

	condition->at += found;
	return found;
}

static bool same(const struct condition *condition, const struct token *token, const char *name,
		 size_t length)
{
	return token->end - token->start == length &&
	       !memcmp(condition->text + token->start, name, length);
}

/* What -D and -U say about a name; false when they say nothing. */
static bool argument_value(const struct condition *condition, const struct token *token,
			   long *value, bool *defined)
{
	const struct clang_setup *setup = condition->setup;
	bool found = false;

	for (size_t i = 0; setup && i < setup->count; i++) {
		const char *argument = setup->arguments[i];
		size_t length;

		if (argument[0] != '-' || (argument[1] != 'D' && argument[1] != 'U'))
			continue;
		length = strcspn(argument + 2, "=");
		if (!same(condition, token, argument + 2, length))
			continue;
		found = true;
		*defined = argument[1] == 'D';
		*value = argument[2 + length] ? strtol(argument + 3 + length, NULL, 0) : *defined;
	}
	return found;
}

/* The value of a name, or UNDECIDED; *defined says the same for defined(name). */
static long name_value(const struct condition *condition, const struct token *token, long *defined)
{
	long value = UNDECIDED;
	bool is_defined;

	*defined = UNDECIDED;
	if (argument_value(condition, token, &value, &is_defined)) {
		*defined = is_defined;
		return value;
	}
	if (token_is(condition->text, token, "LINUX_VERSION_CODE")) {
		*defined = 1;
		return version_code(condition->target->number / 1000,
				    condition->target->number % 1000);
	}
	for (size_t i = 0; i < sizeof(known_names) / sizeof(*known_names); i++) {
		int number = condition->target->number;

		if (!token_is(condition->text, token, known_names[i].name))
			continue;
		*defined = number >= known_names[i].since && number < known_names[i].until;
		return *defined ? known_names[i].value : 0;
	}
	return UNDECIDED;
}

static long read_or(struct condition *condition);

static long skip_call(struct condition *condition)
{
	size_t depth = 0;

	do {
		depth += is(condition, "(");
		depth -= is(condition, ")");
		condition->at++;
	} while (depth && condition->at < condition->tokens.count);
	return UNDECIDED;
}

static long read_number(struct condition *condition)
{
	const struct token *token = &condition->tokens.list[condition->at];

	if (condition->at >= condition->tokens.count || token->kind != TOKEN_NUMBER)
		return UNDECIDED;
	condition->at++;
	return strtol(condition->text + token->start, NULL, 0);
}

/* KERNEL_VERSION(5, 16, 0), behind its name. */
static long read_version(struct condition *condition)
{
	long parts[3];
	size_t start = condition->at;

	if (!take(condition, "("))
		return UNDECIDED;
	for (int i = 0; i < 3; i++) {
		parts[i] = read_number(condition);
		if (parts[i] == UNDECIDED || !take(condition, i < 2 ? "," : ")")) {
			condition->at = start;
			return skip_call(condition);
		}
	}
	return version_code((int)parts[0], (int)parts[1]) + parts[2];
}

static long read_defined(struct condition *condition)
{
	bool parenthesis = take(condition, "(");
	long defined = UNDECIDED;

	if (condition->at < condition->tokens.count)
		name_value(condition, &condition->tokens.list[condition->at++], &defined);
	if (parenthesis)
		take(condition, ")");
	return defined;
}

static long read_primary(struct condition *condition)
{
	const struct token *token = &condition->tokens.list[condition->at];
	long value, defined;

	if (condition->at >= condition->tokens.count || ++condition->depth > 100) {
		condition->at = condition->tokens.count;
		return UNDECIDED;
	}
	if (take(condition, "!")) {
		value = read_primary(condition);
		return value == UNDECIDED ? value : !value;
	}
	if (take(condition, "(")) {
		value = read_or(condition);
		take(condition, ")");
		return value;
	}
	if (token->kind == TOKEN_NUMBER)
		return read_number(condition);
	condition->at++;
	if (token_is(condition->text, token, "defined"))
		return read_defined(condition);
	if (token_is(condition->text, token, "KERNEL_VERSION"))
		return read_version(condition);
	if (token_is(condition->text, token, "IS_ENABLED") ||
	    token_is(condition->text, token, "IS_BUILTIN"))
		return read_defined(condition);
	if (is(condition, "("))
		return skip_call(condition);
	return name_value(condition, token, &defined);
}

static long read_comparison(struct condition *condition)
{
	static const char *const operators[] = { "==", "!=", "<=", ">=", "<", ">" };
	long left = read_primary(condition), right;

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		if (!take(condition, operators[i]))
			continue;
		right = read_primary(condition);
		if (left == UNDECIDED || right == UNDECIDED)
			return UNDECIDED;
		switch (i) {
		case 0:
			return left == right;
		case 1:
			return left != right;
		case 2:
			return left <= right;
		case 3:
			return left >= right;
		case 4:
			return left < right;
		default:
			return left > right;
		}
	}
	return left;
}

static long read_and(struct condition *condition)
{
	long left = read_comparison(condition);

	while (take(condition, "&&")) {
		long right = read_comparison(condition);

		if (left == 0 || right == 0)
			left = 0;
		else if (left == UNDECIDED || right == UNDECIDED)
			left = UNDECIDED;
		else
			left = 1;
	}
	return left;
}

static long read_or(struct condition *condition)
{
	long left = read_and(condition);

	while (take(condition, "||")) {
		long right = read_and(condition);

		if ((left != UNDECIDED && left) || (right != UNDECIDED && right))
			left = 1;
		else if (left == UNDECIDED || right == UNDECIDED)
			left = UNDECIDED;
		else
			left = 0;
	}
	return left;
}

static bool take_word(const char **at, const char *end, const char *word)
{
	size_t length = strlen(word);

	while (*at < end && (**at == '#' || **at == ' ' || **at == '\t'))
		(*at)++;
	if ((size_t)(end - *at) < length || memcmp(*at, word, length) ||
	    (*at + length < end && (*at)[length] >= 'a' && (*at)[length] <= 'z'))
		return false;
	*at += length;
	return true;
}

/* 0, 1 or UNDECIDED for the directive that opens an arm. */
static long directive_value(const struct source *source, const struct token *token,
			    const struct release *target, const struct clang_setup *setup)
{
	struct condition condition = { .text = source->text, .target = target, .setup = setup };
	const char *at = source->text + token->start, *end = source->text + token->end;
	bool negated = false, name_only = false;
	size_t kept = 0;
	long value;

	if (take_word(&at, end, "else"))
		return 1;
	if (take_word(&at, end, "ifndef") || take_word(&at, end, "elifndef"))
		negated = name_only = true;
	else if (take_word(&at, end, "ifdef") || take_word(&at, end, "elifdef"))
		name_only = true;
	else if (!take_word(&at, end, "if"))
		take_word(&at, end, "elif");
	lex(source->text, at - source->text, token->end, &condition.tokens);
	for (size_t i = 0; i < condition.tokens.count; i++)
		if (condition.tokens.list[i].kind != TOKEN_COMMENT)
			condition.tokens.list[kept++] = condition.tokens.list[i];
	condition.tokens.count = kept;
	value = name_only ? read_defined(&condition) : read_or(&condition);
	if (condition.at < condition.tokens.count)
		value = UNDECIDED;
	tokens_release(&condition.tokens);
	if (value == UNDECIDED)
		return value;
	return negated ? !value : !!value;
}

static void blank(char *text, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (text[i] != '\n' && text[i] != '\r')
			text[i] = ' ';
}

static void blank_arm(char *text, const struct tokens *all, const struct conditional_arm *arm)
{
	if (arm->last > arm->first)
		blank(text, all->list[arm->first].start, all->list[arm->last - 1].end);
}

static bool mentions_steps(const struct source *source, const struct tokens *all,
			   const struct conditional_arm *arm)
{
	for (size_t i = arm->first; i < arm->last; i++)
		if (token_is(source->text, &all->list[i], "migrate_vma_setup"))
			return true;
	return false;
}

/* An arm that is not to be read even where the #if is undecided. */
static void drop_arm(char *text, const struct tokens *all, const struct conditional *group,
		     size_t index)
{
	const struct token *token = &all->list[group->arms[index].directive];

	blank_arm(text, all, &group->arms[index]);
	if (index || token->end - token->start < 6)
		return;
	blank(text, token->start, token->end);
	memcpy(text + token->start, "#if 0", 5);
}

static void select_in(const struct source *source, char *text, const struct tokens *all,
		      const struct conditional *group, const struct release *target,
		      const struct clang_setup *setup)
{
	bool decided = true, steps = false;
	size_t chosen = group->arm_count;

	for (size_t i = 0; i < group->arm_count; i++) {
		long value = directive_value(source, &all->list[group->arms[i].directive], target,
					     setup);

		steps |= mentions_steps(source, all, &group->arms[i]);
		if (value == 0) {
			drop_arm(text, all, group, i);
			continue;
		}
		if (value == UNDECIDED)
			decided = false;
		else if (decided)
			chosen = i;
		if (value == 1)
			break;
	}
	if (!decided) {
		for (size_t i = 0; i < group->arm_count && steps; i++)
			if (group->arms[i].old && !mentions_steps(source, all, &group->arms[i]))
				drop_arm(text, all, group, i);
		return;
	}
	for (size_t i = 0; i < group->arm_count; i++) {
		const struct token *token = &all->list[group->arms[i].directive];

		blank(text, token->start, token->end);
		if (i != chosen)
			blank_arm(text, all, &group->arms[i]);
	}
	if (group->endif < all->count)
		blank(text, all->list[group->endif].start, all->list[group->endif].end);
}

struct source arms_select(const struct source *source, const struct release *target,
			  const struct clang_setup *setup, struct arena *arena)
{
	struct source view = *source;
	struct tokens all = { 0 };
	struct conditional *groups;
	size_t count;

	view.text = arena_copy(arena, source->text, source->size);
	lex(source->text, 0, source->size, &all);
	count = conditionals_find(source, &all, arena, &groups);
	for (size_t i = 0; i < count; i++)
		if (!groups[i].guard)
			select_in(source, view.text, &all, &groups[i], target, setup);
	tokens_release(&all);
	return view;
}
