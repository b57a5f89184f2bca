// SPDX-License-Identifier: GPL-2.0-only
/*
 * The port of one group of files, from parsing to the checked result.
 */
#include "port.h"

#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"
#include "find/groups.h"
#include "changes/change.h"
#include "changes/config_option/build_files.h"
#include "changes/dev_pagemap/owner.h"
#include "changes/migrate_vma/two_apis.h"
#include "verify/left.h"
#include "verify/libclang.h"
#include "verify/verify.h"

static void read_units(struct driver *driver, struct port_file **files, size_t count,
		       const struct clang_setup *setup)
{
	program_open(&driver->program, driver->arena, count);
	for (size_t i = 0; i < count; i++) {
		struct unit *unit = &driver->program.units[i];

		unit->source = files[i]->source;
		unit->view = *unit->source;
		unit->file = files[i];
		unit->edits = arena_alloc(driver->arena, sizeof(*unit->edits));
	}
	two_apis_read(&driver->program, driver->target, setup, false);
	for (size_t i = 0; i < count; i++) {
		struct unit *unit = &driver->program.units[i];

		unit->style = arena_alloc(driver->arena, sizeof(*unit->style));
		*unit->style = style_detect(&unit->syntax);
	}
}

/* Calls in a file that is not looked at any closer. */
static size_t count_calls(const struct syntax *syntax)
{
	size_t count = 0;

	for (uint32_t i = 1; i < syntax->code.count; i++)
		count += code_is(syntax, i, "migrate_vma") && code_is(syntax, i + 1, "(") &&
			 !is_member_name(syntax, i);
	return count;
}

static bool names_ops(const struct syntax *syntax)
{
	for (uint32_t i = 1; i < syntax->code.count; i++)
		if (code_is(syntax, i, "migrate_vma_ops"))
			return true;
	return false;
}

/* Where brackets do not match, nobody knows what belongs to what: such files stay as they are. */
static bool brackets_match(struct driver *driver)
{
	bool old = false, match = true;

	for (size_t i = 0; i < driver->program.unit_count; i++) {
		const struct syntax *syntax = &driver->program.units[i].syntax;

		old = old || count_calls(syntax) || names_ops(syntax);
		match = match && unmatched_bracket(syntax) == syntax->code.count;
	}
	if (!old || match)
		return true;
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		struct unit *unit = &driver->program.units[i];
		uint32_t bracket = unmatched_bracket(&unit->syntax);

		unit->file->uses = count_calls(&unit->syntax);
		if (bracket < unit->syntax.code.count)
			driver_block(driver, unit, bracket, "not-understood",
				     "this bracket has no partner, so it is not known what is part "
				     "of what; is the file complete, or does a macro or an #if hold "
				     "the other one?");
	}
	return false;
}

/* Makes the new texts; false when two changes got into each other's way. */
static bool apply(struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		struct unit *unit = &driver->program.units[i];
		size_t conflict;

		if (!unit->edits->count)
			continue;
		unit->file->result = edits_apply(unit->edits, unit->source,
						 &unit->file->result_size, &conflict);
		if (unit->file->result)
			continue;
		diagnose(
			driver->diagnostics, unit->source, conflict, SEVERITY_ERROR, "overlap",
			"two changes of the port overlap here, so the files stay as they are; this "
			"is a defect of migrate-vma, please report the lines around it");
		return false;
	}
	return true;
}

static void withdraw(struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		struct port_file *file = driver->program.units[i].file;

		free(file->result);
		file->result = NULL;
		file->ported = 0;
	}
}

/* Calls that are left count as left, each of them once. */
static void count_left(struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		struct port_file *file = driver->program.units[i].file;
		size_t calls = file->uses - file->ported;

		if (file->left < calls)
			file->left = calls;
	}
}

static void port_group(struct port_file **files, size_t count, const struct release *target,
		       const struct clang_setup *setup, struct diagnostics *diagnostics)
{
	struct arena arena = { 0 };
	struct driver driver = { .arena = &arena,
				 .target = target,
				 .setup = setup,
				 .diagnostics = diagnostics };

	read_units(&driver, files, count, setup);
	if (brackets_match(&driver))
		changes_find(&driver);
	if (!driver.blocked)
		changes_rewrite(&driver);
	if (driver.blocked || !apply(&driver) || !verify(&driver, setup))
		withdraw(&driver);
	changes_left(&driver);
	report_release(&driver, setup);
	report_missing_names(&driver);
	report_real_headers(&driver, setup);
	count_left(&driver);
	macros_release(&driver.macros);
	for (size_t i = 0; i < count; i++)
		edits_release(driver.program.units[i].edits);
	program_close(&driver.program);
	arena_release(&arena);
}

/* A build file speaks for the drivers in its folder and below: it waits for all their calls. */
static const struct port_file *unported_below(const struct port_file *files, size_t count,
					      const char *build_file)
{
	const char *slash = strrchr(build_file, '/');
	size_t length = slash ? slash + 1 - build_file : 0;

	for (size_t i = 0; i < count; i++)
		if (files[i].uses && !files[i].result &&
		    !strncmp(files[i].source->path, build_file, length))
			return &files[i];
	return NULL;
}

static void port_build_files(struct port_file *files, size_t count,
			     struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < count; i++) {
		const char *path = files[i].source->path;
		const struct port_file *waits;

		if (!is_build_file(path))
			continue;
		port_build_file(&files[i]);
		waits = unported_below(files, count, path);
		if (!waits || !files[i].result)
			continue;
		free(files[i].result);
		files[i].result = NULL;
		diagnose_file(diagnostics, path, SEVERITY_NOTE, "kconfig-waits",
			      "it names MIGRATE_VMA_HELPER, and stays as it is until the calls in "
			      "%s are ported",
			      waits->source->path);
	}
}

void port_files(struct port_file *files, size_t count, const struct release *target,
		const struct clang_setup *setup, struct diagnostics *diagnostics)
{
	size_t *group = xmalloc((count + 1) * sizeof(*group));
	struct port_file **members = xmalloc((count + 1) * sizeof(*members));

	/* The files with this name are likely to change, and then libclang reads them. */
	for (size_t i = 0; i < count; i++)
		if (!setup->one_thread &&
		    memmem(files[i].source->text, files[i].source->size, "migrate_vma_ops", 15))
			libclang_prepare();
	groups_find(files, count, group);
	for (size_t first = 0; first < count; first++) {
		size_t size = 0;

		if (is_build_file(files[first].source->path) || group[first] != first)
			continue;
		for (size_t i = first; i < count; i++)
			if (group[i] == first && !is_build_file(files[i].source->path))
				members[size++] = &files[i];
		port_group(members, size, target, setup, diagnostics);
	}
	port_build_files(files, count, diagnostics);
	libclang_settle();
	free(members);
	free(group);
}
