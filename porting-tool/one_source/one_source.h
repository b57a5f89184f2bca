/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One source for a range of releases: behind the port to the newest one.
 *
 * What the kernels of the range have in different forms is called through helpers under the
 * driver's own prefix.  They are in a header of the driver, which takes the form that the kernel at
 * hand has: lines for the driver's Kbuild file find that out.
 */
#ifndef MIGRATE_VMA_ONE_SOURCE_H
#define MIGRATE_VMA_ONE_SOURCE_H

#include "kernel/forms.h"
#include "memory.h"
#include "port.h"

/**
 * struct one_source_file - a file of the driver in the form of the newest release
 * @file: where the result goes
 * @now: its text
 * @changed: something in it is changed for the range
 * @calls_helpers: it uses a helper
 */
struct one_source_file {
	struct port_file *file;
	struct source now;
	bool changed;
	bool calls_helpers;
};

#define FORM_APIS 64

/**
 * struct one_source - the files of a folder
 * @arena: where texts live
 * @range: the releases
 * @setup: how the files are read
 * @prefix: of its helpers, in lower case
 * @files: the files
 * @count: how many
 * @used: which uses of which API there are, a bit each
 * @folio_page: its function for folio_free asks for the page
 * @diagnostics: what there is to say
 */
struct one_source {
	struct arena *arena;
	struct release_range range;
	const struct clang_setup *setup;
	const char *prefix;
	struct one_source_file *files;
	size_t count;
	unsigned int used[FORM_APIS];
	bool folio_page;
	struct diagnostics *diagnostics;
};

/**
 * struct new_files - files that a port adds to a driver
 * @list: the files; source->path says where, and result what is in them
 * @count: how many
 * @capacity: room in @list
 */
struct new_files {
	struct port_file *list;
	size_t count;
	size_t capacity;
};

/**
 * one_source_port() - port files that were given together to one source for a range
 * @files: the files; results are filled in, as by port_files()
 * @count: how many
 * @range: the releases
 * @setup: how to parse
 * @added: files that come; each source and result is from malloc()
 * @diagnostics: what there is to say is added here
 */
void one_source_port(struct port_file *files, size_t count, const struct release_range *range,
		     const struct clang_setup *setup, struct new_files *added,
		     struct diagnostics *diagnostics);

/** one_source_left() - say what is left in a file, and count it. */
void one_source_left(struct one_source *driver, struct one_source_file *file, size_t offset,
		     const char *text);

/** version_arms_rewrite() - take out what #if say of releases, where helpers or nothing replace it. */
void version_arms_rewrite(struct one_source *driver, struct one_source_file *file);

/** form_uses_rewrite() - make the uses in all files those of helpers. */
void form_uses_rewrite(struct one_source *driver);

/** one_source_prefix() - the prefix that most functions of some files have. */
const char *one_source_prefix(struct one_source *driver);

/** compat_header_text() - the header; in the arena. */
const char *compat_header_text(const struct one_source *driver);

/** kbuild_lines_text() - what finds out what the kernel has, for make; in the arena. */
const char *kbuild_lines_text(const struct one_source *driver);

/** one_source_name() - the name of the folder's file with this ending: "PREFIX_compat.h". */
const char *one_source_name(const struct one_source *driver, const char *ending);

#endif
