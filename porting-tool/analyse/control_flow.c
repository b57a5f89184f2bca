// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function's flow is built from its end to its beginning: whoever builds a statement knows the
 * step that comes after it.
 */
#include "control_flow.h"

#include <stdlib.h>
#include <string.h>

/* What break and continue lead to, and the switch that collects cases. */
struct context {
	uint32_t after_break;
	uint32_t after_continue;
	struct choice *choice;
};

struct choice {
	uint32_t *cases;
	size_t count;
	size_t capacity;
	bool has_default;
};

struct label {
	const char *name;
	uint32_t step;
};

struct builder {
	const struct syntax *syntax;
	struct flow *flow;
	struct label *labels;
	size_t label_count;
	size_t label_capacity;
};

static uint32_t add(struct builder *builder, enum flow_kind kind, const struct node *node,
		    uint32_t next)
{
	struct flow *flow = builder->flow;

	flow->steps = grow(flow->steps, flow->count, &flow->capacity, sizeof(*flow->steps));
	flow->steps[flow->count] = (struct flow_step){
		.kind = kind, .node = node, .next = { next, FLOW_NONE },
	};
	return flow->count++;
}

static const struct expression *parse(const struct builder *builder, uint32_t first, uint32_t last)
{
	return expression_parse(builder->syntax, (struct span){ first, last });
}

static const struct expression *parse_head(const struct builder *builder, const struct node *node)
{
	return parse(builder, node->head_open + 1, node->head_close - 1);
}

/* A statement's expression, without the semicolon it may end with. */
static const struct expression *parse_rest(const struct builder *builder, uint32_t first,
					   uint32_t last)
{
	if (code_is(builder->syntax, last, ";")) {
		if (last == first)
			return NULL;
		last--;
	}
	return parse(builder, first, last);
}

static uint32_t build(struct builder *builder, const struct node *node, uint32_t next,
		      const struct context *context);

static uint32_t build_children(struct builder *builder, const struct node *node, uint32_t next,
			       const struct context *context)
{
	const struct node *child = node->child;

	while (child && child->next)
		child = child->next;
	for (; child; child = child->previous)
		next = build(builder, child, next, context);
	return next;
}

static uint32_t build_declarators(struct builder *builder, const struct node *node,
				  struct span span, uint32_t next)
{
	struct declarator *list;
	size_t count = declaration_parse(builder->syntax, span, &list);

	while (count--) {
		uint32_t step = add(builder, FLOW_DECLARE, node, next);

		builder->flow->steps[step].declarator = &list[count];
		builder->flow->steps[step].expression =
			expression_parse(builder->syntax, list[count].value);
		next = step;
	}
	return next;
}

static uint32_t build_if(struct builder *builder, const struct node *node, uint32_t next,
			 const struct context *context)
{
	const struct node *then = node->child;
	uint32_t when_false = next, when_true = next, step;

	if (then && then->next)
		when_false = build(builder, then->next, next, context);
	if (then)
		when_true = build(builder, then, next, context);
	step = add(builder, FLOW_BRANCH, node, when_true);
	builder->flow->steps[step].next[1] = when_false;
	builder->flow->steps[step].expression = parse_head(builder, node);
	return step;
}

/* The body of a loop, which leads to @repeat; a case in it belongs to the switch around the loop. */
static uint32_t build_body(struct builder *builder, const struct node *node, uint32_t repeat,
			   uint32_t next, const struct context *context)
{
	struct context inside = { next, repeat, context ? context->choice : NULL };

	return node->child ? build(builder, node->child, repeat, &inside) : repeat;
}

/* while, for and the loops of macros: @change is the third clause of a for. */
static uint32_t build_loop(struct builder *builder, const struct node *node, uint32_t next,
			   const struct expression *condition, const struct expression *change,
			   const struct context *context)
{
	struct flow *flow = builder->flow;
	uint32_t leave = add(builder, FLOW_LEAVE, node, next);
	uint32_t repeat = add(builder, FLOW_REPEAT, node, FLOW_NONE);
	uint32_t head = add(builder, node->kind == NODE_MACRO ? FLOW_EACH :
			    condition ? FLOW_BRANCH : FLOW_PASS, node, FLOW_NONE);
	uint32_t again = head, body;

	flow->steps[head].expression = condition;
	if (change) {
		again = add(builder, FLOW_EXPRESSION, node, head);
		flow->steps[again].expression = change;
	}
	flow->steps[repeat].next[0] = again;
	body = build_body(builder, node, repeat, next, context);
	flow->steps[head].next[0] = body;
	flow->steps[head].next[1] = flow->steps[head].kind == FLOW_PASS ? FLOW_NONE : leave;
	return head;
}

