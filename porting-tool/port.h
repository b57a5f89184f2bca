/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The port itself: files in, new texts and diagnostics out.  Nothing here reads options or writes
 * files; main.c and find/ are before it, print/ is after it.
 */
#ifndef MIGRATE_VMA_PORT_H
#define MIGRATE_VMA_PORT_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnostic.h"
#include "kernel/release.h"
#include "source/source.h"

/**
 * struct clang_setup - how libclang is to read the files
 * @arguments: arguments for every file (after "--" on the command line, or from --kernel)
 * @count: how many
 * @build_dir: folder of a compile_commands.json, or NULL
 * @real_headers: @arguments or @build_dir lead to the kernel's headers, so that the tool's own
 *	stand-ins are not used
 * @one_thread: nothing is done in a second thread (-j1)
 */
struct clang_setup {
	const char *const *arguments;
	size_t count;
	const char *build_dir;
	bool real_headers;
	bool one_thread;
};

/**
 * struct port_file - one file of a port
 * @source: the file as it was; owned by the caller
 * @result: the whole new text, from malloc(), or NULL where the file stays as it is
 * @result_size: bytes in @result
 * @uses: calls of migrate_vma() found in the text
 * @ported: how many of @uses are in three steps now
 * @left: places left for a person: uses not ported, and neighbouring APIs the target lacks
 * @created: there is no such file yet: @result is all of it
 */
struct port_file {
	const struct source *source;
	char *result;
	size_t result_size;
	size_t uses;
	size_t ported;
	size_t left;
	bool created;
};

/**
 * port_files() - port a set of files that were given together
 * @files: the files; results are filled in, to be given to free() by the caller
 * @count: how many
 * @target: release to port to
 * @setup: how to parse
 * @diagnostics: what there is to say is added here
 *
 * Finds which of the files need each other (a driver and its header) and ports each such group
 * whole or not at all.  The result has passed the tool's check of its own work.  May be called
 * from several threads at once on different files.
 */
void port_files(struct port_file *files, size_t count, const struct release *target,
		const struct clang_setup *setup, struct diagnostics *diagnostics);

/**
 * port_mentions_old_api() - a quick look whether port_files() could have anything to do
 * @text: a file's bytes
 * @size: how many
 *
 * Fast enough for whole kernel trees: no lexing, only a search for the names.
 *
 * Return: false when the file holds none of the names the port deals with.
 */
bool port_mentions_old_api(const char *text, size_t size);

/**
 * enum use_kind - what `migrate-vma list` shows
 * @USE_CALL: a call of migrate_vma()
 * @USE_OPS: a struct migrate_vma_ops object
 * @USE_CALLBACK: a function that such an object names
 * @USE_FLAG: MIGRATE_PFN_ERROR or MIGRATE_PFN_DEVICE
 * @USE_GUARD: CONFIG_MIGRATE_VMA_HELPER
 * @USE_THREE_STEP: a call of migrate_vma_setup(), _pages() or _finalize()
 * @USE_NEIGHBOUR: another API that a later release removed
 * @USE_OTHER: the old name in another role: a prototype, a parameter of that type, a macro
 */
enum use_kind {
	USE_CALL, USE_OPS, USE_CALLBACK, USE_FLAG, USE_GUARD, USE_THREE_STEP, USE_NEIGHBOUR,
	USE_OTHER,
};

/**
 * struct use - one place that `migrate-vma list` shows
 * @kind: what it is
 * @offset: where, in bytes
 * @name: the name there, from malloc()
 */
struct use {
	enum use_kind kind;
	size_t offset;
	char *name;
};

/**
 * list_uses() - find every use in one file without changing anything
 * @source: the file
 * @uses: set to an array from malloc(), sorted by offset
 *
 * Return: number of elements in @uses.
 */
size_t list_uses(const struct source *source, struct use **uses);

#endif
