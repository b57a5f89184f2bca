/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * libclang, loaded when it is needed: with all that it stands on it takes longer to load than most
 * drivers take to be ported, and only the check of a port needs it.
 */
#ifndef MIGRATE_VMA_LIBCLANG_H
#define MIGRATE_VMA_LIBCLANG_H

#include <clang-c/CXCompilationDatabase.h>
#include <clang-c/Index.h>

#define LIBCLANG_FUNCTIONS(X) \
	X(clang_createIndex) X(clang_disposeIndex) \
	X(clang_parseTranslationUnit2) X(clang_disposeTranslationUnit) \
	X(clang_getNumDiagnostics) X(clang_getDiagnostic) X(clang_disposeDiagnostic) \
	X(clang_getDiagnosticSeverity) X(clang_getDiagnosticSpelling) \
	X(clang_getDiagnosticLocation) X(clang_getSpellingLocation) X(clang_getFileName) X(clang_Location_isFromMainFile) \
	X(clang_getCString) X(clang_disposeString) \
	X(clang_CompilationDatabase_fromDirectory) X(clang_CompilationDatabase_dispose) \
	X(clang_CompilationDatabase_getCompileCommands) X(clang_CompileCommands_dispose) \
	X(clang_CompileCommands_getSize) X(clang_CompileCommands_getCommand) \
	X(clang_CompileCommand_getDirectory) X(clang_CompileCommand_getFilename) \
	X(clang_CompileCommand_getNumArgs) X(clang_CompileCommand_getArg)

/** struct libclang - the functions that are used, each by its own name. */
struct libclang {
#define LIBCLANG_MEMBER(function) __typeof__(&function) function;
	LIBCLANG_FUNCTIONS(LIBCLANG_MEMBER)
#undef LIBCLANG_MEMBER
};

/**
 * libclang_prepare() - begin to load libclang, in a thread of its own
 *
 * To be called as soon as it is likely that libclang() will be.  Calls after the first do nothing.
 */
void libclang_prepare(void);

/**
 * libclang_settle() - wait until libclang is loaded, if that has begun
 *
 * To be called before the program ends: it must not end while libraries set themselves up.
 */
void libclang_settle(void);

/**
 * libclang() - the functions of libclang, loaded
 *
 * May be called from several threads.  Without a libclang that can be loaded it ends the program
 * with a message and status 2: a port that was not checked is not handed out.
 *
 * Return: the functions.
 */
const struct libclang *libclang(void);

#endif
