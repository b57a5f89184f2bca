// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the functions with the calls: what is around the statement that statement.c writes.
 */
#include <stdio.h>
#include <string.h>

#include "driver.h"

/* What the call gets, as text. */
struct arguments {
	char ops[128];
	char vma[64];
	char start[96];
	char end[128];
	char src[32];
	char dst[32];
	char private[96];
};

static bool loops(const struct site *site)
{
	return site->frame != FRAME_ONE;
}

static bool arrays_are_outside(const struct site *site)
{
	return site->fault || !loops(site) || site->arrays == ARRAYS_OUTSIDE ||
	       site->arrays == ARRAYS_HEAP || site->arrays == ARRAYS_HALVES ||
	       site->arrays == ARRAYS_STATIC || site->frame == FRAME_GOTO;
}

static bool has_move(const struct site *site)
{
	return site->group->private == PRIVATE_STRUCT || site->group->private == PRIVATE_MAYBE;
}

static const char *move_name(const struct site *site)
{
	return site->passed == PASSED_MEMBER || site->passed == PASSED_FUNCTION ?
		"request.move" : "move";
}

static void write_arrays(const struct site *site, struct text *text)
{
	unsigned long n = site->max_pages;

	switch (site->arrays) {
	case ARRAYS_UNINITIALISED:
		text_line(text, "unsigned long src[%lu], dst[%lu];", n, n);
		break;
	case ARRAYS_HEAP:
		text_line(text, "unsigned long *src = kcalloc(%lu, sizeof(*src), GFP_KERNEL);", n);
		text_line(text, "unsigned long *dst = kcalloc(%lu, sizeof(*dst), GFP_KERNEL);", n);
		break;
	case ARRAYS_HALVES:
		text_line(text, "unsigned long *pfns = kcalloc(2 * %lu, sizeof(*pfns), GFP_KERNEL);",
			  n);
		break;
	case ARRAYS_MEMBERS:
		text_line(text, "struct @_words words = { { 0 }, { 0 } };");
		break;
	case ARRAYS_STATIC:
		text_line(text, "static unsigned long src[%lu];", n);
		text_line(text, "static unsigned long dst[%lu];", n);
		break;
	case ARRAYS_SCALARS:
		text_line(text, "unsigned long src = 0, dst = 0;");
		break;
	case ARRAYS_BARE_SCALARS:
		text_line(text, "unsigned long src, dst;");
		break;
	default:
		text_line(text, "unsigned long src[%lu] = { 0 };", n);
		text_line(text, "unsigned long dst[%lu] = {0};", n);
		break;
	}
}

/* An element of src or dst, as the site reads it. */
static const char *element(const struct site *site, const char *array, const char *index,
			   char *room, size_t size)
{
	bool dst = array[0] == 'd';

	switch (site->arrays) {
	case ARRAYS_SCALARS:
	case ARRAYS_BARE_SCALARS:
		snprintf(room, size, "%s", array);
		break;
	case ARRAYS_HALVES:
		if (dst)
			snprintf(room, size, "pfns[%lu + %s]", site->max_pages, index);
		else
			snprintf(room, size, "pfns[%s]", index);
		break;
	case ARRAYS_MEMBERS:
		snprintf(room, size, "words.%s[%s]", array, index);
		break;
	default:
		snprintf(room, size, "%s[%s]", array, index);
		break;
	}
	return room;
}

static void fill_arrays(const struct site *site, struct arguments *arguments)
{
	const char *src = "src", *dst = "dst";

	switch (site->arrays) {
	case ARRAYS_SCALARS:
	case ARRAYS_BARE_SCALARS:
		src = "&src";
		dst = "&dst";
		break;
	case ARRAYS_MEMBERS:
		src = "words.src";
		dst = "words.dst";
		break;
	case ARRAYS_HALVES:
		snprintf(arguments->src, sizeof(arguments->src), "pfns");
		snprintf(arguments->dst, sizeof(arguments->dst),
			 site->number % 2 ? "&pfns[%lu]" : "pfns + %lu", site->max_pages);
		return;
	default:
		break;
	}
	snprintf(arguments->src, sizeof(arguments->src), "%s", src);
	snprintf(arguments->dst, sizeof(arguments->dst), "%s", dst);
}

