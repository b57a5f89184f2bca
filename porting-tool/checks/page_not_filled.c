// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* Calls that say nothing of what is in a page. */
static bool leaves_content(const char *name)
{
	static const char *const names[] = {
		"page_to_pfn", "lock_page", "trylock_page", "unlock_page", "put_page", "get_page",
		"__free_page", "likely", "unlikely", "IS_ERR", "IS_ERR_OR_NULL", "WARN_ON",
		"WARN_ON_ONCE", "BUG_ON",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* The name of the call whose argument a token is alone: f of f(page), f(a, page). */
static const char *call_of(const struct syntax *syntax, uint32_t at)
{
	for (uint32_t i = at - 1; i > 1; i--) {
		if (syntax->match[i] < i)
			i = syntax->match[i];
		else if (code_is(syntax, i, "("))
			return code_identifier(syntax, i - 1) ? code_text(syntax, i - 1, i - 1) : NULL;
		else if (code_is(syntax, i, ";") || code_is(syntax, i, "{") || code_is(syntax, i, "}"))
			return NULL;
	}
	return NULL;
}

/* A page without __GFP_ZERO: page = alloc_page(GFP_HIGHUSER) */
static bool is_dirty_allocation(const struct syntax *syntax, uint32_t at)
{
	const char *text;

	if (!code_is(syntax, at + 1, "=") || !code_identifier(syntax, at + 2) ||
	    !code_is(syntax, at + 3, "(") ||
	    call_effect(code_text(syntax, at + 2, at + 2)) != CALL_ALLOCATE_PAGE)
		return false;
	text = code_text(syntax, at + 3, syntax->match[at + 3]);
	return strstr(text, "GFP_") && !strstr(text, "__GFP_ZERO");
}

/* "if (page)", "!page", "page == NULL" */
static bool is_test(const struct syntax *syntax, uint32_t at)
{
	return code_is(syntax, at - 1, "!") || code_is(syntax, at + 1, "==") ||
	       code_is(syntax, at + 1, "!=") || code_is(syntax, at + 1, "&&") ||
	       code_is(syntax, at + 1, "||") ||
	       (code_is(syntax, at - 1, "(") && code_is(syntax, at + 1, ")") &&
		code_is(syntax, at - 2, "if"));
}

/*
 * Whether a page that a function allocates goes into a word without anybody having been given it:
 * each place that names it is one of those that leave its content alone.
 */
static uint32_t word_of_unfilled(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;
	uint32_t word = 0;
	bool allocated = false;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++) {
		const char *call;

		if (!code_is(syntax, i, page) || is_member_name(syntax, i) ||
		    code_is(syntax, i - 1, "struct"))
			continue;
		if (is_dirty_allocation(syntax, i)) {
			allocated = true;
			continue;
		}
		/* struct page *page; page = NULL; */
		if (is_test(syntax, i) || (code_is(syntax, i - 1, "*") && code_is(syntax, i + 1, ";")) ||
		    (code_is(syntax, i + 1, "=") && code_is(syntax, i + 2, "NULL")))
			continue;
		call = call_of(syntax, i);
		if (!call || !leaves_content(call) || !code_is(syntax, i + 1, ")") ||
		    !code_is(syntax, i - 1, "("))
			return 0;
		if (!code_is(syntax, i - 2, "page_to_pfn"))
			continue;
		/* A number that is kept somewhere may be where a copy engine writes to. */
		if (!code_is(syntax, i - 3, "(") || !code_is(syntax, i - 4, "migrate_pfn"))
			return 0;
		word = i - 4;
	}
	return allocated ? word : 0;
}

static bool only_gives_back(const struct expression *node, void *data)
{
	(void)data;
	return node->kind != EXPRESSION_CALL || !node->name ||
	       !strncmp(node->name, "migrate_", 8) || leaves_content(node->name);
}

/* Pages may be filled later, through what stands in dst. */
static bool filled_from_dst(const struct checker *checker, const struct function *from)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];
		const struct syntax *syntax = &function->unit->syntax;
		bool reads = false;

		if (function == from)
			continue;
		for (uint32_t t = function->node->head_close; t < function->node->last; t++)
			reads |= code_identifier(syntax, t) &&
				 !strncmp(code_text(syntax, t, t), "migrate_pfn_to_", 15) &&
				 !strstr(code_text(syntax, t + 1, syntax->match[t + 1]), "src");
		for (size_t s = 0; reads && s < function->flow.count; s++)
			if (!expression_walk(function->flow.steps[s].expression, only_gives_back,
					     NULL))
				return true;
	}
	return false;
}

