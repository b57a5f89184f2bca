// SPDX-License-Identifier: GPL-2.0-only
#include "errors.h"

#include <string.h>

#include "libclang.h"

/* A kernel's command for one file has some 200. */
#define ARGUMENTS_MAX 2048

/* A name that no file has: libclang is given the text. */
#define STAND_INS "/migrate-vma/stand-ins.h"

/* Words of a command that name files and steps instead of saying how to read the text. */
static bool is_file_argument(const char *argument, const char *path)
{
	size_t length = strlen(argument);

	return !strcmp(argument, "-c") || !strcmp(argument, path) ||
	       (length > 2 && argument[0] != '-' && !strcmp(argument + length - 2, ".c"));
}

/* The arguments that compile_commands.json has for a file; returns how many. */
static size_t database_arguments(struct arena *arena, const char *build_dir, const char *path,
				 const char **arguments, size_t room)
{
	const struct libclang *clang = libclang();
	CXCompilationDatabase_Error error;
	CXCompilationDatabase database;
	CXCompileCommands commands;
	CXCompileCommand command;
	size_t count = 0;

	database = clang->clang_CompilationDatabase_fromDirectory(build_dir, &error);
	if (error != CXCompilationDatabase_NoError)
		return 0;
	commands = clang->clang_CompilationDatabase_getCompileCommands(database, path);
	if (commands && clang->clang_CompileCommands_getSize(commands)) {
		command = clang->clang_CompileCommands_getCommand(commands, 0);
		for (unsigned int i = 1; i < clang->clang_CompileCommand_getNumArgs(command); i++) {
			CXString text = clang->clang_CompileCommand_getArg(command, i);
			const char *word = clang->clang_getCString(text);

			if (!strcmp(word, "-o"))
				i++;
			else if (!is_file_argument(word, path) && count < room)
				arguments[count++] = arena_copy(arena, word, strlen(word));
			clang->clang_disposeString(text);
		}
	}
	if (commands)
		clang->clang_CompileCommands_dispose(commands);
	clang->clang_CompilationDatabase_dispose(database);
	return count;
}

/* The arguments of one parse; returns how many. */
static int make_arguments(struct arena *arena, const struct clang_text *text,
			  const char *arguments[ARGUMENTS_MAX])
{
	static const char *const always[] = { "-xc", "-std=gnu11", "-ferror-limit=0", "-w",
					      "-fno-spell-checking" };
	const struct clang_setup *setup = text->setup;
	size_t count = sizeof(always) / sizeof(*always), room = ARGUMENTS_MAX - 2;

	memcpy(arguments, always, sizeof(always));
	for (size_t i = 0; i < setup->count && count < room; i++)
		arguments[count++] = setup->arguments[i];
	if (setup->build_dir)
		count += database_arguments(arena, setup->build_dir, text->path, arguments + count,
					    room - count);
	if (text->stand_ins) {
		arguments[count++] = "-include";
		arguments[count++] = STAND_INS;
	}
	return (int)count;
}

static void take_errors(struct clang_errors *errors, CXTranslationUnit unit)
{
	const struct libclang *clang = libclang();
	unsigned int count = clang->clang_getNumDiagnostics(unit);

	errors->list = arena_alloc(&errors->arena, (count + 1) * sizeof(*errors->list));
	for (unsigned int i = 0; i < count; i++) {
		CXDiagnostic diagnostic = clang->clang_getDiagnostic(unit, i);

		if (clang->clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
			struct clang_error *error = &errors->list[errors->count++];
			CXString text = clang->clang_getDiagnosticSpelling(diagnostic);
			const char *spelling = clang->clang_getCString(text);

			error->text = arena_copy(&errors->arena, spelling, strlen(spelling));
			clang->clang_getSpellingLocation(
				clang->clang_getDiagnosticLocation(diagnostic), NULL, &error->line,
				NULL, NULL);
			clang->clang_disposeString(text);
		}
		clang->clang_disposeDiagnostic(diagnostic);
	}
}

void find_errors(struct clang_errors *errors, const struct clang_text *text)
{
	const struct libclang *clang = libclang();
	const char *arguments[ARGUMENTS_MAX];
	struct CXUnsavedFile files[2] = {
		{ text->path, text->text, text->size },
		{ STAND_INS, text->stand_ins, text->stand_ins ? strlen(text->stand_ins) : 0 },
	};
	CXIndex index = clang->clang_createIndex(0, 0);
	CXTranslationUnit unit = NULL;
	int count;

	memset(errors, 0, sizeof(*errors));
	count = make_arguments(&errors->arena, text, arguments);
	errors->unread = clang->clang_parseTranslationUnit2(
		index, text->path, arguments, count, files, text->stand_ins ? 2 : 1,
		CXTranslationUnit_KeepGoing, &unit) != CXError_Success;
	if (!errors->unread) {
		take_errors(errors, unit);
		clang->clang_disposeTranslationUnit(unit);
	}
	clang->clang_disposeIndex(index);
}

bool has_error(const struct clang_errors *errors, const char *text)
{
	for (size_t i = 0; i < errors->count; i++)
		if (!strcmp(errors->list[i].text, text))
			return true;
	return false;
}
