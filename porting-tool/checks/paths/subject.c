// SPDX-License-Identifier: GPL-2.0-only
#include "subject.h"

#include <string.h>

#include "call_effects.h"

void subject_add_name(struct checker *checker, struct subject *subject, const char *text,
		      enum role role)
{
	struct role_name *names;

	if (!text || !*text || role == ROLE_NONE)
		return;
	for (size_t i = 0; i < subject->count; i++)
		if (same_text(subject->names[i].text, text))
			return;
	if (subject->count == subject->capacity) {
		subject->capacity = subject->capacity ? subject->capacity * 2 : 8;
		names = arena_alloc(&checker->arena, subject->capacity * sizeof(*names));
		if (subject->count)
			memcpy(names, subject->names, subject->count * sizeof(*names));
		subject->names = names;
	}
	subject->names[subject->count++] = (struct role_name){ text, role };
}

enum role subject_named_role(const struct subject *subject, const char *text)
{
	for (size_t i = 0; i < subject->count; i++)
		if (same_text(subject->names[i].text, text))
			return subject->names[i].role;
	return ROLE_NONE;
}

static enum role word_of(enum role array)
{
	if (array == ROLE_SRC_ARRAY)
		return ROLE_SRC_WORD;
	return array == ROLE_DST_ARRAY ? ROLE_DST_WORD : ROLE_NONE;
}

static enum role array_of(enum role word)
{
	if (word == ROLE_SRC_WORD)
		return ROLE_SRC_ARRAY;
	return word == ROLE_DST_WORD ? ROLE_DST_ARRAY : ROLE_NONE;
}

const char *subject_member(const struct subject *subject, const struct expression *expression)
{
	enum role base;

	expression = expression_inner(expression);
	if (!expression || expression->kind != EXPRESSION_MEMBER)
		return NULL;
	base = subject_role(subject, expression->left);
	return base == ROLE_STRUCT || base == ROLE_POINTER ? expression->name : NULL;
}

/* An element: array[i], *array, *array++, *(array + i). */
static enum role pointed_role(const struct subject *subject, const struct expression *pointer)
{
	enum role role;

	pointer = expression_inner(pointer);
	role = subject_role(subject, pointer);
	if (role == ROLE_POINTER)
		return ROLE_STRUCT;
	if (role != ROLE_NONE)
		return word_of(role);
	if (pointer->kind == EXPRESSION_POSTFIX || pointer->kind == EXPRESSION_PREFIX)
		return word_of(subject_role(subject, pointer->left));
	if (pointer->kind == EXPRESSION_BINARY) {
		role = word_of(subject_role(subject, pointer->left));
		return role != ROLE_NONE ? role : word_of(subject_role(subject, pointer->right));
	}
	return ROLE_NONE;
}

enum role subject_role(const struct subject *subject, const struct expression *expression)
{
	const char *member;
	enum role role;

	expression = expression_inner(expression);
	if (!expression)
		return ROLE_NONE;
	role = subject_named_role(subject, expression->text);
	if (role != ROLE_NONE)
		return role;
	switch (expression->kind) {
	case EXPRESSION_MEMBER:
		member = subject_member(subject, expression);
		if (!member)
			return ROLE_NONE;
		if (!strcmp(member, "src"))
			return ROLE_SRC_ARRAY;
		return !strcmp(member, "dst") ? ROLE_DST_ARRAY : ROLE_MEMBER;
	case EXPRESSION_INDEX:
		return word_of(subject_role(subject, expression->left));
	case EXPRESSION_PREFIX:
		if (!strcmp(expression->name, "*"))
			return pointed_role(subject, expression->left);
		if (strcmp(expression->name, "&"))
			return ROLE_NONE;
		role = subject_role(subject, expression->left);
		return role == ROLE_STRUCT ? ROLE_POINTER : array_of(role);
	default:
		return ROLE_NONE;
	}
}

enum role subject_argument_role(const struct subject *subject, const struct expression *expression)
{
	enum role role = subject_role(subject, expression);
	const struct expression *inner = expression_inner(expression);

	if (role == ROLE_NONE && inner && inner->kind == EXPRESSION_BINARY &&
	    (!strcmp(inner->name, "+") || !strcmp(inner->name, "-"))) {
		role = subject_role(subject, inner->left);
		return role == ROLE_SRC_ARRAY || role == ROLE_DST_ARRAY ? role : ROLE_NONE;
	}
	return role;
}

struct mention {
	const struct subject *subject;
};

static bool has_no_role(const struct expression *node, void *data)
{
	const struct mention *mention = data;

	if (node->kind == EXPRESSION_UNKNOWN) {
		for (size_t i = 0; i < mention->subject->count; i++)
			if (text_mentions(node->text, mention->subject->names[i].text))
				return false;
		return true;
	}
	return subject_role(mention->subject, node) == ROLE_NONE;
}

bool subject_mentioned(const struct subject *subject, const struct expression *expression)
{
	struct mention mention = { subject };

	return !expression_walk(expression, has_no_role, &mention);
}

/* A plain variable or a member of something: what an alias may be. */
static bool can_be_alias(const struct expression *expression)
{
	return expression->kind == EXPRESSION_NAME || expression->kind == EXPRESSION_MEMBER;
}

/* "target = value" makes one of the two a further name for what the other is. */
static void learn_from(struct checker *checker, struct subject *subject, const char *target,
		       enum role role, const struct expression *value)
{
	enum role value_role = subject_role(subject, value);
	const struct expression *inner = expression_inner(value);

