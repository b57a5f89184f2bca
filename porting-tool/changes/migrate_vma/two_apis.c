// SPDX-License-Identifier: GPL-2.0-only
#include "two_apis.h"

#include "changes/config_option/config_option.h"
#include "kernel/dated_names.h"

static void look_at_arm(const struct syntax *syntax, struct conditional_arm *arm)
{
	const char *text = syntax->source->text;

	arm->old = arm->three_step = arm->chosen = arm->goes = false;
	for (size_t i = arm->first; i < arm->last; i++) {
		const struct token *token = &syntax->all.list[i];

		if (token->kind != TOKEN_IDENTIFIER)
			continue;
		arm->old = arm->old || old_name_at(text, token);
		arm->three_step = arm->three_step || token_is(text, token, "migrate_vma_setup");
	}
}

static bool calls_old(const struct syntax *syntax, const struct conditional_arm *arm)
{
	for (size_t i = arm->first; i < arm->last; i++)
		if (token_is(syntax->source->text, &syntax->all.list[i], "migrate_vma") &&
		    token_is(syntax->source->text, &syntax->all.list[i + 1], "("))
			return true;
	return false;
}

static void look_at_group(const struct syntax *syntax, struct conditional *group)
{
	bool old = false, three_step = false;

	group->statements = false;
	for (size_t i = 0; i < group->arm_count; i++) {
		struct conditional_arm *arm = &group->arms[i];

		look_at_arm(syntax, arm);
		arm->three_step = arm->three_step && !arm->old;
		old = old || (arm->old && !arm->zero);
		three_step = three_step || (arm->three_step && !arm->zero);
	}
	group->both = old && three_step;
}

/* The one arm that is left when those with the old API go, or the number of arms. */
static size_t only_new_arm(const struct conditional *group)
{
	size_t only = group->arm_count;

	for (size_t i = 0; i < group->arm_count; i++) {
		if (group->arms[i].old)
			continue;
		if (only < group->arm_count)
			return group->arm_count;
		only = i;
	}
	return only;
}

/* The arm in three steps is the one to read: what does that say of the names it depends on? */
static void learn(struct preprocess *preprocess, const struct syntax *syntax,
		  const struct conditional *group)
{
	size_t only = only_new_arm(group);

	for (size_t i = 0; i < group->arm_count; i++)
		if (group->arms[i].three_step && group->arms[i].value == TRUTH_NO)
			return;
	for (size_t i = 0; i < group->arm_count; i++) {
		const struct conditional_arm *arm = &group->arms[i];

		if (!arm->old && i != only)
			break;
		preprocess_assume(preprocess, syntax, arm, !arm->old);
	}
}

static struct conditional_arm *preferred(struct conditional *group, bool compiled_only)
{
	struct conditional_arm *best = NULL, *taken = NULL;

	for (size_t i = 0; i < group->arm_count; i++) {
		struct conditional_arm *arm = &group->arms[i];

		if (arm->zero || arm->goes || (arm->value == TRUTH_NO && compiled_only))
			continue;
		if (arm->value == TRUTH_YES)
			taken = arm;
		if (!best || (group->both ? arm->three_step && !best->three_step :
					    arm->old && !best->old))
			best = arm;
	}
	return taken && !best->old && !(group->both && best->three_step) ? taken : best;
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
static bool are_statements(const struct syntax *syntax, const struct conditional *group)
{
	const struct tokens *all = &syntax->all;
	const char *text = syntax->source->text;
	const struct token *object = named_object(text, all, &group->arms[0]);
	size_t before = group->arms[0].directive;

	if (!object || group->both || group->arm_count < 2 || group->parent >= 0)
		return false;
	for (size_t i = 0; i < group->arm_count; i++) {
		const struct conditional_arm *arm = &group->arms[i];

		if (arm->zero || arm->goes || !is_statement(text, all, arm) ||
		    !same_object(text, object, named_object(text, all, arm)))
			return false;
	}
	while (before > 0 && all->list[before - 1].kind == TOKEN_COMMENT)
		before--;
	return before && depth_at(text, all, before) > 0 &&
	       (token_is(text, &all->list[before - 1], ";") ||
		token_is(text, &all->list[before - 1], "{") ||
		token_is(text, &all->list[before - 1], "}"));
}

static void choose(const struct syntax *syntax, struct conditional *group, bool compiled_only)
{
	struct conditional_arm *chosen;

	for (size_t i = 0; i < group->arm_count; i++) {
		struct conditional_arm *arm = &group->arms[i];

		arm->goes = group->both ? arm->old :
			    group->tells_apart && group->decided && arm->value == TRUTH_NO &&
				    !calls_old(syntax, arm);
	}
	chosen = preferred(group, compiled_only);
	if (chosen)
		chosen->chosen = true;
	group->statements = !(compiled_only && group->decided) && are_statements(syntax, group);
	for (size_t i = 0; group->statements && i < group->arm_count; i++)
		group->arms[i].chosen = true;
}

void two_apis_choose(struct preprocess *preprocess, struct syntax *file, bool compiled_only)
{
	preprocess_arms(preprocess, file);
	for (size_t i = 0; i < file->conditional_count; i++) {
		look_at_group(file, &file->conditionals[i]);
		choose(file, &file->conditionals[i], compiled_only);
	}
}

/* Finds in which #if a driver says what tells its two APIs apart. */
static void look_for_two(struct preprocess *preprocess, struct syntax *file)
{
	preprocess_arms(preprocess, file);
	for (size_t i = 0; i < file->conditional_count; i++) {
		look_at_group(file, &file->conditionals[i]);
		if (file->conditionals[i].both)
			learn(preprocess, file, &file->conditionals[i]);
	}
}

void two_apis_read(struct program *program, const struct release *target,
		   const struct clang_setup *setup, bool compiled_only)
{
	program_lex(program);
	program->preprocess = preprocess_begin(program->arena, target, setup);
	if (!compiled_only) {
		for (size_t i = 0; i < program->unit_count; i++)
			look_for_two(program->preprocess, &program->units[i].syntax);
		/* With the callback API alone it is going to be the option that takes its place. */
		preprocess_name(program->preprocess, "CONFIG_" OLD_OPTION,
				!program->preprocess->two_apis, program->preprocess->two_apis);
	}
	for (size_t i = 0; i < program->unit_count; i++)
		two_apis_choose(program->preprocess, &program->units[i].syntax, compiled_only);
	program_build(program);
}
