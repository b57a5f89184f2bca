// SPDX-License-Identifier: GPL-2.0-only
/*
 * The range that a call gets: where its ends come from, and what happens to them before the call.
 */
#include "arguments.h"

/**
 * struct range_kind - one way to get at the ends of a range
 * @declare: declarations at the beginning of the function
 * @before: statements before the call; what begins with a tab belongs to the "if" above it
 * @odd: more of them, for every other site
 * @leaves: what must be false for the function to go on, between them and @odd, or NULL
 * @error: what it returns then
 * @start: the expression of one end
 * @end: and of the other
 */
struct range_kind {
	const char *declare[3];
	const char *before[4];
	const char *odd;
	const char *leaves;
	const char *error;
	const char *start;
	const char *end;
};

#define SPAN	"struct @_span span = { .start = start, .end = end };"
#define FROM	"unsigned long from = start;"
#define LONG	"if (end > start && end - start >= 3 * PAGE_SIZE)"

static const struct range_kind kinds[] = {
	[RANGE_PARAMETERS] = { .start = "start", .end = "end" },
	[RANGE_MEMBERS] = { { SPAN }, .odd = "rig_trim(&@, &span.start, span.end);",
		.start = "span.start", .end = "span.end" },
	[RANGE_ARGS_POINTER] = { { SPAN, "struct @_span *args = &span;" },
		.odd = "rig_trim(&@, &args->start, args->end);",
		.start = "args->start", .end = "args->end" },
	[RANGE_CHANGED] = { { FROM }, { LONG, "\tfrom += PAGE_SIZE;" },
		.start = "from", .end = "end" },
	[RANGE_TRIMMED] = { { FROM }, { "rig_trim(&@, &from, end);" }, .start = "from", .end = "end" },
	[RANGE_COMPUTED] = { { "unsigned long count = (end - start) >> PAGE_SHIFT;" },
		.start = "start", .end = "start + (count << PAGE_SHIFT)" },
	[RANGE_SIDE_EFFECT] = { .start = "rig_say(&@, \"start\", start)", .end = "end" },
	/* What stands before the call protects what its arguments do. */
	[RANGE_NULL_TESTED] = {
		{ SPAN, "struct @_span *given = rig_ask(&@, \"given\") ? &span : NULL;" },
		.leaves = "!given", .error = "-ENOENT", .start = "given->start", .end = "given->end" },
	[RANGE_IS_ERR] = {
		{ SPAN, "struct @_span *given = rig_ask(&@, \"given\") ? &span : ERR_PTR(-ENOSPC);" },
		.leaves = "IS_ERR(given)", .error = "PTR_ERR(given)",
		.start = "given->start", .end = "given->end" },
	[RANGE_BUG_ON] = { { SPAN, "struct @_span *given = NULL;" },
		{ "if (@.nr_sites)", "\tgiven = &span;", "BUG_ON(!given);" },
		.start = "given->start", .end = "given->end" },
	[RANGE_FOUND] = { { "struct vm_area_struct *found = NULL;" },
		{ "if (rig_ask(&@, \"find\"))", "\tfound = find_vma(vma->vm_mm, start);" },
		.leaves = "!found || found->vm_start > start", .error = "-EFAULT",
		.start = "start", .end = "min(end, found->vm_end)" },
	[RANGE_DIVIDED] = { { "unsigned long parts = rig_ask(&@, \"parts\") ? 1 : 0;" },
		.leaves = "!parts", .error = "-EDOM", .start = "start",
		.end = "start + (end - start) / parts" },
	/* And what changes a variable without being seen to. */
	[RANGE_ALIAS] = { { FROM, "unsigned long *at = &from;" }, { LONG, "\t*at += PAGE_SIZE;" },
		.start = "from", .end = "end" },
	[RANGE_UNION] = { { "union { unsigned long addr, word; } at = { .addr = start };" },
		{ LONG, "\tat.word += PAGE_SIZE;" }, .start = "at.addr", .end = "end" },
	[RANGE_ASM] = { { FROM },
		{ LONG, "\tasm volatile(\"\" : \"=r\" (from) : \"0\" (start + PAGE_SIZE));" },
		.start = "from", .end = "end" },
	[RANGE_MACRO] = { { FROM }, { LONG, "\tRIG_ADVANCE(PAGE_SIZE);" },
		.start = "from", .end = "end" },
	[RANGE_HEADER_MACRO] = { { FROM }, { "rig_skip(from, end);" }, .start = "from", .end = "end" },
};

/* The ways of the table are for a range that the function is called with. */
static const struct range_kind *kind_of(const struct site *site)
{
	return !site_loops(site) && !site->fault && !statement_loops(site) ? &kinds[site->range] : NULL;
}

const char *range_start(const struct site *site)
{
	return kind_of(site) ? kind_of(site)->start : "start";
}

const char *range_end(const struct site *site)
{
	return kind_of(site) ? kind_of(site)->end : "end";
}

void range_write(const struct site *site, struct text *text)
{
	const struct range_kind *kind = kind_of(site);
	unsigned int i;

	if (site->vma == VMA_MEMBER && !site->fault)
		text_line(text, "struct @_span where = { .vma = vma };");
	if (statement_loops(site)) {
		text_line(text, "unsigned long addr = start;");
		text_line(text, "unsigned long size = %luUL << PAGE_SHIFT;", site->max_pages);
		if (site->context == CONTEXT_DO_HEAD)
			text_line(text, "unsigned long from_second = 0;");
	}
	for (i = 0; kind && i < 3 && kind->declare[i]; i++)
		text_line(text, "%s", kind->declare[i]);
}

/* Leaves the function, and gives back what it has by then. */
static void write_leave(const struct site *site, struct text *text, const char *error)
{
	if (site->arrays != ARRAYS_HEAP && site->arrays != ARRAYS_HALVES) {
		text->depth++;
		text_line(text, "return %s;", error);
		text->depth--;
		return;
	}
	text_open(text, "%s", "");
	text_line(text, "%s = %s;", site->result, error);
	text_line(text, "goto out;");
	text_close(text, "");
}

static void write_statement(struct text *text, const char *line)
{
	text->depth += *line == '\t';
	text_line(text, "%s", line + (*line == '\t'));
	text->depth -= *line == '\t';
}

void range_before_write(const struct site *site, struct text *text)
{
	const struct range_kind *kind = kind_of(site);
	unsigned int i;

	for (i = 0; kind && i < 4 && kind->before[i]; i++)
		write_statement(text, kind->before[i]);
	if (kind && kind->leaves) {
		text_line(text, "if (%s)", kind->leaves);
		write_leave(site, text, kind->error);
	}
	if (kind && kind->odd && site->number % 2)
		write_statement(text, kind->odd);
}
