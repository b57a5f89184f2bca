// SPDX-License-Identifier: GPL-2.0-only
/*
 * The private data of a page of the device, and hmm_vma_alloc_locked_page().
 */
#include "devmem.h"

#include <string.h>

#include "analyse/preprocess.h"
#include "changes/helper.h"
#include "edit/edit.h"
#include "edit/lines.h"
#include "edit/style.h"
#include "syntax/expression.h"

static const char *text_of(const struct syntax *syntax, struct span span)
{
	return code_line(syntax, span.first, span.last);
}

/* "page->zone_device_data"; what is more than a postfix expression gets brackets. */
static const char *private_data(const struct syntax *syntax, struct span page)
{
	const struct expression *tree = expression_parse(syntax, page);
	bool postfix = tree && (tree->kind == EXPRESSION_NAME || tree->kind == EXPRESSION_CALL ||
				tree->kind == EXPRESSION_MEMBER || tree->kind == EXPRESSION_INDEX) &&
		       !code_is(syntax, page.first, "(");

	return arena_printf(syntax->arena, postfix ? "%s->zone_device_data" :
						     "(%s)->zone_device_data",
			    text_of(syntax, page));
}

/* Whether an expression is a pointer by the declaration of its name, or an address. */
static bool is_pointer(const struct unit *unit, struct span span)
{
	const struct declaration *declaration;
	uint32_t name = span.last;

	if (code_is(&unit->syntax, span.first, "&"))
		return true;
	if (is_member_name(&unit->syntax, name)) {
		declaration = symbol_declared(symbol_at(unit, name), DECLARATION_MEMBER);
		return declaration && declaration->declarator.stars == 1;
	}
	declaration = span.first == span.last ? declaration_at(unit, name) : NULL;
	return declaration && declaration->declarator.stars == 1;
}

/* The token behind a cast to an integer at @at, or @at itself. */
static uint32_t behind_cast(const struct syntax *syntax, uint32_t at)
{
	static const char *const words[] = { "unsigned", "long", "int", "uintptr_t", "u64",
					     "uint64_t" };
	uint32_t close = syntax->match[at];

	if (!code_is(syntax, at, "("))
		return at;
	for (uint32_t i = at + 1; i < close; i++) {
		size_t word = 0;

		while (word < sizeof(words) / sizeof(*words) && !code_is(syntax, i, words[word]))
			word++;
		if (word == sizeof(words) / sizeof(*words))
			return at;
	}
	return close > at + 1 ? close + 1 : at;
}

/* "(unsigned long)p" is p, which needs no cast to become a void pointer. */
static const char *stored_value(const struct unit *unit, struct span value)
{
	const struct syntax *syntax = &unit->syntax;
	struct span inner = { behind_cast(syntax, value.first), value.last };

	if (value.first == value.last && code_is(syntax, value.first, "0"))
		return "NULL";
	if (inner.first != value.first && is_pointer(unit, inner))
		return text_of(syntax, inner);
	if (value.first == value.last || inner.first != value.first)
		return arena_printf(syntax->arena, "(void *)%s", text_of(syntax, value));
	return arena_printf(syntax->arena, "(void *)(%s)", text_of(syntax, value));
}

/* What is in the call would be written as it was. */
static bool holds_another(const struct syntax *syntax, const struct call *call)
{
	for (uint32_t i = call->open; i < call->close; i++)
		if (code_is(syntax, i, "hmm_devmem_page_get_drvdata"))
			return true;
	return false;
}

static bool rewrite_set(const struct unit *unit, const struct call *call)
{
	const struct syntax *syntax = &unit->syntax;
	const struct node *node = node_at(syntax, call->name);

	if (call->count != 2 || holds_another(syntax, call) ||
	    node->kind != NODE_EXPRESSION || node->first != call->name || node->last != call->close + 1)
		return false;
	edit_supersede(unit->edits, code_start(syntax, call->name), code_end(syntax, call->close),
		       arena_printf(syntax->arena, "%s = %s",
				    private_data(syntax, call->arguments[0]),
				    stored_value(unit, call->arguments[1])));
	return true;
}

/* Where a void pointer becomes any other by itself: a whole value that is assigned or returned. */
static bool converts(const struct syntax *syntax, uint32_t before, uint32_t behind)
{
	return (code_is(syntax, before, "=") || code_is(syntax, before, "return")) &&
	       (code_is(syntax, behind, ";") || code_is(syntax, behind, ","));
}

