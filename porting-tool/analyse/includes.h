/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of a program include: each other, and headers that were not given.
 *
 * Those are looked at, but not changed.  #include "name" is looked for beside the file, then in the
 * folders that -I names; <name> only in those, and not where they lead to the kernel's own headers.
 * An #include that the target does not compile does not count.
 */
#ifndef MIGRATE_VMA_INCLUDES_H
#define MIGRATE_VMA_INCLUDES_H

#include "program.h"

/**
 * unit_include() - the #include lines of a file, one after the other
 * @unit: the file
 * @at: 0 at first; moves on
 * @include: filled in
 *
 * Return: the directive, or NULL behind the last.
 */
const struct token *unit_include(const struct unit *unit, size_t *at, struct include *include);

/** unit_includes() - whether a file includes another by its name, and sees what is static there. */
bool unit_includes(const struct unit *unit, const struct unit *other);

/** unit_includes_kernel() - whether a file has #include <name>. */
bool unit_includes_kernel(const struct unit *unit, const char *name);

/** behind_includes() - where the last #include ends that is in no #if; 0 where there is none. */
uint32_t behind_includes(const struct source *source, const struct tokens *all);

/**
 * headers_visit() - look at each header that a file includes and that was not given
 * @program: the files; headers that are read are kept in it
 * @unit: the file whose #include lines count, and those of what it includes
 * @visit: called for each header, of which only the tokens are known; false ends the walk
 * @data: handed to @visit
 *
 * Return: a header of the driver that can be found nowhere, or NULL.
 */
const char *headers_visit(const struct program *program, const struct unit *unit,
			  bool (*visit)(const struct unit *header, void *data), void *data);

/** header_missing() - a header of the driver that can be found nowhere, or NULL. */
const char *header_missing(const struct program *program, const struct unit *unit);

/**
 * header_bringing() - a header that was not given and brings a name of its own
 * @program: the files
 * @unit: the file whose #include lines count
 * @name: a function or macro, which the header declares, defines or #defines
 *
 * Return: the header's path, or NULL.
 */
const char *header_bringing(const struct program *program, const struct unit *unit,
			    const char *name);

/** brings_itself() - whether the driver, or a header of its own, brings a function or macro of a name. */
bool brings_itself(const struct program *program, const struct unit *unit, const char *name);

/**
 * header_including() - whether a header that was not given includes one of the kernel's
 * @program: the files
 * @unit: the file whose #include lines count
 * @name: what stands between "<" and ">"
 *
 * Return: true also when one of the driver's headers cannot be read, since it may.
 */
bool header_including(const struct program *program, const struct unit *unit, const char *name);

/** header_mentioning() - the same for a header that has a name in it, be it in a macro's text. */
bool header_mentioning(const struct program *program, const struct unit *unit, const char *name);

/** headers_none() - no headers so far; program_open() asks for it. */
struct headers *headers_none(struct arena *arena);

/** headers_release() - give back the headers that were read; program_close() does it. */
void headers_release(struct headers *headers);

#endif
