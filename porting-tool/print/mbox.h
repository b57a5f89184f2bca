/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The port as a mail that `git am` makes a commit of.
 */
#ifndef MIGRATE_VMA_PRINT_MBOX_H
#define MIGRATE_VMA_PRINT_MBOX_H

#include <stdio.h>

#include "report.h"

/**
 * mbox_print() - print a patch with a commit message
 * @out: where to
 * @report: what was ported; nothing is printed when no file changes
 *
 * The message says what was done and lists what is left.  The author is who git is configured with
 * for the files' repository, else the login name.  There is no Signed-off-by: that is a statement
 * of a person, and `git am -s` adds it.  Files are named from the top of their repository, for that is where
 * `git am` applies a patch.  Texts that mail would not carry unchanged, such as lines that end in
 * a carriage return, are encoded in base64.
 */
void mbox_print(FILE *out, const struct port_report *report);

#endif