static void fill_ops(const struct site *site, struct arguments *arguments)
{
	const struct group *group = site->group;

	switch (group->reach) {
	case REACH_MACRO:
		snprintf(arguments->ops, sizeof(arguments->ops), "RIG_OPS_%u", group->number);
		break;
	case REACH_POINTER:
		snprintf(arguments->ops, sizeof(arguments->ops), "ops");
		break;
	case REACH_CONDITIONAL:
		snprintf(arguments->ops, sizeof(arguments->ops), "@.asked & 1 ? &%s : &%s",
			 group->object_name, group->other_name);
		break;
	case REACH_TABLE:
		snprintf(arguments->ops, sizeof(arguments->ops), "@_kinds%u[%u].ops", group->number,
			 site->number % 2);
		break;
	default:
		snprintf(arguments->ops, sizeof(arguments->ops), "&%s", group->object_name);
		break;
	}
}

static void fill_private(const struct site *site, struct arguments *arguments)
{
	static const char *const passed[] = {
		[PASSED_ADDRESS] = "&move", [PASSED_POINTER] = "job", [PASSED_PER_CALL] = "&move",
		[PASSED_MEMBER] = "&request.move", [PASSED_FUNCTION] = "@_move_of(&request)",
		[PASSED_CONDITIONAL] = "rig_ask(&@, \"private\") ? &move : &other",
	};
	const char *format = "NULL";

	switch (site->group->private) {
	case PRIVATE_INT:
		format = "&failures";
		break;
	case PRIVATE_NUMBER:
		format = "(void *)%uUL";
		break;
	case PRIVATE_MAYBE:
		if (site->number % 2 && !site->fault)
			break;
		/* fall through */
	case PRIVATE_STRUCT:
		format = passed[site->passed];
		break;
	case PRIVATE_MIXED:
		format = site->number % 2 ? "&small" : "&move";
		break;
	default:
		break;
	}
	snprintf(arguments->private, sizeof(arguments->private), format, 40 + site->number);
}

static void fill_range(const struct site *site, struct arguments *arguments)
{
	const char *vma = "vma", *start = "start", *end = "end";

	if (site->fault) {
		vma = "vmf->vma";
		start = "vmf->address";
		end = "vmf->address + PAGE_SIZE";
	} else if (site->locals == LOCALS_SHADOWED) {
		/* Names of the block around the statement. */
	} else if (statement_loops(site)) {
		start = "addr";
		end = "min(end, addr + size)";
	} else if (loops(site)) {
		start = site->frame == FRAME_WHILE ? "start" : "addr";
		end = site->frame == FRAME_WHILE ? "start + size" :
		      site->frame == FRAME_PER_PAGE ? "addr + PAGE_SIZE" : "next";
	} else {
		switch (site->range) {
		case RANGE_MEMBERS:
			start = "span.start";
			end = "span.end";
			break;
		case RANGE_ARGS_POINTER:
			start = "args->start";
			end = "args->end";
			break;
		case RANGE_CHANGED:
		case RANGE_TRIMMED:
			start = "from";
			break;
		case RANGE_COMPUTED:
			end = "start + (count << PAGE_SHIFT)";
			break;
		default:
			break;
		}
	}
	if (!site->fault && site->vma == VMA_FOUND)
		vma = "find_vma(current->mm, start)";
	else if (!site->fault && site->vma == VMA_MEMBER)
		vma = "where.vma";
	snprintf(arguments->vma, sizeof(arguments->vma), "%s", vma);
	snprintf(arguments->start, sizeof(arguments->start),
		 site->range == RANGE_SIDE_EFFECT ? "rig_say(&@, \"start\", %s)" : "%s", start);
	snprintf(arguments->end, sizeof(arguments->end), "%s", end);
}

static void write_private(const struct site *site, struct text *text)
{
	const struct group *group = site->group;

	if (group->private == PRIVATE_INT) {
		text_line(text, "int failures = 0;");
		return;
	}
	if (group->private == PRIVATE_MIXED) {
		text_line(text, site->number % 2 ? "struct @_small small = { .asked = 1%u };" :
			  "struct @_move move = { .asked = 2%u };", site->number);
		return;
	}
	if (!has_move(site))
		return;
	if (group->private == PRIVATE_MAYBE && site->number % 2 && !site->fault)
		return;
	if (site->passed == PASSED_CONDITIONAL)
		text_line(text, "struct @_move other = { .asked = 88 };");
	if (site->passed == PASSED_MEMBER || site->passed == PASSED_FUNCTION)
		text_line(text, "struct @_request request = { .move = { .asked = %u } };",
			  site->number);
	else
		text_line(text, "struct @_move move = { .asked = %u };", site->number);
	if (site->passed == PASSED_POINTER)
		text_line(text, "struct @_move *job = &move;");
}

