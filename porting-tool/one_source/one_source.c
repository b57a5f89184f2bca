// SPDX-License-Identifier: GPL-2.0-only
/*
 * From files in the form of the newest release to one source, folder by folder.
 */
#include "one_source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "changes/config_option/build_files.h"
#include "changes/migrate_vma/two_apis.h"
#include "edit/edit.h"
#include "kernel/dated_names.h"
#include "kernel/kernel_names.h"
#include "source/alike.h"
#include "verify/left.h"

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash + 1 - path) : 0;
}

static bool same_folder(const char *a, const char *b)
{
	return folder_length(a) == folder_length(b) && !strncmp(a, b, folder_length(a));
}

void one_source_left(struct one_source *driver, struct one_source_file *file, size_t offset,
		     const char *text)
{
	const struct source *given = file->file->source;
	size_t at = file->file->result ? place_alike(given, file->now.text, offset) : offset;

	file->file->left++;
	diagnose(driver->diagnostics, given, at, SEVERITY_ERROR, "one-source", "%s", text);
}

static void withdraw(struct one_source *driver)
{
	for (size_t i = 0; i < driver->count; i++) {
		struct port_file *file = driver->files[i].file;

		free(file->result);
		file->result = NULL;
		file->ported = 0;
	}
}

static void refuse(struct one_source *driver, const char *text)
{
	driver->files[0].file->left++;
	diagnose_file(driver->diagnostics, driver->files[0].now.path, SEVERITY_ERROR, "one-source",
		      "%s", text);
	withdraw(driver);
}

static char *in_folder(struct one_source *driver, const char *name)
{
	const char *path = driver->files[0].now.path;

	return arena_printf(driver->arena, "%.*s%s", (int)folder_length(path), path, name);
}

static void add_file(struct new_files *added, const char *path, const char *text)
{
	struct source *source = xmalloc(sizeof(*source));
	struct port_file *file;

	source_set(source, path, "", 0);
	added->list = grow(added->list, added->count, &added->capacity, sizeof(*added->list));
	file = &added->list[added->count++];
	*file = (struct port_file){ .source = source, .result = strdup(text),
				    .result_size = strlen(text), .created = true };
}

/* The text that a build file gets behind its last line. */
static char *with_line(struct one_source *driver, const char *text, bool is_makefile)
{
	const char *line = arena_printf(driver->arena, "include $(src)/%s\n",
					one_source_name(driver, ".kbuild"));
	size_t length = strlen(text);
	const char *gap = length && text[length - 1] != '\n' ? "\n\n" : "\n";

	/* A Makefile may be read outside of Kbuild as well. */
	if (is_makefile)
		line = arena_printf(driver->arena, "ifneq ($(KERNELRELEASE),)\n%sendif\n", line);
	return arena_printf(driver->arena, "%s%s%s", text, gap, line);
}

static void change_build_file(struct one_source *driver, struct port_file *file, bool is_makefile)
{
	const char *now = file->result ? file->result : file->source->text;
	char *text;

	if (strstr(now, one_source_name(driver, ".kbuild")))
		return;
	text = with_line(driver, now, is_makefile);
	free(file->result);
	file->result = strdup(text);
	file->result_size = strlen(text);
}

/* The folder's Kbuild file, else its Makefile, among the given files or on the disk. */
static bool tell_build_file(struct one_source *driver, struct port_file *files, size_t count,
			    struct new_files *added)
{
	static const char *const names[] = { "Kbuild", "Makefile" };

	for (size_t name = 0; name < sizeof(names) / sizeof(*names); name++) {
		const char *path = in_folder(driver, names[name]);
		struct source *source;

		for (size_t i = 0; i < count; i++) {
			if (strcmp(files[i].source->path, path))
				continue;
			change_build_file(driver, &files[i], name);
			return true;
		}
		source = xmalloc(sizeof(*source));
		if (access(path, F_OK) || source_read(source, path) != SOURCE_OK) {
			free(source);
			continue;
		}
		added->list = grow(added->list, added->count, &added->capacity, sizeof(*added->list));
		added->list[added->count] = (struct port_file){ .source = source };
		change_build_file(driver, &added->list[added->count++], name);
		return true;
	}
	return false;
}

/* Names that came with a later release, of which the tables say what to do without them. */
static void report_dated(struct one_source *driver, struct one_source_file *file)
{
	const char *text = file->file->result ? file->file->result : file->file->source->text;
	struct source result;
	struct syntax syntax;
	struct dated_name name;

	if (source_set(&result, file->file->source->path, text, strlen(text)) != SOURCE_OK)
		return;
	syntax_parse(&syntax, &result, driver->arena);
	for (uint32_t at = 0; at < syntax.code.count; at++) {
		const struct source *given = file->file->source;

		/* Members are those of structs, which report_missing() looks at. */
		if (is_member_name(&syntax, at) ||
		    !dated_name_at(&syntax, at, NULL, driver->range.from->number, &name) ||
		    name.since <= driver->range.from->number)
			continue;
		file->file->left++;
		diagnose(driver->diagnostics, given, place_alike(given, text, code_start(&syntax, at)),
			 SEVERITY_ERROR,
			 "one-source", "%s%s is not in Linux %s, and there is no helper for it: %s",
			 name.name, name.form, driver->range.from->name, name.instead);
	}
	syntax_release(&syntax);
	source_release(&result);
}

