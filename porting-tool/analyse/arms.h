/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file as the kernel it is checked for would read it.
 */
#ifndef MIGRATE_VMA_ARMS_H
#define MIGRATE_VMA_ARMS_H

#include "memory.h"
#include "port.h"
#include "kernel/release.h"
#include "source/source.h"

/**
 * arms_select() - leave out what is not compiled for a release
 * @source: the file
 * @target: the release
 * @setup: its arguments may define and undefine names; may be NULL
 * @arena: where the new text lives
 *
 * Decides the conditions that the release decides: comparisons of LINUX_VERSION_CODE, and names
 * that came or went with a release.  What is left out becomes white space, so every offset stays
 * what it was.  Of an #if that stays undecided and has arms for both APIs, the one for the
 * callbacks is left out.
 *
 * Return: the file with that text; it shares all else with @source.
 */
struct source arms_select(const struct source *source, const struct release *target,
			  const struct clang_setup *setup, struct arena *arena);

#endif
