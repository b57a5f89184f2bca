// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "analyse/callers.h"
#include "check.h"

static bool names_dst(const struct subject *subject, const struct expression *value)
{
	enum role role = subject_argument_role(subject, value);

	return role == ROLE_DST_ARRAY || role == ROLE_POINTER;
}

/* { .words = args.dst } of another struct */
static bool keeps_no_dst(const struct expression *node, void *data)
{
	return node->kind != EXPRESSION_ELEMENT || !node->left || !names_dst(data, node->left);
}

/* struct migrate_vma args = { .dst = dst }; args = (struct migrate_vma){ .dst = dst }; */
static bool is_struct_itself(const struct frame *frame, const struct flow_step *step)
{
	const struct syntax *syntax = &frame->function->unit->syntax;
	const struct expression *value = step->expression;

	if (step->kind == FLOW_DECLARE)
		return subject_named_role(&frame->subject,
					  code_text(syntax, step->declarator->name,
						    step->declarator->name)) == ROLE_STRUCT;
	return value && value->kind == EXPRESSION_ASSIGN &&
	       subject_role(&frame->subject, value->left) == ROLE_STRUCT;
}

/* dst is kept in a struct of the driver, or returned: from there it may be filled. */
static bool gets_away(const struct frame *frame)
{
	const struct flow *flow = &frame->function->flow;
	const struct subject *subject = &frame->subject;

	for (size_t i = 0; i < flow->count; i++) {
		const struct flow_step *step = &flow->steps[i];

		if (is_struct_itself(frame, step))
			continue;
		if ((step->kind == FLOW_RETURN && names_dst(subject, step->expression)) ||
		    !expression_walk(step->expression, keeps_no_dst, (void *)subject))
			return true;
	}
	return false;
}

static bool declares(const struct function *function, const char *name, size_t length)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (size_t i = 0; i < function->parameter_count + function->flow.count; i++) {
		const struct declarator *declarator =
			i < function->parameter_count ?
				&function->parameters[i] :
				function->flow.steps[i - function->parameter_count].declarator;
		const char *text = declarator && declarator->name ?
					   code_text(syntax, declarator->name, declarator->name) : "";

		if (strlen(text) == length && !memcmp(text, name, length))
			return true;
	}
	return false;
}

/* An array of the whole file may be filled by functions that are given nothing of it. */
static bool is_in_sight(const struct subject *subject)
{
	for (size_t i = 0; i < subject->count; i++) {
		const char *text = subject->names[i].text;

		text += strspn(text, "&*");
		if ((subject->names[i].role == ROLE_DST_ARRAY ||
		     subject->names[i].role == ROLE_DST_WORD) &&
		    !declares(subject->function, text, strcspn(text, "-.[+")))
			return false;
	}
	return true;
}

static const struct mark *first_with_pages(const struct explorer *explorer)
{
	for (size_t i = 0; i < explorer->mark_count; i++)
		if (explorer->marks[i].state.pages_called && explorer->marks[i].state.setup_at &&
		    holds_pages(&explorer->marks[i].state))
			return &explorer->marks[i];
	return NULL;
}

/*
 * Whether a word for dst is made where the function gets to, by way of pointers as well.  What is
 * not followed there may put it into dst.
 */
static bool makes_words(struct checker *checker, const struct function *root)
{
	struct program *program = &checker->program;
	bool *reached = arena_alloc(&checker->arena, call_graph(program)->count + 1);

	for (const struct reference *use = name_references(program, "migrate_pfn"); use;
	     use = use->next)
		if (use->kind == REFERENCE_MACRO)
			return true;
	call_reach(program, call_node(program, root), reached);
	for (size_t i = 0; i < program->function_count; i++)
		if (reached[i] && function_mentions(&program->functions[i], "migrate_pfn"))
			return true;
	return false;
}

static void look_at_paths(struct explorer *explorer)
{
	const struct subject *subject = &explorer->root->subject;
	const struct mark *mark = explorer->fills_dst ? NULL : first_with_pages(explorer);

	/* Only migrate_vma_setup() clears what a caller has filled. */
	if (!mark || (subject->device && !subject->local) || !is_in_sight(subject))
		return;
	for (size_t i = 0; i < explorer->mark_count; i++)
		if (explorer->marks[i].state.unknown == UNKNOWN_CODE)
			return;
	for (const struct frame *frame = explorer->frames; frame; frame = frame->next)
		if (gets_away(frame))
			return;
	if (makes_words(explorer->checker, explorer->root->function))
		return;
	add_finding(explorer->checker, "dst-never-filled",
		    place_unpack(explorer->checker, mark->state.setup_at),
		    "nothing is written to dst between this %s() and %s(), so nothing migrates",
		    place_text(place_unpack(explorer->checker, mark->state.setup_at)),
		    subject->device ? "migrate_device_pages" : "migrate_vma_pages");
}

const struct check check_dst_never_filled = {
	.rule = {
		.name = "dst-never-filled",
		.summary = "no path writes a page to dst before migrate_vma_pages()",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"migrate_vma_setup() clears dst. migrate_vma_pages() moves a page only where the\n"
"driver has put a page for it into dst since. With no such write every page stays\n"
"where it is; in a fault handler that means the CPU faults for ever.\n"
"\n"
"Take a page for each word of src that has MIGRATE_PFN_MIGRATE, copy to it, and\n"
"write migrate_pfn(page_to_pfn(page)) to the word of dst.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
"-\tdrv_copy_one(drv, args->src[0]);\n"
"+\targs->dst[0] = drv_copy_one(drv, args->src[0]);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.paths = look_at_paths,
};