/* What the oldest kernel of the range has not, and no helper stands for. */
static void report_missing(struct one_source *driver)
{
	struct driver files = {
		.arena = driver->arena, .target = driver->range.from, .setup = driver->setup,
		.diagnostics = driver->diagnostics,
	};

	program_open(&files.program, driver->arena, driver->count);
	for (size_t i = 0; i < driver->count; i++) {
		struct unit *unit = &files.program.units[i];

		unit->source = driver->files[i].file->source;
		unit->view = *unit->source;
		unit->file = driver->files[i].file;
		unit->edits = arena_alloc(driver->arena, sizeof(*unit->edits));
	}
	two_apis_read(&files.program, driver->range.from, driver->setup, false);
	report_missing_names(&files);
	macros_release(&files.macros);
	for (size_t i = 0; i < driver->count; i++)
		edits_release(files.program.units[i].edits);
	program_close(&files.program);
}

/* An API that the oldest kernel of the range has in no form at all. */
static void report_too_old(struct one_source *driver)
{
	const struct form_api *api;

	for (size_t i = 0; (api = form_api_at(i)); i++)
		if (driver->used[i] &&
		    api->forms[api->form_count - 1].since > driver->range.from->number)
			one_source_left(driver, &driver->files[0], 0,
					arena_printf(driver->arena,
						     "%s: Linux %s has no form of it", api->name,
						     driver->range.from->name));
}

static bool calls_helpers(const struct one_source *driver)
{
	bool calls = false;

	for (size_t i = 0; i < driver->count; i++)
		calls = calls || driver->files[i].calls_helpers;
	return calls;
}

static void port_folder(struct one_source *driver, struct port_file *files, size_t count,
			struct new_files *added)
{
	driver->prefix = one_source_prefix(driver);
	for (size_t i = 0; i < driver->count; i++)
		version_arms_rewrite(driver, &driver->files[i]);
	form_uses_rewrite(driver);
	if (calls_helpers(driver)) {
		const char *header = in_folder(driver, one_source_name(driver, ".h"));
		const char *lines = in_folder(driver, one_source_name(driver, ".kbuild"));

		if (!access(header, F_OK) || !access(lines, F_OK)) {
			refuse(driver, arena_printf(driver->arena, "%s is there already: it may be of "
						    "an earlier port; take it away, or give it another "
						    "name", access(header, F_OK) ? lines : header));
			return;
		}
		add_file(added, header, compat_header_text(driver));
		add_file(added, lines, kbuild_lines_text(driver));
		if (!tell_build_file(driver, files, count, added)) {
			driver->files[0].file->left++;
			diagnose_file(driver->diagnostics, driver->files[0].now.path,
				      SEVERITY_WARNING, "one-source",
				      "there is no Kbuild file and no Makefile beside it: the one that "
				      "builds it needs the line \"include $(src)/%s\"",
				      one_source_name(driver, ".kbuild"));
		}
	}
	report_too_old(driver);
	report_missing(driver);
	for (size_t i = 0; i < driver->count; i++)
		report_dated(driver, &driver->files[i]);
}

static void one_folder(struct port_file *files, size_t count, size_t first,
		       struct one_source driver, struct new_files *added)
{
	struct arena arena = { 0 };
	bool unported = false;

	driver.arena = &arena;
	driver.files = arena_alloc(&arena, count * sizeof(*driver.files));
	for (size_t i = first; i < count; i++) {
		struct one_source_file *file = &driver.files[driver.count];
		const struct port_file *one = &files[i];

		if (is_build_file(one->source->path) ||
		    !same_folder(one->source->path, files[first].source->path))
			continue;
		unported = unported || one->uses != one->ported;
		file->file = &files[i];
		source_set(&file->now, one->source->path, one->result ? one->result : one->source->text,
			   one->result ? one->result_size : one->source->size);
		driver.count++;
	}
	/* What is not in three steps yet has been named. */
	if (!unported)
		port_folder(&driver, files, count, added);
	for (size_t i = 0; i < driver.count; i++)
		source_release(&driver.files[i].now);
	arena_release(&arena);
}

void one_source_port(struct port_file *files, size_t count, const struct release_range *range,
		     const struct clang_setup *setup, struct new_files *added,
		     struct diagnostics *diagnostics)
{
	port_files(files, count, release_newest(), setup, diagnostics);
	for (size_t first = 0; first < count; first++) {
		size_t before = 0;

		while (before < first && (is_build_file(files[before].source->path) ||
					  !same_folder(files[before].source->path,
						       files[first].source->path)))
			before++;
		if (before == first && !is_build_file(files[first].source->path))
			one_folder(files, count, first,
				   (struct one_source){ .range = *range, .setup = setup,
							.diagnostics = diagnostics }, added);
	}
}
