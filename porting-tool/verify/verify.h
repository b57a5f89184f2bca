/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tool's check of its own work.
 */
#ifndef MIGRATE_VMA_VERIFY_H
#define MIGRATE_VMA_VERIFY_H

#include "changes/migrate_vma/driver.h"

/**
 * verify() - look at the result as somebody would who did not write it
 * @driver: ported; the files hold their new texts
 * @setup: how libclang is to read the files
 *
 * An old name that is left, a bracket too many, text that changed outside the changes that were
 * meant, or an error that libclang sees in the new text and not in the old one: each is a defect of
 * the tool, is reported as such, and the result is not handed out.
 *
 * Return: whether the result may be handed out.
 */
bool verify(struct driver *driver, const struct clang_setup *setup);

/** parse_result() - read a result as the file was read that it comes from. */
void parse_result(const struct driver *driver, struct syntax *syntax, const struct source *source);

/**
 * verify_compile() - compare what libclang says of the old and of the new text of a file
 * @driver: the driver
 * @unit: the file
 * @result: its new text
 * @setup: how to parse
 *
 * Return: whether the new text brought no new error.
 */
bool verify_compile(struct driver *driver, struct unit *unit, const struct syntax *result,
		    const struct clang_setup *setup);

#endif