static uint32_t build_for(struct builder *builder, const struct node *node, uint32_t next,
			  const struct context *context)
{
	const struct syntax *syntax = builder->syntax;
	uint32_t first = node->head_open + 1, clauses[2] = { node->head_close, node->head_close };
	uint32_t head, step;
	size_t found = 0;

	for (uint32_t i = first; i < node->head_close && found < 2; i++) {
		if (code_is(syntax, i, ";"))
			clauses[found++] = i;
		if (syntax->match[i] > i)
			i = syntax->match[i];
	}
	head = build_loop(builder, node, next,
			  parse(builder, clauses[0] + 1, clauses[1] - 1),
			  parse(builder, clauses[1] + 1, node->head_close - 1), context);
	if (clauses[0] == first)
		return head;
	step = build_declarators(builder, node, (struct span){ first, clauses[0] }, head);
	if (step != head)
		return step;
	step = add(builder, FLOW_EXPRESSION, node, head);
	builder->flow->steps[step].expression = parse(builder, first, clauses[0] - 1);
	return step;
}

static uint32_t build_do(struct builder *builder, const struct node *node, uint32_t next,
			 const struct context *context)
{
	struct flow *flow = builder->flow;
	uint32_t leave = add(builder, FLOW_LEAVE, node, next);
	uint32_t repeat = add(builder, FLOW_REPEAT, node, FLOW_NONE);
	uint32_t condition = add(builder, FLOW_BRANCH, node, repeat);
	uint32_t body;

	flow->steps[condition].next[1] = leave;
	if (node->head_close > node->head_open)
		flow->steps[condition].expression = parse_head(builder, node);
	body = build_body(builder, node, condition, next, context);
	flow->steps[repeat].next[0] = body;
	return body;
}

static bool opens_loop(const struct builder *builder, const struct node *node)
{
	const char *name = code_text(builder->syntax, node->first, node->first);

	return strstr(name, "each") || strstr(name, "EACH") || strstr(name, "loop");
}

/* A macro that is no loop is taken to run its body once, as scoped_guard() does. */
static uint32_t build_macro(struct builder *builder, const struct node *node, uint32_t next,
			    const struct context *context)
{
	const struct expression *head = parse(builder, node->first, node->head_close);
	uint32_t step;

	if (opens_loop(builder, node))
		return build_loop(builder, node, next, head, NULL, context);
	step = add(builder, FLOW_EXPRESSION, node, build_body(builder, node, next, next, context));
	builder->flow->steps[step].expression = head;
	return step;
}

static uint32_t build_switch(struct builder *builder, const struct node *node, uint32_t next,
			     const struct context *context)
{
	struct choice choice = { 0 };
	struct context inside = { next, context ? context->after_continue : FLOW_NONE, &choice };
	uint32_t step = add(builder, FLOW_CHOICE, node, FLOW_NONE);
	struct flow_step *built;

	if (node->child)
		build(builder, node->child, next, &inside);
	if (!choice.has_default) {
		choice.cases = grow(choice.cases, choice.count, &choice.capacity,
				    sizeof(*choice.cases));
		choice.cases[choice.count++] = next;
	}
	built = &builder->flow->steps[step];
	built->expression = parse_head(builder, node);
	built->cases = arena_alloc(builder->syntax->arena, choice.count * sizeof(*built->cases));
	memcpy(built->cases, choice.cases, choice.count * sizeof(*built->cases));
	built->case_count = choice.count;
	free(choice.cases);
	return step;
}

static uint32_t build_case(struct builder *builder, const struct node *node, uint32_t next,
			   const struct context *context)
{
	uint32_t step = add(builder, FLOW_PASS, node, next);
	struct choice *choice = context ? context->choice : NULL;

	if (!choice)
		return step;
	if (code_is(builder->syntax, node->first, "case"))
		builder->flow->steps[step].expression =
			parse(builder, node->first + 1, node->last - 1);
	choice->cases = grow(choice->cases, choice->count, &choice->capacity,
			     sizeof(*choice->cases));
	choice->cases[choice->count++] = step;
	choice->has_default |= code_is(builder->syntax, node->first, "default");
	return step;
}

