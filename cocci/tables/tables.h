/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables of migrate-vma that the semantic patches need as well, written as Python.
 */
#ifndef COCCI_TABLES_H
#define COCCI_TABLES_H

/** write_releases() - what changed for drivers, release by release */
void write_releases(void);

/** write_names() - names that came and went, which `port` and `check` report */
void write_names(void);

#endif
