// SPDX-License-Identifier: GPL-2.0-only
/*
 * MIGRATE_PFN_ERROR and MIGRATE_PFN_DEVICE, gone in 5.4, and MIGRATE_PFN_LOCKED, gone in 5.16.
 */
#include "changes/change.h"

#include "changes/migrate_vma/plan.h"

static void rewrite(struct driver *driver)
{
	plan_error_flag(driver);
	plan_pfn_flags(driver);
}

const struct change change_pfn_flags = { .rewrite = rewrite };
