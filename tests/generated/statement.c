// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the statement with the call, in every context C has for one, and what looks at its value.
 */
#include <stdio.h>
#include <string.h>

#include "driver.h"

/* What a site calls: migrate_vma(), or the function around it. */
static const char *callee(const struct site *site)
{
	const struct group *group = site->group;

	return group->reach == REACH_WRAPPER || group->reach == REACH_EXPORTED_WRAPPER ?
		group->wrapper_name : "migrate_vma";
}

static void write_call(const struct site *site, struct text *text, const char *before,
		       const char *const arguments[7], const char *after)
{
	text_call(text, before, callee(site), arguments, 7, after);
}

bool statement_loops(const struct site *site)
{
	return site->context == CONTEXT_WHILE_HEAD || site->context == CONTEXT_FOR_HEAD ||
	       site->context == CONTEXT_DO_HEAD || site->context == CONTEXT_UNBRACED_FOR;
}

bool statement_returns(const struct site *site)
{
	return site->context == CONTEXT_RETURN || site->context == CONTEXT_RETURN_EXPRESSION;
}

bool statement_uses_result(const struct site *site)
{
	if (!site->fault)
		return !statement_returns(site);
	return site->context == CONTEXT_ASSIGNED || site->context == CONTEXT_IF_ASSIGNED ||
	       site->context == CONTEXT_ARGUMENT || site->context == CONTEXT_COMMA ||
	       site->context == CONTEXT_OR_ASSIGNED;
}

bool statement_is_line(const struct site *site)
{
	switch (site->context) {
	case CONTEXT_ASSIGNED:
	case CONTEXT_RETURN:
	case CONTEXT_RETURN_EXPRESSION:
	case CONTEXT_IGNORED:
	case CONTEXT_VOID:
	case CONTEXT_CONDITIONAL:
	case CONTEXT_COMMA:
	case CONTEXT_OR_ASSIGNED:
	case CONTEXT_ARGUMENT:
		return true;
	default:
		return false;
	}
}

bool statement_succeeded(const struct site *site)
{
	if (site->nest != NEST_NONE && site->nest != NEST_LABEL && site->nest != NEST_FOR &&
	    site->nest != NEST_DO)
		return false;
	switch (site->context) {
	case CONTEXT_ASSIGNED:
	case CONTEXT_DECLARATION:
	case CONTEXT_DECLARATION_NOT_LAST:
		return site->answer == ANSWER_LEAVE || site->answer == ANSWER_BLOCK ||
		       site->answer == ANSWER_ELSE;
	case CONTEXT_IF:
	case CONTEXT_IF_NOT:
	case CONTEXT_IF_ASSIGNED:
	case CONTEXT_MACRO_ARGUMENT:
		return true;
	default:
		return false;
	}
}

bool statement_is_one(const struct site *site)
{
	switch (site->context) {
	case CONTEXT_ASSIGNED:
	case CONTEXT_DECLARATION:
	case CONTEXT_DECLARATION_NOT_LAST:
	case CONTEXT_KEPT:
		return false;
	default:
		return true;
	}
}

/* Leaves the function or the loop with a value; one statement if @value is there already. */
static bool leaves_in_one(const struct site *site, const char *value)
{
	return site->leave == LEAVE_RETURN || !strcmp(value, site->result);
}

static void write_leave(const struct site *site, struct text *text, const char *value)
{
	if (site->fault)
		value = "VM_FAULT_SIGBUS";
	if (!leaves_in_one(site, value))
		text_line(text, "%s = %s;", site->result, value);
	switch (site->leave) {
	case LEAVE_RETURN:
		text_line(text, "return %s;", value);
		break;
	case LEAVE_GOTO:
		text_line(text, "goto out;");
		break;
	default:
		text_line(text, "break;");
		break;
	}
}

/* The branch of an "if" that stands already, braces only where they are needed. */
static void write_leave_branch(const struct site *site, struct text *text, const char *value)
{
	text->depth++;
	write_leave(site, text, value);
	text->depth--;
}

/* Looks at @value, which the call was assigned to. */
static void write_answer(const struct site *site, struct text *text, const char *value)
{
	char test[64];

	statement_test(site, value, test, sizeof(test));
	text_mark(text);
	switch (site->answer) {
	case ANSWER_LEAVE:
		if (leaves_in_one(site, value)) {
			text_line(text, "if (%s)", test);
			write_leave_branch(site, text, value);
			break;
		}
		/* fall through */
	case ANSWER_BLOCK:
		text_open(text, "if (%s)", test);
		text_line(text, "rig_note(&@, \"refused\", %s);", value);
		write_leave(site, text, value);
		text_close(text, "");
		break;
	case ANSWER_RECODE:
		text_line(text, "if (%s)", test);
		text_line(text, text->spaces ? "    %s = -EIO;" : "\t%s = -EIO;", site->result);
		break;
	case ANSWER_ELSE:
		text_open(text, "if (!%s)", value);
		text_line(text, "rig_note(&@, \"done\", 1);");
		text_close_open(text, "else");
		write_leave(site, text, value);
		text_close(text, "");
		break;
	default:
		text_line(text, "rig_note(&@, \"result\", %s);", value);
		break;
	}
}