static bool private_is_inside(const struct site *site)
{
	return site->passed == PASSED_PER_CALL && has_move(site) && loops(site);
}

static void write_range(const struct site *site, struct text *text)
{
	if (site->vma == VMA_MEMBER && !site->fault)
		text_line(text, "struct @_span where = { .vma = vma };");
	if (statement_loops(site)) {
		text_line(text, "unsigned long addr = start;");
		text_line(text, "unsigned long size = %luUL << PAGE_SHIFT;", site->max_pages);
		if (site->context == CONTEXT_DO_HEAD)
			text_line(text, "unsigned long from_second = 0;");
		return;
	}
	if (loops(site) || site->fault)
		return;
	switch (site->range) {
	case RANGE_MEMBERS:
		text_line(text, "struct @_span span = { .start = start, .end = end };");
		break;
	case RANGE_ARGS_POINTER:
		text_line(text, "struct @_span span = { .start = start, .end = end };");
		text_line(text, "struct @_span *args = &span;");
		break;
	case RANGE_CHANGED:
	case RANGE_TRIMMED:
		text_line(text, "unsigned long from = start;");
		break;
	case RANGE_COMPUTED:
		text_line(text, "unsigned long count = (end - start) >> PAGE_SHIFT;");
		break;
	default:
		break;
	}
}

static void write_result(const struct site *site, struct text *text)
{
	if (site->context == CONTEXT_KEPT)
		text_line(text, "int err;");
	if (!statement_uses_result(site))
		return;
	switch (site->result_kind) {
	case RESULT_INT:
		text_line(text, site->fault ? "int ret = 0;" : "int ret = 3;");
		break;
	case RESULT_LONG:
		text_line(text, "long rc = 0;");
		break;
	case RESULT_STATIC:
		text_line(text, "static int last;");
		break;
	case RESULT_POINTER:
		text_line(text, "int status = 0, *result = &status;");
		break;
	default:
		break;
	}
}

static void write_locals(const struct site *site, struct text *text)
{
	if (site->nest == NEST_FOR)
		text_line(text, "unsigned int turns;");
	if (statement_returns(site))
		return;
	switch (site->locals) {
	case LOCALS_ARGS:
		text_line(text, "unsigned long args = %u;", site->number);
		break;
	case LOCALS_FAILED:
		text_line(text, "unsigned long failed = %u;", site->number);
		break;
	default:
		break;
	}
}

static void write_between(const struct site *site, struct text *text)
{
	switch (site->between) {
	case BETWEEN_NOTE:
		text_line(text, "rig_note(&@, \"%s\", %u);", site->name, site->number);
		break;
	case BETWEEN_LEAVES:
		if (site->fault || site->leave != LEAVE_RETURN)
			break;
		text_line(text, "if (!rig_ask(&@, \"go on\"))");
		text_line(text, text->spaces ? "    return -EAGAIN;" : "\treturn -EAGAIN;");
		break;
	case BETWEEN_BLOCK:
		text_open(text, "if (rig_ask(&@, \"block\"))");
		text_line(text, "unsigned long args = %u;", site->number);
		text_blank(text);
		text_line(text, "rig_note(&@, \"args\", args);");
		text_close(text, "");
		break;
	default:
		break;
	}
	if (!loops(site) && !site->fault && !statement_loops(site)) {
		if (site->range == RANGE_TRIMMED)
			text_line(text, "rig_trim(&@, &from, end);");
		if (site->range == RANGE_MEMBERS && site->number % 2)
			text_line(text, "rig_trim(&@, &span.start, span.end);");
		if (site->range == RANGE_ARGS_POINTER && site->number % 2)
			text_line(text, "rig_trim(&@, &args->start, args->end);");
		if (site->range == RANGE_CHANGED) {
			text_line(text, "if (end - from >= 3 * PAGE_SIZE)");
			text_line(text, text->spaces ? "    from += PAGE_SIZE;" :
				  "\tfrom += PAGE_SIZE;");
		}
	}
	text_mark(text);
}

