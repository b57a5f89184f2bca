// SPDX-License-Identifier: GPL-2.0-only
/*
 * The migrations that a function takes part in: those it declares, those it makes a step of, and
 * those it hands to functions of the driver that make the steps.
 */
#include <string.h>

#include "call_effects.h"
#include "subject.h"

/* How deep to look for the steps in the functions that a function calls. */
#define DEPTH_MAX 2

struct collector {
	struct checker *checker;
	const struct function *function;
	unsigned int depth;
	struct subject *list;
	size_t count;
	size_t capacity;
};

static struct subject *add_subject(struct collector *collector, const char *text, enum role role)
{
	struct subject *grown;
	struct subject *subject;

	for (size_t i = 0; i < collector->count; i++)
		if (subject_named_role(&collector->list[i], text) != ROLE_NONE)
			return NULL;
	if (collector->count == collector->capacity) {
		collector->capacity = collector->capacity ? collector->capacity * 2 : 4;
		grown = arena_alloc(&collector->checker->arena,
				    collector->capacity * sizeof(*grown));
		if (collector->count)
			memcpy(grown, collector->list, collector->count * sizeof(*grown));
		collector->list = grown;
	}
	subject = &collector->list[collector->count++];
	subject->function = collector->function;
	subject_add_name(collector->checker, subject, text, role);
	return subject;
}

/* Whether a name is a variable of the function itself, not a parameter and not of the file. */
static bool is_local(const struct function *function, const struct expression *expression)
{
	const struct syntax *syntax = &function->unit->syntax;
	struct declarator declarator;
	struct node *declaration;

	expression = expression_inner(expression);
	if (!expression || expression->kind != EXPRESSION_NAME ||
	    !local_find(syntax, expression->first, expression->name, &declarator, &declaration))
		return false;
	return declaration->kind != NODE_FUNCTION && declaration->parent &&
	       declaration->parent->kind != NODE_FILE;
}

static bool collect_from_call(const struct expression *node, void *data)
{
	struct collector *collector = data;
	const struct expression *argument = expression_inner(expression_argument(node, 0));
	enum step step = node->kind == EXPRESSION_CALL ? step_of_call(node) : STEP_NONE;
	struct subject *subject;

	if (step == STEP_NONE || !argument)
		return true;
	if (step_is_device(step)) {
		if (step != STEP_DEVICE_SETUP)
			return true;
		subject = add_subject(collector, argument->text, ROLE_SRC_ARRAY);
		if (subject) {
			subject->device = true;
			subject->local = is_local(collector->function, argument);
			subject_learn_names(collector->checker, subject);
		}
		return true;
	}
	if (expression_is(argument, EXPRESSION_PREFIX, "&"))
		subject = add_subject(collector, argument->left->text, ROLE_STRUCT);
	else
		subject = add_subject(collector, argument->text, ROLE_POINTER);
	if (subject)
		subject_learn_names(collector->checker, subject);
	return true;
}

/* &(struct migrate_vma){ ... } as an argument has no name: its text stands for it. */
static bool collect_from_literal(const struct expression *node, void *data)
{
	struct collector *collector = data;
	struct subject *subject;

	if (node->kind != EXPRESSION_PREFIX || !node->left || strcmp(node->name, "&") ||
	    node->left->kind != EXPRESSION_CAST ||
	    node->left->left->kind != EXPRESSION_BRACES ||
	    !text_mentions(node->left->name, "migrate_vma"))
		return true;
	subject = add_subject(collector, node->left->left->text, ROLE_STRUCT);
	if (!subject)
		return true;
	subject->local = true;
	subject_learn_names(collector->checker, subject);
	return true;
}

