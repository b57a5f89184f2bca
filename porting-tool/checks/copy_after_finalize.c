// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* Pieces of the names of functions that wait until a copy is over. */
static bool waits_for_copy(const char *name)
{
	static const char *const pieces[] = { "wait_for_completion", "fence_wait", "fence_done",
					      "wait_fence", "wait_for_fence", "dma_sync_wait",
					      "wait_copy", "copy_wait" };

	for (size_t i = 0; name && i < sizeof(pieces) / sizeof(*pieces); i++)
		if (strstr(name, pieces[i]))
			return true;
	return false;
}

/* The variable whose end is waited for: fence of f(fence), f(&fence) and f(drv, &job.fence). */
static const char *awaited(const struct expression *call)
{
	const struct expression *argument = NULL;

	for (const struct expression *at = call->child; at; at = at->next) {
		const struct expression *inner = expression_inner(at);

		while (inner && (inner->kind == EXPRESSION_PREFIX || inner->kind == EXPRESSION_MEMBER))
			inner = inner->left;
		if (inner && inner->kind == EXPRESSION_NAME && !argument)
			argument = inner;
	}
	return argument ? argument->name : NULL;
}

/* Whether a call between two tokens of a function is given a variable. */
static bool given_between(const struct function *function, uint32_t first, uint32_t last,
			  const char *name)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = first; i < last; i++)
		if (code_is(syntax, i, name) && !is_member_name(syntax, i) &&
		    (code_is(syntax, i - 1, "&") || code_is(syntax, i - 1, ",") ||
		     code_is(syntax, i - 1, "(")) &&
		    (code_is(syntax, i + 1, ",") || code_is(syntax, i + 1, ")")) &&
		    !code_is(syntax, i - 2, "init_completion") &&
		    !code_is(syntax, i - 3, "init_completion"))
			return true;
	return false;
}

static void look_at_finalize(const struct event *event)
{
	event->state->places[PLACE_FINALIZED] = holds_pages(event->state) ? event_place(event) : 0;
}

static void look_at_call(const struct event *event)
{
	const struct function *function = event->frame->function;
	struct state *state = event->state;
	struct checker *checker = event->explorer->checker;
	struct place from, to;
	const char *name;

	if (!waits_for_copy(event->expression->name))
		return;
	if (state->phase == PHASE_OPEN)
		state->places[PLACE_WAITED] = event_place(event);
	name = awaited(event->expression);
	if (state->phase != PHASE_CLOSED || state->places[PLACE_WAITED] || state->unknown ||
	    !state->places[PLACE_FINALIZED] || !state->setup_at || !name)
		return;
	from = place_unpack(checker, state->setup_at);
	to = place_unpack(checker, state->places[PLACE_FINALIZED]);
	if (from.unit != function->unit || to.unit != function->unit ||
	    from.token < function->node->first || to.token > function->node->last ||
	    !given_between(function, from.token, to.token, name))
		return;
	event_note(event,
		   event_found(event, "copy-after-finalize",
			       "%s() waits for what was started while the migration was open, and "
			       "by now the pages it copies from and to are given back",
			       event->expression->name),
		   state->places[PLACE_FINALIZED], "the migration is finalized here");
}

const struct check check_copy_after_finalize = {
	.rule = {
		.name = "copy-after-finalize",
		.summary = "a copy is waited for after the migration was finalized",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"A copy engine that works on its own reads the source pages and writes to the new\n"
"ones. migrate_vma_finalize() frees the source pages and lets the program at the\n"
"new ones, so the copy has to be over by then: wait before finalize, and where the\n"
"result of the copy decides what is in dst, before migrate_vma_pages().",
		.code =
" #include <linux/completion.h>\n"
" \n"
" void drv_start_dma(struct drv *drv, struct migrate_vma *args, struct completion *done);\n"
" \n"
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tstruct completion done;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tinit_completion(&done);\n"
" \tdrv_start_dma(drv, args, &done);\n"
"+\twait_for_completion(&done);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
"-\twait_for_completion(&done);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_FINALIZE] = look_at_finalize,
	.on[MOMENT_CALL] = look_at_call,
};