/* Looks at dst for the error that alloc_and_copy left there. */
static void write_error_test(const struct site *site, struct text *text)
{
	static const char *const tests[] = {
		[ERROR_TEST_EQUAL] = "%s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_MASK] = "%s & MIGRATE_PFN_ERROR",
		[ERROR_TEST_NOT_EQUAL] = "!(%s != MIGRATE_PFN_ERROR)",
		[ERROR_TEST_SWAPPED] = "MIGRATE_PFN_ERROR == %s",
		[ERROR_TEST_AND] = "rig_ask(&@, \"test\") && %s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_FUNCTION] = "@_lost(%s)",
		[ERROR_TEST_SWITCH] = "%s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_STORED] = "lost",
	};
	char word[64], test[128];

	element(site, "dst", site->one_page ? "0" : "page", word, sizeof(word));
	snprintf(test, sizeof(test), tests[site->error_test], word);
	if (!site->one_page)
		text_open(text, "for (page = 0; page < %lu; page++)", site->max_pages);
	if (site->error_test == ERROR_TEST_STORED) {
		if (site->one_page)
			text_open(text, "%s", "");
		text_line(text, "bool lost = %s == MIGRATE_PFN_ERROR;", word);
		text_blank(text);
	}
	if (site->error_test == ERROR_TEST_SWITCH) {
		text_open(text, "switch (%s)", word);
		text->depth--;
		text_line(text, "case MIGRATE_PFN_ERROR:");
	} else {
		text_line(text, "if (%s)", test);
	}
	text->depth++;
	if (site->fault)
		text_line(text, "return VM_FAULT_SIGBUS;");
	else
		text_line(text, "rig_note(&@, \"failed\", %s);", site->one_page ? "0" : "page");
	text->depth--;
	if (site->error_test == ERROR_TEST_SWITCH) {
		if (!site->fault)
			text_line(text, text->spaces ? "    break;" : "\tbreak;");
		text_line(text, "}");
	}
	if (site->error_test == ERROR_TEST_STORED && site->one_page)
		text_close(text, "");
	if (!site->one_page)
		text_close(text, "");
}

static bool reads_words(const struct site *site)
{
	if (site->arrays == ARRAYS_BARE_SCALARS)
		return statement_succeeded(site);
	return !statement_loops(site) && site->arrays != ARRAYS_UNINITIALISED &&
	       !statement_returns(site);
}

static bool tests_error(const struct site *site)
{
	return site->group->error == ERROR_TESTED && reads_words(site);
}

static void write_read_back(const struct site *site, struct text *text)
{
	char word[64];

	if (tests_error(site))
		write_error_test(site, text);
	if (!reads_words(site))
		return;
	if (site->read_back == READ_BACK_NOTHING)
		return;
	element(site, site->read_back == READ_BACK_MIGRATED ? "src" : "dst",
		site->one_page ? "0" : "page", word, sizeof(word));
	if (!site->one_page) {
		text_line(text, "for (page = 0; page < %lu; page++)", site->max_pages);
		text->depth++;
	}
	if (site->read_back == READ_BACK_DST)
		text_line(text, "rig_note(&@, \"valid\", !!(%s & MIGRATE_PFN_VALID));", word);
	else if (site->read_back == READ_BACK_EMPTY)
		text_line(text, "rig_note(&@, \"empty\", !%s);", word);
	else
		text_line(text, "rig_note(&@, \"migrated\", !!(%s & MIGRATE_PFN_MIGRATE));", word);
	if (!site->one_page)
		text->depth--;
}

static bool needs_index(const struct site *site)
{
	return !site->one_page && reads_words(site) &&
	       (tests_error(site) || site->read_back != READ_BACK_NOTHING);
}

static void write_call(const struct site *site, struct text *text)
{
	const bool guarded = site->driver_guard == GUARD_BETWEEN && site->nest == NEST_NONE;
	struct arguments arguments;
	const char *list[7] = {
		arguments.ops, arguments.vma, arguments.start, arguments.end, arguments.src,
		arguments.dst, arguments.private,
	};

	fill_ops(site, &arguments);
	fill_range(site, &arguments);
	fill_arrays(site, &arguments);
	fill_private(site, &arguments);
	if (site->group->evidence == EVIDENCE_COMMENT)
		text_line(text, "/* migrate-vma: %s */",
			  site->group->direction == DIRECTION_TO_DEVICE ? "to-device" : "to-ram");
	if (guarded) {
		text_flat(text, "#ifdef CONFIG_COMPAT");
		text_line(text, "rig_note(&@, \"compat\", 1);");
		text_flat(text, "#else");
		text_line(text, "rig_note(&@, \"native\", 1);");
		text_flat(text, "#endif");
	}
	statement_write(site, text, list);
}

