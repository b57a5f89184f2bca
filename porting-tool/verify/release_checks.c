// SPDX-License-Identifier: GPL-2.0-only
#include "checks/checks.h"
#include "edit/edit.h"
#include "left.h"

static bool has_callbacks(const struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (driver->program.units[i].file->uses)
			return true;
	return driver->ops_count > 0;
}

/* What the port has changed is done. */
static bool is_left(size_t file, size_t offset, void *data)
{
	struct driver *driver = data;
	struct unit *unit = &driver->program.units[file];

	if (unit->file->result && edits_cover(unit->edits, offset))
		return false;
	unit->file->left++;
	return true;
}

void report_release(struct driver *driver, const struct clang_setup *setup)
{
	size_t count = driver->program.unit_count;
	struct source *sources = arena_alloc(driver->arena, (count + 1) * sizeof(*sources));

	if (has_callbacks(driver))
		return;
	for (size_t i = 0; i < count; i++)
		sources[i] = *driver->program.units[i].source;
	check_for_release(sources, count, driver->target, setup, is_left, driver,
			  driver->diagnostics);
}