/* An "if" around the call, which leaves when it fails. */
static void write_if(const struct site *site, struct text *text, const char *before,
		     const char *const arguments[7], const char *after)
{
	char line[128];
	bool block = !leaves_in_one(site, "-EIO");
	bool own_line = block && text->allman;

	snprintf(line, sizeof(line), "%s%s", after, block && !own_line ? " {" : "");
	write_call(site, text, before, arguments, line);
	if (own_line)
		text_line(text, "{");
	write_leave_branch(site, text, "-EIO");
	if (block)
		text_line(text, "}");
}

static void write_if_not(const struct site *site, struct text *text,
			 const char *const arguments[7])
{
	write_call(site, text, "if (!", arguments, text->allman ? ")" : ") {");
	if (text->allman)
		text_line(text, "{");
	text->depth++;
	text_line(text, "rig_note(&@, \"done\", 1);");
	text_close_open(text, "else");
	write_leave(site, text, "-EIO");
	text_close(text, "");
}

static void write_switch(const struct site *site, struct text *text,
			 const char *const arguments[7])
{
	write_call(site, text, "switch (", arguments, text->allman ? ")" : ") {");
	if (text->allman)
		text_line(text, "{");
	text_line(text, "case 0:");
	text->depth++;
	text_line(text, "rig_note(&@, \"done\", 1);");
	text_line(text, "break;");
	text->depth--;
	text_line(text, "default:");
	text->depth++;
	if (site->fault) {
		text_line(text, "return VM_FAULT_SIGBUS;");
	} else {
		text_line(text, "%s = -EIO;", site->result);
		text_line(text, "break;");
	}
	text_close(text, "");
}

static void write_case(const struct site *site, struct text *text, const char *before,
		       const char *const arguments[7])
{
	text_open(text, "switch ((int)rig_ask(&@, \"case\"))");
	text->depth--;
	text_line(text, "case 1:");
	text->depth++;
	write_call(site, text, before, arguments, ";");
	text_line(text, "break;");
	text->depth--;
	text_line(text, "default:");
	text->depth++;
	text_line(text, "rig_note(&@, \"not called\", 1);");
	text_line(text, "break;");
	text_close(text, "");
}

/* Loops with the call in their head, or as all of their body. */
static void write_loop(const struct site *site, struct text *text, const char *before,
		       const char *const arguments[7])
{
	switch (site->context) {
	case CONTEXT_WHILE_HEAD:
		write_call(site, text, "while (addr < end && !", arguments, ")");
		text_line(text, text->spaces ? "    addr += size;" : "\taddr += size;");
		break;
	case CONTEXT_FOR_HEAD:
		write_call(site, text, "for (; addr < end && !", arguments, "; addr += size)");
		text_line(text, text->spaces ? "    rig_note(&@, \"round\", addr >> PAGE_SHIFT);" :
			  "\trig_note(&@, \"round\", addr >> PAGE_SHIFT);");
		break;
	case CONTEXT_DO_HEAD:
		text_open(text, "do");
		text_line(text, "rig_note(&@, \"round\", addr >> PAGE_SHIFT);");
		text_line(text, "addr += from_second;");
		text_line(text, "from_second = size;");
		text->depth--;
		write_call(site, text, "} while (addr + size < end && !", arguments, ");");
		break;
	default:
		text_line(text, "for (; addr < end; addr += size)");
		text->depth++;
		write_call(site, text, before, arguments, ";");
		text->depth--;
		break;
	}
}

static void write_declaration(const struct site *site, struct text *text,
			      const char *const arguments[7])
{
	write_call(site, text, "int err = ", arguments, ";");
	if (site->context == CONTEXT_DECLARATION_NOT_LAST)
		text_line(text, "unsigned long copies = @.copies;");
	text_blank(text);
	if (site->context == CONTEXT_DECLARATION_NOT_LAST)
		text_line(text, "rig_note(&@, \"copies\", copies);");
	write_answer(site, text, "err");
}

static void write_chosen(const struct site *site, struct text *text, const char *before,
			 const char *const arguments[7])
{
	const char *step = text->spaces ? "    " : "\t";

	switch (site->context) {
	case CONTEXT_UNBRACED_ELSE:
		text_line(text, "if (!rig_ask(&@, \"else\"))");
		text_line(text, "%srig_note(&@, \"not called\", 1);", step);
		text_line(text, "else");
		break;
	default:
		text_line(text, "if (rig_ask(&@, \"if\"))");
		break;
	}
	text->depth++;
	write_call(site, text, before, arguments, ";");
	text->depth--;
}

