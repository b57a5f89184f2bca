/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Drivers that still have callbacks: they are for `port`, and not for the checks.
 */
#ifndef MIGRATE_VMA_NOT_PORTED_H
#define MIGRATE_VMA_NOT_PORTED_H

#include "checker.h"

/**
 * waits_for_port() - whether a file belongs to a driver that still has callbacks
 * @checker: the files
 * @unit: the file; others in its folder are taken for the same driver
 *
 * What the target lacks in such a driver is not worth a message: the port takes care of it, and says
 * what is left.
 */
bool waits_for_port(const struct checker *checker, const struct unit *unit);

#endif
