// SPDX-License-Identifier: GPL-2.0-only
#include "shared.h"

#include <string.h>

/* The rest of a fact behind what @argument points to: "" for itself, or a member of it. */
static const char *rest_of_fact(const char *fact, const struct expression *argument)
{
	bool address = expression_is(argument, EXPRESSION_PREFIX, "&");
	const char *text, *separator = address ? "." : "->";
	size_t length;

	if (!address && argument->kind != EXPRESSION_NAME && argument->kind != EXPRESSION_MEMBER)
		return NULL;
	text = address ? argument->left->text : argument->text;
	if (address ? !strcmp(fact, text) : fact[0] == '*' && !strcmp(fact + 1, text))
		return "";
	length = strlen(text);
	if (strncmp(fact, text, length) || strncmp(fact + length, separator, strlen(separator)))
		return NULL;
	return fact + length + strlen(separator);
}

bool fact_reached(const char *fact, const struct expression *argument)
{
	return rest_of_fact(fact, argument);
}

static void share(const struct explorer *explorer, struct frame *inside, const char *name,
		  int outside, struct shared *shared)
{
	int fact = frame_fact(inside, name);

	if (fact < 0) {
		if (inside->fact_count >= explorer->fact_limit)
			return;
		fact = (int)inside->fact_count++;
		inside->facts[fact] = name;
		frame_find_counters(inside);
	}
	if (shared->count >= FACTS_MAX)
		return;
	shared->outside[shared->count] = outside;
	shared->inside[shared->count++] = fact;
}

struct shared shared_facts(const struct explorer *explorer, const struct frame *frame,
			   struct frame *inside, const struct expression *call)
{
	const struct function *function = inside->function;
	const struct syntax *syntax = &function->unit->syntax;
	const struct expression *argument = call->child;
	struct shared shared = { 0 };

	for (size_t i = 0; i < function->parameter_count && argument;
	     i++, argument = argument->next) {
		uint32_t name = function->parameters[i].name;

		for (size_t fact = 0; name && fact < frame->fact_count; fact++) {
			const char *rest =
				rest_of_fact(frame->facts[fact], expression_inner(argument));

			if (!rest)
				continue;
			share(explorer, inside,
			      arena_printf(syntax->arena, *rest ? "%s->%s" : "*%s",
					   code_text(syntax, name, name), rest),
			      (int)fact, &shared);
		}
	}
	return shared;
}

void shared_enter(const struct shared *shared, const struct state *before, struct state *entry)
{
	for (size_t i = 0; i < shared->count; i++)
		entry->facts[shared->inside[i]] = before->facts[shared->outside[i]];
}

void shared_leave(const struct shared *shared, const struct state *exit, struct state *after)
{
	for (size_t i = 0; i < shared->count; i++)
		after->facts[shared->outside[i]] = exit->facts[shared->inside[i]];
}
