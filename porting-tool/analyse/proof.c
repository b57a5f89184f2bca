// SPDX-License-Identifier: GPL-2.0-only
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "symbols.h"
#include "claim.h"
#include "pointers.h"

/* So deep and so long a proof is looked for; then it counts as not found. */
#define DEPTH_MAX 1000
#define STEPS_MAX 20000

/* Values that are put in the places of variables grow with each turn of a loop. */
#define PARTS_MAX 400

/* A claim at a spot that is being shown: who needs it once more need not show it again. */
struct taken {
	const struct body *body;
	uint32_t step;
	struct claim claim;
};

struct prover {
	struct taken *taken;
	size_t taken_count;
	size_t taken_room;
	unsigned int depth;
	unsigned int steps;
};

/* A place where claims are made: just before a step of a function. */
struct spot {
	struct prover *prover;
	const struct body *body;
	uint32_t step;
};

static bool holds(void *data, const struct claim *claim);

/* Names and what is put in their places, all at once. */
struct exchange {
	struct arena *arena;
	const char *const *names;
	const struct expression *const *values;
	size_t count;
};

static struct expression *replace(const struct exchange *exchange, const struct expression *node)
{
	struct expression *copy, **tail;

	if (!node)
		return NULL;
	copy = arena_alloc(exchange->arena, sizeof(*copy));
	*copy = *node;
	copy->next = NULL;
	for (size_t i = 0; i < exchange->count; i++)
		if (expression_is(node, EXPRESSION_NAME, exchange->names[i])) {
			*copy = *exchange->values[i];
			copy->next = NULL;
			return copy;
		}
	copy->left = replace(exchange, node->left);
	copy->right = replace(exchange, node->right);
	copy->third = replace(exchange, node->third);
	tail = &copy->child;
	for (const struct expression *child = node->child; child; child = child->next) {
		*tail = replace(exchange, child);
		tail = &(*tail)->next;
	}
	*tail = NULL;
	return copy;
}

static bool is_too_large(const struct claim *claim)
{
	return expression_has_more_parts(claim->left, PARTS_MAX) ||
	       expression_has_more_parts(claim->right, PARTS_MAX);
}

static bool mentions(const struct claim *claim, const char *name)
{
	return expression_mentions(claim->left, name) ||
	       (claim->right && expression_mentions(claim->right, name));
}

static void drop_bound(struct claim *claim, size_t index)
{
	claim->bounded[index] = claim->bounded[--claim->bounded_count];
}

/* Puts a value in the spot of a variable; @exact: the variable holds all of it. */
static bool substitute(const struct body *body, struct claim *claim, const char *name,
		       const struct expression *value, bool exact)
{
	const struct exchange exchange = { body->program->arena, &name, &value, 1 };

	for (size_t i = claim->bounded_count; i-- > 0;)
		if (expression_mentions(claim->bounded[i], name)) {
			if (exact)
				claim->bounded[i] = replace(&exchange, claim->bounded[i]);
			else
				drop_bound(claim, i);
		}
	if (!mentions(claim, name))
		return true;
	if (!exact && claim->kind != CLAIM_WHOLE_PAGES)
		return false;
	claim->left = replace(&exchange, claim->left);
	claim->right = replace(&exchange, claim->right);
	return !is_too_large(claim);
}

static bool is_exact(const struct body *body, const char *name)
{
	const struct variable *variable = body_variable(body, name);

	return variable && (variable->type == TYPE_WORD || variable->type == TYPE_POINTER);
}

/* Whether what is evaluated leaves a claim alone; bounds that it may change are dropped. */
struct disturbance {
	const struct body *body;
	const struct flow_step *step;
	const struct expression *expression;
};

static bool is_left_alone(const struct expression *node, void *data)
{
	const struct disturbance *by = data;

	if (node->kind == EXPRESSION_UNKNOWN || node->kind == EXPRESSION_CALL)
		return node->kind == EXPRESSION_CALL && !has_effect(by->body, node);
	if (node->kind != EXPRESSION_NAME)
		return true;
	return by->step ? !step_may_write(by->body, by->step, node->name)
			: !may_write(by->body, by->expression, node->name);
}

static bool tree_survives(struct disturbance *by, const struct expression *tree)
{
	if (!tree)
		return true;
	if (reads_memory(by->body, tree) &&
	    (by->step ? step_may_store(by->body, by->step)
		      : may_store(by->body, by->expression)))
		return false;
	return expression_walk(tree, is_left_alone, by);
}

