// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pointers to ops objects that may be NULL.
 *
 * migrate_vma() gave -EINVAL back for such a pointer.  What takes its place is called, and has to
 * be there.
 */
#include "driver.h"

/* Whether a function looks at the pointer in front of a call: "if (!ops)", "ops == NULL". */
static bool is_tested(const struct site *site, const char *name)
{
	const struct syntax *syntax = &site->unit->syntax;

	for (uint32_t i = site->function->first; i < site->call.name; i++)
		if (code_is(syntax, i, name) && !is_member_name(syntax, i) &&
		    (code_is(syntax, i - 1, "!") || code_is(syntax, i + 1, "==") ||
		     code_is(syntax, i + 1, "!=") || code_is(syntax, i + 1, "&&") ||
		     code_is(syntax, i + 1, "?") ||
		     (code_is(syntax, i - 1, "(") && code_is(syntax, i + 1, ")") &&
		      (code_is(syntax, i - 2, "if") || code_is(syntax, i - 2, "while")))))
			return true;
	return false;
}

static bool is_set_to_null(const struct site *site, const char *name)
{
	const struct syntax *syntax = &site->unit->syntax;

	for (uint32_t i = site->function->first; i < site->function->last; i++)
		if (code_is(syntax, i, name) && !is_member_name(syntax, i) &&
		    code_is(syntax, i + 1, "=") && code_is(syntax, i + 2, "NULL"))
			return true;
	return false;
}

/* Whether a caller in the files passes NULL for a parameter of the function. */
static bool is_passed_null(const struct driver *driver, const struct site *site, const char *name)
{
	const struct syntax *syntax = &site->unit->syntax;
	const char *function = code_text(syntax, site->function->name, site->function->name);
	struct declarator *parameters;
	size_t count = parameters_parse(syntax, site->function, &parameters), index = 0;

	while (index < count &&
	       !(parameters[index].name && code_is(syntax, parameters[index].name, name)))
		index++;
	for (size_t u = 0; index < count && u < driver->program.unit_count; u++) {
		const struct syntax *other = &driver->program.units[u].syntax;
		struct call call;

		for (uint32_t i = 1; i < other->code.count; i++)
			if (code_is(other, i, function) && !is_member_name(other, i) &&
			    call_parse(other, i, &call) && index < call.count &&
			    code_is(other, call.arguments[index].first, "NULL") &&
			    call.arguments[index].first == call.arguments[index].last)
				return true;
	}
	return false;
}

bool pointer_may_be_null(const struct driver *driver, const struct site *site)
{
	const struct syntax *syntax = &site->unit->syntax;
	struct span argument = site->call.arguments[ARGUMENT_OPS];
	const char *name;

	if (site->ops || argument.first != argument.last || !code_identifier(syntax, argument.first))
		return false;
	name = code_text(syntax, argument.first, argument.first);
	return !is_tested(site, name) &&
	       (is_set_to_null(site, name) || is_passed_null(driver, site, name));
}
