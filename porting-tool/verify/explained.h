/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Errors of the new text that the old one had as well: they name what only the kernel's headers say.
 */
#ifndef MIGRATE_VMA_VERIFY_EXPLAINED_H
#define MIGRATE_VMA_VERIFY_EXPLAINED_H

#include "changes/migrate_vma/driver.h"

/**
 * error_explained() - whether a port cannot have brought an error
 * @driver: the files that are ported
 * @unit: the file that has the error now
 * @text: what libclang says of the new text
 * @bare: it read the text without the kernel's headers
 *
 * Return: false also where only a look at the errors of the old text can tell.
 */
bool error_explained(const struct driver *driver, const struct unit *unit, const char *text,
		     bool bare);

#endif
