// SPDX-License-Identifier: GPL-2.0-only
#include "held.h"

#include <string.h>

#include "checks/check.h"

/* More than helpers are nested: assume that the page is given away. */
#define DEPTH_MAX 6

/* Pieces of the names of functions that work on a page and leave it to the caller. */
static const char *const leaving_words[] = {
	"copy", "clear", "zero", "fill", "map", "dma", "read", "write", "init", "lock", "flush",
	"set_", "is_", "get_", "to_pfn", "to_phys", "charge", "dirty", "address", "send", "sync",
	"backing", "_to_",
};

static bool leaves_page(const char *name)
{
	for (size_t i = 0; name && i < sizeof(leaving_words) / sizeof(*leaving_words); i++)
		if (strstr(name, leaving_words[i]))
			return !strstr(name, "free") && !strstr(name, "put") &&
			       !strstr(name, "unlock") && !strstr(name, "add");
	return false;
}

/* Calls that make a page's word, or a part of it: where the result goes the page goes. */
static bool makes_word(const struct expression *call)
{
	return call->name && (strstr(call->name, "page_to_pfn") || strstr(call->name, "folio_pfn") ||
			      !strncmp(call->name, "migrate_pfn", 11));
}

/* Whether the value itself, not what a call makes of it, names a variable. */
static bool value_names(const struct expression *value, const char *name)
{
	value = expression_inner(value);
	if (!value)
		return false;
	if (value->kind == EXPRESSION_NAME)
		return !strcmp(value->name, name);
	if (value->kind == EXPRESSION_CALL) {
		for (const struct expression *child = value->child; child; child = child->next)
			if (makes_word(value) && value_names(child, name))
				return true;
		return false;
	}
	/* p->private tells something of the page, &p->lru is a part of it. */
	if (value->kind == EXPRESSION_MEMBER)
		return false;
	if (expression_is(value, EXPRESSION_PREFIX, "&"))
		return expression_mentions(value, name);
	for (const struct expression *child = value->child; child; child = child->next)
		if (value_names(child->left ? child->left : child, name))
			return true;
	return value_names(value->left, name) || value_names(value->right, name) ||
	       value_names(value->third, name);
}

/* A function of the driver, and the parameter that is the page. */
struct search {
	const struct checker *checker;
	struct function *function;
	const char *name;
	unsigned int depth;
};

static bool may_give_away(const struct checker *checker, const struct function *from,
			  const struct expression *call, const char *name, unsigned int depth);

/*
 * Whether a function gives a page back itself, and puts it into dst: a helper that is given the page
 * in between writes it down for a copy, and does not take it over.
 */
static bool stays_with(const struct frame *frame, int page)
{
	const struct syntax *syntax = &frame->function->unit->syntax;
	const struct node *node = frame->function->node;

	for (uint32_t i = node->head_close; frame->goes_to_dst[page] && i + 3 < node->last; i++)
		if ((code_is(syntax, i, "put_page") || code_is(syntax, i, "__free_page")) &&
		    code_is(syntax, i + 2, frame->pages[page]) && code_is(syntax, i + 3, ")"))
			return true;
	return false;
}

static bool keeps_page(const struct expression *node, void *data)
{
	const struct search *search = data;

	if (node->kind == EXPRESSION_ASSIGN && value_names(node->right, search->name))
		return false;
	return node->kind != EXPRESSION_CALL ||
	       !may_give_away(search->checker, search->function, node, search->name,
			      search->depth);
}

static bool function_gives_away(const struct checker *checker, struct function *function,
				size_t index, unsigned int depth)
{
	const struct flow *flow = function_flow(function);
	struct search search = { checker, function, NULL, depth + 1 };
	const struct declarator *parameter;

	if (depth >= DEPTH_MAX || index >= function->parameter_count)
		return true;
	parameter = &function->parameters[index];
	if (!parameter->name)
		return false;
	search.name = code_text(&function->unit->syntax, parameter->name, parameter->name);
	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (step->kind == FLOW_UNKNOWN ||
		    ((step->kind == FLOW_DECLARE || step->kind == FLOW_RETURN) &&
		     value_names(step->expression, search.name)) ||
		    !expression_walk(step->expression, keeps_page, &search))
			return true;
	}
	return false;
}

/* Whether a call may give away the page in a variable. */
static bool may_give_away(const struct checker *checker, const struct function *from,
			  const struct expression *call, const char *name, unsigned int depth)
{
	struct function *called = program_function(&checker->program, from->unit, call->name);
	enum call_effect effect = called ? CALL_UNKNOWN : call_effect(call->name);
	size_t index = 0;

	if (effect != CALL_UNKNOWN && effect != CALL_DROP_PAGE)
		return false;
	for (const struct expression *child = call->child; child; child = child->next, index++) {
		const struct expression *argument = expression_inner(child);

		if (!expression_mentions(argument, name) || argument->kind == EXPRESSION_MEMBER ||
		    (argument->kind == EXPRESSION_CALL && !makes_word(argument)))
			continue;
		if (called && argument->kind == EXPRESSION_NAME) {
			if (function_gives_away(checker, called, index, depth))
				return true;
		} else if (effect == CALL_DROP_PAGE || !leaves_page(call->name)) {
			return true;
		}
	}
	return false;
}

