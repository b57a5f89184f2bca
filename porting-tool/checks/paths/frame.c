// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is worth following in a function: conditions that are tested more than once, variables that
 * carry an error to a later test, pages on their way to dst, loops that clear or count.
 */
#include <stdlib.h>
#include <string.h>

#include "call_effects.h"
#include "explore.h"
#include "pages.h"
#include "shared.h"
#include "value.h"

/* A text that may become a fact. */
struct candidate {
	const char *text;
	unsigned int tests;
	unsigned int assignments;
	bool result;
};

struct candidates {
	struct arena *arena;
	struct candidate *list;
	size_t count;
	size_t capacity;
};

static struct candidate *candidate(struct candidates *candidates, const char *text)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (!strcmp(candidates->list[i].text, text))
			return &candidates->list[i];
	candidates->list = grow(candidates->list, candidates->count, &candidates->capacity,
				sizeof(*candidates->list));
	candidates->list[candidates->count] = (struct candidate){ .text = text };
	return &candidates->list[candidates->count++];
}

static bool is_variable(const struct expression *expression)
{
	if (expression_is(expression, EXPRESSION_PREFIX, "*"))
		return expression->left->kind == EXPRESSION_NAME;
	return expression->kind == EXPRESSION_NAME || expression->kind == EXPRESSION_MEMBER;
}

static bool is_comparison(const struct expression *expression)
{
	static const char *const operators[] = { "<", ">", "<=", ">=", "&" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (expression_is(expression, EXPRESSION_BINARY, operators[i]))
			return true;
	return false;
}

/* Counts what a condition tests. */
static void count_tests(struct candidates *candidates, const struct expression *expression)
{
	char equality[256];

	if (!expression)
		return;
	if (is_variable(expression)) {
		candidate(candidates, expression->text)->tests++;
		return;
	}
	if (equality_text(expression, equality, sizeof(equality)))
		candidate(candidates, arena_printf(candidates->arena, "%s", equality))->tests++;
	else if (is_comparison(expression))
		candidate(candidates, expression->text)->tests++;
	if (expression->kind != EXPRESSION_CALL)
		count_tests(candidates, expression->left);
	count_tests(candidates, expression->right);
	count_tests(candidates, expression->third);
	for (const struct expression *child = expression->child; child; child = child->next)
		count_tests(candidates, child);
}

static void count_assignment(struct candidates *candidates, const char *target,
			     const struct expression *value)
{
	value = expression_inner(value);
	if (!value)
		return;
	candidate(candidates, target)->assignments++;
	if (value->kind == EXPRESSION_CALL && step_of_call(value) != STEP_NONE)
		candidate(candidates, target)->result = true;
}

static bool count_in_node(const struct expression *node, void *data)
{
	if (node->kind == EXPRESSION_ASSIGN && is_variable(node->left))
		count_assignment(data, node->left->text, node->right);
	if (node->kind == EXPRESSION_CHOICE)
		count_tests(data, node->left);
	return true;
}

/* A function that is given &x or p may set x, x.m, *p or p->m. */
static bool count_reached(const struct expression *node, void *data)
{
	struct candidates *candidates = data;

	if (node->kind != EXPRESSION_CALL)
		return true;
	for (const struct expression *child = node->child; child; child = child->next) {
		const struct expression *argument = expression_inner(child);

		for (size_t i = 0; i < candidates->count; i++)
			if (fact_reached(candidates->list[i].text, argument))
				candidates->list[i].assignments++;
	}
	return true;
}

/* What is assigned to x may decide x==CONSTANT. */
static void count_constants(struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++) {
		const char *equals = strstr(candidates->list[i].text, "==");
		size_t length = equals ? (size_t)(equals - candidates->list[i].text) : 0;

		for (size_t n = 0; equals && n < candidates->count; n++)
			if (!strncmp(candidates->list[n].text, candidates->list[i].text, length) &&
			    !candidates->list[n].text[length])
				candidates->list[i].assignments += candidates->list[n].assignments;
	}
}

