/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Headers of the driver that were not given: they are looked at, but not changed.
 */
#ifndef MIGRATE_VMA_HEADERS_H
#define MIGRATE_VMA_HEADERS_H

#include <stdbool.h>

#include "source/source.h"

struct driver;
struct unit;

/**
 * headers_visit() - look at each header that a file includes and that was not given
 * @driver: the driver
 * @unit: the file whose #include lines count, and those of what it includes
 * @visit: called for each header; false ends the walk
 * @data: handed to @visit
 *
 * Return: a header of the driver that can be found nowhere, or NULL.
 */
const char *headers_visit(const struct driver *driver, const struct unit *unit,
			  bool (*visit)(const struct source *header, void *data), void *data);

/**
 * header_declaring() - a header of the driver that was not given and declares a function
 * @driver: the driver
 * @unit: the file whose #include lines count
 * @name: the function
 *
 * Return: the header's path, or NULL.
 */
const char *header_declaring(const struct driver *driver, const struct unit *unit,
			     const char *name);

/**
 * header_defining() - a header of the driver that was not given and brings a name of its own
 * @driver: the driver
 * @unit: the file whose #include lines count
 * @name: a function or macro, which the header declares, defines or #defines
 *
 * Return: the header's path, or NULL.
 */
const char *header_defining(const struct driver *driver, const struct unit *unit,
			    const char *name);

/** header_missing() - a header of the driver that can be found nowhere, or NULL. */
const char *header_missing(const struct driver *driver, const struct unit *unit);

/**
 * header_including() - whether a header of the driver that was not given includes another
 * @driver: the driver
 * @unit: the file whose #include lines count
 * @name: the other header, as it stands between "<" and ">"
 *
 * Return: true also when one of the driver's headers cannot be read, since it may.
 */
bool header_including(const struct driver *driver, const struct unit *unit, const char *name);

#endif
