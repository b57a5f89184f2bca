/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the macros of a driver name in their text without being handed it.
 */
#ifndef MIGRATE_VMA_MACROS_H
#define MIGRATE_VMA_MACROS_H

#include <stdbool.h>
#include <stddef.h>

struct driver;
struct macro;

/**
 * struct macros - the macros of a driver's files and of its headers that can be read
 * @list: sorted by name; a macro may have several definitions
 * @count: how many
 * @room: room in @list
 * @question: which macro_uses() it is
 */
struct macros {
	struct macro *list;
	size_t count;
	size_t room;
	size_t question;
};

/** macros_find() - read the #define lines; @driver->macros is filled in. */
void macros_find(struct driver *driver);

/** macros_release() - give back what is not in an arena. */
void macros_release(struct macros *macros);

/** macro_known() - whether one of the macros is called @name. */
bool macro_known(const struct macros *macros, const char *name);

/**
 * macro_uses() - whether a macro names something that is no parameter of it
 * @macros: all of them
 * @macro: the name of the macro
 * @name: what its text may name, also through another macro; a member behind "." does not count
 */
bool macro_uses(struct macros *macros, const char *macro, const char *name);

/** macro_has_number() - whether the text of a macro has a number in it. */
bool macro_has_number(const struct macros *macros, const char *macro);

#endif
