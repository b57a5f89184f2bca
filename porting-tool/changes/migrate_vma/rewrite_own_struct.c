// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver of the callback API may have a struct migrate_vma of its own, since the kernel's was not
 * to be seen, or functions by the names of the three steps.  From 5.4 on the kernel has them, so
 * the driver's get other names.
 */
#include <string.h>

#include "edit/edit.h"
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

/* Whether an #if decides that a place is compiled: for kernels that lack something, perhaps. */
static bool is_conditional(const struct unit *unit, uint32_t offset)
{
	const struct token *all = unit->syntax.all.list;

	for (size_t i = 0; i < unit->syntax.conditional_count; i++) {
		const struct conditional *group = &unit->syntax.conditionals[i];

		if (!group->guard && all[group->arms[0].directive].start < offset &&
		    all[group->endif].start > offset)
			return true;
	}
	return false;
}

/* A function of the driver's own by the name of one of the three steps. */
static void plan_own_function(struct driver *driver, struct unit *unit, const char *name)
{
	const struct syntax *syntax = &unit->syntax;
	const struct node *function = function_find(syntax, name);
	const char *other;

	if (!function)
		return;
	if (!declared_static(syntax, function->first, function->name) ||
	    is_conditional(unit, code_start(syntax, function->name))) {
		driver_block(driver, unit, function->name, "own-definition",
			     "the kernel has a function %s() since 5.4, and this one is not "
			     "static or stands under an #if: give it another name, or take it "
			     "out, and port again",
			     name);
		return;
	}
	other = arena_printf(driver->arena, "%s_%s", driver_stem(driver, unit), name);
	while (driver_name_taken(driver, other))
		other = arena_printf(driver->arena, "%s_own", other);
	for (uint32_t i = 1; i < syntax->code.count; i++)
		if (code_is(syntax, i, name) && !is_member_name(syntax, i))
			edit_replace(unit->edits, code_start(syntax, i), code_end(syntax, i),
				     other);
}

void plan_own_struct(struct driver *driver)
{
	static const char *const steps[] = { "migrate_vma_setup", "migrate_vma_pages",
					     "migrate_vma_finalize" };
	const char *name = NULL;

	/* Without a call to port the struct is the kernel's. */
	if (!driver->site_count)
		return;
	for (size_t u = 0; u < driver->program.unit_count; u++)
		for (size_t s = 0; s < sizeof(steps) / sizeof(*steps); s++)
			plan_own_function(driver, &driver->program.units[u], steps[s]);
	for (size_t u = 0; u < driver->program.unit_count && !name; u++)
		if (defines_struct(&driver->program.units[u]))
			name = new_name(driver, &driver->program.units[u]);
	for (size_t u = 0; name && u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++)
			if (code_is(syntax, i, "migrate_vma") && code_is(syntax, i - 1, "struct"))
				edit_replace(unit->edits, code_start(syntax, i),
					     code_end(syntax, i), name);
	}
}