static bool survives(struct disturbance *by, struct claim *claim)
{
	for (size_t i = claim->bounded_count; i-- > 0;)
		if (!tree_survives(by, claim->bounded[i]))
			drop_bound(claim, i);
	return tree_survives(by, claim->left) && tree_survives(by, claim->right);
}

struct expression *expression_join(const struct body *body, const char *operator,
				   const struct expression *left, const struct expression *right)
{
	struct expression *node = arena_alloc(body->program->arena, sizeof(*node));

	*node = (struct expression){ .kind = EXPRESSION_BINARY, .name = operator,
				     .left = (struct expression *)left,
				     .right = (struct expression *)right };
	return node;
}

/* "x += y" is x = x + y, "x++" is x = x + 1. */
static const struct expression *new_value(const struct body *body, const struct expression *node,
					  const struct expression *target)
{
	struct expression *one;

	if (!strcmp(node->name, "="))
		return node->right;
	if (node->kind == EXPRESSION_ASSIGN)
		return expression_join(body, arena_copy(body->program->arena, node->name,
							strlen(node->name) - 1),
				       target, node->right);
	one = arena_alloc(body->program->arena, sizeof(*one));
	*one = (struct expression){ .kind = EXPRESSION_NUMBER, .text = "1" };
	return expression_join(body, strcmp(node->name, "++") ? "-" : "+", target, one);
}

/* Carries a claim from behind an expression to the front of it. */
static bool carry(const struct body *body, const struct expression *node, struct claim *claim)
{
	struct disturbance by = { body, NULL, node };
	const struct expression *target;
	const struct variable *variable = NULL;
	bool steps;

	if (!node)
		return true;
	if (node->kind == EXPRESSION_COMMA)
		return carry(body, node->right, claim) && carry(body, node->left, claim);
	steps = (node->kind == EXPRESSION_PREFIX || node->kind == EXPRESSION_POSTFIX) &&
		(!strcmp(node->name, "++") || !strcmp(node->name, "--"));
	target = node->kind == EXPRESSION_ASSIGN || steps ? expression_inner(node->left) : NULL;
	if (target && target->kind == EXPRESSION_NAME)
		variable = body_variable(body, target->name);
	if (!variable || !variable->known)
		return survives(&by, claim);
	if (!substitute(body, claim, variable->name, new_value(body, node, target),
			is_exact(body, variable->name)))
		return false;
	return !node->right || carry(body, node->right, claim);
}

/* Carries a claim from behind a step to the front of it. */
static bool carry_over(const struct body *body, const struct flow_step *step, struct claim *claim)
{
	struct disturbance by = { body, step, NULL };
	const char *name;

	switch (step->kind) {
	case FLOW_EXPRESSION:
		if (step->expression && step->expression->kind == EXPRESSION_CALL)
			return survives(&by, claim);
		return carry(body, step->expression, claim);
	case FLOW_DECLARE:
		name = code_text(&body->unit->syntax, step->declarator->name,
				 step->declarator->name);
		if (!body_variable(body, name)->known || !step->expression ||
		    step->expression->kind == EXPRESSION_BRACES)
			return survives(&by, claim);
		if (!substitute(body, claim, name, step->expression, is_exact(body, name)))
			return false;
		return carry(body, step->expression, claim);
	default:
		return survives(&by, claim);
	}
}

/* What a way out of a condition tells. */
static bool settled_by(const struct body *body, const struct flow_step *step, uint32_t next,
		       struct claim *claim)
{
	bool truth = step->next[0] == next;

	if (step->kind != FLOW_BRANCH || step->next[0] == step->next[1] || !step->expression ||
	    has_effect(body, step->expression))
		return false;
	if (claim_by_condition(body, claim, step->expression, truth))
		return true;
	claim_take_bounds(body, claim, step->expression, truth);
	return false;
}

/* Names that are neither parameters nor stand for the same in every function. */
static bool is_local(const struct expression *node, void *data)
{
	const struct body *body = data;
	const struct variable *variable = NULL;

	if (node->kind == EXPRESSION_NAME)
		variable = body_variable(body, node->name);
	return node->kind == EXPRESSION_UNKNOWN || (variable && (variable->index == SIZE_MAX || !variable->known));
}

static bool not_local(const struct expression *node, void *body)
{
	return !is_local(node, body);
}