/* The most useful first. */
static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->result != b->result)
		return a->result ? -1 : 1;
	if (a->tests != b->tests)
		return a->tests > b->tests ? -1 : 1;
	return strcmp(a->text, b->text);
}

static bool is_useful(const struct candidate *candidate)
{
	if (candidate->result)
		return true;
	return candidate->tests >= 2 || (candidate->tests && candidate->assignments);
}

static void find_facts(struct explorer *explorer, struct frame *frame)
{
	const struct function *function = frame->function;
	const struct syntax *syntax = &function->unit->syntax;
	struct candidates candidates = { .arena = syntax->arena };

	/* A parameter has a value from the beginning. */
	for (size_t i = 0; i < function->parameter_count; i++)
		if (function->parameters[i].name)
			candidate(&candidates, code_text(syntax, function->parameters[i].name,
							 function->parameters[i].name))
				->assignments++;
	for (size_t i = 0; i < function->flow.count; i++) {
		const struct flow_step *step = &function->flow.steps[i];

		if (step->kind == FLOW_BRANCH || step->kind == FLOW_CHOICE ||
		    step->kind == FLOW_RETURN)
			count_tests(&candidates, step->expression);
		if (step->kind == FLOW_DECLARE && step->expression)
			count_assignment(&candidates,
					 code_text(syntax, step->declarator->name,
						   step->declarator->name), step->expression);
		expression_walk(step->expression, count_in_node, &candidates);
	}
	for (size_t i = 0; i < function->flow.count; i++)
		expression_walk(function->flow.steps[i].expression, count_reached, &candidates);
	count_constants(&candidates);
	if (candidates.count)
		qsort(candidates.list, candidates.count, sizeof(*candidates.list),
		      compare_candidates);
	for (size_t i = 0; i < candidates.count && frame->fact_count < explorer->fact_limit; i++)
		if (is_useful(&candidates.list[i]))
			frame->facts[frame->fact_count++] = candidates.list[i].text;
	free(candidates.list);
}

int frame_fact(const struct frame *frame, const char *text)
{
	for (size_t i = 0; i < frame->fact_count; i++)
		if (same_text(frame->facts[i], text))
			return (int)i;
	return -1;
}

void frame_forget(const struct frame *frame, struct state *state, const char *text)
{
	for (size_t i = 0; i < frame->fact_count; i++)
		if (state->facts[i] != VALUE_ANY && text_mentions(frame->facts[i], text))
			state->facts[i] = VALUE_ANY;
}

void frame_forget_subject(const struct frame *frame, struct state *state)
{
	for (size_t i = 0; i < frame->subject.count; i++)
		frame_forget(frame, state, frame->subject.names[i].text);
}

int frame_page(const struct frame *frame, const char *name)
{
	for (size_t i = 0; i < frame->page_count; i++)
		if (same_text(frame->pages[i], name))
			return (int)i;
	return -1;
}

static void add_page(struct frame *frame, const char *name)
{
	if (frame->page_count < PAGES_MAX && frame_page(frame, name) < 0)
		frame->pages[frame->page_count++] = name;
}

/* x of "x = alloc_page(...)" */
static void add_allocated(struct frame *frame, const char *name, const struct expression *value)
{
	value = expression_inner(value);
	if (value && value->kind == EXPRESSION_CALL &&
	    call_effect(value->name) == CALL_ALLOCATE_PAGE)
		add_page(frame, name);
}

