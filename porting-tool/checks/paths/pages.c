// SPDX-License-Identifier: GPL-2.0-only
#include "pages.h"

#include <string.h>

#include "checks/check.h"

static const char *parameter_name(const struct function *function, size_t index)
{
	const struct declarator *parameter = &function->parameters[index];

	if (index >= function->parameter_count || !parameter->name)
		return NULL;
	return code_text(&function->unit->syntax, parameter->name, parameter->name);
}

/* Looks for calls that may lock the page in a variable, and for places where it gets away. */
struct lock_search {
	const struct checker *checker;
	const struct function *function;
	const char *page;
	unsigned int depth;
};

static bool may_lock(const struct checker *checker, const struct function *function,
		     const char *page, unsigned int depth);

static bool argument_may_be_locked(const struct lock_search *search,
				   const struct expression *call,
				   const struct expression *argument, size_t index)
{
	const struct function *called;
	const char *name;

	/* What is given is a value made from it, as page_to_pfn(page) is. */
	if (argument->kind != EXPRESSION_NAME)
		return false;
	called = program_function(&search->checker->program, search->function->unit, call->name);
	if (!called)
		return true;
	name = parameter_name(called, index);
	return !name || may_lock(search->checker, called, name, search->depth + 1);
}

static bool cannot_lock(const struct expression *node, void *data)
{
	const struct lock_search *search = data;
	enum call_effect effect;
	size_t index = 0;

	/* Kept somewhere else, it may be locked from there. */
	if (node->kind == EXPRESSION_ASSIGN &&
	    expression_is(expression_inner(node->right), EXPRESSION_NAME, search->page))
		return false;
	if (node->kind != EXPRESSION_CALL)
		return true;
	effect = program_function(&search->checker->program, search->function->unit, node->name) ?
			 CALL_UNKNOWN : call_effect(node->name);
	for (const struct expression *child = node->child; child; child = child->next, index++) {
		const struct expression *argument = expression_inner(child);

		if (!expression_mentions(argument, search->page))
			continue;
		if (effect == CALL_LOCK_PAGE ||
		    (effect == CALL_UNKNOWN &&
		     argument_may_be_locked(search, node, argument, index)))
			return false;
	}
	return true;
}

/* Whether a function may lock the page in one of its variables. */
static bool may_lock(const struct checker *checker, const struct function *function,
		     const char *page, unsigned int depth)
{
	struct lock_search search = { checker, function, page, depth };

	if (depth > 8)
		return true;
	for (size_t i = 0; i < function->flow.count; i++) {
		const struct flow_step *step = &function->flow.steps[i];

		if (step->kind == FLOW_UNKNOWN)
			return true;
		if (step->kind == FLOW_DECLARE && step->expression &&
		    expression_is(expression_inner(step->expression), EXPRESSION_NAME, page))
			return true;
		if (!expression_walk(step->expression, cannot_lock, &search))
			return true;
	}
	return false;
}

static bool returns_page_pointer(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->first; i < function->node->name; i++)
		if (code_is(syntax, i, "struct") && code_is(syntax, i + 1, "page"))
			return code_is(syntax, i + 2, "*");
	return false;
}

/* A function of the driver that finds a page and returns it without having locked anything. */
static bool returns_unlocked(const struct explorer *explorer, const struct frame *frame,
			     const struct expression *call)
{
	const struct function *function =
		program_function(&explorer->checker->program, frame->function->unit, call->name);
	bool returns_variable = false;

	if (!function || !returns_page_pointer(function))
		return false;
	for (size_t i = 0; i < function->flow.count; i++) {
		const struct flow_step *step = &function->flow.steps[i];
		const struct expression *value = expression_inner(step->expression);

		if (step->kind != FLOW_RETURN || !value ||
		    expression_is(value, EXPRESSION_NAME, "NULL"))
			continue;
		if (value->kind != EXPRESSION_NAME ||
		    may_lock(explorer->checker, function, value->name, 0))
			return false;
		returns_variable = true;
	}
	return returns_variable;
}

bool pages_taken_locked(const struct explorer *explorer, const struct frame *frame,
			const char *name)
{
	const struct checker *checker = explorer->checker;

	if (may_lock(checker, frame->function, name, 0))
		return false;
	/* It may be locked later, through what stands in dst. */
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];

		if ((function_mentions(function, "migrate_pfn_to_page") ||
		     function_mentions(function, "migrate_pfn_to_folio")) &&
		    (function_mentions(function, "lock_page") ||
		     function_mentions(function, "trylock_page") ||
		     function_mentions(function, "folio_lock") ||
		     function_mentions(function, "folio_trylock")))
			return false;
	}
	return true;
}

/* The call whose value a variable has: that of "block = alloc_pages(...)", where there is one only. */
static const struct expression *only_value(const struct frame *frame, const char *name)
{
	const struct flow *flow = &frame->function->flow;
	const struct expression *found = NULL;

	for (size_t i = 0; i < flow->count; i++) {
		const struct expression *value = flow->steps[i].expression;

		if (!expression_is(value, EXPRESSION_ASSIGN, "=") ||
		    !expression_is(value->left, EXPRESSION_NAME, name))
			continue;
		if (found)
			return NULL;
		found = expression_inner(value->right);
	}
	return found;
}