	if (!inner)
		return;
	/* args.src = words, args.dst = &word */
	if (role == ROLE_SRC_ARRAY || role == ROLE_DST_ARRAY) {
		if (value_role != ROLE_NONE)
			return;
		if (can_be_alias(inner) && strcmp(inner->text, "NULL"))
			subject_add_name(checker, subject, inner->text, role);
		else if (expression_is(inner, EXPRESSION_PREFIX, "&"))
			subject_add_name(checker, subject, inner->left->text, word_of(role));
		return;
	}
	/* src = args->src, migrate = &ctx->args; a cast to another type makes another thing. */
	if (role == ROLE_NONE && target && value->kind != EXPRESSION_CAST &&
	    (value_role == ROLE_POINTER || value_role == ROLE_SRC_ARRAY ||
	     value_role == ROLE_DST_ARRAY))
		subject_add_name(checker, subject, target, value_role);
}

static enum role member_array(const char *name)
{
	if (name && !strcmp(name, "src"))
		return ROLE_SRC_ARRAY;
	return name && !strcmp(name, "dst") ? ROLE_DST_ARRAY : ROLE_MEMBER;
}

/* { .src = a, .dst = &b } of the struct itself. */
static void learn_from_braces(struct checker *checker, struct subject *subject,
			      const struct expression *braces)
{
	for (const struct expression *child = braces->child; child; child = child->next)
		if (child->name && child->left)
			learn_from(checker, subject, NULL, member_array(child->name), child->left);
}

struct learner {
	struct checker *checker;
	struct subject *subject;
};

static bool learn_from_node(const struct expression *node, void *data)
{
	const struct learner *learner = data;
	struct subject *subject = learner->subject;
	const struct expression *value;

	if (expression_is(node, EXPRESSION_ASSIGN, "=")) {
		enum role role = subject_role(subject, node->left);

		value = expression_inner(node->right);
		if (role == ROLE_STRUCT && value->kind == EXPRESSION_BRACES)
			learn_from_braces(learner->checker, subject, value);
		else
			learn_from(learner->checker, subject,
				   can_be_alias(node->left) ? node->left->text : NULL, role,
				   node->right);
	}
	if (node->kind == EXPRESSION_BRACES && subject_role(subject, node) == ROLE_STRUCT)
		learn_from_braces(learner->checker, subject, node);
	if (subject->device && node->kind == EXPRESSION_CALL) {
		enum step step = step_of_call(node);

		if ((step == STEP_DEVICE_PAGES || step == STEP_DEVICE_FINALIZE) &&
		    subject_role(subject, expression_argument(node, 0)) == ROLE_SRC_ARRAY &&
		    expression_argument(node, 1))
			subject_add_name(learner->checker, subject, expression_argument(node, 1)->text,
				 ROLE_DST_ARRAY);
	}
	return true;
}

static void learn_from_declaration(struct checker *checker, struct subject *subject,
				   const struct flow_step *step)
{
	const struct syntax *syntax = &subject->function->unit->syntax;
	const char *name = code_text(syntax, step->declarator->name, step->declarator->name);

	if (step->expression->kind == EXPRESSION_BRACES) {
		if (subject_named_role(subject, name) == ROLE_STRUCT)
			learn_from_braces(checker, subject, step->expression);
		return;
	}
	learn_from(checker, subject, name, subject_named_role(subject, name), step->expression);
}

void subject_learn_names(struct checker *checker, struct subject *subject)
{
	const struct flow *flow = &subject->function->flow;
	struct learner learner = { checker, subject };
	size_t before;

	do {
		before = subject->count;
		for (size_t i = 0; i < flow->count; i++) {
			const struct flow_step *step = &flow->steps[i];

			if (!step->expression)
				continue;
			if (step->kind == FLOW_DECLARE)
				learn_from_declaration(checker, subject, step);
			expression_walk(step->expression, learn_from_node, &learner);
		}
	} while (subject->count != before);
}

/*
 * Names inside the callee for what is reached through an argument: with ctx handed over as c, what
 * was ctx->args is c->args, and what was ctx.args when &ctx is handed over.
 */
static void hand_over_members(struct checker *checker, const struct subject *subject,
			      const struct expression *argument, const char *parameter,
			      struct subject *inside)
{
	bool address = expression_is(argument, EXPRESSION_PREFIX, "&");
	const char *base = address ? argument->left->text : argument->text;
	size_t length = strlen(base);

	for (size_t i = 0; i < subject->count; i++) {
		const char *text = subject->names[i].text;
		const char *rest = text + length;

		if (strncmp(text, base, length))
			continue;
		if (address ? *rest == '.' : !strncmp(rest, "->", 2))
			subject_add_name(checker, inside,
				 arena_printf(&checker->arena, "%s->%s", parameter,
					      rest + (address ? 1 : 2)),
				 subject->names[i].role);
	}
}

bool subject_in_callee(struct checker *checker, const struct subject *subject,
		       const struct expression *call, const struct function *callee,
		       struct subject *inside)
{
	const struct syntax *syntax = &callee->unit->syntax;
	const struct expression *argument = call->child;

	*inside = (struct subject){ .function = callee, .device = subject->device };
	for (size_t i = 0; i < callee->parameter_count && argument;
	     i++, argument = argument->next) {
		const struct expression *inner = expression_inner(argument);
		enum role role = subject_argument_role(subject, inner);
		const char *name;

		if (!callee->parameters[i].name)
			continue;
		name = code_text(syntax, callee->parameters[i].name, callee->parameters[i].name);
		if (role == ROLE_POINTER || role == ROLE_SRC_ARRAY || role == ROLE_DST_ARRAY)
			subject_add_name(checker, inside, name, role);
		else if (role == ROLE_NONE)
			hand_over_members(checker, subject, inner, name, inside);
	}
	if (!inside->count)
		return false;
	subject_learn_names(checker, inside);
	return true;
}