static bool rewrite_get(const struct unit *unit, const struct call *call)
{
	const struct syntax *syntax = &unit->syntax;
	uint32_t first = call->name, cast = call->name - 1;
	const char *data;

	if (call->count != 1 || holds_another(syntax, call))
		return false;
	data = private_data(syntax, call->arguments[0]);
	if (code_is(syntax, cast, ")") && code_is(syntax, cast - 1, "*")) {
		uint32_t open = syntax->match[cast];

		if (converts(syntax, open - 1, call->close + 1))
			first = open;
	} else {
		data = arena_printf(syntax->arena, "(unsigned long)%s", data);
	}
	edit_supersede(unit->edits, code_start(syntax, first), code_end(syntax, call->close), data);
	return true;
}

/* "if (!page)" right behind, which leaves: the page is there behind that. */
static const struct node *leaves_without(const struct syntax *syntax, const struct node *node,
					 const char *page)
{
	const struct node *next = node->next, *body;
	const struct expression *test;

	if (!next || next->kind != NODE_IF || !next->child || next->child->next)
		return NULL;
	test = expression_parse(syntax, (struct span){ next->head_open + 1, next->head_close - 1 });
	if (!expression_is(test, EXPRESSION_PREFIX, "!") || strcmp(test->left->text, page))
		return NULL;
	body = next->child;
	while (body->kind == NODE_COMPOUND) {
		if (!body->child)
			return NULL;
		body = body->child;
		while (body->next)
			body = body->next;
	}
	return node_leaves(body) ? next : NULL;
}

/* "page = hmm_vma_alloc_locked_page(vma, addr);" as a statement in braces. */
static bool rewrite_alloc(const struct unit *unit, const struct call *call)
{
	const struct syntax *syntax = &unit->syntax;
	const struct node *node = node_at(syntax, call->name), *test;
	const struct expression *tree;
	const char *page, *indent, *deeper;

	if (call->count != 2 || node->kind != NODE_EXPRESSION || node->last != call->close + 1 ||
	    node->parent->kind != NODE_COMPOUND)
		return false;
	tree = expression_parse(syntax, (struct span){ node->first, node->last - 1 });
	if (!expression_is(tree, EXPRESSION_ASSIGN, "=") || tree->left->kind != EXPRESSION_NAME ||
	    tree->right->kind != EXPRESSION_CALL)
		return false;
	page = tree->left->name;
	indent = indent_at(syntax, code_start(syntax, node->first));
	deeper = arena_printf(syntax->arena, "%s%s", indent, unit->style->unit);
	edit_replace(unit->edits, code_start(syntax, call->name), code_end(syntax, call->open),
		     "alloc_page_vma(GFP_HIGHUSER, ");
	test = leaves_without(syntax, node, page);
	if (test)
		edit_insert(unit->edits, end_of_statement(syntax, test->last),
			    arena_printf(syntax->arena, "\n%slock_page(%s);", indent, page));
	else
		edit_insert(unit->edits, end_of_statement(syntax, node->last),
			    arena_printf(syntax->arena, "\n%sif (%s)\n%slock_page(%s);", indent, page,
					 deeper, page));
	return true;
}

/* For calls that are part of something else. */
static const struct helper alloc_locked_page = {
	.old = "hmm_vma_alloc_locked_page",
	.ending = "alloc_locked_page",
	.type = "struct page *",
	.parameters = { "struct vm_area_struct *vma", "unsigned long addr" },
	.count = 2,
	.body = {
		"\tstruct page *page = alloc_page_vma(GFP_HIGHUSER, vma, addr);",
		"",
		"\tif (page)",
		"\t\tlock_page(page);",
		"\treturn page;",
		NULL,
	},
};

static const struct {
	const char *name;
	bool (*rewrite)(const struct unit *unit, const struct call *call);
} functions[] = {
	{ "hmm_devmem_page_set_drvdata", rewrite_set },
	{ "hmm_devmem_page_get_drvdata", rewrite_get },
	{ "hmm_vma_alloc_locked_page", rewrite_alloc },
};

void devmem_rewrite_pages(struct driver *driver)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		const struct symbol *symbol = symbol_find(&driver->program, functions[i].name);
		const struct reference *use = symbol && !symbol_is_own_call(symbol) ? symbol->references : NULL;

		for (; use; use = use->next) {
			struct call call;

			if (use->kind == REFERENCE_CALL &&
			    !preprocess_undecided(&use->unit->syntax, use->offset) &&
			    !edits_cover(use->unit->edits, use->offset) &&
			    call_parse(&use->unit->syntax, use->token, &call))
				functions[i].rewrite(use->unit, &call);
		}
	}
	rewrite_to_helper(driver, &alloc_locked_page);
}
