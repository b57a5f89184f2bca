// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the functions with the calls: what is around the statement that statement.c writes.
 */
#include "arguments.h"

#include <stdio.h>
#include <string.h>

static bool arrays_are_outside(const struct site *site)
{
	return site->fault || !site_loops(site) || site->arrays == ARRAYS_OUTSIDE ||
	       site->arrays == ARRAYS_HEAP || site->arrays == ARRAYS_HALVES ||
	       site->arrays == ARRAYS_STATIC || frame_is_goto(site);
}

static bool private_is_inside(const struct site *site)
{
	return site->passed == PASSED_PER_CALL && private_is_move(site) && site_loops(site);
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
	range_before_write(site, text);
	text_mark(text);
}

static void write_call(const struct site *site, struct text *text)
{
	const bool guarded = site->driver_guard == GUARD_BETWEEN && site->nest == NEST_NONE;
	struct arguments arguments;
	const char *list[7] = {
		arguments.ops, arguments.vma, arguments.start, arguments.end, arguments.src,
		arguments.dst, arguments.private,
	};

	arguments_fill(site, &arguments);
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
		arrays_write(site, text);
	if (private_is_inside(site))
		private_write(site, text);
	if (site_loops(site))
		text_blank(text);
	write_between(site, text);
	if (site->locals == LOCALS_SHADOWED) {
		text_open(text, "%s", "");
		if (site->frame == FRAME_WHILE) {
			text_line(text, "unsigned long end = start + size;");
		} else if (site_loops(site)) {
			text_line(text, "unsigned long start = addr;");
			text_line(text, "unsigned long end = %s;",
				  site->frame == FRAME_PER_PAGE ? "addr + PAGE_SIZE" : "next");
		}
		text_blank(text);
	}
	write_call(site, text);
	read_back_write(site, text);
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
	case FRAME_GOTO_TEST:
		text_line(text, "addr = start;");
		text_flat(text, "more:");
		text_line(text, "if (addr >= end)");
		text_line(text, text->spaces ? "    goto all;" : "\tgoto all;");
		text_line(text, "next = min(end, addr + (%luUL << PAGE_SHIFT));", n);
		write_inside(site, text);
		text_line(text, "addr = next;");
		text_line(text, "goto more;");
		text_flat(text, "all:");
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
		arrays_write(site, text);
	if (!private_is_inside(site))
		private_write(site, text);
	if (site_loops(site) && site->frame != FRAME_WHILE)
		text_line(text, "unsigned long addr;");
	if (frame_is_goto(site))
		text_line(text, "unsigned long next;");
	range_write(site, text);
	if (read_back_needs_index(site))
		text_line(text, "unsigned long page;");
	write_locals(site, text);
	if (site->group->reach == REACH_POINTER || site->group->reach == REACH_MAYBE_NULL)
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
	if (!site_loops(site) && !statement_loops(site) && !site->fault) {
		text_line(text, site->limit == LIMIT_ORDERED ?
			  "if (end > start && end - start > %luUL << PAGE_SHIFT)" :
			  "if (end - start > %luUL << PAGE_SHIFT)", site->max_pages);
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
	} else if (site->group->reach == REACH_MAYBE_NULL) {
		text_line(text, "if (!rig_ask(&@, \"ops\"))");
		text_line(text, "%sops = NULL;", step);
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
			  "return %s.failed ? VM_FAULT_SIGBUS : 0;", private_move(site));
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
		text_line(text, "rig_note(&@, \"moved\", %s.moved);", private_move(site));
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
