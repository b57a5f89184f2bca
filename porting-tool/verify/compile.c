// SPDX-License-Identifier: GPL-2.0-only
/*
 * The old and the new text of a file, both read by libclang.
 *
 * Without the kernel's headers both are full of errors.  What counts is an error in the new text
 * that the old one did not have.
 */
#include <clang-c/CXCompilationDatabase.h>
#include <clang-c/Index.h>
#include <stdlib.h>
#include <string.h>

#include "stand_ins.h"
#include "verify.h"

#define ARGUMENTS_MAX 256

/* Names that no file has: libclang is given the texts. */
#define STAND_INS "/migrate-vma/stand-ins.h"
#define BARE_TEXT "/migrate-vma/driver.c"

/* The errors of one parse. */
struct errors {
	const char **texts;
	unsigned int *lines;
	size_t count;
};

/*
 * The text with the lines blanked that would lead elsewhere: directives, and arms of #if that the
 * tool does not read.  Offsets stay what they were.
 */
static char *blank(const struct driver *driver, const struct source *source)
{
	char *text = arena_copy(driver->arena, source->text, source->size);
	struct syntax syntax;
	size_t next = 0;

	syntax_parse(&syntax, source, driver->arena);
	for (size_t i = 0; i < syntax.all.count; i++) {
		const struct token *token = &syntax.all.list[i];
		const char *word = text + token->start + 1;
		bool code;

		while (next < syntax.code.count && syntax.code.list[next].start < token->start)
			next++;
		code = next < syntax.code.count && syntax.code.list[next].start == token->start;
		if (token->kind == TOKEN_DIRECTIVE) {
			word += strspn(word, " \t");
			code = !strncmp(word, "define", 6) || !strncmp(word, "undef", 5);
		}
		for (uint32_t at = token->start; !code && at < token->end; at++)
			if (text[at] != '\n')
				text[at] = ' ';
	}
	syntax_release(&syntax);
	return text;
}

/* Words of a command that name files and steps instead of saying how to read the text. */
static bool is_file_argument(const char *argument, const char *path)
{
	size_t length = strlen(argument);

	return !strcmp(argument, "-c") || !strcmp(argument, path) ||
	       (length > 2 && argument[0] != '-' && !strcmp(argument + length - 2, ".c"));
}

/* The arguments that compile_commands.json has for a file; returns how many. */
static size_t database_arguments(const struct driver *driver, const char *build_dir,
				 const char *path, const char **arguments, size_t room)
{
	CXCompilationDatabase_Error error;
	CXCompilationDatabase database = clang_CompilationDatabase_fromDirectory(build_dir, &error);
	CXCompileCommands commands;
	CXCompileCommand command;
	size_t count = 0;

	if (error != CXCompilationDatabase_NoError)
		return 0;
	commands = clang_CompilationDatabase_getCompileCommands(database, path);
	if (commands && clang_CompileCommands_getSize(commands)) {
		command = clang_CompileCommands_getCommand(commands, 0);
		for (unsigned int i = 1; i < clang_CompileCommand_getNumArgs(command); i++) {
			CXString text = clang_CompileCommand_getArg(command, i);
			const char *word = clang_getCString(text);

			if (!strcmp(word, "-o"))
				i++;
			else if (!is_file_argument(word, path) && count < room)
				arguments[count++] = arena_copy(driver->arena, word, strlen(word));
			clang_disposeString(text);
		}
	}
	if (commands)
		clang_CompileCommands_dispose(commands);
	clang_CompilationDatabase_dispose(database);
	return count;
}

static struct errors parse(const struct driver *driver, CXIndex index, const char *path,
			   const char *text, size_t size, const char *stand_ins,
			   const struct clang_setup *setup)
{
	const char *arguments[ARGUMENTS_MAX + 8] = { "-xc", "-std=gnu11", "-ferror-limit=0", "-w",
						     "-fno-caret-diagnostics" };
	int argument_count = 5;
	struct CXUnsavedFile files[2] = {
		{ path, text, size }, { STAND_INS, stand_ins, stand_ins ? strlen(stand_ins) : 0 }
	};
	struct errors errors = { 0 };
	CXTranslationUnit unit = NULL;
	unsigned int count;

	for (size_t i = 0; i < setup->count && argument_count < ARGUMENTS_MAX; i++)
		arguments[argument_count++] = setup->arguments[i];
	if (setup->build_dir)
		argument_count += database_arguments(driver, setup->build_dir, path,
						     arguments + argument_count,
						     ARGUMENTS_MAX - argument_count);
	if (stand_ins) {
		arguments[argument_count++] = "-include";
		arguments[argument_count++] = STAND_INS;
	}
	if (clang_parseTranslationUnit2(index, path, arguments, argument_count, files,
					stand_ins ? 2 : 1, CXTranslationUnit_KeepGoing, &unit))
		return errors;
	count = clang_getNumDiagnostics(unit);
	errors.texts = arena_alloc(driver->arena, (count + 1) * sizeof(*errors.texts));
	errors.lines = arena_alloc(driver->arena, (count + 1) * sizeof(*errors.lines));
	for (unsigned int i = 0; i < count; i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
		CXString text = clang_getDiagnosticSpelling(diagnostic);

		if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
			const char *spelling = clang_getCString(text);

			clang_getSpellingLocation(clang_getDiagnosticLocation(diagnostic), NULL,
						  &errors.lines[errors.count], NULL, NULL);
			errors.texts[errors.count++] =
				arena_copy(driver->arena, spelling, strlen(spelling));
		}
		clang_disposeString(text);
		clang_disposeDiagnostic(diagnostic);
	}
	clang_disposeTranslationUnit(unit);
	return errors;
}

