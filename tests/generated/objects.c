// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the ops objects of a group.
 */
#include <stdio.h>

#include "driver.h"

void object_write(const struct group *group, struct text *text, const char *name,
		  const char *finalize)
{
	const char *comma = group->comma == COMMA_LAST ? "," : "";
	const char *specifiers = group->object == OBJECT_EXTERN ? "const" :
				 group->object == OBJECT_BRACE_ON_OWN_LINE ? "static" :
				 "static const";

	if (group->object == OBJECT_MACRO) {
		text_line(text, "RIG_OBJECT_%u(%s, %s, %s);", group->number, name,
			  group->alloc_name, finalize);
		return;
	}
	if (group->object == OBJECT_BRACE_ON_OWN_LINE && !text->allman) {
		text_line(text, "%s struct migrate_vma_ops %s =", specifiers, name);
		text_open(text, "%s", "");
	} else if (group->object == OBJECT_TYPEDEF) {
		text_open(text, "%s @_ops%u_t %s =", specifiers, group->number, name);
	} else {
		text_open(text, "%s struct migrate_vma_ops %s =", specifiers, name);
	}
	if (group->object == OBJECT_POSITIONAL) {
		text_line(text, "%s,", group->alloc_name);
		text_line(text, "%s%s", finalize, comma);
	} else {
		text_line(text, ".alloc_and_copy%s= %s,", text->spaces ? " " : "\t\t",
			  group->alloc_name);
		text_line(text, ".finalize_and_map%s= %s%s", text->spaces ? " " : "\t", finalize,
			  comma);
	}
	text_close(text, ";");
}

void objects_write(const struct group *group, struct text *text)
{
	char quiet[NAME_SIZE];

	if (group->object == OBJECT_IN_FUNCTION || group->reach == REACH_LITERAL)
		return;
	object_write(group, text, group->object_name, group->finalize_name);
	text_blank(text);
	if (group->reach != REACH_POINTER && group->reach != REACH_CONDITIONAL &&
	    group->reach != REACH_TABLE)
		return;
	snprintf(quiet, sizeof(quiet), "@_quiet_done%u", group->number);
	object_write(group, text, group->other_name, quiet);
	text_blank(text);
}
