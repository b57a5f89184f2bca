/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables of migrate-vma that the semantic patches need as well, written as Python.
 */
#ifndef COCCI_TABLES_H
#define COCCI_TABLES_H

/** write_releases() - what changed for drivers, release by release */
void write_releases(void);

/** write_neighbours() - names of other APIs that are gone, which `migrate-vma port` reports */
void write_neighbours(void);

/** write_names() - names that come and go, which `migrate-vma check` looks for */
void write_names(void);

#endif
