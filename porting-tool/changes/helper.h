/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function of the driver's own in place of one of the kernel that is gone.
 *
 * Where the successor is no expression, a static function does with it what the old one did.  Each
 * file that calls the old one gets it, in front of the first function that does.
 */
#ifndef MIGRATE_VMA_HELPER_H
#define MIGRATE_VMA_HELPER_H

#include "changes/migrate_vma/driver.h"

#define HELPER_PARAMETERS	5
#define HELPER_LINES		24

/**
 * struct helper - such a function
 * @old: the function of the kernel, which has the same parameters
 * @ending: what stands behind the driver's prefix in its name
 * @type: what it returns, up to the name: "int ", "struct page *"
 * @parameters: its parameters
 * @count: how many
 * @body: the lines between its braces, with a tab for each step; up to a NULL
 */
struct helper {
	const char *old;
	const char *ending;
	const char *type;
	const char *parameters[HELPER_PARAMETERS];
	size_t count;
	const char *body[HELPER_LINES];
};

/** rename_call() - give a call another name; lines behind the bracket stay lined up with it. */
void rename_call(const struct unit *unit, const struct call *call, const char *name);

/** rewrite_to_helper() - let all calls that nothing else has changed go to the helper. */
void rewrite_to_helper(struct driver *driver, const struct helper *helper);

#endif
