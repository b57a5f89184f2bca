// SPDX-License-Identifier: GPL-2.0-only
#include "preprocess.h"

#include <string.h>

static void define(struct preprocess *preprocess, struct known_names *macros, const char *name,
		   size_t length, enum truth defined, const char *text, size_t text_length)
{
	struct known_name *macro = known_add(macros, preprocess->context.arena, name, length);

	macro->known = true;
	macro->defined = defined;
	macro->text = text;
	macro->text_length = text_length;
	macro->parameters = NULL;
}

/* -DNAME, -DNAME=VALUE and -UNAME. */
static void take_arguments(struct preprocess *preprocess, const struct clang_setup *setup)
{
	for (size_t i = 0; setup && i < setup->count; i++) {
		const char *name = setup->arguments[i], *value;
		bool defines = !strncmp(name, "-D", 2);

		if (!defines && strncmp(name, "-U", 2))
			continue;
		name += 2;
		if (!*name && i + 1 < setup->count)
			name = setup->arguments[++i];
		value = strchr(name, '=');
		define(preprocess, &preprocess->given, name,
		       value ? (size_t)(value - name) : strlen(name),
		       defines ? TRUTH_YES : TRUTH_NO, value ? value + 1 : "1",
		       value ? strlen(value + 1) : 1);
	}
}

struct preprocess *preprocess_begin(struct arena *arena, const struct release *target,
				    const struct clang_setup *setup)
{
	struct preprocess *preprocess = arena_alloc(arena, sizeof(*preprocess));

	preprocess->context = (struct condition_context){
		.arena = arena,
		.target = target,
		.given = &preprocess->given,
		.defined = &preprocess->defined,
	};
	preprocess->setup = setup;
	take_arguments(preprocess, setup);
	return preprocess;
}

void preprocess_name(struct preprocess *preprocess, const char *name, bool defined,
		     bool tells_apart)
{
	define(preprocess, &preprocess->given, name, strlen(name),
	       defined ? TRUTH_YES : TRUTH_NO, "1", 1);
	known_find(&preprocess->given, name, strlen(name))->tells_apart = tells_apart;
}

/* A #define or #undef in a place that is compiled for sure, or perhaps. */
static void read_macro(struct preprocess *preprocess, const char *text, const struct token *token,
		       const char *rest, bool defines, enum truth live)
{
	const char *end = text + token->end, *name, *parameters = NULL;
	struct known_name *macro;

	name = rest + strspn(rest, " \t");
	for (rest = name; rest < end && (*rest == '_' || (*rest >= '0' && *rest <= '9') ||
					 ((*rest | 32) >= 'a' && (*rest | 32) <= 'z'));)
		rest++;
	if (rest == name || live == TRUTH_NO)
		return;
	if (live == TRUTH_UNKNOWN) {
		define(preprocess, &preprocess->defined, name, rest - name, TRUTH_UNKNOWN, NULL, 0);
		return;
	}
	macro = known_add(&preprocess->defined, preprocess->context.arena, name, rest - name);
	if (rest < end && *rest == '(') {
		parameters = rest + 1;
		rest = memchr(rest, ')', end - rest);
		rest = rest ? rest + 1 : end;
	}
	define(preprocess, &preprocess->defined, name, macro->length,
	       defines ? TRUTH_YES : TRUTH_NO, rest, end - rest);
	macro->parameters = parameters;
}

static enum truth both(enum truth one, enum truth other)
{
	if (one == TRUTH_NO || other == TRUTH_NO)
		return TRUTH_NO;
	return one == TRUTH_YES ? other : TRUTH_UNKNOWN;
}

/**
 * struct open_group - how far an #if has been read
 * @outer: whether the place of the #if is compiled
 * @open: whether the next arm may still be the one that is taken
 * @constant: no condition so far asked for a name
 * @api: a condition asked for what tells two APIs apart
 * @option: one asked for an option that need not be set
 * @arm: index of the next arm
 */
struct open_group {
	enum truth outer;
	enum truth open;
	bool constant;
	bool api;
	bool option;
	size_t arm;
};

