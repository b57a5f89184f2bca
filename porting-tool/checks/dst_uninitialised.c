// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* Whether an array that is declared here, or what it is set to, holds whatever was there. */
static bool holds_garbage(const struct syntax *syntax, const struct flow_step *step)
{
	static const char *const names[] = { "kmalloc", "kvmalloc", "kmalloc_array",
					     "kvmalloc_array", "vmalloc" };
	const struct expression *value = expression_inner(step->expression);
	const struct declarator *declarator = step->declarator;

	if (!value)
		return declarator->array.last > declarator->array.first &&
		       !code_is(syntax, declarator->specifiers.first, "static");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (expression_is(value, EXPRESSION_CALL, names[i]))
			return !text_mentions(value->text, "__GFP_ZERO");
	return false;
}

/* memset(dst, ...), dst[i] = 0, or a function that is given the array and may fill it. */
static bool is_cleared(const struct function *function, const char *name)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 4 < function->node->last; i++) {
		if (!code_is(syntax, i, name))
			continue;
		if (code_is(syntax, i + 1, "[") && code_is(syntax, syntax->match[i + 1] + 1, "=") &&
		    code_is(syntax, syntax->match[i + 1] + 2, "0"))
			return true;
		if ((code_is(syntax, i - 1, "(") || code_is(syntax, i - 1, ",") ||
		     code_is(syntax, i - 1, "&")) &&
		    (code_is(syntax, i + 1, ",") || code_is(syntax, i + 1, ")")) &&
		    !code_is(syntax, i - 4, "migrate_device_pages") &&
		    !code_is(syntax, i - 4, "migrate_device_finalize") &&
		    !code_is(syntax, i - 2, "sizeof") && !code_is(syntax, i - 2, "kvfree") &&
		    !code_is(syntax, i - 2, "kfree"))
			return true;
	}
	return false;
}

/* A word is written where a condition holds. */
static bool written_in_part(const struct function *function, const char *name)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 2 < function->node->last; i++) {
		if (!code_is(syntax, i, name) || !code_is(syntax, i + 1, "[") ||
		    !code_is(syntax, syntax->match[i + 1] + 1, "="))
			continue;
		for (const struct node *node = node_at(syntax, i); node && node != function->node;
		     node = node->parent) {
			if (node->kind == NODE_IF)
				return true;
			for (const struct node *at = node->previous; at; at = at->previous)
				if (at->kind == NODE_IF &&
				    (text_mentions(code_text(syntax, at->first, at->last),
						   "continue")))
					return true;
		}
	}
	return false;
}

/* The array that migrate_device_pages() of a function takes as dst. */
static const char *device_dst(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i + 4 < function->node->last; i++)
		if (code_is(syntax, i, "migrate_device_pages") && code_is(syntax, i + 3, ",") &&
		    code_identifier(syntax, i + 4))
			return code_text(syntax, i + 4, i + 4);
	return NULL;
}

static void look_at_function(struct checker *checker, const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;
	const char *name = device_dst(function);

	for (size_t i = 0; name && i < function->flow.count; i++) {
		const struct flow_step *step = &function->flow.steps[i];

		if (step->kind == FLOW_DECLARE && code_is(syntax, step->declarator->name, name) &&
		    holds_garbage(syntax, step) && !is_cleared(function, name) &&
		    written_in_part(function, name))
			add_finding(checker, "dst-uninitialised",
				    (struct place){ function->unit, step->declarator->name },
				    "%s holds garbage where nothing is written to it, and "
				    "migrate_device_pages() takes that for pages", name);
	}
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_at_function(checker, &checker->program.functions[i]);
}

const struct check check_dst_uninitialised = {
	.rule = {
		.name = "dst-uninitialised",
		.summary = "dst of migrate_device_pages() holds garbage",
		.severity = SEVERITY_ERROR,
		.since = "6.1",
		.explanation =
"migrate_vma_setup() clears dst; migrate_device_range() knows nothing of it. A word\n"
"that the driver does not write is taken for a page, locked and freed.\n"
"\n"
"Allocate the array with kvcalloc(), or clear it before the loop that fills it.",
		.code =
" static void drv_evict(struct drv *drv, unsigned long first)\n"
" {\n"
"-\tunsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES];\n"
"+\tunsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES] = { 0 };\n"
" \tunsigned long i;\n"
" \n"
" \tmigrate_device_range(src, first, DRV_CHUNK_PAGES);\n"
" \tfor (i = 0; i < DRV_CHUNK_PAGES; i++)\n"
" \t\tif (src[i] & MIGRATE_PFN_MIGRATE)\n"
" \t\t\tdst[i] = drv_copy_one(drv, src[i]);\n"
" \tmigrate_device_pages(src, dst, DRV_CHUNK_PAGES);\n"
" \tmigrate_device_finalize(src, dst, DRV_CHUNK_PAGES);\n"
" }\n",
	},
	.program = look_at_functions,
};