/* The step of a label, whether or not the label has been reached yet. */
static uint32_t label_step(struct builder *builder, uint32_t token)
{
	char *name = code_text(builder->syntax, token, token);
	struct label *label;

	for (size_t i = 0; i < builder->label_count; i++)
		if (!strcmp(builder->labels[i].name, name))
			return builder->labels[i].step;
	builder->labels = grow(builder->labels, builder->label_count, &builder->label_capacity,
			       sizeof(*builder->labels));
	label = &builder->labels[builder->label_count++];
	label->name = name;
	label->step = add(builder, FLOW_PASS, NULL, FLOW_NONE);
	return label->step;
}

static uint32_t build_label(struct builder *builder, const struct node *node, uint32_t next)
{
	uint32_t step = label_step(builder, node->name);

	builder->flow->steps[step].node = node;
	builder->flow->steps[step].next[0] = next;
	return step;
}

static uint32_t build(struct builder *builder, const struct node *node, uint32_t next,
		      const struct context *context)
{
	uint32_t step;

	switch (node->kind) {
	case NODE_COMPOUND:
		return build_children(builder, node, next, context);
	case NODE_IF:
		return build_if(builder, node, next, context);
	case NODE_FOR:
		return build_for(builder, node, next, context);
	case NODE_WHILE:
		return build_loop(builder, node, next, parse_head(builder, node), NULL,
				  context);
	case NODE_DO:
		return build_do(builder, node, next, context);
	case NODE_MACRO:
		return build_macro(builder, node, next, context);
	case NODE_SWITCH:
		return build_switch(builder, node, next, context);
	case NODE_CASE:
		return build_case(builder, node, next, context);
	case NODE_LABEL:
		return build_label(builder, node, next);
	case NODE_DECLARATION:
		return build_declarators(builder, node, (struct span){ node->first, node->last },
					 next);
	case NODE_RETURN:
		step = add(builder, FLOW_RETURN, node, 0);
		builder->flow->steps[step].expression =
			node->last > node->first ?
				parse_rest(builder, node->first + 1, node->last) : NULL;
		return step;
	case NODE_GOTO:
		return add(builder, FLOW_JUMP, node, label_step(builder, node->name));
	case NODE_BREAK:
		return add(builder, FLOW_JUMP, node, context ? context->after_break : FLOW_NONE);
	case NODE_CONTINUE:
		return add(builder, FLOW_JUMP, node, context ? context->after_continue : FLOW_NONE);
	case NODE_EXPRESSION:
		step = add(builder, FLOW_EXPRESSION, node, next);
		builder->flow->steps[step].expression =
			parse_rest(builder, node->first, node->last);
		return step;
	case NODE_EMPTY:
		return next;
	default:
		return add(builder, FLOW_UNKNOWN, node, next);
	}
}

void flow_build(const struct syntax *syntax, const struct node *function, struct flow *flow)
{
	struct builder builder = { .syntax = syntax, .flow = flow };

	*flow = (struct flow){ 0 };
	add(&builder, FLOW_EXIT, NULL, FLOW_NONE);
	flow->entry = build(&builder, node_body(function), 0, NULL);
	free(builder.labels);
}

size_t flow_successors(const struct flow_step *step, const uint32_t **list)
{
	size_t count = 0;

	*list = step->kind == FLOW_CHOICE ? step->cases : step->next;
	if (step->kind == FLOW_CHOICE)
		return step->case_count;
	while (count < 2 && step->next[count] != FLOW_NONE)
		count++;
	return count;
}

void flow_link(struct flow *flow, struct arena *arena)
{
	const uint32_t *list;
	uint32_t *end;
	size_t total = 0;

	flow->begin = arena_alloc(arena, (flow->count + 1) * sizeof(*flow->begin));
	end = arena_alloc(arena, (flow->count + 1) * sizeof(*end));
	for (size_t i = 0; i < flow->count; i++) {
		size_t count = flow_successors(&flow->steps[i], &list);

		for (size_t n = 0; n < count; n++)
			end[list[n]]++;
	}
	for (size_t i = 0; i < flow->count; i++) {
		flow->begin[i] = total;
		total += end[i];
		end[i] = flow->begin[i];
	}
	flow->begin[flow->count] = total;
	flow->before = arena_alloc(arena, (total + 1) * sizeof(*flow->before));
	for (size_t i = 0; i < flow->count; i++) {
		size_t count = flow_successors(&flow->steps[i], &list);

		for (size_t n = 0; n < count; n++)
			flow->before[end[list[n]]++] = i;
	}
}

void flow_release(struct flow *flow)
{
	free(flow->steps);
	*flow = (struct flow){ 0 };
}
