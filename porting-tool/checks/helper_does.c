// SPDX-License-Identifier: GPL-2.0-only
#include "helper_does.h"

/* More helpers than call each other. */
#define DEPTH_MAX 4

struct search {
	const struct checker *checker;
	const struct function *function;
	bool (*does)(const struct expression *call);
	bool (*undoes)(const struct expression *call);
	unsigned int depth;
	bool done;
	bool undone;
};

static bool function_does(const struct search *from, const struct function *function);

static bool look_at_call(const struct expression *node, void *data)
{
	struct search *search = data;

	if (node->kind != EXPRESSION_CALL || !node->name)
		return true;
	search->undone |= search->undoes && search->undoes(node);
	search->done |= search->does(node) ||
			function_does(search, program_function(&search->checker->program,
							       search->function->unit, node->name));
	return true;
}

static bool function_does(const struct search *from, const struct function *function)
{
	struct search search = *from;

	if (!function || ++search.depth > DEPTH_MAX)
		return false;
	search.function = function;
	search.done = false;
	search.undone = false;
	for (size_t i = 0; i < function->flow.count && !search.undone; i++)
		expression_walk(function->flow.steps[i].expression, look_at_call, &search);
	return search.done && !search.undone;
}

bool helper_does(const struct event *event, bool (*does)(const struct expression *call),
		 bool (*undoes)(const struct expression *call))
{
	const struct checker *checker = event->explorer->checker;
	const struct function *from = event->frame->function;
	const struct search search = { .checker = checker, .function = from, .does = does,
				       .undoes = undoes };

	return event->expression->name &&
	       function_does(&search, program_function(&checker->program, from->unit,
						       event->expression->name));
}
