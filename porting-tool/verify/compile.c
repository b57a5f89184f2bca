// SPDX-License-Identifier: GPL-2.0-only
/*
 * The old and the new text of a file, both read by libclang.
 *
 * Without the kernel's headers both are full of errors.  What counts is an error in the new text
 * that the old one did not have.
 */
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "explained.h"
#include "reduce.h"
#include "stand_ins.h"
#include "verify.h"

/* A name that no file has: libclang is given the text. */
#define BARE_TEXT "/migrate-vma/driver.c"

/*
 * The text with the lines blanked that would lead elsewhere: directives, and arms of #if that the
 * tool does not read.  Offsets stay what they were.
 */
static char *blank(const struct driver *driver, const struct syntax *syntax)
{
	const struct source *source = syntax->source;
	char *text = arena_copy(driver->arena, source->text, source->size);
	size_t next = 0;

	for (size_t i = 0; i < syntax->all.count; i++) {
		const struct token *token = &syntax->all.list[i];
		const char *word = text + token->start + 1;
		bool code;

		while (next < syntax->code.count && syntax->code.list[next].start < token->start)
			next++;
		code = next < syntax->code.count && syntax->code.list[next].start == token->start;
		if (token->kind == TOKEN_DIRECTIVE) {
			word += strspn(word, " \t");
			code = !strncmp(word, "define", 6) || !strncmp(word, "undef", 5);
		}
		for (uint32_t at = token->start; !code && at < token->end; at++)
			if (text[at] != '\n')
				text[at] = ' ';
	}
	return text;
}

static bool header_changed(const struct driver *driver)
{
	for (size_t i = 0; i < driver->program.unit_count; i++)
		if (source_is_header(driver->program.units[i].source) && driver->program.units[i].file->result)
			return true;
	return false;
}

/* The headers of the group, which the file may include: as they were, or as they are now. */
static const char *with_headers(struct driver *driver, const struct unit *unit,
				const char *stand_ins, bool ported)
{
	for (size_t i = 0; i < driver->program.unit_count; i++) {
		const struct unit *header = &driver->program.units[i];
		struct source result;
		struct syntax syntax;

		if (header == unit || !source_is_header(header->source))
			continue;
		if (!ported || !header->file->result) {
			stand_ins = arena_printf(driver->arena, "%s%s\n", stand_ins,
						 blank(driver, &header->syntax));
		} else if (source_set(&result, header->source->path, header->file->result,
				      header->file->result_size) == SOURCE_OK) {
			parse_result(driver, &syntax, &result);
			stand_ins = arena_printf(driver->arena, "%s%s\n", stand_ins,
						 blank(driver, &syntax));
			syntax_release(&syntax);
			source_release(&result);
		}
	}
	return stand_ins;
}

/* The old and the new text of a file, and what is wrong with them. */
struct comparison {
	struct clang_text old;
	struct clang_text new;
	struct clang_errors before;
	struct clang_errors after;
	bool old_is_read;
};

/* The old text is read only if an error of the new one cannot be explained without. */
static bool was_in_old(struct comparison *comparison, const char *error)
{
	if (!comparison->old_is_read)
		find_errors(&comparison->before, &comparison->old);
	comparison->old_is_read = true;
	return has_error(&comparison->before, error);
}

static bool judge(struct driver *driver, struct unit *unit, struct comparison *comparison,
		  bool bare)
{
	const struct clang_errors *after = &comparison->after;

	if (after->unread) {
		diagnose_file(driver->diagnostics, unit->source->path, SEVERITY_ERROR, "self-check",
			      "libclang cannot read the result%s, so it is not known to be right "
			      "and the files stay as they are",
			      bare ? "" : " with the arguments it was given");
		return false;
	}
	/* With real headers each error is reported, also an old one: see real_headers.c. */
	for (size_t i = 0; bare && i < after->count; i++) {
		const struct clang_error *error = &after->list[i];

		if (error_explained(driver, unit, error->text, bare) ||
		    was_in_old(comparison, error->text))
			continue;
		diagnose_file(
			driver->diagnostics, unit->source->path, SEVERITY_ERROR, "self-check",
			"the port would bring a new error, so the files stay as they are: line "
			"%u of the result: %s; this is a defect of migrate-vma, please report it",
			error->line, error->text);
		return false;
	}
	return true;
}

/* The name that libclang reads a file by: its folder is where its headers are. */
static const char *name_of(const struct driver *driver, const struct unit *unit)
{
	char *whole = realpath(unit->source->path, NULL);
	const char *name = whole ? arena_copy(driver->arena, whole, strlen(whole)) : BARE_TEXT;

	free(whole);
	return name;
}

bool verify_compile(struct driver *driver, struct unit *unit, const struct syntax *result,
		    const struct clang_setup *setup)
{
	static const struct clang_setup none;
	bool bare = !setup || !setup->real_headers;
	struct comparison comparison = {
		.old = {
			.path = bare ? BARE_TEXT : name_of(driver, unit),
			.text = unit->source->text,
			.size = unit->source->size,
			.setup = setup ? setup : &none,
		},
	};
	bool good;

	comparison.new = comparison.old;
	comparison.new.text = unit->file->result;
	comparison.new.size = unit->file->result_size;
	if (bare) {
		const char *stand_ins = stand_ins_text(driver, unit);

		char *old = blank(driver, &unit->syntax), *new = blank(driver, result);

		if (!header_changed(driver))
			reduce(&unit->syntax, result, old, new);
		comparison.old.text = old;
		comparison.new.text = new;
		comparison.old.stand_ins = with_headers(driver, unit, stand_ins, false);
		comparison.new.stand_ins = with_headers(driver, unit, stand_ins, true);
	}
	find_errors(&comparison.after, &comparison.new);
	good = judge(driver, unit, &comparison, bare);
	arena_release(&comparison.before.arena);
	arena_release(&comparison.after.arena);
	return good;
}
