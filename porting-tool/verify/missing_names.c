// SPDX-License-Identifier: GPL-2.0-only
#include "left.h"

#include "analyse/includes.h"
#include "changes/migrate_vma/two_apis.h"
#include "checks/absent_names.h"
#include "edit/edit.h"
#include "source/alike.h"

/* The driver, and its files as they are now. */
struct result {
	struct driver *driver;
	struct program program;
};

static struct unit *given_unit(const struct result *result, const struct reference *at)
{
	return &result->driver->program.units[at->unit - result->program.units];
}

static bool is_own(const struct reference *at, const char *name, void *data)
{
	const struct result *result = data;

	return header_bringing(&result->driver->program, given_unit(result, at), name);
}

static void report(const struct reference *at, const char *text, void *data)
{
	const struct result *result = data;
	struct unit *unit = given_unit(result, at);
	size_t offset = at->offset;

	if (unit->file->result && unit->edits->count)
		offset = edits_origin(unit->edits, offset);
	else if (unit->file->result)
		offset = place_alike(unit->source, unit->file->result, offset);
	unit->file->left++;
	diagnose(result->driver->diagnostics, unit->source, offset, SEVERITY_WARNING,
		 "kernel-name", "%s", text);
}

static void read_result(struct result *result, struct source *sources)
{
	struct driver *driver = result->driver;
	struct program *program = &result->program;

	program_open(program, driver->arena, driver->program.unit_count);
	for (size_t i = 0; i < program->unit_count; i++) {
		const struct port_file *file = driver->program.units[i].file;
		struct unit *unit = &program->units[i];

		unit->source = file->source;
		if (file->result && source_set(&sources[i], file->source->path, file->result,
					       file->result_size) == SOURCE_OK)
			unit->source = &sources[i];
		unit->view = *unit->source;
	}
	two_apis_read(program, driver->target, driver->setup, true);
}

void report_missing_names(struct driver *driver)
{
	struct source *sources = arena_alloc(driver->arena, (driver->program.unit_count + 1) *
							    sizeof(*sources));
	struct result result = { .driver = driver };
	const struct absent_names wanted = { is_own, report, NULL, &result };

	read_result(&result, sources);
	absent_names_find(&result.program, driver->arena, driver->target, &wanted);
	program_close(&result.program);
	for (size_t i = 0; i < driver->program.unit_count; i++)
		source_release(&sources[i]);
}