/* The inside of the frame: declarations, statement, what is read back. */
static void write_inside(const struct site *site, struct text *text)
{
	if (!arrays_are_outside(site))
		write_arrays(site, text);
	if (private_is_inside(site))
		write_private(site, text);
	if (loops(site))
		text_blank(text);
	write_between(site, text);
	if (site->locals == LOCALS_SHADOWED) {
		text_open(text, "%s", "");
		if (site->frame == FRAME_WHILE) {
			text_line(text, "unsigned long end = start + size;");
		} else if (loops(site)) {
			text_line(text, "unsigned long start = addr;");
			text_line(text, "unsigned long end = %s;",
				  site->frame == FRAME_PER_PAGE ? "addr + PAGE_SIZE" : "next");
		}
		text_blank(text);
	}
	write_call(site, text);
	write_read_back(site, text);
	if (site->locals == LOCALS_SHADOWED)
		text_close(text, "");
	text_mark(text);
}

static void write_frame(const struct site *site, struct text *text)
{
	unsigned long n = site->max_pages;

	switch (site->frame) {
	case FRAME_FOR:
		text_open(text, "for (addr = start; addr < end; addr += %luUL << PAGE_SHIFT)", n);
		text_line(text, "unsigned long next = min(end, addr + (%luUL << PAGE_SHIFT));", n);
		write_inside(site, text);
		text_close(text, "");
		break;
	case FRAME_WHILE:
		text_open(text, "while (start < end)");
		text_line(text, "unsigned long size = min(end - start, %luUL << PAGE_SHIFT);", n);
		write_inside(site, text);
		text_line(text, "start += size;");
		text_close(text, "");
		break;
	case FRAME_DO:
		text_line(text, "addr = start;");
		text_open(text, "do");
		text_line(text, "unsigned long next = min(end, addr + (%luUL << PAGE_SHIFT));", n);
		write_inside(site, text);
		text_line(text, "addr = next;");
		text_close(text, " while (addr < end);");
		break;
	case FRAME_PER_PAGE:
		text_open(text, "for (addr = start; addr < end; addr += PAGE_SIZE)");
		write_inside(site, text);
		text_close(text, "");
		break;
	case FRAME_GOTO:
		text_line(text, "addr = start;");
		text_flat(text, "again:");
		text_line(text, "next = min(end, addr + (%luUL << PAGE_SHIFT));", n);
		write_inside(site, text);
		text_line(text, "addr = next;");
		text_line(text, "if (addr < end)");
		text_line(text, text->spaces ? "    goto again;" : "\tgoto again;");
		break;
	default:
		write_inside(site, text);
		break;
	}
}

static void write_locals_at_top(const struct site *site, struct text *text)
{
	char quiet[NAME_SIZE];

	if (site->group->object == OBJECT_IN_FUNCTION) {
		snprintf(quiet, sizeof(quiet), "%s", site->group->finalize_name);
		object_write(site->group, text, site->group->object_name, quiet);
	}
	if (arrays_are_outside(site))
		write_arrays(site, text);
	if (!private_is_inside(site))
		write_private(site, text);
	if (loops(site) && site->frame != FRAME_WHILE)
		text_line(text, "unsigned long addr;");
	if (site->frame == FRAME_GOTO)
		text_line(text, "unsigned long next;");
	write_range(site, text);
	if (needs_index(site))
		text_line(text, "unsigned long page;");
	write_locals(site, text);
	if (site->group->reach == REACH_POINTER)
		text_line(text, "const struct migrate_vma_ops *ops = &%s;",
			  site->group->object_name);
	if (site->fault && (site->group->private == PRIVATE_NULL ||
			    site->group->private == PRIVATE_NUMBER ||
			    site->group->private == PRIVATE_MIXED))
		text_line(text, "unsigned long before = @_failed;");
	write_result(site, text);
	text_blank(text);
}