/* Return: whether what the arm holds is compiled. */
static enum truth read_arm(struct preprocess *preprocess, struct syntax *syntax,
			   struct conditional *group, struct open_group *state)
{
	struct conditional_arm *arm = &group->arms[state->arm++];
	enum truth value = TRUTH_YES;

	if (!group->guard) {
		value = condition_value(&preprocess->context, syntax->source->text,
					&syntax->all.list[arm->directive]);
		state->constant = state->constant && !preprocess->context.asked;
		state->api = state->api || preprocess->context.asked_api;
		state->option = state->option || preprocess->context.asked_option;
		group->tells_apart = state->api && !state->option;
	}
	arm->value = both(state->open, value);
	arm->zero = arm->value == TRUTH_NO && state->constant;
	group->decided = (state->arm == 1 || group->decided) && arm->value != TRUTH_UNKNOWN;
	if (value == TRUTH_YES)
		state->open = TRUTH_NO;
	else if (value == TRUTH_UNKNOWN)
		state->open = both(state->open, TRUTH_UNKNOWN);
	return both(state->outer, arm->value);
}

void preprocess_arms(struct preprocess *preprocess, struct syntax *syntax)
{
	struct open_group *states = arena_alloc(preprocess->context.arena,
						(syntax->conditional_count + 1) * sizeof(*states));
	enum truth live = TRUTH_YES;
	long open = -1, next = 0;

	memset(&preprocess->defined, 0, sizeof(preprocess->defined));
	for (size_t i = 0; i < syntax->directive_count; i++) {
		const struct token *token = &syntax->all.list[syntax->directives[i]];
		const char *rest;
		enum directive kind = directive_kind(syntax->source->text, token, &rest);

		switch (kind) {
		case DIRECTIVE_IF:
		case DIRECTIVE_IFDEF:
		case DIRECTIVE_IFNDEF:
			open = next++;
			states[open] = (struct open_group){
				.outer = live, .open = TRUTH_YES, .constant = true };
			live = read_arm(preprocess, syntax, &syntax->conditionals[open],
					&states[open]);
			break;
		case DIRECTIVE_ELIF:
		case DIRECTIVE_ELIFDEF:
		case DIRECTIVE_ELIFNDEF:
		case DIRECTIVE_ELSE:
			if (open >= 0)
				live = read_arm(preprocess, syntax, &syntax->conditionals[open],
						&states[open]);
			break;
		case DIRECTIVE_ENDIF:
			if (open < 0)
				break;
			live = states[open].outer;
			open = syntax->conditionals[open].parent;
			break;
		case DIRECTIVE_DEFINE:
		case DIRECTIVE_UNDEF:
			read_macro(preprocess, syntax->source->text, token, rest,
				   kind == DIRECTIVE_DEFINE, live);
			break;
		default:
			break;
		}
	}
}

void preprocess_assume(struct preprocess *preprocess, const struct syntax *syntax,
		       const struct conditional_arm *arm, bool taken)
{
	const struct token *directive = &syntax->all.list[arm->directive];

	preprocess->two_apis = true;
	preprocess->context.marking = true;
	condition_value(&preprocess->context, syntax->source->text, directive);
	preprocess->context.marking = false;
	if (arm->value == TRUTH_UNKNOWN)
		condition_assume(&preprocess->context, syntax->source->text, directive, taken);
}

const struct token *preprocess_left_out(const struct syntax *syntax, uint32_t offset)
{
	const struct token *all = syntax->all.list;

	for (size_t g = 0; g < syntax->conditional_count; g++) {
		const struct conditional *group = &syntax->conditionals[g];

		if (offset < all[group->arms[0].directive].start || offset >= all[group->endif].end)
			continue;
		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];

			if (arm->value == TRUTH_NO && offset > all[arm->directive].start &&
			    offset <= all[arm->last].start)
				return &all[arm->directive];
		}
	}
	return NULL;
}

bool preprocess_undecided(const struct syntax *syntax, uint32_t offset)
{
	const struct token *all = syntax->all.list;

	for (size_t i = 0; i < syntax->conditional_count; i++) {
		const struct conditional *group = &syntax->conditionals[i];

		if (!group->decided && offset > all[group->arms[0].directive].start &&
		    offset < all[group->endif].start)
			return true;
	}
	return false;
}
