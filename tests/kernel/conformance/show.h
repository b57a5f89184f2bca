/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * show.h - the trace of the conformance scenario.
 */
#ifndef CONFORMANCE_SHOW_H
#define CONFORMANCE_SHOW_H

#include "conformance-ioctl.h"
#include "program.h"

/**
 * show() - everything that was seen of a migration
 * @migration: the migration, as the driver left it
 */
void show(const struct conformance_migration *migration);

/**
 * show_events() - what the driver's notifier was told
 * @migration: of which start, nr_events and event matter
 */
void show_events(const struct conformance_migration *migration);

/**
 * show_page() - where a page is, and who refers to it
 * @what: what to call it
 * @of: whose page
 * @addr: the page
 */
void show_page(const char *what, struct program *of, unsigned long addr);

/**
 * show_bytes() - what a program finds: the signal it gets, or the first bytes
 * @what: what to call it
 * @of: the program
 * @addr: the page
 */
void show_bytes(const char *what, struct program *of, unsigned long addr);

#endif /* CONFORMANCE_SHOW_H */
