// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "check.h"

/* What memremap_pages() demands of a pagemap of device memory, and since when. */
static const struct {
	const char *member;
	int since;
} demands[] = {
	{ "owner", SINCE_PAGEMAP_OWNER },
	{ "nr_range", SINCE_PAGEMAP_RANGE },
};

/* "THIS_MODULE" is the owner of something else. */
static bool sets_member(const struct syntax *syntax, uint32_t at, const char *member)
{
	return code_is(syntax, at, member) && at &&
	       (code_is(syntax, at - 1, ".") || code_is(syntax, at - 1, "->")) &&
	       code_is(syntax, at + 1, "=") && !code_is(syntax, at + 2, "THIS_MODULE");
}

static bool set_anywhere(const struct checker *checker, const char *member)
{
	for (size_t u = 0; u < checker->program.unit_count; u++) {
		const struct syntax *syntax = &checker->program.units[u].syntax;

		for (uint32_t i = 1; i + 2 < syntax->code.count; i++)
			if (sets_member(syntax, i, member))
				return true;
	}
	return false;
}

/* The function fills a pagemap of device memory itself, rather than take one that is filled. */
static bool fills_pagemap(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (sets_member(syntax, i, "type") &&
		    (code_is(syntax, i + 2, "MEMORY_DEVICE_PRIVATE") ||
		     code_is(syntax, i + 2, "MEMORY_DEVICE_COHERENT")))
			return true;
	return false;
}

/* The range has the form of up to 5.9, of which removed-name tells. */
static bool has_old_range(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if (code_is(syntax, i, "res") &&
		    (code_is(syntax, i - 1, ".") || code_is(syntax, i - 1, "->")))
			return true;
	return false;
}

static uint32_t find_call(const struct function *function)
{
	const struct syntax *syntax = &function->unit->syntax;

	for (uint32_t i = function->node->head_close; i < function->node->last; i++)
		if ((code_is(syntax, i, "memremap_pages") ||
		     code_is(syntax, i, "devm_memremap_pages")) &&
		    code_is(syntax, i + 1, "("))
			return i;
	return 0;
}

static void look_at_function(struct checker *checker, const struct function *function)
{
	uint32_t call = find_call(function);
	struct place place = { function->unit, call };
	const char *missing = "";

	if (!call || !fills_pagemap(function))
		return;
	for (size_t i = 0; i < sizeof(demands) / sizeof(*demands); i++)
		if (checker->target->number >= demands[i].since &&
		    !(demands[i].since == SINCE_PAGEMAP_RANGE && has_old_range(function)) &&
		    !set_anywhere(checker, demands[i].member))
			missing = arena_printf(&checker->arena, "%s%s%s", missing,
					       *missing ? " and " : "", demands[i].member);
	if (*missing)
		add_finding(checker, "pagemap-member", place,
			    "not set in the pagemap, for Linux %s: %s; %s() fails with -EINVAL",
			    checker->target->name, missing, place_text(place));
}

static void look_at_functions(struct checker *checker)
{
	for (size_t i = 0; i < checker->program.function_count; i++)
		look_at_function(checker, &checker->program.functions[i]);
}

const struct check check_pagemap_member = {
	.rule = {
		.name = "pagemap-member",
		.summary = "a pagemap of device memory lacks what memremap_pages() asks for",
		.severity = SEVERITY_ERROR,
		.since = "5.7",
		.explanation =
"memremap_pages() looks at what a driver has filled in, and newer releases ask\n"
"for more:\n"
"\n"
"  since 5.7    owner, any pointer that is not NULL, for device private memory\n"
"  since 5.10   nr_range, the number of ranges, which is 1 for most drivers\n"
"\n"
"Without it the call fails with -EINVAL and says why in the kernel's log; the\n"
"compiler has nothing to complain of.\n"
"\n"
"Set owner to what migrate_vma_setup() gets as pgmap_owner, and nr_range to 1.",
		.code =
" static int drv_init(struct drv *drv, struct resource *res)\n"
" {\n"
" \tdrv->pgmap.type = MEMORY_DEVICE_PRIVATE;\n"
" \tdrv->pgmap.range.start = res->start;\n"
" \tdrv->pgmap.range.end = res->end;\n"
" \tdrv->pgmap.nr_range = 1;\n"
"+\tdrv->pgmap.owner = drv;\n"
" \tdrv->pgmap.ops = &drv_pgmap_ops;\n"
" \treturn PTR_ERR_OR_ZERO(memremap_pages(&drv->pgmap, 0));\n"
" }\n",
	},
	.program = look_at_functions,
	.by_release = true,
};