/* struct migrate_vma args; on the stack. */
static void collect_from_declaration(struct collector *collector, const struct flow_step *step)
{
	const struct syntax *syntax = &collector->function->unit->syntax;
	const struct declarator *declarator = step->declarator;
	struct subject *subject;
	bool found = false;

	for (uint32_t i = declarator->specifiers.first; i < declarator->specifiers.last; i++)
		found |= code_is(syntax, i, "struct") && code_is(syntax, i + 1, "migrate_vma");
	if (!found || declarator->stars || declarator->array.first <= declarator->array.last)
		return;
	subject = add_subject(collector, code_text(syntax, declarator->name, declarator->name),
			      ROLE_STRUCT);
	if (!subject)
		return;
	subject->local = true;
	subject_learn_names(collector->checker, subject);
}

static size_t find(struct checker *checker, const struct function *function, unsigned int depth,
		   struct subject **subjects);

/*
 * What a helper's migration is called by its caller: with ctx handed over as c, what is c->args
 * there is ctx->args here, and ctx.args when &ctx is handed over.
 */
static void collect_from_argument(struct collector *collector, const struct subject *inside,
				  const char *parameter, const struct expression *argument)
{
	const struct expression *inner = expression_inner(argument);
	bool address = expression_is(inner, EXPRESSION_PREFIX, "&");
	const char *base = address ? expression_inner(inner->left)->text : inner->text;
	const char *text = inside->names[0].text, *rest = text + strlen(parameter);
	struct subject *subject;

	if (strncmp(text, parameter, strlen(parameter)))
		return;
	if (!*rest && inside->names[0].role == ROLE_POINTER)
		subject = add_subject(collector, base, address ? ROLE_STRUCT : ROLE_POINTER);
	else if (!strncmp(rest, "->", 2))
		subject = add_subject(collector,
				      arena_printf(&collector->checker->arena, "%s%s%s", base,
						   address ? "." : "->", rest + 2),
				      inside->names[0].role);
	else
		return;
	if (!subject)
		return;
	subject->local = address && is_local(collector->function, inner->left);
	subject->part = *rest;
	subject_learn_names(collector->checker, subject);
}

/* A migration that is only handed to functions of the driver: begin(job), copy(job), end(job). */
static bool collect_from_helper(const struct expression *node, void *data)
{
	struct collector *collector = data;
	const struct expression *argument = node->child;
	const struct function *callee;
	const struct syntax *syntax;
	struct subject *inside;
	size_t count;

	if (node->kind != EXPRESSION_CALL || step_of_call(node) != STEP_NONE || !argument)
		return true;
	callee = program_function(&collector->checker->program, collector->function->unit, node->name);
	if (!callee || callee == collector->function)
		return true;
	syntax = &callee->unit->syntax;
	count = find(collector->checker, callee, collector->depth + 1, &inside);
	for (size_t i = 0; i < callee->parameter_count && argument;
	     i++, argument = argument->next) {
		if (!callee->parameters[i].name)
			continue;
		for (size_t s = 0; s < count; s++)
			if (!inside[s].device && !inside[s].local)
				collect_from_argument(collector, &inside[s],
						      code_text(syntax, callee->parameters[i].name,
								callee->parameters[i].name),
						      argument);
	}
	return true;
}

static size_t find(struct checker *checker, const struct function *function, unsigned int depth,
		   struct subject **subjects)
{
	struct collector collector = { .checker = checker, .function = function, .depth = depth };
	const struct flow *flow = &function->flow;

	for (size_t i = 0; i < flow->count; i++)
		if (flow->steps[i].kind == FLOW_DECLARE)
			collect_from_declaration(&collector, &flow->steps[i]);
	for (size_t i = 0; i < flow->count; i++)
		expression_walk(flow->steps[i].expression, collect_from_literal, &collector);
	for (size_t i = 0; i < flow->count; i++)
		expression_walk(flow->steps[i].expression, collect_from_call, &collector);
	for (size_t i = 0; depth < DEPTH_MAX && i < flow->count; i++)
		expression_walk(flow->steps[i].expression, collect_from_helper, &collector);
	*subjects = collector.list;
	return collector.count;
}

size_t subjects_find(struct checker *checker, const struct function *function,
		     struct subject **subjects)
{
	return find(checker, function, 0, subjects);
}
