// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver of the callback API may have had a struct migrate_vma of its own: the kernel's was not
 * to be seen.  From 5.4 on it is, so the driver's gets another name.
 */
#include <string.h>

#include "plan.h"

static bool defines_struct(const struct unit *unit)
{
	const struct syntax *syntax = &unit->syntax;

	for (uint32_t i = 1; i < syntax->code.count; i++)
		if (code_is(syntax, i, "migrate_vma") && code_is(syntax, i - 1, "struct") &&
		    code_is(syntax, i + 1, "{"))
			return true;
	return false;
}

static const char *new_name(const struct driver *driver, const struct unit *unit)
{
	const char *name;

	name = arena_printf(driver->arena, "%s_migrate_vma", driver_stem(driver, unit));
	while (driver_name_taken(driver, name))
		name = arena_printf(driver->arena, "%s_args", name);
	return name;
}

void plan_own_struct(struct driver *driver)
{
	const char *name = NULL;

	/* Without a call to port the struct is the kernel's. */
	if (!driver->site_count)
		return;
	for (size_t u = 0; u < driver->unit_count && !name; u++)
		if (defines_struct(&driver->units[u]))
			name = new_name(driver, &driver->units[u]);
	for (size_t u = 0; name && u < driver->unit_count; u++) {
		struct unit *unit = &driver->units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++)
			if (code_is(syntax, i, "migrate_vma") && code_is(syntax, i - 1, "struct"))
				edit_replace(&unit->edits, code_start(syntax, i),
					     code_end(syntax, i), name);
	}
}
