// SPDX-License-Identifier: GPL-2.0-only
/*
 * The result, compiled with the target's own headers.
 *
 * What libclang finds wrong then is left for a person, whether the port brought it or not; where an
 * error is about a name whose history is known, it says that.
 */
#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"
#include "errors.h"
#include "kernel/kernel_names.h"
#include "kernel/release.h"
#include "left.h"

/* The texts between quotation marks in an error: a name, or a member and its struct. */
struct quoted {
	const char *list[2];
	size_t count;
};

static struct quoted quoted_in(struct arena *arena, const char *text)
{
	struct quoted quoted = { .count = 0 };

	while (quoted.count < 2 && (text = strchr(text, '\''))) {
		size_t length = strcspn(++text, "'");

		if (!text[length])
			break;
		quoted.list[quoted.count++] = arena_copy(arena, text, length);
		text += length + 1;
	}
	return quoted;
}

/* The entry of what an error is about: "struct.member" before the name alone. */
static bool name_in(struct arena *arena, const char *text, struct kernel_name *found)
{
	struct quoted quoted = quoted_in(arena, text);

	if (quoted.count == 2 && !strncmp(quoted.list[1], "struct ", 7)) {
		const char *member = arena_printf(arena, "%s.%s", quoted.list[1] + 7,
						  quoted.list[0]);

		if (kernel_name_find(member, strlen(member), found))
			return true;
	}
	return quoted.count && kernel_name_find(quoted.list[0], strlen(quoted.list[0]), found);
}

/* What became of the name, or the empty text. */
static const char *history(const struct driver *driver, const struct kernel_name *name)
{
	int target = driver->target->number, last = kernel_name_last(name, target);
	int first = kernel_name_first(name, target);
	const char *when = "";

	if (kernel_name_presence(name, target) == PRESENCE_YES)
		when = arena_printf(driver->arena, "Linux %s has it: are the headers of that "
						   "release, and is <linux/%.*s> included?",
				    driver->target->name, (int)name->header_length, name->header);
	else if (last)
		when = arena_printf(driver->arena, "it was in <linux/%.*s> up to %d.%d",
				    (int)name->header_length, name->header, RELEASE_MAJOR(last),
				    RELEASE_MINOR(last));
	else if (first)
		when = arena_printf(driver->arena, "it is in <linux/%.*s> from %d.%d on",
				    (int)name->header_length, name->header, RELEASE_MAJOR(first),
				    RELEASE_MINOR(first));
	return arena_printf(driver->arena, "; %s; `migrate-vma explain %.*s` has more", when,
			    (int)name->length, name->name);
}

/* The line of the user's file that a line of the result comes from. */
static unsigned int user_line(const struct unit *unit, unsigned int line)
{
	const char *text = unit->file->result, *at = text;

	if (!text)
		return line - 1;
	for (unsigned int i = 1; i < line && at; i++) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	return source_line(unit->source, at ? edits_origin(unit->edits, at - text) : 0);
}

static bool is_reported(const struct driver *driver, const struct unit *unit, unsigned int line)
{
	for (size_t i = 0; i < driver->diagnostics->count; i++)
		if (driver->diagnostics->list[i].line == line + 1 &&
		    driver->diagnostics->list[i].severity != SEVERITY_NOTE &&
		    !strcmp(driver->diagnostics->list[i].path, unit->source->path))
			return true;
	return false;
}

static void report(struct driver *driver, struct unit *unit, const struct clang_error *error)
{
	unsigned int line = user_line(unit, error->line);
	const char *text = unit->source->text;
	struct kernel_name name;
	bool known = name_in(driver->arena, error->text, &name);

	if (line >= unit->source->line_count || is_reported(driver, unit, line))
		return;
	unit->file->left++;
	diagnose(driver->diagnostics, unit->source,
		 unit->source->lines[line] + strspn(text + unit->source->lines[line], " \t"),
		 SEVERITY_WARNING, known ? "kernel-name" : "headers", "with the headers given, %s%s", error->text,
		 known ? history(driver, &name) : "");
}

/* The files of the driver as they are to be, each by the path that leads there without a link. */
static struct clang_text *texts_of(struct driver *driver)
{
	const struct program *program = &driver->program;
	struct clang_text *texts = arena_alloc(driver->arena, program->unit_count * sizeof(*texts));

	for (size_t i = 0; i < program->unit_count; i++) {
		const struct unit *unit = &program->units[i];
		char *whole = realpath(unit->source->path, NULL);

		texts[i] = (struct clang_text){
			.path = arena_printf(driver->arena, "%s", whole ? whole : unit->source->path),
			.text = unit->file->result ? unit->file->result : unit->source->text,
			.size = unit->file->result ? unit->file->result_size : unit->source->size,
			.strict = true,
		};
		free(whole);
	}
	return texts;
}

/* The file of the driver that an error is in, or NULL for one of the kernel's. */
static struct unit *unit_of(struct driver *driver, const struct clang_text *texts,
			    const struct clang_error *error)
{
	char *whole = realpath(error->path, NULL);
	struct unit *unit = NULL;

	for (size_t i = 0; whole && i < driver->program.unit_count; i++)
		if (!strcmp(texts[i].path, whole))
			unit = &driver->program.units[i];
	free(whole);
	return unit;
}

static void compile(struct driver *driver, size_t index, struct clang_text *texts,
		    const struct clang_setup *setup)
{
	struct clang_text text = texts[index];
	struct clang_errors errors;

	text.setup = setup;
	text.others = texts;
	text.other_count = driver->program.unit_count;
	find_errors(&errors, &text);
	for (size_t i = 0; i < errors.count; i++) {
		const struct clang_error *error = &errors.list[i];
		struct unit *unit = error->elsewhere ? unit_of(driver, texts, error) :
						       &driver->program.units[index];

		if (unit)
			report(driver, unit, error);
	}
	arena_release(&errors.arena);
}

void report_real_headers(struct driver *driver, const struct clang_setup *setup)
{
	struct clang_text *texts;

	if (!setup || !setup->real_headers || driver->blocked)
		return;
	texts = texts_of(driver);
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (!source_is_header(driver->program.units[i].source))
			compile(driver, i, texts, setup);
}
