// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text of the tests that keep -EINVAL for what migrate_vma() refused.
 */
#include "plan.h"

const char *range_is(const struct driver *driver, const struct site *site,
			    const char *operator)
{
	return arena_printf(driver->arena, "%s.start %s %s.end", site->variable, operator,
			    site->variable);
}

/* Whether the function returns what the call gave, so that a test in front of it can do that. */
bool returns_error(const struct site *site, const struct layout *layout)
{
	const struct syntax *syntax = &site->unit->syntax;
	const struct node *leave = layout->check && layout->shape == SHAPE_ASSIGNED
					   ? layout->check->child : NULL;

	return leave && leave->kind == NODE_RETURN && leave->last == leave->first + 2 &&
	       code_is(syntax, leave->first + 1, layout->result);
}

/*
 * What was refused gives -EINVAL, as it did: @good or @bad tells, and @name is what is called.  Sets
 * *tail to what goes behind the call.
 */
const char *guarded_name(const struct driver *driver, const struct site *site,
				const char *good, const char *bad, const char *name,
				const char **tail)
{
	const struct syntax *syntax = &site->unit->syntax;
	uint32_t before = site->call.name - 1, behind = site->call.close + 1;
	bool alone = code_is(syntax, behind, ";") &&
		     (code_is(syntax, before, "=") || code_is(syntax, before, "return"));

	if (code_is(syntax, before, "(") &&
	    (code_is(syntax, before - 1, "if") || code_is(syntax, before - 1, "unlikely")) &&
	    (syntax->match[before] == behind || code_is(syntax, behind, "<") ||
	     code_is(syntax, behind, "!=")))
		return arena_printf(driver->arena, "%s || %s", bad, name);
	*tail = alone ? " : -EINVAL" : " : -EINVAL)";
	return arena_printf(driver->arena, "%s%s ? %s", alone ? "" : "(", good, name);
}
