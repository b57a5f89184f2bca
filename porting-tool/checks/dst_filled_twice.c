// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* A call as it is written, to compare it with another. */
static const char *call_text(const struct checker *checker, place_id at)
{
	struct place place = place_unpack(checker, at);
	const struct syntax *syntax = &place.unit->syntax;
	uint32_t open = place.token + 1;

	return code_is(syntax, open, "(") ? code_text(syntax, place.token, syntax->match[open]) : "";
}

/* The call, in the function with the setup, that leads to where dst is written to. */
static place_id filling_call(const struct explorer *explorer, const struct state *state)
{
	struct place setup;

	if (!state->setup_at)
		return 0;
	setup = place_unpack(explorer->checker, state->setup_at);
	for (size_t i = explorer->depth; i-- > 0;) {
		const struct function *function = explorer->calls[i].frame->function;

		if (function->unit == setup.unit && function->node->first < setup.token &&
		    setup.token < function->node->last)
			return explorer->calls[i].at;
	}
	return 0;
}

static void look_at_dst(const struct event *event)
{
	struct explorer *explorer = event->explorer;
	struct state *state = event->state;
	place_id call = filling_call(explorer, state), earlier = state->places[PLACE_FILLER];
	const char *text;

	if (!call || !holds_pages(state) || state->pages_called || !write_names_page(event))
		return;
	state->places[PLACE_FILLER] = call;
	if (!earlier || earlier == call || state->fill_at != event_place(event) ||
	    (state->dst != FILL_PAGE && state->dst_earlier != FILL_PAGE))
		return;
	text = call_text(explorer->checker, call);
	if (!*text || strcmp(text, call_text(explorer->checker, earlier)))
		return;
	add_note(explorer->checker,
		 add_finding(explorer->checker, "dst-filled-twice",
			     place_unpack(explorer->checker, call),
			     "%s() fills the words of dst again: the pages that are in them are "
			     "lost, locked for ever", place_text(place_unpack(explorer->checker, call))),
		 place_unpack(explorer->checker, earlier), "they are filled here");
}

const struct check check_dst_filled_twice = {
	.rule = {
		.name = "dst-filled-twice",
		.summary = "dst is filled a second time for one migration",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"What stands in a word of dst when migrate_vma_pages() and _finalize() are called is\n"
"all that the core knows of. A page that stood there before and was overwritten\n"
"belongs to nobody: it stays locked and is never freed.\n"
"\n"
"Fill each word once. To fill dst anew, unlock and give back the page in it first.",
		.code =
" static void drv_fill(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tunsigned long i;\n"
" \n"
" \tfor (i = 0; i < args->npages; i++) {\n"
" \t\tstruct page *page = drv_get_locked_page(drv);\n"
" \n"
" \t\tif (!page)\n"
" \t\t\tcontinue;\n"
" \t\tdrv_copy(drv, page, args->src[i]);\n"
" \t\targs->dst[i] = migrate_pfn(page_to_pfn(page));\n"
" \t}\n"
" }\n"
" \n"
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
" \tdrv_fill(drv, args);\n"
"-\tdrv_fill(drv, args);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.on[MOMENT_DST] = look_at_dst,
};
