// SPDX-License-Identifier: GPL-2.0-only
/*
 * The old and the new text of a file, both read by libclang.
 *
 * Without the kernel's headers both are full of errors.  What counts is an error in the new text
 * that the old one did not have.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "kernel/substitutions.h"
#include "libclang.h"
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
};

static void *find_old_errors(void *argument)
{
	struct comparison *comparison = argument;

	find_errors(&comparison->before, &comparison->old);
	return NULL;
}

/* Reads both texts, at the same time if it may. */
static void compare(struct comparison *comparison)
{
	pthread_t thread;
	bool threaded;

	/* Where it cannot be loaded this is the end, and it is to be that of one thread. */
	libclang();
	threaded = !comparison->old.setup->one_thread &&
		   !pthread_create(&thread, NULL, find_old_errors, comparison);
	find_errors(&comparison->after, &comparison->new);
	if (threaded)
		pthread_join(thread, NULL);
	else
		find_old_errors(comparison);
}

/* A name of the kernel that a substitution brings: the stand-ins for its headers lack most of them. */
static bool is_substitute(const char *text)
{
	const char *name = strchr(text, '\'');
	const struct substitution *row;

	if (!name || (strncmp(text, "call to undeclared", 18) && strncmp(text, "use of undeclared", 17) &&
		      strncmp(text, "no member named", 15)))
		return false;
	name++;
	for (size_t i = 0; (row = substitution_at(i)); i++) {
		size_t length = row->with ? strlen(row->with) : 0;

		/* vm_flags is the beginning of vm_flags_set and vm_flags_clear. */
		if (length && !strncmp(name, row->with, length) &&
		    (name[length] == '\'' || row->form == SUBSTITUTE_FLAGS))
			return true;
	}
	return false;
}

/*
 * A function that the old text named as well and that the file does not define: its prototype is
 * in a header that was not given.
 */
static bool was_out_of_sight(const struct driver *driver, const struct unit *unit,
			     const char *text)
{
	static const char undeclared[] = "call to undeclared function '";
	const struct syntax *syntax = &unit->syntax;

	if (strncmp(text, undeclared, strlen(undeclared)))
		return false;
	text += strlen(undeclared);
	text = arena_printf(driver->arena, "%.*s", (int)strcspn(text, "'"), text);
	if (driver_declares_function(driver, text))
		return false;
	/* In an arm of #if that was not read, and is now. */
	if (name_unread(unit, (struct span){ 0, syntax->code.count - 1 }, text))
		return true;
	for (uint32_t i = 1; i < syntax->code.count; i++) {
		struct node *node;

		if (!code_is(syntax, i, text) || is_member_name(syntax, i))
			continue;
		/* Named above its definition: some header declared it. */
		node = node_at(syntax, i);
		return node->kind != NODE_FUNCTION || node->name != i;
	}
	return false;
}

/* These headers are the user's choice; they may be of another release. */
static void report_with_headers(struct driver *driver, struct unit *unit,
				const struct clang_error *error)
{
	diagnose_file(driver->diagnostics, unit->source->path, SEVERITY_WARNING, "headers",
		      "with the headers given, line %u of the result has an error: %s; are they "
		      "those of the target release?", error->line, error->text);
	unit->file->left++;
}

static bool judge(struct driver *driver, struct unit *unit, const struct comparison *comparison,
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
	for (size_t i = 0; i < after->count; i++) {
		const struct clang_error *error = &after->list[i];

		if (has_error(&comparison->before, error->text) ||
		    was_out_of_sight(driver, unit, error->text) ||
		    (bare && is_substitute(error->text)))
			continue;
		if (!bare) {
			report_with_headers(driver, unit, error);
			return true;
		}
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
	compare(&comparison);
	good = judge(driver, unit, &comparison, bare);
	arena_release(&comparison.before.arena);
	arena_release(&comparison.after.arena);
	return good;
}