/* x in page_to_pfn(x), wherever it stands, and where it is allocated. */
static bool find_page(const struct expression *node, void *data)
{
	struct frame *frame = data;
	const struct expression *argument;

	if (expression_is(node, EXPRESSION_ASSIGN, "=") && node->left->kind == EXPRESSION_NAME)
		add_allocated(frame, node->left->name, node->right);

	if (!expression_is(node, EXPRESSION_CALL, "page_to_pfn") &&
	    !expression_is(node, EXPRESSION_CALL, "folio_pfn"))
		return true;
	argument = expression_inner(expression_argument(node, 0));
	if (argument && argument->kind == EXPRESSION_NAME)
		add_page(frame, argument->name);
	return true;
}

int frame_page_of_pfn(const struct frame *frame, const char *name)
{
	for (size_t i = 0; i < frame->page_count; i++)
		if (frame->pfns[i] && same_text(frame->pfns[i], name))
			return (int)i;
	return -1;
}

/* pfn = page_to_pfn(page) */
static void keep_pfn(struct frame *frame, const char *name, const struct expression *value)
{
	const struct expression *argument;
	int page;

	value = expression_inner(value);
	if (!expression_is(value, EXPRESSION_CALL, "page_to_pfn"))
		return;
	argument = expression_inner(expression_argument(value, 0));
	if (!argument || argument->kind != EXPRESSION_NAME)
		return;
	page = frame_page(frame, argument->name);
	if (page >= 0)
		frame->pfns[page] = name;
}

static bool find_pfn(const struct expression *node, void *data)
{
	if (expression_is(node, EXPRESSION_ASSIGN, "=") && node->left->kind == EXPRESSION_NAME)
		keep_pfn(data, node->left->name, node->right);
	return true;
}

/* migrate_pfn(page_to_pfn(page)), migrate_pfn(pfn) */
static bool find_dst_page(const struct expression *node, void *data)
{
	struct frame *frame = data;

	if (!expression_is(node, EXPRESSION_CALL, "migrate_pfn"))
		return true;
	for (size_t i = 0; i < frame->page_count; i++)
		frame->goes_to_dst[i] |= expression_mentions(node, frame->pages[i]) ||
					 (frame->pfns[i] &&
					  expression_mentions(node, frame->pfns[i]));
	return true;
}

static void find_pages(struct frame *frame)
{
	const struct flow *flow = &frame->function->flow;
	const struct syntax *syntax = &frame->function->unit->syntax;

	for (size_t i = 0; i < flow->count; i++)
		expression_walk(flow->steps[i].expression, find_page, frame);
	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (step->kind == FLOW_DECLARE && step->expression) {
			const char *name = code_text(syntax, step->declarator->name,
						     step->declarator->name);

			add_allocated(frame, name, step->expression);
			keep_pfn(frame, name, step->expression);
		}
		expression_walk(step->expression, find_pfn, frame);
	}
	for (size_t i = 0; i < flow->count; i++)
		expression_walk(flow->steps[i].expression, find_dst_page, frame);
}

static bool is_increment(const struct frame *frame, const struct expression *expression)
{
	const struct expression *target;

	if (!expression)
		return false;
	target = expression->left;
	if (!target || !is_variable(target) ||
	    subject_role(&frame->subject, target) != ROLE_NONE)
		return false;
	return expression_is(expression, EXPRESSION_POSTFIX, "++") ||
	       expression_is(expression, EXPRESSION_PREFIX, "++") ||
	       expression_is(expression, EXPRESSION_ASSIGN, "+=");
}

/* What the body of a loop does to dst. */
struct writes {
	const struct frame *frame;
	bool clears;
	bool fills;
	bool locks;
	bool reads;
	uint32_t counts;
};

static bool is_zero(const struct expression *value)
{
	value = expression_inner(value);
	return value && value->kind == EXPRESSION_NUMBER && !strtoull(value->text, NULL, 0);
}