static void look_at_function(struct checker *checker, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 4 < function->node->last; i++) {
		uint32_t word;

		if (!is_dirty_allocation(syntax, i) || is_member_name(syntax, i))
			continue;
		word = word_of_unfilled(function, code_text(syntax, i, i));
		if (word && !filled_from_dst(checker, function))
			add_finding(checker, "page-not-filled", (struct place){ function->unit, word },
				    "%s goes into dst with what it held when it was allocated: "
				    "nothing is copied to it", code_text(syntax, i, i));
	}
}

/* "copy" or "clear" of the call that is all of an arm; a pair of braces may be around it. */
static const char *call_in_arm(const struct syntax *syntax, uint32_t first, uint32_t *argument)
{
	const char *name;

	if (code_is(syntax, first, "{"))
		first++;
	if (!code_identifier(syntax, first) || !code_is(syntax, first + 1, "("))
		return NULL;
	name = code_text(syntax, first, first);
	*argument = first + 2;
	return strstr(name, "copy") || strstr(name, "clear") ? name : NULL;
}

static bool is_empty_arm(const struct syntax *syntax, uint32_t first)
{
	if (code_is(syntax, first, "{"))
		first++;
	return code_is(syntax, first, ";") || code_is(syntax, first, "}");
}

/* if (from) ; else clear_highpage(to); one of the two is left out. */
static void look_at_if(struct checker *checker, const struct function *function,
		       const struct node *node)
{
	const struct syntax *syntax = &function->unit->syntax;
	uint32_t then = node->head_close + 1, other = then, argument;
	bool then_empty, other_empty;

	while (other < node->last && !code_is(syntax, other, "else"))
		other = (syntax->match[other] > other ? syntax->match[other] : other) + 1;
	if (other++ >= node->last || code_is(syntax, other, "if"))
		return;
	then_empty = is_empty_arm(syntax, then);
	other_empty = is_empty_arm(syntax, other);
	if (then_empty == other_empty ||
	    !call_in_arm(syntax, then_empty ? other : then, &argument))
		return;
	add_finding(checker, "page-not-filled",
		    (struct place){ function->unit, then_empty ? then : other },
		    "%s gets nothing here, and is %s in the other case",
		    place_text((struct place){ function->unit, argument }),
		    then_empty ? "cleared" : "copied to");
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];

		look_at_function(checker, function);
		for (const struct node *node = function->node; node;
		     node = node_after(node, function->node))
			if (node->kind == NODE_IF)
				look_at_if(checker, function, node);
	}
}

const struct check check_page_not_filled = {
	.rule = {
		.name = "page-not-filled",
		.summary = "a page goes into dst and nothing was written to it",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"The core moves the mapping, not the content: what the program finds at its\n"
"address behind migrate_vma_pages() is what the driver put into the new page. A\n"
"page that was only allocated holds what its last user left there.\n"
"\n"
"Copy from the page of src, and clear the new one where src has no page.",
		.code =
" static unsigned long drv_move_word(unsigned long src)\n"
" {\n"
"+\tstruct page *spage = migrate_pfn_to_page(src);\n"
" \tstruct page *dpage;\n"
" \n"
"-\tif (!(src & MIGRATE_PFN_MIGRATE))\n"
"+\tif (!spage || !(src & MIGRATE_PFN_MIGRATE))\n"
" \t\treturn 0;\n"
" \tdpage = alloc_page(GFP_HIGHUSER);\n"
" \tif (!dpage)\n"
" \t\treturn 0;\n"
" \tlock_page(dpage);\n"
"+\tcopy_highpage(dpage, spage);\n"
" \treturn migrate_pfn(page_to_pfn(dpage));\n"
" }\n",
	},
	.program = look_at_functions,
};
