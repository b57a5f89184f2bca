/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Declarations that stand in for the kernel's headers when a driver is parsed without them.
 */
#ifndef MIGRATE_VMA_STAND_INS_H
#define MIGRATE_VMA_STAND_INS_H

#include "changes/migrate_vma/driver.h"

/**
 * stand_ins_text() - a header with what a driver needs to be parsed by libclang
 * @driver: for the release
 * @unit: the file as it was
 *
 * Both APIs are declared, so that the old and the new text are seen with the same eyes.  Types that
 * the file uses and nobody declares become int.
 *
 * Return: the text, in the arena.
 */
const char *stand_ins_text(const struct driver *driver, const struct unit *unit);

#endif