static bool look_at_write(const struct expression *node, void *data)
{
	struct writes *writes = data;
	const struct subject *subject = &writes->frame->subject;
	int fact;

	if (node->kind == EXPRESSION_CALL && call_effect(node->name) == CALL_LOCK_PAGE)
		writes->locks = true;
	if (is_increment(writes->frame, node)) {
		fact = frame_fact(writes->frame, node->left->text);
		writes->counts |= fact >= 0 ? 1u << fact : 0;
	}
	writes->reads |= subject_role(subject, node) == ROLE_DST_WORD;
	if (node->kind != EXPRESSION_ASSIGN || subject_role(subject, node->left) != ROLE_DST_WORD)
		return true;
	if (!strcmp(node->name, "=") && is_zero(node->right))
		writes->clears = true;
	else
		writes->fills = true;
	return true;
}

static struct writes loop_writes(const struct frame *frame, const struct node *loop)
{
	const struct flow *flow = &frame->function->flow;
	struct writes writes = { .frame = frame };

	for (size_t i = 0; i < flow->count; i++) {
		const struct node *node = flow->steps[i].node;

		if (node && node != loop && node->first >= loop->first && node->last <= loop->last)
			expression_walk(flow->steps[i].expression, look_at_write, &writes);
	}
	return writes;
}

static bool is_migrate_test(const struct expression *node, void *data)
{
	const struct subject *subject = data;

	return !(expression_is(node, EXPRESSION_BINARY, "&") &&
		 subject_role(subject, node->left) == ROLE_SRC_WORD &&
		 expression_mentions(node->right, "MIGRATE_PFN_MIGRATE"));
}

/* if (src[i] & MIGRATE_PFN_MIGRATE) count++; */
static bool step_counts(const struct frame *frame, const struct flow_step *step)
{
	const struct flow *flow = &frame->function->flow;
	const struct node *parent;

	if (step->kind != FLOW_EXPRESSION || !is_increment(frame, step->expression))
		return false;
	if (!expression_walk(step->expression->right, is_migrate_test, (void *)&frame->subject))
		return true;
	parent = step->node->parent;
	while (parent && parent->kind == NODE_COMPOUND)
		parent = parent->parent;
	if (!parent || parent->kind != NODE_IF)
		return false;
	for (size_t i = 0; i < flow->count; i++)
		if (flow->steps[i].kind == FLOW_BRANCH && flow->steps[i].node == parent)
			return !expression_walk(flow->steps[i].expression, is_migrate_test,
						(void *)&frame->subject);
	return false;
}

void frame_prepare(struct explorer *explorer, struct frame *frame)
{
	const struct flow *flow = &frame->function->flow;
	struct arena *arena = &explorer->checker->arena;

	find_facts(explorer, frame);
	find_pages(frame);
	for (size_t i = 0; i < frame->page_count; i++)
		frame->taken_locked[i] = frame->goes_to_dst[i] &&
					 pages_taken_locked(explorer, frame, frame->pages[i]);
	frame->clearing = arena_alloc(arena, flow->count * sizeof(*frame->clearing));
	frame->locking = arena_alloc(arena, flow->count * sizeof(*frame->locking));
	frame->counting = arena_alloc(arena, flow->count * sizeof(*frame->counting));
	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (step->kind == FLOW_LEAVE) {
			struct writes writes = loop_writes(frame, step->node);

			/* With nothing but zeroes written, all of dst is clear when it ends. */
			frame->clearing[i] = writes.clears && !writes.fills;
			frame->locking[i] = writes.locks && !writes.fills;
		}
		frame->counting[i] = step_counts(frame, step);
	}
	frame->counters = arena_alloc(arena, flow->count * sizeof(*frame->counters));
	frame_find_counters(frame);
}

void frame_find_counters(struct frame *frame)
{
	const struct flow *flow = &frame->function->flow;

	for (size_t i = 0; i < flow->count; i++) {
		struct writes writes;

		if (flow->steps[i].kind != FLOW_LEAVE)
			continue;
		writes = loop_writes(frame, flow->steps[i].node);
		frame->counters[i] = writes.reads && !writes.fills ? writes.counts : 0;
	}
}
