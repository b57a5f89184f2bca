// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that others no longer bring in, since 5.18, and those that have another name.
 */
#include "changes/change.h"

#include "changes/migrate_vma/plan.h"
#include "renamed_headers.h"

static void rewrite(struct driver *driver)
{
	rewrite_renamed_headers(driver);
	plan_includes(driver);
}

const struct change change_includes = { .rewrite = rewrite };