static void write_else_if(const struct site *site, struct text *text,
			  const char *const arguments[7])
{
	text_open(text, "if (!rig_ask(&@, \"first\"))");
	text_line(text, "rig_note(&@, \"not called\", 1);");
	text->depth--;
	if (text->allman) {
		text_line(text, "}");
		write_call(site, text, "else if (", arguments, ")");
		text_line(text, "{");
	} else {
		write_call(site, text, "} else if (", arguments, ") {");
	}
	text->depth++;
	write_leave(site, text, "-EIO");
	text_close(text, "");
}

static void write_kept(const struct site *site, struct text *text, const char *const arguments[7])
{
	text_line(text, "%s = 5;", site->result);
	write_call(site, text, "err = ", arguments, ";");
	text_line(text, "if (err < 0)");
	text_line(text, text->spaces ? "    %s = err;" : "\t%s = err;", site->result);
}

static void write_in_if(const struct site *site, struct text *text,
			const char *const arguments[7])
{
	static const char *const tests[] = {
		[TEST_NONZERO] = ")", [TEST_NEGATIVE] = " < 0)", [TEST_NOT_EQUAL] = " != 0)",
		[TEST_UNLIKELY] = " == -EINVAL)", [TEST_EQUAL_EINVAL] = " == -EINVAL)",
	};
	char before[64], after[32];

	switch (site->context) {
	case CONTEXT_IF:
		write_if(site, text, "if (", arguments, tests[site->test]);
		break;
	case CONTEXT_IF_ASSIGNED:
		snprintf(before, sizeof(before), "if ((%s = ", site->result);
		snprintf(after, sizeof(after), ")%s", tests[site->test]);
		write_if(site, text, before, arguments, after);
		break;
	case CONTEXT_IF_AND:
		write_if(site, text, "if (rig_ask(&@, \"and\") && ", arguments, ")");
		break;
	case CONTEXT_IF_OR:
		write_if(site, text, "if (", arguments, " || rig_say(&@, \"or\", 0))");
		break;
	default:
		write_if(site, text, "if (unlikely(", arguments, "))");
		break;
	}
}

static void write_statement(const struct site *site, struct text *text,
			    const char *const arguments[7])
{
	char before[96];

	snprintf(before, sizeof(before), "%s = ", site->result);
	switch (site->context) {
	case CONTEXT_ASSIGNED:
		write_call(site, text, before, arguments, ";");
		if (site->line != LINE_CHECK)
			write_answer(site, text, site->result);
		break;
	case CONTEXT_DECLARATION:
	case CONTEXT_DECLARATION_NOT_LAST:
		write_declaration(site, text, arguments);
		break;
	case CONTEXT_IF:
	case CONTEXT_IF_ASSIGNED:
	case CONTEXT_IF_AND:
	case CONTEXT_IF_OR:
	case CONTEXT_MACRO_ARGUMENT:
		write_in_if(site, text, arguments);
		break;
	case CONTEXT_IF_NOT:
		write_if_not(site, text, arguments);
		break;
	case CONTEXT_ELSE_IF:
		write_else_if(site, text, arguments);
		break;
	case CONTEXT_RETURN:
		write_call(site, text, "return ", arguments, ";");
		break;
	case CONTEXT_RETURN_EXPRESSION:
		write_call(site, text, "return ", arguments, " ? -EIO : rig_say(&@, \"fine\", 3);");
		break;
	case CONTEXT_IGNORED:
		write_call(site, text, "", arguments, ";");
		break;
	case CONTEXT_VOID:
		write_call(site, text, "(void)", arguments, ";");
		break;
	case CONTEXT_UNBRACED_IF:
	case CONTEXT_UNBRACED_ELSE:
		write_chosen(site, text, before, arguments);
		break;
	case CONTEXT_CASE:
		write_case(site, text, before, arguments);
		break;
	case CONTEXT_SWITCH:
		write_switch(site, text, arguments);
		break;
	case CONTEXT_CONDITIONAL:
		strcat(before, "rig_ask(&@, \"?\") ? ");
		write_call(site, text, before, arguments, " : 1;");
		break;
	case CONTEXT_COMMA:
		snprintf(before, sizeof(before), "rig_note(&@, \"comma\", 1), %s = ", site->result);
		write_call(site, text, before, arguments, ";");
		break;
	case CONTEXT_OR_ASSIGNED:
		snprintf(before, sizeof(before), "%s |= ", site->result);
		write_call(site, text, before, arguments, ";");
		break;
	case CONTEXT_ARGUMENT:
		strcat(before, "rig_say(&@, \"said\", ");
		write_call(site, text, before, arguments, ");");
		break;
	case CONTEXT_KEPT:
		write_kept(site, text, arguments);
		break;
	default:
		write_loop(site, text, before, arguments);
		break;
	}
}

void statement_write(const struct site *site, struct text *text, const char *const arguments[7])
{
	char tail[96];
	int deeper = place_write_nest(site, text);

	text->depth += deeper;
	place_write_line(site, text, tail, sizeof(tail));
	write_statement(site, text, arguments);
	text->depth -= deeper;
	place_write_end(site, text);
}