/* What else a statement does beside the call that it makes. */
static bool local_is_left_alone(const struct expression *node, void *data)
{
	const struct disturbance *by = data;

	return node->kind != EXPRESSION_NAME || !body_variable(by->body, node->name) ||
	       is_left_alone(node, data);
}

/* What a call passes takes the spot of the parameters. */
static bool holds_at_call(const struct spot *spot, const struct claim *claim,
			  const struct unit *unit, uint32_t at)
{
	const struct body *body = spot->body, *caller;
	const struct node *function = node_function(node_at(&unit->syntax, at));
	const char **names = arena_alloc(body->program->arena,
					 (body->variable_count + 1) * sizeof(*names));
	const struct expression **values = arena_alloc(body->program->arena,
						       (body->variable_count + 1) * sizeof(*values));
	struct exchange exchange = { body->program->arena, names, values, 0 };
	struct claim inner = { .kind = claim->kind };
	struct disturbance by = { NULL, NULL, NULL };
	struct call call;
	uint32_t step;

	if (!function || !call_parse(&unit->syntax, at, &call))
		return false;
	caller = body_of(body->program, unit, function);
	step = body_step(caller, at);
	if (step == FLOW_NONE || caller->hidden_jumps)
		return false;
	for (size_t i = 0; i < body->variable_count; i++) {
		const struct variable *variable = &body->variables[i];
		const struct expression *value;

		if (variable->index == SIZE_MAX || !mentions(claim, variable->name))
			continue;
		if (variable->index >= call.count ||
		    (!is_exact(body, variable->name) && claim->kind != CLAIM_WHOLE_PAGES))
			return false;
		value = expression_parse(&unit->syntax, call.arguments[variable->index]);
		if (!value || has_effect(caller, value))
			return false;
		names[exchange.count] = variable->name;
		values[exchange.count++] = value;
	}
	inner.left = replace(&exchange, claim->left);
	inner.right = replace(&exchange, claim->right);
	if (is_too_large(&inner))
		return false;
	by.body = caller;
	by.step = &caller->flow.steps[step];
	for (size_t i = 0; i < exchange.count; i++)
		if (!expression_walk(values[i], local_is_left_alone, &by))
			return false;
	return holds(&(struct spot){ spot->prover, caller, step }, &inner);
}

/* Whether all that can call a function is in sight, and what each call passes settles the claim. */
static bool holds_at_calls(const struct spot *spot, const struct claim *claim)
{
	const struct body *body = spot->body;
	const struct symbol *symbol = symbol_at(body->unit, body->function->name);
	size_t calls = 0;

	if (!symbol || !unit_function(body->unit, body->function)->private ||
	    !expression_walk(claim->left, not_local, (void *)body) ||
	    !expression_walk(claim->right, not_local, (void *)body))
		return false;
	for (const struct reference *use = symbol->references; use; use = use->next) {
		if (use->kind == REFERENCE_MEMBER || use->kind == REFERENCE_TAG ||
		    use->kind == REFERENCE_TYPE ||
		    (use->unit != body->unit && !source_is_header(body->unit->source)))
			continue;
		if (use->kind != REFERENCE_CALL || !holds_at_call(spot, claim, use->unit, use->token))
			return false;
		calls++;
	}
	return calls > 0;
}

/* What every return of a function gives back. */
static bool holds_at_returns(const struct spot *spot, const struct claim *claim)
{
	const struct program *program = spot->body->program;
	struct function *function = program_function(program, spot->body->unit, claim->left->name);
	const struct body *body;
	size_t returns = 0;

	if (!function || spot->prover->depth++ >= DEPTH_MAX)
		return false;
	body = body_of(program, function->unit, function->node);
	for (size_t i = 0; i < body->flow.count; i++) {
		const struct flow_step *step = &body->flow.steps[i];
		struct claim inner = { .kind = claim->kind, .left = step->expression };

		if (step->kind != FLOW_RETURN)
			continue;
		if (!step->expression || has_effect(body, step->expression) ||
		    !holds(&(struct spot){ spot->prover, body, i }, &inner))
			return false;
		returns++;
	}
	spot->prover->depth--;
	return returns > 0;
}

static bool holds_at_entry(const struct spot *spot, const struct claim *claim)
{
	if (claim->kind == CLAIM_NOT_NULL && claim->left->kind == EXPRESSION_NAME &&
	    !body_variable(spot->body, claim->left->name))
		return pointer_always_set(spot->body->program, claim->left->name);
	return holds_at_calls(spot, claim);
}

