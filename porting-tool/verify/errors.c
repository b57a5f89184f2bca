// SPDX-License-Identifier: GPL-2.0-only
#include "errors.h"

#include <string.h>

#include "libclang.h"

/* A kernel's command for one file has some 200. */
#define ARGUMENTS_MAX 2048

/* A name that no file has: libclang is given the text. */
#define STAND_INS "/migrate-vma/stand-ins.h"

/*
 * How many words of a command are left out from here on: those that name files and steps, or what
 * would be written, instead of saying how to read the text.
 */
static unsigned int not_for_reading(const char *word, const char *file)
{
	static const char *const with_value[] = { "-o", "-MF", "-MT", "-MQ" };
	static const char *const alone[] = { "-c", "-M", "-MM", "-MD", "-MMD", "-MP", "--" };
	size_t length = strlen(word);

	for (size_t i = 0; i < sizeof(with_value) / sizeof(*with_value); i++)
		if (!strcmp(word, with_value[i]))
			return 2;
	for (size_t i = 0; i < sizeof(alone) / sizeof(*alone); i++)
		if (!strcmp(word, alone[i]))
			return 1;
	if (!strncmp(word, "-Wp,-M", 6) || !strcmp(word, file))
		return 1;
	return length > 2 && word[0] != '-' && !strcmp(word + length - 2, ".c");
}

struct argument_list {
	const char **list;
	size_t count;
	struct arena *arena;
};

static void add_argument(struct argument_list *arguments, const char *text)
{
	if (arguments->count < ARGUMENTS_MAX)
		arguments->list[arguments->count++] =
			arena_copy(arguments->arena, text, strlen(text));
}

static char *take_string(struct arena *arena, CXString string)
{
	const struct libclang *clang = libclang();
	const char *text = clang->clang_getCString(string);
	char *copy = arena_copy(arena, text ? text : "", text ? strlen(text) : 0);

	clang->clang_disposeString(string);
	return copy;
}

static void add_command(struct argument_list *arguments, CXCompileCommand command)
{
	const struct libclang *clang = libclang();
	const char *folder = take_string(arguments->arena,
					 clang->clang_CompileCommand_getDirectory(command));
	const char *file = take_string(arguments->arena,
				       clang->clang_CompileCommand_getFilename(command));
	unsigned int count = clang->clang_CompileCommand_getNumArgs(command), left_out;

	for (unsigned int i = 1; i < count; i += left_out ? left_out : 1) {
		const char *word = take_string(arguments->arena,
					       clang->clang_CompileCommand_getArg(command, i));

		left_out = not_for_reading(word, file);
		if (!left_out)
			add_argument(arguments, word);
	}
	/* Its folders are named from where it is run. */
	if (*folder) {
		add_argument(arguments, "-working-directory");
		add_argument(arguments, folder);
	}
}

/* What compile_commands.json says of a file, or of the one most like it. */
static void add_database(struct argument_list *arguments, const char *build_dir, const char *path)
{
	const struct libclang *clang = libclang();
	CXCompilationDatabase_Error error;
	CXCompilationDatabase database;
	CXCompileCommands commands;

	database = clang->clang_CompilationDatabase_fromDirectory(build_dir, &error);
	if (error != CXCompilationDatabase_NoError)
		return;
	commands = clang->clang_CompilationDatabase_getCompileCommands(database, path);
	if (commands && clang->clang_CompileCommands_getSize(commands))
		add_command(arguments, clang->clang_CompileCommands_getCommand(commands, 0));
	if (commands)
		clang->clang_CompileCommands_dispose(commands);
	clang->clang_CompilationDatabase_dispose(database);
}

static void make_arguments(struct argument_list *arguments, const struct clang_text *text)
{
	static const char *const always[] = { "-xc", "-std=gnu11", "-ferror-limit=0",
					      "-fno-spell-checking" };
	/*
	 * What the kernel's makefile makes errors of.  Not int-conversion: a function that nobody
	 * declares is taken to return int, also where it does not.
	 */
	static const char *const errors[] = { "-Wno-everything",
					      "-Werror=implicit-function-declaration",
					      "-Werror=implicit-int",
					      "-Werror=incompatible-pointer-types",
					      "-Werror=incompatible-function-pointer-types" };
	const struct clang_setup *setup = text->setup;

	arguments->list = arena_alloc(arguments->arena, ARGUMENTS_MAX * sizeof(*arguments->list));
	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		add_argument(arguments, always[i]);
	for (size_t i = 0; i < setup->count; i++)
		add_argument(arguments, setup->arguments[i]);
	if (setup->build_dir)
		add_database(arguments, setup->build_dir, text->path);
	for (size_t i = 0; (text->stand_ins || text->strict) && i < sizeof(errors) / sizeof(*errors); i++)
		add_argument(arguments, errors[i]);
	if (!text->stand_ins) {
		if (!text->strict)
			add_argument(arguments, "-w");
	} else {
		add_argument(arguments, "-include");
		add_argument(arguments, STAND_INS);
	}
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
			CXSourceLocation at = clang->clang_getDiagnosticLocation(diagnostic);
			CXString text = clang->clang_getDiagnosticSpelling(diagnostic);
			CXFile file = NULL;
			const char *spelling = clang->clang_getCString(text);

			error->text = arena_copy(&errors->arena, spelling, strlen(spelling));
			clang->clang_getSpellingLocation(at, &file, &error->line, NULL, NULL);
			error->elsewhere = !clang->clang_Location_isFromMainFile(at);
			error->path = file ? take_string(&errors->arena, clang->clang_getFileName(file)) : "";
			clang->clang_disposeString(text);
		}
		clang->clang_disposeDiagnostic(diagnostic);
	}
}

void find_errors(struct clang_errors *errors, const struct clang_text *text)
{
	const struct libclang *clang = libclang();
	struct argument_list arguments = { .arena = &errors->arena };
	struct CXUnsavedFile *files;
	unsigned int file_count = 0;
	CXIndex index = clang->clang_createIndex(0, 0);
	CXTranslationUnit unit = NULL;

	memset(errors, 0, sizeof(*errors));
	make_arguments(&arguments, text);
	files = arena_alloc(&errors->arena, (text->other_count + 2) * sizeof(*files));
	files[file_count++] = (struct CXUnsavedFile){ text->path, text->text, text->size };
	if (text->stand_ins)
		files[file_count++] = (struct CXUnsavedFile){ STAND_INS, text->stand_ins,
							      strlen(text->stand_ins) };
	for (size_t i = 0; i < text->other_count; i++)
		if (strcmp(text->others[i].path, text->path))
			files[file_count++] = (struct CXUnsavedFile){
				text->others[i].path, text->others[i].text, text->others[i].size };
	errors->unread = clang->clang_parseTranslationUnit2(
		index, text->path, arguments.list, (int)arguments.count, files,
		file_count, CXTranslationUnit_KeepGoing, &unit) != CXError_Success;
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
