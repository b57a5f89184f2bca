// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* "page = alloc_page(...)" in a function, without __GFP_ZERO. */
static bool allocated_dirty(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;
	bool allocated = false;

	for (uint32_t i = function->node->head_close; i + 3 < function->node->last; i++) {
		const char *text;

		if (!code_is(syntax, i, page) || !code_is(syntax, i + 1, "=") ||
		    !code_is(syntax, i + 3, "(") ||
		    strncmp(code_text(syntax, i + 2, i + 2), "alloc_page", 10))
			continue;
		text = code_text(syntax, i + 3, syntax->match[i + 3]);
		if (text_mentions(text, "__GFP_ZERO") || !strstr(text, "GFP_"))
			return false;
		allocated = true;
	}
	return allocated;
}

/* A call with "clear" or "zero" in its name that is given the page: clear_highpage(page). */
static bool is_cleared(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 2 < function->node->last; i++) {
		const char *name;

		if (!code_identifier(syntax, i) || !code_is(syntax, i + 1, "("))
			continue;
		name = code_text(syntax, i, i);
		if ((strstr(name, "clear") || strstr(name, "zero") || strstr(name, "memset")) &&
		    text_mentions(code_text(syntax, i + 1, syntax->match[i + 1]), page))
			return true;
	}
	return false;
}

/* "if (page)" alone: there is a page to copy from. */
static const char *page_tested(const struct syntax *syntax, const struct node *node)
{
	uint32_t at = node->head_open + 1;

	return node->kind == NODE_IF && node->head_close == at + 1 && code_identifier(syntax, at) ?
		       code_text(syntax, at, at) : NULL;
}

static bool comes_from_src(const struct function *function, const char *page)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 2 < function->node->last; i++)
		if (code_is(syntax, i, page) && code_is(syntax, i + 1, "=") &&
		    code_is(syntax, i + 2, "migrate_pfn_to_page"))
			return text_mentions(code_text(syntax, i + 3, syntax->match[i + 3]), "src");
	return false;
}

/* if (spage) copy_highpage(dpage, spage); and no else */
static void look_at_if(struct checker *checker, const struct function *function,
		       const struct node *node)
{
	const struct syntax *syntax = &function->unit->syntax;
	const char *source = page_tested(syntax, node), *name, *target;
	uint32_t call = node->head_close + 1;

	if (!source || code_is(syntax, node->last + 1, "else"))
		return;
	if (code_is(syntax, call, "{"))
		call++;
	if (!code_identifier(syntax, call) || !code_is(syntax, call + 1, "(") ||
	    !code_identifier(syntax, call + 2) || !code_is(syntax, call + 3, ",") ||
	    !code_is(syntax, call + 4, source))
		return;
	name = code_text(syntax, call, call);
	target = code_text(syntax, call + 2, call + 2);
	if (!strstr(name, "copy") || !comes_from_src(function, source) ||
	    !allocated_dirty(function, target) || is_cleared(function, target))
		return;
	for (uint32_t i = node->head_close; i <= node->last; i++)
		if (code_is(syntax, i, "else"))
			return;
	add_finding(checker, "hole-not-cleared", (struct place){ function->unit, node->first },
		    "where nothing was mapped there is no %s, and %s goes to the program with "
		    "what it held before", source, target);
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++) {
		const struct function *function = &checker->program.functions[i];

		if (!function_mentions(function, "migrate_pfn_to_page"))
			continue;
		for (const struct node *node = function->node; node;
		     node = node_after(node, function->node))
			look_at_if(checker, function, node);
	}
}

const struct check check_hole_not_cleared = {
	.rule = {
		.name = "hole-not-cleared",
		.summary = "the page for a hole keeps what was in it before",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation =
"Where nothing was mapped yet the word of src has MIGRATE_PFN_MIGRATE and no page.\n"
"The program expects to read zeroes there. A page that the driver allocates holds\n"
"what its last user left, perhaps another program's data.\n"
"\n"
"Clear the page where there is nothing to copy, or allocate it with __GFP_ZERO.",
		.code =
" static void drv_copy_word(unsigned long *src, unsigned long *dst)\n"
" {\n"
" \tstruct page *spage = migrate_pfn_to_page(*src);\n"
" \tstruct page *dpage = alloc_page(GFP_HIGHUSER);\n"
" \n"
" \tif (!dpage)\n"
" \t\treturn;\n"
" \tlock_page(dpage);\n"
" \tif (spage)\n"
" \t\tcopy_highpage(dpage, spage);\n"
"+\telse\n"
"+\t\tclear_highpage(dpage);\n"
" \t*dst = migrate_pfn(page_to_pfn(dpage));\n"
" }\n",
	},
	.program = look_at_functions,
};