/* Over one edge against the flow: settled, or a claim at the step before. */
static bool holds_before(const struct spot *spot, uint32_t before, const struct claim *claim)
{
	const struct flow_step *step = &spot->body->flow.steps[before];
	struct claim inner = *claim;

	if (settled_by(spot->body, step, spot->step, &inner))
		return true;
	return carry_over(spot->body, step, &inner) &&
	       holds(&(struct spot){ spot->prover, spot->body, before }, &inner);
}

/* The claim holds whichever way control came. */
static bool holds_on_all_ways(const struct spot *spot, const struct claim *claim)
{
	const struct flow *flow = &spot->body->flow;

	if (spot->step == flow->entry && !holds_at_entry(spot, claim))
		return false;
	for (uint32_t i = flow->begin[spot->step]; i < flow->begin[spot->step + 1]; i++)
		if (!holds_before(spot, flow->before[i], claim))
			return false;
	return true;
}

static bool same_claim(const struct claim *left, const struct claim *right)
{
	if (left->kind != right->kind || left->bounded_count != right->bounded_count ||
	    !same_expression(left->left, right->left) || !same_expression(left->right, right->right))
		return false;
	for (size_t i = 0; i < left->bounded_count; i++)
		if (!same_expression(left->bounded[i], right->bounded[i]))
			return false;
	return true;
}

/*
 * A claim that comes back to where it is being shown says nothing new: what made it true was
 * earlier.
 */
static bool is_taken(const struct spot *spot, const struct claim *claim)
{
	const struct flow *flow = &spot->body->flow;
	struct prover *prover = spot->prover;

	/* Every loop has a step with two before it. */
	if (flow->begin[spot->step + 1] - flow->begin[spot->step] < 2 &&
	    spot->step != flow->entry)
		return false;
	for (size_t i = 0; i < prover->taken_count; i++)
		if (prover->taken[i].body == spot->body && prover->taken[i].step == spot->step &&
		    same_claim(&prover->taken[i].claim, claim))
			return true;
	prover->taken = grow(prover->taken, prover->taken_count, &prover->taken_room,
			     sizeof(*prover->taken));
	prover->taken[prover->taken_count++] =
		(struct taken){ spot->body, spot->step, *claim };
	return false;
}

static bool holds(void *data, const struct claim *claim)
{
	const struct spot *spot = data;
	struct prover *prover = spot->prover;
	size_t taken = prover->taken_count;
	enum verdict verdict;
	bool result;

	if (prover->depth >= DEPTH_MAX || prover->steps++ >= STEPS_MAX)
		return false;
	prover->depth++;
	verdict = claim_by_form(spot->body, claim, holds, data);
	result = verdict == VERDICT_YES;
	if (verdict == VERDICT_OPEN && claim->left->kind == EXPRESSION_CALL)
		result = claim->kind == CLAIM_NOT_NULL && holds_at_returns(spot, claim);
	else if (verdict == VERDICT_OPEN && claim->kind == CLAIM_NOT_NULL &&
		 claim->left->kind == EXPRESSION_INDEX &&
		 claim->left->left->kind == EXPRESSION_NAME &&
		 elements_always_set(spot->body->program, claim->left->left->name))
		result = true;
	else if (verdict == VERDICT_OPEN && claim->kind == CLAIM_NOT_NULL &&
		 claim->left->kind == EXPRESSION_MEMBER &&
		 member_always_set(spot->body->program, claim->left->name))
		result = true;
	else if (verdict == VERDICT_OPEN)
		result = is_taken(spot, claim) || holds_on_all_ways(spot, claim);
	prover->depth--;
	if (!result)
		prover->taken_count = taken;
	return result;
}

bool proven(const struct body *body, uint32_t step, enum claim_kind kind,
	    const struct expression *left, const struct expression *right)
{
	struct prover prover = { 0 };
	struct claim claim = { .kind = kind, .left = left, .right = right };
	struct spot spot = { &prover, body, step };
	bool result;

	if (!left || step == FLOW_NONE || body->hidden_jumps ||
	    (kind != CLAIM_NOT_NULL && has_effect(body, left)) ||
	    (right && has_effect(body, right)))
		return false;
	result = holds(&spot, &claim);
	free(prover.taken);
	return result;
}
