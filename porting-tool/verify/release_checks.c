// SPDX-License-Identifier: GPL-2.0-only
#include "checks/checks.h"
#include "checks/rules.h"
#include "edit/edit.h"
#include "left.h"

static bool has_callbacks(const struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (driver->program.units[i].file->uses)
			return true;
	return driver->ops_count > 0;
}

/* What the driver is asked about, and what there is to say of it. */
struct report {
	struct driver *driver;
	struct diagnostics list;
};

/* The place is one of the result; the user knows the file as it was. */
static void add(size_t file, size_t offset, const struct rule *rule, const char *text, void *data)
{
	struct report *report = data;
	struct unit *unit = &report->driver->program.units[file];

	if (unit->file->result)
		offset = edits_origin(unit->edits, offset);
	unit->file->left++;
	diagnose(&report->list, unit->source, offset, rule->severity, rule->name, "%s", text);
}

void report_release(struct driver *driver, const struct clang_setup *setup)
{
	size_t count = driver->program.unit_count;
	struct source *sources = arena_alloc(driver->arena, (count + 1) * sizeof(*sources));
	struct report report = { .driver = driver };

	if (has_callbacks(driver))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct port_file *file = driver->program.units[i].file;

		if (source_set(&sources[i], file->source->path,
			       file->result ? file->result : file->source->text,
			       file->result ? file->result_size : file->source->size) != SOURCE_OK)
			source_set(&sources[i], file->source->path, "", 0);
	}
	check_for_release(sources, count, driver->target, setup, add, &report);
	diagnostics_sort(&report.list);
	diagnostics_append(driver->diagnostics, &report.list);
	for (size_t i = 0; i < count; i++)
		source_release(&sources[i]);
}
