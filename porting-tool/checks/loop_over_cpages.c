// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"
#include "fixes.h"


static bool loops(const struct node *node)
{
	return node->kind == NODE_FOR || node->kind == NODE_WHILE;
}

/* src[i], args->dst[i], src_pfns[i]: words by their place in the range. */
static bool takes_words(const struct syntax *syntax, const struct node *loop, const char *counter)
{
	for (uint32_t i = loop->head_close + 1; i + 1 < loop->last; i++) {
		const char *array;

		if (!code_is(syntax, i, "[") || !code_is(syntax, i + 1, counter) ||
		    !code_is(syntax, i + 2, "]") || !code_identifier(syntax, i - 1))
			continue;
		array = code_text(syntax, i - 1, i - 1);
		if (!strncmp(array, "src", 3) || !strncmp(array, "dst", 3) ||
		    strstr(array, "_src") || strstr(array, "_dst"))
			return true;
	}
	return false;
}

/* Finds a loop that goes up to what @ends_in_limit knows, over words of src or dst. */
static const struct node *find_loop(const struct function *function,
				    bool (*ends_in_limit)(const struct syntax *syntax,
							  uint32_t at, const void *data),
				    const void *data, uint32_t *limit)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (const struct node *node = function->node; node;
	     node = node_after(node, function->node)) {
		if (!loops(node))
			continue;
		for (uint32_t i = node->head_open; i + 2 < node->head_close; i++)
			if (code_is(syntax, i + 1, "<") && code_identifier(syntax, i) &&
			    ends_in_limit(syntax, i + 2, data) &&
			    takes_words(syntax, node, code_text(syntax, i, i))) {
				*limit = i + 2;
				return node;
			}
	}
	return NULL;
}

/* args->cpages, m.cpages, from its first token on. */
static bool is_cpages(const struct syntax *syntax, uint32_t at, const void *data)
{
	(void)data;
	while (code_identifier(syntax, at) &&
	       (code_is(syntax, at + 1, "->") || code_is(syntax, at + 1, ".")))
		at += 2;
	return code_is(syntax, at, "cpages") && is_member_name(syntax, at) &&
	       (code_is(syntax, at + 1, ";") || code_is(syntax, at + 1, ")") ||
		code_is(syntax, at + 1, ","));
}

static bool is_variable(const struct syntax *syntax, uint32_t at, const void *data)
{
	return code_is(syntax, at, data) &&
	       (code_is(syntax, at + 1, ";") || code_is(syntax, at + 1, ")"));
}

/* A driver that goes on only when every page was collected may mix the two up. */
static bool compares_cpages(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (code_is(syntax, i, "cpages") &&
		    (code_is(syntax, i + 1, "!=") || code_is(syntax, i + 1, "==") ||
		     code_is(syntax, i + 1, "<")))
			return true;
	return false;
}

/* Behind @from comes the name "cpages" that npages is meant by; 0 where it may have other uses. */
static void report(struct checker *checker, const struct function *function, uint32_t token,
		   uint32_t from)
{
	struct finding *finding =
		add_finding(checker, "loop-over-cpages", (struct place){ function->unit, token },
			    "this goes over the first cpages words of src and dst; cpages is how "
			    "many words have a page, and they may be anywhere among npages");

	if (!from)
		return;
	while (!code_is(&function->unit->syntax, from, "cpages"))
		from++;
	fix_token(checker, finding, from, "npages");
}

/* count = args->cpages; for (i = 0; i < count; i++) */
static void look_at_variable(struct checker *checker, const struct function *function, uint32_t at)
{
	const struct syntax *syntax = &function->unit->syntax;
	const struct node *loop;
	uint32_t limit;

	if (!code_identifier(syntax, at - 2) || !code_is(syntax, at - 1, "="))
		return;
	loop = find_loop(function, is_variable, code_text(syntax, at - 2, at - 2), &limit);
	if (loop && loop->first > at)
		report(checker, function, loop->first, 0);
}

/* copy_words(src, dst, args->cpages), and its loop goes up to that parameter. */
static void look_at_argument(struct checker *checker, const struct function *function,
			     const struct expression *call)
{
	const struct function *callee = program_function(&checker->program, function->unit,
							 call->name);
	size_t index = 0;

	for (const struct expression *at = call->child; callee && at; at = at->next, index++) {
		const struct expression *inner = expression_inner(at);
		const struct declarator *parameter = &callee->parameters[index];
		const char *name;
		uint32_t limit;

		if (index >= callee->parameter_count || !parameter->name ||
		    inner->kind != EXPRESSION_MEMBER || strcmp(inner->name, "cpages"))
			continue;
		name = code_text(&callee->unit->syntax, parameter->name, parameter->name);
		if (find_loop(callee, is_variable, name, &limit))
			report(checker, function, call->first, at->first);
	}
}

struct search {
	struct checker *checker;
	const struct function *function;
};

static bool look_at_call(const struct expression *node, void *data)
{
	const struct search *search = data;

	if (node->kind == EXPRESSION_CALL && node->name)
		look_at_argument(search->checker, search->function, node);
	return true;
}

static void look_at_function(struct checker *checker, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	struct search search = { checker, function };
	const struct node *loop;
	uint32_t limit;

	if (!function_mentions(function, "cpages") || compares_cpages(function))
		return;
	loop = find_loop(function, is_cpages, NULL, &limit);
	if (loop)
		report(checker, function, loop->first, limit);
	for (uint32_t i = function->node->head_close + 2; i < function->node->last; i++)
		if (is_cpages(syntax, i, NULL) && !is_member_name(syntax, i))
			look_at_variable(checker, function, i);
	for (size_t i = 0; i < function->flow.count; i++)
		expression_walk(function->flow.steps[i].expression, look_at_call, &search);
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_at_function(checker, &checker->program.functions[i]);
}

const struct check check_loop_over_cpages = {
	.rule = {
		.name = "loop-over-cpages",
		.summary = "a loop over src and dst ends at cpages",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"src and dst have a word for each page of the range, npages of them. cpages says\n"
"how many of them were collected; those that were not lie between the others. A\n"
"loop up to cpages leaves out the last ones: they are locked and not migrated.",
		.code =
" static int drv_move_in(struct drv *drv, struct migrate_vma *args)\n"
" {\n"
" \tunsigned long i;\n"
" \tint ret = migrate_vma_setup(args);\n"
" \n"
" \tif (ret)\n"
" \t\treturn ret;\n"
"-\tfor (i = 0; i < args->cpages; i++)\n"
"+\tfor (i = 0; i < args->npages; i++)\n"
" \t\tif (args->src[i] & MIGRATE_PFN_MIGRATE)\n"
" \t\t\targs->dst[i] = drv_copy_one(drv, args->src[i]);\n"
" \tmigrate_vma_pages(args);\n"
" \tmigrate_vma_finalize(args);\n"
" \treturn 0;\n"
" }\n",
	},
	.program = look_at_functions,
};
