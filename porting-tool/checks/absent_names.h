/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names that a driver takes from the kernel and that the target's kernel does not have.
 */
#ifndef MIGRATE_VMA_ABSENT_NAMES_H
#define MIGRATE_VMA_ABSENT_NAMES_H

#include "analyse/program.h"
#include "analyse/symbols.h"
#include "kernel/kernel_names.h"
#include "kernel/release.h"

/**
 * struct absent_names - who wants to know
 * @own: whether the driver brings a name itself, in a header that is not among the files
 * @found: called for each name that is not there, once a file; the text lives in the arena
 * @hidden: called for what would be found were it not in an #if that nothing decides; may be NULL
 * @data: handed to all of them
 */
struct absent_names {
	bool (*own)(const struct reference *at, const char *name, void *data);
	void (*found)(const struct reference *at, const char *text, void *data);
	void (*hidden)(const struct reference *at, const char *name, void *data);
	void *data;
};

/**
 * absent_names_find() - look for names that the target does not have
 * @program: the files; names that they declare are not the kernel's
 * @arena: where texts live
 * @target: the release
 * @wanted: what to call
 *
 * Names that the table of changes knows are left out: it says what takes their place.
 */
void absent_names_find(struct program *program, struct arena *arena, const struct release *target,
		       const struct absent_names *wanted);

/** struct_of_member() - the tag of the struct the member at a token is one of, where the file shows
 * it; or NULL */
const char *struct_of_member(const struct unit *unit, uint32_t token);

#endif