void pages_assign(struct explorer *explorer, const struct frame *frame, const char *name,
		  const struct expression *value, struct state *state)
{
	int page = frame_page(frame, name);
	const struct expression *inner = expression_inner(value);

	if (page < 0)
		return;
	if (state->pages[page] == (PAGE_IN_DST | PAGE_UNLOCKED) && !state->places[PLACE_UNLOCKED])
		state->places[PLACE_UNLOCKED] = state->fill_at;
	state->pages[page] = 0;
	/* One of the pages of a block: block + i */
	if (expression_is(inner, EXPRESSION_BINARY, "+") && inner->left->kind == EXPRESSION_NAME)
		inner = only_value(frame, inner->left->name);
	if (!inner || inner->kind != EXPRESSION_CALL)
		return;
	if (call_effect(inner->name) == CALL_ALLOCATE_PAGE ||
	    returns_unlocked(explorer, frame, inner))
		state->pages[page] = PAGE_UNLOCKED;
}

struct written {
	const struct frame *frame;
	struct state *state;
};

static bool mark_written(const struct expression *node, void *data)
{
	const struct written *written = data;
	int page = node->kind == EXPRESSION_NAME ? frame_page(written->frame, node->name) : -1;

	if (page < 0 && node->kind == EXPRESSION_NAME)
		page = frame_page_of_pfn(written->frame, node->name);
	if (page >= 0)
		written->state->pages[page] |= PAGE_IN_DST;
	return true;
}

void pages_written(const struct frame *frame, const struct expression *value, struct state *state)
{
	struct written written = { frame, state };

	expression_walk(value, mark_written, &written);
}

void pages_cleared(struct state *state)
{
	for (int i = 0; i < PAGES_MAX; i++)
		state->pages[i] &= (uint8_t)~PAGE_IN_DST;
	state->places[PLACE_FREED] = 0;
}

void pages_all_cleared(struct state *state)
{
	state->dst = FILL_NONE;
	state->dst_earlier = FILL_NONE;
	state->places[PLACE_UNLOCKED] = 0;
	pages_cleared(state);
}

void pages_locked(struct state *state)
{
	for (int i = 0; i < PAGES_MAX; i++)
		state->pages[i] &= (uint8_t)~PAGE_UNLOCKED;
	state->places[PLACE_UNLOCKED] = 0;
}

/* A driver that takes a reference of its own may drop one. */
static bool takes_reference(const struct frame *frame, const char *name)
{
	const struct syntax *syntax = &frame->function->unit->syntax;
	const struct node *node = frame->function->node;

	for (uint32_t i = node->first; i + 2 < node->last; i++)
		if ((code_is(syntax, i, "get_page") || code_is(syntax, i, "folio_get")) &&
		    code_is(syntax, i + 2, name))
			return true;
	return false;
}

static void drop_page(struct explorer *explorer, struct frame *frame, int page,
		      const struct expression *call, struct outcome *at)
{
	struct event event = event_at(explorer, frame, call, at);

	if ((at->state.pages[page] & PAGE_IN_DST) && !takes_reference(frame, frame->pages[page]))
		checks_on(MOMENT_DROP_PAGE, &event);
}

/* Whether a call may lock the page in a variable that it is given. */
static bool call_may_lock(const struct explorer *explorer, const struct frame *frame,
			  const struct expression *call, enum call_effect effect, const char *page)
{
	struct lock_search search = { explorer->checker, frame->function, page, 0 };

	if (effect == CALL_LOCK_PAGE)
		return true;
	return effect == CALL_UNKNOWN && !cannot_lock(call, &search);
}

/* put_page(migrate_pfn_to_page(dst[i])) */
static bool is_page_of_dst(const struct frame *frame, const struct expression *argument)
{
	if (argument->kind != EXPRESSION_CALL || !argument->name || !argument->child ||
	    strncmp(argument->name, "migrate_pfn_to_", 15))
		return false;
	return subject_role(&frame->subject, expression_inner(argument->child)) == ROLE_DST_WORD;
}

void pages_call(struct explorer *explorer, struct frame *frame,
		const struct expression *call, enum call_effect effect, struct outcome *at)
{
	bool named = false;

	if (effect == CALL_HARMLESS || effect == CALL_CONDITION || effect == CALL_GET_PAGE)
		return;
	for (const struct expression *argument = call->child; argument;
	     argument = argument->next) {
		const struct expression *inner = expression_inner(argument);

		if (effect == CALL_DROP_PAGE && is_page_of_dst(frame, inner)) {
			struct event event = event_at(explorer, frame, call, at);

			checks_on(MOMENT_DROP_PAGE, &event);
		}
		/* &page->lru and page_folio(page) hand it over as well. */
		for (int page = 0; page < (int)frame->page_count; page++) {
			if (!expression_mentions(inner, frame->pages[page]))
				continue;
			named = true;
			if (effect == CALL_DROP_PAGE && inner->kind == EXPRESSION_NAME)
				drop_page(explorer, frame, page, call, at);
			else if (call_may_lock(explorer, frame, call, effect, frame->pages[page]))
				at->state.pages[page] &= (uint8_t)~PAGE_UNLOCKED;
		}
	}
	/* lock_page(migrate_pfn_to_page(dst[i])) locks what is in dst. */
	if (effect == CALL_LOCK_PAGE && !named)
		pages_locked(&at->state);
}

void pages_leave(struct state *state)
{
	for (int i = 0; i < PAGES_MAX; i++)
		if (state->pages[i] == (PAGE_IN_DST | PAGE_UNLOCKED) && !state->places[PLACE_UNLOCKED])
			state->places[PLACE_UNLOCKED] = state->fill_at;
}

void pages_ready(struct explorer *explorer, struct frame *frame, const struct expression *call,
		 struct outcome *at)
{
	struct event event = event_at(explorer, frame, call, at);

	if (!holds_pages(&at->state))
		return;
	pages_leave(&at->state);
	checks_on(MOMENT_READY, &event);
	at->state.places[PLACE_UNLOCKED] = 0;
	at->state.places[PLACE_FREED] = 0;
}
