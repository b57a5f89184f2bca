/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which arm of an #if is read.
 *
 * What the release decides is read as its kernel compiles it.  For the rest more of a driver is to
 * be seen than any single configuration shows: of each #if one arm is read, never one whose
 * condition is 0; the one in three steps where both APIs stand side by side, because the other is
 * going to be deleted; else the one that uses the callback API where one does, since that is what
 * the tool is for; otherwise the first.  Arms of which each is one statement with a call are read
 * all of them, one after the other.
 *
 * A driver that has both APIs says in one #if what tells them apart.  All #if that ask the same, in
 * all its files, are read in the same way.
 */
#ifndef MIGRATE_VMA_TWO_APIS_H
#define MIGRATE_VMA_TWO_APIS_H

#include "analyse/preprocess.h"
#include "analyse/program.h"

/**
 * two_apis_read() - read the files of a driver
 * @program: the files, behind program_open(); its preprocess is set
 * @target: the release, or NULL for none
 * @setup: -D and -U among its arguments count; may be NULL
 * @compiled_only: an arm that the release leaves out is never read, even where it has the old API,
 *	and the files need not be of one driver
 */
void two_apis_read(struct program *program, const struct release *target,
		   const struct clang_setup *setup, bool compiled_only);

/** two_apis_choose() - choose the arms of one file, by what is known of the driver's others. */
void two_apis_choose(struct preprocess *preprocess, struct syntax *file, bool compiled_only);

#endif