static void forget_page(struct state *state, int page)
{
	state->held[page] = 0;
	state->taken_at[page] = 0;
}

static void lose(struct explorer *explorer, struct frame *frame, int page,
		 const struct expression *where, struct outcome *at)
{
	struct event event = event_at(explorer, frame, where, at);

	event.taken_at = at->state.taken_at[page];
	if (at->state.held[page] & HELD_TAKEN) {
		/* That dst is empty follows from it. */
		explorer->fills_dst = true;
		checks_on(MOMENT_LOSE_PAGE, &event);
	}
	forget_page(&at->state, page);
}

static bool is_allocation(const struct expression *value)
{
	return value && value->kind == EXPRESSION_CALL && value->name &&
	       call_effect(value->name) == CALL_ALLOCATE_PAGE;
}

/* A page that comes from a function which gives it to its caller. */
static bool is_taken(const struct explorer *explorer, const struct frame *frame,
		     const struct expression *value)
{
	if (!value || value->kind != EXPRESSION_CALL || !value->name)
		return false;
	if (is_allocation(value))
		return true;
	/* What is found by its number or address may be somebody else's. */
	if (strstr(value->name, "_to_") || strstr(value->name, "find") ||
	    strstr(value->name, "lookup") || strstr(value->name, "walk"))
		return false;
	return call_effect(value->name) == CALL_UNKNOWN ||
	       program_function(&explorer->checker->program, frame->function->unit, value->name);
}

void held_assign(struct explorer *explorer, struct frame *frame, const char *name,
		 const struct expression *value, struct outcome *at)
{
	const struct expression *inner = expression_inner(value);
	int page = frame_page(frame, name);

	if (page < 0 || (!frame->goes_to_dst[page] && !is_allocation(inner) &&
			 !at->state.held[page]))
		return;
	lose(explorer, frame, page, inner, at);
	if (!is_taken(explorer, frame, inner))
		return;
	at->state.held[page] = HELD_TAKEN;
	if (frame->taken_locked[page] && !is_allocation(inner) &&
	    !program_function(&explorer->checker->program, frame->function->unit, inner->name))
		at->state.held[page] |= HELD_LOCKED;
	at->state.taken_at[page] =
		place_pack(explorer->checker, frame_place(frame, inner));
}

void held_escape(const struct frame *frame, const struct expression *value, struct state *state)
{
	for (int page = 0; value && page < (int)frame->page_count; page++)
		if (state->held[page] && value_names(value, frame->pages[page]))
			forget_page(state, page);
}

/* A function of the driver that gives no page back, whatever it writes down. */
static bool leaves_to_caller(const struct explorer *explorer, const struct frame *frame,
			     const struct expression *call)
{
	static const char *const names[] = { "put_page", "__free_page", "unlock_page",
					     "folio_put", "folio_unlock", "__free_pages", NULL };
	const struct function *called = program_function(&explorer->checker->program,
							 frame->function->unit, call->name);

	return called && !checker_reaches(explorer->checker, called, names);
}

void held_call(struct explorer *explorer, struct frame *frame, const struct expression *call,
	       enum call_effect effect, struct outcome *at)
{
	const struct expression *argument = expression_inner(expression_argument(call, 0));
	struct event event = event_at(explorer, frame, call, at);

	for (int page = 0; page < (int)frame->page_count; page++) {
		uint8_t *held = &at->state.held[page];

		if (!*held || !expression_mentions(call, frame->pages[page]))
			continue;
		if (effect == CALL_LOCK_PAGE && expression_is(argument, EXPRESSION_NAME,
							      frame->pages[page])) {
			*held |= HELD_LOCKED;
			continue;
		}
		if (effect == CALL_DROP_PAGE && strstr(call->name, "unlock")) {
			*held &= (uint8_t)~HELD_LOCKED;
			continue;
		}
		event.taken_at = at->state.taken_at[page];
		if (effect == CALL_DROP_PAGE && (*held & HELD_LOCKED))
			checks_on(MOMENT_FREE_LOCKED, &event);
		if (effect == CALL_UNKNOWN && stays_with(frame, page) &&
		    leaves_to_caller(explorer, frame, call))
			continue;
		if (may_give_away(explorer->checker, frame->function, call, frame->pages[page], 0))
			forget_page(&at->state, page);
	}
}

void held_none(const struct frame *frame, const struct expression *expression,
	       struct state *state)
{
	int page = -1;

	if (expression->kind == EXPRESSION_CALL && expression->name &&
	    !strncmp(expression->name, "IS_ERR", 6))
		expression = expression_inner(expression_argument(expression, 0));
	if (expression && expression->kind == EXPRESSION_NAME)
		page = frame_page(frame, expression->name);
	if (page >= 0)
		forget_page(state, page);
}

void held_exit(struct explorer *explorer, struct frame *frame, const struct expression *value,
	       struct outcome *at)
{
	held_escape(frame, value, &at->state);
	for (int page = 0; page < (int)frame->page_count; page++)
		lose(explorer, frame, page, value, at);
}