static void write_checks(const struct site *site, struct text *text)
{
	const char *step = text->spaces ? "    " : "\t";

	if (site->group->elsewhere == ELSEWHERE_FINALIZE)
		text_line(text, "@_probe%u();", site->group->number);
	if (site->arrays == ARRAYS_HEAP)
		text_line(text, "if (!src || !dst)");
	else if (site->arrays == ARRAYS_HALVES)
		text_line(text, "if (!pfns)");
	if (site->arrays == ARRAYS_HEAP || site->arrays == ARRAYS_HALVES)
		text_line(text, "%sreturn -ENOMEM;", step);
	if (!loops(site) && !statement_loops(site) && !site->fault) {
		text_line(text, "if (end - start > %luUL << PAGE_SHIFT)", site->max_pages);
		if (site->arrays == ARRAYS_HEAP || site->arrays == ARRAYS_HALVES) {
			text_open(text, "%s", "");
			text_line(text, "%s = -E2BIG;", site->result);
			text_line(text, "goto out;");
			text_close(text, "");
		} else {
			text_line(text, "%sreturn -E2BIG;", step);
		}
	}
	if (site->group->reach == REACH_POINTER) {
		text_line(text, "if (rig_ask(&@, \"quiet\"))");
		text_line(text, "%sops = &%s;", step, site->group->other_name);
	}
}

static void write_fault_end(const struct site *site, struct text *text)
{
	if (statement_uses_result(site) && site->context != CONTEXT_ASSIGNED &&
	    site->context != CONTEXT_IF_ASSIGNED)
		text_line(text, "rig_note(&@, \"result\", %s);", site->result);
	switch (site->group->private) {
	case PRIVATE_INT:
		text_line(text, "return failures ? VM_FAULT_SIGBUS : 0;");
		break;
	case PRIVATE_STRUCT:
	case PRIVATE_MAYBE:
		text_line(text, site->passed == PASSED_CONDITIONAL ?
			  "return %s.failed || other.failed ? VM_FAULT_SIGBUS : 0;" :
			  "return %s.failed ? VM_FAULT_SIGBUS : 0;", move_name(site));
		break;
	default:
		text_line(text, "return @_failed != before ? VM_FAULT_SIGBUS : 0;");
		break;
	}
}

/* @body: where the text of the function begins */
static void write_end(const struct site *site, struct text *text, size_t body)
{
	if (statement_returns(site)) {
		if (site->nest != NEST_NONE && site->nest != NEST_LABEL)
			text_line(text, "return 0;");
		return;
	}
	if (strstr(text->bytes + body, "goto out;"))
		text_flat(text, "out:");
	if (site->group->private == PRIVATE_INT)
		text_line(text, "rig_note(&@, \"failures\", failures);");
	if (site->arrays == ARRAYS_HEAP) {
		text_line(text, "kfree(src);");
		text_line(text, "kfree(dst);");
	} else if (site->arrays == ARRAYS_HALVES) {
		text_line(text, "kfree(pfns);");
	}
	if (site->locals == LOCALS_ARGS)
		text_line(text, "rig_note(&@, \"args\", args);");
	if (site->locals == LOCALS_FAILED)
		text_line(text, "rig_note(&@, \"failed\", failed);");
	if (site->fault) {
		write_fault_end(site, text);
		return;
	}
	if (site->group->private == PRIVATE_STRUCT && !private_is_inside(site))
		text_line(text, "rig_note(&@, \"moved\", %s.moved);", move_name(site));
	text_line(text, "return %s;", site->result);
}

void site_write(const struct driver *driver, const struct site *site, struct text *text)
{
	size_t body = text->length;

	(void)driver;
	if (site->fault)
		text_line(text, "static vm_fault_t %s(struct vm_fault *vmf)", site->name);
	else
		text_line(text, "static long %s(struct vm_area_struct *vma, unsigned long start, unsigned long end)",
			  site->name);
	text_line(text, "{");
	text->depth++;
	if (site->driver_guard == GUARD_IN_FUNCTION) {
		text_flat(text, "#if defined(CONFIG_MIGRATE_VMA_HELPER)");
		text_open(text, "%s", "");
	}
	write_locals_at_top(site, text);
	write_checks(site, text);
	write_frame(site, text);
	write_end(site, text, body);
	if (site->driver_guard == GUARD_IN_FUNCTION) {
		text_close(text, "");
		text_flat(text, "#else");
		text_line(text, site->fault ? "return VM_FAULT_SIGBUS;" : "return -ENODEV;");
		text_flat(text, "#endif");
	}
	text_close(text, "");
	text_blank(text);
}