static bool seen_before(const struct errors *errors, const char *text)
{
	for (size_t i = 0; i < errors->count; i++)
		if (!strcmp(errors->texts[i], text))
			return true;
	return false;
}

/*
 * A function that the old text named as well and that the file does not define: its prototype is
 * in a header that was not given.
 */
static bool was_out_of_sight(const struct unit *unit, const char *text)
{
	static const char undeclared[] = "call to undeclared function '";
	const struct syntax *syntax = &unit->syntax;

	if (strncmp(text, undeclared, strlen(undeclared)))
		return false;
	text += strlen(undeclared);
	for (uint32_t i = 1; i < syntax->code.count; i++) {
		struct node *node;

		if (syntax->code.list[i].kind != TOKEN_IDENTIFIER || is_member_name(syntax, i))
			continue;
		if (code_end(syntax, i) - code_start(syntax, i) != strcspn(text, "'") ||
		    strncmp(unit->source->text + code_start(syntax, i), text, strcspn(text, "'")))
			continue;
		/* Named above its definition: some header declared it. */
		node = node_at(syntax, i);
		return node->kind != NODE_FUNCTION || node->name != i;
	}
	return false;
}

static bool is_header(const struct unit *unit)
{
	size_t length = strlen(unit->source->path);

	return length > 2 && !strcmp(unit->source->path + length - 2, ".h");
}

/* The headers of the group, which the file may include: as they were, or as they are now. */
static const char *with_headers(struct driver *driver, const struct unit *unit,
				const char *stand_ins, bool ported)
{
	for (size_t i = 0; i < driver->unit_count; i++) {
		const struct unit *header = &driver->units[i];
		struct source result;

		if (header == unit || !is_header(header))
			continue;
		if (!ported || !header->file->result) {
			stand_ins = arena_printf(driver->arena, "%s%s\n", stand_ins,
						 blank(driver, header->source));
		} else if (source_set(&result, header->source->path, header->file->result,
				      header->file->result_size) == SOURCE_OK) {
			stand_ins = arena_printf(driver->arena, "%s%s\n", stand_ins,
						 blank(driver, &result));
			source_release(&result);
		}
	}
	return stand_ins;
}

bool verify_compile(struct driver *driver, struct unit *unit, const struct clang_setup *setup)
{
	CXIndex index = clang_createIndex(0, 0);
	bool bare = !setup || !setup->real_headers;
	const struct clang_setup none = { 0 };
	const char *path = bare ? BARE_TEXT : unit->source->path;
	const char *old = unit->source->text, *new = unit->file->result;
	const char *stand_ins = NULL, *old_stand_ins = NULL, *new_stand_ins = NULL;
	struct source result;
	struct errors before, after;
	bool good = true;

	if (source_set(&result, unit->source->path, new, unit->file->result_size) != SOURCE_OK)
		return false;
	if (bare) {
		stand_ins = stand_ins_text(driver, unit);
		old = blank(driver, unit->source);
		new = blank(driver, &result);
		old_stand_ins = with_headers(driver, unit, stand_ins, false);
		new_stand_ins = with_headers(driver, unit, stand_ins, true);
	}
	before = parse(driver, index, path, old, unit->source->size, old_stand_ins,
		       setup ? setup : &none);
	after = parse(driver, index, path, new, unit->file->result_size, new_stand_ins,
		      setup ? setup : &none);
	for (size_t i = 0; i < after.count && good; i++) {
		if (seen_before(&before, after.texts[i]) ||
		    was_out_of_sight(unit, after.texts[i]))
			continue;
		if (!bare) {
			/* These headers are the user's choice; they may be of another release. */
			diagnose_file(driver->diagnostics, unit->source->path, SEVERITY_WARNING,
				      "headers",
				      "with the headers given, line %u of the result has an error: "
				      "%s; are they those of the target release?",
				      after.lines[i], after.texts[i]);
			unit->file->left++;
			break;
		}
		diagnose_file(
			driver->diagnostics, unit->source->path, SEVERITY_ERROR, "self-check",
			"the port would bring a new error, so the files stay as they are: line "
			"%u of the result: %s; this is a defect of migrate-vma, please report it",
			after.lines[i], after.texts[i]);
		good = false;
	}
	source_release(&result);
	clang_disposeIndex(index);
	return good;
}
