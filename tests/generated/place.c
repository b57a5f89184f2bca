// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes where a statement stands: what it is the body of, and what else is on its line.
 */
#include <stdio.h>

#include "driver.h"

const char *statement_test(const struct site *site, const char *value, char *room, size_t size)
{
	static const char *const forms[] = {
		[TEST_NONZERO] = "%s", [TEST_NEGATIVE] = "%s < 0", [TEST_NOT_EQUAL] = "%s != 0",
		[TEST_UNLIKELY] = "unlikely(%s)", [TEST_EQUAL_EINVAL] = "%s == -EINVAL",
	};

	snprintf(room, size, forms[site->test], value);
	return room;
}

/* What is on the line beside the call. */
void place_write_line(const struct site *site, struct text *text, char *tail, size_t size)
{
	char test[64];

	switch (site->line) {
	case LINE_AFTER_ANOTHER:
		text->head = "rig_note(&@, \"line\", 1); ";
		break;
	case LINE_BEFORE_ANOTHER:
		text->tail = " rig_note(&@, \"line\", 2);";
		break;
	case LINE_CHECK:
		statement_test(site, site->result, test, sizeof(test));
		snprintf(tail, size, " if (%s) %s%s;", test,
			 site->leave == LEAVE_RETURN ? "return " :
			 site->leave == LEAVE_GOTO ? "goto out" : "break",
			 site->leave == LEAVE_RETURN ? site->result : "");
		text->tail = tail;
		break;
	case LINE_BLOCK:
		text->head = "{ ";
		text->tail = " }";
		break;
	case LINE_COMMENT_BEFORE:
		snprintf(tail, size, "/* " TEXT_REMARK " %u */ ", ++text->remarks);
		text->head = tail;
		break;
	case LINE_COMMENT_BEHIND:
		snprintf(tail, size, text->remarks % 2 ? " /* " TEXT_REMARK " %u */" :
			 " // " TEXT_REMARK " %u", text->remarks + 1);
		text->remarks++;
		text->tail = tail;
		break;
	default:
		break;
	}
}

/* What the statement is the body of.  Return: how much deeper it is then. */
int place_write_nest(const struct site *site, struct text *text)
{
	const char *step = text->spaces ? "    " : "\t";

	switch (site->nest) {
	case NEST_IF:
		text_line(text, "if (rig_ask(&@, \"nest\"))");
		return 1;
	case NEST_IF_IF:
		text_line(text, "if (rig_ask(&@, \"nest\"))");
		text_line(text, "%sif (rig_ask(&@, \"nest\"))", step);
		return 2;
	case NEST_ELSE:
		text_line(text, "if (!rig_ask(&@, \"nest\"))");
		text_line(text, "%srig_note(&@, \"not called\", 1);", step);
		text_line(text, "else");
		return 1;
	case NEST_FOR:
		text_line(text, "for (turns = 0; turns < 1; turns++)");
		return 1;
	case NEST_DO:
		text_line(text, "do");
		return 1;
	case NEST_CASE:
		text_open(text, "switch ((int)rig_ask(&@, \"nest\"))");
		text->depth--;
		text_line(text, "case 1:");
		return 1;
	case NEST_LABEL:
		text_line(text, "if (rig_ask(&@, \"nest\"))");
		text_line(text, "%sgoto here;", step);
		text_line(text, "rig_note(&@, \"fell\", 1);");
		text_flat(text, "here:");
		return 0;
	default:
		return 0;
	}
}

void place_write_end(const struct site *site, struct text *text)
{
	switch (site->nest) {
	case NEST_DO:
		text_line(text, "while (rig_say(&@, \"do\", 0));");
		break;
	case NEST_CASE:
		text_line(text, text->spaces ? "    break;" : "\tbreak;");
		text_line(text, "default:");
		text->depth++;
		text_line(text, "rig_note(&@, \"not called\", 1);");
		text_line(text, "break;");
		text_close(text, "");
		break;
	default:
		break;
	}
}
